"""What a larger network says of the training examples, for a small one to learn from (Hinton et al. 2015).

The teacher is what `make model-large` trains. Beside the bank it labels the project's own sentences that nobody has
annotated for events: those of the case tables of other layers, and the demonstration's dispatches.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from detente.codebook import Codebook
from detente.coding.learned.code import EventModel
from detente.coding.learned.heads import softmax
from detente.model import Document, document_id
from detente.text.annotate import annotate, prepare
from training.encoder.examples import Example, of_document
from training.encoder.pairs import INSIDE, PairExample, shares

SHARE = 0.5
"""How much of a target is the teacher's where the annotators' is known."""
TABLES = ("coding/statements", "coding/figures", "coding/drivers", "text/times", "text/actors", "engines/modality")
COLUMNS = ("sentence", "text")
SHORTEST = 5
"""Words; what is shorter is no sentence."""


def own_texts(root: Path) -> Iterator[str]:
    """The project's sentences and dispatches without annotated events; those of the events' own cases are left out."""
    for name in TABLES:
        room, table = name.split("/")
        with (root / "tests" / room / "cases" / f"{table}.tsv").open(encoding="utf-8", newline="") as lines:
            told = (line for line in lines if not line.startswith("#"))
            for row in csv.DictReader(told, delimiter="\t", quoting=csv.QUOTE_NONE):
                text = next((row[column] for column in COLUMNS if row.get(column)), "")
                if len(text.split()) >= SHORTEST:
                    yield text
    for path in sorted((root / "src/detente/data/demo").glob("*.txt")):
        yield path.read_text("utf-8")


def plain(texts: Sequence[str], book: Codebook) -> Iterator[Example]:
    """The sentences of texts of which nothing is known."""
    for text in texts:
        document, seen = annotate(prepare(Document(id=document_id(text, ""), text=text), book), book)
        for example in of_document(document, seen, [], book):
            yield replace(example, plain=True)


def plain_pairs(found: Sequence[Example], seed: int = 0) -> Iterator[PairExample]:
    """For each plain sentence that names two parties a pair of them by lot, in both directions."""
    lot = random.Random(seed)
    for example in found:
        if example.plain and len(example.named) > 1:
            one, other = (example.named[code] for code in lot.sample(sorted(example.named), 2))
            for actor, recipient in ((one, other), (other, one)):
                yield PairExample(tuple(example.words), actor, recipient, shares([0]), INSIDE, plain=True)


def of_words(found: Sequence[Example], model: EventModel) -> list[Example]:
    """The examples with what a model says of each word."""
    packed = [(model.tokens.pack(example.words, ()), example.rules) for example in found]
    return [
        replace(example, taught=[[round(float(share), 4) for share in word] for word in reading.types])
        for example, reading in zip(found, model.reader.read(packed), strict=True)
    ]


def of_pairs(found: Sequence[PairExample], model: EventModel) -> list[PairExample]:
    """The pairs with their targets mixed with what a model says of them."""
    logits = model.reader.pairs([one.marked(model.tokens) for one in found])
    return [
        replace(one, target=tuple(mixed(one.target, softmax(row).tolist(), one.plain)))
        for one, row in zip(found, logits, strict=True)
    ]


def mixed(target: Sequence[float], told: Sequence[float], plain: bool) -> list[float]:
    """A target with the teacher's share; of a plain sentence the teacher's alone."""
    share = 1.0 if plain else SHARE
    return [(1 - share) * one + share * other for one, other in zip(target, told, strict=True)]
