"""Codes a folder of annotated documents and scores it; also scores an export that is there already."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from pathlib import Path, PurePath
from typing import Any

from detente.coding import DEFAULT
from detente.errors import UsageError
from detente.pipeline.scoring import match
from detente.pipeline.scoring.tally import Scores, Tally
from detente.pipeline.scoring.text import Row, Text, evidence, overlap

LAYERS = {
    "events": match.event,
    "matters": match.matter,
    "statements": match.statement,
    "figures": match.figure,
    "drivers": match.driver,
}


def score_folder(gold: Path, *, coder: str = DEFAULT) -> Scores:
    """Codes every NAME.txt of a folder into a throw-away archive, with links, and scores it against NAME.json.

    Raises:
        UsageError: where the folder holds no annotated document.
    """
    from detente.pipeline.archive import Archive

    texts = [path.with_suffix(".txt") for path in _annotated(gold)]
    with tempfile.TemporaryDirectory(prefix="detente-score-") as place:
        archive = Archive.open(Path(place) / "archive", create=True)
        archive.add(*texts, coder=coder)
        archive.export(Path(place) / "out", format="jsonl", matters=archive.merged())
        return score_exported(Path(place) / "out", gold)


def score_exported(export: Path, gold: Path) -> Scores:
    """Scores what `detente export --format jsonl` wrote against a folder of gold.

    Raises:
        UsageError: where the folder holds no annotated document.
    """
    documents = {_name(row): row for row in _lines(export / "documents.jsonl")}
    found = {layer: _lines(export / f"{layer}.jsonl") for layer in LAYERS}
    tallies = {layer: Tally() for layer in LAYERS}
    parts: dict[str, list[bool]] = defaultdict(list)
    told: dict[tuple[str, str], str] = {}
    for path in _annotated(gold):
        annotation = json.loads(path.read_text("utf-8"))
        row = documents.get(f"{path.stem}.txt", {"id": f"absent:{path.stem}", "text": ""})
        if annotation.get("duplicate_of"):
            original = documents.get(annotation["duplicate_of"], {})
            parts["duplicates"].append(bool(original) and row.get("duplicate_of") == original["id"])
            continue
        _document(row, annotation, parts)
        for layer, score in LAYERS.items():
            mine = [record for record in found[layer] if evidence(record, row["id"])]
            wanted = annotation.get(layer) or []
            pairs = match.assign(mine, wanted, partial(score, row["id"]))
            tallies[layer].add(path.stem, mine, wanted, pairs)
            _parts(layer, tallies[layer], [(mine[i], wanted[j]) for i, j in pairs], row["id"])
            if layer == "matters":
                told |= {(path.stem, wanted[j]["label"]): mine[i]["id"] for i, j in pairs}
    _links(gold, told, parts)
    return Scores(tallies, parts)


def _annotated(gold: Path) -> list[Path]:
    found = sorted(
        path for path in gold.glob("*.json") if path.name != "corpus.json" and path.with_suffix(".txt").exists()
    )
    if not found:
        raise UsageError("holds no NAME.txt with a NAME.json beside it", where=str(gold), mend="see docs/annotation.md")
    return found


def _document(row: Row, annotation: Row, parts: dict[str, list[bool]]) -> None:
    published = annotation.get("published") or {}
    text = Text(row.get("text") or "", row.get("article") or ())
    parts["published"].append(
        match.date_right(
            row.get("published"), (published["start"], published["end"]) if published.get("start") else None
        )
    )
    for line in annotation.get("boilerplate") or ():
        place = text.find(line)
        parts["boilerplate_removed"].append(place is None or not overlap([place], text.article))
    for layer in LAYERS:
        for record in annotation.get(layer) or ():
            record["_at"] = text.places(record)
            parts["text_kept"].append(any(text.kept(place) for place in record["_at"]))


def _parts(layer: str, tally: Tally, pairs: Sequence[tuple[Row, Row]], document_id: str) -> None:
    for one, gold in pairs:
        if layer == "events":
            tally.parts["date"].append(
                match.date_right(one.get("date"), (gold["start"], gold["end"]) if gold.get("start") else None)
            )
            tally.parts["modality"].append(one.get("modality") == gold.get("modality"))
        elif layer == "statements":
            tally.parts["outlook"].append(
                (one.get("outlook") or "none") in {gold.get("outlook", "none"), *gold.get("alt_outlook", ())}
            )
        elif layer == "matters":
            here = [step for step in one.get("milestones") or () if evidence(step, document_id)]
            last = max(here, key=lambda step: (step.get("date") or {}).get("start") or "", default=one)
            tally.parts["status"].append(
                bool({gold["status"], *gold.get("alt_status", ())} & {one.get("status"), last.get("status")})
            )


def _links(gold: Path, told: dict[tuple[str, str], str], parts: dict[str, list[bool]]) -> None:
    sheet = gold / "corpus.json"
    if not sheet.exists():
        return
    corpus = json.loads(sheet.read_text("utf-8"))
    ids: dict[str, set[str]] = {}
    for entry in corpus.get("matters", ()):
        members = [told.get((name.removesuffix(".txt"), label)) for name, label in entry["members"].items()]
        parts["linked_across"].append(None not in members and len(set(members)) == 1)
        ids[entry["label"]] = {member for member in members if member}
    for (_, label), found in told.items():
        ids.setdefault(label, set()).add(found)
    for one, other in corpus.get("distinct", ()):
        if ids.get(one) and ids.get(other):
            parts["kept_apart"].append(not ids[one] & ids[other])


def _name(row: Row) -> str:
    return PurePath(row.get("path") or row.get("url") or row["id"]).name


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()] if path.exists() else []
