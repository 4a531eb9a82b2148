"""Examples of pairs: what a sentence says one marked party does to another.

They come from the single sentences, and from the passages' events whose actor and recipient the sentence names.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.codebook import Codebook
from detente.coding.events.detect import pages
from detente.coding.learned.heads import TYPES
from detente.coding.learned.pairs import mark, place
from detente.coding.learned.scene import sights
from detente.engines.encoder.model import Marked
from detente.engines.encoder.tokens import Tokens
from detente.pipeline.face import annotated
from training.encoder.examples import Example

Pair = tuple[str | None, str | None]
SINGLE, INSIDE, NOTHING = 1.0, 0.6, 0.3
"""The weight of a single sentence, of a pair inside a passage, and of one of which nothing is told."""


@dataclass(frozen=True)
class PairExample:
    """A sentence's words, the heads of its two parties (None where it does not name one), and shares of the types.

    Of a `plain` one only a teacher's shares are known.
    """

    words: tuple[str, ...]
    actor: int | None
    recipient: int | None
    target: tuple[float, ...]
    weight: float
    plain: bool = False

    def marked(self, tokens: Tokens) -> Marked:
        """Its pieces with the marks in."""
        return mark(self.words, self.actor, self.recipient, tokens)


def singles(rows: Sequence[dict[str, str]], book: Codebook) -> Iterator[PairExample]:
    """The single sentences that name a pair."""
    for row in rows:
        if not row["actor"] or not row["recipient"]:
            continue
        seen = annotated(row["sentence"], book)
        sight = place(sights(pages(seen, book), seen), row["actor"], row["recipient"])
        heads = [party.spots[0].token - sight.first if party.spots else None for party in sight.parties]
        kind = 0 if row["type"] == "NONE" else 1 + TYPES.index(row["type"])
        yield PairExample(tuple(sight.words), heads[0], heads[1], shares([kind]), SINGLE)


def inside(found: Sequence[Example], seed: int = 0) -> Iterator[PairExample]:
    """Pairs of the sentences of passages, and parties whose counterpart the sentence does not name.

    Of pairs and parties of which nothing is told, one a sentence is taken by lot.
    """
    lot = random.Random(seed)
    for example in found:
        if example.weak:
            continue
        told = _told(example)
        for (actor, recipient), kinds in told.items():
            yield _pair(example, actor, recipient, kinds, INSIDE)
        parties = (*example.named, None)
        acting = {code for pair in told for code in pair if code is not None}
        silent = [(a, b) for a in parties for b in parties if a != b and not {a, b} & acting]
        if silent:
            yield _pair(example, *lot.choice(silent), [0], NOTHING)


def _told(example: Example) -> dict[Pair, list[int]]:
    """The types told of each pair of parties; None stands for a party that the sentence does not name."""
    told: dict[Pair, list[int]] = {}
    for label in example.labels:
        kind = 1 + TYPES.index(label.type)
        actors: list[str | None] = [code for code in sorted(label.actors) if code in example.named]
        recipients: list[str | None] = [
            code for code in sorted(label.recipients - label.actors) if code in example.named
        ]
        for actor in actors or [None]:
            for recipient in recipients or [None]:
                if actor is None and recipient is None:
                    continue
                told.setdefault((actor, recipient), []).append(kind)
                if label.reciprocal:
                    told.setdefault((recipient, actor), []).append(kind)
    return told


def _pair(
    example: Example, actor: str | None, recipient: str | None, kinds: Sequence[int], weight: float
) -> PairExample:
    heads = (None if code is None else example.named[code] for code in (actor, recipient))
    return PairExample(tuple(example.words), *heads, shares(kinds), weight)


def shares(kinds: Sequence[int]) -> tuple[float, ...]:
    """The share of "none" (0) and each type in some kinds."""
    return tuple(kinds.count(n) / len(kinds) for n in range(len(TYPES) + 1))
