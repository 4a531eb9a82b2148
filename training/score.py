"""Codes the NAME.txt of a folder and scores the events against its NAME.json.

python -m training.score FOLDER… [--misses] [--scorer PATH]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import tempfile
from pathlib import Path

import msgspec

from detente.codebook import Codebook
from detente.coding.rules import RuleCoder
from detente.model import to_dict
from training.passages import read

LAYERS = ("events", "statements", "figures", "drivers", "matters")


def main() -> None:
    """Prints precision, recall and F1 of each layer, and what was missed or invented."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--scorer", type=Path, default=Path("/work/shared/score.py"))
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score", options.scorer)
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    book = Codebook.load()
    coder = RuleCoder(book)
    for folder in options.folders:
        with tempfile.TemporaryDirectory() as out:
            _export(folder, Path(out), coder, book)
            _, tallies = score.evaluate(Path(out), folder)
        _tell(folder, tallies, options.misses)


def _export(folder: Path, out: Path, coder: RuleCoder, book: Codebook) -> None:
    rows: dict[str, list[object]] = {layer: [] for layer in ("documents", *LAYERS)}
    for path in sorted(folder.glob("*.txt")):
        if not path.with_suffix(".json").exists():
            continue
        document, seen = read(path, book)
        coding = coder.code(document, seen)
        plain = to_dict(document)
        plain["article"] = [[span.start, span.end] for span in document.article]
        plain["published"] = to_dict(document.published.interval) if document.published else None
        rows["documents"].append(plain)
        for layer in LAYERS:
            rows[layer].extend(to_dict(record) for record in getattr(coding, layer))
    for name, found in rows.items():
        (out / f"{name}.jsonl").write_text("\n".join(msgspec.json.encode(row).decode() for row in found), "utf-8")


def _tell(folder: Path, tallies: object, misses: bool) -> None:
    tally = tallies["events"]  # type: ignore[index]
    print(folder, json.dumps(tally.row()))
    if misses:
        for title, rows in (("MISSED", tally.missed), ("SPURIOUS", tally.spurious)):
            for name, text in rows:
                print(f"{title} {name[:28]} {text}")


if __name__ == "__main__":
    main()
