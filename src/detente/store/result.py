"""Answers: records where wanted, Arrow where wanted, and no table library required for either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from detente.errors import ArchiveError
from detente.model import Record, to_dict
from detente.store.session import Session
from detente.store.shapes import decoder, time_fields
from detente.store.tabular import Tabular
from detente.store.trouble import guarded

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

R = TypeVar("R", bound=Record)

_AT_ONCE = 2000


class Result(Tabular, Generic[R]):
    """The answer to a question put to an archive at one moment; later writing does not change it.

    Iterating gives frozen records; `to_dicts` gives plain JSON values, `__arrow_c_stream__` typed columns to whatever
    speaks Arrow (pandas 3, Polars, PyArrow, DuckDB take the result as it is).

    Args:
        session: The view of the archive.
        kind: The record class of the rows; None where a row is a plain dict.
        text: The SQL.
        parameters: Its parameters.
    """

    def __init__(self, session: Session, kind: type[R] | None, text: str, parameters: Mapping[str, Any]) -> None:
        self._session, self._kind, self._text, self._parameters = session, kind, text, dict(parameters)
        self._length: int | None = None

    def __len__(self) -> int:
        if self._length is None:
            self._length = self._session.value(f"SELECT count(*) FROM ({self._text})", self._parameters)
        return self._length

    def __bool__(self) -> bool:
        return len(self) > 0

    def __iter__(self) -> Iterator[R]:
        if self._kind is None:
            raise TypeError("these rows are counts, not records: use to_dicts()")
        read = RowReader(self._kind)
        for line in self._lines():
            yield read(line)

    def _lines(self) -> Iterator[str]:
        with guarded(self._session.location):
            cursor = self._session.cursor()
            try:
                cursor.execute(f"SELECT to_json(answer)::VARCHAR FROM ({self._text}) answer", self._parameters)
                while chunk := cursor.fetchmany(_AT_ONCE):
                    for (line,) in chunk:
                        yield line
            finally:
                cursor.close()

    def page(self, skip: int, most: int) -> Result[R]:
        """At most `most` of the rows, without the first `skip`; the same rows whenever it is asked."""
        text = f"SELECT * FROM ({self._text}) LIMIT {int(most)} OFFSET {int(skip)}"
        return Result(self._session, self._kind, text, self._parameters)

    def first(self) -> R | None:
        """The first record, None if there is none."""
        return next(iter(self), None)

    def record(self, record_id: str) -> R:
        """The record of that id.

        Raises:
            ArchiveError: if it is not among these.
        """
        for record in self:
            if getattr(record, "id", None) == record_id:
                return record
        raise ArchiveError(f"no record {record_id} among these", where=self._session.location)

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as plain JSON values, exactly as `model.to_dict` gives them."""
        if self._kind is None:
            return [msgspec.json.decode(line) for line in self._lines()]
        return [to_dict(record) for record in self]

    def relation(self) -> DuckDBPyRelation:
        """The rows as a DuckDB relation with typed columns."""
        return self._session.relation(self._text, self._parameters)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows as an Arrow stream (https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html)."""
        with guarded(self._session.location):
            return self.relation().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        kind = self._kind.__name__.lower() if self._kind else "row"
        return f"<Result: {len(self)} × {kind}>"


class RowReader:
    """Reads JSON rows of one record class; rows older than a field get the field's default."""

    def __init__(self, kind: type[Record]) -> None:
        self._kind, self._decoder, self._times = kind, decoder(kind), time_fields(kind)

    def __call__(self, line: str) -> Any:
        """The record in a row; ArchiveError where it does not fit."""
        try:
            if not self._times:
                return self._decoder.decode(line)
        except msgspec.ValidationError:
            pass
        plain = _filled(msgspec.json.decode(line))
        for name in self._times:
            if name in plain:
                plain[name] = datetime.fromisoformat(plain[name])
        try:
            return msgspec.convert(plain, self._kind)
        except msgspec.ValidationError as error:
            where = f"{self._kind.__name__} {plain.get('id')}"
            raise ArchiveError(
                f"a row does not fit the record: {error}", where=where, mend="`detente doctor` says more"
            ) from error


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _filled(inner) for key, inner in value.items() if inner is not None}
    return [_filled(item) for item in value] if isinstance(value, list) else value
