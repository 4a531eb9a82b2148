"""Ray: the same output as inline, also when driver, actors or a node are killed."""

from __future__ import annotations

import gzip
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from detente.errors import DetenteError, EngineError, SourceError
from detente.pipeline.bulk import Budget, Bulk, code_bulk
from detente.pipeline.executors import EXECUTORS, Work, executor
from tests.pipeline.test_bulk import BAD, SHORT, contents, lines, run
from tests.pipeline.test_executors import HERE, squares
from tests.pipeline.test_kills import KILLS, ROOT, killing

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

REUTERS = Path(__file__).parents[3] / "shared" / "corpora" / "reuters21578.jsonl.gz"

DRIVER = """
import sys
from pathlib import Path
from detente.pipeline.bulk import Budget, Bulk, code_bulk
from detente.pipeline.executors import EXECUTORS, Work, executor
work = Work(make="tests.pipeline.work:make_coder", arguments={"delay": 0.02})
code_bulk([Path(sys.argv[1])], Path(sys.argv[2]), executor("ray", 2, sys.argv[3]),
          Bulk(work=work, size=10, budget=Budget()), lambda step: print(step.note.id, flush=True))
"""


def slow(pids: Path) -> Work:
    pids.mkdir()
    return Work(make=f"{HERE}:make_coder", arguments={"pids": str(pids), "delay": 0.02})


def test_every_item_has_an_outcome(cluster, tmp_path):
    found = {one.item: one for one in executor("ray", 2).map(squares(tmp_path), [1, 2, 3, 13, 17, 5])}
    assert {item: one.result for item, one in found.items() if not one.lost} == {1: 1, 2: 4, 3: 9, 5: 25}
    assert found[17].lost == "ZeroDivisionError: seventeen"
    assert found[13].lost  # deadly at each of its attempts
    with pytest.raises(SourceError, match="nineteen"):
        list(executor("ray", 1).map(squares(tmp_path), [19]))
    with pytest.raises(DetenteError, match="no model"):
        list(executor("ray", 1).map(Work(make=f"{HERE}:make_refusing"), [1]))


def test_bad_documents_and_all_others_are_as_inline(cluster, tmp_path):
    source = lines(tmp_path / "a.jsonl", 35, BAD)
    assert run(source, tmp_path / "ray", "ray", budget=SHORT).quarantined == ("n-3", "n-11", "n-17", "n-23")
    run(source, tmp_path / "inline", budget=SHORT)
    assert contents(tmp_path / "ray") == contents(tmp_path / "inline")


@pytest.mark.shared
@pytest.mark.skipif(not REUTERS.is_file(), reason="../shared is not there")
def test_reuters_documents_give_the_same_bytes_wherever_they_are_coded(cluster, tmp_path):
    count = int(os.environ.get("DETENTE_REUTERS", "60"))
    with gzip.open(REUTERS, "rb") as file:
        every = file.readlines()
    (tmp_path / "r.jsonl").write_bytes(b"".join(every[:: max(1, len(every) // count)][:count]))
    found = {}
    for name in EXECUTORS:
        done = code_bulk([tmp_path / "r.jsonl"], tmp_path / name, executor(name, 2), Bulk(size=max(10, count // 10)))
        assert not done.lost
        assert not done.quarantined
        found[name] = contents(tmp_path / name)
    assert found["local"] == found["inline"]
    assert found["ray"] == found["inline"]
    assert len(found["ray"]) > 10


def test_killed_actors(cluster, tmp_path):
    source, work = lines(tmp_path / "a.jsonl", 80), slow(tmp_path / "pids")
    with killing(tmp_path / "pids", random.Random(3)):
        done = code_bulk([source], tmp_path / "ray", executor("ray", 2), Bulk(work=work, size=10, budget=Budget()))
    assert done.well
    run(source, tmp_path / "inline")
    assert contents(tmp_path / "ray") == contents(tmp_path / "inline")


def test_a_killed_node(cluster, tmp_path):
    source, work = lines(tmp_path / "a.jsonl", 80), slow(tmp_path / "pids")

    def lose() -> None:
        while len(list((tmp_path / "pids").glob("*.worker"))) < 2:
            time.sleep(0.05)
        cluster.remove_node(sorted(cluster.worker_nodes, key=str)[0], allow_graceful=False)

    loser = threading.Thread(target=lose)
    loser.start()
    try:  # two workers were asked for, and one processor is left
        done = code_bulk([source], tmp_path / "ray", executor("ray", 2), Bulk(work=work, size=10, budget=Budget()))
    finally:
        loser.join()
        cluster.add_node(num_cpus=1, object_store_memory=80_000_000)
    assert done.well
    run(source, tmp_path / "inline")
    assert contents(tmp_path / "ray") == contents(tmp_path / "inline")


def test_killed_drivers(cluster, tmp_path):
    source, out, chance, accepted = lines(tmp_path / "a.jsonl", 80), tmp_path / "ray", random.Random(4), set()
    for _ in range(max(1, KILLS // 3)):
        driver = subprocess.Popen(
            [sys.executable, "-c", DRIVER, source, out, cluster.address],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        assert driver.stdout
        first = driver.stdout.readline()
        time.sleep(chance.uniform(0, 0.5))
        os.kill(driver.pid, signal.SIGKILL)
        rest, _ = driver.communicate()
        accepted.update((first + rest).split())
    assert accepted
    run(source, tmp_path / "inline")
    whole = contents(tmp_path / "inline")
    assert all(whole[name] == data for name, data in contents(out).items())
    done = run(source, out, "ray")
    assert done.before >= len(accepted)
    assert contents(out) == whole


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nowhere"])
def test_a_cluster_that_is_not_there(address):
    code = f"from detente.pipeline.executors import executor, Work\nlist(executor('ray', 1, {address!r}).map(Work(make='x:y'), [1]))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert EngineError.__name__ in told.stderr.splitlines()[-1]
    assert "no Ray cluster can be reached" in told.stderr
