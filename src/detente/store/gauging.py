"""What the barometer asks of an archive: tallies of a pair's events, the events behind them, and all there is.

Which events weigh anything, and which are the same, is settled here in SQL; how much they weigh is the barometer's.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.codebook.barometer import BarometerBook
from detente.model import Period, Record
from detente.store.base import Base
from detente.store.session import Session
from detente.store.statements import ask, asked

OWN_CODERS = ("rules", "llm", "encoder")
"""The coders that read texts; all other origins of events are imported datasets."""

DAYS: dict[Period, float] = {"day": 1.0, "week": 7.0, "month": 30.4375, "quarter": 91.3125, "year": 365.25}
STEPS: dict[Period, str] = {
    "day": "1 day",
    "week": "7 days",
    "month": "1 month",
    "quarter": "3 months",
    "year": "1 year",
}


class Coverage(Record, frozen=True, kw_only=True):
    """What a source holds on a pair: all records, and those that no reading counts, by the first reason that holds.

    `unreal` were only planned, offered, conditional or denied, `retold` are history, `undated` have no date, and the
    date of the `vague` says too little. `volume` are the records by the period in which they begin.
    """

    pair: str
    source: str
    records: int = 0
    unreal: int = 0
    retold: int = 0
    undated: int = 0
    vague: int = 0
    volume: dict[date, float]


Row = tuple[Any, ...]
Columns = dict[str, npt.NDArray[Any]]
_ONCE = ("told", "doubt", "told_once")


def doubts(pair: str | None, book: BarometerBook) -> dict[str, Any]:
    """What the statements `told` and `doubt` take: the pair (None: all), and when armed acts are believed."""
    rule = book.doubted
    return {
        "dyad": pair,
        "everyone": pair is None or None,
        "modalities": list(book.counted),
        "doubted": list(rule.types),
        "within": rule.within,
        "days": rule.days,
        "many": rule.days_alone,
        "coders": list(OWN_CODERS),
    }


class Tallies:
    """The barometer's questions, all put to one view of an archive. A pair is the name of a dyad, such as `CHN-JPN`.

    Args:
        view: The view, with its events.
        book: Which events weigh anything, and which are the same.
    """

    def __init__(self, view: Session, book: BarometerBook) -> None:
        self._view, self._book = view, book

    def by_period(
        self, pair: str | None, by: Period, *, context: str | None = None, source: str | None = None
    ) -> list[tuple[str, str, Columns]]:
        """The tallies of a pair, or of all pairs: pair, source, and columns of these, sorted by pair and source.

        The columns are the first day of the period, type, mode (where it changes the weight), doubted, events, reports,
        mass and squares: see `barometer.counts.FIELDS`. They are sorted by the first four.
        """
        given = {**self._rules(pair, by), "by": by, "step": STEPS[by], "context": _listed(context), "source": source}
        found = self._view.columns(*asked((*_ONCE, "tallies"), given))
        pairs, sources = found.pop("pair"), found.pop("source")
        found["start"] = found["start"].astype("datetime64[D]")
        new = (pairs[1:] != pairs[:-1]) | (sources[1:] != sources[:-1])
        opens = [0, *(np.flatnonzero(new) + 1).tolist()] if len(pairs) else []
        ends = [*opens[1:], len(pairs)] if opens else []
        return [
            (pairs[first], sources[first], {name: values[first:end] for name, values in found.items()})
            for first, end in zip(opens, ends, strict=True)
        ]

    def causes(
        self, pair: str, by: Period, since: date, until: date, *, source: str, context: str | None = None
    ) -> list[Row]:
        """The events of a pair that weigh in a period, each once.

        Rows of type, mode (where it changes the weight), doubted, first and last day, confidence, number of records,
        their ids, the best record's words and parties, and the share of its days that lie in the time.
        """
        given = {**self._rules(pair, by), "context": _listed(context), "source": source, "detail": True}
        return self._view.rows(*asked((*_ONCE, "causes"), {**given, "since": since, "until": until}))

    def coverage(self, pair: str | None, by: Period) -> list[Coverage]:
        """What each source holds on a pair, or on all pairs."""
        rows = self._view.rows(*asked(("told", "unplaced"), {**self._rules(pair, by), "by": by}))
        found = []
        for (name, source), group in groupby(rows, key=lambda row: row[:2]):
            listed = list(group)
            records, unreal, retold, undated, vague = (sum(row[i] for row in listed) for i in range(3, 8))
            volume = {row[2]: float(row[3]) for row in listed if row[2] is not None}
            found.append(
                Coverage(
                    pair=name,
                    source=source,
                    records=records,
                    unreal=unreal,
                    retold=retold,
                    undated=undated,
                    vague=vague,
                    volume=volume,
                )
            )
        return found

    def volume(self, by: Period) -> dict[str, dict[date, float]]:
        """The records of each source by period. Kept with the view, since it looks at every event."""
        key = ("volume", by)
        if key not in self._view.kept:
            found: dict[str, dict[date, float]] = {}
            for source, start, reports in self._view.rows(*ask("volume", {"by": by})):
                found.setdefault(source, {})[start] = float(reports)
            self._view.kept[key] = found
        kept: dict[str, dict[date, float]] = self._view.kept[key]
        return kept

    def _rules(self, pair: str | None, by: Period) -> dict[str, Any]:
        book = self._book
        return {
            **doubts(pair, book),
            "marked": list(book.modes),
            "mutual": list(book.mutual),
            "vaguest": int(max(book.vaguest_periods * DAYS[by], 1.0)),
        }


class Gauging(Base):
    """An archive that can be asked for tallies."""

    def tallies(self, book: BarometerBook) -> Tallies:
        """The barometer's questions, of what is committed now."""
        return Tallies(self._view("events"), book)


def _listed(word: str | None) -> list[str] | None:
    return None if word is None else [word]
