"""What a column looks like, derived from the record classes, so that no schema is written twice.

A shape is what DuckDB's `from_json` takes as a structure: a type name, a list of one shape, or a dict of shapes.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect

from detente.model import Record

Shape = str | list[Any] | dict[str, Any]

_SCALARS: tuple[tuple[type[inspect.Type], str], ...] = (
    (inspect.StrType, "VARCHAR"),
    (inspect.LiteralType, "VARCHAR"),
    (inspect.BoolType, "BOOLEAN"),
    (inspect.IntType, "BIGINT"),
    (inspect.FloatType, "DOUBLE"),
    (inspect.DateType, "DATE"),
    (inspect.DateTimeType, "TIMESTAMPTZ"),
)


@cache
def record_shape(kind: type[Record]) -> dict[str, Shape]:
    """The columns of a record class: field name to shape, in the order of the fields.

    Raises:
        TypeError: for a field whose type no column can hold; the message names it.
    """
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    return {field.encode_name: _shape(field.type, f"{kind.__name__}.{field.name}") for field in info.fields}


def _shape(info: inspect.Type, where: str) -> Shape:
    if isinstance(info, inspect.UnionType):
        known = [part for part in info.types if not isinstance(part, inspect.NoneType)]
        if len(known) == 1:
            return _shape(known[0], where)
    if isinstance(info, inspect.StructType):
        return {f.encode_name: _shape(f.type, f"{where}.{f.name}") for f in info.fields}
    if isinstance(info, inspect.VarTupleType | inspect.ListType):
        return [_shape(info.item_type, where)]
    for scalar, name in _SCALARS:
        if isinstance(info, scalar):
            return name
    raise TypeError(f"no column can hold {where}: {type(info).__name__}")


def column_type(shape: Shape) -> str:
    """The DuckDB type of a shape, as DDL."""
    if isinstance(shape, str):
        return shape
    if isinstance(shape, list):
        return f"{column_type(shape[0])}[]"
    fields = ", ".join(f'"{name}" {column_type(inner)}' for name, inner in shape.items())
    return f"STRUCT({fields})"


def structure(shape: dict[str, Shape]) -> str:
    """The structure argument with which DuckDB's `from_json` reads a JSON array of such rows."""
    return json.dumps([shape])


@cache
def float_fields(kind: type[Record]) -> tuple[str, ...]:
    """The top-level fields that hold floats; JSON has no word for NaN and infinities, so they are checked."""
    return tuple(name for name, shape in record_shape(kind).items() if shape == "DOUBLE")


@cache
def time_fields(kind: type[Record]) -> tuple[str, ...]:
    """The top-level fields that hold an instant, which DuckDB words in a way that msgspec does not read."""
    return tuple(name for name, shape in record_shape(kind).items() if shape == "TIMESTAMPTZ")


def decoder(kind: type[Record]) -> msgspec.json.Decoder[Any]:
    """A decoder of one JSON row into a record; unknown columns are ignored."""
    return msgspec.json.Decoder(kind)
