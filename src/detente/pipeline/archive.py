"""The archive as users meet it: the store, and the stages that fill it and read it together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from detente import store
from detente.briefing import Brief, Material, compose
from detente.codebook import Codebook
from detente.codebook.parties import party_code as codebook_party
from detente.matters import links_between, merge, party_groups, standing
from detente.model import Coding, Document, Issue, Matter, MatterKind, Run, content_id
from detente.pipeline.process import Process, code_all, coder_named
from detente.sources import Reading, read
from detente.version import VERSION

BATCH = 16
"""Documents committed together; what is not committed when a run is killed is done again by the next."""


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What `Archive.add` did: ids of new documents, documents that were there already, and the trouble met."""

    new: tuple[str, ...]
    known: int
    issues: tuple[Issue, ...]


class Archive(store.Archive):
    """An archive that can also add documents and answer questions about merged matters."""

    def add(
        self,
        *items: str | Path | Document | Coding,
        how: Reading | None = None,
        coder: str = "rules",
        book: Codebook | None = None,
        progress: Callable[[str], None] | None = None,
    ) -> Added:
        """Reads, codes and links documents into the archive. Safe to repeat and to kill: nothing is added twice.

        Args:
            items: Files, folders, addresses, documents or codings.
            how: How to read; see `Reading`.
            coder: The coder's name.
            book: The codebook; the package's own by default.
            progress: Called with a document's name when it is done.

        Returns:
            What was added.
        """
        own = book or Codebook.load()
        coder_named(coder)  # a wrong name is told before anything is read
        run = Run(
            id=content_id("run", datetime.now(UTC), self.location),
            command="add",
            started=datetime.now(UTC),
            version=VERSION,
        )
        new: list[str] = []
        issues: list[Issue] = []
        known = 0
        process: Process | None = None
        for batch in _batches(_documents(items, how or Reading()), BATCH):
            have = self.has([item.id for item in batch if isinstance(item, Document)])
            wanted = [item for item in batch if not (isinstance(item, Document) and item.id in have)]
            known += len(batch) - len(wanted)
            if process is None and any(isinstance(item, Document) for item in wanted):
                process = Process(own, coder)
            codings = []
            for item in _coded(wanted, process):
                if isinstance(item, Issue):
                    issues.append(item)
                    self.record_issues([item], run=run)
                else:
                    codings.append(item)
                if progress:
                    progress(item.where if isinstance(item, Issue) else item.document.name)
            new += self._commit(codings, own, run)
        if new or issues:
            ended = msgspec.structs.replace(run, ended=datetime.now(UTC), documents=len(new), issues=len(issues))
            self.record_run(ended)
        return Added(new=tuple(new), known=known, issues=tuple(issues))

    def _commit(self, codings: Sequence[Coding], book: Codebook, run: Run) -> list[str]:
        if not codings:
            return []
        new = [matter for coding in codings for matter in coding.matters]
        links = links_between(new, self._near(new), book)
        self.append_links(links, run=run)
        return self.append(codings, run=run)

    def _near(self, new: Sequence[Matter]) -> Iterator[Matter]:
        """The matters on record that share parties with new ones; only these can be linked with them."""
        seen: set[str] = set()
        for parties in sorted({group for matter in new for group in party_groups(matter)}):
            for matter in self.matter_records(parties):
                if matter.id not in seen:
                    seen.add(matter.id)
                    yield matter

    def matters(
        self,
        *parties: str,
        kind: MatterKind | None = None,
        status: str | None = None,
        since: date | None = None,
        book: Codebook | None = None,
    ) -> store.Rows[Matter]:
        """The matters between some parties, each joined over all documents that tell of it, newest change first.

        Args:
            parties: Codes or names; two for a dyad, more for what involves all.
            kind: Only this kind.
            status: Only those whose latest status is this.
            since: Only those with a dated milestone from this day on.
            book: The codebook, for lifecycles.
        """
        own = book or Codebook.load()
        codes = [party_code(party, own) for party in parties]
        merged = merge(self.matter_records(codes), self.links(), own)
        found = [
            matter
            for matter in merged
            if (kind is None or matter.kind == kind)
            and (status is None or matter.status == status)
            and (since is None or _moved(matter, since))
        ]
        return store.Rows(Matter, sorted(found, key=standing))

    def matters_of(self, ids: Iterable[str], *, book: Codebook | None = None) -> list[Matter]:
        """The matters that some of their tellings belong to, each joined over all documents, newest change first.

        Args:
            ids: Ids of matters as single documents tell them; the id of a joined matter is one of these.
            book: The codebook, for lifecycles.
        """
        wanted = set(ids)
        if not wanted:
            return []
        kin = self.kin(wanted)
        merged = merge(self.matters_among(kin), self.links_among(kin), book or Codebook.load())
        return sorted((matter for matter in merged if wanted & set(matter.members)), key=standing)

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
            tuple(self.events(codes, since=since, until=until)),
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


def _moved(matter: Matter, since: date) -> bool:
    return any(step.date is not None and step.date.end >= since for step in matter.milestones)


def _documents(items: Iterable[str | Path | Document | Coding], how: Reading) -> Iterator[Document | Coding | Issue]:
    for item in items:
        if isinstance(item, str | Path):
            yield from read(item, how=how)
        else:
            yield item


def _coded(items: Sequence[Document | Coding | Issue], process: Process | None) -> Iterator[Coding | Issue]:
    for item in items:
        if isinstance(item, Coding) or process is None:
            assert not isinstance(item, Document)
            yield item
        else:
            yield from code_all([item], process)


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
