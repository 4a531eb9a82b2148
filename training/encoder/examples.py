"""Training examples from the bank: sentences with the triggers, modality and parties of their events.

The trigger of an annotated event is the head word of its quote by the parse; the parties are the annotated codes, which
may or may not be named in the sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.codebook import Codebook
from detente.coding.events.detect import pages
from detente.coding.events.discourse import Discourse
from detente.coding.learned.code import NOBODY, Before
from detente.coding.learned.heads import TYPES
from detente.coding.learned.scene import Party, Ruled, Sight, quoted_tokens, rule_types, ruled_in, sights
from detente.coding.learned.traits import clause_at, hint_at, path, traits, with_others
from detente.engines.rules.tree import Tree
from detente.model import Annotations, Document, document_id
from detente.pipeline.face import annotated
from detente.text.annotate import annotate, prepare
from training.clauses import Filled
from training.passages import read

OPTIONAL, CLAUSE = 0.5, 0.7
"""The weights of an event that a careful coder could have left out, and of one of the clause bank."""


@dataclass
class Label:
    """An event of a sentence. `word` counts from the sentence's first token; `reciprocal` None is not told."""

    word: int
    type: str
    others: tuple[str, ...]
    modality: str
    actors: frozenset[str]
    recipients: frozenset[str]
    reciprocal: bool | None
    weight: float


@dataclass
class Example:
    """A sentence as words with its labels and, for each label, the candidates for parties.

    `codes` are the candidates', `named` the words at which the sentence first names each. `spots` holds for each label
    a list of (party, word, traits, path), the word of one that is not named being -1.
    `rules` is the type that the rules find at each word (0 none). A `weak` example says only that the sentence tells
    of such an event, not at which word: it has a label at each word that could be the trigger. `taught` holds what a
    teacher says of each word, as shares of "none" and the types; of a `plain` sentence nothing else is known.
    """

    document: str
    words: list[str]
    before: list[str]
    rules: list[int]
    labels: list[Label]
    codes: list[str]
    spots: list[list[tuple[int, int, list[float], str]]]
    named: dict[str, int]
    weak: bool = False
    plain: bool = False
    taught: list[list[float]] | None = None


def of_passage(path: Path, book: Codebook) -> Iterator[Example]:
    """The sentences of an annotated passage."""
    annotation = json.loads(path.with_suffix(".json").read_text("utf-8"))
    document, seen = read(path, book)
    yield from of_document(document, seen, annotation["events"], book)


def of_document(
    document: Document, seen: Annotations, events: Sequence[dict[str, Any]], book: Codebook
) -> Iterator[Example]:
    """The sentences of one passage."""
    spans = [(event, span, number) for event in events for number, span in enumerate(places(document.text, event))]
    found, ruled, discourse = look(seen, book)
    before = NOBODY
    for sight in found:
        made, before = example(sight, document, seen, spans, Known(ruled, discourse, book.lexicon.light, before))
        yield made


@dataclass
class Known:
    """What is known of a document when a sentence is looked at."""

    ruled: Ruled
    discourse: Discourse
    light: frozenset[str]
    before: Before


def look(seen: Annotations, book: Codebook) -> tuple[list[Sight], Ruled, Discourse]:
    """The sentences of a document, and what the rules find at its tokens."""
    paged, discourse = pages(seen, book), Discourse(seen, book.lexicon)
    return sights(paged, seen), ruled_in(paged, discourse, book), discourse


def example(
    sight: Sight,
    document: Document,
    seen: Annotations,
    spans: Sequence[tuple[dict[str, Any], tuple[int, int], int]],
    known: Known,
) -> tuple[Example, Before]:
    """One sentence with the events whose quotes have their head in it, and the parties of the last of them."""
    tree, base = sight.page.tree, sight.page.paragraph.start
    quoted = quoted_tokens(sight, seen)
    labels, spots, before = [], [], known.before
    heads = [(head_of(tree, start - base, end - base), event, number) for event, (start, end), number in spans]
    here = [(word, event, number) for word, event, number in heads if word is not None]
    for word, event, number in sorted(here, key=lambda item: item[0]):
        if not sight.first <= word < sight.last:
            continue
        labels.append(
            Label(
                word - sight.first,
                event["type"],
                tuple(event.get("alt_types", ())),
                event["modality"],
                frozenset(event["actors"]),
                frozenset(event.get("recipients") or ()),
                bool(event.get("reciprocal")),
                OPTIONAL if event.get("optional") or number else 1.0,
            )
        )
        spots.append(candidates(sight, word, quoted, known, before))
        if event["actors"]:
            before = as_codes(sight, labels[-1].actors), as_codes(sight, labels[-1].recipients)
    made = Example(
        document.path or document.id,
        sight.words,
        list(sight.before),
        rule_types(sight, known.ruled),
        labels,
        [code_of(party) for party in sight.parties],
        spots,
        named(sight),
    )
    return made, before


def code_of(party: Party) -> str:
    """The code by which the annotators name a party: that of its country, where it has one."""
    return party.actor.country or party.actor.code


