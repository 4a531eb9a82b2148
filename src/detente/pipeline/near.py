"""The matters on record that new ones may be linked with, read once in a run and found by their blocking keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente import store
from detente.codebook import Codebook
from detente.matters import keys, party_groups
from detente.model import Matter


class Near:
    """What a run knows of an archive's matters.

    Those of a group of parties are read when a new matter has that group, and kept; what the run itself adds is added
    here. Should another writer add documents meanwhile, all is read anew.

    Args:
        archive: The archive.
        book: The codebook, for the keys.
    """

    def __init__(self, archive: store.Archive, book: Codebook) -> None:
        self._archive, self._book = archive, book
        self._groups: set[tuple[str, ...]] = set()
        self._by_key: dict[str, dict[str, Matter]] = {}
        self._documents = 0

    def to(self, matters: Sequence[Matter]) -> Iterator[Matter]:
        """The matters on record that share a blocking key with one of these, each once, in the order of their ids."""
        count = self._archive.document_count()
        if count != self._documents:
            self._groups, self._by_key, self._documents = set(), {}, count
        for group in sorted({group for matter in matters for group in party_groups(matter)} - self._groups):
            self._index(self._archive.matter_records(group))
            self._groups.add(group)
        wanted = sorted({key for matter in matters for key in keys(matter, self._book)})
        found = {name: matter for key in wanted for name, matter in self._by_key.get(key, {}).items()}
        yield from (found[name] for name in sorted(found))

    def add(self, matters: Iterable[Matter], documents: int) -> None:
        """Takes note of matters that were committed, with so many documents."""
        self._documents += documents
        self._index(matters)

    def _index(self, matters: Iterable[Matter]) -> None:
        for matter in matters:
            for key in keys(matter, self._book):
                self._by_key.setdefault(key, {}).setdefault(matter.id, matter)
