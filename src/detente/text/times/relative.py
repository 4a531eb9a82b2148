"""Times told from the publication ("on Thursday", "last year") or from the date just told ("two weeks later")."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from detente.model import Interval
from detente.text.times import calendar as cal
from detente.text.times.context import Context
from detente.text.times.partial import century_of, choose, told_anchor

WIDE = 7
"""A publication interval of more days than this says nothing about weekdays."""


def hull_of(published: Interval, compute: Any) -> Interval | None:
    """What `compute` gives for the first and the last day of the publication interval, as one interval."""
    one, other = compute(published.start), compute(published.end)
    return cal.hull(one, other) if one and other else one or other


def _on_or_after(at: date, weekday: int) -> date:
    return cal.safe(at, (weekday - at.weekday()) % 7)


def _on_or_before(at: date, weekday: int) -> date:
    return cal.safe(at, -((at.weekday() - weekday) % 7))


def weekday(form: Any, context: Context) -> Interval | None:
    """As in "Thursday", "last Monday", "next Wednesday", "the following Friday", "that Sunday"."""
    number = form.one("sure_wday", form.one("wday"))
    if number is None:
        return None
    told = None if form.has("last") else _weekday_told(form, number, context)
    beside = form.has("before", "after") and not form.has("last")
    if told is not None or beside or form.has("that", "following", "previous", "preceding", "same"):
        return told
    published = context.published
    if published is None:
        return None
    if published.days > WIDE:
        return published
    relation = form.one("rel")
    if form.has("before") and form.has("last"):
        return cal.of_day(cal.safe(_on_or_before(cal.safe(published.end, -1), number), -7))
    if relation == -1:
        return cal.of_day(_on_or_before(cal.safe(published.end, -1), number))
    if relation == 1:
        return cal.of_day(_on_or_after(cal.safe(published.end, 1), number))
    future = context.direction > 0 or (relation == 0 and context.direction == 0)
    return cal.of_day(_on_or_after(published.start, number) if future else _on_or_before(published.end, number))


def _weekday_told(form: Any, number: int, context: Context) -> Interval | None:
    """A weekday counted from the date just told, where the words or a narrative ask for it."""
    told = context.told.last("day", within=1, paragraph=context.paragraph)
    if form.has("that", "same") or ("told_rel" in form.got and "rel" not in form.got) or form.has("before", "after"):
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
    """As in "Monday a week ago", "a week ago Monday", "Friday week", "Tuesday of last week"."""
    number = form.one("sure_wday")
    published = context.published
    if form.has("that", "following", "previous", "same") or ("told_rel" in form.got and "rel" not in form.got):
        anchor = context.told.last("week")
        return (
            cal.of_day(cal.safe(cal.week(anchor.start).start, number + 7 * form.one("told_rel", 0))) if anchor else None
        )
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
    """As in "yesterday", "today", "tonight", "a year ago today"."""
    published = context.published
    if published is None:
        return None
    if published.days > WIDE:
        return published
    step = form.one("dayrel", 0)
    unit, count = form.one("unit", form.one("units", "day")), form.one("num", 0)
    return hull_of(published, lambda at: cal.of_day(cal.safe(cal.shifted(at, unit, -count) if count else at, step)))


def daypart(form: Any, context: Context) -> Interval | None:
    """As in "this morning", "last night", "that evening", "the next morning"."""
    if form.has("that", "before", "after", "in", "next", "following") or "told_rel" in form.got:
        told = context.told.last("day", within=1, paragraph=context.paragraph)
        step = form.one("told_rel", 0) + (1 if form.has("after") else 0)
        step = max(step, 1) if form.has("next", "following") else step - (1 if form.has("before") else 0)
        if told is None:
            return context.published if form.has("in") and context.published and context.published.days == 1 else None
        return cal.of_day(cal.safe(told.start, step))
    if context.published is None:
        return None
    if context.published.days > WIDE:
        return context.published
    step = -1 if form.has("last") else 1 if form.has("tomorrow") else 0
    return hull_of(context.published, lambda at: cal.of_day(cal.safe(at, step)))


def relunit(form: Any, context: Context) -> Interval | None:
    """As in "last year", "this week", "next month", "the year before last", "over the weekend"."""
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
        told = context.told.last("day") if step == 1 else None
        return cal.of_day(cal.safe(told.start, 1)) if told else None
    if unit == "season":
        return None
    if unit == "weekend":
        return _weekend(form, step, context)
    return hull_of(published, lambda at: cal.around(at, unit, step))


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
    """As in "last October", "this May", "next March", "the following June"."""
    return _named_rel(form, context, lambda year: cal.month(year, form.one("month")))


def season(form: Any, context: Context) -> Interval | None:
    """As in "last summer", "the spring of 2012", "that autumn", "in the spring"."""
    name = form.one("season")
    year = form.one("year")
    if year is None and form.one("yy") is not None:
        year = century_of(form.one("yy"))
    if year is not None:
        return cal.season(year, name, context.south)
    return _named_rel(form, context, lambda at: cal.season(at, name, context.south))


def _named_rel(form: Any, context: Context, of_year: Callable[[int], Interval | None]) -> Interval | None:
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


def _beside(options: Sequence[Interval | None], anchor: Interval, way: int) -> Interval | None:
    whole = [option for option in options if option]
    if way < 0:
        return max((o for o in whole if o.end < anchor.start), key=lambda o: o.start, default=None)
    if way > 0:
        return min((o for o in whole if o.start > anchor.end), key=lambda o: o.start, default=None)
    return next((o for o in whole if o.start.year == anchor.start.year), None)
