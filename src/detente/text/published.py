"""When a document was published, and how that is known."""

from __future__ import annotations

from detente.codebook import Codebook
from detente.codebook.times import TimeBook
from detente.model import Document, Publication
from detente.text.published_inferred import inferred, narrowed
from detente.text.published_lines import dated_lines, dated_today

WIDEST = 366
"""Days of the widest interval that is worth saying; terms of office alone often leave several years."""


def published(document: Document, *, book: Codebook | None = None) -> Publication | None:
    """The publication date of a document.

    What the user gave wins; then a date line or dateline, the page's metadata, a date that the text calls today,
    and last what follows from all that the text fixes. None where nothing fixes it.

    Args:
        document: A document; lines outside its article spans ("Published: 10 Mar 2023") count too.
        book: The codebook; the package's own if None.

    Returns:
        The narrowest interval that is supported, how it is known and why.
    """
    given = document.published
    if given is not None and given.known == "given":
        return given
    words = TimeBook.load(book.folder if book else None)
    lines = dated_lines(document.text, words)
    whole = next((line for line in lines if line.interval is not None), None)
    if whole is not None and whole.interval is not None:
        interval = whole.interval
        if interval.precision == "month":
            interval = narrowed(document, interval, words, book)
        return Publication(interval=interval, known=whole.known, reasons=whole.reasons)
    if given is not None:
        return given
    found = dated_today(document.text, words) or inferred(document, lines, words, book)
    return found if found is not None and found.interval.days <= WIDEST else None
