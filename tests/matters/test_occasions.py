from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.codebook import Codebook
from detente.matters import changes, occasions, runs
from detente.model import Actor, Document, Event, Evidence, Interval, Matter, Milestone, Origin

DAY = Interval(start=date(2023, 8, 24), end=date(2023, 8, 24))
ORIGIN = Origin(coder="rules", version="1")


def _actor(code: str) -> Actor:
    return Actor(code=code, country=code, name=code, kind="state")


def _event(document: str, words: str, *, kind: str = "SANCTION", day: Interval | None = DAY, **more: object) -> Event:
    return Event(
        id=f"{document}-{words}",
        document_id=document,
        evidence=(Evidence(document_id=document, start=0, end=len(words), text=words),),
        origin=ORIGIN,
        confidence=0.5,
        type=kind,
        quad="material conflict",
        intensity=-5.0,
        actors=(_actor("CHN"),),
        recipients=(_actor("JPN"),),
        date=day,
        **more,
    )


ALIKE = [
    _event("a", "China banned Japanese seafood"),
    _event("b", "imposed a ban on all seafood from Japan"),
    _event("c", "Beijing halted seafood imports", day=Interval(start=date(2023, 8, 21), end=date(2023, 8, 27))),
]
APART = [
    _event("d", "put the tanker on its list"),
    _event("e", "China banned Japanese seafood", day=Interval(start=date(2024, 8, 24), end=date(2024, 8, 24))),
    _event("f", "China banned Japanese seafood", day=None),
    _event("g", "China would ban Japanese seafood", modality="conditional"),
    _event("h", "China banned Japanese seafood", day=Interval(start=date(2023, 1, 1), end=date(2023, 12, 31))),
]
TEXT = "China banned Japanese seafood on Thursday after the release of treated water began at Fukushima, " * 3


@given(st.integers(0, 10_000))
def test_one_event_of_several_documents(seed: int):
    book = Codebook.load()
    events = [*ALIKE, *APART]
    Random(seed).shuffle(events)
    texts = {
        "a": runs(Document(id="a", text=TEXT)),
        "b": runs(Document(id="b", text=TEXT + " It was.")),
        "c": frozenset(),
    }
    found = occasions(events, texts, {"a": ["copy"]}, book)
    assert len(found) == 1 + len(APART)
    (joined,) = (one for one in found if len(one.events) > 1)
    assert set(joined.events) == {event.id for event in ALIKE}
    assert (joined.reports, joined.independent) == (4, 2)


@pytest.mark.parametrize(("one", "other", "together"), [("Beijing", "Beijing", True), ("Beijing", "Tokyo", False)])
def test_talks_on_one_day_are_one_unless_places_differ(one: str, other: str, together: bool, book: Codebook):
    events = [
        _event("a", "the ministers met", kind="CONSULT", place=one),
        _event("b", "held discussions", kind="CONSULT", place=other),
    ]
    assert len(occasions(events, {}, {}, book)) == (1 if together else 2)


def _step(status: str, day: date) -> Milestone:
    when = Interval(start=day, end=day)
    piece = Evidence(document_id="a", start=0, end=3, text="ban")
    return Milestone(id=f"{status}{day}", matter_id="m", status=status, date=when, evidence=(piece,))


def test_changes_tell_the_state_before():
    steps = (_step("in force", date(2023, 8, 24)), _step("lifted", date(2025, 6, 29)))
    matter = Matter(
        id="m",
        document_id="a",
        kind="measure",
        title="China's ban",
        subject="seafood",
        parties=("CHN", "JPN"),
        milestones=steps,
        evidence=steps[0].evidence,
        origin=ORIGIN,
        confidence=0.5,
    )
    told = changes([matter], date(2023, 8, 24))
    assert [(change.before, change.status) for change in told] == [("in force", "lifted"), (None, "in force")]
    assert [change.status for change in changes([matter], date(2024, 1, 1))] == ["lifted"]
    assert [change.status for change in changes([matter], date(2023, 1, 1), date(2024, 1, 1))] == ["in force"]
