"""How long readings take over a large archive.

    python -m benchmarks.barometer [--events 10000000] [--dyads 200] [--years 20] [--keep PATH]

Makes an archive of made-up events (an outside dataset's, each with its row as evidence), or takes the one at PATH, and
prints seconds by the clock and of processors: one pair's readings in an archive just opened, the same again, and the
readings of all pairs (aims at 10 million events, 200 pairs, 240 months, two cores: 0.3 s and 10 s).
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, islice
from pathlib import Path
from typing import Any

import duckdb

from detente.codebook import Codebook
from detente.model import Document, document_id
from detente.pipeline import Archive

AT_ONCE = 250_000

ROWS = """
WITH drawn AS (
    SELECT
        i,
        (hash(i * 5 + 1) % $dyads)::BIGINT AS pair,
        DATE '2004-01-01' + (hash(i * 5 + 2) % ($years * 365))::INTEGER AS day,
        ['CONSULT', 'CONSULT', 'CONSULT', 'AGREE', 'SUPPORT', 'REQUEST', 'ACCUSE', 'ACCUSE', 'REJECT', 'THREATEN',
         'COOPERATE', 'AID', 'SANCTION', 'COERCE', 'PROTEST', 'MOBILIZE'][1 + (hash(i * 5 + 3) % 16)::INTEGER] AS act,
        hash(i * 5 + 4) % 2 = 0 AS turned
    FROM range($first, $first + $number) AS numbers(i)
),
named AS (
    SELECT drawn.*, $ones[1 + pair] AS one, $others[1 + pair] AS other
    FROM drawn
)
SELECT
    lpad(to_hex(i + 1), 16, '0') AS id,
    $document AS document_id,
    [{'document_id': $document, 'start': 0, 'end': 4, 'text': 'rows'}] AS evidence,
    {'coder': 'made-up', 'version': '1', 'model': NULL, 'rule': NULL} AS origin,
    0.5 AS confidence,
    {'draft': false, 'accepted_by': NULL, 'supersedes': NULL} AS review,
    act AS "type",
    NULL::VARCHAR AS mode,
    ['diplomatic'] AS contexts,
    CASE WHEN act IN ('CONSULT', 'AGREE', 'SUPPORT') THEN 'verbal cooperation'
         WHEN act IN ('COOPERATE', 'AID') THEN 'material cooperation'
         WHEN act IN ('REQUEST', 'ACCUSE', 'REJECT', 'THREATEN') THEN 'verbal conflict'
         ELSE 'material conflict' END AS quad,
    0.0 AS intensity,
    [{'code': CASE WHEN turned THEN other ELSE one END, 'kind': 'state', 'name': 'x', 'country': 'x',
      'sector': 'GOV', 'person': NULL, 'office': NULL}] AS actors,
    [{'code': CASE WHEN turned THEN one ELSE other END, 'kind': 'state', 'name': 'x', 'country': 'x',
      'sector': 'GOV', 'person': NULL, 'office': NULL}] AS recipients,
    false AS reciprocal,
    {'start': day, 'end': day, 'precision': 'day', 'approximate': false, 'open_start': false,
     'open_end': false} AS "date",
    NULL::VARCHAR AS place,
    'occurred' AS modality,
    false AS retold
FROM named
"""


def pairs(number: int) -> list[tuple[str, str]]:
    """So many pairs of states, the same each time: the archive takes no code that the codebook does not know."""
    return list(islice(combinations(sorted(state.code for state in Codebook.load().actors.states), 2), number))


def build(archive: Archive, events: int, dyads: int, years: int) -> None:
    """Fills an archive with made-up events, some at a time."""
    made = duckdb.connect()
    ones, others = (list(codes) for codes in zip(*pairs(dyads), strict=True))
    for first in range(0, events, AT_ONCE):
        text = f"rows from {first}"
        document = Document(id=document_id(text, "made up"), text=text)
        numbers = {"first": first, "number": min(AT_ONCE, events - first), "dyads": dyads, "years": years}
        numbers |= {"ones": ones, "others": others}
        archive.import_events([document], made.sql(ROWS, params={**numbers, "document": document.id}))
    archive.compact()


@dataclass(frozen=True)
class Took:
    """Seconds that some work took: by the clock, and of processors (all threads), which a busy machine slows less."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:6.2f} s, processors {self.processor:6.2f} s"


def timed(work: Callable[[], Any]) -> tuple[Any, Took]:
    """What some work gives, and what it took."""
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, Took(time.perf_counter() - clock, time.process_time() - processor)


def main(arguments: list[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--dyads", type=int, default=200)
    parser.add_argument("--years", type=int, default=20)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="detente-benchmark-") as folder:
        place = options.keep or Path(folder) / "relations"
        if not place.exists():
            _, took = timed(
                lambda: build(Archive.open(place, create=True), options.events, options.dyads, options.years)
            )
            print(f"made {options.events:,} events of {options.dyads} pairs: {took}")
        machine = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
        print(f"Python {platform.python_version()}, {machine}")
        archive, opened = timed(lambda: Archive.open(place))
        (a, b), (c, d) = pairs(2)
        one, first = timed(lambda: archive.barometer(a, b))
        _, again = timed(lambda: archive.barometer(c, d))
        print(f"  open the archive                 {opened}")
        print(f"  one pair, first question         {first}   {len(one)} readings")
        print(f"  one pair, archive already open   {again}   aim 0.3")
        every, took = timed(lambda: sum(len(found) for found in archive.barometers()))
        print(f"  all pairs                        {took}   {every:,} readings, aim 10")
    return 0


if __name__ == "__main__":
    sys.exit(main())
