"""Writing: records to rows, and the commits of a batch in their order."""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from detente.errors import ArchiveError
from detente.model import Coding, Document, Record
from detente.store import moments
from detente.store.lake import Lake, persist
from detente.store.layout import SCHEMA_VERSION, TABLES, Table
from detente.store.session import bench
from detente.store.shapes import column_type, float_fields, structure
from detente.store.statements import sql
from detente.store.trouble import guarded

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

Rows = list[bytes]


@dataclass(frozen=True)
class Stamp:
    """What all rows of a batch carry: when they were recorded, by which run, and which batch it is."""

    run_id: str | None
    recorded_at: datetime = field(default_factory=moments.now)
    batch: str = field(default_factory=lambda: uuid.uuid4().hex[:16])


def describe(version: int = SCHEMA_VERSION) -> str:
    """A table's description, which names its schema version."""
    return f"detente schema {version}"


def json_row(table: Table, record: Record, beside: Mapping[str, Any] | None = None) -> bytes:
    """A record as a JSON row of a table.

    Raises:
        ArchiveError: for what no row can hold: NaN, infinities, lone surrogates.
    """
    for name in float_fields(type(record)):
        value = getattr(record, name)
        if value is not None and not math.isfinite(value):
            raise ArchiveError(f"{name} is not a number: {value}", where=f"{table.name} {getattr(record, 'id', '')}")
    plain = record if not table.omit else msgspec.structs.replace(record, **dict.fromkeys(table.omit, ()))
    try:
        line = msgspec.json.encode(plain)
    except UnicodeEncodeError as error:
        where = f"{table.name} {getattr(record, 'id', '')}"
        raise ArchiveError(f"text that is not Unicode: {error.reason}", where=where) from error
    return msgspec.json.encode(dict(beside))[:-1] + b"," + line[1:] if beside else line


def stamped(table: Table, rows: Rows, stamp: Stamp) -> DuckDBPyRelation:
    """JSON rows as the columns of a table, an Arrow stream."""
    connection = bench()
    text = b"[" + b",".join(rows) + b"]"
    connection.execute(sql("incoming"), {"rows": text.decode(), "structure": structure(table.incoming)}).fetchall()
    return _stamp(connection, table, stamp)


