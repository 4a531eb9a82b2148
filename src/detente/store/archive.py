"""The archive as others see it: open, write, ask, keep well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from detente.errors import ArchiveError, ArchiveMissingError
from detente.model import Issue, Matter
from detente.store import care, migrations, moments, writer
from detente.store.lake import Lake
from detente.store.ledger import Ledger


class Archive(Ledger):
    """A folder or object-store URL of Delta Lake tables, append-only. Made by `Archive.open`.

    Every question sees what is committed when it is asked; with `as_of` it sees what was recorded up to then. Answers
    are `Result`s. A document exists once its row in `documents` is committed, which happens last. Safe to use from
    several threads, and beside any number of other readers and writers.
    """

    @classmethod
    def open(
        cls,
        path: str | Path = "relations",
        *,
        as_of: moments.AsOf | None = None,
        create: bool = False,
        storage_options: Mapping[str, str] | None = None,
        cache: Path | None = None,
    ) -> Self:
        """Open an archive.

        Args:
            path: The folder, or an object-store URL.
            as_of: Read it as it was known then: a date (to its end, UTC), an instant, ISO text of either, or an
                archive version, which is that of the Delta table `documents` (see `version`). It is then read only.
            create: Make it if it is missing.
            storage_options: Credentials and the like, as deltalake takes them.
            cache: Where copies of a remote archive's files are kept; `~/.cache/detente` if None.

        Raises:
            ArchiveMissingError: if it is missing and `create` is False.
            ArchiveError: if it is damaged, of a newer version of detente, or cannot be made.
        """
        lake = Lake(str(path), storage_options, cache)
        if create:
            writer.create(lake)
        elif not lake.exists():
            raise _missing(lake, path)
        migrations.check(lake)
        until = None if as_of is None else _instant(lake, moments.parse(as_of))
        return cls(lake, until)

    @classmethod
    def diagnose(
        cls, path: str | Path = "relations", *, storage_options: Mapping[str, str] | None = None
    ) -> list[Issue]:
        """What is wrong with the archive there, also where it is too damaged or too old to be opened."""
        lake = Lake(str(path), storage_options)
        if not lake.exists() and (lake.remote or not Path(lake.location).is_dir()):
            raise _missing(lake, path)
        return care.doctor(lake)

    @classmethod
    def repair(
        cls,
        path: str | Path = "relations",
        *,
        older_than_hours: float = 24.0,
        storage_options: Mapping[str, str] | None = None,
    ) -> dict[str, int]:
        """Bring an archive up to the present schema, make missing tables, sweep orphans, join and drop files.

        Args:
            path: The folder or URL.
            older_than_hours: Orphans younger than that may belong to a live writer and stay.
            storage_options: As for `open`.

        Returns:
            What was done: `migrated` steps, `swept` rows, `joined` files, `dropped` files.

        Raises:
            ArchiveMissingError: if there is none.
            ArchiveError: if it cannot be written, or is damaged so that only a copy can help.
        """
        lake = Lake(str(path), storage_options)
        if not lake.exists():
            raise _missing(lake, path)
        return {
            "migrated": len(migrations.migrate(lake)),
            "swept": sum(care.sweep(lake, older_than_hours).values()),
            "joined": sum(care.compact(lake).values()),
            "dropped": care.vacuum(lake, max(older_than_hours, 168.0)),
        }

    def doctor(self) -> list[Issue]:
        """What is wrong with the archive: missing tables, unreadable files, orphans, another schema version."""
        return care.doctor(self._lake)

    def sweep(self, *, older_than_hours: float = 24.0) -> dict[str, int]:
        """Delete findings of documents that never came to be: rows by table. Younger ones may be a live writer's."""
        self._writable()
        return care.sweep(self._lake, older_than_hours)

    def compact(self) -> dict[str, int]:
        """Join small files: the number of files that each table was rid of."""
        self._writable()
        return care.compact(self._lake)

    def vacuum(self, *, older_than_hours: float = 168.0) -> int:
        """Delete files that no snapshot of that age lists any more: their number."""
        self._writable()
        return care.vacuum(self._lake, older_than_hours)

    def export(self, directory: str | Path, *, format: str = "jsonl", matters: Iterable[Matter] | None = None) -> Path:
        """Write the whole archive as files; see `detente.store.exporting.export`."""
        from detente.store.exporting import export

        return export(self, Path(directory), format, matters)


def _missing(lake: Lake, path: str | Path) -> ArchiveMissingError:
    return ArchiveMissingError(
        "there is no archive here", where=lake.location, mend=f"`detente add … --archive {path}` makes one"
    )


def _instant(lake: Lake, when: datetime | int) -> datetime:
    if isinstance(when, datetime):
        return when
    newest = lake.snapshot("documents").version
    if not 0 <= when <= newest:
        raise ArchiveError(f"there is no version {when}", where=lake.location, mend=f"the versions are 0 to {newest}")
    return lake.newest_moment("documents", when) or datetime(1970, 1, 1, tzinfo=UTC)
