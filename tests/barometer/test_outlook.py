"""Distributions, how they are judged, and forecasts on simulated relations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.barometer import outlook
from detente.barometer.spread import NORMAL, Spread
from eval.forecast import backtest, table

values = st.lists(st.floats(-5, 5, allow_nan=False), min_size=1, max_size=25)


@given(values, st.floats(-6, 6))
@settings(max_examples=150)
def test_crps_is_the_mean_distance_less_half_the_spread(listed: list[float], outcome: float) -> None:
    x = np.array(listed)
    direct = np.abs(x - outcome).mean() - np.abs(x[:, None] - x[None, :]).mean() / 2
    assert Spread.of(x).crps(outcome) == pytest.approx(direct, abs=1e-9)
    assert Spread.of(x).crps(outcome) >= -1e-12


@given(values, values)
@settings(max_examples=100)
def test_a_mixture_lies_between_its_parts(one: list[float], other: list[float]) -> None:
    parts = Spread.of(np.array(one)), Spread.of(np.array(other))
    mixed = Spread.mixed(*parts)
    assert mixed.chances.sum() == pytest.approx(1)
    assert mixed.mean == pytest.approx((parts[0].mean + parts[1].mean) / 2, abs=1e-9)
    assert min(part.quantile(0.5) for part in parts) - 1e-9 <= mixed.quantile(0.5) + 5
    quantiles = [mixed.quantile(p) for p in (0.05, 0.25, 0.5, 0.75, 0.95)]
    assert quantiles == sorted(quantiles)


def test_a_point_that_is_right_costs_nothing() -> None:
    assert Spread.of(np.array([0.3, 0.3])).crps(0.3) == pytest.approx(0)
    assert Spread.of(np.array([0.3])).crps(1.0) == pytest.approx(0.7)
    assert Spread.of(np.array([0.0, 1.0])).below(0.0) == pytest.approx(0.25)
    assert np.std(NORMAL) == pytest.approx(1, abs=0.05)
    with pytest.raises(ValueError, match="needs a value"):
        Spread.of(np.array([]))


def relations(pairs: int = 25, months: int = 150, *, seed: int = 0, hidden: float = 0.1) -> dict[str, np.ndarray]:
    """Slow levels with changes, quick noise whose size is the pair's own, and months without a value."""
    rng = np.random.default_rng(seed)
    made = {}
    for pair in range(pairs):
        level, series, size = 0.0, [], 0.15 + 0.5 * rng.random()
        for _ in range(months):
            level = float(rng.normal(0, 0.6)) if rng.random() < 0.03 else 0.98 * level
            series.append(level + float(rng.normal(0, size)))
        made[str(pair)] = np.where(rng.random(months) < hidden, np.nan, series)
    return made


def test_unknown_months_are_skipped_not_nought() -> None:
    series = np.array([1.0, np.nan, 1.2, np.nan, 0.8, 1.0, 1.1, 0.9, np.nan])
    found = outlook.forecast(series, 1, None)
    for method in (outlook.POOLED, outlook.YEAR, outlook.ALL, outlook.RECENT):
        assert found[method].values.min() >= 0.8
    assert found[outlook.LAST].mean == pytest.approx(0.9)
    assert outlook.RIDGE not in found


def test_with_too_little_past_there_is_no_ridge() -> None:
    few = list(relations(2, 20).values())
    assert outlook.fit(few, 3) is None
    assert outlook.fit(list(relations(10, 60).values()), 3) is not None


@pytest.mark.slow
@pytest.mark.parametrize("horizon", [1, 6])
def test_the_pooled_method_has_skill_and_honest_bands(horizon: int) -> None:
    rows, single = backtest(relations(), horizon)
    assert rows[outlook.POOLED]["skill"] > 0.02
    assert rows[outlook.YEAR]["skill"] == 0
    assert rows[outlook.POOLED]["in 90 %"] == pytest.approx(0.9, abs=0.06)
    assert rows[outlook.POOLED]["in 50 %"] == pytest.approx(0.5, abs=0.08)
    assert len(single) == 25


@pytest.mark.slow
def test_without_structure_no_skill_is_made_up() -> None:
    """White noise: the pooled method may be a little better than twelve values are, never by what would be leakage."""
    rng = np.random.default_rng(5)
    series = {str(i): rng.normal(0, 0.4, 120) for i in range(15)}
    rows, _ = backtest(series, 3)
    ideal = 0.4 / np.sqrt(np.pi)
    assert rows[outlook.POOLED]["crps"] > 0.97 * ideal
    assert rows[outlook.LAST]["skill"] < 0


def test_what_comes_later_changes_no_forecast() -> None:
    series = relations(8, 100)
    origin = 70
    found = []
    for other in (0.0, 50.0):
        altered = {
            pair: np.concatenate((values[: origin + 1], values[origin + 1 :] + other))
            for pair, values in series.items()
        }
        ridge = outlook.fit([values[: origin + 1] for values in altered.values()], 3)
        found.append(outlook.forecast(altered["0"][: origin + 1], 3, ridge)[outlook.POOLED])
    np.testing.assert_array_equal(found[0].values, found[1].values)


def test_the_table_tells_the_sign_of_skill() -> None:
    lines = list(table(relations(4, 70), [1]))
    assert any(line.lstrip().startswith("last value") and "-" in line for line in lines)
    assert any("skill" in line and "of 4 pairs" in line for line in lines)
