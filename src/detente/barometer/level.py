"""The level of a relation and its dated changes: exact inference on partitions (Fearnhead 2006, Stat. Comput. 16:203).

Within a segment y_t ~ N(mu, v_t + spread), mu ~ N(0, prior); a change may come before any period with chance `hazard`.
All partitions are summed over in O(T²); nothing is sampled, so the same input gives the same bands. Periods without a
reading are left out of the sums: across them the level is carried on, and the band widens by what may have changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.barometer.tone import Bools, Floats

Ints = npt.NDArray[np.intp]
_GRID = 121
_CLASSES = 6
_NEGLIGIBLE = 2e-5
"""Segments less likely than this are left out of bands; what is left is scaled to 1."""


@dataclass(frozen=True)
class Level:
    """By period: the posterior mean of the level, its 90 % band, and the probability that it changed there.

    NaN before the first reading; the change is 0 in periods without a reading.
    """

    mean: Floats
    low: Floats
    high: Floats
    change: Floats


def level(
    y: Floats,
    variance: Floats,
    seen: Bools,
    *,
    hazards: Sequence[float],
    spreads: Sequence[float],
    prior: float,
    live: bool = False,
) -> Level:
    """The level of a series.

    Args:
        y: Log-ratios by period, without a gap between periods.
        variance: Their sampling variances.
        seen: Which of them are readings.
        hazards: Chances of a change from one period to the next, of which the likeliest is taken.
        spreads: Variances of periods about their level, likewise.
        prior: The variance of segment means about the pair's normal.
        live: What was known in each period, instead of what is known from all.
    """
    at = np.flatnonzero(seen)
    empty = np.full(len(y), np.nan)
    if not len(at):
        return Level(empty, empty, empty, np.zeros(len(y)))
    noise = variance[at] + np.asarray(spreads)[:, None]
    evidence, kept = _filtered(y[at], noise, np.diff(at, prepend=at[0]), hazards, prior)
    spread, hazard = divmod(int(np.argmax(evidence)), len(hazards))
    filters = np.zeros((len(at), len(at)))
    for t, chances in enumerate(kept):
        filters[t, : t + 1] = chances[spread, hazard]
    posterior = _posterior(filters, live)
    segments = _segments(y[at], noise[spread], posterior, prior)
    return _described(at, len(y), segments, posterior, hazards[hazard], prior)


def _filtered(
    y: Floats, noise: Floats, gaps: Ints, hazards: Sequence[float], prior: float
) -> tuple[Floats, list[Floats]]:
    """The log likelihood of all readings for each set of noises (rows) and hazard, and the filters on the way.

    Args:
        y: The readings.
        noise: Their variances about the level, for each spread tried.
        gaps: How many periods lie between each reading and the one before.
        hazards: The chances of a change tried.
        prior: The variance of segment means.

    Returns:
        The likelihoods; and for each reading the chances of where the running segment began, given the readings up to
        it, by spread, hazard and first reading.
    """
    none = np.power(1.0 - np.asarray(hazards)[:, None], gaps[None, :])
    spreads, length = noise.shape
    found, kept = np.zeros((spreads, len(hazards))), []
    now = np.zeros((spreads, len(hazards), length))
    now[..., 0] = 1.0
    known, weighted = np.full((spreads, length), 1.0 / prior), np.zeros((spreads, length))
    for t in range(length):
        part, precision, sum_of = now[..., : t + 1], known[:, : t + 1], weighted[:, : t + 1]
        if t:
            part *= none[:, t : t + 1]
            part[..., t] = 1.0 - none[:, t]
        # What a segment expects of this reading: normal, with its mean so far and the uncertainty of that.
        own = noise[:, t : t + 1]
        wide = own + 1.0 / precision
        away = y[t] - sum_of / precision
        part *= (np.exp(-0.5 * away * away / wide) / np.sqrt(2 * np.pi * wide))[:, None]
        total = part.sum(axis=2)
        found += np.log(total)
        part /= total[..., None]
        kept.append(part.copy())
        precision += 1.0 / own
        sum_of += y[t] / own
    return found, kept


@dataclass(frozen=True)
class _Posterior:
    """Likely segments, first to last reading, with their chances; each speaks of the readings from `begin` to last."""

    first: Ints
    last: Ints
    begin: Ints
    chance: Floats
    change: Floats


def _posterior(filters: Floats, live: bool) -> _Posterior:
    """Segments given all readings, or (live) those that end at each reading given the readings up to it.

    What came before a change depends on the readings before it only, so the filters are all that is needed: from the
    last reading backwards, the chance that a segment ends at t times the filter at t.
    """
    length = len(filters)
    ends = np.ones(length)
    if not live:
        for s in range(length - 1, 0, -1):
            ends[s - 1] = ends[s:] @ filters[s:, s]
    chance = ends[:, None] * filters
    last, first = np.nonzero(chance > _NEGLIGIBLE)
    change = np.concatenate([[0.0], np.diagonal(filters)[1:] if live else ends[:-1]])
    return _Posterior(first, last, last if live else first, chance[last, first], change)


def _segments(y: Floats, noise: Floats, posterior: _Posterior, prior: float) -> tuple[Floats, Floats]:
    """The posterior mean and standard deviation of the level in each of the segments."""
    precision, weighted = (np.concatenate([[0.0], np.cumsum(part)]) for part in (1 / noise, y / noise))
    first, after = posterior.first, posterior.last + 1
    total = precision[after] - precision[first] + 1.0 / prior
    return (weighted[after] - weighted[first]) / total, np.sqrt(1.0 / total)


def _described(
    at: Ints, length: int, segments: tuple[Floats, Floats], posterior: _Posterior, hazard: float, prior: float
) -> Level:
    """Means, bands and chances of change for all periods, those without a reading included."""
    mean, deviation = segments
    reach = 4 * deviation.max() + 2.5 * prior**0.5
    grid = np.linspace(mean.min() - reach, mean.max() + reach, _GRID)
    total = _over_time(posterior, posterior.chance, len(at))
    at_mean = _over_time(posterior, posterior.chance * mean, len(at)) / total
    below = _below(posterior, mean, deviation, grid, len(at)) / total[:, None]
    changed = np.zeros(length)
    changed[at] = np.minimum(posterior.change, 1.0)
    low, middle, high = np.full(length, np.nan), np.full(length, np.nan), np.full(length, np.nan)
    which = np.searchsorted(at, np.arange(length), side="right") - 1
    for i in range(at[0], length):
        k = which[i]
        middle[i], row = at_mean[k], below[k]
        low[i], high[i] = np.interp([0.05, 0.95], row, grid)
        if i != at[k]:
            moved = -np.expm1((i - at[k]) * np.log1p(-hazard))
            wider = (1 - moved) * row + moved * _normal((grid - at_mean[k]) / (prior**0.5 + deviation.max()))
            bounds = np.interp([0.05, 0.95], wider, grid)
            low[i], high[i] = min(low[i], bounds[0]), max(high[i], bounds[1])
    return Level(middle, low, high, changed)


def _below(posterior: _Posterior, mean: Floats, deviation: Floats, grid: Floats, length: int) -> Floats:
    """For each reading the distribution function of its level on a grid: the mixture of its segments' normals.

    Segments are many and alike, so their means are shared out between the two nearest points of the grid and their
    deviations rounded to one of a few; then each class is one product of matrices.
    """
    lowest, highest = np.log(deviation.min()), np.log(deviation.max())
    classes = np.exp(np.linspace(lowest, highest, _CLASSES))
    wide = np.rint((np.log(deviation) - lowest) / max(highest - lowest, 1e-9) * (_CLASSES - 1)).astype(np.intp)
    place = (mean - grid[0]) / (grid[1] - grid[0])
    cell = place.astype(np.intp)
    part = place - cell
    shape = (length + 1, _CLASSES, len(grid))
    spots, shares = [], []
    for rows, sign in ((posterior.begin, 1.0), (posterior.last + 1, -1.0)):
        for column, share in ((cell, 1 - part), (cell + 1, part)):
            spots.append((rows * _CLASSES + wide) * len(grid) + column)
            shares.append(sign * posterior.chance * share)
    held = np.bincount(np.concatenate(spots), np.concatenate(shares), np.prod(shape)).reshape(length + 1, -1)
    # The grid is even, so the distance of two of its points depends on how far apart they are counted only.
    apart = np.arange(len(grid))[None, :] - np.arange(len(grid))[:, None] + len(grid) - 1
    distances = (np.arange(2 * len(grid) - 1) - len(grid) + 1) * (grid[1] - grid[0])
    curves = np.concatenate([_normal(distances / one)[apart] for one in classes])
    found: Floats = np.cumsum(held[:-1] @ curves, axis=0)
    return found


def _over_time(posterior: _Posterior, values: Floats, length: int) -> Floats:
    """For each reading the sum of the values of the segments that speak of it."""
    opened = np.bincount(posterior.begin, values, length + 1)
    closed = np.bincount(posterior.last + 1, values, length + 1)
    found: Floats = np.cumsum(opened - closed)[:length]
    return found


def _normal(z: Floats) -> Floats:
    """The normal distribution function; Abramowitz and Stegun 7.1.26, error below 2e-7."""
    x = np.abs(z) / np.sqrt(2.0)
    t = 1.0 / (1.0 + 0.3275911 * x)
    tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    upper = 0.5 * tail * np.exp(-x * x)
    found: Floats = np.where(z > 0, 1.0 - upper, upper)
    return found
