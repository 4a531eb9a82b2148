"""Coding and adding in bulk: throughput, scaling, memory, and what a document costs as the archive grows.

Timings of two things are taken in turns, so that what else the machine does weighs on both alike.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from datetime import date
from importlib import resources
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from statistics import mean

from benchmarks.table import Row, forget_peak, peak
from detente.codebook import Codebook
from detente.model import (
    Actor,
    Coding,
    Document,
    Event,
    Interval,
    Matter,
    Milestone,
    Origin,
    Span,
    content_id,
    document_id,
)
from detente.pipeline import Archive, Process
from detente.pipeline.bulk import Budget, Bulk, GuardedCoder, code_bulk, coding_work
from detente.pipeline.executors import executor
from detente.text.annotate import prepare
from detente.text.paragraphs import blocks
from detente.text.parse import BATCH, pipeline

STATES = ("JPN", "CHN", "KOR", "USA", "FRA", "DEU", "IND", "AUS", "BRA", "TUR", "EGY", "ZAF")
GOODS = ("steel", "wine", "rice", "coal", "chips", "beef", "cotton", "gas", "copper", "cars", "salmon", "lithium")


def documents(count: int) -> list[Document]:
    """The demonstration dispatches, as often as needed; each with a text of its own."""
    folder = Path(str(resources.files("detente") / "data" / "demo"))
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    return [
        Document(id=document_id(text, str(number)), text=text, path=f"{number}.txt")
        for number, text in enumerate(islice(cycle(texts), count))
    ]


def throughput(count: int) -> Iterator[Row]:
    """Words a second from text to matters, and processor time beside spaCy's bare parse of the same paragraphs."""
    book, nlp = Codebook.load(), pipeline()
    process, given = Process(book), documents(count)
    process(given[0])
    parse = work = 0.0
    for document in given:
        ready = prepare(document, book)
        spans = ready.article or (Span(start=0, end=len(ready.text)),)
        paragraphs = [ready.text[block.start : block.end] for block in blocks(ready.text, spans)]
        start = time.process_time()
        for _ in nlp.pipe(paragraphs, batch_size=BATCH):
            pass
        middle = time.process_time()
        process(document)
        parse, work = parse + middle - start, work + time.process_time() - middle
    words = sum(len(document.text.split()) for document in given)
    yield Row("coder, text to matters", f"{words / work:,.0f} words/s of processor time", f"{work / parse:.2f} × parse")


def scaling(count: int, rounds: int) -> Iterator[Row]:
    """Documents a second with one process and with two, in turns; from the first shard done to the last."""
    speeds: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in"
        source.mkdir()
        for document in documents(count):
            (source / f"{document.path}").write_text(document.text, "utf-8")
        for turn in range(rounds):
            for workers in (1, 2):
                moments: list[float] = []
                rows: list[int] = []

                def step(told: object, moments: list[float] = moments, rows: list[int] = rows) -> None:
                    moments.append(time.monotonic())
                    rows.append(told.note.count)  # type: ignore[attr-defined]

                out = Path(folder) / f"{turn}-{workers}"
                code_bulk([source], out, executor("local", workers), Bulk(size=4), step)
                begun = workers  # by then every worker has its model
                speeds[workers].append(sum(rows[begun:]) / (moments[-1] - moments[begun - 1]))
    turns = " ".join(f"{two / one:.2f}" for one, two in zip(*speeds.values(), strict=True))
    best = {workers: max(found) for workers, found in speeds.items()}
    yield Row(
        "bulk coding, one process and two",
        f"{best[1]:.1f} and {best[2]:.1f} documents/s, best of {rounds}",
        f"{best[2] / best[1]:.2f} × (turns: {turns})",
        "≥ 1.8 ×",
    )


def _parse(number: int) -> int:
    """Work for one processor: spaCy's bare parse of a dispatch."""
    [document] = documents(1)
    return sum(len(parsed) for parsed in pipeline().pipe([document.text] * (1 + number), batch_size=BATCH))


