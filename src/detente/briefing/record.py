"""The brief as a record: sections of lines, each with citations, and the sources they lead to."""

from __future__ import annotations

from datetime import date

from detente.model import Document, Driver, Event, Evidence, Figure, Interval, Matter, Record, Statement


class Citation(Record, frozen=True, kw_only=True):
    """A numbered citation: the words, and the document and offsets where they stand."""

    number: int
    evidence: Evidence


class Line(Record, frozen=True, kw_only=True):
    """One sentence of a brief and the citations that prove it; there is no line without one."""

    text: str
    citations: tuple[Citation, ...]
    records: tuple[str, ...] = ()
    indent: int = 0


class Section(Record, frozen=True, kw_only=True):
    """A part of the brief. `rule` says how its lines were chosen and ordered."""

    title: str
    rule: str
    lines: tuple[Line, ...]
    left_out: int = 0


class Source(Record, frozen=True, kw_only=True):
    """A document that the brief cites."""

    document_id: str
    name: str
    title: str | None
    publisher: str | None
    published: Interval | None
    url: str | None


class Brief(Record, frozen=True, kw_only=True):
    """The written summary of a relation, every line proved."""

    title: str
    parties: tuple[str, ...]
    since: date | None
    until: date | None
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    omitted: tuple[str, ...]


class Material(Record, frozen=True, kw_only=True):
    """What a brief is made from: the records of a relation, and the documents they point into."""

    parties: tuple[str, ...]
    documents: tuple[Document, ...]
    events: tuple[Event, ...]
    matters: tuple[Matter, ...]
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    drivers: tuple[Driver, ...]
