"""Readings of a pair from its counts: the whole of the barometer but for where counts come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.barometer import periods, tone
from detente.barometer.counts import Counts
from detente.barometer.level import Level, level
from detente.barometer.tone import Bools, Floats, Ratios, Sums
from detente.codebook.barometer import BarometerBook
from detente.model import Period, Reading

Columns = dict[str, list[Any]]
_LONGEST = 1200
"""Above so many periods with events the level is that of the months: the partition needs the square of them."""


@dataclass(frozen=True)
class Asked:
    """What is asked for: whose readings, of which context, in which periods, and what was known when.

    `live` reads each period by what was known then. `first` and `last` bound the periods; None: those with events.
    """

    dyad: str
    source: str
    by: Period = "month"
    context: str | None = None
    live: bool = False
    first: date | None = None
    last: date | None = None


def gauge(
    counts: Counts,
    asked: Asked,
    book: BarometerBook,
    tendency: Mapping[str, str],
    *,
    volume: Mapping[date, float] | None = None,
    whole: Counts | None = None,
    stock: Callable[[Sequence[date]], Sequence[float]] | None = None,
) -> list[Reading]:
    """The readings of a pair, by time, without a gap.

    Args:
        counts: Counts of the pair by the periods asked for, from one source.
        asked: What they are counts of.
        book: Weights and settings.
        tendency: Whether a type is `cooperation` or `conflict` (the ontology says so).
        volume: All other events of the same source by period.
        whole: Where the counts are of one context: those of the whole relation, to which that context is shrunk.
        stock: Gives the stock of live matters on some days; asked for the last day of each period.

    Returns:
        One reading for each period; none where nothing was counted and no bounds are given.
    """
    starts = _starts(counts, asked)
    if not starts:
        return []
    job = _Job(counts, asked, starts, book, tendency)
    main = job.ratios() if whole is None else job.ratios(toward=replace(job, counts=whole).ratios())
    others = None if volume is None else np.array([volume.get(start, 0.0) for start in starts])
    busy = tone.engagement(main.cooperation, others, months=book.shrink_months, live=asked.live)
    columns = {
        **_counted(job),
        **_level_columns(main, job),
        "engagement": _known(tone.points(busy), main.seen),
        "stock": _held(stock, [periods.last(start, asked.by) for start in starts]),
        **_sides(job),
        **_shares(main),
    }
    return [
        Reading(
            dyad=asked.dyad,
            source=asked.source,
            context=asked.context,
            period=periods.named(start, asked.by),
            start=start,
            end=periods.last(start, asked.by),
            **dict(zip(columns, values, strict=True)),
        )
        for start, values in zip(starts, zip(*columns.values(), strict=True), strict=True)
    ]


@dataclass(frozen=True)
class _Job:
    """The counts of one pair, the periods, and what they are weighed by."""

    counts: Counts
    asked: Asked
    starts: Sequence[date]
    book: BarometerBook
    tendency: Mapping[str, str]

    @cached_property
    def days(self) -> npt.NDArray[np.datetime64]:
        """The first days of the periods, as numpy has them."""
        return np.array(self.starts, dtype="datetime64[D]")

    def sums(self, kinds: Sequence[str] = ()) -> Sums:
        """Weights by period, of all acts or some kinds."""
        return self.counts.sums(self.days, self.book, self.tendency, kinds)

    def ratios(self, kinds: Sequence[str] = (), toward: Ratios | None = None) -> Ratios:
        """Log-ratios by period, of all acts or some kinds."""
        months, least = self.book.shrink_months, self.book.least_mean
        return tone.ratios(self.sums(kinds), months=months, least=least, live=self.asked.live, toward=toward)


def _counted(job: _Job) -> Columns:
    """How much there is, and the plain balance."""
    mine = job.sums()
    squares = mine.cooperation_squares + mine.conflict_squares
    together = (mine.cooperation + mine.conflict) ** 2
    return {
        "n": mine.events.tolist(),
        "reports": job.counts.added("reports", job.days).astype(int).tolist(),
        "thin": (mine.events < job.book.thin_below).tolist(),
        "cooperation": mine.cooperation.tolist(),
        "conflict": mine.conflict.tolist(),
        "effective": np.divide(together, squares, out=np.zeros(len(squares)), where=squares > 0).tolist(),
        **dict(zip(("net", "net_low", "net_high"), map(_known, tone.net(mine)), strict=True)),
    }


def _level_columns(main: Ratios, job: _Job) -> Columns:
    """Tone and level with its band, and what the period adds to the level."""
    found = _level(main, job)
    read, middle = tone.points(main.y), tone.points(found.mean)
    return {
        "tone": _known(read, main.seen),
        "level": _known(middle),
        "low": _known(tone.points(found.low)),
        "high": _known(tone.points(found.high)),
        "change": found.change.tolist(),
        "shock": _known(read - middle, main.seen),
    }


def _sides(job: _Job) -> Columns:
    """The tone of deeds and that of words, and whether they say the opposite."""
    deeds, words = job.ratios(("deed",)), job.ratios(("word", "talk"))
    return {
        "deeds": _known(tone.points(deeds.y), deeds.seen),
        "words": _known(tone.points(words.y), words.seen),
        "divided": (deeds.seen & words.seen & (deeds.y * words.y < 0)).tolist(),
    }


def _shares(main: Ratios) -> Columns:
    """What a unit of weight adds to the tone, and what the tone would be without events."""
    factor = _factor(main.y)
    quiet = factor * (main.cooperation.quiet - main.conflict.quiet)
    return {
        "quiet": np.where(main.seen, quiet, 0.0).tolist(),
        "per_cooperation": (factor * main.cooperation.per_weight).tolist(),
        "per_conflict": (-factor * main.conflict.per_weight).tolist(),
    }


def _starts(counts: Counts, asked: Asked) -> list[date]:
    """The periods: from the first with an event to the last, or as far as was asked."""
    have = [counts.start.min().item(), counts.start.max().item()] if len(counts) else []
    first = min([*have[:1], *([asked.first] if asked.first else [])], default=None)
    last = max([*have[1:], *([asked.last] if asked.last else [])], default=None)
    if first is None or last is None:
        return []
    return periods.starts(first, last, asked.by)


def _level(main: Ratios, job: _Job) -> Level:
    settings = job.book.level
    if int(main.seen.sum()) <= _LONGEST:
        return level(
            main.y,
            main.variance,
            main.seen,
            hazards=[1 - (1 - hazard) ** periods.IN_MONTHS[job.asked.by] for hazard in settings.hazards],
            spreads=settings.spreads,
            prior=settings.prior_variance,
            live=job.asked.live,
        )
    months = periods.starts(job.starts[0], job.starts[-1], "month")
    monthly = replace(job, starts=months, asked=replace(job.asked, by="month"))
    found = _level(monthly.ratios(), monthly)
    places = np.searchsorted(monthly.days, job.days, side="right") - 1
    opens = np.diff(places, prepend=-1) > 0
    change = np.where(opens, found.change[places], 0.0)
    return Level(found.mean[places], found.low[places], found.high[places], change)


def _held(stock: Callable[[Sequence[date]], Sequence[float]] | None, days: Sequence[date]) -> list[float | None]:
    return [None] * len(days) if stock is None else list(stock(days))


def _factor(y: Floats) -> Floats:
    """Points of tone for each unit of `y`, so that parts of `y` become parts of the tone."""
    small = np.abs(y) < 1e-9
    return np.where(small, 50.0, tone.points(y) / np.where(small, 1.0, y))


def _known(values: Floats, seen: Bools | None = None) -> list[float | None]:
    kept = np.isfinite(values) if seen is None else seen & np.isfinite(values)
    return [value if ok else None for value, ok in zip(values.tolist(), kept.tolist(), strict=True)]
