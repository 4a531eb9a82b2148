"""The server under load: 50 clients for a minute on an archive of 20,000 documents, and a relation of 5,000 events.

    python -m benchmarks.serve [--documents 20000] [--clients 50] [--seconds 60]

Makes an archive of hand-made findings (nothing is coded), starts `detente serve` on it in a process of its own, and
asks for the page of each of 120 relations once ("first asked", one client); then lets clients, each on a connection of
its own and without a pause, ask for pages of relations: of every ten requests
eight are for overviews, two for filtered lists of a drawn year and type. Prints the
median, p95 and worst time of the overviews, errors, and the server's memory by tenths of the run; then how long the
page of a relation of 5,000 events takes when it is first asked for. Times hold for the machine and its other load.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import platform
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from benchmarks.serving import served
from detente.model import (
    Actor,
    Coding,
    Document,
    Event,
    Evidence,
    Interval,
    Matter,
    Milestone,
    Origin,
    Publication,
    Statement,
    content_id,
)
from detente.pipeline import Archive

CODES = ("JPN", "CHN", "KOR", "USA", "RUS", "IND", "AUS", "VNM", "PHL", "IDN", "MYS", "THA", "DEU", "FRA", "GBR", "BRA")
TYPES = (
    ("CONSULT", "verbal cooperation", 4.0),
    ("AGREE", "verbal cooperation", 2.5),
    ("ACCUSE", "verbal conflict", -2.0),
    ("SANCTION", "material conflict", -6.0),
    ("AID", "material cooperation", 6.0),
)
ORIGIN = Origin(coder="benchmark", version="1")
BIG = ("FJI", "PER")


def codings(count: int, events: int = 3) -> Iterator[Coding]:
    """Documents with events, a statement and at times a step of a matter; the dyads are unequally frequent."""
    draw = random.Random(7)
    for number in range(count):
        a, b = sorted(draw.sample(CODES, 2, counts=[len(CODES) - i for i in range(len(CODES))]))
        if a != b:
            yield _coding(number, a, b, events, draw)


def _coding(number: int, a: str, b: str, events: int, draw: random.Random) -> Coding:
    day = date(2005, 1, 1) + timedelta(days=draw.randrange(7600))
    text = f"Report {number}. " + f"{a} and {b} spoke about trade, and one of them complained of the other. " * 12
    document = content_id("benchmark", number)
    when = Interval(start=day, end=day)
    proof = (Evidence(document_id=document, start=12, end=60, text=text[12:60]),)
    common = {"document_id": document, "origin": ORIGIN, "confidence": 0.8, "evidence": proof}
    found = []
    for i in range(events):
        kind, quad, intensity = draw.choice(TYPES)
        on = day - timedelta(days=draw.randrange(20))
        found.append(
            Event(
                id=content_id(document, i),
                type=kind,
                quad=quad,
                intensity=intensity,
                actors=(_actor(a),),
                recipients=(_actor(b),),
                date=Interval(start=on, end=on),
                **common,  # type: ignore[arg-type]
            )
        )
    return Coding(
        document=Document(
            id=document,
            text=text,
            title=f"Report {number} on {a} and {b}",
            countries=(a, b),
            published=Publication(interval=when, known="given"),
        ),
        events=tuple(found),
        statements=(
            Statement(
                id=content_id(document, "s"),
                speaker=f"Official {number % 300}",
                country=a,
                direct=True,
                content="We expect better.",
                about=(b,),
                outlook="improving",
                **common,  # type: ignore[arg-type]
            ),
        ),
        matters=(_matter(document, a, b, number, when, proof),) if number % 10 == 0 else (),
    )


def _actor(code: str) -> Actor:
    return Actor(code=code, country=code, name=code)


def _matter(document: str, a: str, b: str, number: int, when: Interval, proof: tuple[Evidence, ...]) -> Matter:
    matter = content_id(document, "m")
    step = Milestone(id=content_id(document, "p"), matter_id=matter, status="in force", date=when, evidence=proof)
    return Matter(
        id=matter,
        document_id=document,
        kind="measure",
        title=f"Measure {number} of {a}",
        subject=f"product {number % 97}",
        parties=(a, b),
        imposers=(a,),
        targets=(b,),
        status="in force",
        status_date=when,
        milestones=(step,),
        evidence=proof,
        origin=ORIGIN,
        confidence=0.8,
    )


def fill(place: Path, documents: int) -> Archive:
    """Writes the archive: `documents` documents, and 50 more that hold 100 events each of one dyad."""
    archive = Archive.open(place, create=True)
    batch: list[Coding] = []
    draw = random.Random(11)
    for coding in [*codings(documents), *(_coding(10_000_000 + i, *BIG, 100, draw) for i in range(50))]:
        batch.append(coding)
        if len(batch) == 2000:
            archive.append(batch)
            batch = []
    archive.append(batch)
    return archive


class Ledger:
    """Times of answers by kind, and errors."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {"overview": [], "list": []}
        self.errors: list[str] = []


