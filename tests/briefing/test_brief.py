from __future__ import annotations

import re
from datetime import date, timedelta

import msgspec
import pytest

from detente.briefing import Brief, Material, compose, to_html, to_markdown
from detente.briefing.wording import number, when
from detente.codebook import Codebook
from detente.model import (
    Actor,
    Document,
    Driver,
    Event,
    Evidence,
    Figure,
    Interval,
    Matter,
    Milestone,
    Origin,
    Publication,
    Quantum,
    Statement,
)

BOOK = Codebook.load()
TEXT = "Lima banned <b>cement</b> from its neighbour in March 2019 & lifted the ban a year later, to the relief of builders."
ORIGIN = Origin(coder="test", version="1")
JPN, CHN = Actor(code="JPN", name="Japan", country="JPN"), Actor(code="CHN", name="China", country="CHN")


def _evidence(words: str) -> tuple[Evidence, ...]:
    start = TEXT.index(words)
    return (Evidence(document_id="doc", start=start, end=start + len(words), text=words),)


def _interval(start: str, end: str | None = None) -> Interval:
    return Interval(start=date.fromisoformat(start), end=date.fromisoformat(end or start))


def _finding(id_: str, words: str) -> dict[str, object]:
    return {"id": id_, "document_id": "doc", "evidence": _evidence(words), "origin": ORIGIN, "confidence": 0.8}


def _material() -> Material:
    steps = (
        Milestone(
            id="s1",
            matter_id="m",
            status="in force",
            date=_interval("2019-03-01", "2019-03-31"),
            evidence=_evidence("banned <b>cement</b>"),
        ),
        Milestone(
            id="s2",
            matter_id="m",
            status="lifted",
            date=_interval("2020-03-01", "2020-03-31"),
            evidence=_evidence("lifted the ban"),
        ),
    )
    return Material(
        parties=("JPN", "CHN"),
        documents=(
            Document(
                id="doc",
                text=TEXT,
                path="a/page.txt",
                published=Publication(interval=_interval("2020-04-01"), known="given"),
            ),
        ),
        events=(
            Event(
                type="SANCTION",
                quad="material conflict",
                intensity=-6,
                actors=(JPN,),
                recipients=(CHN,),
                date=_interval("2019-03-05"),
                **_finding("e1", "banned <b>cement</b>"),
            ),
            Event(
                type="CONSULT",
                quad="verbal cooperation",
                intensity=2.5,
                actors=(JPN,),
                recipients=(CHN,),
                reciprocal=True,
                modality="planned",
                **_finding("e2", "a year later"),
            ),
        ),
        matters=(
            Matter(
                id="m",
                document_id="doc",
                kind="measure",
                title="Japan's ban on cement",
                subject="cement",
                parties=("JPN", "CHN"),
                imposers=("JPN",),
                targets=("CHN",),
                status="lifted",
                status_date=steps[1].date,
                milestones=steps,
                evidence=_evidence("lifted the ban"),
                origin=ORIGIN,
                confidence=0.8,
            ),
        ),
        statements=(
            Statement(
                speaker="A. Mason",
                direct=False,
                content="x",
                outlook="improving",
                **_finding("st", "the relief of builders"),
            ),
        ),
        figures=(Figure(value=12, unit="percent", subject="share", **_finding("f", "March 2019")),),
        drivers=(Driver(cause="ban", effect="ties", direction="hinders", **_finding("d", "banned <b>cement</b>")),),
    )


def _lines(brief: Brief) -> list[object]:
    return [line for section in brief.sections for line in section.lines]


def test_every_line_has_a_citation_whose_words_stand_in_the_document() -> None:
    brief = compose(_material(), BOOK)
    assert _lines(brief)
    for section in brief.sections:
        for line in section.lines:
            assert line.citations
            for citation in line.citations:
                assert TEXT[citation.evidence.start : citation.evidence.end] == citation.evidence.text


def test_sections_come_in_order_and_empty_ones_are_told_of() -> None:
    brief = compose(_material(), BOOK)
    assert [section.title for section in brief.sections] == [
        "Key takeaways",
        "What moved",
        "Meetings held and due",
        "Measures",
        "Irritants",
        "Figures",
        "Outlooks, and who disagrees",
        "What hinders",
    ]
    assert "What helps: nothing found in these documents" in brief.omitted
    assert any("no date" in note for note in brief.omitted)


def test_markdown_numbers_lead_to_document_and_offset() -> None:
    page = to_markdown(compose(_material(), BOOK))
    numbers = {int(n) for n in re.findall(r" \[(\d+)\]", page)}
    listed = {int(n) for n in re.findall(r"^\[(\d+)\] page\.txt, \d+–\d+: “", page, re.MULTILINE)}
    assert numbers == listed
    assert "Japan's ban on cement (Japan against China): lifted, March 2020" in page


