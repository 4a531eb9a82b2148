"""The few functions that a script begins with; `import detente` gives them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from detente import sources
from detente.codebook import Codebook
from detente.coding import DEFAULT
from detente.errors import SourceError, UsageError
from detente.model import Annotations, Coding, Document, Interval, Issue, Span, content_id, document_id
from detente.pipeline.archive import Archive
from detente.pipeline.process import Process
from detente.text import times
from detente.text.annotate import annotate


def open(
    path: str | Path = "relations", *, as_of: date | datetime | str | int | None = None, create: bool = True
) -> Archive:
    """An archive.

    Args:
        path: A folder or an object-store URL.
        as_of: Read it as it was known then: a date, an instant, or a version number. Such an archive is read only.
        create: Make it if it is missing.

    Raises:
        ArchiveMissingError: if it is missing and `create` is False.
        ArchiveError: if it cannot be opened.
    """
    return Archive.open(path, as_of=as_of, create=create and as_of is None)


def read(*locations: str | Path, how: sources.Reading | None = None) -> Iterator[Document]:
    """The documents at some locations: files, folders, addresses, feeds.

    Raises:
        SourceError: at the first input that cannot be read; `Archive.add` records it and goes on instead.
    """
    for item in sources.read(*locations, how=how or sources.Reading()):
        if isinstance(item, Issue):
            raise SourceError(item.what, where=item.where, mend=item.mend)
        yield item


def code(document: Document | str, *, coder: str = DEFAULT, book: Codebook | None = None) -> Coding:
    """All that one document, or a text given as a string, says: events, statements, figures, drivers and matters.

    Raises:
        SourceError: where it cannot be coded, for example because it is in another language than English.
    """
    given = document if isinstance(document, Document) else Document(id=content_id("text", document), text=document)
    coding = Process(book or Codebook.load(), coder)(given)
    if isinstance(coding, Issue):
        raise SourceError(coding.what, where=coding.where, mend=coding.mend)
    return coding


def resolve_dates(text: str, published: str | date | Interval | None = None) -> list[tuple[int, int, Interval | None]]:
    """The expressions of time in a text, each with its offsets and the interval it means (None where it fixes none).

    Args:
        text: Any text.
        published: When it was published, for relative expressions: `2023-11-17`, a date or an Interval.

    Raises:
        UsageError: where `published` is no date.
    """
    return times.resolve_dates(text, _interval(published))


def _interval(published: str | date | Interval | None) -> Interval | None:
    if published is None or isinstance(published, Interval):
        return published
    try:
        day = published if isinstance(published, date) else date.fromisoformat(published)
    except ValueError:
        raise UsageError(f"{published!r} is no date", mend="write 2023-11-17") from None
    return Interval(start=day, end=day)


def rank_types(sentence: str, actor: str, recipient: str, *, book: Codebook | None = None) -> dict[str, float]:
    """What a sentence says that one party does to another, by the encoder trained on the project's own bank.

    Args:
        sentence: The sentence.
        actor: The words of the sentence that stand for who acts ("Tokyo").
        recipient: The words that stand for who is acted upon ("Beijing").
        book: The codebook; the package's own if None.

    Returns:
        Probabilities of the 16 types and "none", likeliest first; they sum to one.

    Raises:
        UsageError: where the sentence is empty, or the model is missing.
    """
    from detente.coding.learned.load import event_model
    from detente.coding.learned.pairs import rank

    if not sentence.strip():
        raise UsageError("the sentence is empty", mend="give a sentence, an actor and a recipient")
    book = book or Codebook.load()
    return rank(annotated(sentence, book), actor, recipient, book, event_model())


def annotated(text: str, book: Codebook) -> Annotations:
    """The annotations of a short text that is all article text."""
    whole = (Span(start=0, end=len(text)),)
    return annotate(Document(id=document_id(text, ""), text=text, article=whole, language="en"), book)[1]
