"""When: finds words of time and resolves them to inclusive intervals of days."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Any

from detente.codebook import Codebook
from detente.codebook.times import TimeBook
from detente.model import Document, Interval, Paragraph, Sentence, TimeMention
from detente.text.times.grammar import Found
from detente.text.times.narrative import Piece, Resolved, pieces, walk
from detente.text.times.tense import by_parse

__all__ = ["Resolved", "as_interval", "resolve_dates", "resolve_mentions", "times"]


def resolve_dates(text: str, published: str | date | Interval | None = None) -> list[tuple[int, int, Interval | None]]:
    """All times told in a text, without a parser.

    Args:
        text: Any text.
        published: When it was published, as an ISO date ("2023-11-17", "2023-11", "2023"), a date or an interval.
            Without it times relative to publication have no interval.

    Returns:
        (start, end, interval) in order of position; the interval is None for durations, frequencies, vague times and
        whatever the text does not fix.

    Raises:
        ValueError: `published` is no ISO date.
    """
    return [(item.start, item.end, item.interval) for item in resolve_mentions(text, published)]


def resolve_mentions(text: str, published: str | date | Interval | None = None) -> list[Resolved]:
    """As `resolve_dates`, with the kind of each mention and the interval that its words alone name."""
    return walk(text, pieces(text), as_interval(published))


def as_interval(published: str | date | Interval | None) -> Interval | None:
    """An interval from an ISO day, month or year, "START/END", a date, an interval or None.

    Raises:
        ValueError: a string is none of these.
    """
    if published is None or isinstance(published, Interval):
        return published
    if isinstance(published, date):
        return Interval(start=published, end=published)
    first, _, last = published.partition("/")
    start, end = _ends(first), _ends(last or first)
    precision = {4: "year", 7: "month"}.get(len(first), "day") if not last else "span"
    return Interval(start=start[0], end=end[1], precision=precision)  # type: ignore[arg-type]


def _ends(iso: str) -> tuple[date, date]:
    if len(iso) == 4:
        return date(int(iso), 1, 1), date(int(iso), 12, 31)
    if len(iso) == 7:
        year, month = int(iso[:4]), int(iso[5:])
        after = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), date.fromordinal(after.toordinal() - 1)
    day = date.fromisoformat(iso[:10])
    return day, day


def times(
    document: Document,
    paragraphs: Sequence[Paragraph],
    sentences: Sequence[Sentence],
    published: Interval | None,
    book: Codebook | None = None,
) -> tuple[TimeMention, ...]:
    """The times told in a parsed document; the parse decides the tense.

    Args:
        document: The document.
        paragraphs: Its parsed paragraphs, as `text.parse.parse` gives them.
        sentences: Its sentences.
        published: When it was published, None if unknown.
        book: The codebook; the package's own if None.

    Returns:
        Mentions in order; offsets are into `document.text`.
    """
    words = TimeBook.load(book.folder if book else None)
    bounds: dict[int, list[tuple[int, int]]] = {}
    for sentence in sentences:
        bounds.setdefault(sentence.paragraph, []).append((sentence.start, sentence.end))
    parts = [
        Piece(paragraph.start, paragraph.end, tuple(bounds.get(i, [])), _tense(paragraph))
        for i, paragraph in enumerate(paragraphs)
    ]
    south = bool(document.countries) and set(document.countries[:2]) <= words.southern
    return tuple(
        TimeMention(
            start=item.start,
            end=item.end,
            text=document.text[item.start : item.end],
            kind=item.kind,
            interval=item.interval,
        )
        for item in walk(document.text, parts, published, words, south=south)
    )


def _tense(paragraph: Paragraph) -> Any:
    """How the parse of a paragraph tells the tense of a mention; headlines have no tense worth asking."""
    parse = paragraph.parse
    if paragraph.heading or parse is None:
        return None
    starts: list[int] = []

    def tense(item: Found) -> int | None:
        if not starts:
            starts.extend(token.idx for token in parse)
        at = bisect_right(starts, item.end - 1 - paragraph.start)
        return by_parse(parse[at - 1]) if at else None

    return tense
