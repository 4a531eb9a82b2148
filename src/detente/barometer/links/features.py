"""What speaks for each entity as the answer to (s, r, ?) at a moment: columns of logarithms of shares and counts.

Columns of all entities (`Everyone`): how often the relation had them as object, how often anything had. Columns of the
few that the subject is near to (`Near`): past events of the triple, of the pair, one- and two-step rules. A column is
nought where nothing speaks. The first of each are a recurrency scorer: what all have of it, and what the near add.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.barometer.links.history import HALF_LIVES, History
from detente.barometer.links.quads import Floats, Ints
from detente.barometer.links.rules import Rules

_K = len(HALF_LIVES)
_SLOW, _MID = 3, 2  # half-lives of 70 and 25 steps, nearest to the rates .01 and .03
_PARTNERS, _STEPS = 120, 60  # of two-step walks: the likeliest first steps, and second steps of each

EVERYONE = (
    "recurrency of the relation",
    *(f"share of the relation's objects, half-life {h:g}" for h in HALF_LIVES),
    *(f"share of all objects, half-life {h:g}" for h in HALF_LIVES),
    "how often the relation",
    "how narrow its objects",
    "how it repeats itself",
)
NEAR = (
    "recurrency",
    *(f"share of what the subject did so, half-life {h:g}" for h in HALF_LIVES),
    *(f"count of the triple, half-life {h:g}" for h in HALF_LIVES),
    "triple seen",
    "triple seen yesterday",
    "age of the triple",
    *(f"share of what the subject did, half-life {h:g}" for h in HALF_LIVES),
    *(f"count of the pair, half-life {h:g}" for h in HALF_LIVES),
    "pair seen",
    "pair seen yesterday",
    "age of the pair",
    "one-step rules, fast",
    "one-step rules, slow",
    "best one-step rule",
    "partner of a partner",
    "partner of a partner, same relation",
    "two-step rules",
    "best two-step rule",
    "how often the subject",
    "how often the subject did so",
)


def _log(values: Floats, floor: float) -> Floats:
    """Logarithms that are nought at nought: log(1 + x / floor)."""
    found: Floats = np.log1p(values / np.float32(floor))
    return found


def everyone(history: History, rules: Rules, r: int) -> Floats:
    """Columns of all entities for a relation: [entities, len(EVERYONE)]. The last ones are alike for all."""
    relation = history.relation_counts(r).T
    objects = history.object_counts()
    shares = (counts / np.maximum(counts.sum(axis=0), 1e-6) for counts in (relation, objects))
    first, second = shares
    habits = np.array([np.log1p(relation[:, -1].sum()), (first[:, -1] ** 2).sum(), rules.one[r, r]], dtype=np.float32)
    return np.column_stack(
        (
            _log(0.05 * first[:, -1], 1e-4),
            _log(first, 1e-4),
            _log(second, 1e-5),
            np.broadcast_to(habits, (len(first), len(habits))),
        )
    )


@dataclass(frozen=True)
class Walks:
    """Two-step walks from a subject: places in `near`, relations and weight of each."""

    place: Ints
    body: Ints
    second: Ints
    weight: Floats


@dataclass(frozen=True)
class Around:
    """What is the same for all relations of a subject: who is near, the pairs, the walks."""

    s: int
    near: Ints
    pair_place: Ints
    triple_place: Ints
    triples: slice
    triple_counts: Floats
    pair_columns: Floats
    pair_share: Floats
    walks: Walks
    through: Floats


def around(history: History, s: int) -> Around:
    """Gathers what is near a subject, at the history's moment."""
    pairs, triples = history.pairs_of(s), history.triples_of(s)
    partners = history.pair_o[pairs]
    counts = history.pair_counts(pairs)
    shares = counts / np.maximum(counts.sum(axis=0), 1e-6)
    second, first_r, second_triple, weight = _walk(history, s, triples, pairs.start, shares)
    ends = history.triple_o[second_triple]
    near = np.unique(np.concatenate((partners, ends)))
    pair_place = np.searchsorted(near, partners)
    walks = Walks(np.searchsorted(near, ends), first_r * history.relations + second, second, weight)
    age = (history.now - history.pair_last[pairs]).astype(np.float32)
    columns = np.zeros((len(near), 2 * _K + 3), dtype=np.float32)
    columns[pair_place] = np.column_stack(
        (_log(shares, 1e-3), _log(counts, 0.1), np.ones_like(age), age == 1, 1 / np.sqrt(age))
    )
    pair_share = np.zeros((len(near), _K), dtype=np.float32)
    pair_share[pair_place] = shares
    through = np.bincount(walks.place, weight, minlength=len(near)).astype(np.float32)
    place = pair_place[history.triple_pair[triples] - pairs.start]
    return Around(
        s, near, pair_place, place, triples, history.triple_counts(triples), columns, pair_share, walks, through
    )


