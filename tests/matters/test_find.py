from __future__ import annotations

from pathlib import Path

import pytest

from detente.codebook.reading import load_tsv
from detente.matters import status_at
from detente.model import Interval, Matter

CASES = Path(__file__).parent / "cases"
COLUMNS = ("text", "kind", "words", "parties", "imposers", "targets", "status", "milestones")
FOUND = [pytest.param(row, id=f"line {line}") for line, row in load_tsv(CASES / "finding.tsv", COLUMNS)]
NOTHING = [pytest.param(row["text"], id=f"line {line}") for line, row in load_tsv(CASES / "nothing.tsv", ("text",))]


def _says(matter: Matter, words: str) -> bool:
    told = " ".join((matter.title, matter.subject, *matter.aliases)).lower()
    return all(word in told for word in words.split("|"))


def _codes(cell: str) -> set[str]:
    return {code for code in cell.split(",") if code}


def _when(interval: Interval | None) -> str:
    if interval is None:
        return "?"
    return f"{interval.start}" if interval.start == interval.end else f"{interval.start}..{interval.end}"


@pytest.mark.parametrize("case", FOUND)
def test_found(case, find):
    matters, _ = find(case["text"])
    fit = [matter for matter in matters if matter.kind == case["kind"] and _says(matter, case["words"])]
    if case["status"] == "-" and not fit:
        return
    assert fit, [(matter.kind, matter.title) for matter in matters]
    matter = fit[0]
    assert {*matter.parties} == _codes(case["parties"])
    if case["imposers"]:
        assert {*matter.imposers} == _codes(case["imposers"])
        assert {*matter.targets} >= _codes(case["targets"])
    if case["status"] != "-":
        assert matter.status == case["status"]
    if case["milestones"]:
        told = [f"{step.status} {_when(step.date)}" for step in matter.milestones]
        wanted = [] if case["milestones"] == "none" else case["milestones"].split("; ")
        assert told == wanted


@pytest.mark.parametrize("text", NOTHING)
def test_nothing(text, find):
    matters, _ = find(text)
    assert matters == ()


@pytest.mark.parametrize("case", FOUND)
def test_everything_is_proved(case, find):
    text = case["text"]
    matters, issues = find(text)
    for matter in matters:
        for one in (*matter.evidence, *(e for step in matter.milestones for e in step.evidence)):
            assert one.text == text[one.start : one.end]
        assert len(matter.evidence[0].text.split()) >= 3
        assert all(step.matter_id == matter.id for step in matter.milestones)
    assert len({matter.id for matter in matters}) == len(matters)
    assert all(trouble.document_id for trouble in issues)


def test_status_at_a_day(find, book):
    from datetime import date

    matters, _ = find(
        "CANBERRA, 30 March 2024 - China's tariffs on Australian wine, imposed in November 2020, were removed on Thursday."
    )
    wine = next(matter for matter in matters if matter.kind == "measure")
    assert status_at(wine, date(2019, 1, 1), book) is None
    assert status_at(wine, date(2021, 1, 1), book) == "in force"
    assert status_at(wine, date(2024, 4, 1), book) == "lifted"
