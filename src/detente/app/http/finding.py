"""Finds actors, matters and documents by words, and keeps the search file up with the archive."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from detente.app.http.edition import Edition, Library
from detente.errors import UsageError
from detente.model import Document, Matter, Record, content_id
from detente.pipeline import party_code
from detente.store.search import Hit, SearchIndex

_STRETCH = 500
_MATTERS = 8
_LOCK = threading.Lock()


class Found(Record, frozen=True, kw_only=True):
    """What was found: the code of an actor so called, matters with all the words in their names, and documents."""

    query: str
    actor: str | None
    matters: tuple[Matter, ...]
    hits: tuple[Hit, ...]
    documents: tuple[Document, ...]
    more: bool = False


def index_of(library: Library) -> SearchIndex:
    """The search file of an archive, in the user's cache."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "detente"
    return SearchIndex(base / f"search-{content_id('search', library.location)}.sqlite")


def update(library: Library, edition: Edition) -> int:
    """Takes in the documents of an edition that the search file does not know: their number."""

    def work() -> int:
        index = index_of(library)
        known = index.known()
        missing = [one.id for one in edition.archive.documents(bare=True) if one.id not in known]
        for at in range(0, len(missing), _STRETCH):
            index.add(edition.archive.documents(ids=missing[at : at + _STRETCH]))
        return len(missing)

    with _LOCK:
        return edition.once("indexed", work)


def find(library: Library, edition: Edition, query: str, *, limit: int = 20, skip: int = 0) -> Found:
    """What a query finds.

    Args:
        library: The library, for the search file.
        edition: The edition whose documents count.
        query: The words.
        limit: At most so many documents.
        skip: Without the first so many.
    """
    update(library, edition)
    hits = index_of(library).search(query, limit=limit + 1, skip=skip)
    there = edition.sources([hit.document_id for hit in hits])
    kept = [hit for hit in hits if hit.document_id in there]
    return Found(
        query=query,
        actor=_actor(query, edition),
        matters=tuple(_matters(query, edition)) if not skip else (),
        hits=tuple(kept[:limit]),
        documents=tuple(there[hit.document_id] for hit in kept[:limit]),
        more=len(hits) > limit,
    )


def _actor(query: str, edition: Edition) -> str | None:
    try:
        return party_code(query, edition.book)
    except UsageError:
        return None


def _matters(query: str, edition: Edition) -> list[Matter]:
    words = tuple(word.strip('"*').casefold() for word in query.split() if word.strip('"*'))
    ids = edition.archive.matters_called(words, limit=_MATTERS * 4)
    return edition.archive.matters_of(ids, book=edition.book)[:_MATTERS]
