"""Counts of events as columns, and their weights by period.

Adding counts is all that happens here, so neither the order of rows nor how they are batched can matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.barometer.tone import Floats, Sums
from detente.codebook.barometer import BarometerBook

Days = Sequence[date] | npt.NDArray[np.datetime64]
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
    def of(cls, rows: Iterable[Sequence[Any]]) -> Counts:
        """Counts from rows of the values that `FIELDS` names. Sorted, so that sums do not depend on their order."""
        listed = sorted(rows, key=lambda row: (row[0], row[1], row[2] or "", *row[3:]))
        columns = zip(*listed, strict=True) if listed else ((),) * len(FIELDS)
        return cls.of_columns(dict(zip(FIELDS, columns, strict=True)))

    @classmethod
    def of_columns(cls, columns: Mapping[str, Sequence[Any] | npt.NDArray[Any]]) -> Counts:
        """Counts from columns named as `FIELDS` says, in an order that is always the same."""
        types, modes, doubted = (columns[name] for name in ("type", "mode", "doubted"))
        keys = list(zip(types, modes, map(bool, doubted), strict=True))
        kinds = tuple(dict.fromkeys(keys))
        place = {kind: i for i, kind in enumerate(kinds)}
        numbers = (columns[name] for name in ("events", "reports", "mass", "squares"))
        events, reports, mass, squares = (np.asarray(column, dtype=np.float64) for column in numbers)
        return cls(
            start=np.asarray(columns["start"], dtype="datetime64[D]"),
            kinds=kinds,
            kind=np.array([place[key] for key in keys], dtype=np.intp),
            events=events,
            reports=reports,
            mass=mass,
            squares=squares,
        )

    def __len__(self) -> int:
        return len(self.start)

    def sums(self, starts: Days, book: BarometerBook, tendency: Mapping[str, str], kinds: Sequence[str] = ()) -> Sums:
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

        by = self._adder(starts)
        return Sums(
            cooperation=by(np.where(good, mass, 0.0)),
            conflict=by(np.where(good, 0.0, mass)),
            cooperation_squares=by(np.where(good, squares, 0.0)),
            conflict_squares=by(np.where(good, 0.0, squares)),
            events=by(counted),
        )

    def added(self, name: str, starts: Days) -> Floats:
        """`events` or `reports` by period."""
        return self._adder(starts)(getattr(self, name))

    def _adder(self, starts: Days) -> Callable[[Floats], Floats]:
        """Sums values of the rows by period; rows before the first are left out."""
        places = np.searchsorted(np.asarray(starts, dtype="datetime64[D]"), self.start, side="right") - 1
        inside = places >= 0
        kept = places[inside]
        return lambda values: np.bincount(kept, values[inside], len(starts)).astype(np.float64)
