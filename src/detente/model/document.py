"""A document as read, and what is known of its publication."""

from __future__ import annotations

from typing import Literal

from detente.model.base import Evidence, Record, Span, content_id
from detente.model.interval import Interval

Known = Literal["given", "metadata", "dateline", "header", "text", "inferred"]
"""How a publication date is known: given by the user, the page's or feed's metadata, a dateline, a date line of its
own, a date in running text that fixes it, or inferred from several such facts."""


class Publication(Record, frozen=True, kw_only=True):
    """When a document was published and how that is known. No record at all means unknown."""

    interval: Interval
    known: Known
    reasons: tuple[str, ...] = ()


class Document(Record, frozen=True, kw_only=True):
    """A text and where it came from. `text` is fixed by the reader and never rewritten.

    `article` holds the spans that are article text, in order and disjoint; whatever lies outside is page noise.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    language: str | None = None
    published: Publication | None = None
    path: str | None = None
    url: str | None = None
    article: tuple[Span, ...] = ()
    countries: tuple[str, ...] = ()
    duplicate_of: str | None = None

    @property
    def name(self) -> str:
        """A short name for messages: the file name, the address or the id."""
        if self.path:
            return self.path.rsplit("/", 1)[-1]
        return self.url or self.id

    def quote(self, start: int, end: int) -> Evidence:
        """The words between two offsets, as evidence."""
        return Evidence(document_id=self.id, start=start, end=end, text=self.text[start:end])


def document_id(text: str, location: str | None) -> str:
    """The id of a document: of its text and of where it was found, so that a mirrored copy is another document."""
    return content_id("document", location, text)
