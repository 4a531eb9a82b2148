"""Bulk coding: shards, resume, bad documents, full disks, and what the output is."""

from __future__ import annotations

import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import ArchiveError, UsageError
from detente.model import Coding, Document, Issue
from detente.pipeline import Archive
from detente.pipeline.bulk import Budget, Bulk, Shard, code_bulk, plan
from detente.pipeline.bulk.plan import ShardReader
from detente.pipeline.executors import Work, executor
from detente.sources import Reading, read
from detente.store import shards as store_shards
from detente.store.files import host

SHORT = Budget(seconds=10.0, megabytes=500)
"""What good documents keep to on any machine, however busy, and a document that never ends does not."""

BAD = {3: "SEGFAULT", 11: "ENDLESS", 17: "HUNGRY", 23: "BREAKS", 29: "FRENCH"}
TEST_CODER = Work(make="tests.pipeline.work:make_coder")


def lines(path: Path, count: int, bad: dict[int, str] | None = None, start: int = 0, pad: int = 0) -> Path:
    chance = random.Random(3)
    rows = [
        {
            "id": f"n-{n}",
            "text": f"{(bad or {}).get(n, 'Tokyo')} {'x' * (n % 7)} document {n} {chance.randbytes(pad).hex()}",
        }
        for n in range(start, start + count)
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text)
    return path


def run(source: Path | list[Path], out: Path, name: str = "inline", **more):
    bulk = Bulk(**{"work": TEST_CODER, "size": 10, "budget": Budget(), **more})
    inputs = source if isinstance(source, list) else [source]
    return code_bulk(inputs, out, executor(name, 2), bulk)


