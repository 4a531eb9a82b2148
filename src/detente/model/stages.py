"""The stages' contracts: what each takes and gives. The pipeline composes them; nothing else knows their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from detente.model.annotations import Annotations
from detente.model.base import Record
from detente.model.document import Document
from detente.model.findings import Driver, Event, Figure, Statement
from detente.model.matter import Link, Matter
from detente.model.trouble import Issue


class Coding(Record, frozen=True, kw_only=True):
    """All that one document gives: the document with its marks, the findings, its matters and the trouble met."""

    document: Document
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    drivers: tuple[Driver, ...] = ()
    matters: tuple[Matter, ...] = ()
    issues: tuple[Issue, ...] = ()


class Reader(Protocol):
    """Reads a location into documents; trouble with one input is an issue beside the documents that are well."""

    def __call__(self, location: str, /) -> Iterator[Document | Issue]:
        """What lies at `location`."""
        ...


class Coder(Protocol):
    """Codes an annotated document. Pure: the same document and annotations give the same coding."""

    name: str
    version: str

    def code(self, document: Document, seen: Annotations, /) -> Coding:
        """All findings in `document`."""
        ...


class Linker(Protocol):
    """Compares a matter with others and gives a link for each that is near enough to judge."""

    def __call__(self, matter: Matter, others: Iterable[Matter], /) -> Iterator[Link]:
        """Links from `matter` to those of `others` that are near enough."""
        ...


class Executor(Protocol):
    """Says where work runs, and how much at once. What the work is it does not know."""

    workers: int

    def map(self, work: Any, items: Iterable[Any], /) -> Iterator[Any]:
        """What became of each item, as it comes."""
        ...
