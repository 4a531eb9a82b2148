"""Operations whose forms hold other forms (parts, ranges, "March of last year") and those of fixed periods."""

from __future__ import annotations

from typing import Any

from detente.model import Interval
from detente.text.times import calendar as cal
from detente.text.times import counted, partial
from detente.text.times.context import Context


def yearrange(form: Any, context: Context) -> Interval | None:
    """As in "2017–18", "1984 to 1990"."""
    first = form.one("year")
    last = form.got["year"][1] if len(form.got["year"]) > 1 else form.one("int")
    if form.has("/") and last is not None and last % 100 != (first + 1) % 100:
        return cal.year(first)
    if last is not None and last < 100:
        last += first // 100 * 100
        last += 100 if last < first else 0
    return cal.years(first, last) if last is not None and first <= last <= first + 300 else None


def decade(form: Any, context: Context) -> Interval | None:
    """As in "the 1990s", "the nineties"."""
    first = form.one("decade")
    if first is None:
        first = 1900 + form.one("decadew")
    return cal.years(first, first + 9, "decade")


def century(form: Any, context: Context) -> Interval | None:
    """As in "the 19th century"."""
    number = form.one("nth") or form.one("ordw")
    return cal.years(number * 100 - 100, number * 100 - 1) if number and number < 30 else None


def fiscal(form: Any, context: Context) -> Interval | None:
    """As in "fiscal 2022" is taken as the calendar year, about; states begin it in January, April, July or October."""
    number = form.one("hyear")
    if number and context.published:
        return cal.months(context.published.end.year, 6 * number - 5, 6)
    value = form.one("year")
    if value is None:
        short = form.one("yy", form.one("int"))
        if short is None or short > 99:
            return None
        value = partial.century_of(short)
    whole = cal.year(value)
    return cal.make(whole.start, whole.end, "year", approximate=True) if whole else None


def between(form: Any, context: Context) -> Interval | None:
    """As in "between March and June", "from 5 May to 9 June 2003": what one end lacks it has from the other."""
    forms = [value for values in form.got.values() for value in values if hasattr(value, "op")]
    if "season" in form.got:
        return None
    order = [
        value
        for group in ("point", "mpoint", "dpoint", "ypoint", "ppoint", "spoint")
        for value in form.got.get(group, [])
    ]
    if len(order) < 2:
        order = forms
    if len(order) < 2:
        return None
    first, last = (order[0], order[1])
    if "ppoint" in form.got and "mpoint" in form.got and form.words and _later(form, first):
        first, last = last, first
    return ends(first, last, context)


def _later(form: Any, candidate: Any) -> bool:
    return form.words.index(candidate.words[0]) > 0 if candidate.words and candidate.words[0] in form.words else False


def ends(first: Any, last: Any, context: Context) -> Interval | None:
    """The stretch from what one form names to what another names."""
    end = context.resolve(last)
    if end is None:
        return None
    start = None
    if partial.lacks_year(first):
        start = partial.before(first, end, context)
    if start is None:
        start = context.resolve(first)
    if start is None:
        return None
    if start.start > end.end and partial.lacks_year(last):
        end = partial.onward(last, start, context) or end
    if start.start > end.end:
        return None
    return cal.make(start.start, end.end, "span")


def ended(form: Any, context: Context) -> Interval | None:
    """As in "the year to March", "the three months ended June 30"."""
    inner = form.one("mpoint") or form.one("dpoint")
    end = context.resolve(inner)
    if end is None:
        return None
    count, unit = 1.0, "year"
    length = form.one("dur")
    if length is not None:
        count, unit = length.one("num", 1), length.one("units") or length.one("unit") or "year"
    elif form.has("quarter") or form.one("qpoint"):
        unit = "quarter"
    elif form.has("half", "half-year"):
        unit = "half"
    elif (upper := form.one("upoint")) is not None:
        unit = upper.one("unit") or "year"
    start = cal.shifted(cal.safe(end.end, 1), unit, -count)
    return cal.make(start, end.end, "span")


def part(form: Any, context: Context) -> Interval | None:
    """As in "late August", "the end of 2019", "early on Sunday"."""
    inner = next((value for values in form.got.values() for value in values if hasattr(value, "op")), None)
    whole = context.resolve(inner) if inner is not None else None
    if inner is None:
        unit = form.one("unit", "year")
        anchor = context.published
        whole = cal.around(anchor.end, unit) if anchor else None
    if whole is None:
        return None
    which = form.one("part") or form.one("partn") or "end"
    names = form.got.get("part", [])
    if len(names) > 1:
        return cal.hull(cal.part(whole, names[0]), cal.part(whole, names[1]))
    if form.words[0] in ("earlier", "later"):
        return whole
    if which == "eve":
        return cal.of_day(cal.safe(whole.start, -1))
    if form.has("end", "close", "start", "beginning") and whole.precision == "year" and which in ("end", "start"):
        found = cal.months(whole.start.year, 12 if which == "end" else 1, 1)
        return cal.make(found.start, found.end, "part") if found else None
    return cal.part(whole, which)


def sofar(form: Any, context: Context) -> Interval | None:
    """As in "earlier this year" names the year; which part of it has passed the publication tells."""
    inner = next((value for values in form.got.values() for value in values if hasattr(value, "op")), None)
    if inner is None:
        unit = form.one("unit", "year")
        anchor = context.anchor() if form.has("same") else context.published
        return cal.around(anchor.end, unit) if anchor else None
    return context.resolve(inner)


