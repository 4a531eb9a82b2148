"""Rows of event datasets on their way into an archive, through real files."""

from __future__ import annotations

import gzip
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
import yaml

from detente.errors import SourceError, UsageError
from detente.pipeline import Archive
from tests.pipeline.imports import file, made, write
from tests.pipeline.test_kills import reading

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "cases" / "imports.yml").read_text("utf-8"))
SHARED = HERE.parents[2] / "shared"


@pytest.fixture
def archive(tmp_path):
    return Archive.open(tmp_path / "a", create=True)


def put(archive, tmp_path, dataset, rows, name="f.txt", width=None):
    path = tmp_path / name
    path.write_text(file(dataset, rows, width), "utf-8")
    return archive.import_dataset(dataset, path)


@pytest.mark.parametrize("dataset", ["icews", "gdelt", "polecat"])
def test_rows_become_events(archive, tmp_path, dataset):
    cases = [case for case in CASES if case["dataset"] == dataset]
    done = put(archive, tmp_path, dataset, [case["row"] for case in cases])
    assert not done.issues
    found = {event.report.id: event for event in archive.events()}
    key = {"icews": "Event ID", "gdelt": "GLOBALEVENTID", "polecat": "Event ID"}[dataset]
    for case in cases:
        event, right = found.pop(case["row"][key], None), case["event"]
        if right is None:
            assert event is None, case["why"]
            continue
        assert event is not None, case["why"]
        told = {
            "type": event.type,
            "mode": event.mode,
            "quad": event.quad,
            "contexts": list(event.contexts),
            "actors": " ".join(f"{a.code}/{a.sector or ''}" for a in event.actors),
            "recipients": " ".join(f"{a.code}/{a.sector or ''}" for a in event.recipients),
            "date": event.date.start.isoformat(),
            "place": event.place,
            "retold": event.retold,
            "publisher": event.report.publisher,
            "story": event.report.story,
            "articles": event.report.articles,
            "id": event.report.id,
            "dyads": right.get("dyads"),
        }
        assert {name: told[name] for name in right} == right, case["why"]
        if dyads := right.get("dyads"):
            assert event.id in {e.id for e in archive.events(dyads[0].split("-"))}
        assert event.report.dataset == event.origin.coder == dataset
        [proof] = event.evidence
        assert archive.text(event.document_id)[proof.start : proof.end] == proof.text
        assert proof.text.split("\t")[0] == event.report.id
    assert not found
    [record] = archive.datasets()
    assert (record.name, record.rows, record.skipped) == (dataset, done.events, len(cases) - done.events)
    assert record.licence
    assert record.citation


def test_repeating_changes_nothing(archive, tmp_path):
    path = write("icews", tmp_path / "events.2018.tab", 400)
    first = archive.import_dataset("icews", path)
    before = [event.id for event in archive.events()]
    version = archive.version
    again = archive.import_dataset("icews", path)
    assert (again.events, again.known) == (0, 1)
    (tmp_path / "renamed.tab").write_bytes(path.read_bytes())
    assert archive.import_dataset("icews", tmp_path / "renamed.tab").events == 0
    assert archive.version == version
    assert [event.id for event in archive.events()] == before
    assert len(before) == len(set(before)) == first.events
    assert len(archive.datasets()) == 1


def test_rows_told_before_are_left_out(archive, tmp_path):
    rows = list(made("icews", 60))
    first = put(archive, tmp_path, "icews", [*rows, *rows[:10]], "week.tab")
    assert first.tallies[0].again > 0
    year = put(archive, tmp_path, "icews", [*rows, *made("icews", 20, seed=2)], "year.tab")
    assert year.tallies[0].again == first.events
    assert len({event.id for event in archive.events()}) == len(archive.events()) == first.events + year.events


@pytest.mark.parametrize("how", ["zip", "gz", "folder"])
def test_packed_files_and_folders(archive, tmp_path, how):
    plain = write("gdelt", tmp_path / "20180101.export.CSV", 50)
    text = plain.read_bytes()
    if how == "zip":
        plain = tmp_path / "20180101.export.CSV.zip"
        with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("20180101.export.CSV", text)
    elif how == "gz":
        plain = tmp_path / "20180101.export.CSV.gz"
        plain.write_bytes(gzip.compress(text))
    else:
        plain = tmp_path / "folder"
        plain.mkdir()
        (plain / "20180101.export.CSV").write_bytes(text)
        (plain / "20180101001500.mentions.CSV").write_text("not events")
    assert archive.import_dataset("gdelt", plain).events == len(archive.events()) > 0


