"""Who may be the answer to (s, r, ?) at a moment, with the past events that speak for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from detente.barometer.links.features import EVERYONE, NEAR, Around, around, everyone, near
from detente.barometer.links.history import History
from detente.barometer.links.mix import Examples, Weights, fit
from detente.barometer.links.quads import Floats, Ints, Quads
from detente.barometer.links.rules import Rules, learn

_LIKELY, _USUAL, _LOOSE = 40, 20, 20
"""Candidates beside the answer: the likeliest by a rough score and by habit, and of the near and of all by chance."""
_POOL = _LIKELY + _USUAL + 2 * _LOOSE
_ALIKE, _TWO = NEAR.index("partner of a partner, same relation"), NEAR.index("two-step rules")
_HABIT = EVERYONE.index("share of the relation's objects, half-life 70")


@dataclass(frozen=True)
class Citation:
    """A past event that speaks for a forecast, as it was given: s, r, o and time; `why` names how it speaks."""

    quad: tuple[int, int, int, int]
    weight: float
    why: str


@dataclass
class LinkScorer:
    """Scores all entities as the answer to (s, r, ?) from what was before the history's moment."""

    history: History
    rules: Rules
    weights: Weights
    _around: Around | None = None
    _all: dict[int, tuple[Floats, Floats]] = field(default_factory=dict)
    _moment: int = -1

    def scores(self, s: int, r: int) -> Floats:
        """Log-odds of all entities, up to a constant; `r` of a turned relation asks for the subject."""
        place = self._place(s)
        if r not in self._all:
            columns = everyone(self.history, self.rules, r)
            self._all[r] = columns, self.weights.score(columns, r)
        columns, far = self._all[r]
        scores = far.copy()
        if len(place.near):
            close = near(self.history, self.rules, place, r, _popular(self.history, r))
            scores[place.near] = self.weights.score(np.hstack((columns[place.near], close)), r)
        return scores

    def _place(self, s: int) -> Around:
        if self._moment != self.history.now:
            self._all.clear()
            self._around, self._moment = None, self.history.now
        if self._around is None or self._around.s != s:
            self._around = around(self.history, s)
        return self._around

    def cite(self, s: int, r: int, o: int, *, most: int = 5) -> list[Citation]:
        """The past events that speak most for `o` as the answer, strongest first.

        Events of the triple itself count one, of the pair the confidence of their one-step rule, of a two-step path the
        confidence of its rule; each fades with a half-life of 25 steps.
        """
        quads, now = self.history.quads, self.history.now
        stop = int(np.searchsorted(quads.t, now))
        found: dict[tuple[int, int, int, int], Citation] = {}

        def add(event: int, weight: float, why: str) -> None:
            quad = quads.given(event)
            if weight > 0 and (quad not in found or found[quad].weight < weight):
                found[quad] = Citation(quad, weight, why)

        outward = np.flatnonzero(quads.s[:stop] == s)
        for event in outward[quads.o[outward] == o]:
            fading = _fading(now - int(quads.t[event]))
            if quads.r[event] == r:
                add(int(event), fading, "the same before")
            else:
                add(int(event), float(self.rules.one[quads.r[event], r]) * fading, "what it follows")
        for first, second, trust in self._paths(outward, o, r, stop):
            fading = _fading(now - int(quads.t[second])) * trust
            add(first, fading, "first step of a path")
            add(second, fading, "second step of a path")
        if not found:
            alike = np.flatnonzero((quads.o[:stop] == o) & (quads.r[:stop] == r))[-most:]
            for event in alike:
                add(int(event), 0.01 * _fading(now - int(quads.t[event])), "the same with others")
        return sorted(found.values(), key=lambda item: (-item.weight, item.quad))[:most]

    def _paths(self, outward: Ints, o: int, r: int, stop: int) -> Iterator[tuple[int, int, float]]:
        quads, m = self.history.quads, self.history.relations
        inward = np.flatnonzero(quads.o[:stop] == o)[-400:]
        for first in outward[-400:]:
            after = inward[(quads.s[inward] == quads.o[first]) & (quads.t[inward] >= quads.t[first])]
            trusts = self.rules.of(r, quads.r[first] * m + quads.r[after])
            yield from ((int(first), int(e), float(trust)) for e, trust in zip(after, trusts, strict=True) if trust)


def _fading(age: int) -> float:
    return float(0.5 ** (age / 25))


def _popular(history: History, r: int) -> Floats:
    counts = history.relation_counts(r)[-1]
    return np.asarray(counts / max(float(counts.sum()), 1e-6), dtype=np.float32)


