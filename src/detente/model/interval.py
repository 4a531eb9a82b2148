"""Dates as inclusive intervals that say how precise they are."""

from __future__ import annotations

from datetime import date
from typing import Literal

from detente.model.base import Record

Precision = Literal["day", "week", "part", "month", "quarter", "season", "year", "decade", "span"]
"""`part` is a stated part of a month or year ("late August"), `span` anything between two dates."""


class Interval(Record, frozen=True, kw_only=True):
    """The narrowest stretch of days the text supports, both ends included.

    `approximate` marks "about", "around"; `open_start` and `open_end` mark "until May" and "since 2012", where the
    named end is the only one the text fixes (the other end is then the same day, or the publication date).
    """

    start: date
    end: date
    precision: Precision = "day"
    approximate: bool = False
    open_start: bool = False
    open_end: bool = False

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"interval starts after it ends: {self.start} > {self.end}")

    @property
    def days(self) -> int:
        """The number of days in the interval, at least 1."""
        return (self.end - self.start).days + 1

    def overlaps(self, other: Interval) -> bool:
        """Whether the two intervals share at least one day."""
        return self.start <= other.end and other.start <= self.end

    def __str__(self) -> str:
        whole = self.start.isoformat() if self.start == self.end else f"{self.start}/{self.end}"
        return f"~{whole}" if self.approximate else whole
