"""What an export says: records as the rows that other programs read, and the data dictionary beside them. Pure."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from detente.codebook.reading import load_tsv
from detente.model import Document, Driver, Event, Figure, Matter, Record, Statement, to_dict
from detente.store.shapes import Shape, record_shape

Format = Literal["jsonl", "parquet", "csv"]
FORMATS: tuple[Format, ...] = ("jsonl", "parquet", "csv")

LAYERS: dict[str, type[Record]] = {
    "documents": Document,
    "events": Event,
    "matters": Matter,
    "statements": Statement,
    "figures": Figure,
    "drivers": Driver,
}
"""What is exported, by file name."""


def export_row(record: Record) -> dict[str, Any]:
    """A record as an exported row: the values of `model.to_dict`, for documents in the shape readers expect.

    A document's `article` is `[[start, end], …]`, and `published` holds `start`, `end` and `precision` beside `known`
    and `reasons`, None where it is unknown. All else is as the record has it.
    """
    row = to_dict(record)
    if isinstance(record, Document):
        row["article"] = [[span.start, span.end] for span in record.article]
        if row["published"]:
            row["published"] = row["published"].pop("interval") | row["published"]
    return row


def export_shape(kind: type[Record]) -> dict[str, Shape]:
    """The columns of exported rows, as `shapes` words them."""
    shape = dict(record_shape(kind))
    if kind is Document:
        shape["article"] = [["BIGINT"]]
        published = dict(shape["published"]) if isinstance(shape["published"], dict) else {}
        interval = published.pop("interval")
        shape["published"] = {**(interval if isinstance(interval, dict) else {}), **published}
    return shape


_TYPES = {
    "VARCHAR": "string",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMPTZ": "datetime",
}


def fields(kind: type[Record], format: str) -> list[dict[str, Any]]:
    """The data dictionary of a layer: a Table Schema field for each column (https://datapackage.org/standard).

    In CSV, lists are JSON in one cell, and what holds parts is spread over columns named `date.start`, `date.end` ….
    """
    layer = next((name for name, known in LAYERS.items() if known is kind), "plover")
    listed = []
    for name, shape in (flat_shape(export_shape(kind)) if format == "csv" else export_shape(kind)).items():
        kind_name = _TYPES[shape] if isinstance(shape, str) else "array" if isinstance(shape, list) else "object"
        listed.append({"name": name, "type": kind_name, "description": meaning(layer, name)})
    return listed


def meaning(layer: str, field: str) -> str:
    """What a field means: of `origin.coder` what `origin` and its part do.

    Raises:
        KeyError: for a field that `data/fields.tsv` does not know.
    """
    known = meanings()
    whole, *parts = field.split(".")
    said = known.get(f"{layer}.{whole}") or known[f"*.{whole}"]
    return "; ".join((said, *(known[f".{part}"] for part in parts)))


@cache
def meanings() -> dict[str, str]:
    """The data dictionary, `data/fields.tsv`."""
    path = Path(str(files("detente") / "data" / "fields.tsv"))
    return {row["field"]: row["meaning"] for _, row in load_tsv(path, ("field", "meaning"))}


def flat_shape(shape: dict[str, Shape], prefix: str = "") -> dict[str, Shape]:
    """A shape with its parts spread over dotted names; lists stay as they are."""
    flat: dict[str, Shape] = {}
    for name, inner in shape.items():
        if isinstance(inner, dict):
            flat |= flat_shape(inner, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = inner
    return flat


def flat_row(row: dict[str, Any], columns: dict[str, Shape]) -> dict[str, Any]:
    """A row spread over the columns of `flat_shape`; a missing part gives None."""
    flat = {}
    for column in columns:
        value: Any = row
        for part in column.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        flat[column] = value
    return flat