@pytest.mark.parametrize("width", [57, 58, 61])
def test_all_layouts_of_gdelt(archive, tmp_path, width):
    assert put(archive, tmp_path, "gdelt", made("gdelt", 30), width=width).events > 0


def test_events_and_reports_are_counted_apart(archive, tmp_path):
    row = next(case["row"] for case in CASES if case["why"] == "country and role codes")
    put(archive, tmp_path, "gdelt", [{**row, "GLOBALEVENTID": str(n)} for n in range(5)])
    [count] = archive.counts(("JPN", "CHN")).to_dicts()
    assert (count["events"], count["reports"], count["articles"], count["dataset"]) == (1, 5, 40, "gdelt")


@pytest.mark.parametrize("code", ["190", "192"])  # military force, and the occupation of territory, which is no ASSAULT
def test_armed_acts_are_damped_until_confirmed(archive, tmp_path, code):
    row = {
        "Source Name": "Japan", "Source Country": "Japan", "CAMEO Code": code,
        "Target Name": "China", "Target Country": "China",
    }  # fmt: skip
    told = [("1", "2018-06-01", "A"), ("2", "2018-06-01", "B"), ("3", "2018-09-01", "A"), ("4", "2018-09-20", "A")]
    rows = [{**row, "Event ID": n, "Event Date": day, "Publisher": by} for n, day, by in told]
    put(archive, tmp_path, "icews", rows)
    assert {count["damped"] for count in archive.counts(("JPN", "CHN")).to_dicts()} == {True}
    causes = [cause for reading in archive.barometer("JPN", "CHN") for cause in reading.because() if cause.type]
    assert {cause.kind for cause in causes} == {"word"}
    put(archive, tmp_path, "icews", [{**rows[0], "Event ID": "5", "Event Date": "2018-06-03"}, rows[1]], "more.tab")
    counted = {str(c["month"]): c["damped"] for c in archive.counts(("JPN", "CHN")).to_dicts()}
    assert counted == {"2018-06-01": False, "2018-09-01": True}


def test_own_and_imported_events_are_kept_apart(archive, tmp_path):
    put(archive, tmp_path, "icews", made("icews", 40))
    assert len(archive.events(dataset="own")) == 0
    assert len(archive.events(dataset="icews")) == len(archive.events()) > 0
    assert len(archive.events(dataset=["gdelt"])) == 0
    assert all(count["dataset"] == "icews" for count in archive.counts().to_dicts())
    assert not archive.brief("JPN", "CHN").sections or "ACCUSE" not in str(archive.brief("JPN", "CHN"))


