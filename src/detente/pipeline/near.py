"""The matters on record that new ones may be linked with, read once in a run and found by their blocking keys."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence

from detente import store
from detente.codebook import Codebook
from detente.matters import keys, party_groups
from detente.model import Matter

NEAREST = 32
"""Matters on record that one new matter is compared with at most: those that share its rarest keys, nearest in time."""

UNDATED = 0
"""Where matters without a date stand in a block, before all others."""

Block = list[tuple[int, str]]


class Near:
    """What a run knows of an archive's matters.

    Those of a group of parties are read when a new matter has that group, and kept; what the run itself adds is added
    here. Should another writer add documents meanwhile, all is read anew. Each block of matters that share a key is in
    order of time, and of a large one only a window is looked at (the sorted neighbourhood of Hernández and Stolfo,
    1995), so that a document costs the same however many tell of its relation.

    Args:
        archive: The archive.
        book: The codebook, for the keys.
    """

    def __init__(self, archive: store.Archive, book: Codebook) -> None:
        self._archive, self._book = archive, book
        self._groups: set[tuple[str, ...]] = set()
        self._blocks: dict[str, Block] = {}
        self._matters: dict[str, Matter] = {}
        self._documents = 0

    def to(self, matters: Sequence[Matter]) -> Iterator[Matter]:
        """The matters on record to compare with some new ones, each once, in the order of their ids.

        For each new matter they are at most `NEAREST` that share a blocking key with it, of its rarest keys first.
        """
        count = self._archive.document_count()
        if count != self._documents:
            self._groups, self._blocks, self._matters, self._documents = set(), {}, {}, count
        for group in sorted({group for matter in matters for group in party_groups(matter)} - self._groups):
            self._index(self._archive.matter_records(group))
            self._groups.add(group)
        found = {name for matter in matters for name in self._nearest(matter)}
        yield from (self._matters[name] for name in sorted(found))

    def add(self, matters: Iterable[Matter], documents: int) -> None:
        """Takes note of matters that were committed, with so many documents."""
        self._documents += documents
        self._index(matters)

    def _index(self, matters: Iterable[Matter]) -> None:
        for matter in matters:
            if matter.id in self._matters:
                continue
            self._matters[matter.id] = matter
            for key in keys(matter, self._book):
                insort(self._blocks.setdefault(key, []), (_day(matter), matter.id))

    def _nearest(self, matter: Matter) -> set[str]:
        """Ids of at most `NEAREST` matters, of the smallest blocks first."""
        day, found = _day(matter), set[str]()
        mine = ((key, self._blocks.get(key, [])) for key in keys(matter, self._book))
        for _, block in sorted(mine, key=lambda pair: (len(pair[1]), pair[0])):
            room = NEAREST - len(found)
            if room <= 0:
                break
            found.update(name for _, name in _window(block, day, room))
        return found


def _day(matter: Matter) -> int:
    """The day of a matter's first dated milestone, as an ordinal."""
    return next((step.date.start.toordinal() for step in matter.milestones if step.date is not None), UNDATED)


def _window(block: Block, day: int, room: int) -> Block:
    """At most `room` of a block: the nearest in time, and for up to half of them those without a date."""
    if len(block) <= room:
        return block
    first = bisect_left(block, (UNDATED + 1, ""))
    undated, dated = block[:first], block[first:]
    bare = undated[: max(room // 2, room - len(dated))]
    left = room - len(bare)
    at = bisect_left(dated, (day, "")) if day != UNDATED else len(dated)
    near = sorted(dated[max(0, at - left) : at + left], key=lambda item: (abs(item[0] - day), item))
    return bare + (near if day != UNDATED else near[::-1])[:left]
