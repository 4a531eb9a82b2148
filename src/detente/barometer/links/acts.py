"""What one may do to another next: a chance for each kind of act within some days, with the past events that say so.

A logistic regression over all pairs: how often and how lately the actor did just that to the recipient, what else
passed between the two, how often such an act followed what passed (one-step rules), and how common the act is. It is
learned from the archive's own past, moment by moment, each from what was known then.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.barometer.links.history import History
from detente.barometer.links.quads import Quads
from detente.barometer.links.rules import Rules, learn
from detente.barometer.spread import Floats

LEAST = 30
"""Acts that came true, to learn chances from; with fewer there are none."""
_LIVE = 365
"""Days after which a silent pair teaches nothing."""
_MOST = 4000
_FADING = 70.0


@dataclass(frozen=True)
class Act:
    """A kind of act that may come: its number, its chance within the window, how much more that is than for any pair.

    `cited` are the numbers of past events (rows as given), the strongest first.
    """

    relation: int
    chance: float
    usual: float
    cited: tuple[int, ...]


@dataclass(frozen=True)
class Acts:
    """The learned chances; `window` in steps, `taught` how many acts had come true where they were learned."""

    history: History
    rules: Rules
    weights: Floats
    usual: Floats
    window: int
    taught: int

    def __call__(self, s: int, o: int) -> list[Act]:
        """All kinds of acts of `s` towards `o`, the likeliest first, at the history's moment."""
        chances = _chance(columns(self.history, self.rules, s, o) @ self.weights)
        order = np.lexsort((np.arange(len(chances)), -chances))
        return [Act(int(r), float(chances[r]), float(self.usual[r]), self._cited(s, o, int(r))) for r in order]

    def _cited(self, s: int, o: int, r: int, most: int = 3) -> tuple[int, ...]:
        quads = self.history.quads
        stop = int(np.searchsorted(quads.t, self.history.now))
        mine = np.flatnonzero((quads.s[:stop] == s) & (quads.o[:stop] == o))
        trust = np.where(quads.r[mine] == r, 1.0, self.rules.one[quads.r[mine], r])
        worth = trust * 0.5 ** ((self.history.now - quads.t[mine]) / _FADING)
        order = np.lexsort((-quads.t[mine], -worth))
        rows = [int(quads.row[mine[i]]) for i in order if worth[i] > 0]
        return tuple(dict.fromkeys(rows))[:most]


def columns(history: History, rules: Rules, s: int, o: int) -> Floats:
    """What is known of a pair for each kind of act: [relations, columns]; nought where nothing passed."""
    m = history.quads.relations
    mine = history.triples_of(s)
    between = np.flatnonzero(history.triple_o[mine] == o) + mine.start
    relations = history.triple_r[between]
    counts = history.triple_counts(between).astype(np.float64)
    same = np.zeros((m, counts.shape[1] + 1))
    given = relations < m
    same[relations[given], :-1] = np.log1p(counts[given])
    same[relations[given], -1] = 1 / np.sqrt(history.now - history.triple_last[between][given])
    body = np.minimum(counts[:, 2:4], 1.0)
    followed = np.array([(rules.one[relations, r] * (relations != r)) @ body for r in range(m)]).reshape(m, 2)
    pair = np.log1p(counts.sum(axis=0)) if len(between) else np.zeros(counts.shape[1])
    common = np.array([history.relation_counts(r)[3].sum() for r in range(m)])
    base = np.log(common / max(common.sum(), 1e-9) + 1e-3)
    return np.column_stack((np.ones(m), same, followed, np.tile(pair, (m, 1)), base, base * pair[3]))


def learn_acts(quads: Quads, now: int, *, window: int = 30, seed: int = 0) -> Acts | None:
    """The chances of acts at a moment, learned from all before it; None where too few acts came true.

    Args:
        quads: The events, one step a day.
        now: The moment.
        window: Days within which an act counts as come true.
        seed: Of the choice of pairs, where they are many.
    """
    rng = np.random.default_rng(seed)
    first = int(quads.t[0]) if len(quads) else 0
    middle = first + (now - first) // 3
    history = History(quads)
    seen: list[Floats] = []
    came: list[Floats] = []
    origins = range(middle, now - window + 1, window)
    for origin in origins:
        history.move_to(origin)
        rules = learn(quads, origin, window=window, walks=0)
        live = np.flatnonzero(history.pair_last >= max(0, origin - _LIVE))
        live = rng.permutation(live)[: max(1, _MOST // len(origins))]
        low, high = np.searchsorted(quads.t, (origin, origin + window))
        ahead = {
            (int(s), int(o), int(r))
            for s, o, r in zip(*(c[low:high] for c in (quads.s, quads.o, quads.r)), strict=True)
        }
        for pair in live:
            s, o = int(history.pair_s[pair]), int(history.pair_o[pair])
            seen.append(columns(history, rules, s, o))
            came.append(np.array([(s, o, r) in ahead for r in range(quads.relations)], dtype=np.float64))
    if not came or np.sum(came) < LEAST:
        return None
    weights = _logistic(np.concatenate(seen), np.concatenate(came))
    history.move_to(now)
    return Acts(
        history, learn(quads, now, window=window, walks=0), weights, np.mean(came, axis=0), window, int(np.sum(came))
    )


def _chance(odds: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return found


def _logistic(x: Floats, y: Floats, *, penalty: float = 1.0, rounds: int = 25) -> Floats:
    """Weights of a ridge logistic regression, by Newton's method; the first column is not held down."""
    weights = np.zeros(x.shape[1])
    hold = np.full(x.shape[1], penalty)
    hold[0] = 1e-6
    for _ in range(rounds):
        chance = _chance(x @ weights)
        slope = x.T @ (chance - y) + hold * weights
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + np.diag(hold)
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-6:
            break
    return weights
