from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.barometer.level import Level, level

SETTINGS = {"hazards": [0.0278, 0.0556, 0.1111], "spreads": [0.01, 0.02, 0.05, 0.1, 0.2], "prior": 0.5}


def _level(y: np.ndarray, seen: np.ndarray | None = None, v: float = 0.05, live: bool = False) -> Level:
    kept = np.ones(len(y), bool) if seen is None else seen
    return level(y, np.full(len(y), v), kept, live=live, **SETTINGS)


def _by_hand(y: np.ndarray, noise: np.ndarray, hazard: float, prior: float) -> tuple[np.ndarray, np.ndarray]:
    """Level and chances of change by going through every partition."""
    length, total = len(y), 0.0
    mean, change = np.zeros(length), np.zeros(length)
    for cuts in itertools.product([0, 1], repeat=length - 1):
        chance = np.prod([hazard if cut else 1 - hazard for cut in cuts])
        bounds = [0, *(i for i, cut in enumerate(cuts, 1) if cut), length]
        levels = np.zeros(length)
        for a, b in itertools.pairwise(bounds):
            cov = np.diag(noise[a:b]) + prior
            chance *= np.exp(-0.5 * (y[a:b] @ np.linalg.solve(cov, y[a:b]) + np.linalg.slogdet(2 * np.pi * cov)[1]))
            levels[a:b] = (y[a:b] / noise[a:b]).sum() / ((1 / noise[a:b]).sum() + 1 / prior)
        total += chance
        mean += chance * levels
        change[1:] += chance * np.array(cuts)
    return mean / total, change / total


def test_the_partition_is_exact() -> None:
    y = np.array([0.1, -0.2, 0.1, -1.2, -1.0, -1.1, 0.0, 0.2])
    noise = 0.1 + np.arange(8) * 0.01
    found = level(y, noise, np.ones(8, bool), hazards=[0.1], spreads=[0.05], prior=0.5)
    mean, change = _by_hand(y, noise + 0.05, 0.1, 0.5)
    assert found.mean == pytest.approx(mean, abs=1e-9)
    assert found.change == pytest.approx(change, abs=1e-9)


def test_bands_are_the_quantiles_of_the_mixture() -> None:
    y = np.full(12, 0.3)
    found = level(y, np.full(12, 0.1), np.ones(12, bool), hazards=[1e-9], spreads=[0.1], prior=0.5)
    precision = 12 / 0.2 + 2  # one segment: a normal
    assert found.mean[5] == pytest.approx(12 * 0.3 / 0.2 / precision, abs=1e-6)
    assert (found.high[5] - found.low[5]) / 2 == pytest.approx(1.645 / precision**0.5, rel=0.03)


def test_a_month_without_events_moves_nothing_and_widens_the_band() -> None:
    rng = np.random.default_rng(5)
    y = np.concatenate([rng.normal(0, 0.3, 40), rng.normal(-0.9, 0.3, 40)])
    without = _level(y)
    seen = np.ones(90, bool)
    seen[80:] = False
    more = _level(np.concatenate([y, np.full(10, 99.0)]), seen)  # what an unseen month holds is never looked at
    assert more.mean[:80] == pytest.approx(without.mean, abs=1e-12)
    assert more.mean[80:] == pytest.approx(np.full(10, without.mean[-1]))
    widths = (more.high - more.low)[79:]
    assert (np.diff(widths) >= -1e-9).all()
    assert widths[-1] > widths[0] * 1.5
    assert (more.change[80:] == 0).all()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-3, 3), min_size=2, max_size=30), st.integers(0, 2**31))
def test_live_never_looks_ahead(values: list[float], seed: int) -> None:
    y = np.array(values)
    cut = 1 + seed % (len(y) - 1)
    kwargs = {"hazards": [0.05], "spreads": [0.05], "prior": 0.5, "live": True}
    whole = level(y, np.full(len(y), 0.1), np.ones(len(y), bool), **kwargs)
    early = level(y[:cut], np.full(cut, 0.1), np.ones(cut, bool), **kwargs)
    assert whole.mean[:cut] == pytest.approx(early.mean, abs=1e-9)
    assert whole.change[:cut] == pytest.approx(early.change, abs=1e-9)


def test_nothing_seen_gives_nothing() -> None:
    found = _level(np.zeros(5), np.zeros(5, bool))
    assert np.isnan(found.mean).all()
    assert (found.change == 0).all()


def _hits(found: list[int], truth: list[int]) -> tuple[int, int]:
    """How many true breaks were found within two periods, and how many of those found are none."""
    return (
        sum(any(abs(f - t) <= 2 for f in found) for t in truth),
        sum(not any(abs(f - t) <= 2 for t in truth) for f in found),
    )


@pytest.mark.slow
def test_known_breaks_are_found_at_least_as_well_as_by_ruptures(record_property: Callable[[str, str], None]) -> None:
    ruptures = pytest.importorskip("ruptures")
    rng = np.random.default_rng(20261124)
    ours, theirs, breaks = [0, 0], [0, 0], 0
    for _ in range(40):
        truth = sorted(rng.choice(np.arange(12, 168, 12), size=4, replace=False).tolist())
        mean = np.repeat(rng.permutation([-0.8, 0.0, -0.8, 0.1, -0.6]), np.diff([0, *truth, 180]))
        truth = [t for t in truth if abs(mean[t] - mean[t - 1]) > 0.3]
        y = mean + rng.normal(0, 0.3, 180)
        change = _level(y, v=0.04).change
        mine = [
            t
            for t in range(1, 180)
            if change[max(t - 1, 0) : t + 2].sum() >= 0.5 and change[t] == change[t - 1 : t + 2].max()
        ]
        pelt = ruptures.Pelt(model="l2", min_size=1, jump=1).fit(y).predict(pen=3 * np.log(180) * 0.09)[:-1]
        breaks += len(truth)
        for score, found in ((ours, mine), (theirs, pelt)):
            hit, false = _hits(found, truth)
            score[0] += hit
            score[1] += false
    record_property("recall", f"{ours[0] / breaks:.3f} against {theirs[0] / breaks:.3f} by ruptures")
    record_property("false alarms", f"{ours[1]} against {theirs[1]} by ruptures in 40 series of 180")
    assert ours[0] / breaks >= 0.85
    assert ours[1] <= 12
    assert ours[0] - ours[1] >= theirs[0] - theirs[1] - 5
