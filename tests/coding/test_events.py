from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.codebook import Codebook
from detente.coding.rules import RuleCoder
from detente.model import Annotations, Document, Event, Interval
from detente.text.mentions import countries, mentions
from detente.text.parse import parse

BOOK = Codebook.load()
CODER = RuleCoder(BOOK)
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
    return CODER.code(document, seen).events


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
