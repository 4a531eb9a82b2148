"""The DuckDB side: a database in memory whose views read exactly the Parquet files that one snapshot lists."""

from __future__ import annotations

import contextlib
import itertools
import os
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.errors import ArchiveError
from detente.store.lake import Snapshot
from detente.store.layout import TABLES
from detente.store.shapes import column_type
from detente.store.statements import sql
from detente.store.trouble import guarded

if TYPE_CHECKING:
    import numpy.typing as npt
    from duckdb import DuckDBPyConnection, DuckDBPyRelation


_TOLD = {"documents": ("documents_told",), "milestones": ("milestones_told",), "statements": ("statements_told",)}
"""What is derived once from the rows of a table, after it is defined."""
HELD = 400_000
"""So many rows of a table are taken into memory by a session that holds them."""


def connect(folders: Iterable[str]) -> DuckDBPyConnection:
    """An empty database in memory that loads no extension, reads no file outside `folders`, and sees no variable."""
    import duckdb

    spill = Path(tempfile.gettempdir()) / "detente-duckdb"
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
            "temp_directory": str(spill),
        },
    )
    connection.execute("SET allowed_directories = $folders", {"folders": [*folders, str(spill)]})
    connection.execute("SET enable_external_access = false")
    connection.execute("SET GLOBAL parquet_metadata_cache = true")
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    return connection


@cache
def _bench(process: int) -> DuckDBPyConnection:
    return connect(())


def bench() -> DuckDBPyConnection:
    """A connection to this process's database without files, on which rows are made; temporary tables are its own."""
    return _bench(os.getpid()).cursor()


class Engine:
    """A database for the sessions of one archive: starting one takes longer than most answers.

    Args:
        location: Where the archive is, for messages.
        folders: The folders that hold its Parquet files.
    """

    def __init__(self, location: str, folders: Iterable[str]) -> None:
        self.location, self._numbers = location, itertools.count()
        with guarded(location):
            self._connection = connect(folders)

    def session(self, until: datetime | None = None, *, held: bool = False) -> Session:
        """A new view of the archive, of what was recorded up to then; see `Session` for `held`."""
        return Session(self.location, self._connection, f"view{next(self._numbers)}", until, held=held)


