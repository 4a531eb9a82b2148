"""Temporal rules learned from the past, each with its confidence, as TLogic has them (Liu et al., AAAI 2022).

A rule says: where its body was seen, its head follows. Bodies have one step, (s, r', o) → (s, r, o), or two,
(s, r1, x), (x, r2, o) → (s, r, o), in order of time. One-step rules are counted wholly; two-step bodies are sampled as
temporal walks whose second step is drawn from what came after the first. A confidence is the share of bodies that the
head followed within a window, with a number of empty bodies added so that rare ones are not trusted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.barometer.links.quads import Floats, Ints, Quads

EMPTY = 5.0
"""Bodies without a head that every rule is charged with."""
_SUPPORT = 2
_BEST = 400


@dataclass(frozen=True)
class Rules:
    """Confidences: `one[r', r]`; for two steps by head relation the bodies `r1 * relations + r2` and confidences."""

    relations: int
    one: Floats
    two: tuple[tuple[Ints, Floats], ...]

    def of(self, r: int, bodies: Ints) -> Floats:
        """The confidence of two-step bodies for a head relation, nought where there is no rule."""
        known, confidence = self.two[r]
        if not len(known):
            return np.zeros(len(bodies), dtype=np.float32)
        at = np.minimum(np.searchsorted(known, bodies), len(known) - 1)
        return np.where(known[at] == bodies, confidence[at], np.float32(0.0))


def learn(quads: Quads, until: int, *, window: int = 30, walks: int | None = None, seed: int = 0) -> Rules:
    """The rules that hold in all events before a step.

    Args:
        quads: The events.
        until: Only events before this step are looked at.
        window: Steps within which the head must follow.
        walks: Two-step bodies to sample; thirty for each event, at most 1.5 million, where not said. With 0 there are
            one-step rules only.
        seed: Of the sampling.
    """
    stop = int(np.searchsorted(quads.t, until))
    s, r, o, t = (column[:stop] for column in (quads.s, quads.r, quads.o, quads.t))
    m = 2 * quads.relations
    order = np.lexsort((t, s * quads.entities + o))
    pairs = _Timeline((s * quads.entities + o)[order], t[order], r[order])
    two: tuple[tuple[Ints, Floats], ...] = tuple((np.empty(0, np.int64), np.empty(0, np.float32)) for _ in range(m))
    many = min(30 * stop, 1_500_000) if walks is None else walks
    if stop and many:
        two = _two((s, r, o, t), pairs, m, window, many, rng=np.random.default_rng(seed), entities=quads.entities)
    return Rules(m, _one(pairs, m, window), two)


@dataclass(frozen=True)
class _Timeline:
    """Events by some key and then by time: what came after a moment is one run of them."""

    key: Ints
    t: Ints
    r: Ints

    def after(self, key: Ints, t: Ints, window: int) -> tuple[Ints, Ints]:
        """The run of events of each key later than `t` and at most `window` steps later: starts and ends."""
        span = int(self.t.max()) + window + 2 if len(self.t) else window + 2
        order = self.key * span + self.t
        return (
            np.searchsorted(order, key * span + t, side="right"),
            np.searchsorted(order, key * span + t + window, side="right"),
        )


def _spread(starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Runs as single positions, and for each the number of its run."""
    sizes = np.maximum(ends - starts, 0)
    owner = np.repeat(np.arange(len(starts)), sizes)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return starts[owner] + within, owner


def _one(pairs: _Timeline, m: int, window: int) -> Floats:
    bodies = np.bincount(pairs.r, minlength=m).astype(np.float64)
    heads = np.zeros(m * m)
    for low in range(0, len(pairs.key), 50_000):
        part = slice(low, low + 50_000)
        starts, ends = pairs.after(pairs.key[part], pairs.t[part], window)
        at, owner = _spread(starts, np.minimum(ends, starts + 500))
        once = np.unique(owner * m + pairs.r[at])  # a body counts once for a head, however often that follows
        np.add.at(heads, pairs.r[part][once // m] * m + once % m, 1.0)
    return (heads.reshape(m, m) / (bodies[:, None] + EMPTY)).astype(np.float32)


def _two(
    events: tuple[Ints, Ints, Ints, Ints],
    pairs: _Timeline,
    m: int,
    window: int,
    walks: int,
    *,
    rng: np.random.Generator,
    entities: int,
) -> tuple[tuple[Ints, Floats], ...]:
    s, r, o, t = events
    order = np.lexsort((t, s))
    subjects = _Timeline(s[order], t[order], r[order])
    target = o[order]
    bodies = np.zeros(m * m)
    found: list[Ints] = []
    for low in range(0, walks, 250_000):
        first = rng.integers(len(s), size=min(250_000, walks - low))
        starts, ends = subjects.after(o[first], t[first] - 1, window)
        going = ends > starts
        first, starts, ends = first[going], starts[going], ends[going]
        second = starts + (rng.random(len(starts)) * (ends - starts)).astype(np.int64)
        going = target[second] != s[first]
        first, second = first[going], second[going]
        body = r[first] * m + subjects.r[second]
        bodies += np.bincount(body, minlength=m * m)
        starts, ends = pairs.after(s[first] * entities + target[second], subjects.t[second], window)
        at, owner = _spread(starts, ends)
        once = np.unique(owner * m + pairs.r[at])
        found.append(body[once // m] * m + once % m)
    keys, support = np.unique(np.concatenate(found), return_counts=True)
    held = support >= _SUPPORT
    keys, support = keys[held], support[held]
    confidence = (support / (bodies[keys // m] + EMPTY)).astype(np.float32)
    rules: list[tuple[Ints, Floats]] = []
    for head in range(m):
        mine = np.flatnonzero(keys % m == head)
        mine = mine[np.argsort(-confidence[mine], kind="stable")[:_BEST]]
        mine = mine[np.argsort(keys[mine])]
        rules.append((keys[mine] // m, confidence[mine]))
    return tuple(rules)
