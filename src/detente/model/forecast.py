"""Where a relation may go: distributions, never points."""

from __future__ import annotations

from datetime import date

from detente.model.base import Record


class Forecast(Record, frozen=True, kw_only=True):
    """The tone of a pair in a month to come, by one method: quantiles of a distribution, -100 to 100.

    `origin` is the last month that was known, `horizon` how many months later `period` lies. `low` to `high` should
    hold 90 % of what comes true, `lower` to `upper` half of it. `usual` is the mean of the last twelve known months,
    `warmer` the chance that the month is warmer than that. `known` counts the months it rests on. `advised` marks the
    method that measured best; the others stand beside it so that its skill can be judged.
    """

    dyad: str
    source: str
    origin: str
    horizon: int
    period: str
    start: date
    method: str
    advised: bool
    mean: float
    low: float
    lower: float
    middle: float
    upper: float
    high: float
    usual: float
    warmer: float
    known: int


class Prospect(Record, frozen=True, kw_only=True):
    """A kind of act that one may do to another within `days` from `start` on, and the past events that say so.

    `chance` is learned from all pairs of the same source, `usual` that for any of them. `because` are the events that
    speak most for it: `day type who` and the start of the id.
    """

    actor: str
    recipient: str
    source: str
    start: date
    days: int
    type: str
    chance: float
    usual: float
    because: tuple[str, ...] = ()
    event_ids: tuple[str, ...] = ()
