"""From one schema version of the tables to the next.

A new field of a record needs no migration: rows older than it are read with the field's default. Whatever else changes
the tables raises `SCHEMA_VERSION` and adds a step here, which takes a lake from that version to the next and may be
repeated after a kill. A table's version stands in its Delta description.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from detente.errors import ArchiveError
from detente.store.lake import Lake
from detente.store.layout import SCHEMA_VERSION
from detente.store.trouble import guarded
from detente.store.writer import create, describe

Step = Callable[[Lake], None]

STEPS: Mapping[int, Step] = {}
"""The step from each earlier version."""


def version(lake: Lake) -> int:
    """The schema version of an archive.

    Raises:
        ArchiveError: if its tables were not made by detente.
    """
    with guarded(lake.uri("documents")):
        description = lake.table("documents").metadata().description or ""
    match = re.fullmatch(r"detente schema (\d+)", description)
    if not match:
        raise ArchiveError(
            "these tables were not made by detente", where=lake.location, mend="name another folder with --archive"
        )
    return int(match.group(1))


def check(lake: Lake, steps: Mapping[int, Step] = STEPS, current: int = SCHEMA_VERSION) -> None:
    """Refuse an archive of another schema version.

    Raises:
        ArchiveError: naming the mend: `detente doctor --repair` for an older one, a newer detente for a newer one.
    """
    found = version(lake)
    if found > current:
        raise ArchiveError(
            f"made by a newer detente (schema {found}, this one knows {current})",
            where=lake.location,
            mend="pip install --upgrade detente",
        )
    if found < current and any(step in steps for step in range(found, current)):
        raise ArchiveError(
            f"made by an older detente (schema {found}, this one writes {current})",
            where=lake.location,
            mend="`detente doctor --repair` brings it up to date",
        )


def migrate(lake: Lake, steps: Mapping[int, Step] = STEPS, current: int = SCHEMA_VERSION) -> list[int]:
    """Bring an archive up to date, a step at a time, noting the version after each.

    Returns:
        The versions reached, empty if it was up to date.

    Raises:
        ArchiveError: if a step is missing or fails.
    """
    reached = []
    for step in range(version(lake), current):
        if step in steps:
            steps[step](lake)
        with guarded(lake.uri("documents")):
            lake.table("documents").alter.set_table_description(describe(step + 1))
        lake.forget("documents")
        reached.append(step + 1)
    create(lake)
    return reached
