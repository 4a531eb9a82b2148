"""Executors: what they do with work, with workers that die, and with errors."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from detente.errors import DetenteError, SourceError, UsageError
from detente.pipeline.executors import Cell, Died, Work, executor

HERE = "tests.pipeline.work"


def squares(folder: Path) -> Work:
    return Work(make=f"{HERE}:make_square", arguments={"folder": str(folder)})


def alive(folder: Path) -> list[int]:
    pids = [int(path.stem) for path in folder.glob("*.worker")]
    return [pid for pid in pids if pid != os.getpid() and Path(f"/proc/{pid}").exists()]


@pytest.mark.parametrize("name", ["inline", "local"])
def test_every_item_has_an_outcome(tmp_path, name):
    found = list(executor(name, 2).map(squares(tmp_path), [1, 2, 4, 17, 5]))
    assert {one.item: one.result for one in found} == {1: 1, 2: 4, 4: 16, 5: 25, 17: None}
    assert [one.lost for one in found if one.lost] == ["ZeroDivisionError: seventeen"]
    assert alive(tmp_path) == []


def test_a_killed_worker_is_replaced_and_a_deadly_item_lost(tmp_path):
    found = {one.item: one for one in executor("local", 2).map(squares(tmp_path), range(12))}
    assert {item: one.result for item, one in found.items()} == {n: n * n for n in range(12)}
    found = {one.item: one for one in executor("local", 2).map(squares(tmp_path), range(12, 16))}
    assert found[13].lost == "killed by SIGKILL"
    assert [found[n].result for n in (12, 14, 15)] == [144, 196, 225]
    assert alive(tmp_path) == []


@pytest.mark.parametrize("name", ["inline", "local"])
def test_an_error_of_ours_stops_the_run_and_keeps_its_words(tmp_path, name):
    with pytest.raises(SourceError, match=r"here: nineteen \(leave it out\)"):
        list(executor(name, 1).map(squares(tmp_path), [1, 19, 2]))
    assert alive(tmp_path) == []


@pytest.mark.parametrize("name", ["inline", "local"])
def test_work_that_cannot_be_made_says_why(name):
    with pytest.raises(DetenteError, match="no model"):
        list(executor(name, 2).map(Work(make=f"{HERE}:make_refusing"), [1]))


def test_a_run_that_is_left_leaves_no_process(tmp_path):
    for one in executor("local", 2).map(squares(tmp_path), range(20, 10_000)):
        assert one.result
        break
    assert alive(tmp_path) == []


def test_items_are_taken_only_as_workers_are_free(tmp_path):
    taken = []

    def items():
        for number in range(30, 40):
            taken.append(number)
            yield number

    outcomes = executor("local", 1).map(squares(tmp_path), items())
    next(outcomes)
    time.sleep(0.2)
    assert len(taken) < 10 or len(list(outcomes)) == 9  # a quick worker may have done all meanwhile
    outcomes.close()


def test_an_unknown_executor():
    with pytest.raises(UsageError, match="inline, local, ray"):
        executor("slurm")


def coder(tmp_path: Path, **budget: float) -> Cell:
    return Cell(Work(make=f"{HERE}:make_coder", arguments={"pids": str(tmp_path)}), **budget)


def test_a_cell_survives_what_kills_its_process(tmp_path):
    from detente.model import Document

    cell = coder(tmp_path, seconds=10.0, megabytes=500)
    try:
        for word, how, why in (
            ("SEGFAULT", "crashed", "killed by SIGSEGV"),
            ("ENDLESS", "stalled", "takes longer than 10 s"),
            ("HUNGRY", "memory", "needs more than 500 MB of memory"),
            ("BREAKS", "failed", "ZeroDivisionError: a document that breaks the coder"),
        ):
            with pytest.raises(Died) as caught:
                cell(Document(id=word, text=word))
            assert (caught.value.how, caught.value.why) == (how, why)
            assert cell(Document(id="good", text="good")).document.id == "good"
    finally:
        cell.close()


def test_a_cell_starts_anew_after_so_many_items(tmp_path):
    from detente.model import Document

    cell = coder(tmp_path, recycle=2)
    for _ in range(5):
        cell(Document(id="good", text="good"))
    cell.close()
    assert len(list(tmp_path.glob("*.coder"))) == 3
