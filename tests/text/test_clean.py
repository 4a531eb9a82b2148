from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.codebook import Codebook
from detente.model import Document
from detente.text.clean import article_spans, clean

BOOK = Codebook.load()
CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "noise.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
][1:]


@pytest.mark.parametrize(("verdict", "line"), CASES, ids=[line[:40] for _, line in CASES])
def test_a_line_alone(verdict: str, line: str) -> None:
    body = "The foreign ministers of the two countries met in the capital on Monday and promised to meet again in the spring."
    text = f"{body}\n\n{line}\n\n{body}"
    kept = any(
        span.start <= text.index(line) and text.index(line) + len(line) <= span.end
        for span in article_spans(text, BOOK)
    )
    assert kept is (verdict == "keep")


PAGE = """LAKESIDE COURIER
Home | World | Money | Sport

Ferry talks stall over fishing rights

By A. Reporter
12 March 2019

Officials from the two lakeshore states ended a second day of talks on Tuesday without an agreement on fishing rights.
(Photo: Lakeside Courier)

READ NEXT
1  Rain at last
2  Who owns the island?
3  Quiz of the week

The talks, which began in 2017, have stalled twice. "We are not in a hurry," said the chief negotiator of the northern side.

MOST READ
Ten walks for the weekend
Mayor opens bridge

Subscribe for $2 a week
© 2019 Lakeside Courier
"""


def test_a_page_keeps_headline_date_and_body_and_loses_the_rest() -> None:
    document = clean(Document(id="d", text=PAGE), Codebook.load())
    article = "\n".join(PAGE[span.start : span.end] for span in document.article)
    for kept in ("Ferry talks stall", "12 March 2019", "ended a second day of talks", "said the chief negotiator"):
        assert kept in article
    for cut in (
        "LAKESIDE COURIER",
        "Money",
        "Photo",
        "Rain at last",
        "Quiz",
        "Ten walks",
        "Mayor opens",
        "Subscribe",
        "©",
    ):
        assert cut not in article
    assert document.title == "Ferry talks stall over fishing rights"


def test_wire_copy_cut_at_a_fixed_width_is_one_paragraph() -> None:
    text = (
        "Officials said the two governments had begun consultations on the\nquota for the coming season, which opens in the first week of\n"
        "April, and would report to their ministers before the end of the\nmonth on what had been achieved in the first round of talks.\n"
    )
    (span,) = article_spans(text, BOOK)
    assert (span.start, span.end) == (0, len(text) - 1)


@given(st.text(max_size=600))
def test_any_text_gives_ordered_disjoint_spans_without_outer_space(text: str) -> None:
    last = -1
    for span in article_spans(text, BOOK):
        assert last <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        last = span.end


HEADS = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "heads.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
][1:]


@pytest.mark.parametrize(("page", "gone", "kept"), HEADS, ids=[page[:40] for page, *_ in HEADS])
def test_what_no_pattern_names_is_told_by_its_looks(page: str, gone: str, kept: str) -> None:
    text = page.replace("\\n", "\n")
    article = "\n".join(text[span.start : span.end] for span in article_spans(text, BOOK))
    assert [part for part in gone.split("¦") if part and part in article] == []
    assert [part for part in kept.split("¦") if part and part not in article] == []


def test_lines_cut_at_a_fixed_width_are_no_pieces() -> None:
    text = (
        "Peru to buy two patrol boats\n\nThe defence ministry of Peru said it had ordered two patrol\n"
        "boats from a yard in Elbonia, to be delivered in the spring of\nnext year or, at the latest, in the autumn.\n\n"
        "Neither side gave the price of the boats.\n"
    )
    assert "".join(text[s.start : s.end] for s in article_spans(text, BOOK)).count("\n") == text.strip().count("\n")
