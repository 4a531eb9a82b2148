"""Agreement of two annotators who worked apart, for each layer, by the project's scorer.

    python -m training.agreement training/bank/second training/bank

The first folder holds the second annotations (NAME.ann); the first ones are found in the bank's splits.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import Any

from detente.pipeline.scoring.match import assign
from detente.pipeline.scoring.run import LAYERS
from detente.pipeline.scoring.tally import Tally
from detente.pipeline.scoring.text import Text
from training.expand import expand
from training.passages import SPLITS

FLOORS = {"events": 0.85, "matters": 0.75, "statements": 0.75, "figures": 0.75, "drivers": 0.75}


def as_found(annotation: dict[str, Any], text: Text, name: str) -> dict[str, list[dict[str, Any]]]:
    """A second annotation in the form of an export, so that it can be scored as if a coder had made it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for layer in LAYERS:
        rows = []
        for record in annotation[layer]:
            places = text.places(record)
            row = {
                **record,
                "evidence": [
                    {"document_id": name, "start": start, "end": end, "text": record["quote"]} for start, end in places
                ],
            }
            if layer == "matters":
                row |= {
                    "title": record["label"],
                    "aliases": record["keywords"],
                    "imposers": record.get("imposer", []),
                    "targets": record.get("target", []),
                }
            if layer == "events":
                row["date"] = {"start": record["start"], "end": record["end"]} if record["start"] else None
            rows.append(row)
        found[layer] = rows
    return found


def agreement(second: Path, bank: Path, *, misses: str | None = None) -> dict[str, dict[str, Any]]:
    """Figures for each layer over all passages annotated twice; what either marks optional never counts against."""
    tallies = {layer: Tally() for layer in LAYERS}
    for path in sorted(second.glob("*.ann")):
        first = next((bank / split / path.name for split in SPLITS if (bank / split / path.name).exists()), None)
        if first is None:
            raise FileNotFoundError(f"{path.name}: no first annotation in {bank}")
        gold, other = expand(first), expand(path)
        text = Text(first.with_suffix(".txt").read_text("utf-8"), ())
        found = as_found(other, text, path.stem)
        for layer, score in LAYERS.items():
            for record in gold[layer]:
                record["_at"] = text.places(record)
            pairs = assign(found[layer], gold[layer], partial(score, path.stem))
            hit = {i for i, _ in pairs}
            kept = [i for i, record in enumerate(found[layer]) if i in hit or not record.get("optional")]
            place = {i: k for k, i in enumerate(kept)}
            tallies[layer].add(
                path.stem, [found[layer][i] for i in kept], gold[layer], [(place[i], j) for i, j in pairs]
            )
            if layer == "events":
                tallies[layer].parts["modality"] += [
                    found[layer][i]["modality"] == gold[layer][j]["modality"] for i, j in pairs
                ]
    if misses:
        for kind, rows in tallies[misses].told.items():
            for document, told in rows:
                print(f"{kind}  {document}  {told}")
    return {layer: tally.row() for layer, tally in tallies.items()}


def main(arguments: list[str] | None = None) -> int:
    """Prints the figures; the exit status is 1 where a layer is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("second", type=Path)
    parser.add_argument("bank", type=Path)
    parser.add_argument("--misses", choices=list(LAYERS))
    options = parser.parse_args(arguments)
    rows = agreement(options.second, options.bank, misses=options.misses)
    for layer, row in rows.items():
        print(f"{layer:11s} " + "  ".join(f"{key} {value}" for key, value in row.items()) + f"  floor {FLOORS[layer]}")
    return 1 if any(row["f1"] < FLOORS[layer] for layer, row in rows.items()) else 0


if __name__ == "__main__":
    sys.exit(main())
