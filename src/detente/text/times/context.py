"""What a mention is resolved against: the publication, the dates just told, the tense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from detente.model import Interval

FINE = {
    "day": ("day",),
    "week": ("day", "week", "part"),
    "fortnight": ("day", "week"),
    "weekend": ("day", "week"),
    "month": ("day", "week", "part", "month"),
}


@dataclass(slots=True)
class Told:
    """Dates told so far, latest last, each with the number of its paragraph and sentence."""

    items: list[tuple[Interval, int, int]] = field(default_factory=list)

    def add(self, interval: Interval, paragraph: int, sentence: int) -> None:
        """Remembers a date; only the last forty are kept."""
        self.items.append((interval, paragraph, sentence))
        del self.items[:-40]

    def last(self, unit: str = "", within: int | None = None, paragraph: int = 0) -> Interval | None:
        """The date told last that is fine enough to count units from, not more than `within` paragraphs back."""
        fine = FINE.get(unit)
        for interval, where, _ in reversed(self.items):
            if within is not None and paragraph - where > within:
                return None
            if fine is None or interval.precision in fine or (unit == "day" and interval.days == 1):
                return interval
        return None


@dataclass(slots=True)
class Context:
    """Everything that decides what a mention means.

    `direction` is -1 for past, 1 for future, 0 unknown. `head` is the date of the entry of a chronology, `leading` the
    date that opened a sentence of the paragraph, `main_told` the first date of the sentence, `following` the date that
    stands right behind the mention; `joins` whether the mention opens a clause or a noun phrase ("a day after …").
    `day_first` says whether "5/6/2003" is the fifth of June, `south` whether spring begins in September.
    """

    published: Interval | None
    resolver: Callable[[Any, Context], Interval | None]
    told: Told = field(default_factory=Told)
    direction: int = 0
    head: Interval | None = None
    paragraph: int = 0
    sentence: int = 0
    day_first: bool = False
    south: bool = False
    main_told: Interval | None = None
    following: Interval | None = None
    leading: Interval | None = None
    joins: bool = False
    simple_past: bool = False

    def resolve(self, form: Any) -> Interval | None:
        """The interval of a form inside a form."""
        return self.resolver(form, self)

    def anchor(self, unit: str = "") -> Interval | None:
        """The date just told that units can be counted from."""
        return self.told.last(unit) or (self.head if not unit or unit in ("year", "month") else None)
