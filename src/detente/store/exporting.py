"""Writing an export: a file for each layer, and `datapackage.json` that describes them and gives their checksums."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.errors import UsageError
from detente.model import Matter, Record, to_dict
from detente.store.export import FORMATS, LAYERS, export_row, export_shape, fields, flat_row, flat_shape
from detente.store.plover import PloverEvent, plover
from detente.store.session import connect
from detente.store.shapes import column_type, structure
from detente.store.statements import sql
from detente.store.trouble import guarded

if TYPE_CHECKING:
    from detente.store.archive import Archive

_AT_ONCE = 1000
_MEDIA = {"jsonl": "application/x-ndjson", "csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def export(archive: Archive, directory: Path, format: str = "jsonl", matters: Iterable[Matter] | None = None) -> Path:
    """Write documents, events, matters, statements, figures and drivers, one file each, and `datapackage.json`.

    Beside `events.jsonl` there is `plover.jsonl`, with the same events by the names of PLOVER's own records.

    Args:
        archive: What to write.
        directory: Made if it is missing; files of the same names are replaced, each at once and only when complete.
        format: `jsonl`, `parquet` or `csv`.
        matters: Merged matters; the matters as single documents tell them if None.

    Returns:
        The path of `datapackage.json`.

    Raises:
        UsageError: for another format.
        ArchiveError: if a file cannot be read or written.
    """
    if format not in FORMATS:
        raise UsageError(f"no such format: {format}", where="format", mend=f"one of {', '.join(FORMATS)}")
    layers: dict[str, Iterable[Record]] = {
        "documents": archive.documents(),
        "events": archive.events(),
        "matters": archive.matter_records() if matters is None else matters,
        "statements": archive.statements(),
        "figures": archive.figures(),
        "drivers": archive.drivers(),
    }
    resources = []
    with guarded(str(directory)):
        directory.mkdir(parents=True, exist_ok=True)
        for name, records in layers.items():
            resources.append(_layer(directory, name, LAYERS[name], format, map(export_row, records)))
        if format == "jsonl":
            resources.append(_layer(directory, "plover", PloverEvent, format, _plover(archive)))
        package = directory / "datapackage.json"
        part = package.with_name(".datapackage.json.part")
        part.write_text(json.dumps(_package(archive, resources), ensure_ascii=False, indent=1) + "\n", "utf-8")
        part.replace(package)
    return package


def _layer(
    directory: Path, name: str, kind: type[Record], format: str, rows: Iterator[dict[str, Any]]
) -> dict[str, Any]:
    """Writes one file, whole or not at all; what `datapackage.json` says of it."""
    target = directory / f"{name}.{format}"
    part = target.with_name(f".{target.name}.part")
    try:
        count = _WRITERS[format](part, kind, rows)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return _resource(name, kind, target, format, count)


def _plover(archive: Archive) -> Iterator[dict[str, Any]]:
    documents = {document.id: document for document in archive.documents(bare=True)}
    for event in archive.events():
        told = plover(event, documents)
        if told is not None:
            yield to_dict(told)


def _package(archive: Archive, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": "detente-export",
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "title": "Relations between states: documents, events, matters, statements, figures and drivers",
        "version": str(archive.version),
        "as_of": archive.until.isoformat() if archive.until else None,
        "resources": resources,
    }


def _resource(name: str, kind: type[Record], path: Path, format: str, rows: int) -> dict[str, Any]:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return {
        "name": name,
        "path": path.name,
        "format": format,
        "mediatype": _MEDIA[format],
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest.hexdigest()}",
        "rows": rows,
        "schema": {"fields": fields(kind, format), "primaryKey": ["id"]},
    }


def _jsonl(path: Path, kind: type[Record], rows: Iterator[dict[str, Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            count += 1
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    return count


def _csv(path: Path, kind: type[Record], rows: Iterator[dict[str, Any]]) -> int:
    columns, count = flat_shape(export_shape(kind)), 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            count += 1
            flat = flat_row(row, columns)
            writer.writerow([_cell(flat[name], isinstance(shape, list)) for name, shape in columns.items()])
    return count


def _cell(value: Any, listed: bool) -> Any:
    if listed:
        return json.dumps(value or [], ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else value


def _parquet(path: Path, kind: type[Record], rows: Iterator[dict[str, Any]]) -> int:
    shape, count = export_shape(kind), 0
    connection = connect([str(path.parent.absolute())])
    columns = ", ".join(f'"{name}" {column_type(inner)}' for name, inner in shape.items())
    connection.execute(f"CREATE TABLE layer ({columns})")
    while chunk := list(islice(rows, _AT_ONCE)):
        connection.execute(sql("incoming"), {"rows": json.dumps(chunk), "structure": structure(shape)}).fetchall()
        connection.execute("INSERT INTO layer SELECT * FROM incoming")
        connection.execute("DROP TABLE incoming")
        count += len(chunk)
    connection.table("layer").write_parquet(str(path.absolute()), compression="zstd")
    connection.close()
    return count


_WRITERS: dict[str, Callable[[Path, type[Record], Iterator[dict[str, Any]]], int]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
}