def _walk(history: History, s: int, triples: slice, base: int, shares: Floats) -> tuple[Ints, Ints, Ints, Floats]:
    """Second relation, first relation, second triple and weight of walks from `s` by its likeliest first steps."""
    counts = history.triple_counts(triples)[:, 1:3].sum(axis=1)
    first = np.argsort(-counts, kind="stable")[:_PARTNERS]
    spans = [history.triples_of(int(x)) for x in history.triple_o[triples][first]]
    # Triples are numbered by the day first seen; the newest of a partner stand for its walks.
    starts = np.array([max(span.start, span.stop - _STEPS) for span in spans], dtype=np.int64)
    sizes = np.array([span.stop for span in spans], dtype=np.int64) - starts
    owner = np.repeat(np.arange(len(spans)), sizes)
    second = starts[owner] + np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    mine = history.triple_o[second] != s
    owner, second = owner[mine], second[mine]
    strength = history.triple_counts(second)[:, 1:3].sum(axis=1)
    total = np.bincount(owner, strength, minlength=len(spans)).astype(np.float32)
    head = counts[first] / max(float(counts.sum()), 1e-6)
    weight = head[owner] * strength / np.maximum(total[owner], 1e-6)
    return history.triple_r[second], history.triple_r[triples][first][owner], second, weight.astype(np.float32)


def near(history: History, rules: Rules, place: Around, r: int, popular: Floats) -> Floats:
    """Columns of the entities near a subject for a relation: [len(place.near), len(NEAR)].

    Args:
        history: The past.
        rules: What was learned from it.
        place: Of the subject.
        r: The relation asked.
        popular: Share of the relation's objects over all time, for all entities.
    """
    size = len(place.near)
    relations = history.triple_r[place.triples]
    same = np.flatnonzero(relations == r)
    at = place.triple_place[same]
    counts = np.zeros((size, _K), dtype=np.float32)
    counts[at] = place.triple_counts[same]
    shares = counts / np.maximum(counts.sum(axis=0), 1e-6)
    age = np.full(size, np.inf, dtype=np.float32)
    age[at] = history.now - history.triple_last[place.triples][same]
    seen = np.isfinite(age).astype(np.float32)
    confidence = rules.one[relations, r]
    steps = [np.bincount(place.triple_place, confidence * place.triple_counts[:, k], minlength=size) for k in (1, 3)]
    best = np.zeros(size, dtype=np.float32)
    np.maximum.at(best, place.triple_place, confidence * np.minimum(place.triple_counts[:, 2], 1.0))
    walks = place.walks
    alike = np.bincount(walks.place, walks.weight * (walks.second == r), minlength=size)
    trust = rules.of(r, walks.body)
    two = np.bincount(walks.place, walks.weight * trust, minlength=size)
    best_two = np.zeros(size, dtype=np.float32)
    np.maximum.at(best_two, walks.place, trust)
    share = popular[place.near]
    recurrency = (
        0.3 * np.exp(-0.03 * age) + shares[:, _MID] + 0.5 * place.pair_share[:, _SLOW] * (1 + 150 * share)
    ) + 0.05 * share
    return np.column_stack(
        (
            _log(recurrency, 1e-4) - _log(0.05 * share, 1e-4),
            _log(shares, 1e-3),
            _log(counts, 0.1),
            seen,
            age == 1,
            1 / np.sqrt(age),
            place.pair_columns,
            *(_log(step.astype(np.float32), 1e-2) for step in steps),
            _log(best, 1e-2),
            _log(place.through, 1e-4),
            _log(alike.astype(np.float32), 1e-5),
            _log(two.astype(np.float32), 1e-6),
            _log(best_two, 1e-3),
            np.full(size, np.log1p(place.triple_counts[:, -1].sum())),
            np.full(size, np.log1p(place.triple_counts[same, -1].sum())),
        )
    ).astype(np.float32)
