"""Writers that are killed, that meet, and that cannot write."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from detente.errors import ArchiveError, ArchiveMissingError
from detente.store import Archive

HERE = Path(__file__).parent

WRITER = """
import runpy, sys
from detente.store import Archive
coding = runpy.run_path(sys.argv[1])["coding"]
archive = Archive.open(sys.argv[2], create=True)
if "nobody" in sys.argv:
    import os
    archive.append([coding(1)])  # imports what is needed
    os.setgid(65534)
    os.setuid(65534)
for number in range(int(sys.argv[3]), int(sys.argv[4])):
    archive.append([coding(number), coding(number + 1)])
    print(number, flush=True)
"""


def writer(location, first, last, *words, **more):
    command = [sys.executable, "-c", WRITER, HERE / "samples.py", location, str(first), str(last), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


def check(archive, coding, accepted):
    """Every accepted document is there once and whole; whatever else is there is whole too."""
    documents = [document.id for document in archive.documents()]
    assert len(documents) == len(set(documents))
    told = {c.document.id: c for n in range(60) for c in [coding(n)]}
    for number in accepted:
        assert {coding(number).document.id, coding(number + 1).document.id} <= set(documents)
    for document in documents:
        assert {e.id: e for e in archive.events(document=document)} == {e.id: e for e in told[document].events}
        assert list(archive.matter_records(document=document)) == list(told[document].matters)
    assert len(archive.events()) == 2 * len(documents)


@pytest.mark.slow
def test_killed_writers_lose_and_tear_nothing(tmp_path, coding):
    rounds, accepted, chance = int(os.environ.get("DETENTE_KILLS", "3")), [], random.Random(7)
    archive = Archive.open(tmp_path / "a", create=True)
    for turn in range(rounds):
        process = writer(tmp_path / "a", turn * 3 % 50, turn * 3 % 50 + 9)
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.5))
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        accepted += [int(line) for line in (first + rest).split("\n") if line.strip().isdigit()]
        check(archive, coding, accepted)
    assert accepted
    archive.append([coding(number) for number in range(60)])
    check(archive, coding, range(59))
    archive.sweep(older_than_hours=0)
    check(archive, coding, range(59))
    assert archive.doctor() == []


@pytest.mark.slow
def test_two_writers_of_the_same_documents(tmp_path, coding):
    processes = [writer(tmp_path / "a", first, first + 5) for first in (0, 2)]
    for process in processes:
        _, trouble = process.communicate(timeout=120)
        assert process.returncode == 0, trouble
    check(Archive.open(tmp_path / "a"), coding, range(7))


def test_a_writer_that_another_outruns_tries_again(archive, coding, monkeypatch):
    other, real, turns = Archive.open(archive.location), archive._lake.newest_moment, []

    def outrun(*args):
        turns.append(1)
        if len(turns) == 1:
            other.append([coding(1), coding(5)])
        return real(*args)

    monkeypatch.setattr(archive._lake, "newest_moment", outrun)
    assert archive.append([coding(1), coding(2)]) == [coding(2).document.id]
    assert len(turns) == 2
    assert len(archive.documents()) == 3
    assert len(archive.events()) == 6


def test_a_truncated_file_is_named(filled):
    [victim] = Path(filled.location, "events").glob("*.parquet")
    victim.write_bytes(victim.read_bytes()[:100])
    with pytest.raises(ArchiveError, match=r"damaged.*detente doctor") as caught:
        list(Archive.open(filled.location).events())
    assert "\n" not in str(caught.value)
    [trouble] = filled.doctor()
    assert trouble.where == str(victim)
    assert len(Archive.open(filled.location).statements()) == 3


def test_a_file_that_is_gone_is_named(filled):
    [victim] = Path(filled.location, "figures").glob("*.parquet")
    victim.unlink()
    with pytest.raises(ArchiveError, match="gone"):
        list(Archive.open(filled.location).figures())
    assert [trouble.where for trouble in filled.doctor()] == [str(victim)]


def test_a_damaged_log_is_named(filled):
    for entry in Path(filled.location, "documents", "_delta_log").glob("*.json"):
        entry.write_text("not json")
    with pytest.raises(ArchiveError) as caught:
        Archive.open(filled.location)
    assert "documents" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_table_is_named_and_made_again(filled):
    shutil.rmtree(Path(filled.location, "links"))
    assert [trouble.where for trouble in Archive.open(filled.location).doctor()] == [f"{filled.location}/links"]
    assert len(Archive.open(filled.location).links()) == 0
    Archive.open(filled.location, create=True)
    assert filled.doctor() == []


def test_repair(filled, coding, monkeypatch):
    monkeypatch.setattr(Archive, "_commit_documents", lambda *_: [])
    filled.append([coding(9)])
    monkeypatch.undo()
    filled.append([coding(8)])
    shutil.rmtree(Path(filled.location, "links"))
    assert len(Archive.diagnose(filled.location)) == 7
    done = Archive.repair(filled.location, older_than_hours=0)
    assert (done["migrated"], done["swept"], done["dropped"]) == (0, 9, 0)
    assert done["joined"] > 0
    assert Archive.diagnose(filled.location) == []
    assert len(Archive.open(filled.location).events()) == 8


def test_a_damaged_archive_can_be_diagnosed(filled):
    shutil.rmtree(Path(filled.location, "documents"))
    assert next(trouble.where for trouble in Archive.diagnose(filled.location)).endswith("documents")
    with pytest.raises(ArchiveMissingError):
        Archive.open(filled.location)
    with pytest.raises(ArchiveMissingError, match="detente add"):
        Archive.diagnose(Path(filled.location, "none"))


def test_a_file_in_the_way(tmp_path):
    (tmp_path / "a").write_text("mine")
    with pytest.raises(ArchiveError):
        Archive.open(tmp_path / "a", create=True)
    assert (tmp_path / "a").read_text() == "mine"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user who may not write")
def test_a_folder_that_may_not_be_written(coding):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        archive = Archive.open(Path(folder) / "a", create=True)
        process = writer(Path(folder) / "a", 3, 4, "nobody")
        _, trouble = process.communicate(timeout=60)
        assert "ArchiveError" in trouble.splitlines()[-1]
        assert "cannot be written" in trouble.splitlines()[-1]
        assert len(archive.documents()) == 1


def _small_disk():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))


def test_a_full_disk(tmp_path, coding):
    archive = Archive.open(tmp_path / "a", create=True)
    archive.append([coding(1)])
    process = writer(tmp_path / "a", 3, 4, preexec_fn=_small_disk)
    _, trouble = process.communicate(timeout=60)
    assert "the disk is full" in trouble.splitlines()[-1]
    assert len(archive.documents()) == 1
    assert archive.append([coding(3)])
    assert len(archive.events()) == 4
