"""Where a relation's tone may go: distributions of its log-ratio months ahead, from its past and that of others.

The advised method is the one that measured best in research/barometer.md 4.1: an even mixture of the last 36 known
months and of a ridge regression pooled over all pairs, whose spread is learned too. The naive ones are kept beside it,
so that a user sees what skill there is: the last value with the spread of changes, the last 12 known months (that is
"conflictology"), all months so far. A month without events has no value; it is skipped, never taken as nought.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.barometer.spread import NORMAL, Floats, Spread

LAST, YEAR, RECENT, ALL = "last value", "last 12 months", "last 36 months", "climatology"
RIDGE, POOLED = "ridge", "pooled"
METHODS = (POOLED, RIDGE, RECENT, YEAR, ALL, LAST)
"""The advised first; `last 12 months` is what skill is measured against."""
LEAST_KNOWN = 6
"""A pair with fewer known months has no forecast."""
LEAST_ROWS = 60
"""The ridge is fitted on so many past outcomes at least; without it `pooled` is the last 36 months."""
_PENALTY = 5.0


def known(series: Floats) -> Floats:
    """The values of a series that are known."""
    return series[np.isfinite(series)]


def naive(series: Floats, method: str, horizon: int) -> Spread:
    """A distribution from the pair's own past alone.

    Args:
        series: Log-ratios by month up to the origin, NaN where unknown.
        method: `LAST`, `YEAR`, `RECENT` or `ALL`.
        horizon: Months ahead; only the last value's spread grows with it.
    """
    past = known(series)
    if method == LAST:
        steps = series[horizon:] - series[:-horizon] if len(series) > horizon else np.empty(0)
        steps = known(steps)
        spread = float(np.sqrt(np.mean(steps**2))) if len(steps) >= LEAST_KNOWN else float(np.std(past) * np.sqrt(2))
        return Spread.of(past[-1] + max(spread, 1e-3) * NORMAL)
    return Spread.of(past[{YEAR: -12, RECENT: -36, ALL: 0}[method] :])


def state(series: Floats) -> Floats:
    """What the ridge knows of a pair at the origin: means of its past, its spread, how much of it is known."""
    past = known(series)
    mean = [past[-n:].mean() for n in (1, 3, 6, 12, 36)]
    spread = [np.log(np.std(past[-n:]) + 0.05) for n in (12, 36)]
    return np.array([1.0, *mean, past.mean(), *spread, np.isfinite(series[-12:]).mean()])


@dataclass(frozen=True)
class Ridge:
    """A pooled regression of the value `horizon` months ahead on `state`, and of the logarithm of its squared error."""

    horizon: int
    mean: Floats
    spread: Floats
    errors: Floats

    def __call__(self, series: Floats) -> Spread:
        """The distribution for a pair."""
        x = state(series)
        return Spread.of(float(x @ self.mean) + np.exp(float(x @ self.spread) / 2) * self.errors)


def fit(panel: Sequence[Floats], horizon: int) -> Ridge | None:
    """The regression learned from all outcomes in a panel; None where there are too few.

    Args:
        panel: A series for each pair, all up to one origin.
        horizon: Months ahead.
    """
    rows: list[Floats] = []
    outcomes: list[float] = []
    for series in panel:
        so_far = np.cumsum(np.isfinite(series))
        for at in range(len(series) - horizon):
            if so_far[at] >= LEAST_KNOWN and np.isfinite(series[at + horizon]):
                rows.append(state(series[: at + 1]))
                outcomes.append(float(series[at + horizon]))
    if len(rows) < LEAST_ROWS:
        return None
    x, y = np.array(rows), np.array(outcomes)
    mean = _solve(x, y)
    error = y - x @ mean
    spread = _solve(x, np.log(error**2 + 1e-4))
    scaled = error / np.exp(x @ spread / 2)
    return Ridge(horizon, mean, spread, np.quantile(scaled, (np.arange(40) + 0.5) / 40))


def _solve(x: Floats, y: Floats) -> Floats:
    scale = np.maximum(x.std(axis=0), 1e-6)
    scale[0] = 1.0
    z = x / scale
    penalty = np.eye(x.shape[1]) * _PENALTY
    penalty[0, 0] = 1e-9
    found: Floats = np.linalg.solve(z.T @ z + penalty, z.T @ y) / scale
    return found


def forecast(series: Floats, horizon: int, ridge: Ridge | None) -> dict[str, Spread]:
    """The distributions of all methods for a pair, the advised first; `ridge` is missing where it could not be fitted.

    Args:
        series: The pair's log-ratios up to the origin, with `LEAST_KNOWN` known ones or more.
        horizon: Months ahead.
        ridge: What `fit` learned from the panel.
    """
    found = {method: naive(series, method, horizon) for method in (RECENT, YEAR, ALL, LAST)}
    if ridge is None:
        return {POOLED: found[RECENT], **found}
    own = ridge(series)
    return {POOLED: Spread.mixed(own, found[RECENT]), RIDGE: own, **found}


@dataclass(frozen=True)
class Judged:
    """What one distribution was worth: its CRPS, and whether the outcome lay in its 50 and 90 % bands."""

    pair: str
    method: str
    crps: float
    half: bool
    ninety: bool


def backtest(panel: Mapping[str, Floats], horizon: int, origins: Sequence[int], *, refit: int = 12) -> Iterator[Judged]:
    """Judges all methods at some origins, each from what was known there.

    Args:
        panel: By pair, series over the same months; a value may depend on its month and earlier ones only.
        horizon: Months ahead.
        origins: Indices of the last known month, rising.
        refit: The ridge is learned anew after so many months.
    """
    ridge: Ridge | None = None
    learned: int | None = None
    for origin in origins:
        if learned is None or origin - learned >= refit:
            ridge, learned = fit([series[: origin + 1] for series in panel.values()], horizon), origin
        for pair, series in panel.items():
            outcome = float(series[origin + horizon]) if origin + horizon < len(series) else np.nan
            past = series[: origin + 1]
            if not np.isfinite(outcome) or len(known(past)) < LEAST_KNOWN:
                continue
            for method, spread in forecast(past, horizon, ridge).items():
                half, ninety = spread.covers(outcome, 0.5), spread.covers(outcome, 0.9)
                yield Judged(pair, method, spread.crps(outcome), half, ninety)


def skill(own: Sequence[float], usual: Sequence[float]) -> float:
    """By how much CRPS are below those of the last 12 months: 0.05 is 5 % better, less than nought is worse."""
    whole = float(np.sum(usual))
    return 1 - float(np.sum(own)) / whole if whole else 0.0
