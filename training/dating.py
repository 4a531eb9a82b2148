"""Fits the weights by which acts are dated that their own words do not date; cross-validates by dyad.

python -m training.dating training/bank/train [--write]

A conditional logit over the possible answers of each act: the right ones are those that the scorer would take for the
annotated date, "not told" where there is no such answer.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec
import numpy as np

from detente.codebook import Codebook
from detente.coding.events.code import tell
from detente.coding.events.dating import Option, choose, options, times
from detente.coding.learned.code import EventModel, possible, views
from detente.coding.learned.load import event_model
from detente.pipeline.scoring import match
from detente.pipeline.scoring.text import Row, Text
from training.linear import folds
from training.passages import annotated

PENALTY, LEAST, STEPS, RATE = 5.0, 3, 250, 0.05
SLIGHT = 0.02
"""Weights under this are left out of the file."""
PLACE = Path(__file__).parent.parent / "src" / "detente" / "data" / "lexicon" / "dating.tsv"


@dataclass(frozen=True)
class Example:
    """An act that is in the annotation: its dyad, whether it needs an answer, the answers and which are right."""

    dyad: str
    undated: bool
    options: list[Option]
    right: list[bool]
    rules: bool
    """Whether the date that rules give, or none, is right."""


def examples(folder: Path, book: Codebook, model: EventModel) -> Iterator[Example]:
    """The annotated acts of a folder of the bank that the coder finds."""
    for dyad, document, seen, annotation in annotated(folder, book):
        told = tell(document, seen, book, possible(model, views(seen, book, model)), model.origin)
        places = Text(document.text, [[span.start, span.end] for span in document.article])
        gold: list[Row] = [record | {"_at": places.places(record)} for record in annotation.get("events") or ()]
        known = times(document, seen, [group for _, group in told])
        found = [msgspec.to_builtins(event) for event, _ in told]
        for i, j in match.assign(found, gold, partial(match.event, document.id)):
            wanted = (gold[j]["start"], gold[j]["end"]) if gold[j].get("start") else None
            answers = options(told[i][1], known)
            right = [match.date_right(msgspec.to_builtins(answer.interval), wanted) for answer in answers]
            rules = match.date_right(found[i].get("date"), wanted)
            yield Example(dyad, told[i][0].date is None, answers, right, rules)


def fit(rows: Sequence[Example]) -> dict[str, float]:
    """The weights that make the right answers likeliest, less an L2 penalty; Adam on all examples (Kingma 2015)."""
    counts = Counter(name for row in rows for name in {name for each in row.options for name in each.traits})
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    index = {name: k for k, name in enumerate(names)}
    line, column, starts, good = [], [], [], []
    for row in rows:
        starts.append(len(good))
        right = row.right if any(row.right) else [each.interval is None for each in row.options]
        for each, is_right in zip(row.options, right, strict=True):
            known = [index[name] for name in each.traits if name in index]
            line += [len(good)] * len(known)
            column += known
            good.append(is_right)
    at, what, first = np.array(line), np.array(column), np.array(starts)
    owner = np.repeat(np.arange(len(first)), np.diff([*starts, len(good)]))
    weights, mean, spread = (np.zeros(len(names)) for _ in range(3))
    for step in range(1, STEPS + 1):
        total = np.bincount(at, weights[what], minlength=len(good))
        chance = np.exp(total - np.maximum.reduceat(total, first)[owner])
        wanted = chance * np.array(good)
        chance /= np.add.reduceat(chance, first)[owner]
        wanted /= np.maximum(np.add.reduceat(wanted, first), 1e-12)[owner]
        slope = np.bincount(what, (chance - wanted)[at], minlength=len(names)) + PENALTY * weights
        mean, spread = 0.9 * mean + 0.1 * slope, 0.999 * spread + 0.001 * slope**2
        rate = RATE * (1 - 0.9 * step / STEPS)
        weights -= rate * mean / (1 - 0.9**step) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    return {name: float(weights[k]) for name, k in index.items()}


def is_right(row: Example, weights: Mapping[str, float]) -> bool:
    """Whether the answer by some weights is a right one."""
    answer = choose(row.options, weights)
    return next(right for each, right in zip(row.options, row.right, strict=True) if each.interval == answer)


def main() -> None:
    """Cross-validates, prints, and with --write fits on everything and writes the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    rows = list(examples(chosen.folder, Codebook.load(), event_model()))
    open_rows = [row for row in rows if row.undated]
    fold = folds([row.dyad for row in open_rows])
    weights = [fit([row for row, its in zip(open_rows, fold, strict=True) if its != k]) for k in range(5)]
    right = sum(is_right(row, weights[k]) for row, k in zip(open_rows, fold, strict=True))
    settled = sum(row.rules for row in rows if not row.undated)
    print(f"{len(rows)} acts, right by rules alone {sum(row.rules for row in rows) / len(rows):.3f}")
    print(f"{len(open_rows)} without a date by rules: left so {sum(row.rules for row in open_rows)} right, ", end="")
    print(f"answered {right}, could be {sum(any(row.right) for row in open_rows)}")
    print(f"all, cross-validated: {(settled + right) / len(rows):.3f}")
    if chosen.write:
        write(fit(open_rows))


def write(weights: Mapping[str, float]) -> None:
    """Writes the weights, the heaviest first."""
    heavy = sorted(weights.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    lines = [
        "# What speaks for an answer to when an act was that its own words do not date, and its weight; the answer",
        "# with the greatest sum is taken. `none`: not told; `now`: publication; `news`: that or the day before;",
        "# `told`: a time told near. Fitted on the bank's train part: python -m training.dating FOLDER --write",
        *(f"{name}\t{weight:.3f}" for name, weight in heavy if abs(weight) >= SLIGHT),
    ]
    PLACE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
