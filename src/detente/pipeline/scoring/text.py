"""A document's text as a scorer sees it: quotes are found without regard to white space and kinds of quotation mark."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

Place = tuple[int, int]
Row = dict[str, Any]
_SAME = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"}


class Text:
    """A document's text, in which quotes can be found, and its article spans."""

    def __init__(self, text: str, article: Sequence[Sequence[int]]) -> None:
        self.article = [(start, end) for start, end in article] or [(0, len(text))]
        kept = [(i, _SAME.get(c, c)) for i, c in enumerate(text) if not c.isspace()]
        self._flat = "".join(c for _, c in kept)
        self._back = [i for i, _ in kept]

    def find(self, quote: str) -> Place | None:
        """Where a quote stands in the text."""
        wanted = "".join(_SAME.get(c, c) for c in quote if not c.isspace())
        at = self._flat.find(wanted) if wanted else -1
        return None if at < 0 else (self._back[at], self._back[at + len(wanted) - 1] + 1)

    def places(self, record: Row) -> list[Place]:
        """Where a gold record's quote and its further mentions stand."""
        found = [self.find(quote) for quote in (record["quote"], *record.get("also", ()))]
        return [place for place in found if place is not None]

    def kept(self, place: Place) -> bool:
        """Whether any of a place is article text."""
        return overlap([place], self.article)


def overlap(some: Iterable[Place], others: Sequence[Place]) -> bool:
    """Whether any of `some` shares a character with any of `others`."""
    return any(a[0] < b[1] and b[0] < a[1] for a in some for b in others)


def evidence(record: Row, document_id: str) -> list[Place]:
    """Where a found record's evidence stands in one document."""
    return [
        (piece["start"], piece["end"]) for piece in record.get("evidence") or () if piece["document_id"] == document_id
    ]


def fold(text: str | None) -> str:
    """Text without case and accents."""
    plain = unicodedata.normalize("NFKD", text or "")
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()
