"""Dates of the calendar, whole or in part: what the words leave out is taken from the publication or the date told."""

from __future__ import annotations

from datetime import date
from typing import Any

from detente.model import Interval
from detente.text.times import calendar as cal
from detente.text.times.context import Context

FAR = 270
"""Days between a told date and publication from which a partial date in its paragraph goes on from it."""


def century_of(short: int, published: Interval | None = None) -> int:
    """The year of two figures: the last such year before publication or soon after; 00 to 39 are 2000 to 2039."""
    if published is not None:
        return short + (2000 if short + 2000 <= published.end.year + 10 else 1900)
    return short + (2000 if short < 40 else 1900)


def iso(text: str) -> date:
    """A day from its ISO form."""
    return date.fromisoformat(text)


def date_of(form: Any, context: Context) -> Interval | None:
    """Any calendar date of the grammar: day, month or year, whole or in part."""
    if (parts := form.one("isodate")) is not None:
        return cal.day(*parts)
    if (parts := form.one("numdate")) is not None:
        return numeric(parts, context)
    year = _year(form, context)
    month = form.one("month", form.one("sure_month", form.one("lmonth")))
    number = form.one("day", form.one("ordw"))
    if (number is None or number > 31) and "nth" in form.got:
        number = form.one("nth")
    if year is not None:
        if month is None:
            return cal.year(year)
        return cal.month(year, month) if number is None else cal.day(year, month, number)
    if month is not None:
        return _without_year(form, month, number, context)
    return _only_day(number, form, context) if number is not None else None


def _year(form: Any, context: Context | None = None) -> int | None:
    if (year := form.one("year")) is not None:
        return int(year)
    short = form.one("yy")
    if short is None and "int" in form.got and "day" in form.got and "month" in form.got:
        short = form.one("int")
    return century_of(short, context.published if context else None) if short is not None and short < 100 else None


def numeric(parts: tuple[int, int, int], context: Context) -> Interval | None:
    """As in "26/10/2018": the order that the calendar allows, else the document's, else nearest publication."""
    one, two, year = parts
    year = century_of(year, context.published) if year < 100 else year
    british, american = cal.day(year, two, one), cal.day(year, one, two)
    if british is None or american is None or british == american:
        return british or american
    if context.published is not None and not context.day_first:
        at = context.published.start
        near = sorted((abs((found.start - at).days), k) for k, found in enumerate((british, american)))
        if near[0][0] <= 31 < near[1][0]:
            return (british, american)[near[0][1]]
    return british if context.day_first else american


def _options(month: int, number: int | None, years: range | list[int]) -> list[Interval]:
    found = [cal.month(year, month) if number is None else cal.day(year, month, number) for year in years]
    return [option for option in found if option]


def _without_year(form: Any, month: int, number: int | None, context: Context) -> Interval | None:
    weekday = form.one("wday", form.one("sure_wday"))
    anchor = told_anchor(context)
    if anchor is not None:
        options = _options(month, number, [anchor.start.year, anchor.start.year + 1])
        ahead = [option for option in options if option.end >= anchor.start]
        if context.head is not None and context.direction >= 0 and context.published is None:
            return ahead[0] if ahead else None
        if anchor.precision in ("year", "season", "quarter"):
            return next((option for option in options if option.start.year == anchor.start.year), None)
        return ahead[0] if ahead else None
    if context.published is None:
        told = context.told.last("month", within=0, paragraph=context.paragraph)
        return next(iter(_options(month, number, [told.start.year])), None) if told else None
    middle = context.published.end.year
    options = _options(month, number, range(max(middle - 6, cal.FIRST), min(middle + 6, cal.LAST)))
    if weekday is not None and number is not None:
        fitting = [option for option in options if option.start.weekday() == weekday]
        near = [option for option in fitting if abs(option.start.year - middle) <= 1]
        options = near or options
    return choose(options, context.published, context.direction)


def told_anchor(context: Context) -> Interval | None:
    """The date that partial dates go on from: a chronology's entry, or a leading date far from publication."""
    if context.head is not None:
        return context.head
    leading = context.leading
    if leading is None:
        return None
    if context.published is None:
        return leading
    gap = (context.published.start - leading.end).days
    if context.direction <= 0 and gap > FAR and context.simple_past:
        return leading
    return leading if (leading.start - context.published.end).days > FAR else None


