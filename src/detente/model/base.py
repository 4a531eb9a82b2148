"""What all records share: frozen structs, content-hash ids, evidence and origin."""

from __future__ import annotations

import hashlib

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A frozen record. Fields are keyword only; equality and hash are by value."""


def content_id(*parts: object) -> str:
    """The id of a record: 16 hexadecimal digits of the SHA-256 of its defining parts.

    Args:
        parts: Whatever makes the record the one it is; joined by their `str` with a separator that text does not hold.

    Returns:
        A 16-digit hexadecimal string, the same in every run and process.
    """
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Span(Record, frozen=True, kw_only=True, order=True):
    """A half-open range of characters, `text[start:end]`, in a document's text."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


class Evidence(Record, frozen=True, kw_only=True):
    """The words that prove a record: `text == document.text[start:end]`, always."""

    document_id: str
    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        """The range of characters in the document's text."""
        return Span(start=self.start, end=self.end)


class Origin(Record, frozen=True, kw_only=True):
    """Which machinery made a record.

    `coder` is the coder's or importer's name (`rules`, `icews`, …), `rule` the rule, frame or column that decided,
    `model` the weights used, if any.
    """

    coder: str
    version: str
    model: str | None = None
    rule: str | None = None


class Review(Record, frozen=True, kw_only=True):
    """What people did with a record: drafts come from models, `supersedes` names the id it corrects."""

    draft: bool = False
    accepted_by: str | None = None
    supersedes: str | None = None
