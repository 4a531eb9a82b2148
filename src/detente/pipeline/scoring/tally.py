"""Counts of right, missed and invented records, and the figures made from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from detente.pipeline.scoring.match import codes
from detente.pipeline.scoring.text import Row


class Tally:
    """One layer: records right, invented and missed. Optional gold records count only as no invention."""

    def __init__(self) -> None:
        self.right = self.invented = self.missed = 0
        self.parts: dict[str, list[bool]] = defaultdict(list)
        self.told: dict[str, list[tuple[str, str]]] = {"missed": [], "invented": []}

    def add(self, document: str, found: Sequence[Row], gold: Sequence[Row], pairs: Iterable[tuple[int, int]]) -> None:
        """Counts one document."""
        matched = list(pairs)
        hits, taken = {j for _, j in matched}, {i for i, _ in matched}
        self.right += sum(not gold[j].get("optional") for j in hits)
        for j, record in enumerate(gold):
            if j not in hits and not record.get("optional"):
                self.missed += 1
                self.told["missed"].append((document, describe(record)))
        for i, record in enumerate(found):
            if i not in taken:
                self.invented += 1
                self.told["invented"].append((document, describe(record)))

    def row(self) -> dict[str, Any]:
        """The figures of the layer."""
        found, gold = self.right + self.invented, self.right + self.missed
        precision = self.right / found if found else 0.0
        recall = self.right / gold if gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        row: dict[str, Any] = {
            "precision": round(precision, 3),
            "recall": round(recall, 3),
            "f1": round(f1, 3),
            "gold": gold,
            "found": found,
        }
        return row | {name: mean(values) for name, values in self.parts.items() if values}


class Scores:
    """All layers, and the figures on documents and links."""

    def __init__(self, layers: Mapping[str, Tally], documents: Mapping[str, Sequence[bool]]) -> None:
        self.layers = layers
        self.documents = {name: mean(values) for name, values in documents.items() if values}

    def report(self) -> dict[str, dict[str, Any]]:
        """Figures by layer, and under `documents` those on documents and links."""
        return {name: tally.row() for name, tally in self.layers.items()} | {"documents": dict(self.documents)}

    def rows(self) -> list[Row]:
        """The report as rows."""
        return [{"layer": name, **row} for name, row in self.report().items()]

    def misses(self, layer: str) -> list[tuple[str, str, str]]:
        """Every miss and invention of a layer: what it is, the document, the record."""
        return [(kind, document, text) for kind, told in self.layers[layer].told.items() for document, text in told]


def mean(values: Sequence[bool]) -> float | None:
    """The share that is true, to three places; None of nothing."""
    return round(sum(values) / len(values), 3) if values else None


def describe(record: Row) -> str:
    """A record in one line, for lists of misses."""
    heads = [
        str(record[key])
        for key in ("type", "kind", "label", "title", "speaker", "value", "unit", "direction", "status")
        if record.get(key)
    ]
    quote = record.get("quote") or " … ".join(piece["text"] for piece in record.get("evidence") or ())
    who = f"{sorted(codes(record.get('actors')))}>{sorted(codes(record.get('recipients')))}"
    return f"{' '.join(heads)} {who} | {quote[:140]}"
