"""What bulk coding writes: Parquet files of one shard of the input, by layer and year, and the note that it is done.

    DIR/documents/year=1987/SHARD.parquet    and so on for events, statements, figures, drivers, matters and issues
    DIR/_shards/SH/SHARD.json                written last: which files the shard has, with their checksums

The year is that of the document's publication, for its findings too. A shard whose note is there is done. Coded again
it gives the same bytes, so whoever writes it twice does no harm.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from detente.errors import ArchiveError
from detente.model import Coding, Document, Driver, Event, Figure, Issue, Matter, Record, Statement
from detente.store.files import whole
from detente.store.layout import Table
from detente.store.result import RowReader
from detente.store.session import connect
from detente.store.shapes import record_shape, structure
from detente.store.statements import sql
from detente.store.trouble import guarded
from detente.store.writer import check, json_row

SHARD_TABLES: dict[str, Table] = {
    name: Table(name, record)
    for name, record in (
        ("events", Event),
        ("statements", Statement),
        ("figures", Figure),
        ("drivers", Driver),
        ("matters", Matter),
        ("issues", Issue),
        ("documents", Document),
    )
}
"""The layers, in the order in which a shard's files are written."""

UNDATED = "__HIVE_DEFAULT_PARTITION__"
"""The year of what is undated, as DuckDB, Spark and PyArrow call it."""

NOTES = "_shards"
_AT_ONCE = 500


class ShardFile(Record, frozen=True, kw_only=True):
    """One file of a shard: its path in the folder, its rows, bytes and SHA-256."""

    path: str
    rows: int
    bytes: int
    sha256: str


class ShardNote(Record, frozen=True, kw_only=True):
    """That a shard is done: where its input lay, how much came of it, which files hold it."""

    id: str
    inputs: tuple[str, ...]
    first: int
    count: int
    rows: dict[str, int]
    quarantined: tuple[str, ...] = ()
    files: tuple[ShardFile, ...] = ()


