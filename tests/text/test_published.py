"""Publication dates: every row of cases/published.tsv; what is given wins; nothing raises."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.codebook import Codebook
from detente.model import Document, Publication
from detente.text.published import published
from detente.text.times import as_interval

CASES = Path(__file__).parent / "cases" / "published.tsv"


def rows():
    lines = [line for line in CASES.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    for number, line in enumerate(lines[1:], 1):
        text, expected, known = line.split("\t")
        yield pytest.param(text.replace("\\n", "\n"), expected, known, id=f"{number}-{text[:40]}")


def shown(publication):
    if publication is None:
        return "none", "-"
    interval = publication.interval
    days = str(interval.start) if interval.start == interval.end else f"{interval.start}..{interval.end}"
    return days, publication.known


@pytest.fixture(scope="module")
def book():
    return Codebook.load()


@pytest.mark.parametrize(("text", "expected", "known"), list(rows()))
def test_case(book, text, expected, known):
    assert shown(published(Document(id="d", text=text), book=book)) == (expected, known)


@pytest.mark.parametrize(("known", "wins"), [("given", True), ("metadata", False)])
def test_given_wins_over_a_date_line_and_metadata_does_not(known, wins):
    mine = Publication(interval=as_interval("2001-02-03"), known=known)
    found = published(
        Document(
            id="d", text="Published: 10 Mar 2023\n\nThey met and shook hands, and all was well again.", published=mine
        )
    )
    assert (found == mine) is wins


def test_metadata_wins_over_reasoning():
    mine = Publication(interval=as_interval("2001-02-03"), known="metadata")
    assert published(Document(id="d", text="They met on Friday, 3 March and shook hands.", published=mine)) == mine


def test_reasons_are_kept():
    found = published(
        Document(id="d", text="BEIJING, March 10 2023 (Gulf Newsline) — The two states said that they would talk.")
    )
    assert found.reasons


@settings(deadline=None)
@given(st.text(max_size=300))
def test_never_raises(text):
    found = published(Document(id="d", text=text))
    assert found is None or found.interval.start <= found.interval.end
