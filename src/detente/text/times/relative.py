"""Times told from the publication ("on Thursday", "last year") or from the date just told ("two weeks later")."""

from __future__ import annotations

from datetime import date
from typing import Any

from detente.model import Interval
from detente.text.times import calendar as cal
from detente.text.times.context import Context
from detente.text.times.partial import century_of, choose, told_anchor

WIDE = 7
"""A publication interval of more days than this says nothing about weekdays."""
VAGUE = {"day": (1, 10), "week": (2, 6), "month": (2, 6), "hour": (0, 0), "minute": (0, 0)}


def _hull(published: Interval, compute: Any) -> Interval | None:
    """What `compute` gives for the first and the last day of the publication interval, as one interval."""
    one, other = compute(published.start), compute(published.end)
    return cal.hull(one, other) if one and other else one or other


def moved_year(interval: Interval, years: int) -> Interval | None:
    """An interval some years on."""
    return cal.make(cal.shifted(interval.start, "year", years), cal.shifted(interval.end, "year", years), interval.precision)


def _on_or_after(at: date, weekday: int) -> date:
    return cal.safe(at, (weekday - at.weekday()) % 7)


def _on_or_before(at: date, weekday: int) -> date:
    return cal.safe(at, -((at.weekday() - weekday) % 7))


def weekday(form: Any, context: Context) -> Interval | None:
    """ "Thursday", "last Monday", "next Wednesday", "the following Friday", "that Sunday"."""
    number = form.one("sure_wday", form.one("wday"))
    if number is None:
        return None
    told = _weekday_told(form, number, context)
    if told is not None or form.has("that", "following", "previous", "preceding", "same"):
        return told
    published = context.published
    if published is None:
        return None
    if published.days > WIDE:
        return published
    relation = form.one("rel")
    if relation == -1:
        return cal.of_day(_on_or_before(cal.safe(published.end, -1), number))
    if relation == 1:
        return cal.of_day(_on_or_after(cal.safe(published.end, 1), number))
    future = context.direction > 0 or (relation == 0 and context.direction == 0)
    return cal.of_day(_on_or_after(published.start, number) if future else _on_or_before(published.end, number))


def _weekday_told(form: Any, number: int, context: Context) -> Interval | None:
    """A weekday counted from the date just told, where the words or a narrative ask for it."""
    told = context.told.last("day", within=1, paragraph=context.paragraph)
    if form.has("that", "same") or "told_rel" in form.got and "rel" not in form.got or form.has("before", "after"):
        if told is None:
            return None
        back = form.one("told_rel", 0) < 0 or form.has("before")
        forth = form.one("told_rel", 0) > 0 or form.has("after")
        if back:
            return cal.of_day(_on_or_before(cal.safe(told.start, -1), number))
        return cal.of_day(_on_or_after(cal.safe(told.end, 1) if forth else told.start, number))
    anchor = told_anchor(context)
    if anchor is not None and "rel" not in form.got:
        if anchor.days == 1:
            return cal.of_day(_on_or_after(anchor.start, number))
        return anchor
    return None


def weekday_weeks(form: Any, context: Context) -> Interval | None:
    """ "Monday a week ago", "a week ago Monday", "Friday week", "Tuesday of last week"."""
    number = form.one("sure_wday")
    published = context.published
    if form.has("that", "following", "previous", "same") or ("told_rel" in form.got and "rel" not in form.got):
        anchor = context.told.last("week")
        return cal.of_day(cal.safe(cal.week(anchor.start).start, number + 7 * form.one("told_rel", 0))) if anchor else None
    if published is None:
        return None
    if published.days > WIDE:
        return published
    at = published.end
    if form.has("ago"):
        return cal.of_day(cal.safe(_on_or_before(at, number), -7 * int(form.one("num", 1))))
    if "rel" in form.got or form.has("last"):
        return cal.of_day(cal.safe(cal.week(at).start, number + 7 * form.one("rel", -1)))
    if form.has("from"):
        return cal.of_day(cal.safe(_on_or_after(at, number), 7 * int(form.one("num", 1))))
    return cal.of_day(cal.safe(_on_or_after(cal.safe(at, 1), number), 7))