def named(sight: Sight) -> dict[str, int]:
    """At which word of a sentence each code is named first."""
    found: dict[str, int] = {}
    for party in sight.parties:
        if party.spots:
            found.setdefault(code_of(party), party.spots[0].token - sight.first)
    return found


def as_codes(sight: Sight, countries: frozenset[str]) -> frozenset[str]:
    """Annotated codes as the codes of the actors that bear them, where these are known."""
    known = {code_of(party): party.actor.code for party in sight.parties}
    return frozenset(known.get(code, code) for code in countries)


def candidates(
    sight: Sight, trigger: int, quoted: frozenset[int], known: Known, before: Before
) -> list[tuple[int, int, list[float], str]]:
    """All places of all candidates for the parties of a trigger: party, word, traits and path."""
    clause = clause_at(sight.page.tree, trigger, known.light)
    rule = known.ruled.get((sight.page.number, trigger))
    hint = hint_at(sight, trigger, known.discourse, rule, quoted, before)
    rows = []
    for number, party in enumerate(sight.parties):
        for spot in party.spots or (None,):
            way = "" if spot is None else path(sight.page.tree, trigger, spot.token)
            word = -1 if spot is None else spot.token - sight.first
            rows.append((number, word, traits(sight, clause, party, spot, hint), way))
    rows_ = with_others([row[2] for row in rows], [row[0] for row in rows])
    return [(n, word, full, way) for (n, word, _, way), full in zip(rows, rows_, strict=True)]


def head_of(tree: Tree, start: int, end: int) -> int | None:
    """The token that heads the words between two offsets of a paragraph; None where there are none."""
    inside = [i for i in range(len(tree)) if tree.idx[i] < end and tree.end[i] > start]
    if not inside or start < 0:
        return None
    span = set(inside)
    tops = [
        i for i in inside if tree.pos[i] not in ("PUNCT", "SPACE") and (tree.head[i] == i or tree.head[i] not in span)
    ]
    if not tops:
        return inside[0]
    verbs = [i for i in tops if tree.pos[i] == "VERB"]
    return max(verbs or tops, key=lambda i: sum(tree.left[i] <= k <= tree.right[i] for k in inside))


def places(text: str, event: dict[str, Any]) -> list[tuple[int, int]]:
    """Where the quotes of an event are in a text; the main one first."""
    found = []
    for quote in (event["quote"], *event.get("also", ())):
        at = text.find(quote)
        if at >= 0:
            found.append((at, at + len(quote)))
    return found


def weak_examples(rows: Sequence[dict[str, str]], book: Codebook) -> Iterator[Example]:
    """Single sentences that name actor, recipient and type but not the trigger."""
    for row in rows:
        text = row["sentence"]
        document = Document(id=document_id(text, row["id"]), text=text, path=row["id"])
        document, seen = annotate(prepare(document, book), book)
        found, ruled, discourse = look(seen, book)
        known = Known(ruled, discourse, book.lexicon.light, NOBODY)
        if len(found) != 1:
            continue
        sight = found[0]
        actors, recipients = (frozenset(_codes_in(sight, text, row[side])) for side in ("actor", "recipient"))
        labels, spots = [], []
        quoted = quoted_tokens(sight, seen)
        for i in range(sight.first, sight.last) if row["type"] in TYPES else ():
            if sight.page.tree.pos[i] in ("VERB", "NOUN"):
                labels.append(Label(i - sight.first, row["type"], (), row["modality"], actors, recipients, False, 1.0))
                spots.append(candidates(sight, i, quoted, known, known.before))
        example = Example(
            row["id"],
            sight.words,
            [],
            rule_types(sight, ruled),
            labels,
            [code_of(party) for party in sight.parties],
            spots,
            named(sight),
            weak=True,
        )
        yield example


def of_clause(one: Filled, book: Codebook) -> Example | None:
    """A filled clause as a training example; None where it is not read as one sentence."""
    seen = annotated(one.text, book)
    found, ruled, discourse = look(seen, book)
    if len(found) != 1:
        return None
    (sight,) = found
    labels, spots = [], []
    if one.trigger is not None:
        word = head_of(sight.page.tree, *one.trigger)
        if word is None or not sight.first <= word < sight.last:
            return None
        actors, recipients = (frozenset([code]) for code in one.codes)
        labels.append(
            Label(word - sight.first, one.clause.kind, (), one.clause.modality, actors, recipients, None, CLAUSE)
        )
        known = Known(ruled, discourse, book.lexicon.light, NOBODY)
        spots.append(candidates(sight, word, quoted_tokens(sight, seen), known, NOBODY))
    codes = [code_of(party) for party in sight.parties]
    return Example(one.id, sight.words, [], rule_types(sight, ruled), labels, codes, spots, named(sight))


def _codes_in(sight: Sight, text: str, phrase: str) -> Iterator[str]:
    """The codes of the parties named inside a phrase of the sentence."""
    start, base = text.find(phrase), sight.page.paragraph.start
    for party in sight.parties if start >= 0 else ():
        places = (base + sight.page.tree.idx[spot.token] for spot in party.spots)
        if any(start <= place < start + len(phrase) for place in places):
            yield code_of(party)
