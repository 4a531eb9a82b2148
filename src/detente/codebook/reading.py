"""Reading the codebook's files so that a mistake names its file and line and says what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from detente.errors import CodebookError

T = TypeVar("T")
Lines = dict[tuple[str, ...], int]


def load_yaml(path: Path, kind: type[T]) -> tuple[T, Lines]:
    """A YAML file as a value of type `kind`, and the line on which each key stands.

    Args:
        path: The file.
        kind: Any type msgspec can convert to.

    Raises:
        CodebookError: where the file is absent, is no YAML, or does not have the form of `kind`.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookError(f"cannot be read: {error}", where=str(path)) from None
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        plain = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise CodebookError(f"is not YAML: {getattr(error, 'problem', error)}", where=f"{path}{line}") from None
    lines = dict(_lines(node, ()))
    try:
        return msgspec.convert(plain, kind), lines
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `")
        keys = _locate(plain, kind, str(error), tuple(re.findall(r"\[\.\.\.\]|[^.$\[\]`]+", where)))
        raise CodebookError(
            what.rstrip("."), where=f"{path}:{nearest(lines, keys)}", mend=f"at {'.'.join(keys)}" if keys else None
        ) from None


def _locate(plain: Any, kind: Any, message: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys to the wrong value: msgspec says `[...]` for a mapping's key, so each is tried by itself."""
    found: tuple[str, ...] = ()
    for key in keys:
        if key == "[...]":
            at = plain
            for step in found:
                at = at[step]
            key = next((str(k) for k in at if _fails(_only(plain, found, k), kind, message)), "")
            if not key:
                break
        found = (*found, key)
    return found


def _only(plain: Any, path: tuple[str, ...], key: Any) -> Any:
    """A copy in which the mapping at `path` holds nothing but `key`."""
    if not path:
        return {key: plain[key]}
    return {**plain, path[0]: _only(plain[path[0]], path[1:], key)}


def _fails(plain: Any, kind: Any, message: str) -> bool:
    try:
        msgspec.convert(plain, kind)
    except msgspec.ValidationError as error:
        return str(error) == message
    return False


def nearest(lines: Lines, keys: tuple[str, ...]) -> int:
    """The line of a key, or of the closest key above it that is known."""
    while keys:
        if keys in lines:
            return lines[keys]
        keys = keys[:-1]
    return 1


def _lines(node: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, str(key.value))
            yield here, key.start_mark.line + 1
            yield from _lines(value, here)
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            yield (*path, str(i)), value.start_mark.line + 1
            yield from _lines(value, (*path, str(i)))


def load_tsv(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a tab-separated file with a header line; `#` begins a comment line.

    Args:
        path: The file.
        columns: Columns that the header must have; it may have more.

    Yields:
        The line number and the row, cells stripped, missing trailing cells empty.

    Raises:
        CodebookError: where the file is absent, a column is missing or a row has too many cells.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookError(f"cannot be read: {error}", where=str(path)) from None
    header: list[str] | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            missing = [column for column in columns if column not in header]
            if missing:
                raise CodebookError(
                    f"no column {', '.join(missing)}",
                    where=f"{path}:{number}",
                    mend=f"the header must name {', '.join(columns)}",
                )
            continue
        if len(cells) > len(header):
            raise CodebookError(
                f"{len(cells)} cells in a row of {len(header)} columns",
                where=f"{path}:{number}",
                mend=f"columns are {', '.join(header)}",
            )
        yield number, dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))
