"""What the barometer reads of a relation in one stretch of time, and the events that make the reading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

import msgspec

from detente.errors import UsageError
from detente.model.base import Record

Period = Literal["day", "week", "month", "quarter", "year"]


class Cause(Record, frozen=True, kw_only=True):
    """What one event added to a reading: `points` of tone, from `weight` on the side of cooperation or conflict.

    `event_ids` are the reports of the same event, counted once. `share` is the part of the event's days that lie in
    the period. The cause without events is the remainder: what the period would have read with none of them.
    """

    event_ids: tuple[str, ...] = ()
    points: float
    weight: float = 0.0
    kind: str | None = None
    type: str | None = None
    mode: str | None = None
    who: str = ""
    start: date | None = None
    end: date | None = None
    share: float = 1.0
    words: str = ""
    document_id: str | None = None


class Reading(Record, frozen=True, kw_only=True, dict=True):
    """A relation in one period, by one source of events.

    `tone`, `level`, `engagement`, `deeds` and `words` run from -100 to 100, where 0 is the pair's own normal; `low` and
    `high` bound the level at 90 %. None where nothing was recorded: silence is not calm. `net` is the plain balance of
    cooperation and conflict, for comparing pairs, with its own 90 % bounds, from `effective` events of equal weight.

    `n` counts events, each once however often it was reported; `reports` the records behind them. `thin` marks a period
    with too little to read. `stock` sums the live matters, in their own unit (an agreement in force is 1).
    `per_cooperation`, `per_conflict` and `quiet` are what one unit of weight added to the tone, and what no event would
    have read: the sums of `because()`.
    """

    dyad: str
    source: str
    context: str | None = None
    period: str
    start: date
    end: date
    n: float
    reports: int
    thin: bool
    cooperation: float
    conflict: float
    tone: float | None = None
    level: float | None = None
    low: float | None = None
    high: float | None = None
    change: float = 0.0
    shock: float | None = None
    engagement: float | None = None
    stock: float | None = None
    deeds: float | None = None
    words: float | None = None
    divided: bool = False
    net: float | None = None
    net_low: float | None = None
    net_high: float | None = None
    effective: float = 0.0
    quiet: float = 0.0
    per_cooperation: float = 0.0
    per_conflict: float = 0.0

    def because(self) -> tuple[Cause, ...]:
        """The events behind the tone and what each added, the weightiest first; their points add up to the tone.

        Raises:
            UsageError: if the reading did not come from an archive.
        """
        told: Callable[[Reading], tuple[Cause, ...]] | None = self.__dict__.get("_told")
        if told is None:
            raise UsageError("this reading does not know its events", mend="ask an archive: archive.barometer(…)")
        return told(self)

    def told_by(self, told: Callable[[Reading], tuple[Cause, ...]]) -> Reading:
        """The same reading, which asks `told` for its causes. That is no part of its value."""
        copy = msgspec.structs.replace(self)
        copy.__dict__["_told"] = told
        return copy


class Balance(Record, frozen=True, kw_only=True):
    """The plain balance of a pair over some time, 100 (cooperation - conflict) / both, with its 90 % bounds."""

    dyad: str
    net: float | None = None
    low: float | None = None
    high: float | None = None
    n: float = 0.0


class Turn(Record, frozen=True, kw_only=True):
    """A dated change of level: from `before` to `after`, with its probability; a `shock` came and went.

    `because` holds the leading events in short, filled in by whoever can look them up.
    """

    period: str
    start: date
    probability: float
    before: float
    after: float
    shock: bool = False
    because: tuple[str, ...] = ()

    @property
    def sign(self) -> int:
        """1 for warmer, -1 for colder."""
        return 1 if self.after >= self.before else -1
