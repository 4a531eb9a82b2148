"""`Archive.import_dataset`: the way of a dataset's files into the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from detente.codebook import Codebook
from detente.codebook.crossing import Crossing
from detente.codebook.datasets import FIELDS, SIDES, Layout, Places, Side
from detente.errors import SourceError, UsageError
from detente.model import Dataset, Issue, Page, Run, content_id, issue
from detente.sources import datasets
from detente.store import Batch, Tally
from detente.store.tables import open_table
from detente.version import VERSION

if TYPE_CHECKING:
    from detente.pipeline.archive import Archive

AT_ONCE = 1 << 27
"""Characters of rows that are imported and committed together; what is not committed when an import is killed is done
again by the next."""

MOST_BAD = 0.01
"""The share of a file's rows that may be unreadable; a file with more is refused: of another layout, or torn."""

MAP = {
    **{name: name for name in FIELDS if name != "code"},
    "cameo": "code",
    "type": "code",
    "context": "contexts",
    "place": "place",
    **{side: f"{side}.name" for side in SIDES},
    **{f"{side}_{name}": f"{side}.{name}" for side in SIDES for name in ("name", "country", "sectors")},
}
"""What `--map` knows, and which field of a layout each is."""


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did: how the rows of each file fared, how many pages were there already, and the trouble met."""

    tallies: tuple[Tally, ...]
    known: int
    issues: tuple[Issue, ...]

    @property
    def events(self) -> int:
        """How many events were added."""
        return sum(tally.events for tally in self.tallies)


def table_layout(base: Layout, mapping: Mapping[str, str], **about: str | None) -> Layout:
    """The layout of a table whose columns the user names.

    Args:
        base: The layout `table`.
        mapping: Which column holds what: keys of `MAP`.
        about: `name`, `title`, `licence`, `citation`, `url` of the dataset.

    Raises:
        UsageError: where the mapping names what there is not, or lacks what every event needs.
    """
    for key in mapping:
        if key not in MAP:
            raise UsageError(f"--map does not know {key!r}", mend=f"it knows {', '.join(MAP)}")
    if ("cameo" in mapping) == ("type" in mapping):
        raise UsageError("--map needs cameo=COLUMN or type=COLUMN, one of them", mend=_EXAMPLE)
    for need in ("date", "actor", "recipient"):
        if need not in mapping and f"{need}_country" not in mapping:
            raise UsageError(f"--map does not say which column holds the {need}", mend=_EXAMPLE)
    fields: dict[str, object] = {}
    sides: dict[str, dict[str, str]] = {side: {} for side in SIDES}
    for key, column in mapping.items():
        side, dot, name = MAP[key].partition(".")
        if dot:
            sides[side][name] = column
        else:
            fields[side] = (column,) if side == "place" else column
    return msgspec.structs.replace(
        base,
        ontology="cameo" if "cameo" in mapping else "plover",
        fields=Places(**fields),  # type: ignore[arg-type]
        actor=Side(**sides["actor"]),
        recipient=Side(**sides["recipient"]),
        **{key: value for key, value in about.items() if value},
    )


_EXAMPLE = "for example --map date=day,actor=who,recipient=whom,cameo=code"


def import_dataset(
    archive: Archive,
    layout: Layout,
    locations: Iterable[str | Path],
    *,
    encoding: str = "utf-8",
    book: Codebook | None = None,
    progress: Callable[[str], None] | None = None,
) -> Imported:
    """Add the rows of a dataset's files as events. Safe to repeat and to kill: nothing is added twice.

    Args:
        archive: Where to.
        layout: The dataset.
        locations: Files and folders.
        encoding: How the files' text is encoded.
        book: The codebook; the package's own if None.
        progress: Called with a file's name when rows of it are committed.

    Returns:
        What was added, and the issues: a file that cannot be read, or has too many unreadable rows, is one.

    Raises:
        ArchiveError: if the archive cannot be written.
        SourceError: if a location is not there, or a folder holds nothing of the dataset.
    """
    book = book or Codebook.load()
    files = list(datasets.find(locations, layout))
    run = Run(
        id=content_id("run", datetime.now(UTC), archive.location),
        command=f"import {layout.name}",
        started=datetime.now(UTC),
        version=VERSION,
    )
    work = _Import(archive, layout, Crossing(layout, book), run, progress or (lambda name: None))
    for batch in _batches(work.pages(files, encoding)):
        work.add(batch)
    return work.close()


class _Import:
    """An import under way."""

    def __init__(
        self, archive: Archive, layout: Layout, crossing: Crossing, run: Run, progress: Callable[[str], None]
    ) -> None:
        self.archive, self.layout, self.crossing, self.run, self.progress = archive, layout, crossing, run, progress
        self.tallies: dict[str, Tally] = {}
        self.issues: list[Issue] = []
        self.refused: set[str] = set()
        self.known = self.added = 0

    def pages(self, files: Sequence[datasets.File], encoding: str) -> Iterator[Page]:
        """The pages of all files; trouble with one is an issue, and the others are read."""
        for file in files:
            try:
                for page in self._read(file, encoding):
                    if page.file in self.refused:
                        break
                    yield page
            except SourceError as error:
                self._trouble(error.where or file.name, error.what, error.mend)

    def _read(self, file: datasets.File, encoding: str) -> Iterator[Page]:
        if self.layout.columns:
            yield from datasets.pages(file, self.layout, encoding)
            return
        with datasets.unpacked(file) as path, open_table(path, encoding) as table:
            missing = [column for column in self.layout.used if column not in table.columns]
            if missing:
                raise SourceError(
                    f"has no column {', '.join(missing)}",
                    where=file.name,
                    mend=f"its columns are {', '.join(table.columns)}",
                )
            yield from datasets.paged(table.blocks(datasets.PAGE_ROWS), table.columns, file.name, self.layout)
            if table.skipped:
                self._count(Tally(file=file.name, ragged=table.skipped))

    def add(self, pages: Sequence[Page]) -> None:
        """Commit what is new of some pages of one layout."""
        have = self.archive.has([page.document.id for page in pages])
        fresh = {page.document.id: page for page in pages if page.document.id not in have}
        self.known += len(have)
        fresh = {key: page for key, page in fresh.items() if page.file not in self.refused}
        if not fresh:
            return
        batch = Batch.read(list(fresh.values()), self.layout, self.crossing)
        self.archive.leave_out_known(batch)
        found = batch.tallies()
        good = {name: tally for name, tally in found.items() if tally.bad <= MOST_BAD * tally.rows}
        for name in sorted(found.keys() - good.keys()):
            self._refuse(found[name])
        # Recorded first, under an id that the same pages have whenever they are tried again.
        self.archive.record_datasets([self._dataset(batch, tally) for tally in good.values()], run=self.run)
        self.added += len(self.archive.import_pages(batch, good, run=self.run))
        for name, tally in good.items():
            self._count(tally)
            self.progress(name)

    def _count(self, tally: Tally) -> None:
        self.tallies[tally.file] = self.tallies[tally.file] + tally if tally.file in self.tallies else tally

    def _refuse(self, tally: Tally) -> None:
        self.refused.add(tally.file)
        self._trouble(
            tally.file,
            f"{tally.bad:,} of {tally.rows:,} rows cannot be read ({_reasons(tally)}), more than {MOST_BAD:.0%}: "
            "none of them was taken",
            "check that it is of this dataset and whole; --encoding names another encoding than UTF-8",
        )

    def _trouble(self, where: str, what: str, mend: str | None, level: str = "error") -> None:
        self.issues.append(issue("import", where, what, mend=mend, level=level))  # type: ignore[arg-type]

    def close(self) -> Imported:
        """Record the run, the trouble and the datasets."""
        for name, tally in self.tallies.items():
            if tally.bad:
                self._trouble(
                    name, f"{tally.bad:,} of {tally.rows:,} rows cannot be read: {_reasons(tally)}", None, "warning"
                )
        if self.added or self.issues:
            self.archive.record_issues(self.issues, run=self.run)
            ended = msgspec.structs.replace(
                self.run, ended=datetime.now(UTC), documents=self.added, issues=len(self.issues)
            )
            self.archive.record_run(ended)
        return Imported(tallies=tuple(self.tallies.values()), known=self.known, issues=tuple(self.issues))

    def _dataset(self, batch: Batch, tally: Tally) -> Dataset:
        layout = self.layout
        return Dataset(
            id=content_id("dataset", layout.name, *(p.document.id for p in batch.pages if p.file == tally.file)),
            name=layout.name,
            version=layout.title,
            licence=layout.licence,
            citation=layout.citation,
            url=layout.url,
            files=(tally.file,),
            rows=tally.events,
            skipped=tally.rows - tally.events,
        )


def _reasons(tally: Tally) -> str:
    told = (
        (tally.ragged, "with another number of cells than there are columns"),
        (tally.undated, "without a date that can be read"),
        (tally.unknown, "with a code that is not known"),
        (tally.garbled, "that are no text in this encoding"),
    )
    return ", ".join(f"{count:,} {what}" for count, what in told if count)


def _batches(pages: Iterable[Page]) -> Iterator[list[Page]]:
    """Pages in batches of one layout and of about `AT_ONCE` characters."""
    for _, alike in groupby(pages, key=lambda page: page.columns):
        batch: list[Page] = []
        size = 0
        for page in alike:
            batch.append(page)
            size += len(page.document.text)
            if size >= AT_ONCE:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch
