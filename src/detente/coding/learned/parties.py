"""Which candidates are the parties of an event, out of their probabilities."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.coding.learned.heads import Array

MUTUAL = 0.5
"""From which probability on the parties act together."""


class Choice(NamedTuple):
    """Actors and recipients as numbers of candidates; `score` is the probability of the least sure side."""

    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    reciprocal: bool
    score: float


def choose(best: Array, mutual: float, party: float, guess: float) -> Choice | None:
    """The parties of an event; None where no actor is likely enough.

    Args:
        best: For each candidate the probabilities that it is actor and recipient.
        mutual: The probability that the parties act together.
        party: From which probability on a candidate is a party.
        guess: From which the likeliest is, where none reaches `party`.
    """
    return _together(best, party, guess) if mutual > MUTUAL else _one_sided(best, party, guess)


def _together(best: Array, party: float, guess: float) -> Choice | None:
    either = best.max(axis=1)
    order = [int(n) for n in np.argsort(-either, kind="stable")]
    chosen = [n for n in order if either[n] >= party]
    if len(chosen) < 2:
        chosen = [n for n in order[:2] if either[n] >= guess]
    if not chosen:
        return None
    return Choice((chosen[0],), tuple(chosen[1:]), len(chosen) > 1, float(either[chosen[-1]]))


def _one_sided(best: Array, party: float, guess: float) -> Choice | None:
    actors = [n for n, (actor, recipient) in enumerate(best) if actor >= party and actor >= recipient]
    if not actors:
        likeliest = int(best[:, 0].argmax())
        if best[likeliest, 0] < guess:
            return None
        actors = [likeliest]
    others = [n for n in range(len(best)) if n not in actors]
    recipients = [n for n in others if best[n, 1] >= party]
    if not recipients and others:
        likeliest = max(others, key=lambda n: best[n, 1])
        recipients = [likeliest] if best[likeliest, 1] >= guess else []
    score = min(best[n, 0] for n in actors)
    if recipients:
        score = min(score, min(best[n, 1] for n in recipients))
    return Choice(tuple(actors), tuple(recipients), False, float(score))
