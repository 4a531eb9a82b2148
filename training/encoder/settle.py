"""Chooses the thresholds of an exported model on the bank's dev part, calibrates it, and prints what it is worth.

python -m training.encoder.settle MODEL_FOLDER [--bank training/bank]

Thresholds are those with the best F1 of events; confidence is calibrated by a logistic curve on which are right.
The least confidence of what the encoder adds is then the most precise of those whose F1 is within .02 of the best, its
standard error. Pairs are settled by macro-F1 and then by likelihood on the single sentences. Writes them into
`model.json`.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from detente.codebook import Codebook
from detente.coding.events.candidate import Page
from detente.coding.learned.code import EventModel, Settings, View, decide, views
from detente.coding.learned.heads import TYPES
from detente.coding.learned.load import Card, event_model
from detente.coding.learned.pairs import PairSettings, look, scores
from detente.model import Annotations, Document, to_dict
from detente.pipeline.face import annotated
from detente.pipeline.scoring import match
from detente.pipeline.scoring.tally import Tally
from detente.pipeline.scoring.text import Text
from training.passages import read, sentences

EVENT, TYPE = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9), (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
EQUAL = 0.02
"""Settings whose F1 is so near the best are taken for equal; the most precise of them is chosen."""
PARTY, GUESS = (0.4, 0.5), (0.1, 0.2, 0.3)
SECOND, VETO = (0.0, 0.3, 0.6, 1.0), (0.0, 0.02, 0.05, 0.1, 0.2)
ROLES, NONE = (0.1, 0.25, 0.5, 1.0), tuple(np.arange(-8.0, 0.0, 1.0))
WORDS = (0.0, 0.25, 0.5, 0.75, 1.0)
LEAST = tuple(n / 20 for n in range(13))
BINS = 10

Passages = list[tuple[dict[str, Any], Document, Annotations]]
Looked = list[tuple[list[Page], list[View]]]


def passages(folder: Path, book: Codebook) -> Passages:
    """The annotated passages of a folder."""
    return [
        (json.loads(path.with_suffix(".json").read_text("utf-8")), *read(path, book))
        for path in sorted(folder.glob("*.txt"))
    ]


def tally(found: Passages, looked: Looked, book: Codebook, model: EventModel) -> tuple[Tally, list[tuple[float, bool]]]:
    """The count of a model's events, and for each its confidence and whether it is right."""
    count, told = Tally(), []
    for (annotation, document, seen), views_ in zip(found, looked, strict=True):
        text = Text(document.text, [(span.start, span.end) for span in document.article])
        events = decide(document, seen, book, model, views_)
        mine = [to_dict(event) for event in events]
        wanted = annotation["events"]
        for record in wanted:
            record["_at"] = text.places(record)
        pairs = match.assign(mine, wanted, lambda one, gold, id_=document.id: match.event(id_, one, gold))
        count.add(document.path or document.id, mine, wanted, pairs)
        right = {i for i, _ in pairs}
        told += [(event["confidence"], i in right) for i, event in enumerate(mine)]
    return count, told


def best_settings(found: Passages, looked: Looked, book: Codebook, model: EventModel, start: Settings) -> Settings:
    """The thresholds with the best F1: triggers, then parties, then the second look, then triggers again."""
    change, events = msgspec.structs.replace, list(itertools.product(EVENT, TYPE))

    def best(choices: Iterable[Settings]) -> Settings:
        return pick(found, looked, book, model, choices, equal=0.0)

    start = best(change(start, event=event, type=kind) for event, kind in events)
    start = best(change(start, party=party, guess=guess) for party, guess in itertools.product(PARTY, GUESS))
    start = best(change(start, second=second, veto=veto) for second, veto in itertools.product(SECOND, VETO))
    return best(change(start, event=event, type=kind) for event, kind in events)


def pick(
    found: Passages,
    looked: Looked,
    book: Codebook,
    model: EventModel,
    choices: Iterable[Settings],
    *,
    equal: float = EQUAL,
) -> Settings:
    """The most precise of the settings whose F1 is within `equal` of the best."""
    rows = []
    for settings in choices:
        model.settings = settings
        rows.append((tally(found, looked, book, model)[0].row(), settings))
    best = max(row["f1"] for row, _ in rows)
    return max((item for item in rows if item[0]["f1"] >= best - equal), key=lambda item: item[0]["precision"])[1]