class Session:
    """One consistent view of an archive. Results keep theirs alive, so what they show does not change under them.

    Args:
        location: Where the archive is, for messages.
        connection: A connection to the database.
        schema: The schema of the database that is this session's own; dropped with it.
        until: Rows recorded later are not seen; None for all.
        held: Take rows into memory where they are few, for a view that is asked often. Texts stay in their files.
    """

    def __init__(
        self,
        location: str,
        connection: DuckDBPyConnection,
        schema: str,
        until: datetime | None = None,
        *,
        held: bool = False,
    ) -> None:
        self.location, self.until, self._held = location, until, held
        self.snapshots: dict[str, Snapshot] = {}
        self.kept: dict[Any, Any] = {}  # answers that look at everything, for as long as the view lives
        self._lock, self._schema = threading.RLock(), schema
        with guarded(location):
            connection.execute(f"CREATE SCHEMA {schema}")
            self._connection = connection.cursor()
            self._connection.execute(f"SET schema = '{schema}'")
        weakref.finalize(self, _drop, connection, schema).atexit = False

    def ensure(self, names: Iterable[str], take: Callable[[str], Snapshot]) -> None:
        """Make the views of some tables. `documents` is looked at first: all that its rows stand for is there already.

        Args:
            names: Tables of the layout.
            take: Gives the newest snapshot of a table.
        """
        with self._lock:
            for name in ("documents", *(name for name in TABLES if name in set(names))):
                if name not in self.snapshots:
                    snapshot = take(name)
                    with guarded(f"{self.location}/{name}"):
                        self._define(snapshot)
                    self.snapshots[name] = snapshot

    def _define(self, snapshot: Snapshot) -> None:
        name, table, connection = snapshot.name, TABLES[snapshot.name], self._connection
        few = False
        if snapshot.files:
            files = connection.read_parquet(list(snapshot.files), union_by_name=True)
            if self.until is not None:
                import duckdb

                files = files.filter(duckdb.ColumnExpression("recorded_at") <= duckdb.ConstantExpression(self.until))
            # Files of an older detente lack the columns added since.
            absent = {column: shape for column, shape in table.columns.items() if column not in files.columns}
            if absent:
                files = files.project(
                    ", ".join(("*", *(f'NULL::{column_type(shape)} AS "{c}"' for c, shape in absent.items())))
                )
            few = self._held and name != "documents" and len(files) <= HELD
            (files.create if few else files.create_view)(f"{name}_files")
        else:
            columns = ", ".join(f'"{column}" {column_type(shape)}' for column, shape in table.columns.items())
            connection.execute(f"CREATE TABLE {name}_files ({columns})")
        given = ("held",) if self._held else ("read",)
        for statement in _views(name):
            connection.execute(sql(statement, given, table=name)).fetchall()
        if table.corrected and not connection.execute(sql("any_corrections", table=name)).fetchall():
            connection.execute(sql("uncorrected_now", table=name))
        if few and name != "milestones":  # its views are told from the rows of its files
            connection.execute(sql("hold", table=name))
        for statement in _TOLD.get(name, ()):
            connection.execute(sql(statement, given)).fetchall()

    def cursor(self) -> DuckDBPyConnection:
        """A connection of its own to the same database: safe in another thread, and with a result of its own."""
        cursor = self._connection.cursor()
        cursor.execute(f"SET schema = '{self._schema}'")
        return cursor

    def relation(self, text: str, parameters: Mapping[str, Any]) -> DuckDBPyRelation:
        """A question not yet asked, on a connection of its own."""
        with guarded(self.location):
            return self.cursor().sql(text, params=dict(parameters)) if parameters else self.cursor().sql(text)

    def rows(self, text: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of an answer.

        Raises:
            ArchiveError: if a file that the snapshot lists cannot be read.
        """
        with guarded(self.location):
            cursor = self.cursor()
            try:
                return cursor.execute(text, dict(parameters or {})).fetchall()
            finally:
                cursor.close()

    def columns(self, text: str, parameters: Mapping[str, Any]) -> dict[str, npt.NDArray[Any]]:
        """All rows of an answer as columns, which is faster where there are many. NULL is None, or NaN in numbers.

        Raises:
            ArchiveError: as for `rows`.
        """
        with guarded(self.location):
            cursor = self.cursor()
            try:
                found = cursor.execute(text, dict(parameters)).fetchnumpy()
            finally:
                cursor.close()
        return {name: _plain(values) for name, values in found.items()}

    def value(self, text: str, parameters: Mapping[str, Any] | None = None) -> Any:
        """The first column of the only row of an answer."""
        rows = self.rows(text, parameters)
        if not rows:
            raise ArchiveError("no answer", where=self.location)
        return rows[0][0]


def _plain(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    import numpy as np

    if not isinstance(values, np.ma.MaskedArray):
        return values
    plain: npt.NDArray[Any] = values.data
    if values.mask.any():
        plain = plain.copy()
        plain[values.mask] = None if plain.dtype == object else np.nan
    return plain


def _drop(connection: DuckDBPyConnection, schema: str) -> None:
    # Streams may still be read from another connection; the schema then stays until the process ends.
    with contextlib.suppress(Exception):
        connection.cursor().execute(f"DROP SCHEMA {schema} CASCADE")


def _views(name: str) -> tuple[str, ...]:
    table = TABLES[name]
    if name == "documents":
        return ("kept", "documents_now")
    if table.corrected:
        return ("corrections", "hidden", "corrected_now")
    return ("milestones_now",) if name == "milestones" else ("plain_now",)
