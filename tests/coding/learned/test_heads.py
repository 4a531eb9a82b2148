from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from detente.codebook import Codebook
from detente.coding.events.guess import TOGETHER
from detente.coding.learned.code import Settings, calibrated
from detente.coding.learned.heads import MODALITIES, TYPES, gelu, sigmoid, softmax
from detente.coding.learned.parties import choose

BOOK = Codebook.load()
PROBABILITY = st.floats(0, 1, width=32)


def test_types_are_the_ontologys() -> None:
    assert set(TYPES) == set(BOOK.ontology.types)
    assert set(TYPES) >= TOGETHER
    assert len(set(MODALITIES)) == 6


@given(st.floats(-30, 30))
def test_gelu_is_x_times_the_normal_distribution(x: float) -> None:
    exact = 0.5 * x * (1 + math.erf(x / math.sqrt(2)))
    assert gelu(np.array([x], dtype=np.float32))[0] == pytest.approx(exact, abs=1e-4)


@given(hnp.arrays(np.float32, (3, 17), elements=st.floats(-50, 50, width=32)))
def test_softmax_gives_probabilities(x: np.ndarray) -> None:
    found = softmax(x)
    assert np.allclose(found.sum(axis=1), 1, atol=1e-4)
    assert (found >= 0).all()
    assert sigmoid(0.0) == 0.5


@given(hnp.arrays(np.float32, st.tuples(st.integers(1, 6), st.just(2)), elements=PROBABILITY), PROBABILITY)
def test_no_candidate_is_on_both_sides(best: np.ndarray, mutual: float) -> None:
    found = choose(best, mutual, 0.5, 0.2)
    if found is None:
        assert best[:, 0].max() < 0.5 or mutual > 0.5
        return
    assert found.actors
    assert not set(found.actors) & set(found.recipients)
    assert 0 <= found.score <= 1


@pytest.mark.parametrize(
    ("best", "mutual", "actors", "recipients"),
    [
        ([[0.9, 0.0], [0.1, 0.8]], 0.1, (0,), (1,)),
        ([[0.9, 0.0], [0.1, 0.3]], 0.1, (0,), (1,)),  # the likeliest recipient, though not sure
        ([[0.9, 0.0], [0.1, 0.1]], 0.1, (0,), ()),  # nobody is named as recipient
        ([[0.3, 0.0], [0.1, 0.8]], 0.1, (0,), (1,)),
        ([[0.8, 0.7], [0.7, 0.9]], 0.9, (1,), (0,)),
        ([[0.8, 0.1], [0.7, 0.1], [0.1, 0.9]], 0.1, (0, 1), (2,)),
    ],
)
def test_who_is_chosen(
    best: list[list[float]], mutual: float, actors: tuple[int, ...], recipients: tuple[int, ...]
) -> None:
    found = choose(np.array(best, dtype=np.float32), mutual, 0.5, 0.2)
    assert found is not None
    assert (found.actors, found.recipients) == (actors, recipients)


@given(PROBABILITY, PROBABILITY)
def test_calibration_keeps_the_order(one: float, other: float) -> None:
    settings = Settings(slope=0.8, offset=-0.3)
    low, high = sorted((one, other))
    assert calibrated(low, settings) <= calibrated(high, settings)
