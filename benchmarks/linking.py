"""What linking a document costs in a small and in a large archive, in one run.

    python -m benchmarks.linking [--small 1000] [--large 20000] [--new 50]

Makes matters of our own (dyads, products, years from short lists, so that a document meets hundreds of others about the
same relation), keeps them as a run keeps what it has read, and takes for documents more: the matters on record that
share a blocking key are looked up and compared; once where a larger archive covers more relations, 50 documents each,
and once where it tells more of the same 20. Prints processor milliseconds a document at both sizes and their ratio
(asked: at most 1.3), with the number of matters compared. Of texts it does the same: a copy's original is looked for.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from datetime import date
from random import Random

from detente.codebook import Codebook
from detente.matters import Copies, links_between
from detente.model import Document, Evidence, Interval, Matter, Milestone, Origin, content_id
from detente.pipeline.near import Near

CODES = (
    "ARG AUS BRA CAN CHE CHL CHN COL CUB DEU EGY ETH FRA GBR IDN IND IRN ISR ITA JPN KEN KOR MAR MEX MYS".split()
    + ("NGA NLD NOR NZL PAK PER PHL POL PRK RUS SAU SGP THA TUR TWN UKR USA VNM ZAF ZMB".split())
)
THINGS = {
    "measure": ("tariff on {}", "ban on {}", "export control on {}"),
    "agreement": ("{} agreement", "memorandum on {}", "{} treaty"),
    "dispute": ("dispute over {}", "complaint about {}"),
    "channel": ("{} dialogue", "working group on {}"),
}
GOODS = (
    "barley wine coal copper cotton timber lobster seafood beef steel aluminium chips gallium germanium visas fishing "
    "airspace pipelines uranium insulin vaccines satellites cables ferries grain tomatoes bananas gas oil water"
).split()
FAMILIES = {"measure": "ban", "agreement": "pact", "dispute": "dispute", "channel": "dialogue"}
EACH = 4  # matters of a document


def matters_of(number: int, relations: Sequence[tuple[str, str]], random: Random) -> list[Matter]:
    """The matters of one made document about one relation."""
    name = f"document {number}"
    pair, found = random.choice(relations), []
    for place in range(EACH):
        kind = random.choice(sorted(THINGS))
        title = random.choice(THINGS[kind]).format(" and ".join(random.sample(GOODS, 2)))
        day = date(random.randint(1985, 2025), random.randint(1, 12), 1)
        piece = Evidence(document_id=name, start=place * 50, end=place * 50 + len(title), text=title)
        ident = content_id("matter", name, place)
        step = Milestone(
            id=content_id("step", ident),
            matter_id=ident,
            status="open",
            date=Interval(start=day, end=day),
            evidence=(piece,),
        )
        found.append(
            Matter(
                id=ident,
                document_id=name,
                kind=kind,  # type: ignore[arg-type]
                title=title,
                subject=", ".join(title.split()),
                parties=pair,
                imposers=pair[:1] if kind == "measure" else (),
                milestones=(step,),
                evidence=(piece,),
                origin=Origin(coder="made", version="1", rule=FAMILIES[kind]),
                confidence=0.5,
            )
        )
    return found


class Shelf:
    """An archive of made matters, as `Near` asks it."""

    def __init__(self, matters: Sequence[Matter], documents: int) -> None:
        self._documents, self._by_group = documents, dict[tuple[str, ...], list[Matter]]()
        for matter in matters:
            self._by_group.setdefault(tuple(sorted(matter.parties)), []).append(matter)

    def document_count(self) -> int:
        """How many documents there are."""
        return self._documents

    def matter_records(self, parties: Sequence[str] = ()) -> list[Matter]:
        """The matters of a pair of parties."""
        return self._by_group.get(tuple(sorted(parties)), [])


def linking(size: int, new: int, each: int, book: Codebook) -> Callable[[], tuple[float, int]]:
    """A measurement at one size: milliseconds and compared matters for each of `new` documents."""
    random = Random(size)
    pairs = [(a, b) for a in CODES for b in CODES if a < b]
    relations = random.sample(pairs, min(len(pairs), max(1, size // each)))
    shelf = Shelf([m for n in range(size) for m in matters_of(n, relations, random)], size)
    near = Near(shelf, book)  # type: ignore[arg-type]
    extra = [matters_of(size + n, relations, random) for n in range(new)]
    for matters in extra:
        list(near.to(matters))  # what a run reads once

    def measure() -> tuple[float, int]:
        compared, start = 0, time.process_time()
        for matters in extra:
            old = list(near.to(matters))
            compared += len(old)
            links_between(matters, old, book)
        return (time.process_time() - start) * 1000 / new, compared // new

    return measure


def copying(size: int, new: int) -> Callable[[], tuple[float, int]]:
    """The same for the search of a text's original."""
    random = Random(size)
    words = [f"word{n}" for n in range(5000)]

    def text(n: int) -> Document:
        return Document(id=f"{size} {n}", text=" ".join(random.choices(words, k=200)))

    copies = Copies()
    copies.add(text(n) for n in range(size))
    extra = [text(size + n) for n in range(new)]

    def measure() -> tuple[float, int]:
        start = time.process_time()
        for document in extra:
            copies.original(document)
        return (time.process_time() - start) * 1000 / new, 0

    return measure


def main() -> None:
    """Measures both sizes in turn, three times, and prints the least of each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, size in (("small", 1000), ("large", 20000), ("new", 50)):
        parser.add_argument(f"--{name}", type=int, default=size)
    options = parser.parse_args()
    book = Codebook.load()
    cases: dict[str, Callable[[int], Callable[[], tuple[float, int]]]] = {
        "links, more relations": lambda n: linking(n, options.new, 50, book),
        "links, the same relations": lambda n: linking(n, options.new, n // 20, book),
        "copies": lambda n: copying(n, options.new),
    }
    for name, make in cases.items():
        small, large = make(options.small), make(options.large)
        rounds = [(small(), large()) for _ in range(3)]
        (few, some), (many, more) = min(one for one, _ in rounds), min(other for _, other in rounds)
        print(
            f"{name:<26}{options.small:,} documents: {few:.2f} ms ({some} matters compared)   "
            f"{options.large:,}: {many:.2f} ms ({more})   ratio {many / few:.2f}"
        )


if __name__ == "__main__":
    main()