class ShardWriter:
    """Gathers what a shard gives, as rows, and writes it.

    Args:
        folder: The folder of the whole output.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: dict[tuple[str, str], list[bytes]] = {}
        self._seen: set[str] = set()

    def __contains__(self, document_id: str) -> bool:
        return document_id in self._seen

    def add(self, coding: Coding) -> None:
        """Takes a coding.

        Raises:
            ArchiveError: for what no row can hold; nothing of the coding is taken then.
        """
        check([coding])
        published = coding.document.published
        year = UNDATED if published is None else f"{published.interval.start.year:04}"
        rows = {
            name: [json_row(table, record) for record in _unique(_layer(coding, name))]
            for name, table in SHARD_TABLES.items()
        }
        for name, lines in rows.items():
            self._rows.setdefault((name, year), []).extend(lines)
        self._seen.add(coding.document.id)

    def add_issue(self, issue: Issue) -> None:
        """Takes trouble that came without a coding."""
        self._rows.setdefault(("issues", UNDATED), []).append(json_row(SHARD_TABLES["issues"], issue))

    def commit(self, note: ShardNote) -> ShardNote:
        """Writes the files, and then the note.

        Args:
            note: What the note says of the input; rows and files are filled in.

        Raises:
            ArchiveError: if something cannot be written; the shard is then not done.
        """
        files, counts = [], dict.fromkeys(SHARD_TABLES, 0)
        connection = connect([str(self._folder.absolute())])
        connection.execute("SET threads = 1")  # one order of rows and groups, so that the bytes are always the same
        try:
            for name, table in SHARD_TABLES.items():
                for year in sorted(year for kind, year in self._rows if kind == name):
                    lines = self._rows[name, year]
                    if lines:
                        path = f"{name}/year={year}/{note.id}.parquet"
                        files.append(self._file(connection, table, path, lines))
                        counts[name] += len(lines)
        finally:
            connection.close()
        done = msgspec.structs.replace(note, rows=counts, files=tuple(files))
        with whole(note_path(self._folder, note.id)) as part:
            part.write_bytes(msgspec.json.format(msgspec.json.encode(done), indent=1) + b"\n")
        return done

    def _file(self, connection: Any, table: Table, path: str, lines: list[bytes]) -> ShardFile:
        with whole(self._folder / path) as part:
            shape = record_shape(table.record)
            text = (b"[" + b",".join(lines) + b"]").decode()
            connection.execute(sql("incoming"), {"rows": text, "structure": structure(shape)}).fetchall()
            connection.table("incoming").write_parquet(str(part.absolute()), compression="zstd")
            connection.execute("DROP TABLE incoming")
            data = part.read_bytes()
        return ShardFile(path=path, rows=len(lines), bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def _layer(coding: Coding, name: str) -> Iterable[Any]:
    return (coding.document,) if name == "documents" else getattr(coding, name)


def _unique(records: Iterable[Any]) -> list[Any]:
    return list({record.id: record for record in records}.values())


def note_path(folder: Path, shard_id: str) -> Path:
    """Where the note of a shard is."""
    return folder / NOTES / shard_id[:2] / f"{shard_id}.json"


def read_note(folder: Path, shard_id: str) -> ShardNote | None:
    """The note of a shard whose files are all there in their full length; None where it is to be coded (again)."""
    try:
        note = msgspec.json.decode(note_path(folder, shard_id).read_bytes(), type=ShardNote)
    except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError):
        return None
    except OSError as error:
        raise ArchiveError(f"cannot be read: {error.strerror}", where=str(folder), mend="check permissions") from error
    for file in note.files:
        path = folder / file.path
        if not path.is_file() or path.stat().st_size != file.bytes:
            return None
    return note


def notes(folder: Path) -> Iterator[ShardNote]:
    """The notes in a folder, in the order of the input.

    Raises:
        ArchiveError: for a folder that bulk coding did not write, or a note that is damaged.
    """
    if not (folder / NOTES).is_dir():
        raise ArchiveError(
            "holds no coded shards", where=str(folder), mend="`detente code … --out DIR` makes such a folder"
        )
    found = []
    for path in (folder / NOTES).glob("??/*.json"):
        try:
            found.append(msgspec.json.decode(path.read_bytes(), type=ShardNote))
        except msgspec.DecodeError as error:
            raise _damaged(path) from error
    yield from sorted(found, key=lambda note: (note.inputs, note.first, note.id))


def drop(folder: Path, note: ShardNote) -> None:
    """Delete a shard: its note first."""
    with guarded(str(folder)):
        note_path(folder, note.id).unlink(missing_ok=True)
        for file in note.files:
            (folder / file.path).unlink(missing_ok=True)


def read_shard(folder: Path, note: ShardNote) -> tuple[list[Coding], list[Issue]]:
    """The codings of a shard, by year and then in the order of the input, and the trouble that came without one.

    Raises:
        ArchiveError: if a file is missing, damaged or has been changed.
    """
    by_table: dict[str, list[Any]] = {name: [] for name in SHARD_TABLES}
    connection = connect([str(folder.absolute())])
    try:
        for file in note.files:
            path = folder / file.path
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != file.sha256:
                raise _damaged(path)
            name = file.path.partition("/")[0]
            read = RowReader(SHARD_TABLES[name].record)
            with guarded(str(path)):
                connection.read_parquet(str(path.absolute())).create_view("answer")
                cursor = connection.execute("SELECT to_json(answer)::VARCHAR FROM answer")
                while chunk := cursor.fetchmany(_AT_ONCE):
                    by_table[name].extend(read(line) for (line,) in chunk)
    finally:
        connection.close()
    of: dict[str, dict[str, list[Any]]] = {document.id: {} for document in by_table["documents"]}
    loose = []
    for name in SHARD_TABLES:
        if name != "documents":
            for record in by_table[name]:
                if record.document_id in of:
                    of[record.document_id].setdefault(name, []).append(record)
                else:
                    loose.append(record)
    codings = [
        Coding(document=document, **{name: tuple(found) for name, found in of[document.id].items()})
        for document in by_table["documents"]
    ]
    return codings, loose


def _damaged(path: Path) -> ArchiveError:
    return ArchiveError(
        "is missing, damaged or changed",
        where=str(path),
        mend="delete it and run the same `detente code` again: only its shard is coded anew",
    )


def write_json(path: Path, plain: Any) -> None:
    """A JSON file, whole or not at all."""
    with whole(path) as part:
        part.write_text(json.dumps(plain, ensure_ascii=False, indent=1, default=str) + "\n", "utf-8")
