"""The clause bank and the sentences made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.codebook import Codebook
from training import clauses
from training.encoder.examples import of_clause

FOLDER = Path(__file__).parents[2] / "training" / "bank" / "clauses"
AROUND = [{"lead": "", "tail": "."}]


def test_the_bank_of_clauses_is_in_its_notation() -> None:
    assert {one.kind for one in clauses.load(FOLDER)} >= {"SANCTION", "AID", "NONE"}


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "c1.tsv").write_text("type\tmodality\tclause\nAID\toccurred\t{A} *fed* the hungry\n", "utf-8")
    with pytest.raises(ValueError, match=r"c1\.tsv:2"):
        clauses.load(tmp_path)


def test_a_filled_clause_names_trigger_and_parties() -> None:
    clause = clauses.Clause("x", "SANCTION", "occurred", "{A's} treasury *slapped* duties on {R-adj} steel")
    book = Codebook.load()
    for one in clauses.filled([clause], AROUND, book, seed=3):
        example = of_clause(one, book)
        assert example is not None
        (label,) = example.labels
        assert (example.words[label.word], label.type, label.modality) == ("slapped", "SANCTION", "occurred")
        assert (label.actors, label.recipients) == (frozenset([one.codes[0]]), frozenset([one.codes[1]]))
        assert set(one.codes) <= set(example.codes)
        assert one.text.endswith(" steel.")
        assert "*" not in one.text


def test_filling_is_the_same_for_a_seed_and_parties_differ() -> None:
    book, around = Codebook.load(), clauses.around(FOLDER)
    made = [list(clauses.filled(clauses.load(FOLDER)[:40], around, book, seed=0)) for _ in range(2)]
    assert made[0] == made[1]
    assert all(one.codes[0] != one.codes[1] for one in made[0])
    assert all(phrase in one.text for one in made[0] for phrase in one.phrases)