def dayrel(form: Any, context: Context) -> Interval | None:
    """ "yesterday", "today", "tonight", "a year ago today"."""
    published = context.published
    if published is None:
        return None
    if published.days > WIDE:
        return published
    step = form.one("dayrel", 0)
    unit, count = form.one("unit", form.one("units", "day")), form.one("num", 0)
    return _hull(published, lambda at: cal.of_day(cal.safe(cal.shifted(at, unit, -count) if count else at, step)))


def daypart(form: Any, context: Context) -> Interval | None:
    """ "this morning", "last night", "that evening", "the next morning"."""
    if form.has("that", "before", "after") or "told_rel" in form.got or form.has("in"):
        told = context.told.last("day", within=1, paragraph=context.paragraph)
        step = form.one("told_rel", 0) + (1 if form.has("after") else 0) - (1 if form.has("before") else 0)
        if told is None:
            return context.published if form.has("in") and context.published and context.published.days == 1 else None
        return cal.of_day(cal.safe(told.start, step))
    if context.published is None:
        return None
    if context.published.days > WIDE:
        return context.published
    step = -1 if form.has("last") else 1 if form.has("tomorrow") else 0
    return _hull(context.published, lambda at: cal.of_day(cal.safe(at, step)))


def relunit(form: Any, context: Context) -> Interval | None:
    """ "last year", "this week", "next month", "the year before last", "over the weekend"."""
    published = context.published
    if published is None:
        return None
    unit = form.one("unit", "year")
    step = form.one("rel", 0)
    if form.has("before") and form.has("last"):
        step = -2
    elif form.has("after") and form.has("next"):
        step = 2
    elif form.has("last"):
        step = -1
    elif form.has("next", "coming", "upcoming") and not form.has("before"):
        step = 1
    if unit == "day" and "rel" in form.got:
        return None
    if unit == "season":
        return None
    if unit == "weekend":
        return _weekend(form, step, context)
    return _hull(published, lambda at: cal.around(at, unit, step))


def _weekend(form: Any, step: int, context: Context) -> Interval | None:
    assert context.published is not None
    if context.published.days > WIDE:
        return context.published
    at = context.published.end
    if step == 0 and "rel" not in form.got and at.weekday() < 5 and context.direction <= 0:
        step = -1
    if step == 0 and "rel" in form.got and at.weekday() < 3 and context.direction < 0:
        step = -1
    return cal.around(at, "weekend", step)


def monthrel(form: Any, context: Context) -> Interval | None:
    """ "last October", "this May", "next March", "the following June"."""
    return _named_rel(form, context, lambda year: cal.month(year, form.one("month")))


def season(form: Any, context: Context) -> Interval | None:
    """ "last summer", "the spring of 2012", "that autumn", "in the spring"."""
    name = form.one("season")
    year = form.one("year")
    if year is None and form.one("yy") is not None:
        year = century_of(form.one("yy"))
    if year is not None:
        return cal.season(year, name, context.south)
    return _named_rel(form, context, lambda at: cal.season(at, name, context.south))


def _named_rel(form: Any, context: Context, of_year: Any) -> Interval | None:
    """A month or season that comes once a year, before or after publication or the date told."""
    told_way = form.one("told_rel")
    if (told_way is not None and "rel" not in form.got) or form.has("that"):
        anchor = context.anchor()
        if anchor is None:
            anchor = context.published if told_way else None
        if anchor is None:
            return None
        return _beside([of_year(anchor.start.year + k) for k in (-1, 0, 1)], anchor, told_way or 0)
    narrative = told_anchor(context) if "rel" not in form.got else None
    anchor = narrative or context.published
    if anchor is None:
        anchor = context.told.last() if "rel" not in form.got else None
        return of_year(anchor.start.year) if anchor else None
    options = [found for k in (-2, -1, 0, 1, 2) if (found := of_year(anchor.end.year + k))]
    if narrative is not None:
        return next((found for found in options if found.end >= anchor.start), None)
    relation = form.one("rel")
    if relation is None:
        return choose(options, anchor, context.direction)
    if relation == 0:
        holding = [found for found in options if found.overlaps(anchor)]
        return holding[-1] if holding else of_year(anchor.end.year)
    return _beside(options, anchor, relation)