def test_html_is_one_page_and_text_of_documents_is_inert() -> None:
    page = to_html(compose(_material(), BOOK))
    assert "<b>cement" not in page
    assert "&lt;b&gt;cement" in page
    assert not re.search(r"<(script|link|img)|https?://", page)


def test_the_same_material_gives_the_same_brief() -> None:
    assert compose(_material(), BOOK) == compose(_material(), BOOK)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2024-05-27", "2024-05-27", "27 May 2024"),
        ("2023-08-21", "2023-08-31", "late August 2023"),
        ("2024-05-11", "2024-05-20", "mid-May 2024"),
        ("2020-02-01", "2020-02-29", "February 2020"),
        ("2008-01-01", "2008-12-31", "2008"),
        ("2016-01-01", "2018-12-31", "2016–2018"),
        ("2023-07-01", "2023-09-30", "1 July 2023 – 30 September 2023"),
        ("2023-11-14", "2023-11-16", "14–16 November 2023"),
    ],
)
def test_dates_are_written_as_a_reader_would(start: str, end: str, words: str) -> None:
    assert when(_interval(start, end)) == words


def test_no_date_is_said() -> None:
    assert when(None) == "no date given"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(42, "42"), (0.1 + 0.2, "0.3"), (3e12, "3,000,000,000,000"), (1.3e6, "1,300,000"), (-2.5, "-2.5")],
)
def test_a_number_is_shown_in_full(value: float, shown: str) -> None:
    assert number(value) == shown


def test_a_figure_and_its_equivalent_are_one_line_and_durations_come_last() -> None:
    material = _material()
    yen, dollars, years = (
        Figure(
            value=3e12,
            unit="JPY",
            subject="limit",
            equivalents=(Quantum(value=2.67e10, unit="USD"),),
            **_finding("y", "a year"),
        ),
        Figure(
            value=2.67e10,
            unit="USD",
            subject="limit",
            equivalents=(Quantum(value=3e12, unit="JPY"),),
            **_finding("d", "builders"),
        ),
        Figure(value=1, unit="year", subject="lifting", **_finding("l", "Lima")),
    )
    brief = compose(msgspec.structs.replace(material, figures=(years, yen, dollars)), BOOK)
    lines = next(section.lines for section in brief.sections if section.title == "Figures")
    assert [line.records for line in lines] == [("y",), ("l",)]
    assert lines[0].text == "limit: 3,000,000,000,000 JPY (= 26,700,000,000 USD): “a year”"


def test_a_matter_spoken_of_once_is_left_out_and_counted() -> None:
    material = _material()
    once = msgspec.structs.replace(material.matters[0], id="once", milestones=(), title="Japan's something")
    brief = compose(msgspec.structs.replace(material, matters=(*material.matters, once)), BOOK)
    section = next(section for section in brief.sections if section.title == "Measures")
    assert section.left_out == 1
    assert not any("once" in line.records for line in section.lines)


def test_the_page_needs_nothing_else_and_its_numbers_lead_to_citations() -> None:
    page = to_html(compose(_material(), BOOK, since=date(2019, 1, 1)), chart='<figure><svg class="own"></svg></figure>')
    assert "default-src 'none'" in page
    assert "From 2019-01-01 to now" in page
    assert "@media print" in page
    assert '<svg class="own">' in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    numbers = set(re.findall(r'href="#c(\d+)"', page))
    assert numbers
    assert numbers == set(re.findall(r'id="c(\d+)"', page))


def test_what_moved_ends_where_the_time_asked_for_ends() -> None:
    material = _material()
    steps = [step for matter in material.matters for step in matter.milestones if step.date and step.evidence]
    last = max(step.date.start for step in steps if step.date)
    for until, there in ((last, True), (last - timedelta(days=1), False)):
        brief = compose(material, BOOK, until=until)
        lines = [line for section in brief.sections if section.title == "What moved" for line in section.lines]
        newest = {step.id for step in steps if step.date and step.date.start == last}
        assert any(newest & set(line.records) for line in lines) is there


def test_an_address_that_is_none_of_the_web_is_no_link() -> None:
    material = _material()
    document = msgspec.structs.replace(material.documents[0], url="javascript:alert(1)")
    page = to_html(compose(msgspec.structs.replace(material, documents=(document,)), BOOK))
    assert 'href="javascript' not in page
    document = msgspec.structs.replace(document, url='https://example.org/"a')
    page = to_html(compose(msgspec.structs.replace(material, documents=(document,)), BOOK))
    assert 'href="https://example.org/&quot;a"' in page


def test_what_is_left_out_for_want_of_evidence_is_said() -> None:
    material = _material()
    bare = msgspec.structs.replace(material.events[0], evidence=())
    brief = compose(msgspec.structs.replace(material, events=(*material.events, bare)), BOOK)
    assert "For want of evidence: 1 records or steps" in brief.omitted
    assert "For want of evidence: no records or steps" in compose(material, BOOK).omitted
