from __future__ import annotations

import datetime
import typing

import hypothesis.strategies as st
import msgspec
import pytest
from hypothesis import given, settings
from msgspec import inspect

from detente.model import Coding, Event, Interval, Matter, Milestone, Record
from detente.store import Archive, writer
from detente.store.layout import TABLES
from detente.store.result import Result
from detente.store.shapes import column_type, record_shape, structure
from detente.store.statements import sql

WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
PLAIN = {
    inspect.StrType: WORDS,
    inspect.BoolType: st.booleans(),
    inspect.DateType: st.dates(),
    inspect.IntType: st.integers(-(2**63), 2**63 - 1),
    inspect.FloatType: st.floats(allow_nan=False, allow_infinity=False),
    inspect.DateTimeType: st.datetimes(timezones=st.just(datetime.UTC), min_value=datetime.datetime(1900, 1, 1)),
}


def values(info):
    if isinstance(info, inspect.UnionType):
        return st.one_of(*map(values, info.types))
    if isinstance(info, inspect.NoneType):
        return st.none()
    if isinstance(info, inspect.LiteralType):
        return st.sampled_from(info.values)
    if isinstance(info, inspect.VarTupleType):
        return st.lists(values(info.item_type), max_size=2).map(tuple)
    if isinstance(info, inspect.StructType):
        return records(info.cls)
    return PLAIN[type(info)]


def records(kind, **fixed):
    if kind is Interval:
        days = st.tuples(st.dates(), st.dates()).map(sorted)
        rest = records_plain(kind, start=st.just(datetime.date.min), end=st.just(datetime.date.min))
        return st.tuples(days, rest).map(lambda t: msgspec.structs.replace(t[1], start=t[0][0], end=t[0][1]))
    return records_plain(kind, **fixed)


def records_plain(kind, **fixed):
    fields = {f.name: fixed[f.name] if f.name in fixed else values(f.type) for f in inspect.type_info(kind).fields}
    return st.builds(kind, **fields)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return Archive.open(tmp_path_factory.mktemp("shapes") / "a", create=True)


@pytest.mark.parametrize("name", TABLES)
def test_every_record_survives_the_archive(archive, name):
    table = TABLES[name]
    fixed = {field: st.just(()) for field in table.omit}
    beside = dict.fromkeys(table.beside, 1) or None

    @settings(max_examples=15, deadline=None)
    @given(st.lists(records(table.record, **fixed), min_size=1, max_size=9, unique_by=lambda record: record.id))
    def survives(told):
        stamp = writer.Stamp("run")
        writer.commit(archive._lake, name, [writer.json_row(table, record, beside) for record in told], stamp)
        found = Result(
            archive._view("matters", name),
            table.record,
            f"SELECT * FROM {name}_files WHERE batch = $batch",
            {"batch": stamp.batch},
        )
        assert {record.id: record for record in found} == {record.id: record for record in told}

    survives()


def test_shapes_of_a_record():
    shape = record_shape(Event)
    assert shape["intensity"] == "DOUBLE"
    assert shape["reciprocal"] == "BOOLEAN"
    assert shape["contexts"] == ["VARCHAR"]
    assert shape["date"]["start"] == "DATE"
    assert column_type(shape["contexts"]) == "VARCHAR[]"
    assert column_type({"a": ["BIGINT"]}) == 'STRUCT("a" BIGINT[])'
    assert structure({"a": "DATE"}) == '[{"a": "DATE"}]'


def test_what_no_column_can_hold_is_named():
    class Odd(Record, frozen=True):
        facts: dict[str, typing.Any]

    with pytest.raises(TypeError, match=r"Odd\.facts"):
        record_shape(Odd)


def test_optional_fields_have_defaults():
    # Rows older than a field are read without it, so what may be None must also be what an absent field means.
    for table in TABLES.values():
        for field in inspect.type_info(table.record).fields:
            optional = isinstance(field.type, inspect.UnionType)
            assert not optional or field.default is None, f"{table.record.__name__}.{field.name}"


def test_milestones_name_every_field():
    text = sql("milestones_told")
    assert all(f"{name} :=" in text or f'"{name}" :=' in text for name in record_shape(Milestone))


def test_tables_hold_all_that_a_coding_holds():
    layers = {field.name for field in inspect.type_info(Coding).fields} - {"document"}
    assert layers <= set(TABLES)
    assert set(TABLES["matters"].omit) == {"milestones", "links"}
    assert all(name in record_shape(Matter) for name in TABLES["matters"].omit)
