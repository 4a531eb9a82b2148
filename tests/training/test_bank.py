"""The bank itself, and the checks that keep it what it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from training import bank, originality, tables
from training.passages import SPLITS, Passage, load

BANK = Path(__file__).parents[2] / "training" / "bank"
SHARED = Path(__file__).parents[3] / "shared"


def _passage(id_: str, text: str, **row: str) -> Passage:
    base = dict.fromkeys(
        ("split", "dyad", "style", "year", "set", "role", "domain", "region", "noise", "syndicated_of"), ""
    )
    return Passage(row={**base, "id": id_, **row}, text=text, annotation=None)


@pytest.mark.slow
def test_every_json_is_what_its_notation_says() -> None:
    from training.expand import main

    assert main(["--check", *(str(BANK / split) for split in SPLITS)]) == 0


@pytest.mark.slow
def test_the_bank_holds_its_rules() -> None:
    against = SHARED if SHARED.is_dir() else None
    assert list(bank.problems(BANK, load(BANK), against)) == []


def test_passages_that_share_their_wording_are_found() -> None:
    words = "the two ministers signed a protocol on the river and went home without a word to the press"
    one, other = _passage("a", words), _passage("b", f"Later {words}")
    assert [(a, b) for a, b, _ in originality.sharing([one, other])] == [("a", "b")]
    assert list(originality.sharing([one, _passage("b", words, syndicated_of="a")])) == []
    assert originality.distinct_share([one, other]) < 0.6


def test_a_passage_near_an_outside_text_is_found(tmp_path: Path) -> None:
    text = " ".join(f"word{i}" for i in range(80))
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "s.txt").write_text(text)
    near = list(
        originality.near([_passage("a", text), _passage("b", " ".join(f"other{i}" for i in range(80)))], tmp_path)
    )
    assert [(id_, name) for id_, name, _ in near] == [("a", "seeds/s.txt")]


def test_a_dyad_in_two_splits_is_a_problem() -> None:
    found = list(
        bank._splits(
            [_passage("a", "x", dyad="AAA-BBB", split="train"), _passage("b", "y", dyad="AAA-BBB", split="test")]
        )
    )
    assert "dyad AAA-BBB is in test and train" in found


def test_voices() -> None:
    assert tables.voices(
        [
            "The crossing was closed by Lima on Friday",
            "Lima closed the crossing on Friday",
            "the closure of the crossing",
        ]
    ) == ["passive", "active", "nominal"]


def test_the_examples_of_the_guide_are_the_banks() -> None:
    guide = (BANK.parents[1] / "docs" / "annotation.md").read_text("utf-8")
    names = re.findall(r"^### (\S+)$", guide, re.MULTILINE)
    assert len(names) == 3
    for name in names:
        for suffix in (".txt", ".ann"):
            assert (BANK / "train" / f"{name}{suffix}").read_text("utf-8").strip() in guide
