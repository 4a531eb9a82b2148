"""Quadruples (who did what to whom, when) as arrays of ids, both ways round."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from detente.errors import SourceError

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Quads:
    """Events as columns, in order of time, each also turned round.

    `r` of a turned event is its relation's id plus `relations`; so there are twice as many relations, and a question
    for the subject is one for the object of the turned relation. `t` counts steps: the times given, divided by their
    greatest common step `unit`, from `start`. `row` is the row of the event in what was given.
    """

    s: Ints
    r: Ints
    o: Ints
    t: Ints
    row: Ints
    entities: int
    relations: int
    unit: int = 1
    start: int = 0

    def __len__(self) -> int:
        return len(self.s)

    def given(self, index: int) -> tuple[int, int, int, int]:
        """An event as it was given: never turned, with its time in the units of the source."""
        s, r, o = int(self.s[index]), int(self.r[index]), int(self.o[index])
        if r >= self.relations:
            s, r, o = o, r - self.relations, s
        return s, r, o, int(self.t[index]) * self.unit + self.start


def both_ways(
    rows: Ints, *, entities: int | None = None, relations: int | None = None, unit: int | None = None
) -> Quads:
    """Quadruples from rows of s, r, o and time.

    Args:
        rows: int64 [n, 4], in any order; a row that is there twice counts once.
        entities: How many entities there are; the largest id plus one where not said.
        relations: How many relations; the same.
        unit: The time of one step; the greatest that all times are multiples of where not said.
    """
    kept, first = np.unique(rows[:, [3, 0, 1, 2]], axis=0, return_index=True)
    times = kept[:, 0]
    start = int(times.min()) if len(times) else 0
    unit = unit or int(np.gcd.reduce(times - start)) or 1
    t = (times - start) // unit
    s, r, o = kept[:, 1], kept[:, 2], kept[:, 3]
    n = entities if entities is not None else int(max(s.max(), o.max())) + 1 if len(s) else 0
    m = relations if relations is not None else int(r.max()) + 1 if len(r) else 0
    order = np.argsort(np.concatenate((t, t)), kind="stable")
    return Quads(
        s=np.concatenate((s, o))[order],
        r=np.concatenate((r, r + m))[order],
        o=np.concatenate((o, s))[order],
        t=np.concatenate((t, t))[order],
        row=np.concatenate((first, first))[order],
        entities=n,
        relations=m,
        unit=unit,
        start=start,
    )


def read_rows(path: Path) -> Ints:
    """The rows of a file with `s r o t` and whatever follows, separated by tabs or blanks: int64 [n, 4].

    Raises:
        SourceError: if it is not there, holds nothing, or a row has fewer than four whole numbers.
    """
    if not path.is_file():
        raise SourceError("is not there", where=str(path), mend="give a folder with train.txt, valid.txt and test.txt")
    rows: list[tuple[int, int, int, int]] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            cells = line.split()
            if not cells:
                continue
            try:
                s, r, o, t = map(int, cells[:4])
            except ValueError:
                raise SourceError(
                    f"line {number} is no quadruple: {line.strip()[:60]!r}",
                    where=str(path),
                    mend="a line holds four whole numbers, s r o t; a fifth column is not read",
                ) from None
            rows.append((s, r, o, t))
    if not rows:
        raise SourceError("holds no quadruple", where=str(path), mend="give a file with lines of s r o t")
    return np.array(rows, dtype=np.int64)
