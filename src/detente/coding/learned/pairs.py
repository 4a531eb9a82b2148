"""What a sentence says one party does to another: probabilities over the event types and "none"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from detente.codebook import Codebook
from detente.coding.events.detect import pages
from detente.coding.events.discourse import Discourse
from detente.coding.learned.heads import TYPES, Array, softmax
from detente.coding.learned.parties import MUTUAL
from detente.coding.learned.scene import Party, Sight, Spot, quoted_tokens, ruled_in, sights
from detente.engines.encoder.model import Marked
from detente.engines.encoder.tokens import Tokens
from detente.model import Actor, Annotations

if TYPE_CHECKING:
    from detente.coding.learned.code import EventModel

ACTOR, RECIPIENT = "actor", "recipient"
NOTHING = 0.98
"""From which probability of "none" on a word is passed over."""
FLOOR = 1e-6
MARKS = "@", "#"
"""What stands before and after the head word of the actor and of the recipient."""


class PairSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How scores become probabilities, fitted on the single sentences of the bank's dev part.

    The words' score of a type is the best, over the words, of log p(type) + `roles` · (log p(actor) + log
    p(recipient)), that of "none" is `none`. `words` times that is added to the logits of the marked pair; all are
    multiplied by `sharp`.
    """

    roles: float = 0.5
    sharp: float = 1.0
    none: float = -4.0
    words: float = 0.5


def place(found: Sequence[Sight], actor: str, recipient: str) -> Sight:
    """The sentence with the two given parties as its candidates.

    Of several sentences the first that names both is taken, else the first that names one, else the first.
    """
    names = [_spots(sight, actor) for sight in found], [_spots(sight, recipient) for sight in found]
    best = max(range(len(found)), key=lambda n: (bool(names[0][n]) + bool(names[1][n]), -n))
    sight = found[best]
    parties = tuple(
        Party(Actor(code=side, kind="other", name=phrase), tuple(spots[best]), rank, False)
        for rank, (side, phrase, spots) in enumerate(((ACTOR, actor, names[0]), (RECIPIENT, recipient, names[1])))
    )
    return Sight(sight.page, sight.first, sight.last, parties, sight.before)


def _spots(sight: Sight, phrase: str) -> list[Spot]:
    """Where a sentence names a phrase: the head of its words."""
    tree = sight.page.tree
    text = sight.page.paragraph.parse.text
    found = []
    for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE):
        inside = [
            i for i in range(sight.first, sight.last) if tree.idx[i] < match.end() and tree.end[i] > match.start()
        ]
        if inside:
            head = next((i for i in inside if tree.head[i] == i or tree.head[i] not in inside), inside[-1])
            found.append(Spot(head, "name", "given", True))
    return found


def mark(words: Sequence[str], actor: int | None, recipient: int | None, tokens: Tokens) -> Marked:
    """A sentence with its two parties marked, as Zhou and Chen (2021, "typed entity markers") do with punctuation.

    Args:
        words: The sentence.
        actor: The head word of the actor; None where it is not named.
        recipient: That of the recipient.
        tokens: The word pieces.
    """
    told: list[str] = []
    opened: dict[str, int] = {}
    for at, word in enumerate(words):
        signs = [sign for sign, head in zip(MARKS, (actor, recipient), strict=True) if head == at]
        for sign in signs:
            opened[sign] = len(told)
            told.append(sign)
        told.append(word)
        told.extend(reversed(signs))
    packed = tokens.pack(told)
    first, second = (packed.words[opened[sign]] if sign in opened else 0 for sign in MARKS)
    return Marked(packed, (first, second))


def scores(pair: Array, types: Array, roles: Array, settings: PairSettings) -> Array:
    """Log scores of "none" and each type.

    Args:
        pair: Logits of the marked pair.
        types: Probabilities of each word's type, "none" first.
        roles: For each word and type the probabilities of (the actor as actor, the recipient as recipient).
        settings: See `PairSettings`.
    """
    both = np.log(np.clip(roles, 1e-6, 1)).sum(axis=-1)
    each = np.log(np.clip(types[:, 1:], 1e-6, 1)) + settings.roles * both
    told = np.concatenate([[settings.none], each.max(axis=0)])
    return np.asarray((pair + settings.words * told) * settings.sharp, dtype=np.float32)


def rank(seen: Annotations, actor: str, recipient: str, book: Codebook, model: EventModel) -> dict[str, float]:
    """Probabilities of the 16 types and "none" for two parties of an annotated sentence, likeliest first."""
    found = softmax(scores(*look(seen, actor, recipient, book, model), model.pairs))
    order = np.argsort(-found, kind="stable")
    return {("none", *TYPES)[n]: float(found[n]) for n in order}


def look(
    seen: Annotations, actor: str, recipient: str, book: Codebook, model: EventModel
) -> tuple[Array, Array, Array]:
    """The logits of the marked pair; for each word of a sentence the probabilities of its types, and of the two
    parties' roles for each type.
    """
    from detente.coding.learned.code import Scene, View, role_scores

    paged, discourse = pages(seen, book), Discourse(seen, book.lexicon)
    scene = Scene(ruled_in(paged, discourse, book), discourse, book.lexicon)
    sight = place(sights(paged, seen), actor, recipient)
    (reading,) = model.readings([sight], scene.ruled)
    view = View(sight, reading, quoted_tokens(sight, seen), scene)
    roles = np.full((len(reading.types), len(TYPES), 2), FLOOR, dtype=np.float32)
    for word in np.flatnonzero(reading.types[:, 0] < NOTHING):
        for kind, best in enumerate(role_scores(view, int(word), range(len(TYPES)), model)):
            sides = best.max(axis=1) if reading.mutual[word] > MUTUAL else np.array([best[0, 0], best[1, 1]])
            roles[word, kind] = np.maximum(sides, FLOOR)
    first, second = (party.spots[0].token - sight.first if party.spots else None for party in sight.parties)
    (pair,) = model.reader.pairs([mark(sight.words, first, second, model.tokens)])
    return pair, reading.types, roles
