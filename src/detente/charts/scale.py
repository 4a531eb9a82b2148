"""Scales: days and values to pixels, and where the ticks stand."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date

Scale = Callable[[float], float]


def linear(low: float, high: float, at_low: float, at_high: float) -> Scale:
    """A linear scale from values to pixels."""
    span = (high - low) or 1.0
    return lambda value: at_low + (value - low) / span * (at_high - at_low)


def days(first: date, last: date, left: float, right: float) -> Callable[[date], float]:
    """A scale from days to pixels."""
    scale = linear(first.toordinal(), last.toordinal(), left, right)
    return lambda day: scale(day.toordinal())


def reach(values: Sequence[float | None], steps: Sequence[float]) -> float:
    """The least of `steps` that covers all values in size; the last where none does."""
    most = max((abs(value) for value in values if value is not None), default=0.0)
    return next((step for step in steps if step >= most), steps[-1])


def rounded_reach(values: Sequence[float | None]) -> float:
    """A round number that covers all values in size: 1, 2 or 5 times a power of ten."""
    most = max((abs(value) for value in values if value is not None), default=0.0)
    if most <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(most))
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= most)


def time_ticks(first: date, last: date, room: float) -> list[tuple[date, str]]:
    """Days to mark and what to write there: years where there are many, else quarters or months, else days.

    Args:
        first: The first day shown.
        last: The last.
        room: The width in pixels.
    """
    most = max(int(room / 56), 2)
    years = last.year - first.year + 1
    for step in (1, 2, 5, 10, 20, 50):
        if years > 3 and years / step <= most:
            return [
                (date(year, 1, 1), str(year))
                for year in range(first.year, last.year + 1)
                if year % step == 0 and date(year, 1, 1) >= first
            ]
    months = [
        (date(year, month, 1), f"{year}-{month:02}")
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    if len(months) < 2:
        span = max((last - first).days // most, 1)
        return [
            (day, day.isoformat())
            for day in (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1, span))
        ]
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60) if len(months) / step <= most or step == 60)
    return [(day, name) for day, name in months if (day.month - 1) % min(step, 12) == 0]
