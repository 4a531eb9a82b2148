"""Cutting the input into shards: the same input and configuration always give the same ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from detente.errors import SourceError, UsageError
from detente.model import Document, Issue, Record, content_id, issue
from detente.sources import SUFFIXES, Reading, dated, files_in, is_lines, read
from detente.sources.jsonl import bounded_lines, documents_in, open_lines, readable

SIZE = 500
"""Documents in a shard: some seconds to minutes of work, so that little is done twice after a kill."""

_ID_DIGITS = 24


class Shard(Record, frozen=True, kw_only=True):
    """A part of the input: some lines of a file of JSON lines, or some files.

    `first` and `count` are lines, `offset` the byte (unzipped) at which they begin; for files `count` is their number.
    """

    id: str
    inputs: tuple[str, ...]
    first: int = 1
    count: int
    offset: int = 0
    lines: bool = False


def plan(inputs: Iterable[str | Path], config: str, size: int = SIZE) -> Iterator[Shard | Issue]:
    """The shards of some inputs, in order, and an issue for each input that cannot be read.

    Reads every byte once: a shard's id is a hash of its content, its place, and the configuration, so whatever of the
    input is changed is coded again and nothing else.

    Args:
        inputs: Files and folders.
        config: What else decides the output: coder, codebook, way of reading.
        size: Documents in a shard, about.

    Raises:
        UsageError: for an address or standard input, which a second run could not read again.
    """
    single: list[Path] = []
    for path in _paths(inputs):
        if isinstance(path, Issue):
            yield path
        elif is_lines(path):
            try:
                yield from _line_shards(path, config, size)
            except SourceError as error:
                yield _unread(path, error)
        else:
            single.append(path)
    yield from _file_shards(single, config, size)


def _unread(path: Path, error: SourceError) -> Issue:
    return issue("read", error.where or str(path), error.what, mend=error.mend)


def _paths(inputs: Iterable[str | Path]) -> Iterator[Path | Issue]:
    seen: set[Path] = set()
    for name in map(str, inputs):
        if name == "-" or "://" in name:
            raise UsageError(
                "bulk coding reads files and folders",
                where=name,
                mend="`detente add` reads addresses and standard input",
            )
        path = Path(name)
        if not path.exists():
            yield issue("read", name, "is not there", mend="check the path")
            continue
        found = files_in(path) if path.is_dir() else [path]
        if not found:
            yield issue("read", name, "holds no file that is read", mend=f"these are: {' '.join(SUFFIXES)}")
        for file in found:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _line_shards(path: Path, config: str, size: int) -> Iterator[Shard]:
    digest, first, number, offset, start, documents = hashlib.sha256(), 1, 0, 0, 0, 0

    def cut() -> Shard:
        name = _name(digest, config, str(path), first, number)
        return Shard(id=name, inputs=(str(path),), first=first, count=number - first + 1, offset=start, lines=True)

    with readable(path), open_lines(path) as lines:
        for line in bounded_lines(lines):
            number += 1
            digest.update(b"\0" if line is None else line)
            offset = lines.tell() if line is None else offset + len(line)
            documents += bool(line is None or line.strip())
            if documents >= size:
                yield cut()
                digest, first, start, documents = hashlib.sha256(), number + 1, offset, 0
        if documents:
            yield cut()
    if number == 0 or (first == 1 and not documents):
        raise SourceError("holds no line", where=str(path), mend="leave it out")


def _file_shards(paths: list[Path], config: str, size: int) -> Iterator[Shard | Issue]:
    """Cut where a file's own name says so, so that a new file in a folder changes one shard and not all after it."""
    digest, group = hashlib.sha256(), []
    for path in paths:
        try:
            with readable(path):
                data = path.read_bytes()
        except SourceError as error:
            yield _unread(path, error)
            continue
        group.append(str(path))
        digest.update(hashlib.sha256(data).digest())
        if len(group) >= 2 * size or int(content_id("cut", path.name), 16) % size == 0:
            yield Shard(id=_name(digest, config, *group), inputs=tuple(group), count=len(group))
            digest, group = hashlib.sha256(), []
    if group:
        yield Shard(id=_name(digest, config, *group), inputs=tuple(group), count=len(group))


def _name(digest: Any, config: str, *parts: object) -> str:
    whole = "\x1f".join((digest.hexdigest(), config, *map(str, parts)))
    return hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()[:_ID_DIGITS]


class ShardReader:
    """Reads shards. Keeps the last file of lines open: to go forward in a zipped file costs less than to begin anew.

    Args:
        how: How to read.
    """

    def __init__(self, how: Reading) -> None:
        self._how = how
        self._path: str | None = None
        self._lines: Any = None

    def __call__(self, shard: Shard) -> Iterator[Document | Issue]:
        """The documents of a shard in order, and an issue for each that cannot be read."""
        if not shard.lines:
            yield from read(*shard.inputs, how=self._how)
            return
        path = Path(shard.inputs[0])
        with readable(path):
            if self._path != shard.inputs[0]:
                self.close()
                self._lines, self._path = open_lines(path), shard.inputs[0]
            self._lines.seek(shard.offset)
            for item in documents_in(self._lines, path, self._how.fields, shard.first, shard.count):
                yield dated(item, self._how) if isinstance(item, Document) else item

    def close(self) -> None:
        """Close the file that is open."""
        if self._lines is not None:
            self._lines.close()
            self._lines = self._path = None


def reading_key(how: Reading) -> str:
    """A way of reading as a stable text."""
    return msgspec.json.encode(how, order="sorted").decode()