async def client(port: int, until: float, seed: int, ledger: Ledger) -> None:
    """Asks without a pause until the time is over, on one connection."""
    draw = random.Random(seed)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        a, b = sorted(draw.sample(CODES, 2))
        kind, path = "overview", f"/dyads/{a}-{b}"
        if draw.random() < 0.2:
            year = draw.randrange(2005, 2025)
            kind, path = "list", f"{path}/events?since={year}&type={draw.choice(TYPES)[0]}"
        began = time.perf_counter()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(re.search(rb"content-length: (\d+)", head, re.IGNORECASE).group(1))  # type: ignore[union-attr]
        await reader.readexactly(length)
        ledger.times[kind].append(time.perf_counter() - began)
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            ledger.errors.append(f"{path}: {head[:40]!r}")
    writer.close()


async def load(port: int, pid: int, clients: int, seconds: float) -> tuple[Ledger, list[int]]:
    """All clients, and the server's memory in MiB at the end of each tenth of the run."""
    ledger, until = Ledger(), time.perf_counter() + seconds
    work = [asyncio.create_task(client(port, until, seed, ledger)) for seed in range(clients)]
    memory = []
    for _ in range(10):
        await asyncio.sleep(seconds / 10)
        memory.append(resident(pid))
    await asyncio.gather(*work)
    return ledger, memory


def resident(pid: int) -> int:
    """Resident memory of a process, MiB."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()).group(1)) >> 10  # type: ignore[union-attr]


def worked(pid: int) -> float:
    """Processor time that a process has used, seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def told(kind: str, times: Sequence[float]) -> None:
    """Prints a line on some times."""
    print(
        f"  {kind:<12} {len(times):>8,} answers  median {statistics.median(times) * 1000:6.1f} ms  "
        f"p95 {quantile(times, 0.95) * 1000:6.1f} ms  worst {max(times) * 1000:7.1f} ms"
    )


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main(arguments: list[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="detente-bench-") as folder:
        began = time.perf_counter()
        fill(Path(folder, "relations"), options.documents)
        print(
            f"{options.documents:,} documents written in {time.perf_counter() - began:.0f} s; {platform.machine()}, "
            f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}",
            flush=True,
        )
        with served(Path(folder, "relations"), Path(folder)) as (address, pid):
            report(int(address.rpartition(":")[2]), pid, options)
    return 0


def report(port: int, pid: int, options: argparse.Namespace) -> None:
    """Measures and prints."""
    import urllib.request

    began = time.perf_counter()
    busy = worked(pid)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/dyads/{'-'.join(BIG)}") as answer:
        size = len(answer.read())
    print(
        f"  a relation of 5,000 events, first asked {time.perf_counter() - began:6.3f} s  {size >> 10} KiB; the server "
        f"worked {worked(pid) - busy:.2f} s of processor time"
    )
    first = Ledger()
    for a, b in itertools.combinations(sorted(CODES), 2):
        began = time.perf_counter()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/dyads/{a}-{b}") as answer:
            answer.read()
        first.times["overview"].append(time.perf_counter() - began)
    told("first asked", first.times["overview"])
    ledger, memory = asyncio.run(load(port, pid, options.clients, options.seconds))
    for kind, times in ledger.times.items():
        told(kind, times)
    print(f"  errors {len(ledger.errors)}  memory by tenths {memory} MiB  load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    sys.exit(main())
