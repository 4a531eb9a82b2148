"""Tables that a user hands in, CSV or Parquet, as tab-separated lines: blanks stand for tabs and line ends in cells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import DetenteError, SourceError
from detente.store.session import connect

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def _cell(column: str) -> str:
    name = '"' + column.replace('"', '""') + '"'
    return f"translate(coalesce({name}::VARCHAR, ''), chr(9) || chr(10) || chr(13), '   ')"


class Table:
    """A table that is being read.

    Args:
        connection: A connection on which `given` is the table, all cells as text.
        columns: Its columns.
    """

    def __init__(self, connection: DuckDBPyConnection, columns: tuple[str, ...], path: Path) -> None:
        self._connection, self.columns, self._path = connection, columns, path
        self.skipped = 0

    def blocks(self, rows: int) -> Iterator[list[str]]:
        """Its rows, so many at once; afterwards `skipped` counts those that could not be read.

        Raises:
            SourceError: where the file is damaged.
        """
        cells = ", ".join(map(_cell, self.columns))
        with _named(self._path):
            cursor = self._connection.execute(f"SELECT concat_ws(chr(9), {cells}) FROM given")
            while block := cursor.fetchmany(rows):
                yield [line for (line,) in block]
            self.skipped = self._rejected()

    def _rejected(self) -> int:
        there = self._connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'reject_errors'").fetchall()
        if not there:
            return 0
        [(count,)] = self._connection.execute("SELECT count(DISTINCT line) FROM reject_errors").fetchall()
        return int(count)


@contextmanager
def open_table(path: Path, encoding: str = "utf-8") -> Iterator[Table]:
    """Open a table: Parquet by its name, anything else as CSV, whose separator and quotes are found out.

    Args:
        path: The file; CSV may be gzipped.
        encoding: How a CSV file is encoded.

    Raises:
        SourceError: where it cannot be read.
    """
    connection = connect([str(path.absolute().parent)])
    try:
        with _named(path):
            if path.name.lower().endswith(".parquet"):
                relation = connection.read_parquet(str(path.absolute()))
            else:
                relation = connection.read_csv(
                    str(path.absolute()),
                    header=True,
                    all_varchar=True,
                    store_rejects=True,
                    encoding=encoding,
                )
            columns = tuple(relation.columns)
            relation.create_view("given")
        yield Table(connection, columns, path)
    finally:
        connection.close()


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except DetenteError:
        raise
    except Exception as error:
        if not type(error).__module__.startswith(("duckdb", "_duckdb")):
            raise
        raise SourceError(
            f"cannot be read: {' '.join(str(error).split())[:200]}",
            where=str(path),
            mend="check that it is a whole CSV or Parquet file; --encoding names another encoding than UTF-8",
        ) from error
