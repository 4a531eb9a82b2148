"""A small world that makes quadruples as event datasets have them, for tests and for timing.

Entities have a country and a role, weights are Zipf's. Each day's events are, in shares that a caller may change: repeats
of past events (age by a mixture of exponentials), answers (another relation of the same pair, often turned round, by a
transition table), closures (the partner of a partner), and news (object by country, role and weight). Some relations are
reported in both directions on one day, as consultations are.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class World:
    """Sizes and shares of a simulated world."""

    entities: int = 300
    relations: int = 20
    days: int = 80
    per_day: int = 60
    countries: int = 12
    roles: int = 5
    repeat: float = 0.45
    answer: float = 0.2
    closure: float = 0.1
    seed: int = 0


def simulate(world: World) -> np.ndarray:
    """The quadruples of a world, unique within a day: int64 [n, 4] of s, r, o, day in order of days."""
    rng = np.random.default_rng(world.seed)
    n = world.entities
    weight = 1.0 / np.arange(1, n + 1) ** 0.9
    country = rng.integers(world.countries, size=n)
    role = rng.integers(world.roles, size=n)
    frequency = 1.0 / np.arange(1, world.relations + 1) ** 1.1
    taste = rng.gamma(0.3, size=(world.relations, world.roles, world.roles)) + 0.01
    follows = rng.permutation(world.relations)
    mutual = rng.random(world.relations) < 0.2
    by_subject = taste.sum(axis=2)
    past: list[tuple[int, int, int]] = []
    starts: list[int] = []
    partners: dict[int, list[int]] = {}
    rows: list[tuple[int, int, int, int]] = []

    def aged(day: int) -> tuple[int, int, int]:
        age = 1 + int(rng.exponential((2.0, 15.0, 80.0)[rng.choice(3, p=(0.35, 0.35, 0.3))]))
        at = max(0, day - age)
        low, high = starts[at], starts[at + 1] if at + 1 < len(starts) else len(past)
        return past[rng.integers(low, high)] if high > low else past[rng.integers(len(past))]

    def news() -> tuple[int, int, int]:
        s = int(rng.choice(n, p=weight / weight.sum()))
        odds = frequency * by_subject[:, role[s]]
        r = int(rng.choice(world.relations, p=odds / odds.sum()))
        pull = weight * (1 + 30 * (country == country[s])) * taste[r, role[s], role]
        pull[s] = 0.0
        return s, r, int(rng.choice(n, p=pull / pull.sum()))

    for day in range(world.days):
        starts.append(len(past))
        today: set[tuple[int, int, int]] = set()
        for _ in range(rng.poisson(world.per_day)):
            kind = rng.random()
            if day and kind < world.repeat:
                event = aged(day)
            elif day and kind < world.repeat + world.answer:
                s, r, o = aged(day)
                event = (o, int(follows[r]), s) if rng.random() < 0.6 else (s, int(follows[r]), o)
            elif day and kind < world.repeat + world.answer + world.closure:
                s, r, x = aged(day)
                o = partners[x][rng.integers(len(partners[x]))]
                event = (s, r, o) if o != s else news()
            else:
                event = news()
            today.add(event)
            if mutual[event[1]]:
                today.add((event[2], event[1], event[0]))
        for s, r, o in sorted(today):
            rows.append((s, r, o, day))
            partners.setdefault(s, []).append(o)
            partners.setdefault(o, []).append(s)
        past += sorted(today)
    return np.array(rows, dtype=np.int64)


def write(folder: Path, quads: np.ndarray, *, valid: float = 0.1, test: float = 0.1, unit: int = 24) -> None:
    """Writes train.txt, valid.txt and test.txt, split by days; times are multiples of `unit`, as in hours."""
    folder.mkdir(parents=True, exist_ok=True)
    days = int(quads[:, 3].max()) + 1
    cuts = (int(days * (1 - valid - test)), int(days * (1 - test)))
    parts = {"train": (0, cuts[0]), "valid": cuts, "test": (cuts[1], days)}
    for name, (low, high) in parts.items():
        part = quads[(quads[:, 3] >= low) & (quads[:, 3] < high)].copy()
        part[:, 3] *= unit
        text = "".join("\t".join(map(str, row)) + "\t0\n" for row in part.tolist())
        (folder / f"{name}.txt").write_text(text, "utf-8")
