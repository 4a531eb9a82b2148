"""Backtests monthly forecasts of tone: `python -m eval.forecast ARCHIVE` on any archive with a past, imported or read.

For each horizon, CRPS of each method (in log-ratios, less is better), the shares of outcomes in its 50 and 90 % bands,
and its skill over the last 12 months as a distribution ("conflictology"), with its sign, also where it is none. Every
forecast is made from what was known in its month: tones against the pair's normal so far (`live`), regressions from
outcomes that had come true. Origins are every third month of the later part; the regression is learned anew every year.
For how many pairs there was skill is printed too, and the mean of their skills with its standard error.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np

from detente.barometer import outlook
from detente.barometer.spread import Floats
from detente.errors import DetenteError
from detente.pipeline import Archive
from detente.pipeline.foresight import log_ratios
from detente.pipeline.gauging import Barometer


def panel(archive: Archive, *, source: str | None, pairs: int, least: int) -> tuple[dict[str, Floats], list[str]]:
    """The series of the busiest pairs over the same months, and the names of these months.

    Args:
        archive: With the events.
        source: Whose; needed where there are several.
        pairs: At most so many.
        least: Only pairs with so many known months.
    """
    found = archive.barometers(live=True, source=source)
    sources = {each.source for each in found}
    if len(sources) > 1:
        found = [each for each in found if each.source == max(sources, key=lambda name: _busy(found, name))]
    long = [each for each in found if len(outlook.known(log_ratios(each))) >= least]
    busiest = sorted(long, key=lambda each: -sum(reading.n for reading in each))[:pairs]
    months: list[date] = sorted({reading.start for each in busiest for reading in each})
    place = {month: i for i, month in enumerate(months)}
    series: dict[str, Floats] = {}
    for each in busiest:
        values = np.full(len(months), np.nan)
        values[[place[reading.start] for reading in each]] = log_ratios(each)
        series[each[0].dyad] = values
    return series, [month.isoformat()[:7] for month in months]


def _busy(found: list[Barometer], source: str) -> float:
    return sum(reading.n for each in found if each.source == source for reading in each)


def backtest(
    series: Mapping[str, Floats], horizon: int, *, start: float = 0.6, every: int = 3
) -> tuple[dict[str, dict[str, Any]], list[float]]:
    """The figures of one horizon by method, and the skill of the advised method for each pair.

    Args:
        series: By pair, over the same months.
        horizon: Months ahead.
        start: The share of months before the first origin.
        every: Months from one origin to the next.
    """
    length = max((len(values) for values in series.values()), default=0)
    by_method: dict[str, list[outlook.Judged]] = defaultdict(list)
    for each in outlook.backtest(series, horizon, range(int(length * start), length - horizon, every)):
        by_method[each.method].append(each)
    usual = [each.crps for each in by_method[outlook.YEAR]]
    rows = {
        method: {
            "crps": float(np.mean([each.crps for each in mine])),
            "in 50 %": float(np.mean([each.half for each in mine])),
            "in 90 %": float(np.mean([each.ninety for each in mine])),
            "skill": outlook.skill([each.crps for each in mine], usual) if len(mine) == len(usual) else None,
            "n": len(mine),
        }
        for method in outlook.METHODS
        if (mine := by_method[method])
    }
    single: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for own, base in zip(by_method[outlook.POOLED], by_method[outlook.YEAR], strict=True):
        single[own.pair][0].append(own.crps)
        single[own.pair][1].append(base.crps)
    return rows, [outlook.skill(*both) for both in single.values()]


def table(series: Mapping[str, Floats], horizons: list[int]) -> Iterator[str]:
    """The figures as lines."""
    for horizon in horizons:
        rows, single = backtest(series, horizon)
        if not rows:
            yield f"{horizon} months ahead: no outcome to judge by"
            continue
        yield f"{horizon} months ahead       CRPS   in 50 %   in 90 %   skill over the last 12 months       n"
        for method, row in rows.items():
            gain = "no skill told: fewer forecasts" if row["skill"] is None else f"{100 * row['skill']:+.1f} %"
            yield (
                f"  {method:<18} {row['crps']:.4f}    {100 * row['in 50 %']:5.1f}     {100 * row['in 90 %']:5.1f}   "
                f"{gain:<32} {row['n']:>6}"
            )
        if outlook.RIDGE not in rows:
            yield "  too little past for the ridge: the pooled method is the last 36 months"
        better = sum(gain > 0 for gain in single)
        error = float(np.std(single) / np.sqrt(len(single)))
        yield (
            f"  {outlook.POOLED}: {'skill' if rows[outlook.POOLED]['skill'] > 0 else 'no skill'}; "
            f"better for {better} of {len(single)} pairs, "
            f"mean skill of a pair {100 * np.mean(single):+.1f} % ± {100 * error:.1f}"
        )


def main(arguments: list[str] | None = None) -> int:
    """The command line. Exit 0 scored, 1 there is too little to score."""
    parser = argparse.ArgumentParser(description="Backtests monthly forecasts of tone on an archive.")
    parser.add_argument("archive", help="a folder or an object-store URL")
    parser.add_argument("--source", help="whose events; the source with most events where there are several")
    parser.add_argument("--horizon", default="1,3,6", help="months ahead")
    parser.add_argument("--pairs", type=int, default=80, help="at most so many pairs, the busiest")
    parser.add_argument("--least", type=int, default=36, help="only pairs with so many known months")
    options = parser.parse_args(arguments)
    try:
        horizons = [int(part) for part in options.horizon.split(",")]
        series, months = panel(
            Archive.open(options.archive, create=False), source=options.source, pairs=options.pairs, least=options.least
        )
    except (DetenteError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if not series:
        print(f"no pair has {options.least} known months; lower --least, or import more", file=sys.stderr)
        return 1
    print(f"{len(series)} pairs, {months[0]} to {months[-1]}; CRPS in log-ratios")
    print("\n".join(table(series, horizons)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