def piece(form: Any, context: Context) -> Interval | None:
    """As in "the first week of March", "the last three months of 2012", "the third Monday in May"."""
    inner = next((form.one(g) for g in ("mpoint", "ypoint", "upoint", "spoint") if form.one(g) is not None), None)
    whole = context.resolve(inner)
    if whole is None:
        return None
    nth = form.one("ordw", 1)
    from_end = "last" in form.got
    count = 1.0
    unit = form.one("unit")
    length = form.one("dur") or form.one("span")
    if length is not None:
        count = length.one("num", length.one("vague_num", 1))
        unit = length.one("units") or length.one("unit")
        from_end = from_end or length.has("last", "final")
    weekday = form.one("sure_wday")
    if weekday is None and form.one("wpoint") is not None:
        weekday = form.one("wpoint").one("sure_wday")
    if weekday is not None:
        if whole.precision != "month":
            return None
        return cal.nth_weekday(whole.start.year, whole.start.month, weekday, -1 if from_end else nth)
    if unit is None:
        return None
    return _cut(whole, unit, count, nth, from_end)


def _cut(whole: Interval, unit: str, count: float, nth: int, from_end: bool) -> Interval | None:
    if unit == "weekend" and whole.precision == "month":
        saturday = cal.nth_weekday(whole.start.year, whole.start.month, 5, -1 if from_end else nth)
        return cal.make(saturday.start, cal.safe(saturday.start, 1), "span") if saturday else None
    if from_end:
        start = cal.shifted(cal.safe(whole.end, 1), unit, -count)
        return cal.make(max(start, whole.start), whole.end, "part")
    start = cal.shifted(whole.start, unit, count * (nth - 1))
    end = cal.safe(cal.shifted(whole.start, unit, count * nth), -1)
    return cal.make(start, min(end, whole.end), "part") if start <= whole.end else None


def piece_bare(form: Any, context: Context) -> Interval | None:
    """As in "the first nine months" is of the year of the publication, or of the year before if they are not over."""
    if context.published is None:
        return None
    at = context.published.end
    found = _cut(
        cal.year(at.year) or context.published, form.one("dur").one("units"), form.one("dur").one("num", 1), 1, False
    )
    if found and found.end > at and context.direction <= 0 and found.start.month + 1 > at.month:
        return counted.moved_year(found, -1)
    return found


def inside(form: Any, context: Context) -> Interval | None:
    """As in "March of last year", "in October that year", "Monday of next week"."""
    outer = context.resolve(form.one("upoint"))
    if outer is None:
        return None
    inner = form.one("mpoint") or form.one("dpoint") or form.one("spoint")
    if inner is None and form.one("wpoint") is not None:
        weekday = form.one("wpoint").one("sure_wday")
        if outer.precision == "week" and weekday is not None:
            return cal.of_day(cal.safe(outer.start, weekday))
        return None
    if inner is None:
        return cal.feast(form.one("holiday"), outer.start.year) if form.one("holiday") else None
    return partial.in_year(inner, outer.start.year, context)


def daytime(form: Any, context: Context) -> Interval | None:
    """As in "Friday morning", "8 p.m. on 3 May": the day."""
    inner = form.got.get("dpoint") or form.got.get("wpoint") or []
    found = [context.resolve(value) for value in inner]
    return found[-1] if found else None


def weekof(form: Any, context: Context) -> Interval | None:
    """As in "the week of 4 June", "the week ended June 8"."""
    at = context.resolve(form.one("dpoint"))
    if at is None:
        return None
    if form.has("weekend"):
        return cal.around(at.start, "weekend")
    if form.has("ended", "ending"):
        return cal.make(cal.safe(at.end, -6), at.end, "week")
    return cal.week(at.start)


def again(form: Any, context: Context) -> Interval | None:
    """As in "the year 2012" is 2012."""
    inner = form.one("ypoint") or form.one("mpoint")
    return context.resolve(inner)


def holiday(form: Any, context: Context) -> Interval | None:
    """As in "Golden Week", "last Christmas": of the year given, else the nearest in the direction of the tense."""
    rule = form.one("holiday")
    if form.one("year"):
        return cal.feast(rule, form.one("year"))
    if context.published is None:
        return None
    at = context.published
    if "rel" in form.got and form.has("year"):
        return cal.feast(rule, at.end.year + form.one("rel"))
    way = form.one("rel", context.direction)
    options = [cal.feast(rule, at.end.year + step) for step in (-1, 0, 1)]
    return partial.choose([option for option in options if option], at, way)


def period(form: Any, context: Context) -> Interval | None:
    """As in "the pandemic": from its beginning to the publication."""
    start = partial.iso(str(form.one("period")).partition("..")[0])
    end = context.published.end if context.published and context.published.end > start else start
    return cal.make(start, end, "span", approximate=True, open_end=True)


def anniversary(form: Any, context: Context) -> Interval | None:
    """As in "the 45th anniversary of the 1978 treaty": the year, where the year counted from is told beside it."""
    number = form.one("nth") or form.one("ordw")
    year = (
        context.following.start.year
        if context.following
        and context.following.precision in ("year", "day", "month")
        and context.following.start.year + number <= 2150
        else None
    )
    found = cal.year(year + number) if year else None
    if (
        found
        and context.published
        and not found.overlaps(
            cal.make(cal.shifted(context.published.start, "year", -1), cal.shifted(context.published.end, "year", 1))
        )
    ):
        return None
    return found


def clock(form: Any, context: Context) -> Interval | None:
    """As in "8 p.m.": on the day just told in the sentence, else the day of publication."""
    if context.main_told is not None and context.main_told.days == 1:
        return context.main_told
    return context.published if context.published and context.published.days == 1 else None
