"""Drivers: what helps or hinders a relation, how firmly it is said, and by whom."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.codebook import Codebook
from detente.coding.drivers import code_drivers
from detente.coding.statements import code_statements
from detente.model import Document, Driver
from detente.text.annotate import annotate

CASES = Path(__file__).parent / "cases" / "drivers.tsv"
BOOK = Codebook.load()


def marked(found: list[dict[str, str]]) -> list[ParameterSet]:
    """The cases; those whose last column says "fails" are known to, and tell when they do no longer."""
    known = pytest.mark.xfail(reason="known to fail", strict=True)
    return [
        pytest.param(row, id=row["text"][:50], marks=[known] if row.get("known") == "fails" else []) for row in found
    ]


def rows() -> list[dict[str, str]]:
    lines = [line for line in CASES.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def drivers(text: str) -> tuple[Driver, ...]:
    document, seen = annotate(Document(id="d", text=text), BOOK)
    found = code_drivers(document, seen, BOOK, code_statements(document, seen, BOOK))
    for driver in found:
        (evidence,) = driver.evidence
        assert document.text[evidence.start : evidence.end] == evidence.text
        assert 3 <= len(evidence.text.split()) <= 25
        assert driver.cause
        assert driver.effect
    return found


def test_the_table_is_long() -> None:
    assert len(rows()) >= 120


@pytest.mark.parametrize("row", marked(rows()))
def test_driver_of_a_sentence(row: dict[str, str]) -> None:
    found = drivers(row["text"])
    if row["direction"] == "none":
        assert found == ()
    else:
        assert [(driver.direction, driver.hedge) for driver in found] == [(row["direction"], row["hedge"])]


def test_cause_and_effect_are_told_apart() -> None:
    (found,) = drivers("The talks were broken off because of the raid on the embassy.")
    assert found.cause == "the raid on the embassy"
    assert "talks were broken off" in found.effect


def test_a_claim_inside_a_statement_is_its_speakers() -> None:
    (found,) = drivers("Foreign Minister Wang Yi said that the ban had poisoned relations between Norway and Iceland.")
    assert found.claimed_by == "Wang Yi"


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from(["because of", "despite", "amid", "in response to"]),
    st.lists(st.sampled_from("the raid on embassy and dispute with Japan".split()), min_size=2, max_size=30),
)
def test_evidence_is_always_the_text_itself(connective: str, words: list[str]) -> None:
    drivers(f"China suspended the talks {connective} the {' '.join(words)}.")
