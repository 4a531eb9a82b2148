"""Counts of events as columns, and their weights by period.

Adding counts is all that happens here, so neither the order of rows nor how they are batched can matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.barometer.tone import Floats, Sums
from detente.codebook.barometer import BarometerBook

FIELDS = ("start", "type", "mode", "doubted", "events", "reports", "mass", "squares")
"""What a row of counts has: the first day of its period, what kind of events, how many, from how many reports, and the
sums of their confidences and of the squares of these (an event that lies in the period by a part counts by that part).
"""


@dataclass(frozen=True)
class Counts:
    """Rows of counts of one pair and one source, as columns; several rows of one kind and period add up."""

    start: npt.NDArray[np.datetime64]
    kinds: tuple[tuple[str, str | None, bool], ...]
    kind: npt.NDArray[np.intp]
    events: Floats
    reports: Floats
    mass: Floats
    squares: Floats

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> Counts:
        """Counts from rows with the fields in `FIELDS`."""
        listed = list(rows)
        keys = [(row["type"], row.get("mode"), bool(row.get("doubted"))) for row in listed]
        kinds = tuple(dict.fromkeys(keys))
        place = {kind: i for i, kind in enumerate(kinds)}

        def column(name: str) -> Floats:
            return np.array([float(row[name]) for row in listed], dtype=np.float64)

        return cls(
            start=np.array([row["start"] for row in listed], dtype="datetime64[D]"),
            kinds=kinds,
            kind=np.array([place[key] for key in keys], dtype=np.intp),
            events=column("events"),
            reports=column("reports"),
            mass=column("mass"),
            squares=column("squares"),
        )

    def __len__(self) -> int:
        return len(self.start)

    def sums(
        self, starts: Sequence[date], book: BarometerBook, tendency: Mapping[str, str], kinds: Sequence[str] = ()
    ) -> Sums:
        """The weights by period.

        Args:
            starts: First days of the periods.
            book: The weights.
            tendency: Whether a type is `cooperation` or `conflict`.
            kinds: Only these kinds of acts (`deed`, `word`, `talk`); all if none.
        """
        own = [book.kind(type, mode, doubted=doubted) for type, mode, doubted in self.kinds]
        weight = np.array([book.weights[kind] if not kinds or kind in kinds else 0.0 for kind in own])
        friendly = np.array([tendency[type] == "cooperation" for type, _, _ in self.kinds], dtype=bool)
        q, good = weight[self.kind], friendly[self.kind]
        mass, squares = q * self.mass, q * q * self.squares
        counted = np.where(q > 0, self.events, 0.0)

        def by(values: Floats) -> Floats:
            return _added(self.start, values, starts)

        return Sums(
            cooperation=by(np.where(good, mass, 0.0)),
            conflict=by(np.where(good, 0.0, mass)),
            cooperation_squares=by(np.where(good, squares, 0.0)),
            conflict_squares=by(np.where(good, 0.0, squares)),
            events=by(counted),
        )

    def added(self, name: str, starts: Sequence[date]) -> Floats:
        """`events` or `reports` by period."""
        return _added(self.start, getattr(self, name), starts)


def _added(at: npt.NDArray[np.datetime64], values: Floats, starts: Sequence[date]) -> Floats:
    places = np.searchsorted(np.array(starts, dtype="datetime64[D]"), at, side="right") - 1
    inside = places >= 0
    # Sorted first, so that floating sums do not depend on the order of rows.
    order = np.lexsort((values[inside], places[inside]))
    return np.bincount(places[inside][order], values[inside][order], len(starts)).astype(np.float64)
