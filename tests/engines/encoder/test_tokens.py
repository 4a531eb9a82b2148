from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente.coding.learned.load import MODELS
from detente.engines.encoder.model import batches, stack
from detente.engines.encoder.tokens import SENTENCE_PIECES, WORD_PIECES, Tokens

TOKENS = Tokens(MODELS / "events" / "tokenizer.json")
WORDS = st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12), max_size=60)


@given(WORDS, WORDS)
def test_every_word_has_its_place(words: list[str], before: list[str]) -> None:
    packed = TOKENS.pack(words, before)
    assert len(packed.words) == len(words)
    assert all(0 <= place < len(packed.ids) for place in packed.words)
    read = [place for place in packed.words if place]
    assert read == sorted(set(read))


def test_what_does_not_fit_is_not_read() -> None:
    packed = TOKENS.pack(["unbelievable"] * 400)
    assert packed.words[0] > 0
    assert packed.words[-1] == 0
    assert len(packed.ids) <= SENTENCE_PIECES + 5
    assert len(TOKENS.pieces("x" * 200)) <= WORD_PIECES


def test_batches_hold_each_sentence_once_and_pad_with_zero() -> None:
    assert sorted(i for group in batches([5, 1, 9, 3] * 5) for i in group) == list(range(20))
    long, short = TOKENS.pack(["Japan", "met", "China"]), TOKENS.pack(["talks"])
    ids, mask, rules = stack([(long, [0, 2, 0]), (short, [2])])
    assert ids.shape == mask.shape == rules.shape
    assert mask[1].sum() == len(short.ids)
    assert rules[0, long.words[1]] == 2