def calibrate(told: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and offset of the logistic curve through scores and whether they were right, by Newton's method."""
    score = np.clip([value for value, _ in told], 1e-6, 1 - 1e-6)
    x = np.stack([np.log(score / (1 - score)), np.ones(len(score))], axis=1)
    y, w = np.array([right for _, right in told], dtype=float), np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve((x.T * (p * (1 - p))) @ x + 1e-3 * np.eye(2), x.T @ (y - p) - 1e-3 * w)
    return float(w[0]), float(w[1])


def calibration_error(told: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten equal bins (Guo et al. 2017)."""
    total = 0.0
    for low in range(BINS):
        here = [(p, right) for p, right in told if low <= min(p * BINS, BINS - 1e-9) < low + 1]
        if here:
            total += abs(sum(p for p, _ in here) - sum(right for _, right in here))
    return total / max(1, len(told))


def settle_pairs(rows: Sequence[dict[str, str]], book: Codebook, model: EventModel) -> tuple[PairSettings, float]:
    """How pairs are scored, and the macro-F1 over the types and "none" that this reaches."""
    looks = [look(annotated(row["sentence"], book), row["actor"], row["recipient"], book, model) for row in rows]
    gold = [0 if row["type"] == "NONE" else 1 + TYPES.index(row["type"]) for row in rows]

    def worth(settings: PairSettings) -> float:
        return macro_f1(gold, [int(scores(*found, settings).argmax()) for found in looks])

    best = max((PairSettings(roles=r, none=float(n), words=w) for r in ROLES for n in NONE for w in WORDS), key=worth)
    table = np.stack([scores(*found, best) for found in looks])

    def loss(sharp: float) -> float:
        x = table * sharp
        x = x - x.max(axis=1, keepdims=True)
        return -float((x[np.arange(len(gold)), gold] - np.log(np.exp(x).sum(axis=1))).mean())

    sharp = min(np.arange(0.2, 3.0, 0.1), key=loss)
    return msgspec.structs.replace(best, sharp=round(float(sharp), 2)), worth(best)


def macro_f1(gold: Sequence[int], found: Sequence[int]) -> float:
    """The mean F1 of the classes that gold has."""
    pairs = Counter(zip(gold, found, strict=True))
    right, wanted, given = ({k: pairs[k, k] for k in set(gold)}, Counter(gold), Counter(found))
    return sum(2 * right[k] / (wanted[k] + given[k]) for k in right) / len(right)


def main(arguments: Sequence[str] | None = None) -> None:
    """Settles a model and writes its card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--bank", type=Path, default=Path("training/bank"))
    options = parser.parse_args(arguments)
    book, card = Codebook.load(), options.model / "model.json"
    said = msgspec.json.decode(card.read_bytes(), type=Card)
    found = passages(options.bank / "dev", book)
    chosen: dict[str, Settings] = {}
    for name, settings in (("settings", said.settings), ("alone", said.alone)):
        model = event_model(options.model.name, alone=name == "alone", folder=options.model.parent)
        looked = [views(seen, book, model) for _, _, seen in found]
        plain = msgspec.structs.replace(settings, slope=1.0, offset=0.0)
        if name == "settings":
            for keep in (False, True):  # printed to choose by: rules heard, or rules kept
                model.settings = msgspec.structs.replace(plain, event=0.5, type=0.4, keep=keep)
                print("keep", keep, tally(found, looked, book, model)[0].row(), flush=True)
        best = best_settings(found, looked, book, model, plain)
        model.settings = best
        slope, offset = calibrate(tally(found, looked, book, model)[1])
        even = msgspec.structs.replace(best, slope=round(slope, 3), offset=round(offset, 3))
        chosen[name] = pick(found, looked, book, model, [msgspec.structs.replace(even, least=n) for n in LEAST])
        model.settings = chosen[name]
        count, told = tally(found, looked, book, model)
        print(name, count.row(), f"calibration error {calibration_error(told):.3f}", flush=True)
        print(msgspec.json.encode(chosen[name]).decode())
    model = event_model(options.model.name, folder=options.model.parent)
    rows = [row for row in sentences(options.bank) if row["split"] == "dev"]
    pairs, macro = settle_pairs(rows, book, model)
    print(f"pairs: macro-F1 {macro:.3f} on {len(rows)} single sentences; {pairs}")
    said = msgspec.structs.replace(said, **chosen, pairs=pairs)
    card.write_bytes(msgspec.json.format(msgspec.json.encode(said), indent=1))


if __name__ == "__main__":
    main()
