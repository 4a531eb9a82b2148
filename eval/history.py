"""Whether the barometer turns where history turned, beside the mean and the sum of scores on the same events.

    python -m eval.history ARCHIVE TURNS.csv [--source icews] [--each]

TURNS.csv has the columns a, b, month (2010-09), sign (1 warmer, -1 colder) and tolerance_months. Two questions are put
to each index, both the same for all:

- the jump at a turn: the mean of the month and the next less the mean of the six before, standardised over all months
  of the pair, times the sign; within the tolerance the largest counts. A hit is a jump above 1.
- change points: those that the exact partition finds (probability 0.5), with the sign of the change. A false alarm is
  one that no listed turn of that sign explains; lists are never complete, so compare indexes, not the number.

A turn is `not covered` where the pair has fewer than three known months among the six before, or none in the window.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from detente.barometer import turns as turns_of
from detente.barometer.level import level
from detente.barometer.periods import starts
from detente.codebook import Codebook
from detente.errors import DetenteError, UsageError
from detente.model import Reading
from detente.pipeline import Archive, party_code

Floats = npt.NDArray[np.float64]
Points = list[tuple[int, int]]
OURS, MEAN, SUM = "detente", "mean score", "sum of scores"
INDEXES = (OURS, MEAN, SUM)
COLUMNS = ("a", "b", "month", "sign", "tolerance_months")


@dataclass(frozen=True)
class Known:
    """A turning point of history."""

    pair: tuple[str, str]
    month: date
    sign: int
    tolerance: int


@dataclass(frozen=True)
class Verdict:
    """An index at one turn: the jump (None: not covered), and whether a change point of that sign is near."""

    jump: float | None
    found: bool


def read_turns(path: Path) -> list[Known]:
    """The list of turning points.

    Raises:
        UsageError: naming the line that is wrong.
    """
    if not path.exists():
        raise UsageError("is not there", where=str(path), mend="name a CSV file")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise UsageError(f"no column {', '.join(missing)}", where=str(path), mend=f"needed: {', '.join(COLUMNS)}")
        return [_turn(row, f"{path}:{number}") for number, row in enumerate(rows, 2)]


def _turn(row: dict[str, str], where: str) -> Known:
    try:
        year, month = (int(part) for part in row["month"].strip().split("-")[:2])
        sign = 1 if float(row["sign"].replace("−", "-")) > 0 else -1
        pair = sorted(party_code(row[side].strip()) for side in ("a", "b"))
        return Known((pair[0], pair[1]), date(year, month, 1), sign, int(row["tolerance_months"] or 0))
    except ValueError as error:
        raise UsageError(f"is no turning point: {error}", where=where, mend="write JPN,CHN,2010-09,-1,1") from None


def jumps(series: Floats) -> Floats:
    """The standardised jump at each month; NaN where too little is known."""
    found = np.full(len(series), np.nan)
    for t in range(6, len(series)):
        before, after = series[t - 6 : t], series[t : t + 2]
        if np.isfinite(before).sum() >= 3 and np.isfinite(after).any():
            found[t] = np.nanmean(after) - np.nanmean(before)
    known = found[np.isfinite(found)]
    if len(known) < 2 or known.std() == 0:
        return np.full(len(series), np.nan)
    standard: Floats = (found - known.mean()) / known.std()
    return standard


def change_points(series: Floats) -> Points:
    """Months and signs of the changes that the exact partition finds in a series, on a scale like that of log-ratios.

    Args:
        series: An index by month, NaN where unknown. Its noise is taken from how neighbours differ.
    """
    seen = np.isfinite(series)
    if seen.sum() < 12:
        return []
    book = Codebook.load().barometer.level
    known = series[seen]
    y = np.where(seen, (series - known.mean()) / (known.std() or 1.0) * book.prior_variance**0.5, 0.0)
    noise = max((np.median(np.abs(np.diff(y[seen]))) / 0.954) ** 2, 1e-3)
    settings = {"hazards": book.hazards, "spreads": book.spreads, "prior": book.prior_variance}
    found = level(y, np.full(len(y), noise), seen, **settings)
    readings = [
        Reading(
            dyad="",
            source="",
            period=str(i),
            start=date(2000, 1, 1),
            end=date(2000, 1, 1),
            n=1,
            reports=1,
            thin=False,
            cooperation=0,
            conflict=0,
            tone=0.0 if seen[i] else None,
            level=float(found.mean[i]),
            change=float(found.change[i]),
        )
        for i in range(len(y))
    ]
    return [(int(turn.period), turn.sign) for turn in turns_of(readings, book.turn_above)]


def series_of(
    archive: Archive, pair: Sequence[str], source: str | None
) -> tuple[list[date], dict[str, Floats], dict[str, Points]]:
    """The months of a pair; each index by month: our log-ratio, the mean and the sum of scores; their change points."""
    readings = list(archive.barometer(*pair, source=source))
    months = starts(readings[0].start, readings[-1].start, "month")
    place = {month: i for i, month in enumerate(months)}
    count, total = np.zeros(len(months)), np.zeros(len(months))
    for event in archive.events(list(pair)):
        if event.date is None or event.origin.coder != readings[0].source:
            continue
        i = place.get(event.date.start.replace(day=1))
        if i is not None:
            count[i] += 1
            total[i] += event.intensity
    tones = np.array([np.nan if r.tone is None else 2 * np.arctanh(r.tone / 100.0) for r in readings])
    with np.errstate(invalid="ignore"):
        indexes = {OURS: tones, MEAN: np.where(count > 0, total / np.maximum(count, 1), np.nan), SUM: total}
    points = {name: change_points(series) for name, series in indexes.items()}
    above = Codebook.load().barometer.level.turn_above
    points[OURS] = [(place[turn.start], turn.sign) for turn in turns_of(readings, above)]
    return months, indexes, points


def judge(months: Sequence[date], series: Floats, points: Points, turns: Iterable[Known]) -> tuple[list[Verdict], int]:
    """An index at each turn of a pair, and how many of its change points no turn explains."""
    size, verdicts = jumps(series), []
    explained: set[tuple[int, int]] = set()
    for turn in turns:
        at = (turn.month.year - months[0].year) * 12 + turn.month.month - months[0].month
        window = [i for i in range(at - turn.tolerance, at + turn.tolerance + 1) if 0 <= i < len(series)]
        known = [turn.sign * size[i] for i in window if np.isfinite(size[i])]
        near = {p for p in points if p[1] == turn.sign and abs(p[0] - at) <= turn.tolerance}
        explained |= near
        verdicts.append(Verdict(max(known) if known else None, bool(near)))
    return verdicts, len(set(points) - explained)


def main(arguments: list[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive")
    parser.add_argument("turns", type=Path)
    parser.add_argument("--source", help="whose events, where the archive holds several sources")
    parser.add_argument("--each", action="store_true", help="print each turn too")
    options = parser.parse_args(arguments)
    try:
        turns = read_turns(options.turns)
        archive = Archive.open(options.archive)
        return report(archive, turns, options.source, each=options.each)
    except DetenteError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1


@dataclass(frozen=True)
class Outcome:
    """All indexes at all turns of a list: verdicts and unexplained change points by index, and how much was read."""

    verdicts: dict[str, list[Verdict]]
    false: dict[str, int]
    months: int

    @property
    def covered(self) -> list[int]:
        """The turns that all indexes cover, so that they answer the same questions."""
        listed = range(len(self.verdicts[OURS]))
        return [i for i in listed if all(self.verdicts[name][i].jump is not None for name in INDEXES)]

    def figures(self, name: str) -> dict[str, float]:
        """The figures of an index at the covered turns."""
        z = np.array([self.verdicts[name][i].jump for i in self.covered], dtype=np.float64)
        changed = sum(self.verdicts[name][i].found for i in self.covered)
        return {
            "sign right": float((z > 0).mean()),
            "hits": float((z > 1).mean()),
            "mean z": float(z.mean()),
            "change points": float(changed),
            "false alarms": float(self.false[name]),
        }


def outcome(archive: Archive, turns: Sequence[Known], source: str | None, *, each: bool = False) -> Outcome:
    """Judges all indexes at all turns; `each` prints every verdict too."""
    verdicts: dict[str, list[Verdict]] = {name: [] for name in INDEXES}
    false, months_read = dict.fromkeys(INDEXES, 0), 0
    for pair in dict.fromkeys(turn.pair for turn in turns):
        mine = [turn for turn in turns if turn.pair == pair]
        try:
            months, indexes, points = series_of(archive, pair, source)
        except UsageError:
            raise
        except DetenteError as error:
            print(f"{'-'.join(pair)}: {error.what}", file=sys.stderr)
            for name in INDEXES:
                verdicts[name] += [Verdict(None, False)] * len(mine)
            continue
        months_read += len(months)
        for name in INDEXES:
            found, alarms = judge(months, indexes[name], points[name], mine)
            verdicts[name] += found
            false[name] += alarms
            if each:
                _tell(pair, name, mine, found)
    return Outcome(verdicts, false, months_read)


def _tell(pair: Sequence[str], name: str, turns: Sequence[Known], found: Sequence[Verdict]) -> None:
    for turn, verdict in zip(turns, found, strict=True):
        jump = "not covered" if verdict.jump is None else f"z {verdict.jump:+.2f}"
        change = "change point" if verdict.found else ""
        print(f"  {'-'.join(pair)} {turn.month:%Y-%m} {turn.sign:+d} {name:<14} {jump:<12} {change}")


def report(archive: Archive, turns: Sequence[Known], source: str | None, *, each: bool = False) -> int:
    """Judges all indexes at all turns and prints the figures."""
    found = outcome(archive, turns, source, each=each)
    listed, covered = len(turns), len(found.covered)
    print(f"{listed} turns listed, {listed - covered} not covered, {found.months} months of pairs read")
    if not covered:
        return 1
    print(f"{'index':<16}{'sign right':>11}{'hits z>1':>10}{'mean z':>9}{'change points':>15}{'false alarms':>14}")
    for name in INDEXES:
        told = found.figures(name)
        print(
            f"{name:<16}{told['sign right']:>11.2f}{told['hits']:>10.2f}{told['mean z']:>9.2f}"
            f"{told['change points']:>10.0f}/{covered}{told['false alarms']:>14.0f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