def choose(options: list[Interval], published: Interval, way: int) -> Interval | None:
    """The option that the direction asks for: the last begun by publication, or the first not over before it.

    Without a direction the nearest is taken, but the past unless the future is much nearer, as in news.
    """
    past = [option for option in options if option.start <= published.end]
    future = [option for option in options if option.end >= published.start]
    if way < 0 or not future:
        return max(past, key=lambda option: option.start, default=None) or min(
            future, key=lambda option: option.start, default=None
        )
    if way > 0 or not past:
        return min(future, key=lambda option: option.start)
    last, first = max(past, key=lambda option: option.start), min(future, key=lambda option: option.start)
    behind, ahead = (published.start - last.end).days, (first.start - published.end).days
    return first if ahead <= 60 and behind > 3 * max(ahead, 20) else last


def _only_day(number: int, form: Any, context: Context) -> Interval | None:
    """As in "the 27th": of the month told last, else of the month of publication or the one beside it."""
    weekday = form.one("wday", form.one("sure_wday"))
    told = context.told.last("month", within=1, paragraph=context.paragraph)
    if told is not None and weekday is None and told.precision != "week":
        found = cal.day(told.start.year, told.start.month, number)
        late = (
            context.published is not None
            and context.direction < 0
            and found is not None
            and found.start > context.published.end
            and told.start <= context.published.end
        )
        soon = (
            context.published is not None
            and context.direction > 0
            and found is not None
            and found.end < context.published.start
        )
        if found is not None and not late and not soon:
            return found
    if context.published is None:
        return None
    at = context.published.end
    options = [
        cal.day(month.start.year, month.start.month, number)
        for step in range(-12, 13)
        if (month := cal.month(at.year, at.month + step))
    ]
    whole = [option for option in options if option and (weekday is None or option.start.weekday() == weekday)]
    return choose(whole, context.published, context.direction) if whole else None


def days(form: Any, context: Context) -> Interval | None:
    """As in "May 5-9", "12 and 13 June 2010", "the 5th and 6th": from the first day named to the last."""
    numbers = form.got.get("day") or form.got.get("nth") or []
    if len(numbers) < 2:
        return None
    first, last = numbers[0], numbers[-1]
    year, month = _year(form), form.one("month")
    if month is None:
        start = _only_day(first, form, context)
    elif year is None:
        start = _without_year(form, month, first, context)
    else:
        start = cal.day(year, month, first)
    end = cal.day(start.start.year, start.start.month, last) if start else None
    if start is None or end is None or end.start < start.start:
        return None
    return cal.make(start.start, end.end, "span")


def lacks_year(form: Any) -> bool:
    """Whether a form is a date of the calendar without its year."""
    if form.op in ("part", "piece", "days"):
        inner = next((value for values in form.got.values() for value in values if hasattr(value, "op")), None)
        return lacks_year(inner) if inner is not None else form.op == "days" and _year(form) is None
    return (
        form.op in ("date", "season")
        and _year(form) is None
        and not (form.got.keys() & {"isodate", "numdate", "rel", "told_rel"})
    )


def in_year(form: Any, year: int, context: Context) -> Interval | None:
    """What a form without a year names in a given year."""
    month, number = form.one("month", form.one("sure_month")), form.one("day", form.one("ordw"))
    if form.op == "season" and form.one("season"):
        return cal.season(year, form.one("season"), context.south)
    if form.op == "days" and month is not None:
        numbers = form.got["day"]
        start, end = cal.day(year, month, numbers[0]), cal.day(year, month, numbers[-1])
        return cal.make(start.start, end.end) if start and end else None
    if form.op in ("date", "monthrel") and month is not None:
        return cal.month(year, month) if number is None else cal.day(year, month, number)
    return None


def before(form: Any, end: Interval, context: Context) -> Interval | None:
    """What a form without a year names last before (or in) the interval that ends a range."""
    if form.op == "part":
        inner = next((value for values in form.got.values() for value in values if hasattr(value, "op")), None)
        whole = before(inner, end, context) if inner is not None else None
        return cal.part(whole, form.one("part") or form.one("partn") or "all") if whole else None
    for year in (end.end.year, end.end.year - 1):
        found = in_year(form, year, context)
        if found is not None and found.start <= end.end:
            return found
    return None


def onward(form: Any, start: Interval, context: Context) -> Interval | None:
    """What a form without a year names first after the interval that begins a range."""
    for year in (start.start.year, start.start.year + 1):
        found = in_year(form, year, context)
        if found is not None and found.end >= start.start:
            return found
    return None
