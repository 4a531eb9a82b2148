"""Days, weeks, months, quarters and years: where each begins and ends, and what it is called."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import cast, get_args

from detente.errors import UsageError
from detente.model import Period

PERIODS: tuple[str, ...] = get_args(Period)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
IN_MONTHS: dict[Period, float] = {"day": 12 / 365.25, "week": 84 / 365.25, "month": 1.0, "quarter": 3.0, "year": 12.0}
"""How many months each kind of period is long."""

_NAMED = re.compile(r"(\d{4})(?:-(?:W(\d\d)|Q([1-4])|(\d\d)(?:-(\d\d))?))?")


def period(name: str) -> Period:
    """A kind of period from its name.

    Raises:
        UsageError: if there is none of that name.
    """
    if name not in PERIODS:
        raise UsageError(f"no period is called {name!r}", mend=f"these are: {', '.join(PERIODS)}")
    return cast("Period", name)


def floor(day: date, by: Period) -> date:
    """The first day of the period in which a day lies; weeks begin on Monday."""
    if by == "day":
        return day
    if by == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[by]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def following(start: date, by: Period) -> date:
    """The first day of the next period."""
    if by in ("day", "week"):
        return start + timedelta(days=1 if by == "day" else 7)
    at = start.year * 12 + start.month - 1 + _MONTHS[by]
    return date(at // 12, at % 12 + 1, 1)


def last(start: date, by: Period) -> date:
    """The last day of the period that begins on `start`."""
    return following(start, by) - timedelta(days=1)


def starts(first: date, until: date, by: Period) -> list[date]:
    """The first days of all periods from that of `first` to that of `until`, without a gap."""
    found, at = [], floor(first, by)
    while at <= until:
        found.append(at)
        at = following(at, by)
    return found


def named(start: date, by: Period) -> str:
    """What a period is called: 2023, 2023-Q4, 2023-11, 2023-W46 (ISO) or 2023-11-17."""
    if by == "day":
        return start.isoformat()
    if by == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02}"
    if by == "month":
        return f"{start.year}-{start.month:02}"
    return f"{start.year}-Q{(start.month + 2) // 3}" if by == "quarter" else str(start.year)


def parse(name: str) -> tuple[date, Period]:
    """The first day and the kind of a named period.

    Raises:
        UsageError: if it is none.
    """
    match = _NAMED.fullmatch(name.strip())
    try:
        if match is None:
            raise ValueError(name)
        year, week, quarter, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if week:
            return date.fromisocalendar(year, week, 1), "week"
        if quarter:
            return date(year, quarter * 3 - 2, 1), "quarter"
        if month:
            return date(year, month, day or 1), "day" if day else "month"
        return date(year, 1, 1), "year"
    except ValueError:
        mend = "write 2023, 2023-Q4, 2023-11, 2023-W46 or 2023-11-17"
        raise UsageError(f"{name!r} is no period", mend=mend) from None
