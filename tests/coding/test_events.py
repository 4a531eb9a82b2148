from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.codebook import Codebook
from detente.coding.events import code_events
from detente.model import Annotations, Document, Event, Interval
from detente.text.annotate import annotate, prepare
from detente.text.mentions import countries, mentions
from detente.text.parse import parse

BOOK = Codebook.load()
TODAY = Interval(start=date(2024, 6, 3), end=date(2024, 6, 3))
CASES = Path(__file__).parent / "cases" / "events.tsv"


def rows() -> list[tuple[int, str, str]]:
    found = []
    for number, line in enumerate(CASES.read_text("utf-8").splitlines(), 1):
        if line and not line.startswith(("#", "sentence\t")):
            sentence, _, expected = line.partition("\t")
            found.append((number, sentence, expected))
    return found


def code(text: str) -> tuple[Event, ...]:
    document = Document(id="case", text=text)
    paragraphs, sentences = parse(document, book=BOOK.actors)
    found = mentions(document, paragraphs, sentences, BOOK.actors, TODAY)
    seen = Annotations(paragraphs=paragraphs, sentences=sentences, mentions=found, countries=countries(found))
    return code_events(document, seen, BOOK)


def told(event: Event) -> tuple[str, frozenset[str], frozenset[str], str]:
    actors = frozenset(actor.code for actor in event.actors)
    recipients = frozenset(actor.code for actor in event.recipients)
    if event.reciprocal:
        return event.type, actors | recipients, frozenset(), event.modality
    return event.type, actors, recipients, event.modality


def expected(text: str) -> list[tuple[str, frozenset[str], frozenset[str], str]]:
    found = []
    for part in text.split(";"):
        if part.strip() == "none":
            continue
        type_, parties, modality = part.split()
        if "<>" in parties:
            one, other = parties.split("<>")
            found.append((type_, frozenset((one, *other.split(","))), frozenset(), modality))
        else:
            one, other = parties.split(">")
            found.append((type_, frozenset(one.split(",")), frozenset(c for c in other.split(",") if c), modality))
    return found


def key(event: tuple[str, frozenset[str], frozenset[str], str]) -> tuple[str, list[str], list[str], str]:
    return event[0], sorted(event[1]), sorted(event[2]), event[3]


@pytest.mark.parametrize(("number", "sentence", "events"), rows(), ids=lambda value: str(value)[:40])
def test_sentence(number: int, sentence: str, events: str) -> None:
    found = sorted((told(event) for event in code(sentence)), key=key)
    assert found == sorted(expected(events), key=key), f"events.tsv:{number}"


def paragraph_code(text: str) -> tuple[Document, tuple[Event, ...]]:
    document, seen = annotate(prepare(Document(id="doc", text=text), BOOK), BOOK)
    return document, code_events(document, seen, BOOK)


REPORT = """China lifts ban on Australian lobster

SYDNEY, 3 June 2024 - China has lifted its ban on Australian lobster, the trade ministry in Canberra said on Monday.

Beijing imposed the ban in November 2020, weeks after Australia had called for an inquiry. The ban was lifted after
ministers of the two countries met in Shanghai on 20 May 2024. China did not lift its ban on Australian timber.
"""


def test_restatements_are_one_event_with_all_its_evidence() -> None:
    _, events = paragraph_code(REPORT)
    lifted = [event for event in events if event.type == "CONCEDE"]
    assert len(lifted) == 1
    assert len(lifted[0].evidence) >= 2
    imposed = [event for event in events if event.type == "SANCTION"]
    assert [event.modality for event in imposed] == ["occurred"]
    assert sum(event.type == "CONSULT" for event in events) == 1


def test_dates_are_those_of_the_acts() -> None:
    _, events = paragraph_code(REPORT)
    dates = {event.type: event.date for event in events}
    assert str(dates["SANCTION"]) == "2020-11-01/2020-11-30"
    assert str(dates["CONSULT"]) == "2024-05-20"


@pytest.mark.parametrize("text", [REPORT, *[sentence for _, sentence, _ in rows()[::9]]], ids=lambda text: text[:30])
def test_an_event_is_well_formed(text: str) -> None:
    document, events = paragraph_code(text)
    ids = [event.id for event in events]
    assert len(ids) == len(set(ids))
    for event in events:
        assert event.quad == BOOK.ontology.quad(event.type)
        assert event.intensity == BOOK.ontology.intensity(event.type, event.mode)
        assert set(event.contexts) <= set(BOOK.ontology.contexts)
        assert 0 < event.confidence <= 0.97
        assert event.actors
        assert event.origin.rule
        for evidence in event.evidence:
            assert evidence.text == document.text[evidence.start : evidence.end]
            assert len(evidence.text.split()) <= 27
    assert paragraph_code(text)[1] == events


def test_confidence_falls_with_what_is_guessed() -> None:
    told = code("China imposed a ban on Japanese seafood.")[0]
    noun = code("China's ban on Japanese seafood angered many.")[0]
    guessed = code("Japan and China quarrelled. A ban on Japanese seafood was imposed.")[0]
    assert told.confidence > noun.confidence
    assert told.confidence > guessed.confidence


DYAD = """Kenya and Somalia quarrel over a maritime border

NAIROBI, 13 June 2025 - Kenya imposed a ban on Somali fish on Monday. Somalia answered by expelling the Kenyan envoy.

Each government blames the other. Talks stalled. The ministers met for about an hour on Thursday.
The two sides held the first summit between Kenya and Somalia since 2019. "We reject the 2009 memorandum," a Kenyan
minister said.
"""


def test_in_a_text_about_two_each_acts_on_the_other() -> None:
    _, events = paragraph_code(DYAD)
    blamed = [event for event in events if event.type == "ACCUSE"]
    assert len(blamed) == 1
    assert {actor.code for actor in (*blamed[0].actors, *blamed[0].recipients)} == {"KEN", "SOM"}
    assert all(len({actor.code for actor in (*event.actors, *event.recipients)}) == 2 for event in events)


def test_dates_of_other_things_are_not_the_acts() -> None:
    _, events = paragraph_code(DYAD)
    dates = {event.evidence[0].text: event.date for event in events}
    assert not any(date and date.start.year in (2009, 2019) for date in dates.values())
    met = next(date for text, date in dates.items() if "met for" in text)
    assert str(met) == "2025-06-12"


def test_a_text_about_one_state_gets_no_second_party() -> None:
    _, events = paragraph_code("Peru raised taxes. The government met farmers. Talks resumed. The ban was lifted.")
    assert not events