def contents(out: Path) -> dict[str, bytes]:
    """All that a run wrote but its manifest, which tells of the run, and what a worker is still writing."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.name != "_manifest.json" and path.suffix != ".part" and path.is_file()
    }


def documents(out: Path) -> list[str]:
    return [c.document.path for note in store_shards.notes(out) for c in store_shards.read_shard(out, note)[0]]


def test_bad_documents_are_set_aside_and_all_executors_agree(tmp_path):
    source = lines(tmp_path / "a.jsonl", 35, BAD)
    done = run(source, tmp_path / "inline", budget=SHORT)
    assert done.quarantined == ("n-3", "n-11", "n-17", "n-23")
    assert not done.well
    assert (done.done, done.lost, done.rows["documents"]) == (4, 0, 30)
    assert sorted(documents(tmp_path / "inline")) == sorted(f"n-{n}" for n in range(35) if n not in BAD)
    loose = [
        (issue.where, issue.what)
        for note in store_shards.notes(tmp_path / "inline")
        for issue in store_shards.read_shard(tmp_path / "inline", note)[1]
    ]
    assert loose == [
        ("n-3", "was set aside: crashes the coder: killed by SIGSEGV"),
        ("n-11", "was set aside: takes longer than 10 s"),
        ("n-17", "was set aside: needs more than 500 MB of memory"),
        ("n-23", "was set aside: ZeroDivisionError: a document that breaks the coder"),
        ("n-29", "is in another language than English"),
    ]
    run(source, tmp_path / "local", "local", budget=SHORT)
    assert contents(tmp_path / "local") == contents(tmp_path / "inline")


def test_what_is_done_is_not_done_again(tmp_path):
    source, out = lines(tmp_path / "a.jsonl.gz", 35, {3: "SEGFAULT"}), tmp_path / "out"
    first = run(source, out)
    before = contents(out)
    second = run(source, out)
    assert (first.done, first.before, second.done, second.before) == (4, 0, 0, 4)
    assert contents(out) == before
    assert run(source, out, again=True).done == 1  # the shard with the document set aside
    manifest = json.loads((out / "_manifest.json").read_text())
    assert manifest["complete"]
    assert manifest["rows"]["documents"] == 34
    assert manifest["quarantined"] == ["n-3"]


def test_files_are_by_year_and_any_program_reads_them(tmp_path):
    import duckdb

    run(lines(tmp_path / "a.jsonl", 35), tmp_path / "out")
    rows = duckdb.sql(
        f"SELECT year, count(*) FROM read_parquet('{tmp_path}/out/events/*/*.parquet', hive_partitioning = true) "
        "GROUP BY year ORDER BY year NULLS LAST"
    ).fetchall()
    assert [year for year, _ in rows] == [1981, 1982, 1983, 1984, None]
    assert sum(count for _, count in rows) == 35


@pytest.mark.parametrize("harm", ["truncated", "gone", "note"])
def test_a_damaged_shard_is_coded_again_to_the_same_bytes(tmp_path, harm):
    source, out = lines(tmp_path / "a.jsonl", 20), tmp_path / "out"
    run(source, out)
    before = contents(out)
    victim = next((out / "events").rglob("*.parquet"))
    if harm == "truncated":
        victim.write_bytes(victim.read_bytes()[:50])
    elif harm == "gone":
        victim.unlink()
    else:
        next((out / "_shards").rglob("*.json")).write_text("{")
    with pytest.raises(ArchiveError, match="damaged"):
        Archive.open(tmp_path / "archive", create=True).add(coded=out)
    assert run(source, out).done == 1
    assert contents(out) == before


def test_changed_bytes_are_noticed_when_loaded(tmp_path):
    out = tmp_path / "out"
    run(lines(tmp_path / "a.jsonl", 5), out)
    victim = next((out / "events").rglob("*.parquet"))
    data = bytearray(victim.read_bytes())
    data[60] ^= 1
    victim.write_bytes(data)
    with pytest.raises(ArchiveError, match=f"{victim.name}.*changed.*detente code"):
        Archive.open(tmp_path / "archive", create=True).add(coded=out)


def test_only_what_changed_is_coded_again(tmp_path):
    source, out = lines(tmp_path / "a.jsonl", 25), tmp_path / "out"
    run(source, out)
    other = lines(tmp_path / "b.jsonl", 5, start=100)
    assert run(other, out).dropped == 0  # another input's shards stay
    source.write_text(source.read_text() + lines(tmp_path / "more.jsonl", 10, start=25).read_text())
    done = run(source, out)
    assert (done.before, done.done, done.dropped) == (2, 2, 1)
    assert sorted(documents(out)) == sorted([f"n-{n}" for n in range(35)] + [f"n-{n}" for n in range(100, 105)])
    done = run(source, out, how=Reading(encoding="cp1252"))
    assert (done.before, done.done, done.dropped) == (0, 4, 4)


def test_a_new_file_in_a_folder_changes_few_shards(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(80):
        (folder / f"{number:03}.txt").write_text(f"Tokyo document {number}")
    run(folder, tmp_path / "out", size=5)
    (folder / "040a.txt").write_text("Beijing")
    done = run(folder, tmp_path / "out", size=5)
    assert done.done <= 2
    assert done.dropped == 1
    assert len(documents(tmp_path / "out")) == 81


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(['{"text": "Tokyo"}', "", "  ", "no json", '{"text": "日本"}', "[1]"]), max_size=30),
    st.integers(1, 7),
    st.booleans(),
)
def test_shards_hold_every_line_once_and_in_order(rows, size, zipped):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.jsonl.gz" if zipped else "a.jsonl")
        data = "\n".join(rows).encode()
        path.write_bytes(gzip.compress(data) if zipped else data)
        found = list(plan([path], "config", size))
        shards = [item for item in found if isinstance(item, Shard)]
        reader = ShardReader(Reading())
        told = [item for shard in shards for item in reader(shard)]
        assert told == [item for item in read(path) if shards or not isinstance(item, Issue)]
        backwards = [list(reader(shard)) for shard in reversed(shards)]
        assert [item for part in reversed(backwards) for item in part] == told
        reader.close()
        assert len({shard.id for shard in shards}) == len(shards)
        assert len([item for item in found if isinstance(item, Issue)]) == (0 if shards else 1)


def test_inputs_that_cannot_be_coded_are_named(tmp_path):
    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "torn.jsonl.gz").write_bytes(gzip.compress(b'{"text": "a"}\n' * 50)[:-12])
    (tmp_path / "good.jsonl").write_text('{"text": "Tokyo"}\nnot json\n')
    done = run([tmp_path / name for name in ("empty.jsonl", "torn.jsonl.gz", "none", "good.jsonl")], tmp_path / "out")
    assert [Path(issue.where).name for issue in done.issues] == ["empty.jsonl", "torn.jsonl.gz", "none"]
    assert done.rows["documents"] >= 1
    assert done.rows["issues"] == 1
    with pytest.raises(UsageError, match="detente add"):
        run([Path("-")], tmp_path / "out")


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").write_text("mine")
    with pytest.raises(UsageError, match="holds something else"):
        run(lines(tmp_path / "a.jsonl", 1), tmp_path / "out")
    with pytest.raises(ArchiveError, match="detente code"):
        Archive.open(tmp_path / "archive", create=True).add(coded=tmp_path / "out")


def test_what_was_coded_in_bulk_is_what_add_would_add(tmp_path):
    from importlib import resources

    demo = sorted(Path(str(resources.files("detente") / "data" / "demo")).glob("*.txt"))[20:28]
    done = code_bulk(demo, tmp_path / "out", executor("inline"), Bulk(size=5))
    assert done.well
    loaded = Archive.open(tmp_path / "loaded", create=True)
    first = loaded.add(coded=tmp_path / "out")
    assert (len(first.new), first.issues) == (8, ())
    assert loaded.add(coded=tmp_path / "out").known == 8
    direct = Archive.open(tmp_path / "direct", create=True)
    direct.add(*demo, budget=Budget())
    for layer in ("documents", "events", "statements", "figures", "drivers", "links", "issues"):
        assert {r.id: r for r in getattr(loaded, layer)()} == {r.id: r for r in getattr(direct, layer)()}, layer
    assert list(loaded.matters()) == list(direct.matters())


def test_add_sets_a_bad_document_aside(tmp_path, monkeypatch):
    monkeypatch.setattr("detente.pipeline.adding.coding_work", lambda *_: TEST_CODER)
    archive = Archive.open(tmp_path / "a", create=True)
    added = archive.add(lines(tmp_path / "a.jsonl", 35, BAD), budget=SHORT)
    assert len(added.new) == 30
    assert [issue.where for issue in added.issues] == [f"n-{n}" for n in BAD]
    assert {issue.where for issue in archive.issues()} == {f"n-{n}" for n in BAD}
    assert archive.doctor() == []


def _small_disk():
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))


@pytest.mark.parametrize("name", ["inline", "local"])
def test_a_full_disk_loses_nothing(tmp_path, name):
    source, out = lines(tmp_path / "a.jsonl", 30, pad=2000), tmp_path / "out"
    code = f"""
