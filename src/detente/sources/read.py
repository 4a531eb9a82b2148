"""Reads whatever a user names into documents: files, folders, addresses, feeds, standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from detente.errors import MissingExtraError, SourceError
from detente.model import Document, Interval, Issue, issue
from detente.sources.feed import feed_links, is_feed
from detente.sources.fetch import fetch
from detente.sources.html import html_document
from detente.sources.jsonl import read_jsonl
from detente.sources.limits import MAX_HTML_BYTES, MAX_TEXT_BYTES, checked_size
from detente.sources.pdf import MAX_PDF_BYTES, pdf_document
from detente.sources.texts import given, text_document

SUFFIXES = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".pdf")
"""What is read in a folder; other files there are passed over. A file that is named itself is read as text."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """How to read: the publication date if the user gives it, the encoding of text files, names of JSONL fields."""

    published: Interval | None = None
    encoding: str = "utf-8"
    fields: Mapping[str, str] = msgspec.field(default_factory=dict)
    allow_private: bool = False


def read(*locations: str | Path, how: Reading = Reading()) -> Iterator[Document | Issue]:  # noqa: B008 (frozen)
    """All documents at some locations; trouble with one is an issue beside the documents that are well.

    Args:
        locations: Files (text, HTML, JSONL, PDF), folders (read recursively, hidden files left out), `http` and `https`
            addresses of pages or feeds, or `-` for text on standard input.
        how: See `Reading`.

    Yields:
        Documents without annotations, in a fixed order, and issues.
    """
    for location in locations:
        name = str(location)
        try:
            for item in _one(name, how):
                yield dated(item, how) if isinstance(item, Document) else item
        except (SourceError, MissingExtraError) as error:
            yield issue("read", error.where or name, error.what, mend=error.mend)


def files_in(folder: Path) -> list[Path]:
    """The files below a folder that detente reads, sorted; hidden ones and links out of the folder are left out."""
    root = folder.resolve()
    found = []
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        wanted = path.is_file() and path.name.lower().endswith(SUFFIXES)
        if wanted and not hidden and path.resolve().is_relative_to(root):
            found.append(path)
    return found


def is_lines(path: Path) -> bool:
    """Whether a file is read as JSON lines, by its name."""
    return path.name.lower().endswith((".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"))


def _one(name: str, how: Reading) -> Iterator[Document | Issue]:
    if name == "-":
        yield text_document(sys.stdin.buffer.read(MAX_TEXT_BYTES + 1), "-", path="-", encoding=how.encoding)
    elif name.startswith(("http://", "https://")):
        yield from _from_address(name, how)
    elif "://" in name:
        raise SourceError("is an address of a kind that is not read", where=name, mend="http and https are")
    else:
        path = Path(name)
        if path.is_dir():
            files = files_in(path)
            if not files:
                raise SourceError("holds no file that is read", where=name, mend=f"these are: {' '.join(SUFFIXES)}")
            for file in files:
                yield from read(file, how=how)
        else:
            yield from _from_file(path, how)


def _from_file(path: Path, how: Reading) -> Iterator[Document | Issue]:
    where, lower = str(path), path.name.lower()
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise SourceError("is no file", where=where, mend="name a file, a folder, an address or -")
        if is_lines(path):
            checked_size(size, sys.maxsize, where)
            yield from read_jsonl(path, how.fields)
            return
        limit = MAX_PDF_BYTES if lower.endswith(".pdf") else MAX_TEXT_BYTES
        checked_size(size, limit, where)
        data = path.read_bytes()
    except FileNotFoundError:
        raise SourceError("is not there", where=where, mend="check the path") from None
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", where=where, mend="check its permissions") from None
    if lower.endswith(".pdf") or data.startswith(b"%PDF-"):
        yield pdf_document(data, path.name, path=where)
    elif lower.endswith((".html", ".htm", ".xhtml")):
        yield html_document(data, path.name, path=where)
    else:
        yield text_document(data, path.name, path=where, encoding=how.encoding)


def _from_address(url: str, how: Reading) -> Iterator[Document | Issue]:
    data, kind, here = fetch(
        url, MAX_PDF_BYTES if url.lower().endswith(".pdf") else MAX_HTML_BYTES, allow_private=how.allow_private
    )
    if is_feed(data):
        links = list(feed_links(data))
        if not links:
            raise SourceError("is a feed without entries that can be read", where=url)
        yield from read(*links, how=how)
    elif kind == "application/pdf" or data.startswith(b"%PDF-"):
        yield pdf_document(data, here, path=here)
    elif kind == "text/plain":
        yield text_document(data, here, path=here, encoding=how.encoding)
    else:
        yield html_document(data, here, url=here)


def dated(document: Document, how: Reading) -> Document:
    """A document with the publication date that the user gave, if one was given."""
    return document if how.published is None else msgspec.structs.replace(document, published=given(how.published))
