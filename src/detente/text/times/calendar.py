"""Stretches of the calendar as inclusive intervals: days to centuries, their parts, and steps from one to another."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from detente.model import Interval, Precision

FIRST, LAST = date.min.year + 1, date.max.year - 1
SEASONS = {"spring": (3, 0), "summer": (6, 0), "autumn": (9, 0), "winter": (12, 0)}
SOUTHERN = {"spring": (9, 0), "summer": (12, 0), "autumn": (3, 0), "winter": (6, 0)}


def make(
    start: date,
    end: date,
    precision: Precision = "span",
    *,
    approximate: bool = False,
    open_start: bool = False,
    open_end: bool = False,
) -> Interval:
    """An interval; the ends are put in order."""
    if end < start:
        start, end = end, start
    return Interval(
        start=start, end=end, precision=precision, approximate=approximate, open_start=open_start, open_end=open_end
    )


def day(year: int, month: int, number: int) -> Interval | None:
    """A day, or None where the calendar has no such day."""
    if not (FIRST <= year <= LAST and 1 <= month <= 12 and 1 <= number <= calendar.monthrange(year, month)[1]):
        return None
    at = date(year, month, number)
    return make(at, at, "day")


def of_day(at: date) -> Interval:
    """The interval of one day."""
    return make(at, at, "day")


def month(year: int, number: int) -> Interval | None:
    """A month; `number` may run over, so that month 13 is January of the next year."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    if not FIRST <= year <= LAST:
        return None
    return make(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]), "month")


def months(year: int, first: int, count: int, precision: Precision = "span") -> Interval | None:
    """`count` whole months from month `first` of a year."""
    start, end = month(year, first), month(year, first + count - 1)
    return make(start.start, end.end, precision) if start and end else None


def quarter(year: int, number: int) -> Interval | None:
    """A quarter of the calendar year, 1 to 4 (other numbers run over)."""
    return months(year, 3 * number - 2, 3, "quarter")


def season(year: int, name: str, south: bool = False) -> Interval | None:
    """A season, named by the year in which it begins: northern spring is March to May."""
    first, _ = (SOUTHERN if south else SEASONS)[name]
    return months(year, first, 3, "season")


def year(number: int) -> Interval | None:
    """A calendar year."""
    if not FIRST <= number <= LAST:
        return None
    return make(date(number, 1, 1), date(number, 12, 31), "year")


def years(first: int, last: int, precision: Precision = "span") -> Interval | None:
    """Whole years, both included."""
    start, end = year(first), year(last)
    return make(start.start, end.end, precision) if start and end else None


def week(at: date) -> Interval:
    """The week of a day, Monday to Sunday (ISO 8601)."""
    monday = safe(at, -at.weekday())
    return make(monday, safe(monday, 6), "week")


