from __future__ import annotations

import tarfile
from pathlib import Path

import msgspec
import pytest

from detente.errors import ArchiveError
from detente.model import Record
from detente.store import Archive, migrations
from detente.store.lake import Lake
from detente.store.layout import SCHEMA_VERSION, TABLES, Table
from detente.store.mirror import cache_folder, mirrored
from detente.store.result import Result
from detente.store.shapes import column_type
from detente.store.writer import Stamp, commit, describe, json_row

ARCHIVES = Path(__file__).with_name("cases") / "archives"
COLUMNS = Path(__file__).with_name("cases") / "columns.tsv"


def test_columns_change_only_with_a_new_schema_version():
    # New columns need no migration. Anything else: raise SCHEMA_VERSION, add the step, then rewrite the case file.
    pinned = [line.split("\t") for line in COLUMNS.read_text("utf-8").splitlines()[1:]]
    now = {(table.name, name): column_type(shape) for table in TABLES.values() for name, shape in table.columns.items()}
    assert {int(version) for version, *_ in pinned} == {SCHEMA_VERSION}
    for _, table, column, kind in pinned:
        assert now.get((table, column)) == kind, f"{table}.{column}"


def test_a_new_archive_has_the_present_version(filled):
    assert migrations.version(filled._lake) == SCHEMA_VERSION
    assert migrations.migrate(filled._lake) == []


def test_an_older_archive_is_brought_up_to_date_step_by_step(filled):
    done = []
    steps = {SCHEMA_VERSION: lambda lake: done.append("first"), SCHEMA_VERSION + 1: lambda lake: done.append("second")}
    with pytest.raises(ArchiveError, match="doctor --repair"):
        migrations.check(filled._lake, steps, SCHEMA_VERSION + 2)
    assert migrations.migrate(filled._lake, steps, SCHEMA_VERSION + 2) == [SCHEMA_VERSION + 1, SCHEMA_VERSION + 2]
    assert done == ["first", "second"]
    migrations.check(filled._lake, steps, SCHEMA_VERSION + 2)
    assert len(filled.events()) == 6


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_an_archive_of_every_schema_version_is_read_and_written_on(tmp_path, coding, version):
    """Each was written by the oldest detente of that version, with two sample documents: none is to be made anew."""
    with tarfile.open(ARCHIVES / f"schema-{version}.tar.gz") as packed:
        packed.extraction_filter = getattr(tarfile, "data_filter", None)  # not there before Python 3.11.4
        packed.extractall(tmp_path / "a")
    done = Archive.repair(tmp_path / "a")
    assert done["migrated"] == SCHEMA_VERSION - version
    archive = Archive.open(tmp_path / "a")
    assert archive.doctor() == []
    assert archive.append([coding(1), coding(2)]) == [coding(2).document.id]
    for number in range(3):
        told = coding(number)
        assert archive.documents(ids=[told.document.id]).first() == told.document
        for layer in ("events", "statements", "figures", "drivers"):
            found = getattr(archive, layer)(document=told.document.id)
            assert {r.id: r for r in found} == {r.id: r for r in getattr(told, layer)}, layer
        assert list(archive.matter_records(document=told.document.id)) == list(told.matters)
    assert len(archive.events(["JPN", "CHN"])) > 0
    assert archive.counts(("JPN", "CHN")).to_dicts()


def test_a_newer_archive_is_refused(filled):
    filled._lake.table("documents").alter.set_table_description(describe(SCHEMA_VERSION + 1))
    with pytest.raises(ArchiveError, match="newer detente"):
        Archive.open(filled.location)
    assert any("schema version" in trouble.what for trouble in filled.doctor())


def test_tables_of_others_are_refused(tmp_path):
    import duckdb
    from deltalake import write_deltalake

    write_deltalake(str(tmp_path / "documents"), duckdb.sql("SELECT 1 AS id"))
    with pytest.raises(ArchiveError, match="not made by detente"):
        Archive.open(tmp_path)


class Part(Record, frozen=True, kw_only=True):
    name: str


class NewPart(Record, frozen=True, kw_only=True):
    name: str
    sure: bool = True


class Old(Record, frozen=True, kw_only=True):
    id: str
    parts: tuple[Part, ...] = ()


class New(Record, frozen=True, kw_only=True):
    id: str
    parts: tuple[NewPart, ...] = ()
    marks: tuple[str, ...] = ("none",)
    weight: float = 1.0


def test_fields_that_came_later_read_as_their_defaults(archive, monkeypatch):
    for kind, record in (
        (Old, Old(id="a", parts=(Part(name="x"),))),
        (New, New(id="b", parts=(NewPart(name="y", sure=False),), marks=("m",), weight=2.0)),
        (Old, Old(id="c")),
    ):
        monkeypatch.setitem(TABLES, "links", Table("links", kind))
        commit(archive._lake, "links", [json_row(TABLES["links"], record)], Stamp(None))
    found = Result(archive._view("links"), New, "SELECT * FROM links_now ORDER BY id", {})
    assert [msgspec.json.decode(msgspec.json.encode(record)) for record in found if record.id != "b"] == [
        {"id": "a", "parts": [{"name": "x", "sure": True}], "marks": ["none"], "weight": 1.0},
        {"id": "c", "parts": [], "marks": ["none"], "weight": 1.0},
    ]
    assert found.record("b") == New(id="b", parts=(NewPart(name="y", sure=False),), marks=("m",), weight=2.0)


def test_remote_files_are_copied_once(filled, tmp_path):
    uri, table = filled._lake.uri("events"), filled._lake.table("events")
    names = [path.name for path in Path(uri).glob("*.parquet")]
    [copy] = mirrored(table, uri, names, tmp_path)
    assert Path(copy).read_bytes() == Path(uri, names[0]).read_bytes()
    assert Path(copy).parent == cache_folder(uri, tmp_path)
    Path(copy).write_bytes(b"kept")
    assert Path(*mirrored(table, uri, names, tmp_path)).read_bytes() == b"kept"


def test_urls_are_told_from_folders():
    assert Lake("s3://bucket/relations/").uri("events") == "s3://bucket/relations/events"
    assert Lake("s3://bucket/relations").remote
    assert not Lake("file:///tmp/x").remote
