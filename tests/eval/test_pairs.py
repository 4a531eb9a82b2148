"""Scores of sentence, actor and recipient: against a function of the test's own, whose answers are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.codebook import Codebook
from detente.errors import SourceError, UsageError
from eval.pairs import evaluate, main, merged, ranker, read, score, table

CASES = Path(__file__).parent / "cases" / "pairs.tsv"
ANSWERS = {
    "Lima": {"SANCTION": 0.9, "none": 0.1},
    "Nairobi": {"CONCEDE": 0.3, "RETREAT": 0.3, "COERCE": 0.4},  # merged .6
    "Oslo": {"REJECT": 0.7, "CONCEDE": 0.3},
    "The president of Chile": {"CONSULT": 1.0},
    "Hanoi": {"ACCUSE": 0.6, "THREATEN": 0.4},
    "Accra": {"AID": 0.5, "COOPERATE": 0.3, "none": 0.2},
    "Rabat": {"none": 0.9, "SUPPORT": 0.1},
}


@pytest.fixture(scope="module")
def book() -> Codebook:
    return Codebook.load()


def known(sentence: str, actor: str, recipient: str) -> dict[str, float]:
    assert actor in sentence
    return ANSWERS[actor]


def test_figures_are_those_of_the_answers(book: Codebook) -> None:
    report = evaluate(read(CASES, book.ontology.types), known, book)
    root = report["gold_root"]
    assert (root["rows"], root["abstained"]) == (7, 1)
    assert root["accuracy"] == pytest.approx(5 / 7)
    assert root["per"]["YIELD"] == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3), "n": 2}
    assert root["per"]["SUPPORT"]["f1"] == 0  # an abstention is an error
    assert root["macro_f1"] == pytest.approx((4 + 2 / 3 + 0) / 6)
    assert root["confusion"]["YIELD > REJECT"] == 1
    assert root["confusion"]["SUPPORT > none"] == 1
    binary = report["gold_binary"]
    assert binary["accuracy"] == pytest.approx(5 / 7)
    assert binary["per"]["conflict"]["recall"] == 1.0


def test_the_table_shows_every_answer(book: Codebook) -> None:
    text = table(evaluate(read(CASES, book.ontology.types), known, book)["gold_root"])
    assert "macro-F1 0.778" in text
    heads = next(line for line in text.splitlines() if "REJECT" in line.split())
    assert "none" in heads.split()


def test_merged_chances_add_up() -> None:
    assert merged({"CONCEDE": 0.3, "RETREAT": 0.25, "AID": 0.45}, {"CONCEDE": "YIELD", "RETREAT": "YIELD"}) == "YIELD"
    assert merged({}, {}) == "none"


def test_a_type_told_but_never_right_is_no_class_of_the_mean() -> None:
    figures = score(["AID", "AID"], ["AID", "ASSAULT"])
    assert figures["macro_f1"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sentence\tsource\tgold_root\nx\ty\tAID\n", "no column target"),
        ("sentence\tsource\ttarget\nx\ty\tz\n", "gold_root or gold_binary"),
        ("sentence\tsource\ttarget\tgold_root\nx\ty\tz\tHUG\n", "line 2: no type is called 'HUG'"),
        ("sentence\tsource\ttarget\tgold_binary\nx\ty\tz\twarm\n", "line 2: 'warm' is neither"),
    ],
)
def test_a_wrong_file_is_told(tmp_path: Path, book: Codebook, text: str, told: str) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError, match=told):
        read(path, book.ontology.types)
    assert main([str(path)]) == 1


def test_a_wrong_function_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match="there is no function"):
        ranker("detente:guess_types")
    assert main([str(CASES), "--by", "nowhere:nothing"]) == 2
    assert "there is no function" in capsys.readouterr().err


def test_the_command_prints_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(CASES), "--by", "tests.eval.test_pairs:known"]) == 0
    out = capsys.readouterr().out
    assert "gold_root" in out
    assert "gold_binary" in out