def questions(quads: Quads, low: int, high: int) -> Iterator[tuple[int, dict[tuple[int, int], Ints]]]:
    """For each step in [low, high): the questions (s, r), in order, and the answers that came true."""
    for step in range(low, high):
        start, stop = np.searchsorted(quads.t, (step, step + 1))
        if start == stop:
            continue
        rows = np.unique(np.stack((quads.s[start:stop], quads.r[start:stop], quads.o[start:stop]), axis=1), axis=0)
        cuts = np.flatnonzero(np.any(rows[1:, :2] != rows[:-1, :2], axis=1)) + 1
        yield step, {(int(part[0, 0]), int(part[0, 1])): part[:, 2] for part in np.split(rows, cuts)}


def train(quads: Quads, low: int, high: int, *, most: int = 16_000, seed: int = 0) -> tuple[Rules, Weights]:
    """Rules from all before `low`, weights of the mix from the steps [low, high), each judged by its own past.

    Args:
        quads: The events; none at or after `high` is looked at.
        low: First step to learn weights from.
        high: The step after the last.
        most: Questions to learn from, drawn by chance.
        seed: Of the drawing.
    """
    rules = learn(quads, low, seed=seed)
    examples = _examples(quads, rules, (low, high), most, np.random.default_rng(seed))
    return rules, fit(examples, 2 * quads.relations, seed=seed)


_NONE = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def _examples(quads: Quads, rules: Rules, span: tuple[int, int], most: int, rng: np.random.Generator) -> Examples:
    history = History(quads)
    asked = int(np.searchsorted(quads.t, span[1]) - np.searchsorted(quads.t, span[0]))
    share = min(1.0, most / max(asked, 1))
    columns: list[Floats] = []
    stands: list[Floats] = []
    relation: list[int] = []
    at: list[int] = []
    for step, day in questions(quads, *span):
        history.move_to(step)
        place: Around | None = None
        everyones: dict[int, Floats] = {}
        for (s, r), answers in day.items():
            chosen = answers[rng.random(len(answers)) < share]
            if not len(chosen):
                continue
            place = place if place is not None and place.s == s else around(history, s)
            if r not in everyones:
                everyones[r] = everyone(history, rules, r)
            table = np.zeros((history.entities, len(NEAR)), dtype=np.float32)
            table[place.near] = near(history, rules, place, r, _popular(history, r))
            pool, weight = _pool(everyones[r], table, place, answers, rng)
            for answer in chosen:
                rows = np.concatenate(([answer], pool))
                columns.append(np.hstack((everyones[r][rows], table[rows])))
                stands.append(np.concatenate(([np.float32(0.0)], weight)))
                relation.append(r)
                at.append(step)
    width = len(EVERYONE) + len(NEAR)
    if not columns:
        return Examples(np.zeros((0, 1 + _POOL, width), np.float32), np.zeros((0, 1 + _POOL), np.float32), *_NONE)
    return Examples(np.stack(columns), np.stack(stands), np.array(relation), np.array(at))


def _pool(
    all_columns: Floats, table: Floats, place: Around, answers: Ints, rng: np.random.Generator
) -> tuple[Ints, Floats]:
    """Candidates that are no answers, and the logarithm of how many each stands for.

    The likeliest by recurrency and nearness and by the relation's habits stand for themselves; of the rest, a sample of
    the near and one of all others, so that the log-loss is that over all entities.
    """
    rough = all_columns[:, 0] + table[:, 0] + 0.2 * table[:, _ALIKE] + 0.1 * table[:, _TWO]
    free = np.ones(len(rough), dtype=bool)
    free[answers] = False
    chosen: list[Ints] = []
    for merit, count in ((rough, _LIKELY), (all_columns[:, _HABIT], _USUAL)):
        best = np.argsort(-np.where(free, merit, -np.inf), kind="stable")[:count]
        chosen.append(best[free[best]])
        free[best] = False
    stands = [np.zeros(len(part), dtype=np.float32) for part in chosen]
    close = place.near[free[place.near]]
    free[close] = False
    for rest in (close, np.flatnonzero(free)):
        if len(rest):
            chosen.append(rng.choice(rest, size=_LOOSE))
            stands.append(np.full(_LOOSE, np.log(len(rest) / _LOOSE), dtype=np.float32))
    missing = _POOL - sum(map(len, chosen))
    pool, weight = np.concatenate(chosen), np.concatenate(stands)
    filler = np.resize(answers, missing)  # never weighed: e to the minus infinity is nought
    return np.concatenate((pool, filler)), np.concatenate((weight, np.full(missing, -np.inf, dtype=np.float32)))