def _beside(options: list[Interval | None], anchor: Interval, way: int) -> Interval | None:
    whole = [option for option in options if option]
    if way < 0:
        return max((o for o in whole if o.end < anchor.start), key=lambda o: o.start, default=None)
    if way > 0:
        return min((o for o in whole if o.start > anchor.end), key=lambda o: o.start, default=None)
    return next((o for o in whole if o.start.year == anchor.start.year), None)


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
    """ "two weeks ago", "a year ago" (the same quarter a year before), "several days ago"."""
    published = context.published
    if published is None:
        return None
    low, high, unit = counted(form)
    found = _hull(published, lambda at: _stepped(at, unit, sign * low))
    if high != low and found is not None:
        other = _hull(published, lambda at: _stepped(at, unit, sign * high))
        found = cal.hull(found, other) if other else found
    if found is None:
        return None
    rough = "about" in form.got or "vague_num" in form.got or unit in ("decade", "century", "generation")
    rough = rough or (unit == "year" and low == 1) or bool(form.one("about"))
    return cal.make(found.start, found.end, found.precision, approximate=rough)


def fromnow(form: Any, context: Context) -> Interval | None:
    """ "two weeks from now", "in three years' time"."""
    return ago(form, context, 1)


def shift(form: Any, context: Context) -> Interval | None:
    """ "two weeks earlier", "a day after", "the year before", "days later", told from the date just told.

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
        if anchor is None and unit in ("year", "quarter") and context.published is not None and not joins:
            found = ago(form, context, sign)
            return cal.make(found.start, found.end, found.precision, approximate=True) if found else None
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
    """ "the following month", "the same day", "that year", "the next day"."""
    unit = form.one("unit")
    if unit is None:
        return None
    step = form.one("told_rel", 0)
    anchor = context.anchor(unit)
    if anchor is None or (form.has("next", "previous") and unit in ("year", "month", "week", "quarter", "decade")
                          and context.told.last(unit, within=0, paragraph=context.paragraph) is None):
        anchor = context.published if form.has("next", "previous") and unit != "day" else anchor
    if anchor is None or (unit == "day" and anchor.days > 1):
        return None
    if step == 0 and unit == "weekend":
        return cal.around(anchor.start, "weekend")
    return cal.around(anchor.end if step > 0 else anchor.start, unit, step)


def span(form: Any, context: Context) -> Interval | None:
    """ "the past two years", "over the past decade", "in the coming weeks": up to or from the publication."""
    published = context.published
    if published is None or form.has("recent", "latest", "first"):
        return None
    low, high, unit = counted(form)
    ahead = "ahead" in form.got or form.has("coming", "upcoming", "ahead", "come", "next", "ensuing", "follow", "following")
    vague = "num" not in form.got and "unit" not in form.got
    if form.has("following", "ensuing"):
        return None
    if vague and "vague_num" not in form.got:
        low, high = 1, {"day": 7, "week": 6, "month": 6}.get(unit, 5)
    at = published.end if ahead else published.start
    there = cal.shifted(at, unit, high if ahead else -high)
    rough = vague or bool(form.one("about"))
    if ahead:
        return cal.make(published.start, there, "span", approximate=rough)
    return cal.make(there, published.end, "span", approximate=rough)


def quarter(form: Any, context: Context) -> Interval | None:
    """ "the third quarter", "Q3 2021", "the second quarter of last year"."""
    number = form.one("qtr") or form.one("ordw") or form.one("nth") or (4 if form.has("final", "last") else None)
    outer = form.one("ypoint") or form.one("upoint")
    if number is None:
        at = context.published
        return _hull(at, lambda day: cal.around(day, "quarter", -1)) if at else None
    if not 1 <= number <= 4:
        return None
    return _within_year(outer, lambda year: cal.quarter(year, number), context)


def half(form: Any, context: Context) -> Interval | None:
    """ "the first half of 2021", "the second half"."""
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


def _within_year(outer: Any, of_year: Any, context: Context) -> Interval | None:
    if outer is not None:
        whole = context.resolve(outer)
        return of_year(whole.start.year) if whole and whole.days <= 366 else None
    published = context.published
    anchor = told_anchor(context)
    if anchor is not None:
        return of_year(anchor.start.year)
    if published is None:
        return None
    options = [of_year(published.end.year + k) for k in (-1, 0, 1)]
    over = [option for option in options if option.end <= published.end]
    return over[-1] if context.direction <= 0 else choose(options, published, 1)
