"""Figures against figures: which documents contradict each other, and how command and brief show it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import detente
from detente.briefing import contradictions
from detente.model import Evidence, Figure, Interval, Origin

YEAR = Interval(start=date(2019, 1, 1), end=date(2019, 12, 31), precision="year")
NEXT = Interval(start=date(2020, 1, 1), end=date(2020, 12, 31), precision="year")


def figure(
    name: str, document: str, value: float, subject: str, *, period: Interval | None = YEAR, approximate: bool = False
) -> Figure:
    return Figure(
        id=name,
        document_id=document,
        evidence=(Evidence(document_id=document, start=0, end=3, text="abc"),),
        origin=Origin(coder="rules", version="1"),
        confidence=0.9,
        value=value,
        unit="tonne",
        subject=subject,
        period=period,
        approximate=approximate,
    )


ONE = figure("a", "one", 1200.0, "exports of scallops to China")


@pytest.mark.parametrize(
    ("other", "against"),
    [
        (figure("b", "two", 1900.0, "scallops exports to China"), True),
        (figure("b", "two", 1201.0, "exports of scallops to China"), False),
        (figure("b", "two", 1290.0, "exports of scallops to China", approximate=True), False),
        (figure("b", "two", 1900.0, "exports of scallops to China", approximate=True), True),
        (figure("b", "one", 1900.0, "exports of scallops to China"), False),
        (figure("b", "two", 1900.0, "exports of scallops to China", period=NEXT), False),
        (figure("b", "two", 1900.0, "exports of scallops to China", period=None), False),
        (figure("b", "two", 1900.0, "imports of coal from Russia"), False),
    ],
)
def test_what_contradicts_what(other: Figure, against: bool) -> None:
    assert contradictions([ONE, other]) == ({"a": ("b",), "b": ("a",)} if against else {})


def test_a_brief_says_which_documents_give_other_values(tmp_path: Path) -> None:
    for name, value in (("one", "12"), ("two", "19")):
        text = f"TOKYO, 3 March 2020 - Exports of scallops to China fell by {value} percent in 2019, Japan said.\n"
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    archive = detente.open(tmp_path / "relations", create=True)
    archive.add(tmp_path / "one.txt", tmp_path / "two.txt")
    lines = [
        line for section in archive.brief("JPN", "CHN").sections if section.title == "Figures" for line in section.lines
    ]
    assert any("12 percent; contradicted: 19 percent elsewhere" in line.text for line in lines)
    assert any("19 percent; contradicted: 12 percent elsewhere" in line.text for line in lines)
    assert all({citation.evidence.document_id for citation in line.citations} for line in lines)
