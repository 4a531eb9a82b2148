"""Hand-made codings. Loaded by path: by the fixtures, and by the processes that the tests start."""

from __future__ import annotations

from datetime import date

from detente.model import (
    Actor,
    Coding,
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
    Span,
    Statement,
    content_id,
    document_id,
    issue,
)

ORIGIN = Origin(coder="rules", version="1", rule="protest")


def state(code: str) -> Actor:
    return Actor(code=code, country=code, name=code.title(), sector="GOV")


def event(document: str, text: str, actors: str, recipients: str = "", **fields: object) -> Event:
    day = date(2023, 1, 15)
    given = {
        "type": "ACCUSE",
        "quad": "verbal conflict",
        "intensity": -2.0,
        "date": Interval(start=day, end=day),
    } | fields
    return Event(
        id=content_id("event", document, actors, recipients, *fields.values()),
        document_id=document,
        origin=ORIGIN,
        confidence=0.75,
        evidence=(Evidence(document_id=document, start=0, end=5, text=text[:5]),),
        actors=tuple(map(state, actors.split())),
        recipients=tuple(map(state, recipients.split())),
        **given,
    )


def coding(number: int) -> Coding:
    """A coding with one record of each kind, the same for the same number."""
    text = f"Tokyo protested to Beijing over the buoy, and sold 3 trillion yen, for the {number}th time."
    document = document_id(text, f"news/{number}.txt")
    proof = (Evidence(document_id=document, start=0, end=5, text="Tokyo"),)
    common = {"document_id": document, "evidence": proof, "origin": ORIGIN, "confidence": 0.5}
    month = Interval(start=date(2023, 1 + number % 12, 1), end=date(2023, 1 + number % 12, 28), precision="month")
    matter = content_id("matter", document)
    steps = tuple(
        Milestone(id=content_id("step", document, status), matter_id=matter, status=status, date=month, evidence=proof)
        for status in ("proposed", "signed", "in force")
    )
    return Coding(
        document=Document(
            id=document,
            text=text,
            title=f"№ {number}",
            path=f"news/{number}.txt",
            language="en",
            article=(Span(start=0, end=20), Span(start=21, end=30)),
            countries=("JPN", "CHN"),
            published=Publication(interval=month, known="dateline", reasons=("day",)),
        ),
        events=(
            event(document, text, "JPN", "CHN", date=month),
            event(document, text, "JPN CHN KOR", type="CONSULT", quad="verbal cooperation", reciprocal=True),
        ),
        statements=(
            Statement(
                id=content_id("statement", document),
                speaker="Hu",
                country="CHN",
                direct=True,
                content="It is good.",
                about=("JPN", "trade"),
                outlook="improving",
                date=month,
                **common,
            ),
        ),
        figures=(
            Figure(
                id=content_id("figure", document),
                value=3e12,
                unit="JPY",
                subject="swap",
                equivalents=(Quantum(value=2.67e10, unit="USD"),),
                **common,
            ),
        ),
        drivers=(
            Driver(id=content_id("driver", document), cause="buoy", effect="ties", direction="hinders", **common),
        ),
        matters=(
            Matter(
                id=matter,
                kind="agreement",
                title="Swap line",
                subject="swap",
                parties=("CHN", "JPN"),
                status="in force",
                status_date=month,
                milestones=steps,
                **common,
            ),
        ),
        issues=(issue("text", f"{number}.txt", "an odd date", level="warning", document_id=document),),
    )