def test_a_few_bad_rows_are_skipped_and_many_refused(archive, tmp_path):
    rows = [line for line in file("icews", made("icews", 1000)).split("\n") if line]
    some = [*rows, "a\tb\tc", rows[1].replace("2018-", "20-18-", 1), rows[2].rsplit("\t", 15)[0] + "\t9999" * 15]
    path = tmp_path / "some.tab"
    path.write_bytes("\n".join(some).encode() + b"\n" + b"\xff\xfe broken\n")
    done = archive.import_dataset("icews", path)
    [tally] = done.tallies
    assert (tally.ragged, tally.undated, tally.garbled, tally.bad) == (1, 2 if tally.unknown == 0 else 1, 1, 4)
    assert [trouble.level for trouble in done.issues] == ["warning"]
    assert "4 of 1,004 rows" in done.issues[0].what
    count = len(archive.events())
    many = tmp_path / "many.tab"
    many.write_text("\n".join([*rows[:50], "ragged"]), "utf-8")
    refused = archive.import_dataset("icews", many, write("icews", tmp_path / "good.tab", 20, seed=3))
    assert [trouble.level for trouble in refused.issues] == ["error"]
    assert "more than 1%" in refused.issues[0].what
    assert {tally.file for tally in refused.tallies} == {"good.tab"}
    assert len(archive.events()) == count + refused.events


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.zip", b"PK\x03\x04 nothing more", "damaged or cut short"),
        ("x.gz", gzip.compress(b"some text " * 1000)[:40], "damaged or cut short"),
        ("x.tab", b"", "is empty"),
        ("x.tab", b"Event ID\tEvent Date\n1\t2018-01-01\n", "has no column"),
    ],
)
def test_files_that_cannot_be_read(archive, tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    good = write("icews", tmp_path / "good.tab", 20)
    done = archive.import_dataset("icews", tmp_path / name, good)
    assert says in done.issues[0].what
    assert done.issues[0].mend
    assert len(archive.events()) == done.events > 0


def test_a_place_that_is_not_there(archive, tmp_path):
    with pytest.raises(SourceError, match="is not there"):
        archive.import_dataset("icews", tmp_path / "none.tab")
    with pytest.raises(SourceError, match="holds no file named like"):
        archive.import_dataset("gdelt", tmp_path)


TABLE = 'day,who,whom,code,note\n2018-06-01,Japan,CHN,111,"one, two"\n2018-06-02,Seoul,the United States,42,"a ""b"""\n'


def test_any_table(archive, tmp_path):
    (tmp_path / "t.csv").write_text(TABLE)
    names = {"date": "day", "actor": "who", "recipient": "whom", "cameo": "code"}
    done = archive.import_dataset("table", tmp_path / "t.csv", mapping=names, about={"name": "mine", "licence": "CC0"})
    assert not done.issues
    assert [(e.type, e.actors[0].code, e.recipients[0].code) for e in archive.events()] == [
        ("ACCUSE", "JPN", "CHN"),
        ("CONSULT", "KOR", "USA"),
    ]
    assert [(d.name, d.licence) for d in archive.datasets()] == [("mine", "CC0")]
    assert len(archive.events(dataset="mine")) == 2
    import duckdb

    parquet = str(tmp_path / "t.parquet")
    duckdb.sql(
        f"COPY (SELECT DATE '2018-06-01' AS day, 'Japan' AS who, 'China' AS whom, 'accuse' AS kind) TO '{parquet}'"
    )
    names = {"date": "day", "actor": "who", "recipient": "whom", "type": "kind"}
    assert archive.import_dataset("table", parquet, mapping=names, about={"name": "other"}).events == 1
    Path(parquet).write_bytes(Path(parquet).read_bytes()[:60])
    [trouble] = archive.import_dataset("table", parquet, mapping=names).issues
    assert "cannot be read" in trouble.what


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ({"date": "day"}, "cameo=COLUMN or type=COLUMN"),
        ({"date": "day", "cameo": "code", "actor": "who"}, "recipient"),
        ({"when": "day"}, "does not know"),
    ],
)
def test_a_mapping_that_is_not_enough(archive, tmp_path, names, says):
    (tmp_path / "t.csv").write_text(TABLE)
    with pytest.raises(UsageError, match=says):
        archive.import_dataset("table", tmp_path / "t.csv", mapping=names)


IMPORTER = """
import sys
import detente.pipeline.importing as importing
importing.AT_ONCE = 60_000
import detente.sources.datasets.pages as pages
pages.PAGE = 20_000
from detente.pipeline import Archive
archive = Archive.open(sys.argv[1], create=True)
print("open", flush=True)
archive.import_dataset("icews", sys.argv[2], progress=lambda name: print(len(archive.documents()), flush=True))
print("done", flush=True)
"""


@pytest.mark.slow
def test_imports_killed_at_random_moments_lose_and_tear_nothing(tmp_path):
    """Importers killed at random moments beside a reader; DETENTE_KILLS makes it more than three."""
    rounds, chance = int(os.environ.get("DETENTE_KILLS", "3")), random.Random(11)
    path = write("icews", tmp_path / "events.tab", 2500)
    whole = Archive.open(tmp_path / "whole", create=True)
    whole.import_dataset("icews", path)
    right = {event.id: (event.type, event.actors, event.recipients, event.date) for event in whole.events()}
    reader, acknowledged = Archive.open(tmp_path / "a", create=True), 0

    def look() -> None:
        seen = [event.id for event in reader.events()]
        assert len(seen) == len(set(seen)) <= len(right)
        assert set(seen) <= set(right)

    with reading(look):
        for turn in range(rounds):
            command = [sys.executable, "-c", IMPORTER, tmp_path / "a", path]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.4 if turn % 2 else 1.2))
            process.send_signal(signal.SIGKILL)
            told, _ = process.communicate()
            acknowledged = max([acknowledged, *(int(line) for line in told.split() if line.isdigit())])
            look()
            assert len(reader.documents()) >= acknowledged
    done = subprocess.run([sys.executable, "-c", IMPORTER, tmp_path / "a", path], capture_output=True, text=True)
    assert done.stdout.split()[-1] == "done", done.stderr
    assert {e.id: (e.type, e.actors, e.recipients, e.date) for e in reader.events()} == right
    assert len(reader.events()) == len(right)
    assert sum(record.rows for record in reader.datasets()) == len(right)
    assert reader.sweep(older_than_hours=0) is not None
    assert reader.doctor() == []


