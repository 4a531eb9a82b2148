from __future__ import annotations

import gc
import importlib.util
import subprocess
import sys
import threading

import pytest
from arro3.core import Table

from detente.errors import ArchiveError, MissingExtraError
from detente.model import to_dict


def test_arrow_has_typed_columns(filled):
    table = Table.from_arrow(filled.events())
    types = {field.name: str(field.type) for field in table.schema}
    assert table.num_rows == len(filled.events())
    assert "Date32" in types["date"]
    assert "Float64" in types["intensity"]
    assert "List" in types["actors"]
    assert "Boolean" in types["reciprocal"]
    assert set(types) == set(to_dict(filled.events().first()))


def test_a_stream_outlives_its_result(filled):
    from arro3.core import RecordBatchReader

    capsule = filled.documents().__arrow_c_stream__()
    gc.collect()
    assert RecordBatchReader.from_arrow_pycapsule(capsule).read_all().num_rows == 3


def test_duckdb_takes_a_result_as_it_is(filled):
    import duckdb

    events = Table.from_arrow(filled.events())
    assert duckdb.sql("SELECT count(*) FROM events WHERE intensity < 0").fetchall() == [(len(events),)]


def test_dicts_are_those_of_the_model(filled):
    assert filled.events().to_dicts() == [to_dict(event) for event in filled.events()]


def test_one_record(filled):
    event = filled.events().first()
    assert filled.events().record(event.id) == event
    with pytest.raises(ArchiveError, match="no record"):
        filled.events().record("none")


def test_nothing_heavy_is_imported():
    code = "import sys, detente.store; print(*({'duckdb', 'deltalake', 'arro3'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_nothing(filled):
    none = filled.events(type="NONE")
    assert not none
    assert none.first() is None
    assert none.to_dicts() == list(none) == []
    assert repr(none) == "<Result: 0 × event>"


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_table_libraries_are_not_required(filled, library):
    convert = getattr(filled.events(), f"to_{library}")
    if importlib.util.find_spec(library):
        assert len(convert()) == len(filled.events())
    else:
        with pytest.raises(MissingExtraError, match=f"pip install {library}"):
            convert()


def test_several_threads_ask_and_write(filled, coding):
    problems = []

    def ask():
        try:
            for _ in range(5):
                documents = {d.id for d in filled.documents()}
                assert {e.document_id for e in filled.events()} >= documents
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(10, 13):
        filled.append([coding(number)])
    for thread in threads:
        thread.join()
    assert problems == []
