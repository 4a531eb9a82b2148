"""The documents of an archive that are no copies, read once in a run, to know a copy of one of them when it comes."""

from __future__ import annotations

import msgspec

from detente import store
from detente.matters import Copies
from detente.model import Document


class Originals:
    """What a run knows of an archive's originals; those that other writers add meanwhile are not seen.

    Of two copies the one added first is the original, so which of them is coded depends on the order of adding.

    Args:
        archive: The archive; read when first asked.
    """

    def __init__(self, archive: store.Archive) -> None:
        self._archive = archive
        self._copies: Copies | None = None
        self._known: dict[str, Document] = {}

    def of(self, document: Document) -> Document | None:
        """The original, without its text, of which a document is a copy; None where it is none."""
        name = self._all().original(document)
        return self._known[name] if name is not None else None

    def add(self, document: Document) -> None:
        """Takes note of an original."""
        self._all().add([document])
        self._known[document.id] = msgspec.structs.replace(document, text="")

    def _all(self) -> Copies:
        if self._copies is None:
            self._copies = Copies()
            # pages of event datasets have no article, and nobody copies them
            coded = [one.id for one in self._archive.documents(bare=True) if one.article and one.duplicate_of is None]
            for document in self._archive.documents(ids=coded):
                self.add(document)
        return self._copies