import sys
from pathlib import Path
from detente.errors import DetenteError
from tests.pipeline.test_bulk import run
try:
    run(Path(sys.argv[1]), Path(sys.argv[2]), {name!r})
except DetenteError as error:
    print(error)
"""
    run(source, out)
    whole = contents(out)
    for path in list((out / "_shards").rglob("*.json"))[:2]:
        path.unlink()
    for path in list((out / "documents").rglob("*.parquet"))[:2]:
        path.unlink()
    told = subprocess.run(
        [sys.executable, "-c", code, source, out], preexec_fn=_small_disk, capture_output=True, text=True, check=False
    )
    assert "the disk is full" in told.stdout, told
    assert "run the command again" in told.stdout
    assert not list(out.rglob("*.part"))
    assert all(whole[name] == data for name, data in contents(out).items())
    run(source, out)
    assert contents(out) == whole


@pytest.mark.parametrize("name", ["inline", "local"])
def test_a_run_that_ends_early_leaves_nothing_half_written(tmp_path, name):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()

    def stop(_: object) -> None:
        (tmp_path / "out" / "events").mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / "events" / f".a.parquet.{host()}.{dead.pid}.0123abcd.part").touch()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        code_bulk(
            [lines(tmp_path / "a.jsonl", 30)], tmp_path / "out", executor(name, 2), Bulk(work=TEST_CODER, size=10), stop
        )
    assert not list((tmp_path / "out").rglob("*.part"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user who may not write")
def test_a_folder_that_may_not_be_written(tmp_path):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        source = lines(Path(folder) / "a.jsonl", 5)
        code = (
            "import os, sys, detente.pipeline.bulk\nfrom detente.app.cli import main\nfrom detente.codebook import Codebook\n"
            "import queue, detente.pipeline.executors.local\nCodebook.load().check()\n"
            "try:\n    main(['code', '--help'])\nexcept SystemExit:\n    pass\nos.setgid(65534); os.setuid(65534)\n"
            f"sys.exit(main(['code', {str(source)!r}, '--out', {folder + '/out'!r}]))"
        )
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert told.returncode == 1, told
        assert "cannot be written" in told.stderr
        assert "Traceback" not in told.stderr


def test_a_document_that_no_row_can_hold_is_an_issue(tmp_path):
    writer = store_shards.ShardWriter(tmp_path)
    with pytest.raises(ArchiveError, match="not Unicode"):
        writer.add(Coding(document=Document(id="x", text="\ud800")))
    note = store_shards.ShardNote(id="ab", inputs=("x",), first=1, count=1, rows={})
    assert writer.commit(note).files == ()
