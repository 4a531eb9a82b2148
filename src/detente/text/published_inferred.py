"""Publication dates by reasoning: what the text fixes without saying when it was written."""

from __future__ import annotations

from detente.codebook import Codebook
from detente.codebook.times import TimeBook
from detente.model import Document, Publication
from detente.text.published_lines import DatedLine


def inferred(document: Document, lines: list[DatedLine], words: TimeBook, book: Codebook | None) -> Publication | None:
    """What follows from datelines without a year, weekdays, terms of office, anniversaries and the dates told."""
    return None
