"""How the columns are weighed: a small network that says which of the candidates is the answer (a conditional logit).

The score of a candidate is linear in its columns plus a layer of hidden units, so that columns can matter together: the
habits of a relation decide how much recurrence counts. On top, each relation may deviate linearly from all, held near
nought by a penalty; whether and how strongly is chosen on the later part of what is learned from. Adam, in numpy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.barometer.links.quads import Floats, Ints

HIDDEN = 32
PENALTIES: tuple[float | None, ...] = (None, 10.0)
"""Of the deviations of single relations; with None there are none."""
_DECAY = 3e-3


@dataclass(frozen=True)
class Examples:
    """Questions with candidates, the answer first: columns [n, candidates, columns], relation and step of each.

    `stands` [n, candidates] is the logarithm of how many entities a candidate stands for.
    """

    columns: Floats
    stands: Floats
    relation: Ints
    step: Ints

    def part(self, which: Ints | np.ndarray) -> Examples:
        """Some of the examples."""
        return Examples(self.columns[which], self.stands[which], self.relation[which], self.step[which])


@dataclass(frozen=True)
class Weights:
    """A score is `columns @ (linear + own[r]) + relu(columns @ inner + bias) @ outer`, in columns as they come."""

    linear: Floats
    own: Floats
    inner: Floats
    bias: Floats
    outer: Floats
    penalty: float | None = None

    def score(self, columns: Floats, r: int) -> Floats:
        """The score of each row of columns, for a relation; last columns that are left out are nought."""
        width = columns.shape[1]
        hidden = columns @ self.inner[:width]
        hidden += self.bias
        np.maximum(hidden, 0, out=hidden)
        return np.asarray(columns @ (self.linear + self.own[r])[:width] + hidden @ self.outer)


def plain(columns: dict[int, float], width: int, relations: int) -> Weights:
    """Weights that are given, not learned: linear ones of some columns, by number."""
    linear = np.zeros(width, dtype=np.float32)
    linear[list(columns)] = list(columns.values())
    empty = np.zeros((width, 1), dtype=np.float32)
    one = np.zeros(1, dtype=np.float32)
    return Weights(linear, np.zeros((relations, width), dtype=np.float32), empty, one, one)


def fit(examples: Examples, relations: int, *, seed: int = 0) -> Weights:
    """Weights learned from examples.

    Args:
        examples: In any order.
        relations: How many there are, turned ones included.
        seed: Of the first weights and of the order of learning.
    """
    steps = np.sort(examples.step)
    cut = steps[int(len(steps) * 0.7)] if len(steps) else 0
    early, late = np.flatnonzero(examples.step < cut), np.flatnonzero(examples.step >= cut)
    penalty = None
    if len(early) and len(late):
        learn, check = examples.part(early), examples.part(late)
        merit = [reciprocal(check, _learn(learn, relations, choice, seed)) for choice in PENALTIES]
        penalty = PENALTIES[int(np.argmax(merit))]
    return _learn(examples, relations, penalty, seed)


def reciprocal(examples: Examples, weights: Weights) -> float:
    """The mean reciprocal rank of the answers among what their candidates stand for, ties at their mean rank."""
    total = 0.0
    for columns, stands, r in zip(examples.columns, examples.stands, examples.relation, strict=True):
        scores = weights.score(columns, int(r))
        many = np.exp(stands[1:])
        total += 1 / (1 + many[scores[1:] > scores[0]].sum() + many[scores[1:] == scores[0]].sum() / 2)
    return total / max(len(examples.columns), 1)


def _learn(examples: Examples, relations: int, penalty: float | None, seed: int, *, epochs: int = 15) -> Weights:
    """Minimises the mean log-loss, with weight decay and, for each relation asked, the penalty on its deviation."""
    rng = np.random.default_rng(seed)
    count, _, width = examples.columns.shape
    scale = np.maximum(examples.columns.reshape(-1, width).std(axis=0), 1e-2).astype(np.float32)
    values = [
        np.zeros(width, dtype=np.float32),
        (rng.normal(size=(width, HIDDEN)) / np.sqrt(width)).astype(np.float32),
        np.zeros(HIDDEN, dtype=np.float32),
        (rng.normal(size=HIDDEN) * 0.1).astype(np.float32),
        np.zeros((relations, width), dtype=np.float32),
    ]
    adam = _Adam(values)
    size = 128
    total = epochs * max(1, -(-count // size))
    for step in range(total if count else 0):
        if step % max(1, -(-count // size)) == 0:
            order, low = rng.permutation(count), 0
        rows = order[low : low + size]
        low += size
        asked = examples.relation[rows]
        slopes, single = _slopes(values, examples.columns[rows] / scale, examples.stands[rows], asked)
        slopes = [slope + _DECAY * value for slope, value in zip(slopes, values, strict=False)]
        if penalty is not None:
            own = np.zeros_like(values[4])
            np.add.at(own, asked, single + penalty * values[4][asked] / len(rows))
            slopes.append(own)
        adam.move(slopes, 0.01 * (1 - step / total))
    linear, inner, bias, outer, own = values
    return Weights(linear / scale, own / scale, inner / scale[:, None], bias, outer, penalty)


def _slopes(values: list[Floats], columns: Floats, stands: Floats, asked: Ints) -> tuple[list[Floats], Floats]:
    """Slopes of the mean log-loss by the shared weights, and those by the linear weights of each question."""
    linear, inner, bias, outer, own = values
    size, candidates, width = columns.shape
    flat = columns.reshape(-1, width)
    hidden = np.maximum(flat @ inner + bias, 0).reshape(size, candidates, -1)
    odds = np.einsum("ncf,nf->nc", columns, linear + own[asked]) + hidden @ outer + stands
    odds -= odds.max(axis=1, keepdims=True)
    chance = np.exp(odds)
    chance /= chance.sum(axis=1, keepdims=True)
    chance[:, 0] -= 1.0
    chance /= size
    single = np.einsum("nc,ncf->nf", chance, columns)
    back = chance[:, :, None] * outer * (hidden > 0)
    layer = flat.T @ back.reshape(-1, back.shape[2])
    return [single.sum(axis=0), layer, back.sum(axis=(0, 1)), np.einsum("nc,nch->h", chance, hidden)], single


class _Adam:
    """Adam (Kingma & Ba 2015) on a list of arrays, changed in place."""

    def __init__(self, values: list[Floats]) -> None:
        self.values, self.step = values, 0
        self.mean = [np.zeros_like(value) for value in values]
        self.spread = [np.zeros_like(value) for value in values]

    def move(self, slopes: list[Floats], pace: float) -> None:
        """One step down the slopes of the first so many arrays."""
        self.step += 1
        for at, slope in enumerate(slopes):
            self.mean[at] += 0.1 * (slope - self.mean[at])
            self.spread[at] += 0.01 * (slope**2 - self.spread[at])
            mean, spread = self.mean[at] / (1 - 0.9**self.step), self.spread[at] / (1 - 0.99**self.step)
            self.values[at] -= (pace * mean / (np.sqrt(spread) + 1e-8)).astype(np.float32)
