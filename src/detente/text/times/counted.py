"""Times that are counted: so long ago, so much later, the past two years, the third quarter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from detente.model import Interval
from detente.text.times import calendar as cal
from detente.text.times.context import Context
from detente.text.times.partial import choose, told_anchor
from detente.text.times.relative import hull_of

VAGUE = {"day": (1, 10), "week": (2, 6), "month": (2, 6), "hour": (0, 0), "minute": (0, 0)}


def moved_year(interval: Interval, years: int) -> Interval | None:
    """An interval some years on."""
    return cal.make(
        cal.shifted(interval.start, "year", years), cal.shifted(interval.end, "year", years), interval.precision
    )


def counted(form: Any) -> tuple[float, float, str]:
    """The least and the greatest number of units a form tells, and the unit."""
    unit = form.one("units", form.one("unit", "day"))
    numbers = [float(n) for n in form.got.get("num", [])]
    half = 0.5 if "and_half" in form.got else 0.0
    if numbers and "vague_num" not in form.got:
        if len(numbers) == 2 and "and_half" not in form.got:
            return min(numbers), max(numbers), unit
        return numbers[0] + half, numbers[0] + half, unit
    vague = form.one("vague_num")
    if vague == 2:
        return 2, 2, unit
    return (2, 6, unit) if vague == 3 else (vague or 1, vague or 1, unit)


def _stepped(at: date, unit: str, count: float, anchor: Interval | None = None) -> Interval | None:
    """The unit-sized stretch `count` units from a day: days are exact, years are years, one year keeps the quarter."""
    there = cal.shifted(at, unit, count)
    if unit in ("day", "hour", "minute", "second"):
        return cal.of_day(there)
    if unit == "year" and count != int(count):
        return cal.around(there, "quarter")
    if anchor is not None:
        if anchor.days == 1 and unit in ("week", "fortnight"):
            return cal.of_day(there)
        if anchor.precision in ("month", "quarter", "year") and unit in ("year", "decade", "century"):
            return cal.around(there, anchor.precision)
    if unit == "week":
        return cal.week(there)
    if unit == "fortnight":
        return cal.week(there)
    if unit == "year" and abs(count) == 1 and anchor is None:
        return cal.around(there, "quarter")
    return cal.around(there, {"decade": "year", "century": "decade", "generation": "decade"}.get(unit, unit))


def ago(form: Any, context: Context, sign: int = -1) -> Interval | None:
    """As in "two weeks ago", "a year ago" (the same quarter a year before), "several days ago"."""
    published = context.published
    if published is None:
        return None
    low, high, unit = counted(form)
    found = hull_of(published, lambda at: _stepped(at, unit, sign * low))
    if high != low and found is not None:
        other = hull_of(published, lambda at: _stepped(at, unit, sign * high))
        found = cal.hull(found, other) if other else found
    if found is None:
        return None
    rough = "about" in form.got or "vague_num" in form.got or unit in ("decade", "century", "generation")
    rough = rough or (unit == "year" and low == 1) or bool(form.one("about"))
    return cal.make(found.start, found.end, found.precision, approximate=rough)


def fromnow(form: Any, context: Context) -> Interval | None:
    """As in "two weeks from now", "in three years' time"."""
    return ago(form, context, 1)


def shift(form: Any, context: Context) -> Interval | None:
    """As in "two weeks earlier", "a day after", "the year before", "days later", told from the date just told.

    In "on Thursday, two weeks after the vote" the words date the vote, so they count back from Thursday.
    """
    low, high, unit = counted(form)
    sign = -1 if "sooner" in form.got or form.has("before", "earlier") else 1
    joins = context.joins and form.words[-1] in ("after", "before", "of", "to")
    anchor = None
    if joins and context.following is not None:
        anchor = context.following
    elif joins and context.main_told is not None:
        anchor, sign = context.main_told, -sign
    elif form.has("ahead"):
        return None
    else:
        anchor = context.anchor(unit) if unit in ("day", "week", "month") else context.anchor()
        ahead = anchor is not None and context.published is not None and anchor.start > context.published.end
        if ahead and sign < 0 and context.direction < 0:  # "two weeks earlier they had asked" after a date to come
            anchor = context.published
        if anchor is None and unit in ("year", "quarter") and context.published is not None and not joins:
            found = ago(form, context, sign)
            return cal.make(found.start, found.end, found.precision, approximate=True) if found else None
        if anchor is not None and joins and sign > 0 and context.direction <= 0 and context.published is not None:
            there = cal.shifted(anchor.end, unit, high)
            if there > context.published.end:  # what has happened is the news itself, so the words date what was before
                anchor, sign = context.published, -1
    if anchor is None:
        return None
    if "num" not in form.got and "vague_num" not in form.got and "units" in form.got:
        if unit not in VAGUE:
            return None
        low, high = VAGUE[unit]
        ends = [cal.shifted(anchor.start if sign < 0 else anchor.end, unit, sign * n) for n in (low, high)]
        return cal.make(min(ends), max(ends), "span", approximate=True)
    one, other = _stepped(anchor.start, unit, sign * low, anchor), _stepped(anchor.end, unit, sign * high, anchor)
    found = cal.hull(one, other) if one and other else None
    rough = bool(form.one("about")) or "vague_num" in form.got
    return cal.make(found.start, found.end, found.precision, approximate=rough) if found else None


def toldunit(form: Any, context: Context) -> Interval | None:
    """As in "the following month", "the same day", "that year", "the next day"."""
    unit = form.one("unit")
    if unit is None:
        return None
    step = form.one("told_rel", 0)
    anchor = context.anchor(unit)
    if anchor is None or (
        form.has("next", "previous")
        and unit in ("year", "month", "week", "quarter", "decade")
        and context.told.last(unit, within=0, paragraph=context.paragraph) is None
    ):
        anchor = context.published if form.has("next", "previous") and unit != "day" else anchor
    if anchor is None or (unit == "day" and anchor.days > 1):
        return None
    if step == 0 and unit == "weekend":
        return cal.around(anchor.start, "weekend")
    return cal.around(anchor.end if step > 0 else anchor.start, unit, step)


def span(form: Any, context: Context) -> Interval | None:
    """As in "the past two years", "over the past decade", "in the coming weeks": up to or from the publication."""
    published = context.published
    if published is None or form.has("recent", "latest", "first"):
        return None
    _, high, unit = counted(form)
    ahead = "ahead" in form.got or form.has(
        "coming", "upcoming", "ahead", "come", "next", "ensuing", "follow", "following"
    )
    vague = "num" not in form.got and "unit" not in form.got
    if form.has("following", "ensuing"):
        return None
    if vague and "vague_num" not in form.got:
        high = {"day": 7, "week": 6, "month": 6}.get(unit, 5)
    at = published.end if ahead else published.start
    there = cal.shifted(at, unit, high if ahead else -high)
    rough = vague or bool(form.one("about"))
    if ahead:
        return cal.make(published.start, there, "span", approximate=rough)
    return cal.make(there, published.end, "span", approximate=rough)


def quarter(form: Any, context: Context) -> Interval | None:
    """As in "the third quarter", "Q3 2021", "the second quarter of last year"."""
    number = form.one("qtr") or form.one("ordw") or form.one("nth") or (4 if form.has("final", "last") else None)
    outer = form.one("ypoint") or form.one("upoint")
    if number is None:
        at = context.published
        return hull_of(at, lambda day: cal.around(day, "quarter", -1)) if at else None
    if not 1 <= number <= 4:
        return None
    return _within_year(outer, lambda year: cal.quarter(year, number), context)


def half(form: Any, context: Context) -> Interval | None:
    """As in "the first half of 2021", "the second half"."""
    number = form.one("halfword") or form.one("ordw")
    inner = form.one("point")
    if number not in (1, 2):
        return None
    if inner is not None:
        whole = context.resolve(inner)
        return cal.part(whole, "first half" if number == 1 else "second half") if whole else None
    if form.has("of") and form.one("unit") in ("month", "week", "decade", "century"):
        whole = cal.around(context.published.end, form.one("unit")) if context.published else None
        return cal.part(whole, "first half" if number == 1 else "second half") if whole else None
    return _within_year(None, lambda year: cal.months(year, 6 * number - 5, 6, "part"), context)


def _within_year(outer: Any, of_year: Callable[[int], Interval | None], context: Context) -> Interval | None:
    if outer is not None:
        whole = context.resolve(outer)
        return of_year(whole.start.year) if whole and whole.days <= 366 else None
    published = context.published
    anchor = told_anchor(context)
    if anchor is not None:
        return of_year(anchor.start.year)
    if published is None:
        return None
    options = [found for k in (-1, 0, 1) if (found := of_year(published.end.year + k))]
    over = [option for option in options if option.end <= published.end]
    return (over[-1] if over else None) if context.direction <= 0 else choose(options, published, 1)
