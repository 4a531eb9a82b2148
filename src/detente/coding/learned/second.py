"""A second look at a possible event: the sentence is read once more with the two parties marked.

The first reading knows the word, this one the parties: together they tell the type better, and an event of which the
second sees nothing can be dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from detente.coding.learned.heads import Array, softmax
from detente.coding.learned.pairs import FLOOR, mark
from detente.coding.learned.scene import Sight
from detente.model import Actor

if TYPE_CHECKING:
    from detente.coding.learned.code import EventModel, View


def head_in(sight: Sight, actors: Iterable[Actor], trigger: int) -> int | None:
    """The word, counted from the sentence's first, that names one of some actors nearest to a trigger; None: none."""
    codes, countries = {actor.code for actor in actors}, {actor.country for actor in actors if actor.country}
    named = [party for party in sight.parties if party.spots]
    meant = [p for p in named if p.actor.code in codes] or [p for p in named if p.actor.country in countries]
    spots = [spot.token for party in meant for spot in party.spots]
    return min(spots, key=lambda token: abs(token - trigger)) - sight.first if spots else None


def chances(view: View, trigger: int, actors: Sequence[Actor], recipients: Sequence[Actor], model: EventModel) -> Array:
    """Probabilities of "none" and the types between two parties; all alike where the sentence names neither."""
    heads = head_in(view.sight, actors, trigger), head_in(view.sight, recipients, trigger)
    if heads[0] == heads[1]:
        heads = heads[0], None
    if heads not in view.pairs:
        if heads == (None, None):
            view.pairs[heads] = np.full(view.reading.types.shape[1], 1 / view.reading.types.shape[1], dtype=np.float32)
        else:
            (logits,) = model.reader.pairs([mark(view.sight.words, *heads, model.tokens)])
            view.pairs[heads] = softmax(logits)
    return view.pairs[heads]


def weighed(row: Array, pair: Array, weight: float) -> Array:
    """The probabilities of a word's types after the second look; that of "none" stays.

    Args:
        row: Those of the first reading.
        pair: Those of the second.
        weight: How much the second counts; 1 as much as the first.
    """
    told = np.log(np.clip(row[1:], FLOOR, 1)) + weight * np.log(np.clip(pair[1:], FLOOR, 1))
    kinds = softmax(np.asarray(told, dtype=np.float32))
    return np.concatenate([row[:1], (1 - row[0]) * kinds]).astype(np.float32)