def safe(at: date, days: int) -> date:
    """A day so many days on, held inside what `date` can say."""
    try:
        return at + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def around(at: date, unit: str, step: int = 0) -> Interval | None:
    """The unit (day, week, month …) that holds a day, or the one `step` units on."""
    if unit == "day":
        return of_day(safe(at, step))
    if unit == "week":
        return week(safe(at, 7 * step))
    if unit == "fortnight":
        monday = week(safe(at, 14 * step)).start
        return make(monday, safe(monday, 13), "span")
    if unit == "weekend":
        monday = week(safe(at, 7 * step)).start
        return make(safe(monday, 5), safe(monday, 6), "span")
    if unit == "month":
        return month(at.year, at.month + step)
    if unit == "quarter":
        return quarter(at.year, (at.month + 2) // 3 + step)
    if unit == "half":
        return (
            months(at.year, 1 if at.month < 7 else 7, 6)
            if not step
            else months(at.year, (1 if at.month < 7 else 7) + 6 * step, 6)
        )
    if unit == "year":
        return year(at.year + step)
    if unit == "decade":
        first = at.year // 10 * 10 + 10 * step
        return years(first, first + 9, "decade")
    if unit == "century":
        first = at.year // 100 * 100 + 100 * step
        return years(first, first + 99)
    if unit in ("hour", "minute", "second"):
        return of_day(at)
    return None


def shifted(at: date, unit: str, count: float) -> date:
    """The day `count` units before (negative) or after a day; the end of a month is kept inside the month."""
    if unit in ("hour", "minute", "second"):
        return at
    days = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}.get(unit)
    if days:
        return safe(at, round(days * count))
    per = {
        "month": 1,
        "quarter": 3,
        "season": 3,
        "half": 6,
        "year": 12,
        "decade": 120,
        "century": 1200,
        "generation": 300,
    }
    total = at.year * 12 + at.month - 1 + round(per.get(unit, 12) * count)
    number = min(max(total // 12, FIRST), LAST)
    return date(number, total % 12 + 1, min(at.day, calendar.monthrange(number, total % 12 + 1)[1]))


def hull(one: Interval, other: Interval) -> Interval:
    """The shortest interval that holds both."""
    if one == other:
        return one
    return make(min(one.start, other.start), max(one.end, other.end), "span")


def part(whole: Interval, which: str) -> Interval:
    """A part of an interval: `early`, `mid`, `late`, `start`, `end`, `first half`, `second half`, `all`.

    Of a month, early is the 1st to the 10th, mid the 11th to the 20th, late the 21st to its end; of anything else a
    third. `start` and `end` of a year are its first and last two months, of others as early and late.
    """
    if which in ("all", "rest") or whole.days == 1:
        return whole
    if which in ("first half", "second half"):
        return _half(whole, which == "first half")
    which = {"start": "early", "end": "late"}.get(which, which)
    if whole.precision == "month":
        first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}[which]
        last = min(last, whole.end.day)
        return make(whole.start.replace(day=first), whole.start.replace(day=last), "part")
    number = {"early": 0, "mid": 1, "late": 2}[which]
    if whole.precision == "decade":
        first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}[which]
        return years(whole.start.year + first, whole.start.year + last, "part") or whole
    if whole.precision in ("year", "season", "quarter"):
        return _third_of_months(whole, number)
    third = whole.days / 3
    return make(
        safe(whole.start, round(third * number)), safe(whole.start, max(round(third * (number + 1)) - 1, 0)), "part"
    )


def _third_of_months(whole: Interval, number: int) -> Interval:
    count = (whole.end.year - whole.start.year) * 12 + whole.end.month - whole.start.month + 1
    first = whole.start.month + count * number // 3
    last = whole.start.month + count * (number + 1) // 3
    found = months(whole.start.year, first, last - first, "part")
    return found or whole


def _half(whole: Interval, first: bool) -> Interval:
    if whole.precision == "month":
        middle = whole.start.replace(day=15)
        return make(whole.start, middle, "part") if first else make(safe(middle, 1), whole.end, "part")
    count = (whole.end.year - whole.start.year) * 12 + whole.end.month - whole.start.month + 1
    if count >= 2 and whole.start.day == 1:
        at = whole.start.month + (0 if first else count // 2)
        return months(whole.start.year, at, count // 2 if first else count - count // 2, "part") or whole
    half = whole.days // 2
    if not half:
        return whole
    return (
        make(whole.start, safe(whole.start, half - 1), "part")
        if first
        else make(safe(whole.start, half), whole.end, "part")
    )


def easter(number: int) -> date:
    """Easter Sunday of a year (anonymous Gregorian algorithm, as in Meeus, Astronomical Algorithms, 1991)."""
    a, b, c = number % 19, number // 100, number % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    at = h + m - 7 * n + 114
    return date(number, at // 31, at % 31 + 1)


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def feast(rule: str, number: int) -> Interval | None:
    """A feast of a year by its rule: `12-25`, `04-29..05-05`, `11 thu 4` (fourth Thursday of November), `easter -2`."""
    if ".." in rule:
        first, _, last = rule.partition("..")
        start, end = feast(first, number), feast(last, number)
        return make(start.start, end.end, "span") if start and end else None
    if not FIRST <= number <= LAST:
        return None
    if rule.startswith("easter"):
        return of_day(safe(easter(number), int(rule.split()[1])))
    if " " in rule:
        in_month, name, nth = rule.split()
        return nth_weekday(number, int(in_month), _DAYS.index(name), int(nth))
    in_month, _, at = rule.partition("-")
    return day(number, int(in_month), int(at))


def nth_weekday(number: int, in_month: int, weekday: int, nth: int) -> Interval | None:
    """The nth such weekday of a month, counted from its end where `nth` is negative; None if it has fewer."""
    whole = month(number, in_month)
    if whole is None:
        return None
    if nth > 0:
        at = safe(whole.start, (weekday - whole.start.weekday()) % 7 + 7 * (nth - 1))
    else:
        at = safe(whole.end, -((whole.end.weekday() - weekday) % 7) + 7 * (nth + 1))
    return of_day(at) if at.month == in_month else None
