"""Statements: who speaks, in whose words, and where they see the relation going."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.codebook import Codebook
from detente.coding.statements import code_statements
from detente.coding.statements.outlook import outlook
from detente.model import Document, Statement
from detente.text.annotate import annotate

CASES = Path(__file__).parent / "cases"
BOOK = Codebook.load()


def marked(found: list[dict[str, str]]) -> list[ParameterSet]:
    """The cases; those whose last column says "fails" are known to, and tell when they do no longer."""
    known = pytest.mark.xfail(reason="known to fail", strict=True)
    return [
        pytest.param(row, id=row["text"][:50], marks=[known] if row.get("known") == "fails" else []) for row in found
    ]


def rows(name: str) -> list[dict[str, str]]:
    lines = [
        line for line in (CASES / name).read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")
    ]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def statements(text: str) -> tuple[Statement, ...]:
    document, seen = annotate(Document(id="d", text=text), BOOK)
    found = code_statements(document, seen, BOOK)
    for statement in found:
        assert statement.evidence
        for evidence in statement.evidence:
            assert document.text[evidence.start : evidence.end] == evidence.text
    return found


def test_the_table_is_long() -> None:
    assert len(rows("statements.tsv")) + len(rows("outlook.tsv")) >= 250


@pytest.mark.parametrize("row", marked(rows("statements.tsv")))
def test_speaker_of_a_sentence(row: dict[str, str]) -> None:
    found = statements(row["text"])
    if row["speaker"] == "none":
        assert [statement.speaker for statement in found] == []
        return
    assert found, "no statement"
    assert row["speaker"].lower() in found[0].speaker.lower()
    assert found[0].direct == (row["direct"] == "d")


@pytest.mark.parametrize("row", rows("outlook.tsv"), ids=lambda row: row["text"][:50])
def test_outlook_of_words(row: dict[str, str]) -> None:
    assert outlook(row["text"], row["verb"], BOOK.voices.outlook) == row["outlook"]


def test_a_quotation_split_around_its_verb_is_one_statement() -> None:
    (found,) = statements('"The talks," Foreign Minister Wang Yi said, "were useful for both of us."')
    assert [evidence.text for evidence in found.evidence] == ["The talks,", "were useful for both of us."]


def test_a_quotation_in_the_next_paragraph_belongs_to_the_last_speaker() -> None:
    found = statements(
        'Maria Kowalska, an economist in Warsaw, expects a slow recovery of trade.\n\n"The traders have found other roads by now," she said.'
    )
    assert found[-1].direct
    assert found[-1].speaker == "Maria Kowalska"


def test_affiliation_stands_beside_the_name() -> None:
    (found,) = statements("Maria Kowalska, an economist at the Baltic Institute, said that trade would recover.")
    assert found.affiliation is not None
    assert "Baltic Institute" in found.affiliation


def test_office_and_country_of_a_minister() -> None:
    (found,) = statements("Foreign Minister Wang Yi said that ties were at a crossroads.")
    assert (found.country, found.office) == ("CHN", "foreign minister")


TRANSCRIPT = """SPOKESPERSON: Good morning. The minister returns from Hanoi tonight with three signed papers.

REUTERS: Will the fishing boats be given back?

SPOKESPERSON: The boats were given back on Friday, with their crews.

KYODO NEWS: And the fines?

SPOKESPERSON: Nobody has been asked to pay any fine."""


def test_in_a_transcript_answers_are_statements_and_questions_are_none() -> None:
    found = statements(TRANSCRIPT)
    assert {statement.speaker for statement in found} == {"Spokesperson"}
    assert all(statement.direct for statement in found)
    assert not any("fines" in statement.content for statement in found)


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(["Japan", "Kenya", "Chile", "the Chinese government"]),
    st.sampled_from(["said", "insisted", "announced"]),
    st.lists(st.sampled_from("the border would stay open until winter".split()), min_size=2, max_size=7),
)
def test_evidence_is_always_the_text_itself(who: str, verb: str, words: list[str]) -> None:
    statements(f"{who} {verb} that {' '.join(words)} on Monday.")
