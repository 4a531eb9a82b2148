"""Rows as documents. A dataset's file may hold gigabytes, so it is cut into pages of about a mebibyte at line ends.

A page is the same document whenever the same rows are read, so that what is in the archive already is known by its id
before anything is done with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from detente.codebook.datasets import Layout
from detente.errors import SourceError
from detente.model import Document, Page, content_id
from detente.sources.datasets.files import File, opened

PAGE = 1 << 20
"""Bytes of rows in a page, about."""

PAGE_ROWS = 5000
"""Rows in a page where they come as rows."""

_LONGEST = 1 << 20
_BLOCK = 1 << 23
_SEPARATOR = "\t"


def pages(file: File, layout: Layout, encoding: str = "utf-8") -> Iterator[Page]:
    """The rows of a tab-separated file.

    Args:
        file: The file.
        layout: Its dataset.
        encoding: How its text is encoded; lines that are not are counted as unreadable.

    Raises:
        SourceError: where it cannot be read, is empty, or does not have the dataset's columns.
    """
    with opened(file) as stream:
        blocks = _blocks(stream, PAGE)
        first = next(blocks, b"")
        if not first.strip():
            raise SourceError("is empty", where=str(file.path), mend="leave it out, or fetch it again")
        columns, first, quoted = _columns(first, layout, file, encoding)
        number = 1
        for block in chain((first,), blocks):
            rows, unreadable = _lines(block, encoding)
            if quoted:
                rows = [_bare(row) for row in rows]
            if rows or unreadable:
                yield _page(rows, unreadable, columns, number, file.name, layout)
            number += len(rows) + unreadable


def paged(blocks: Iterable[list[str]], columns: tuple[str, ...], file: str, layout: Layout) -> Iterator[Page]:
    """Pages of rows that are in tab-separated lines already, a list of lines becoming a page."""
    number = 1
    for rows in blocks:
        yield _page(rows, 0, columns, number, file, layout)
        number += len(rows)


def _page(rows: list[str], unreadable: int, columns: tuple[str, ...], number: int, file: str, layout: Layout) -> Page:
    text = "\n".join((_SEPARATOR.join(columns), *rows, ""))
    document = Document(
        # Where a file lies and how it is called does not matter: the same rows are the same page.
        id=content_id("page", layout.name, text),
        text=text,
        title=f"{layout.title}: {file}, rows {number:,} to {number + len(rows) + unreadable - 1:,}",
        publisher=layout.title,
        path=f"{file}#{number}",
    )
    return Page(document=document, rows=tuple(rows), columns=columns, file=file, unreadable=unreadable)


def _blocks(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """The bytes of a stream in pieces of about `size` that end at line ends."""
    left = b""
    while data := stream.read(_BLOCK):
        data = left + data
        start = 0
        while len(data) - start > size:
            end = data.find(b"\n", start + size)
            if end < 0:
                break
            yield data[start : end + 1]
            start = end + 1
        left = data[start:]
    if left:
        yield left


def _lines(block: bytes, encoding: str) -> tuple[list[str], int]:
    """The lines of a block, without empty ones, and how many of them are no text in that encoding."""
    unreadable = 0
    try:
        text = block.decode(encoding)
    except UnicodeDecodeError:
        good = []
        for line in block.split(b"\n"):
            try:
                good.append(line.decode(encoding))
            except UnicodeDecodeError:
                unreadable += 1
        text = "\n".join(good)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", " ")
    if "\x00" in text:
        text = text.replace("\x00", " ")
    lines = text.split("\n")
    rows = [line for line in lines if line]
    if len(text) > _LONGEST and max(map(len, rows), default=0) > _LONGEST:
        unreadable += sum(len(row) > _LONGEST for row in rows)
        rows = [row for row in rows if len(row) <= _LONGEST]
    return rows, unreadable


def _columns(first: bytes, layout: Layout, file: File, encoding: str) -> tuple[tuple[str, ...], bytes, bool]:
    """The columns of a file, the first block without the header, and whether fields stand in quotation marks."""
    head, _, rest = first.partition(b"\n")
    cells = head.decode(encoding, "replace").rstrip("\r").removeprefix("\ufeff").split(_SEPARATOR)
    if not layout.header:
        for columns in layout.columns:
            if len(columns) == len(cells):
                return columns, first, False
        widths = ", ".join(str(len(columns)) for columns in layout.columns)
        raise SourceError(
            f"has {len(cells)} columns, and files of {layout.name} have {widths}",
            where=file.name,
            mend="is it of another dataset? `detente import table` takes any with --map",
        )
    quoted = all(len(cell) > 1 and cell[0] == cell[-1] == '"' for cell in cells)
    names = tuple(dict.fromkeys(_name(cell, layout) for cell in ([_unquoted(c) for c in cells] if quoted else cells)))
    missing = [column for column in layout.used if column not in names]
    if missing or len(names) != len(cells):
        raise SourceError(
            f"has no column {', '.join(missing)}" if missing else "names a column twice",
            where=file.name,
            mend=f"a file of {layout.name} begins with a line of its columns; `detente import table` takes any other",
        )
    return names, rest, quoted


def _name(cell: str, layout: Layout) -> str:
    text = cell.strip().removeprefix("#!").strip()
    return layout.also.get(text, text)


def _bare(row: str) -> str:
    return _SEPARATOR.join(_unquoted(cell) for cell in row.split(_SEPARATOR)) if '"' in row else row


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
