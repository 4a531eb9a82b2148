"""Tone: the shrunk log-ratio of cooperation to conflict against the pair's own normal, and what each event adds to it.

The scale is that of Lowe, Benoit, Mikhaylov and Laver (2011, LSQ 36:123), log((C + a) / (K + b)); the shrinkage takes
`a` and `b` from the pair's own means (research/barometer.md 2.4). A month in which nothing is recorded is unknown: it
enters no mean, and has no tone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Sums:
    """Weights by period: the sum of weights, the sum of their squares, and the number of events (each once)."""

    cooperation: Floats
    conflict: Floats
    cooperation_squares: Floats
    conflict_squares: Floats
    events: Floats

    @property
    def seen(self) -> Bools:
        """The periods with any event."""
        return self.events > 0


@dataclass(frozen=True)
class Side:
    """One side's log term by period, `log((x + prior) / (mean + mass))`, and its parts.

    `quiet` is what the term is without events, `per_weight` what each unit of weight adds to it (the Aumann-Shapley
    share: the same for all units of a period, so that shares add up exactly), `variance` its sampling variance.
    """

    log: Floats
    quiet: Floats
    per_weight: Floats
    variance: Floats


@dataclass(frozen=True)
class Ratios:
    """Both sides; `y` is their difference. Periods without events are not meant (`seen` says which are)."""

    cooperation: Side
    conflict: Side
    seen: Bools

    @property
    def y(self) -> Floats:
        """The log-ratio: 0 is the pair's own normal."""
        return self.cooperation.log - self.conflict.log

    @property
    def variance(self) -> Floats:
        """The sampling variance of `y`."""
        return self.cooperation.variance + self.conflict.variance


def points(y: Floats) -> Floats:
    """Log-ratios as points of tone, -100 to 100."""
    return 100.0 * np.tanh(np.asarray(y, dtype=np.float64) / 2.0)


def ratios(
    sums: Sums, *, months: float = 2.0, least: float = 0.25, live: bool = False, toward: Ratios | None = None
) -> Ratios:
    """The log-ratios of a pair's periods.

    Args:
        sums: Weights by period, without a gap between periods.
        months: So many periods of the pair's own mean are added to each (`m`).
        least: No mean is taken to be lower than this.
        live: Take means from the periods up to each one only, never from later ones.
        toward: The ratios of the whole relation, for those of a part of it: the part is shrunk to what the whole
            reads in the same period, and not to its own normal.
    """
    seen = sums.seen

    def side(x: Floats, squares: Floats, prior: Side | None) -> Side:
        means = [_mean(part, seen, live) for part in (x, squares)]
        return _side(x, (means[0], means[1]), months * np.maximum(means[0], least), months, prior)

    return Ratios(
        cooperation=side(sums.cooperation, sums.cooperation_squares, None if toward is None else toward.cooperation),
        conflict=side(sums.conflict, sums.conflict_squares, None if toward is None else toward.conflict),
        seen=seen,
    )


def _side(x: Floats, means: tuple[Floats, Floats], mass: Floats, months: float, toward: Side | None) -> Side:
    """One side, from its weights, the means of these and of their squares, and the mass of the prior."""
    mean, mean_square = means
    prior = mass if toward is None else mass * np.exp(toward.log)
    log = np.log((x + prior) / (mean + mass))
    with np.errstate(divide="ignore", invalid="ignore"):
        per_weight = np.where(x > 0, np.log1p(x / prior) / x, 1.0 / prior)
        heaviness = mean_square / mean  # mean weight of a unit of weight: how lumpy events are
    # The variance of x under its shrunk rate (x + prior) / (1 + m), by the delta method. With the raw x instead, a
    # period with one event would look better known than one with fifty.
    variance = np.where(mean > 0, heaviness, 0.0) / ((1.0 + months) * (x + prior))
    return Side(log=log, quiet=np.log(prior / (mean + mass)), per_weight=per_weight, variance=variance)


def _mean(x: Floats, seen: Bools, live: bool) -> Floats:
    """The mean over the periods with events, all of them or those so far, for each period."""
    kept = np.where(seen, x, 0.0)
    if live:
        return np.cumsum(kept) / np.maximum(np.cumsum(seen), 1)
    return np.full(len(x), kept.sum() / max(int(seen.sum()), 1))


def engagement(cooperation: Side, volume: Floats | None, *, months: float, live: bool = False) -> Floats:
    """How much the two do together beside their normal, in log terms, less how much more of anything was reported.

    Args:
        cooperation: The side of cooperation.
        volume: All other events of the same source by period (GPR's cure for the volume of news); None if there are
            none, and nothing is then taken off.
        months: The shrinkage, as for the tone: a small archive's volume is mostly chance.
        live: As for `ratios`.
    """
    if volume is None or not volume.any():
        return cooperation.log
    mean = _mean(volume, volume >= 0, live)
    mean = np.where(mean > 0, mean, 1.0)
    return cooperation.log - np.log((volume + months * mean) / ((1.0 + months) * mean))


def net(sums: Sums, z: float = 1.6449) -> tuple[Floats, Floats, Floats]:
    """The plain balance 100 (C - K) / (C + K) and its 90 % bounds (Wilson, on the effective number of events)."""
    total = sums.cooperation + sums.conflict
    squares = sums.cooperation_squares + sums.conflict_squares
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(total > 0, sums.cooperation / total, np.nan)
        n = np.where(squares > 0, total**2 / squares, np.nan)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return 200.0 * share - 100.0, 200.0 * (middle - half) - 100.0, 200.0 * (middle + half) - 100.0
