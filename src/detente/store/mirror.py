"""Copies of remote Parquet files: DuckDB reaches an object store only with an extension that it would download."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from detente.model import content_id

if TYPE_CHECKING:
    from deltalake import DeltaTable

_PIECE = 1 << 22


def cache_folder(uri: str, cache: Path | None = None) -> Path:
    """Where the copies of a table's files lie: `cache`, else `$XDG_CACHE_HOME/detente`, else `~/.cache/detente`."""
    base = cache or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "detente"
    return base / content_id("mirror", uri)


def mirrored(table: DeltaTable, uri: str, names: Iterable[str], cache: Path | None = None) -> Iterator[str]:
    """Local paths of a table's Parquet files, each fetched once: a file of a Delta table never changes.

    Args:
        table: The open table.
        uri: Where it is; names the cache.
        names: The files' names in the table's folder.
        cache: The folder for the copies.
    """
    from deltalake._internal import DeltaFileSystemHandler

    folder = cache_folder(uri, cache)
    folder.mkdir(parents=True, exist_ok=True)
    remote = DeltaFileSystemHandler.from_table(table._table)
    for name in names:
        here = folder / name
        if not here.exists():
            part = here.with_name(f".{name}.{os.getpid()}")
            source = remote.open_input_file(name)
            with part.open("wb") as target:
                while piece := source.read(_PIECE):
                    target.write(piece)
            part.replace(here)
        yield str(here)
