"""What `Archive.add` does with a batch of documents: code what is new, link it, commit it, say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from detente import store
from detente.codebook import Codebook
from detente.matters import links_between
from detente.model import Coding, Document, Issue, Run, content_id
from detente.pipeline.bulk import Budget, GuardedCoder, coding_work
from detente.pipeline.near import Near
from detente.pipeline.originals import Originals
from detente.pipeline.process import BREAKS, Process, coded
from detente.text.annotate import prepare
from detente.version import VERSION

T = TypeVar("T")

BATCH = 16
"""Documents coded and committed together; what is not committed when a run is killed is done again by the next."""

CODED_BATCH = 256
"""Codings committed together: a commit of many costs little more than one of few."""


@contextmanager
def adding(archive: store.Archive, book: Codebook, coder: str, budget: Budget | None) -> Iterator[Adding]:
    """The work of one run of `add`; the run is recorded when it ends."""
    work = Adding(archive, book, coder, budget)
    try:
        yield work
        work.finish()
    finally:
        work.close()


class Adding:
    """One run of `add`.

    Args:
        archive: Where documents go.
        book: The codebook.
        coder: The coder's name.
        budget: What one document may cost; None codes in this process, without a limit.
    """

    def __init__(self, archive: store.Archive, book: Codebook, coder: str, budget: Budget | None) -> None:
        self.new: list[str] = []
        self.known = 0
        self.issues: list[Issue] = []
        self._archive, self._book, self._coder, self._budget = archive, book, coder, budget
        self._near = Near(archive, book)
        self._originals = Originals(archive)
        self._code: Callable[[Document], Coding | Issue] | None = None
        self._run = Run(
            id=content_id("run", datetime.now(UTC), archive.location),
            command="add",
            started=datetime.now(UTC),
            version=VERSION,
        )

    def take(self, batch: Sequence[Document | Coding | Issue], progress: Callable[[str], None] | None) -> None:
        """Adds what is not there yet; `progress` hears of each document once it is committed or cannot be coded."""
        have = self._archive.has([_document_id(item) for item in batch if not isinstance(item, Issue)])
        wanted = [item for item in batch if isinstance(item, Issue) or _document_id(item) not in have]
        self.known += len(batch) - len(wanted)
        found = [self._once(item) for item in wanted]
        codings = [item for item in found if isinstance(item, Coding)]
        issues = [item for item in found if isinstance(item, Issue)]
        self._archive.record_issues(issues, run=self._run)
        self.issues += issues
        self._commit(codings)
        if progress:
            for item in found:
                progress(item.where if isinstance(item, Issue) else item.document.name)

    def _once(self, item: Document | Coding | Issue) -> Coding | Issue:
        """The coding of a document; of a copy of one that is there, only that it is one."""
        if isinstance(item, Issue):
            return item
        document = item if isinstance(item, Document) else item.document
        try:
            original = self._originals.of(document)
        except BREAKS:
            original = None  # what breaks here breaks the coder too, which says so
        if original is not None:
            return Coding(
                document=msgspec.structs.replace(
                    prepare(document, self._book), duplicate_of=original.id, countries=original.countries
                )
            )
        found = item if isinstance(item, Coding) else self._coded(document)
        if isinstance(found, Coding):
            self._originals.add(found.document)
        return found

    def _coded(self, document: Document) -> Coding | Issue:
        if self._code is None:
            self._code = self._coding()
        return self._code(document)

    def _coding(self) -> Callable[[Document], Coding | Issue]:
        if self._budget is not None:
            return GuardedCoder(coding_work(self._coder, self._book.folder), self._budget)
        process = Process(self._book, self._coder)
        return lambda document: coded(document, process)

    def _commit(self, codings: Sequence[Coding]) -> None:
        if not codings:
            return
        matters = [matter for coding in codings for matter in coding.matters]
        self._archive.append_links(links_between(matters, self._near.to(matters), self._book), run=self._run)
        added = self._archive.append(codings, run=self._run)
        self._near.add(matters, len(added))
        self.new += added

    def finish(self) -> None:
        """Records the run, if it did anything."""
        if self.new or self.issues:
            self._archive.record_run(
                msgspec.structs.replace(
                    self._run, ended=datetime.now(UTC), documents=len(self.new), issues=len(self.issues)
                )
            )

    def close(self) -> None:
        """Ends the coder's process, if there is one."""
        if isinstance(self._code, GuardedCoder):
            self._code.close()


def _document_id(item: Document | Coding) -> str:
    return item.id if isinstance(item, Document) else item.document.id


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """Some at a time, in order: few that must be coded, many that are coded already."""
    batch: list[T] = []
    uncoded = 0
    for item in items:
        batch.append(item)
        uncoded += isinstance(item, Document)
        if uncoded == BATCH or len(batch) == CODED_BATCH:
            yield batch
            batch, uncoded = [], 0
    if batch:
        yield batch