class DocumentRows:
    """Documents as rows of their table, taken over whole. Texts, which may be long, do not go by way of JSON.

    Args:
        documents: The documents, each once.

    Raises:
        ArchiveError: for a text that is not Unicode.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        from arro3.core import Array, DataType, Table

        documents = list(documents)
        rows = [json_row(TABLES["documents"], msgspec.structs.replace(document, text="")) for document in documents]
        with guarded("documents"):
            self._connection = bench()
            texts: dict[str, Any] = {
                "id": Array([document.id for document in documents], DataType.utf8()),
                "text": Array([_encoded(document) for document in documents], DataType.large_utf8()),
            }
            self._connection.register("handed", Table.from_pydict(texts))
            self._connection.execute("CREATE TEMP TABLE texts AS SELECT * FROM handed").fetchall()
            self._connection.unregister("handed")
            shape = structure(TABLES["documents"].incoming)
            given = {"rows": (b"[" + b",".join(rows) + b"]").decode(), "structure": shape}
            self._connection.execute(sql("incoming"), given).fetchall()

    def stamped(self, stamp: Stamp, known: Iterable[str]) -> DuckDBPyRelation:
        """The rows without those of known documents, with all columns of the table, an Arrow stream."""
        return self._connection.sql(
            sql("document_rows"),
            params={
                "recorded_at": stamp.recorded_at,
                "run_id": stamp.run_id,
                "batch": stamp.batch,
                "known": list(known),
            },
        )


def _encoded(document: Document) -> str:
    try:
        document.text.encode()
    except UnicodeEncodeError as error:
        where = f"documents {document.id}"
        raise ArchiveError(f"text that is not Unicode: {error.reason}", where=where) from error
    return document.text


class Handed:
    """An Arrow stream with the columns of `table.incoming`, taken over whole so that a commit of it can be repeated.

    Args:
        table: The table the rows are for; columns it has beside those of `data` must not be there.
        data: The stream; columns may come in any order, and absent ones give NULL.
        known: Documents whose rows are left out.
    """

    def __init__(self, table: Table, data: Any, known: Iterable[str] = ()) -> None:
        from arro3.core import RecordBatchReader

        self._table, self._connection = table, bench()
        with guarded(table.name):
            self._connection.register("handed", RecordBatchReader.from_arrow(data))
            there = set(self._connection.view("handed").columns)
            wanted = ", ".join(
                f"{_quoted(name) if name in there else 'NULL'}::{column_type(shape)} AS {_quoted(name)}"
                for name, shape in table.incoming.items()
            )
            self._connection.execute(f"CREATE TEMP TABLE incoming AS SELECT {wanted} FROM handed").fetchall()
            self._connection.unregister("handed")
            self._connection.execute(sql("forget_known"), {"known": list(known)}).fetchall()

    def stamped(self, stamp: Stamp) -> DuckDBPyRelation:
        """The rows with all columns of the table, an Arrow stream."""
        return _stamp(self._connection, self._table, stamp)

    def strangers(self, documents: Iterable[str]) -> list[str]:
        """Some ids of documents that rows name and that are not among these."""
        rows = self._connection.execute(sql("strangers"), {"documents": list(documents)}).fetchall()
        return [row[0] for row in rows]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _stamp(connection: DuckDBPyConnection, table: Table, stamp: Stamp) -> DuckDBPyRelation:
    kind = "stamp_events" if table.name == "events" else "stamp_findings" if table.derived else "stamp_rows"
    return connection.sql(
        sql(kind), params={"recorded_at": stamp.recorded_at, "run_id": stamp.run_id, "batch": stamp.batch}
    )


def empty(table: Table) -> DuckDBPyRelation:
    """A table's columns without rows."""
    columns = ", ".join(f'NULL::{column_type(shape)} AS "{name}"' for name, shape in table.columns.items())
    return bench().sql(f"SELECT {columns} LIMIT 0")


def create(lake: Lake) -> None:
    """Make the tables that are missing, `documents` last. Harmless beside another writer that does the same."""
    for table in TABLES.values():
        if not lake.exists(table.name):
            lake.create(table.name, empty(table), describe())


def commit(lake: Lake, name: str, rows: Rows, stamp: Stamp) -> None:
    """Commit rows to a table, if there are any; tried again under contention."""
    if rows:
        with guarded(lake.uri(name)):
            persist(lambda: lake.append(name, stamped(TABLES[name], rows, stamp)), lake.uri(name))


def finding_rows(codings: Iterable[Coding]) -> dict[str, Rows]:
    """The rows of all tables but `documents` for some codings, each id of a table once."""
    rows: dict[str, Rows] = {name: [] for name in TABLES if name != "documents"}
    seen: set[tuple[str, str]] = set()

    def put(name: str, record: Any, beside: Mapping[str, Any] | None = None) -> None:
        if (name, record.id) not in seen:
            seen.add((name, record.id))
            rows[name].append(json_row(TABLES[name], record, beside))

    for coding in codings:
        for name in ("events", "statements", "figures", "drivers", "matters", "issues"):
            for record in getattr(coding, name):
                put(name, record)
        for matter in coding.matters:
            for position, milestone in enumerate(matter.milestones):
                put("milestones", milestone, {"document_id": matter.document_id, "position": position})
            for link in matter.links:
                put("links", link)
    return rows


def check(codings: Sequence[Coding]) -> None:
    """Refuse findings that name another document than the one they come with.

    Raises:
        ArchiveError: naming the finding.
    """
    for coding in codings:
        for name in ("events", "statements", "figures", "drivers", "matters"):
            for record in getattr(coding, name):
                if record.document_id != coding.document.id:
                    raise ArchiveError(
                        f"belongs to document {record.document_id}, not {coding.document.id}",
                        where=f"{name} {record.id}",
                    )
