"""What may A do to B next: chances that hold, and events that say so."""

from __future__ import annotations

import numpy as np
import pytest

from detente.barometer.links import both_ways
from detente.barometer.links.acts import learn_acts
from tests.barometer.simulate import World, simulate

WORLD = World(entities=30, relations=6, days=600, per_day=4, countries=3, roles=3, repeat=0.5, answer=0.2, seed=4)
NOW = 540


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    return simulate(WORLD)


@pytest.mark.slow
def test_chances_hold_and_tell_pairs_apart(rows: np.ndarray) -> None:
    """Over all pairs: as many acts come true as were said to, and the likelier half holds most of them."""
    quads = both_ways(rows)
    acts = learn_acts(quads, NOW, window=30)
    assert acts is not None
    ahead = {(s, r, o) for s, r, o, t in rows.tolist() if NOW <= t < NOW + 30}
    known = {(s, o) for s, _, o, t in rows.tolist() if NOW - 200 <= t < NOW}
    told = [(act.chance, (s, act.relation, o) in ahead) for s, o in sorted(known) for act in acts(s, o)]
    chances, came = np.array([c for c, _ in told]), np.array([x for _, x in told])
    assert chances.mean() == pytest.approx(came.mean(), rel=0.35)
    best = np.argsort(-chances)[: len(chances) // 5]
    assert came[best].sum() > 0.5 * came.sum()
    brier = ((chances - came) ** 2).mean()
    assert brier < ((came.mean() - came) ** 2).mean()


def test_citations_are_past_events_between_the_two(rows: np.ndarray) -> None:
    acts = learn_acts(both_ways(rows), NOW)
    assert acts is not None
    s, _, o, _ = rows[rows[:, 3] < NOW][-1].tolist()
    likely = acts(s, o)
    assert [act.chance for act in likely] == sorted((act.chance for act in likely), reverse=True)
    assert len(likely) == 6
    assert likely[0].cited
    for act in likely:
        for row in act.cited:
            a, _, b, t = rows[row].tolist()
            assert {a, b} == {s, o}
            assert t < NOW


def test_too_little_past_gives_no_chances() -> None:
    assert learn_acts(both_ways(np.array([[0, 0, 1, 0], [1, 1, 0, 50], [0, 0, 1, 90]])), 100) is None
