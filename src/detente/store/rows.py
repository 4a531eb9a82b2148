"""Records held in memory as a table: what stages compute when asked, given out like an answer of the archive."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar, overload

from detente.errors import ArchiveError
from detente.model import Record, to_dict
from detente.store.session import bench, connect
from detente.store.shapes import record_shape, structure
from detente.store.statements import sql
from detente.store.tabular import Tabular
from detente.store.trouble import guarded

R = TypeVar("R", bound=Record)

_WHERE = "memory"


class Rows(Tabular, Sequence[R], Generic[R]):
    """A list of records that also gives dicts, Arrow, Polars and pandas, as `Result` does.

    Args:
        kind: The record class of the rows; it gives the columns, also where there is no row.
        records: The records, taken over once and in order.
    """

    def __init__(self, kind: type[R], records: Iterable[R]) -> None:
        self._kind, self._records = kind, tuple(records)

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[R]:
        return iter(self._records)

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> Rows[R]: ...
    def __getitem__(self, at: int | slice) -> R | Rows[R]:
        if isinstance(at, slice):
            return Rows(self._kind, self._records[at])
        return self._records[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and (self._kind, self._records) == (other._kind, other._records)

    def __hash__(self) -> int:
        return hash((self._kind, self._records))

    def first(self) -> R | None:
        """The first record, None if there is none."""
        return self._records[0] if self._records else None

    def record(self, record_id: str) -> R:
        """The record of that id.

        Raises:
            ArchiveError: if it is not among these.
        """
        for record in self._records:
            if getattr(record, "id", None) == record_id:
                return record
        raise ArchiveError(f"no record {record_id} among these", where=_WHERE)

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as plain JSON values, exactly as `model.to_dict` gives them."""
        return [to_dict(record) for record in self._records]

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows as an Arrow stream with the columns that the archive's own answers have."""
        shape = record_shape(self._kind)
        with guarded(_WHERE):
            cursor = bench()
            cursor.execute(
                sql("incoming"), {"rows": json.dumps(self.to_dicts()), "structure": structure(shape)}
            ).fetchall()
            return cursor.table("incoming").__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<Rows: {len(self)} × {self._kind.__name__.lower()}>"


def write_parquet(arrow: Any, file: BinaryIO) -> int:
    """Writes whatever speaks Arrow as Parquet (zstd), for example to standard output.

    Args:
        arrow: Anything with `__arrow_c_stream__`.
        file: A binary file open for writing.

    Returns:
        The number of rows written.

    Raises:
        ArchiveError: if the rows cannot be read or written.
    """
    with tempfile.TemporaryDirectory(prefix="detente-parquet-") as folder, guarded(_WHERE):
        path = Path(folder) / "rows.parquet"
        connection = connect([folder])
        try:
            connection.register("handed", arrow)
            connection.execute("CREATE TABLE taken AS SELECT * FROM handed")
            connection.table("taken").write_parquet(str(path), compression="zstd")
            row = connection.execute("SELECT count(*) FROM taken").fetchone()
        finally:
            connection.close()
        file.write(path.read_bytes())
        return int(row[0]) if row else 0


__all__ = ["Rows", "write_parquet"]
