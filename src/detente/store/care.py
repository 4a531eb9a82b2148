"""Keeping an archive well: what is wrong with it, what can be swept, joined and thrown away."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from detente.errors import ArchiveError
from detente.model import Issue, issue
from detente.store import migrations, moments
from detente.store.lake import Contended, Lake, parquet_properties, persist
from detente.store.layout import SCHEMA_VERSION, TABLES
from detente.store.session import Engine, Session, connect
from detente.store.statements import sql
from detente.store.trouble import guarded, translate

TIERS = (1 << 20, 1 << 24, 1 << 27)
"""Small files are joined into ones of 1 MiB, these into ones of 16, these into ones of 128: each byte is rewritten at
most three times, however many documents come one by one."""

FEW = 32
"""So many files of one tier are left alone."""

_GATED = tuple(name for name, table in TABLES.items() if table.gated)


def tend(lake: Lake) -> None:
    """Join small files where there are many. Quick where there are few; yields to any other writer."""
    for name in TABLES:
        if lake.version(name) >= FEW:
            try:
                _join(lake, name, FEW)
            except Contended:
                continue


def compact(lake: Lake) -> dict[str, int]:
    """Join all small files: by table, how many files fewer it has."""
    fewer: dict[str, int] = {}
    for name in TABLES:
        if lake.exists(name):
            fewer[name] = persist(partial(_join, lake, name, 1), lake.uri(name))
    return fewer


def _join(lake: Lake, name: str, few: int) -> int:
    from deltalake.exceptions import CommitFailedError

    with lake.lock, guarded(lake.uri(name)):
        table = lake.table(name)
        actions: Any = table.get_add_actions(flatten=True)
        sizes = [size.as_py() for size in actions["size_bytes"]]
        for tier in TIERS:
            small = sum(size < tier for size in sizes)
            if small > few:
                try:
                    done = table.optimize.compact(target_size=tier, writer_properties=parquet_properties())
                except CommitFailedError as error:
                    lake.forget(name)
                    raise Contended(str(error)) from error
                return int(done["numFilesRemoved"]) - int(done["numFilesAdded"])
    return 0


def vacuum(lake: Lake, older_than_hours: float) -> int:
    """Delete files that no snapshot younger than that lists. Questions about the past still work: rows stay."""
    gone = 0
    for name in TABLES:
        if lake.exists(name):
            with guarded(lake.uri(name)):
                gone += len(
                    lake.table(name).vacuum(
                        retention_hours=round(older_than_hours),
                        dry_run=False,
                        full=True,
                        enforce_retention_duration=False,
                    )
                )
    return gone


def sweep(lake: Lake, older_than_hours: float) -> dict[str, int]:
    """Delete findings of documents that never came to be and are older than that: rows by table.

    Raises:
        ArchiveError: if they cannot be deleted.
    """
    from deltalake.exceptions import CommitFailedError

    before = moments.now() - timedelta(hours=older_than_hours)
    swept: dict[str, int] = {}
    for name in _GATED:

        def attempt(name: str = name) -> int:
            view = _view(lake, name)
            rows = _orphans(view, name, before)
            if not rows:
                return 0
            chosen = " OR ".join(
                f"(batch = {_quoted(batch)} AND document_id = {_quoted(document)})" for batch, document, _ in rows
            )
            table = lake.table(name)
            try:
                with guarded(lake.uri(name)):
                    table.delete(chosen)
            except ArchiveError as error:
                if isinstance(error.__cause__, CommitFailedError):
                    lake.forget(name)
                    raise Contended(str(error)) from error
                raise
            return sum(count for _, _, count in rows)

        if lake.exists(name) and (count := persist(attempt, lake.uri(name))):
            swept[name] = count
    return swept


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _orphans(view: Session, name: str, before: datetime) -> list[tuple[str, str, int]]:
    kind = "milestones" if name == "milestones" else "corrected"
    return view.rows(sql("orphans", (kind,), table=name), {"before": before})


def _view(lake: Lake, name: str) -> Session:
    view = Engine(lake.location, lake.folders()).session()
    view.ensure((name,) if name != "milestones" else ("matters", "milestones"), lake.snapshot)
    return view


def doctor(lake: Lake) -> list[Issue]:
    """What is wrong: one issue for each trouble, none if the archive is well."""
    found: list[Issue] = []
    try:
        if migrations.version(lake) != SCHEMA_VERSION:
            found.append(
                _trouble(
                    lake.location,
                    f"schema version {migrations.version(lake)}, not {SCHEMA_VERSION}",
                    "`detente doctor --repair`, or a newer detente",
                )
            )
    except ArchiveError as error:
        found.append(_trouble(error.where or lake.location, error.what, error.mend))
    broken: set[str] = set()
    for name in TABLES:
        trouble = _examine(lake, name)
        found += trouble
        if trouble:
            broken.add(name)
    for name in _GATED:
        if not {name, "documents", "matters"} & broken:
            rows = _orphans(_view(lake, name), name, moments.now())
            if rows:
                documents, count = len({row[1] for row in rows}), sum(row[2] for row in rows)
                found.append(
                    issue(
                        "archive",
                        lake.uri(name),
                        level="warning",
                        what=f"{count} rows of {documents} documents that were not accepted; never read",
                        mend="`detente doctor --repair` sweeps those older than a day",
                    )
                )
    return found


def _examine(lake: Lake, name: str) -> list[Issue]:
    where = lake.uri(name)
    try:
        if not lake.exists(name):
            return [_trouble(where, "the table is missing", "`detente doctor --repair` makes an empty one")]
        files = lake.snapshot(name).files
    except ArchiveError as error:
        return [_trouble(where, error.what, error.mend)]
    found = []
    connection = connect(lake.folders())
    for file in files:
        try:
            connection.read_parquet(file).aggregate("count(COLUMNS(*))").fetchall()
        except Exception as error:
            trouble = translate(error, file)
            found.append(_trouble(file, trouble.what, trouble.mend))
    connection.close()
    return found


def _trouble(where: str, what: str, mend: str | None) -> Issue:
    return issue("archive", where, what, mend=mend)
