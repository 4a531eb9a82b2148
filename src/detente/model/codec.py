"""Records to and from plain JSON values, losslessly."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from detente.model.base import Record

R = TypeVar("R", bound=Record)


def to_dict(record: Record) -> dict[str, Any]:
    """A record as plain values: dicts, sequences, strings, numbers; dates as ISO strings."""
    plain = msgspec.to_builtins(record, builtin_types=())
    assert isinstance(plain, dict)
    return plain


def from_dict(kind: type[R], plain: dict[str, Any]) -> R:
    """The record of type `kind` that `to_dict` made.

    Raises:
        msgspec.ValidationError: where a field is missing or of the wrong type; the message names its path.
    """
    return msgspec.convert(plain, kind)


def to_json(record: Record) -> bytes:
    """A record as one line of JSON in UTF-8."""
    return msgspec.json.encode(record)


def from_json(kind: type[R], line: bytes | str) -> R:
    """The record of type `kind` in one line of JSON."""
    return msgspec.json.decode(line, type=kind)
