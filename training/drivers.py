"""Fits the weights of drivers without a causal word, and says what cross-validation by dyad makes of them.

python -m training.drivers training/bank/train [--write]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.codebook import Codebook
from detente.coding.drivers.claims import claims
from detente.coding.drivers.told import SURE, features
from detente.engines.rules.tree import Tree
from detente.model import Driver
from detente.pipeline.scoring.text import Text
from training.linear import best_threshold, fit, folds, held_out, write
from training.passages import annotated

PENALTY, LEAST = 16.0, 4
PENALTY_HELPS, LEAST_HELPS = 8.0, 3
OPTIONAL = 0.6
"""How much a sentence counts whose only drivers are optional."""
NEAR = 0.01
"""F1 given up for precision."""
LEXICON = Path(__file__).parent.parent / "src" / "detente" / "data" / "lexicon"


@dataclass(frozen=True)
class Row:
    """A sentence: its dyad, its features, the drivers of its causal words, the annotated drivers upon it."""

    dyad: str
    features: list[str]
    claims: list[Driver]
    gold: list[dict[str, Any]] = field(default_factory=list)


def rows(folder: Path, book: Codebook) -> Iterator[Row]:
    """The sentences of a folder of the bank."""
    for dyad, document, seen, annotation in annotated(folder, book):
        places = Text(document.text, [[span.start, span.end] for span in document.article])
        gold = [(places.places(record), record) for record in annotation.get("drivers") or ()]
        trees = {number: Tree(each.parse) for number, each in enumerate(seen.paragraphs) if each.parse is not None}
        known = [
            driver
            for number, tree in trees.items()
            for driver in claims(seen.paragraphs[number], tree, document, seen, book.voices.drivers)
        ]
        for number, sentence in enumerate(seen.sentences):
            if sentence.paragraph not in trees:
                continue
            here = [d for d in known if d.evidence[0].start < sentence.end and sentence.start < d.evidence[0].end]
            yield Row(
                dyad,
                features(number, document, seen, book, trees[sentence.paragraph], here),
                here,
                [record for spots, record in gold if any(a < sentence.end and sentence.start < b for a, b in spots)],
            )


def main() -> None:
    """Cross-validates, prints, and with --write fits on everything and writes the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = list(rows(options.folder, Codebook.load()))
    names, dyads = [row.features for row in found], [row.dyad for row in found]
    weights = [1.0 if not row.gold or any(not g.get("optional") for g in row.gold) else OPTIONAL for row in found]
    truth = [bool(row.gold) for row in found]
    turns = [(row.features, gold["direction"] == "helps", row.dyad) for row in found for gold in row.gold]
    sure = held_out(names, truth, dyads, weights, penalty=PENALTY, least=LEAST)
    helps = _helps(found, turns)
    wanted = sum(not gold.get("optional") for row in found for gold in row.gold)
    best = _f1(
        found, sure, helps, wanted, best_threshold(sure, lambda least: _f1(found, sure, helps, wanted, least)[0])
    )
    near = [k / 100 for k in range(5, 96) if _f1(found, sure, helps, wanted, k / 100)[0] >= best[0] - NEAR]
    threshold = max(near)  # of thresholds about as good the most precise
    for least in sorted({threshold, 0.4, 0.45, 0.5}):
        f1, precision, recall = _f1(found, sure, helps, wanted, least)
        print(f"threshold {least:.2f}: F1 {f1:.3f}, precision {precision:.3f}, recall {recall:.3f}")
    if options.write:
        told = fit(names, truth, weights, penalty=PENALTY, least=LEAST)
        remark = "Weights of a sentence's features, fitted by training/drivers.py on the bank's train part."
        write(told, LEXICON / "drivers_told.tsv", remark, threshold=threshold)
        turned = fit([x for x, _, _ in turns], [y for _, y, _ in turns], penalty=PENALTY_HELPS, least=LEAST_HELPS)
        write(turned, LEXICON / "drivers_helps.tsv", f"Towards cooperation (+) or away from it (-). {remark}")


def _helps(found: list[Row], turns: list[tuple[list[str], bool, str]]) -> list[float]:
    """For every sentence its probability of helping, by a model fitted without its fold."""
    dyads = [row.dyad for row in found]
    order = dict(zip(dyads, folds(dyads), strict=True))
    result = [0.0] * len(found)
    for k in range(5):
        kept = [(x, y) for x, y, dyad in turns if order[dyad] != k]
        model = fit([x for x, _ in kept], [y for _, y in kept], penalty=PENALTY_HELPS, least=LEAST_HELPS)
        for i, row in enumerate(found):
            if order[row.dyad] == k:
                result[i] = model.probability(row.features)
    return result


def _f1(
    found: list[Row], sure: list[float], helps: list[float], wanted: int, least: float
) -> tuple[float, float, float]:
    """F1, precision and recall: sentences with a causal word give its driver, others the model's from `least`."""
    right = invented = 0
    for row, probability, up in zip(found, sure, helps, strict=True):
        if row.claims:
            direction = max(row.claims, key=lambda driver: driver.confidence).direction
            if abs(up - 0.5) > SURE:
                direction = "helps" if up > 0.5 else "hinders"
        elif probability >= least:
            direction = "helps" if up >= 0.5 else "hinders"
        else:
            continue
        same = [gold for gold in row.gold if gold["direction"] == direction]
        right += any(not gold.get("optional") for gold in same)
        invented += not same
    return 2 * right / (right + invented + wanted), right / max(1, right + invented), right / wanted


if __name__ == "__main__":
    main()
