"""The Delta Lake side: where the tables are, what a snapshot lists, and commits that survive contention."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from detente.errors import ArchiveError
from detente.store.layout import TABLES
from detente.store.mirror import cache_folder, mirrored
from detente.store.trouble import guarded

if TYPE_CHECKING:
    from deltalake import DeltaTable, WriterProperties

T = TypeVar("T")

ATTEMPTS = 40
"""How often a commit is tried again when another writer was faster; the waits add up to about a minute."""

ROW_GROUP = 1 << 16
"""Rows in a group of a Parquet file."""

_APPLICATION = "detente"
_FORBIDDEN = re.compile(r"""[\[\]^|\\<>"`{}*?]""")


class Contended(Exception):  # noqa: N818  never leaves this room
    """Another writer committed first."""


@dataclass(frozen=True)
class Snapshot:
    """What a table is at one version: its Parquet files, as paths that DuckDB can open."""

    name: str
    version: int
    files: tuple[str, ...]


class Lake:
    """The tables of an archive under one location.

    Args:
        location: A folder, or an object-store URL (`s3://…`, `gs://…`, `az://…`).
        options: Storage options as deltalake takes them (credentials, region, endpoint).
        cache: Folder for copies of remote Parquet files, which never change once written.
    """

    def __init__(self, location: str, options: Mapping[str, str] | None = None, cache: Path | None = None) -> None:
        self.remote = "://" in location and not location.startswith("file://")
        plain = location.removeprefix("file://")
        self.location = location.rstrip("/") if self.remote else str(Path(plain).expanduser().absolute())
        if not self.remote and (bad := _FORBIDDEN.search(self.location)):
            raise ArchiveError(
                f"an archive's path may not hold the character {bad.group()!r}",
                where=self.location,
                mend="name another folder with --archive",
            )
        self.options = dict(options or {})
        self.cache = cache
        self._open: dict[str, DeltaTable] = {}
        self.lock = threading.RLock()

    def uri(self, name: str) -> str:
        """Where the table of that name is."""
        return f"{self.location}/{name}"

    def folders(self) -> list[str]:
        """The local folders that hold the Parquet files of all tables."""
        if self.remote:
            return [str(cache_folder(self.uri(name), self.cache)) for name in TABLES]
        return [self.uri(name) for name in TABLES]

    def exists(self, name: str = "documents") -> bool:
        """Whether the table is there."""
        from deltalake import DeltaTable

        if not self.remote and not Path(self.uri(name), "_delta_log").is_dir():
            return False
        with guarded(self.uri(name)):
            return bool(DeltaTable.is_deltatable(self.uri(name), self.options or None))

    def table(self, name: str, *, fresh: bool = True) -> DeltaTable:
        """The Delta table, at its newest version if `fresh`.

        Raises:
            ArchiveError: if it is missing or damaged.
        """
        from deltalake import DeltaTable

        with self.lock, guarded(self.uri(name)):
            table = self._open.get(name)
            if table is None:
                table = self._open[name] = DeltaTable(self.uri(name), storage_options=self.options or None)
            elif fresh:
                table.update_incremental()
            return table

    def snapshot(self, name: str) -> Snapshot:
        """The newest snapshot of a table; an absent table has version -1 and no files."""
        with self.lock:
            if name not in self._open and not self.exists(name):
                return Snapshot(name, -1, ())
            table = self.table(name)
            with guarded(self.uri(name)):
                return Snapshot(name, table.version(), self._files(name, table))

    def version(self, name: str) -> int:
        """The newest version of a table, -1 if it is absent."""
        with self.lock:
            if name not in self._open and not self.exists(name):
                return -1
            return int(self.table(name).version())

    def _files(self, name: str, table: DeltaTable) -> tuple[str, ...]:
        # Tables are not partitioned, so the file's name is enough; the library's own URIs are percent-encoded.
        names = sorted(uri.rsplit("/", 1)[-1] for uri in table.file_uris())
        if self.remote:
            return tuple(mirrored(table, self.uri(name), names, self.cache))
        return tuple(f"{self.uri(name)}/{file}" for file in names)

    def create(self, name: str, empty: Any, description: str) -> None:
        """Make a table without rows; `empty` is any Arrow stream of its columns. Harmless if it is there already."""
        from arro3.core import RecordBatchReader
        from deltalake import DeltaTable

        with guarded(self.uri(name)):
            schema = RecordBatchReader.from_arrow(empty).schema
            DeltaTable.create(
                self.uri(name),
                schema,
                mode="ignore",
                description=description,
                configuration={"delta.enableExpiredLogCleanup": "false"},
                storage_options=self.options or None,
            )

    def append(self, name: str, rows: Any, *, alone: bool = False, note: Mapping[str, Any] | None = None) -> None:
        """Commit rows, an Arrow stream, to a table.

        Args:
            name: The table.
            rows: An Arrow stream that has not been read from.
            alone: Commit only on top of the version last looked at.
            note: Facts kept with the commit.

        Raises:
            Contended: if another writer was faster; make the rows anew and call again.
            ArchiveError: if they cannot be written.
        """
        from deltalake import CommitProperties, Transaction, write_deltalake
        from deltalake.exceptions import CommitFailedError

        tag = [Transaction(_APPLICATION, 1)] if alone else None
        properties = CommitProperties(
            custom_metadata=dict(note or {}), app_transactions=tag, max_commit_retries=0 if alone else 15
        )
        table = self.table(name, fresh=not alone)
        with self.lock, guarded(self.uri(name)):
            try:
                write_deltalake(
                    table,
                    rows,
                    mode="append",
                    schema_mode="merge",
                    commit_properties=properties,
                    writer_properties=parquet_properties(),
                )
            except CommitFailedError as error:
                self.forget(name)
                raise Contended(str(error)) from error

    def newest_moment(self, name: str, version: int | None = None) -> datetime | None:
        """The latest `recorded_at` in a table as of a version of it, from the statistics in its log.

        Raises:
            ArchiveError: if there is no such version.
        """
        from deltalake import DeltaTable

        with guarded(self.uri(name)):
            table = (
                self.table(name, fresh=False)
                if version is None
                else DeltaTable(self.uri(name), version=version, storage_options=self.options or None)
            )
            actions: Any = table.get_add_actions(flatten=True)
            if "max.recorded_at" not in actions.schema.names:
                return None
            moments = [moment.as_py() for moment in actions["max.recorded_at"]]
        return max((moment for moment in moments if moment is not None), default=None)

    def forget(self, name: str) -> None:
        """Open the table anew next time."""
        with self.lock:
            self._open.pop(name, None)


def parquet_properties() -> WriterProperties:
    """How Parquet files are written: in groups of rows small enough that those of other dyads are passed over."""
    from deltalake import WriterProperties

    return WriterProperties(compression="ZSTD", compression_level=3, max_row_group_size=ROW_GROUP)


def persist(attempt: Callable[[], T], where: str) -> T:
    """Call until no other writer was faster, waiting a little longer each time.

    Raises:
        ArchiveError: after `ATTEMPTS` failures.
    """
    for turn in range(ATTEMPTS):
        try:
            return attempt()
        except Contended:
            time.sleep(random.uniform(0.01, 0.05) * min(2**turn, 64))
    raise ArchiveError(
        f"another writer was faster {ATTEMPTS} times",
        where=where,
        mend="run the command again; what was accepted is safe",
    )


assert list(TABLES)[-1] == "documents"
