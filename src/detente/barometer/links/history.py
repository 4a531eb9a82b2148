"""What is known of the past at a moment: how often and how lately, for triples, pairs, and relations' objects."""

from __future__ import annotations

import numpy as np

from detente.barometer.links.quads import Floats, Ints, Quads

HALF_LIVES = (2.0, 8.0, 25.0, 70.0, np.inf)
"""Steps after which a past event counts half; the last never fades."""
_RATES = np.log(2.0) / np.array(HALF_LIVES)
_RESCALE = 1e12  # a weight grows to this before all are scaled down: float32 holds 1e38


class History:
    """Fading counts of past events, moved on from step to step; nothing at or after `now` is ever counted.

    Triples (s, r, o) and pairs (s, o) are numbered by subject and within it by the day they were first seen, so what is
    known of a subject at `now` is one slice of the arrays (`triples_of`, `pairs_of`).
    """

    def __init__(self, quads: Quads) -> None:
        self.quads, self.now = quads, 0
        n, m = quads.entities, 2 * quads.relations
        self.entities, self.relations = n, m
        triple_key = (quads.s * m + quads.r) * n + quads.o
        self.event_triple, first, keys = _numbered(triple_key, quads.s, quads.t)
        self.triple_first, self.triple_s = first, keys // (m * n)
        self.triple_r, self.triple_o = keys // n % m, keys % n
        self._triple_from = np.searchsorted(self.triple_s, np.arange(n + 1))
        self.event_pair, self.pair_first, pair_keys = _numbered(quads.s * n + quads.o, quads.s, quads.t)
        self.pair_s, self.pair_o = pair_keys // n, pair_keys % n
        self._pair_from = np.searchsorted(self.pair_s, np.arange(n + 1))
        self.triple_pair = np.zeros(len(keys), dtype=np.int64)
        self.triple_pair[self.event_triple] = self.event_pair
        self._step_from = np.searchsorted(quads.t, np.arange(int(quads.t[-1]) + 2 if len(quads) else 1))
        kinds = len(HALF_LIVES)
        self._triple = np.zeros((len(keys), kinds), dtype=np.float32)
        self._pair = np.zeros((len(pair_keys), kinds), dtype=np.float32)
        self._object = np.zeros((n, kinds), dtype=np.float32)
        self._relation = np.zeros((m, kinds, n), dtype=np.float32)
        self.triple_last = np.full(len(keys), -1, dtype=np.int64)
        self.pair_last = np.full(len(pair_keys), -1, dtype=np.int64)
        self._grow = np.ones(kinds)

    def move_to(self, step: int) -> None:
        """Takes in all events before `step`.

        Raises:
            ValueError: if `step` is before `now`: a history does not forget.
        """
        if step < self.now:
            raise ValueError(f"a history at step {self.now} cannot go back to {step}")
        last = len(self._step_from) - 1
        for at in range(self.now, step):
            if at < last:
                self._take(at, slice(self._step_from[at], self._step_from[at + 1]))
            self._grow *= np.exp(_RATES)
            if self._grow.max() > _RESCALE:
                for counts in (self._triple, self._pair, self._object):
                    counts /= self._grow.astype(np.float32)
                self._relation /= self._grow.astype(np.float32)[None, :, None]
                self._grow[:] = 1.0
        self.now = step

    def _take(self, at: int, events: slice) -> None:
        weight = self._grow.astype(np.float32)
        triple, pair, o, r = (
            self.event_triple[events],
            self.event_pair[events],
            self.quads.o[events],
            self.quads.r[events],
        )
        np.add.at(self._triple, triple, weight)
        np.add.at(self._pair, pair, weight)
        np.add.at(self._object, o, weight)
        for kind in range(len(weight)):
            np.add.at(self._relation[:, kind], (r, o), weight[kind])
        self.triple_last[triple] = at
        self.pair_last[pair] = at

    @property
    def _fade(self) -> Floats:
        """What the stored weights are worth now: an event of the step before counts one."""
        worth: Floats = (np.exp(_RATES) / self._grow).astype(np.float32)
        return worth

    def triples_of(self, s: int) -> slice:
        """The triples of a subject seen before now."""
        return _known(self._triple_from, self.triple_first, s, self.now)

    def pairs_of(self, s: int) -> slice:
        """The pairs of a subject seen before now."""
        return _known(self._pair_from, self.pair_first, s, self.now)

    def triple_counts(self, which: slice | Ints) -> Floats:
        """Fading counts of some triples, a column for each half-life."""
        return self._triple[which] * self._fade

    def pair_counts(self, which: slice | Ints) -> Floats:
        """Fading counts of some pairs, whatever the relation."""
        return self._pair[which] * self._fade

    def object_counts(self) -> Floats:
        """Fading counts of all entities as objects: [entities, half-lives]."""
        return self._object * self._fade

    def relation_counts(self, r: int) -> Floats:
        """Fading counts of all entities as objects of a relation: [half-lives, entities]."""
        counts: Floats = self._relation[r] * self._fade[:, None]
        return counts


def _known(starts: Ints, first: Ints, s: int, now: int) -> slice:
    low, high = int(starts[s]), int(starts[s + 1])
    return slice(low, low + int(np.searchsorted(first[low:high], now)))


def _numbered(keys: Ints, s: Ints, t: Ints) -> tuple[Ints, Ints, Ints]:
    """Numbers keys by subject and first time; gives each event's number, and first time and key by number."""
    unique, at, inverse = np.unique(keys, return_index=True, return_inverse=True)
    order = np.lexsort((unique, t[at], s[at]))  # events are in order of time, so the first is the earliest
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[inverse], t[at][order], unique[order]
