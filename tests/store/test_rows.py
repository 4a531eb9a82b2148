from __future__ import annotations

import gc
import io
import subprocess
import sys

import pytest
from arro3.core import RecordBatchReader, Table

from detente.errors import ArchiveError
from detente.model import Event, to_dict
from detente.store import Rows, write_parquet


@pytest.fixture
def rows(filled):
    return Rows(Event, filled.events())


def test_it_is_a_list(rows, filled):
    events = list(filled.events())
    assert list(rows) == events
    assert len(rows) == len(events)
    assert rows[0] == events[0]
    assert list(rows[1:]) == events[1:]
    assert rows.first() == events[0]
    assert rows.record(events[-1].id) == events[-1]
    assert rows.to_dicts() == [to_dict(event) for event in events]
    with pytest.raises(ArchiveError, match="no record"):
        rows.record("none")


def test_its_columns_are_those_of_the_archive(rows, filled):
    mine, theirs = Table.from_arrow(rows), Table.from_arrow(filled.events())
    assert {field.name: str(field.type) for field in mine.schema} == {
        field.name: str(field.type) for field in theirs.schema
    }
    assert mine.num_rows == theirs.num_rows


def test_nothing_still_has_columns():
    none = Rows(Event, ())
    assert not none
    assert none.first() is None
    table = Table.from_arrow(none)
    assert table.num_rows == 0
    assert "actors" in table.schema.names


def test_a_stream_outlives_its_rows(rows):
    count = len(rows)
    capsule = Rows(Event, list(rows)).__arrow_c_stream__()
    gc.collect()
    assert RecordBatchReader.from_arrow_pycapsule(capsule).read_all().num_rows == count


def test_two_streams_at_once(rows):
    one, other = rows.__arrow_c_stream__(), rows[:1].__arrow_c_stream__()
    assert RecordBatchReader.from_arrow_pycapsule(other).read_all().num_rows == 1
    assert RecordBatchReader.from_arrow_pycapsule(one).read_all().num_rows == len(rows)


@pytest.mark.parametrize("make", [lambda rows, filled: rows, lambda rows, filled: filled.events()])
def test_parquet(rows, filled, make, tmp_path):
    import duckdb

    file = io.BytesIO()
    assert write_parquet(make(rows, filled), file) == len(rows)
    path = tmp_path / "rows.parquet"
    path.write_bytes(file.getvalue())
    assert duckdb.sql(f"SELECT id FROM '{path}'").fetchall() == [(event.id,) for event in rows]


def test_nothing_heavy_is_imported():
    code = "import sys, detente.store; print(*({'duckdb', 'deltalake', 'arro3'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
