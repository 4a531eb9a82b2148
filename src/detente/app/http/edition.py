"""Editions: the archive as it was at one moment, so that a page, and all pages of a list, tell of the same."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from detente.app.http.problems import NotFoundError
from detente.codebook import Codebook
from detente.errors import ArchiveError, NoReadingError
from detente.model import Document, Matter, Milestone
from detente.pipeline import Archive, Barometer
from detente.store import Month, Relation

T = TypeVar("T")

KEPT = 96
"""How many answers that take long to work out an edition keeps."""


class Memory:
    """Keeps the newest of what was worked out; two who want the same wait for one another instead of both working."""

    def __init__(self, most: int = KEPT) -> None:
        self._most, self._lock = most, threading.Lock()
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._busy: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return cast(T, self._held[key])
            own = self._busy.setdefault(key, threading.Lock())
        with own:
            with self._lock:
                if key in self._held:
                    return cast(T, self._held[key])
            try:
                made = make()
            finally:
                with self._lock:
                    self._busy.pop(key, None)
            with self._lock:
                self._held[key] = made
                while len(self._held) > self._most:
                    self._held.popitem(last=False)
        return made


class Edition:
    """One snapshot of an archive and what was worked out from it.

    Args:
        archive: The archive, pinned.
        book: The codebook.
    """

    def __init__(self, archive: Archive, book: Codebook) -> None:
        self.archive, self.book = archive, book
        self.id, self.version, self.taken = archive.snapshot, archive.version, datetime.now(UTC)
        self._memory = Memory()

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, worked out once for this edition."""
        return self._memory.get(key, make)

    def prepare(self) -> None:
        """Works out what most pages need, and the barometer of the largest relation, so that the first do not wait."""
        for one in self.relations()[:1]:
            self.months(one.dyad)
            self.barometers(one.dyad.split("-"))

    def relations(self, party: str | None = None) -> list[Relation]:
        """The dyads, those with most events first; of one party if given."""
        every = self.once("relations", self.archive.relations)
        return every if party is None else [one for one in every if party in one.dyad.split("-")]

    def relation(self, dyad: str) -> Relation | None:
        """One dyad, None where nothing is recorded between its parties."""
        return self.once("relation", lambda: {one.dyad: one for one in self.relations()}).get(dyad)

    def months(self, dyad: str) -> list[Month]:
        """The months of a dyad in which something happened."""

        def make() -> dict[str, list[Month]]:
            found: dict[str, list[Month]] = {}
            for month in self.archive.months(one.dyad for one in self.relations()):
                found.setdefault(month.dyad, []).append(month)
            return found

        return self.once("months", make).get(dyad, [])

    def barometers(self, codes: Sequence[str]) -> list[Barometer]:
        """The barometers of a dyad, one for each source, by month; none where nothing that weighs is recorded."""
        pair = tuple(sorted(codes))

        def make() -> list[Barometer]:
            try:
                return self.archive.barometers(*pair, matters=self.matters(pair), book=self.book)
            except NoReadingError:
                return []

        return self.once(("barometers", pair), make)

    def matters(self, codes: Sequence[str]) -> Sequence[Matter]:
        """The matters between some parties, joined over documents, newest change first."""
        pair = tuple(sorted(codes))
        return self.once(("matters", pair), lambda: self.archive.matters(*pair, book=self.book))

    def matter(self, matter_id: str) -> Matter:
        """The joined matter that an id belongs to.

        Raises:
            NotFoundError: if there is none.
        """
        found = self.once(("matter", matter_id), lambda: self.archive.matters_of([matter_id], book=self.book))
        if not found:
            raise NotFoundError(f"no matter {matter_id!r}", mend="a relation's page lists its matters")
        return found[0]

    def changes(self, most: int) -> list[tuple[Matter, Milestone]]:
        """The newest dated steps of all matters, each step once."""

        def make() -> list[tuple[Matter, Milestone]]:
            moved = self.archive.matters_of(self.archive.movers(2 * most), book=self.book)
            steps = [(m, s) for m in moved for s in m.milestones if s.date is not None and s.evidence]
            steps.sort(key=lambda pair: (pair[1].date.end, pair[1].date.start, pair[1].id), reverse=True)  # type: ignore[union-attr]
            return steps[:most]

        return self.once(("changes", most), make)

    def document(self, document_id: str) -> Document:
        """A document with its text.

        Raises:
            NotFoundError: if there is none.
        """
        found = self.archive.documents(ids=[document_id]).first()
        if found is None:
            raise NotFoundError(f"no document {document_id!r}", mend="the search finds documents by their words")
        return found

    def sources(self, ids: Collection[str]) -> dict[str, Document]:
        """Documents without their texts, by id."""
        return {one.id: one for one in self.archive.documents(ids=sorted(set(ids)), bare=True)} if ids else {}


class Library:
    """The newest edition, and some earlier ones for whoever is still reading them.

    Args:
        archive: The archive, which others may write to.
        book: The codebook.
        look: Seconds for which a look at the archive's version holds good.
        keep: How many editions are held.
    """

    def __init__(self, archive: Archive, book: Codebook, *, look: float = 1.0, keep: int = 6) -> None:
        self._archive, self._book, self._look, self._keep = archive, book, look, keep
        self._lock, self._until = threading.Lock(), 0.0
        self._editions: OrderedDict[str, Edition] = OrderedDict()
        self._newest = self._take()

    @property
    def location(self) -> str:
        """Where the archive is."""
        return self._archive.location

    def held(self) -> Edition | None:
        """The newest edition if it was looked for just now, else None: then `now` is to be asked, which takes time."""
        return self._newest if time.monotonic() < self._until else None

    def now(self) -> Edition:
        """The newest edition. Where one caller looks for a newer, the others get the one that is there."""
        if self.held() is None and self._lock.acquire(blocking=False):
            try:
                if self._archive.snapshot != self._newest.id:
                    self._newest = self._take()
                else:
                    self._until = time.monotonic() + self._look
            except ArchiveError:
                self._until = time.monotonic() + self._look  # a writer may be half way; what is held is whole
            finally:
                self._lock.release()
        return self._newest

    def at(self, edition_id: str) -> Edition | None:
        """An edition that is still held."""
        found = self._editions.get(edition_id)
        if found is not None:
            self._editions.move_to_end(edition_id)
        return found

    def _take(self) -> Edition:
        began = time.monotonic()
        edition = Edition(self._archive.pinned(), self._book)
        edition.prepare()
        # Beside a busy writer at most a tenth of the time goes into new editions.
        self._until = time.monotonic() + max(self._look, 10 * (time.monotonic() - began) if self._look else 0.0)
        self._editions[edition.id] = edition
        while len(self._editions) > self._keep:
            self._editions.popitem(last=False)
        return edition
