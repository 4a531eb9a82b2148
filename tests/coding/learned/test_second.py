from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.codebook import Codebook
from detente.coding.events.detect import pages
from detente.coding.learned.code import views
from detente.coding.learned.heads import TYPES
from detente.coding.learned.load import event_model
from detente.coding.learned.pairs import mark
from detente.coding.learned.scene import sights
from detente.coding.learned.second import chances, head_in, weighed
from detente.model import Actor
from detente.pipeline.face import annotated

BOOK = Codebook.load()
TOKENS = event_model().tokens
SHARES = st.lists(st.floats(0.001, 1), min_size=len(TYPES) + 1, max_size=len(TYPES) + 1).map(
    lambda row: np.array(row, dtype=np.float32) / np.float32(sum(row))
)


@given(st.lists(st.sampled_from(["talks", "Oslo", "met", "again"]), min_size=1, max_size=9), st.data())
def test_marks_stand_before_the_heads_and_change_nothing_else(words: list[str], data: st.DataObject) -> None:
    at = st.none() | st.integers(0, len(words) - 1)
    actor, recipient = data.draw(at), data.draw(at)
    packed, places = mark(words, actor, recipient, TOKENS)
    signs = [TOKENS.pieces(sign)[0] for sign in ("@", "#")]
    for head, place, sign in zip((actor, recipient), places, signs, strict=True):
        assert (place == 0) == (head is None)
        if head is not None:
            assert packed.ids[place] == sign
    assert [piece for piece in packed.ids if piece not in signs] == TOKENS.pack(words).ids


@given(SHARES, SHARES, st.floats(0, 2))
def test_a_second_look_moves_types_and_not_whether(row: np.ndarray, pair: np.ndarray, weight: float) -> None:
    found = weighed(row, pair, weight)
    assert found[0] == row[0]
    assert found.sum() == pytest.approx(1, abs=1e-3)
    if weight == 0:
        assert found == pytest.approx(row, abs=1e-3)


def test_parties_are_marked_where_they_stand_nearest() -> None:
    seen = annotated("Norway warned Chad, and Chad later sued Norway.", BOOK)
    (sight,) = sights(pages(seen, BOOK), seen)
    norway = Actor(code="NOR", kind="state", name="Norway", country="NOR")
    words = sight.words
    assert head_in(sight, [norway], sight.first + words.index("warned")) == 0
    assert head_in(sight, [norway], sight.first + words.index("sued")) == len(words) - 2
    assert head_in(sight, [Actor(code="PER", kind="state", name="Peru", country="PER")], sight.first) is None


def test_where_no_party_is_named_nothing_is_known() -> None:
    model, seen = event_model(), annotated("Norway warned Chad.", BOOK)
    (view,) = views(seen, BOOK, model)[1]
    nobody = chances(view, view.sight.first, [], [], model)
    assert len(set(nobody.tolist())) == 1
    norway = [party.actor for party in view.sight.parties if party.actor.code == "NOR"]
    told = chances(view, view.sight.first, norway, [], model)
    assert told.sum() == pytest.approx(1, abs=1e-3)
    assert len(set(told.tolist())) > 1
