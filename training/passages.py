"""The bank's passages, their index and their annotations, as plain values."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.codebook import Codebook
from detente.model import Annotations, Document, document_id
from detente.text.annotate import annotate, prepare

SPLITS = ("train", "dev", "test")
COLUMNS = ("id", "split", "dyad", "style", "year", "set", "role", "domain", "region", "noise", "syndicated_of")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


@dataclass(frozen=True)
class Passage:
    """One passage: its index row, its text, and its annotation (None until it is annotated)."""

    row: dict[str, str]
    text: str
    annotation: dict[str, Any] | None = field(repr=False)

    @property
    def id(self) -> str:
        """Its id, which is its file's stem."""
        return self.row["id"]

    @property
    def words(self) -> list[str]:
        """Its words in lower case."""
        return [word.lower() for word in _WORD.findall(self.text)]


def load(bank: Path) -> list[Passage]:
    """All passages that the index lists, in its order.

    Raises:
        FileNotFoundError: where the index names a passage that is not there.
    """
    passages = []
    for sheet in sorted((bank / "index").glob("*.tsv")):
        with sheet.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                path = bank / row["split"] / f"{row['id']}.txt"
                annotated = path.with_suffix(".json")
                passages.append(
                    Passage(
                        row={key: value or "" for key, value in row.items() if key},
                        text=path.read_text("utf-8"),
                        annotation=json.loads(annotated.read_text("utf-8")) if annotated.exists() else None,
                    )
                )
    return passages


def read(path: Path, book: Codebook) -> tuple[Document, Annotations]:
    """The text of a passage, prepared and annotated."""
    text = path.read_text("utf-8")
    document = Document(id=document_id(text, path.name), text=text, path=path.name)
    return annotate(prepare(document, book), book)


def annotated(folder: Path, book: Codebook) -> Iterator[tuple[str, Document, Annotations, dict[str, Any]]]:
    """The dyad, document, annotations and annotation by hand of the passages of a folder; copies of others left out."""
    for path in sorted(folder.glob("*.txt")):
        annotation = json.loads(path.with_suffix(".json").read_text("utf-8"))
        if not annotation.get("duplicate_of"):
            yield path.stem.split("-")[1], *read(path, book), annotation


def sentences(bank: Path) -> list[dict[str, str]]:
    """The rows of the bank's single sentences."""
    rows: list[dict[str, str]] = []
    for sheet in sorted((bank / "sentences").glob("*.tsv")):
        with sheet.open(encoding="utf-8", newline="") as lines:
            rows += [
                {key: value or "" for key, value in row.items() if key}
                for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            ]
    return rows