def ceiling(jobs: int) -> Iterator[Row]:
    """What two processes gain on this machine if they share nothing: spaCy's bare parse, a process each."""
    speeds = {}
    for workers in (1, 2):
        with ExitStack() as stack:
            pools = [
                stack.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn"))) for _ in range(workers)
            ]
            list(map(Future.result, [pool.submit(_parse, 0) for pool in pools]))  # by then each has its model
            start = time.monotonic()
            list(map(Future.result, [pool.submit(_parse, jobs - 1) for pool in pools]))
            speeds[workers] = workers * jobs / (time.monotonic() - start)
    yield Row(
        "bare parse, one process and two: the ceiling",
        f"{speeds[1]:.1f} and {speeds[2]:.1f} documents/s",
        f"{speeds[2] / speeds[1]:.2f} ×",
    )


def memory(count: int) -> Iterator[Row]:
    """What the coder's process holds after each document."""
    coder, sizes = GuardedCoder(coding_work("rules", None), Budget()), []
    try:
        for document in documents(count):
            coder(document)
            process = coder._cell._process
            assert process is not None
            status = Path(f"/proc/{process.pid}/status").read_text("ascii")
            facts = {line.split(":")[0]: line.split()[1] for line in status.splitlines() if "kB" in line}
            sizes.append(int(facts["VmRSS"]) / 1000)
            peak = int(facts["VmHWM"]) / 1000
    finally:
        coder.close()
    tenth = max(1, count // 10)
    first, last = mean(sizes[:tenth]), mean(sizes[-tenth:])
    yield Row(
        f"memory of the coder over {count:,} documents",
        f"{first:.0f} MB in the first tenth, {last:.0f} MB in the last, peak {peak:.0f} MB",
        f"{last / first:.2f} ×",
        "≤ 1.1 ×",
    )


def coding(number: int) -> Coding:
    """A short document with one event and one matter, of one of many dyads and subjects."""
    one, other = STATES[number % 12], STATES[(number // 12 + number % 11 + 1) % 12]
    other = other if other != one else STATES[(number + 1) % 12]
    goods = GOODS[(number // 7) % 12]
    text = f"{one} put a ban on {goods} from {other}, notice {number}."
    name = document_id(text, str(number))
    document = Document(id=name, text=text, path=f"{number}.txt", countries=(one, other), language="en")
    proof, origin = (document.quote(0, len(text)),), Origin(coder="benchmark", version="1")
    day = Interval(start=date(2001 + number % 20, 1 + number % 12, 1), end=date(2001 + number % 20, 1 + number % 12, 1))
    sides = [Actor(code=code, country=code, name=code, sector="GOV") for code in (one, other)]
    common = {"document_id": name, "evidence": proof, "origin": origin, "confidence": 0.8}
    event = Event(
        id=content_id("event", name), type="SANCTION", quad="material conflict", intensity=-5.0,
        actors=(sides[0],), recipients=(sides[1],), date=day, **common,
    )  # fmt: skip
    matter = content_id("matter", name)
    step = Milestone(id=content_id("step", matter), matter_id=matter, status="in force", date=day, evidence=proof)
    found = Matter(
        id=matter, kind="measure", title=f"{one} ban on {goods} from {other}", subject=goods, parties=(one, other),
        imposers=(one,), targets=(other,), status="in force", milestones=(step,), **common,
    )  # fmt: skip
    return Coding(document=document, events=(event,), matters=(found,))


def adding(sizes: tuple[int, ...], measured: int) -> Iterator[Row]:
    """What a coded document costs to link and commit as the archive grows; filled in between by large appends."""
    with tempfile.TemporaryDirectory() as folder:
        archive, number, first = Archive.open(folder, create=True), 0, 0.0
        for size in sizes:
            while number < size - measured:
                most = min(number + 500, size - measured)
                archive.append([coding(n) for n in range(number, most)])
                number = most
            given = [coding(n) for n in range(number, size)]
            archive.add(given[0])
            forget_peak()
            start = time.monotonic()
            archive.add(*given[1:])
            cost = (time.monotonic() - start) / (len(given) - 1)
            number, first = size, first or cost
            told = f"{1000 * cost:.1f} ms, peak {peak():,.0f} MB"
            yield Row(f"add, a coded document at {size:,}", told, f"{cost / first:.2f} × the first")


def rows(*, small: bool = False) -> Iterator[Row]:
    """All figures; quick ones on less if `small`."""
    yield from throughput(20 if small else 120)
    yield from memory(60 if small else 1000)
    yield from adding((200, 400) if small else (1_000, 10_000, 20_000), 64 if small else 320)
    yield from scaling(40 if small else 240, 1 if small else 3)
    yield from ceiling(40 if small else 400)
