"""The archive as users meet it: the store, and the stages that fill it and read it together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from detente.briefing import Brief, Material, compose
from detente.codebook import Codebook
from detente.codebook.parties import party_code as codebook_party
from detente.coding import DEFAULT
from detente.errors import UsageError
from detente.model import Coding, Document, Issue, Matter
from detente.pipeline.adding import adding, batches
from detente.pipeline.bulk import Budget
from detente.pipeline.explaining import Explaining
from detente.pipeline.following import Following
from detente.pipeline.foresight import Foreseeing
from detente.pipeline.process import coder_named
from detente.sources import Reading, read
from detente.store import shards

if TYPE_CHECKING:
    from detente.pipeline.importing import Imported


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What `Archive.add` did: ids of new documents, documents that were there already, and the trouble met."""

    new: tuple[str, ...]
    known: int
    issues: tuple[Issue, ...]


class Archive(Foreseeing, Explaining, Following):
    """An archive that can also add documents and answer questions about merged matters."""

    def add(
        self,
        *items: str | Path | Document | Coding,
        coded: str | Path | None = None,
        how: Reading | None = None,
        coder: str = DEFAULT,
        book: Codebook | None = None,
        progress: Callable[[str], None] | None = None,
        budget: Budget | None = None,
    ) -> Added:
        """Reads, codes and links documents into the archive. Safe to repeat and to kill: nothing is added twice.

        Args:
            items: Files, folders, addresses, documents or codings.
            coded: A folder that `detente code` wrote, loaded after the items.
            how: How to read; see `Reading`.
            coder: The coder's name.
            book: The codebook; the package's own by default.
            progress: Called with a document's name when it is committed, or known not to be codable.
            budget: What one document may cost. With it, documents are coded in a process of their own, and one that
                crashes or stalls that is an issue; without, in this one.

        Returns:
            What was added.
        """
        own = book or Codebook.load()
        coder_named(coder)  # a wrong name is told before anything is read
        with adding(self, own, coder, budget) as work:
            for batch in batches(_documents(items, coded, how or Reading())):
                work.take(batch, progress)
        return Added(new=tuple(work.new), known=work.known, issues=tuple(work.issues))

    def import_dataset(
        self,
        dataset: str,
        *locations: str | Path,
        mapping: Mapping[str, str] | None = None,
        about: Mapping[str, str | None] | None = None,
        encoding: str = "utf-8",
        book: Codebook | None = None,
        progress: Callable[[str], None] | None = None,
    ) -> Imported:
        """Takes the rows of an event dataset over as events. Safe to repeat and to kill: nothing is added twice.

        Args:
            dataset: `icews`, `polecat`, `gdelt` or `table`.
            locations: Its files, as they are published, and folders of these.
            mapping: For `table`: which column holds what.
            about: For `table`: `name`, `title`, `licence` and `citation` of the dataset.
            encoding: How the files are encoded.
            book: The codebook; the package's own by default.
            progress: Called with a file's name when rows of it are committed.

        Raises:
            UsageError: where there is no such dataset, or the mapping is not enough.
            SourceError: where a location is not there.
        """
        from detente.pipeline.importing import import_dataset, table_layout

        own = book or Codebook.load()
        if dataset not in own.datasets:
            raise UsageError(f"no dataset is called {dataset!r}", mend=f"these are: {', '.join(own.datasets)}")
        layout = own.datasets[dataset]
        if not layout.columns:
            layout = table_layout(layout, mapping or {}, **dict(about or {}))
        return import_dataset(self, layout, locations, encoding=encoding, book=own, progress=progress)

    def brief(
        self, *parties: str, since: date | None = None, until: date | None = None, book: Codebook | None = None
    ) -> Brief:
        """The written summary of a relation, every line proved.

        Args:
            parties: Codes or names, two or more.
            since: Only changes and events from this day on.
            until: Only changes and events up to this day.
            book: The codebook.
        """
        own = book or Codebook.load()
        codes = tuple(party_code(party, own) for party in parties)
        records = (
            tuple(self.events(codes, since=since, until=until, dataset="own")),
            tuple(self.matters(*codes, since=since, book=own)),
            tuple(self.statements(codes)),
            tuple(self.figures(codes)),
            tuple(self.drivers(codes)),
        )
        # A matter is joined over all documents, also over those that the parties only share in passing.
        cited = {piece.document_id for group in records for record in group for piece in record.evidence}
        events, matters, statements, figures, drivers = records
        material = Material(
            parties=codes,
            documents=tuple(self.documents(ids=sorted(cited))),
            events=events,
            matters=matters,
            statements=statements,
            figures=figures,
            drivers=drivers,
        )
        return compose(material, own, since=since, until=until)

    def merged(self, book: Codebook | None = None) -> list[Matter]:
        """All matters, joined, for an export."""
        return list(self.matters(book=book))


def party_code(party: str, book: Codebook | None = None) -> str:
    """The code of a country or body given as code or name.

    Raises:
        UsageError: where it is not known; the message names the nearest.
    """
    return codebook_party(party, (book or Codebook.load()).actors)


def party_name(code: str, book: Codebook | None = None) -> str:
    """What a country or body is called: `Japan` for `JPN`."""
    return (book or Codebook.load()).actors.name(code)


def _documents(
    items: Iterable[str | Path | Document | Coding], coded: str | Path | None, how: Reading
) -> Iterator[Document | Coding | Issue]:
    for item in items:
        if isinstance(item, str | Path):
            yield from read(item, how=how)
        else:
            yield item
    if coded is not None:
        folder = Path(coded)
        for note in shards.notes(folder):
            codings, loose = shards.read_shard(folder, note)
            yield from codings
            yield from loose
