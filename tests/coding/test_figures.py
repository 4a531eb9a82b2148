"""Figures: what is one, what is none, its value in the base unit, its subject, its conversion."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.codebook import Codebook
from detente.coding.figures import code_figures
from detente.model import Document, Figure
from detente.text.annotate import annotate

CASES = Path(__file__).parent / "cases" / "figures.tsv"


def marked(found: list[dict[str, str]]) -> list[ParameterSet]:
    """The cases; those whose last column says "fails" are known to, and tell when they do no longer."""
    known = pytest.mark.xfail(reason="known to fail", strict=True)
    return [
        pytest.param(row, id=row["text"][:50], marks=[known] if row.get("known") == "fails" else []) for row in found
    ]


def rows(path: Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def figures(text: str) -> tuple[Figure, ...]:
    book = Codebook.load()
    document, seen = annotate(Document(id="d", text=text), book)
    found = code_figures(document, seen, book)
    for figure in found:
        for evidence in figure.evidence:
            assert document.text[evidence.start : evidence.end] == evidence.text
    return found


def shown(found: tuple[Figure, ...]) -> str:
    return "; ".join(f"{figure.value:.15g} {figure.unit}" for figure in found) or "none"


def test_the_table_is_long() -> None:
    assert len(rows(CASES)) >= 300


@pytest.mark.parametrize("row", marked(rows(CASES)))
def test_figures_of_a_sentence(row: dict[str, str]) -> None:
    assert shown(figures(row["text"])) == row["figures"]


@pytest.mark.parametrize(
    ("text", "rough"),
    [
        ("About 50 ships came.", True),
        ("Over 50 ships came.", True),
        ("Nearly 50 ships came.", True),
        ("Exactly 50 ships came.", False),
        ("The navy sent 50 ships.", False),
        ("As many as 50 ships came.", True),
        ("Some 50 ships came.", True),
        ("Up to 50 ships came.", True),
    ],
)
def test_approximation(text: str, rough: bool) -> None:
    assert [figure.approximate for figure in figures(text)] == [rough]


def test_a_conversion_keeps_both_amounts_together() -> None:
    yen, dollars = figures("The swap line is worth 3 trillion yen ($26.7 billion).")
    assert [(other.value, other.unit) for other in yen.equivalents] == [(26.7e9, "USD")]
    assert [(other.value, other.unit) for other in dollars.equivalents] == [(3e12, "JPY")]


def test_unlike_amounts_side_by_side_are_no_conversion() -> None:
    assert all(not figure.equivalents for figure in figures("Tokyo gave 100 billion yen and 20 patrol boats."))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The plant will release 1.3 million tons of treated water.", "water"),
        ("Exports to China rose 42 percent.", "rise"),
        ("Half of the country's timber is sold abroad.", "timber"),
        ("The economy contracted by 2.1%.", "contraction"),
        ("Roughly 50 projects were chosen.", "projects"),
    ],
)
def test_subject(text: str, word: str) -> None:
    assert word in figures(text)[0].subject


def test_period_is_the_time_told_nearest() -> None:
    (figure,) = figures("Trade fell by 12% in 2019.")
    assert figure.period is not None
    assert figure.period.start.year == 2019


def test_a_time_in_the_sentence_beats_the_dateline() -> None:
    (figure,) = figures(
        "GENEVA, 8 December 2023 — Trade worth $300 million was lost on the route through the two ports in 2022."
    )
    assert figure.period is not None
    assert figure.period.start.year == 2022


def test_a_headline_and_its_text_tell_one_figure() -> None:
    found = figures(
        "Tokyo lends $300 million\n\nTokyo will lend $300 million to the port, the ministry said on Monday."
    )
    assert [figure.value for figure in found] == [3e8]
    assert len(found[0].evidence) == 2


@settings(max_examples=25, deadline=None)
@given(
    st.integers(min_value=2, max_value=999),
    st.sampled_from(["million", "billion", "trillion"]),
    st.sampled_from([("$", "USD"), ("€", "EUR"), ("A$", "AUD")]),
)
def test_a_printed_amount_is_read_back(value: int, scale: str, currency: tuple[str, str]) -> None:
    (found,) = figures(f"The two banks agreed on a swap of {currency[0]}{value} {scale}.")
    assert (found.value, found.unit) == (value * {"million": 1e6, "billion": 1e9, "trillion": 1e12}[scale], currency[1])
