"""Event datasets: rows a second into an archive beside DuckDB's own read of the file, and a question over millions.

DuckDB's read is `CREATE TABLE … AS SELECT * FROM read_csv(…)` into a database file with its own choice of types. Both
are timed in turns in one run, so that what else the machine does weighs on both alike.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import duckdb
from arro3.core import RecordBatchReader

from benchmarks.table import Row, forget_peak, peak, show
from detente.codebook import Codebook
from detente.pipeline import Archive
from detente.store.gauging import doubts
from detente.store.statements import asked
from tests.pipeline.imports import write

DATASETS = ("icews", "gdelt", "polecat")


def rows(*, small: bool = False) -> Iterator[Row]:
    """Import of each dataset, then a dyad by month over the events of many imports.

    Args:
        small: A little of everything: whether it runs, not how fast.
    """
    with tempfile.TemporaryDirectory(prefix="detente-benchmark-") as folder:
        for dataset in DATASETS:
            yield imported(Path(folder), dataset, 5_000 if small else 300_000, 1 if small else 3)
        yield questioned(Path(folder), 20_000 if small else 10_000_000)


def imported(folder: Path, dataset: str, count: int, turns: int) -> Row:
    """The import of so many made-up rows in the real layout, and its ratio to DuckDB's own read."""
    path = write(dataset, folder / f"{dataset}.txt", count)
    ours, theirs, held = [], [], 0.0
    for turn in range(turns):
        archive = Archive.open(folder / f"{dataset}{turn}", create=True)
        forget_peak()
        ours.append(_timed(lambda archive=archive: archive.import_dataset(dataset, path)))  # type: ignore[misc]
        held = max(held, peak())
        theirs.append(_timed(lambda turn=turn: _read(folder / f"{dataset}{turn}.db", path, dataset != "gdelt")))  # type: ignore[misc]
    ratio = median(b / a for a, b in zip(ours, theirs, strict=True))
    size = path.stat().st_size / 1e6
    return Row(
        f"import {dataset}, {count:,} rows, {size:.0f} MB",
        f"{count / median(ours):,.0f} rows/s, peak {held:,.0f} MB",
        f"{ratio:.2f} × DuckDB's read ({count / median(theirs):,.0f} rows/s)",
        "≥ .5",
    )


def _read(database: Path, path: Path, header: bool) -> None:
    connection = duckdb.connect(str(database))
    connection.execute(
        "CREATE TABLE t AS SELECT * FROM read_csv($path, delim = chr(9), header = $header, quote = '')",
        {"path": str(path), "header": header},
    )
    connection.close()


def questioned(folder: Path, count: int) -> Row:
    """One dyad by month and type over so many events, and its ratio to the same question to a native DuckDB table."""
    archive = Archive.open(folder / "large", create=True)
    _fill(archive, count)
    view = archive._view("events")
    native = duckdb.connect(str(folder / "native.db"))
    events = view.relation(
        "SELECT id, dyad, dyads, date_start, date_end, contexts, dataset, origin, same, report, type, quad, modality, "
        "retold, intensity FROM events_now ORDER BY dyad, date_start",
        {},
    )
    native.register("given", RecordBatchReader.from_arrow(events))
    native.execute("CREATE TABLE events_now AS SELECT * FROM given")
    native.unregister("given")
    text, parameters = asked(("told", "doubt", "counts"), doubts("CHN-JPN", Codebook.load().barometer))
    ours, theirs = [], []
    for _ in range(9):
        ours.append(_timed(lambda: archive.counts(("JPN", "CHN")).to_dicts()))
        theirs.append(_timed(lambda: native.execute(text, parameters).fetchall()))
    return Row(
        f"dyad by month over {len(archive.events()):,} events",
        f"{median(ours) * 1000:.0f} ms",
        f"{median(ours) / median(theirs):.2f} × native ({median(theirs) * 1000:.0f} ms)",
        "≤ 2",
    )


def _fill(archive: Archive, count: int) -> None:
    """Import until there are so many events; half a million rows a file, which differ in their ids."""
    step = min(count, 500_000)
    with tempfile.TemporaryDirectory(prefix="detente-benchmark-") as folder:
        path = Path(folder) / "more.txt"
        head, *rows = write("icews", path, step, 2).read_text("utf-8").splitlines()
        for turn in range(-(-count // step)):
            told = (f"{(turn + 2) * 10_000_000 + n}\t{row.partition(chr(9))[2]}" for n, row in enumerate(rows))
            path.write_text("\n".join((head, *told, "")), "utf-8")
            archive.import_dataset("icews", path)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    show(rows())