@pytest.mark.slow
def test_two_importers_of_the_same_file_at_once(tmp_path):
    path = write("icews", tmp_path / "events.tab", 1000)
    archive = Archive.open(tmp_path / "a", create=True)
    command = [sys.executable, "-c", IMPORTER, tmp_path / "a", path]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for process in both:
        told, trouble = process.communicate()
        assert told.split()[-1] == "done", trouble
    alone = Archive.open(tmp_path / "alone", create=True)
    alone.import_dataset("icews", path)
    assert sorted(event.id for event in archive.events()) == sorted(event.id for event in alone.events())
    assert sum(record.rows for record in archive.datasets()) == len(alone.events())
    archive.sweep(older_than_hours=0)
    assert archive.doctor() == []


TRIES = """
import sys
from detente.errors import DetenteError
from detente.pipeline import Archive
archive = Archive.open(sys.argv[1])
if sys.argv[3] == "nobody":
    import os
    archive.import_dataset("icews", sys.argv[2] + ".first")  # loads what is needed
    os.setgid(65534)
    os.setuid(65534)
elif sys.argv[3] == "full":
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    archive.import_dataset("icews", sys.argv[2])
except DetenteError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("full", "the disk is full"),
        pytest.param(
            "nobody",
            "cannot be written",
            marks=pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user who may not write"),
        ),
    ],
)
def test_a_disk_that_takes_no_more_loses_nothing(how, says):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = write("icews", Path(folder, "events.tab"), 2000)
        first = write("icews", Path(folder, "events.tab.first"), 30, seed=2)
        archive = Archive.open(Path(folder, "a"), create=True)
        before = archive.import_dataset("icews", first).events
        told = subprocess.run(
            [sys.executable, "-c", TRIES, Path(folder, "a"), path, how], capture_output=True, text=True, check=False
        )
        assert says in told.stdout, told
        assert told.stdout.count("\n") == 1
        assert len(archive.events()) == before
        assert archive.import_dataset("icews", path).events == len(archive.events()) - before > 0
        assert len(archive.datasets()) == 2


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_table_is_named_and_the_others_are_taken(archive, tmp_path, share):
    import duckdb

    whole, torn = tmp_path / "whole.parquet", tmp_path / "torn.parquet"
    duckdb.sql(
        "COPY (SELECT DATE '2018-06-01' + i::INTEGER AS day, 'Japan' AS who, 'China' AS whom, 'accuse' AS kind, i AS id "
        f"FROM range(20000) t(i)) TO '{whole}'"
    )
    data = whole.read_bytes()
    torn.write_bytes(data[: int(len(data) * share)])
    names = {"date": "day", "actor": "who", "recipient": "whom", "type": "kind", "id": "id"}
    done = archive.import_dataset("table", torn, whole, mapping=names)
    [trouble] = done.issues
    assert (Path(trouble.where).name, trouble.level) == ("torn.parquet", "error")
    assert "cannot be read" in trouble.what
    assert done.events == len(archive.events()) == 20000


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not there")
def test_the_real_sample_of_icews(archive):
    done = archive.import_dataset("icews", SHARED / "datasets" / "icews.2018.sample.tab")
    [tally] = done.tallies
    assert (tally.rows, tally.bad, tally.again) == (3705, 0, 0)
    assert tally.nobody < 0.01 * tally.rows
    assert tally.events + tally.dropped + tally.nobody == tally.rows
    assert all(event.date.start.year == 2018 for event in archive.events(since=date(2018, 1, 1), limit=50))
