"""Runs killed with SIGKILL at random moments, beside a reader: what was accepted is there once and whole.

`DETENTE_KILLS=12 pytest tests/pipeline -k 'kill and moments'` kills more often than the few times of every day: 12 runs
of `code`, of `add` and of `import` (in `test_importing`) each.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from detente.pipeline import Archive
from detente.pipeline.bulk import Budget, Bulk, code_bulk
from detente.pipeline.executors import Work, executor
from detente.pipeline.executors.work import ATTEMPTS
from detente.store import shards
from tests.pipeline.test_bulk import TEST_CODER, contents, documents, lines, run

KILLS = int(os.environ.get("DETENTE_KILLS", "3"))
MOST = ATTEMPTS - 1

CODE = """
import sys
from pathlib import Path
from detente.pipeline.bulk import Budget, Bulk, code_bulk
from detente.pipeline.executors import Work, executor
work = Work(make="tests.pipeline.work:make_coder", arguments={"delay": 0.02})
code_bulk([Path(sys.argv[1])], Path(sys.argv[2]), executor("local", 2), Bulk(work=work, size=10, budget=Budget()),
          lambda step: print(step.note.id, flush=True))
"""

ADD = """
import sys
from detente.pipeline import Archive, Budget
import detente.pipeline.adding as adding
from detente.pipeline.executors import Work
adding.coding_work = lambda *_: Work(make="tests.pipeline.work:make_coder")
Archive.open(sys.argv[2], create=True).add(sys.argv[1], budget=Budget(), progress=lambda name: print(name, flush=True))
"""

ROOT = Path(__file__).parents[2]


def killed(code: str, *arguments: object, after: float) -> tuple[list[str], bool]:
    """What a run told as accepted until it was killed, and whether it was killed before its end."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    timer = threading.Timer(after, process.send_signal, [signal.SIGKILL])
    timer.start()
    said, trouble = process.communicate()
    timer.cancel()
    assert process.returncode in (0, -signal.SIGKILL), trouble
    return said.split(), process.returncode != 0


@contextlib.contextmanager
def reading(question: Callable[[], None]):
    """Asks again and again beside what is done in the block; what goes wrong is raised at its end."""
    stop, trouble, asked = threading.Event(), [], []

    def ask() -> None:
        while not stop.wait(0.05):
            try:
                question()
                asked.append(1)
            except BaseException as error:
                trouble.append(error)
                return

    reader = threading.Thread(target=ask)
    reader.start()
    try:
        yield
    finally:
        stop.set()
        reader.join()
    assert not trouble, trouble
    assert asked


@pytest.mark.slow
def test_bulk_coding_killed_at_random_moments_gives_the_same_bytes(tmp_path):
    source, outs, chance = lines(tmp_path / "a.jsonl", 200, pad=200), [tmp_path / "out"], random.Random(11)
    run(source, tmp_path / "whole")
    whole, accepted, kills = contents(tmp_path / "whole"), set(), 0

    def look() -> None:
        out = outs[-1]
        if list(out.glob("documents/*/*.parquet")):
            question = f"SELECT count(*), count(DISTINCT id) FROM '{out}/documents/*/*.parquet'"
            [(rows, different)] = duckdb.sql(question).fetchall()
            assert rows == different > 0

    with reading(look):
        while kills < KILLS:
            out = outs[-1]
            told, died = killed(CODE, source, out, after=chance.uniform(0.8, 4.0))
            accepted.update(told)
            kills += died
            there = contents(out)
            assert all(whole[name] == data for name, data in there.items())
            assert {shards.note_path(Path(), name).as_posix() for name in accepted} <= set(there)
            if not died:  # it was quicker than the kill: begin anew
                assert there == whole
                outs.append(tmp_path / f"out{len(outs)}")
                accepted.clear()
    run(source, outs[-1])
    assert contents(outs[-1]) == whole
    assert sorted(documents(outs[-1])) == sorted(f"n-{n}" for n in range(200))


@pytest.mark.slow
def test_add_killed_at_random_moments_loses_and_tears_nothing(tmp_path, monkeypatch):
    source, places, chance = lines(tmp_path / "a.jsonl", 400), [tmp_path / "archive"], random.Random(5)
    archive, accepted, kills = Archive.open(places[0], create=True), set(), 0

    def look() -> None:
        seen = [event.document_id for event in Archive.open(places[-1]).events()]
        assert len(seen) == len(set(seen))

    with reading(look):
        while kills < KILLS:
            told, died = killed(ADD, source, places[-1], after=chance.uniform(1.0, 4.0))
            accepted.update(told)
            kills += died
            found = [document.path for document in archive.documents()]
            assert len(found) == len(set(found))
            assert accepted <= set(found)
            assert len(archive.events()) == len(found)
            if not died:  # all is there: begin a new archive
                archive = Archive.open(tmp_path / f"archive{len(places)}", create=True)
                places.append(Path(archive.location))
                accepted.clear()
    monkeypatch.setattr("detente.pipeline.adding.coding_work", lambda *_: TEST_CODER)
    work = archive.add(source, budget=Budget())
    assert len(work.new) + work.known == 400
    assert sorted(d.path for d in archive.documents()) == sorted(f"n-{n}" for n in range(400))


@pytest.mark.slow
def test_workers_killed_at_random_moments(tmp_path):
    source, chance = lines(tmp_path / "a.jsonl", 100), random.Random(2)
    run(source, tmp_path / "whole")
    for turn in range(-(-KILLS // MOST)):
        pids, out = tmp_path / f"pids{turn}", tmp_path / f"out{turn}"
        pids.mkdir()
        work = Work(make=TEST_CODER.make, arguments={"pids": str(pids), "delay": 0.02})
        with killing(pids, chance):
            done = code_bulk([source], out, executor("local", 2), Bulk(work=work, size=10, budget=Budget()))
        assert done.well
        assert contents(out) == contents(tmp_path / "whole")


@contextlib.contextmanager
def killing(pids: Path, chance: random.Random):
    """Kills workers beside what is done in the block: too few to lose a shard, were it the same one each time."""
    stop = threading.Event()
    killer = threading.Thread(target=_kill_some, args=(pids, stop, chance, min(KILLS, MOST)))
    killer.start()
    try:
        yield
    finally:
        stop.set()
        killer.join()


def _kill_some(pids: Path, stop: threading.Event, chance: random.Random, times: int) -> None:
    """Kill workers, which are never the process of the test itself."""
    done: set[str] = set()
    while len(done) < times and not stop.wait(chance.uniform(0.3, 0.8)):
        living = [p for p in sorted(pids.glob("*.worker")) if p.stem not in done and int(p.stem) != os.getpid()]
        if living:
            victim = chance.choice(living)
            done.add(victim.stem)
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(victim.stem), signal.SIGKILL)
