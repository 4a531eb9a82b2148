"""Reads plain text."""

from __future__ import annotations

from detente.model import Document, Interval, Publication, document_id
from detente.sources.limits import MAX_TEXT_BYTES, checked_size, decoded


def text_document(data: bytes, name: str, *, path: str | None = None, encoding: str = "utf-8") -> Document:
    """A document from the bytes of a text file.

    Args:
        data: The file's bytes.
        name: The name that, with the text, makes the document's id: a file's own name, so that
            moving the file changes nothing.
        path: Where it lies.
        encoding: How it is encoded.

    Raises:
        SourceError: where it is empty, too large, binary or wrongly encoded.
    """
    checked_size(len(data), MAX_TEXT_BYTES, path or name)
    text = decoded(data, path or name, encoding)
    return Document(id=document_id(text, name), text=text, path=path or name)


def given(interval: Interval | None) -> Publication | None:
    """The publication date a user gave."""
    return None if interval is None else Publication(interval=interval, known="given", reasons=("given by the user",))
