"""Reads JSON lines, plain or gzipped, one document a line."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

import msgspec

from detente.errors import SourceError
from detente.model import Document, Interval, Issue, Publication, document_id, issue
from detente.sources.limits import MAX_LINE_BYTES

FIELDS = ("id", "title", "published", "dateline", "text", "url", "publisher")
"""The fields a line may have; others are ignored. A mapping may say under which name each is found."""


def read_jsonl(path: Path, fields: Mapping[str, str] | None = None) -> Iterator[Document | Issue]:
    """The documents in a JSONL file, and an issue for each line that is none.

    Args:
        path: The file; gzipped if its name ends in `.gz`.
        fields: Where a field has another name in this file: `{"text": "body"}`.

    Yields:
        Documents and issues in the order of the lines.

    Raises:
        SourceError: where the file cannot be read at all.
    """
    found = False
    with readable(path), open_lines(path) as lines:
        for item in documents_in(lines, path, fields):
            found = True
            yield item
    if not found:
        raise SourceError("holds no line", where=str(path), mend="leave it out")


def documents_in(
    lines: IO[bytes], path: Path, fields: Mapping[str, str] | None = None, first: int = 1, count: int | None = None
) -> Iterator[Document | Issue]:
    """What the lines from where a file stands give.

    Args:
        lines: The open file.
        path: Its name, for ids and messages.
        fields: As for `read_jsonl`.
        first: The number of the line at which it stands.
        count: How many lines to read; all if None.
    """
    for number, line in enumerate(islice(bounded_lines(lines), count), first):
        if line is None:
            yield issue(
                "read", f"{path}:{number}", f"a line of over {MAX_LINE_BYTES:,} bytes", mend="split the document"
            )
        elif line.strip():
            yield _document(line, path, number, fields or {})


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turns what goes wrong in reading a file into SourceError."""
    try:
        yield
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(
            f"cannot be read: {getattr(error, 'strerror', None) or error}",
            where=str(path),
            mend="check that the file is whole and is what its name says",
        ) from None


def open_lines(path: Path) -> IO[bytes]:
    """A file of lines, open for reading; unzipped if its name ends in `.gz`."""
    return cast(IO[bytes], gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def bounded_lines(lines: IO[bytes]) -> Iterator[bytes | None]:
    """The lines of a file; None for one that is too long to hold in memory."""
    while line := lines.readline(MAX_LINE_BYTES):
        if len(line) < MAX_LINE_BYTES or line.endswith(b"\n"):
            yield line
            continue
        while rest := lines.readline(MAX_LINE_BYTES):
            if rest.endswith(b"\n"):
                break
        yield None


def _document(line: bytes, path: Path, number: int, fields: Mapping[str, str]) -> Document | Issue:
    where = f"{path}:{number}"
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return issue("read", where, f"is not JSON: {error}", mend="one JSON object a line")
    if not isinstance(row, dict):
        return issue("read", where, "is no JSON object", mend="one JSON object a line")
    values = {name: _string(row.get(fields.get(name, name))) for name in FIELDS}
    text = values["text"]
    if not text or not text.strip():
        return issue(
            "read",
            where,
            f"has no text in field {fields.get('text', 'text')!r}",
            mend=f"fields are {', '.join(map(str, row))}; map one with --map text=…",
        )
    dateline = values["dateline"]
    body = f"{dateline.rstrip()} {text}" if dateline and not text.startswith(dateline) else text
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    if values["title"] and not body.lstrip().startswith(values["title"]):
        body = f"{values['title'].strip()}\n\n{body}"
    published, unread = _published(values["published"])
    if unread:
        return issue(
            "read",
            where,
            f"published is {values['published']!r}, which is no ISO date",
            mend="write 2023-11-17 or 2023-11-17T09:00:00, or leave it out",
        )
    key = values["id"] or values["url"] or f"{path.name}:{number}"
    return Document(
        id=document_id(body, key),
        text=body,
        title=values["title"],
        publisher=values["publisher"],
        published=published,
        url=values["url"],
        path=key,
    )


def _string(value: Any) -> str | None:
    if value is None or isinstance(value, (dict, list, bool)):
        return None
    text = str(value).strip("\n") if isinstance(value, str) else str(value)
    return text if text.strip() else None


def _published(value: str | None) -> tuple[Publication | None, bool]:
    """The publication date in a metadata field, and whether there was one that could not be read."""
    if value is None:
        return None, False
    try:
        day = datetime.fromisoformat(value.strip()).date() if len(value) > 10 else date.fromisoformat(value.strip())
    except ValueError:
        return None, True
    known = Publication(interval=Interval(start=day, end=day), known="metadata", reasons=("the field `published`",))
    return known, False
