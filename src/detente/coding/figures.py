"""Figures: a document's quantities, each with what it measures and the period it is told for."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from typing import Any

import msgspec

from detente.codebook import Codebook
from detente.model import (
    Annotations,
    Document,
    Evidence,
    Figure,
    Interval,
    Origin,
    Paragraph,
    Quantity,
    Quantum,
    content_id,
)

NAME, VERSION = "rules", "1"
_CONVERSION = re.compile(
    r"\s*(?:\(|,?\s*or\s+|,?\s*equivalent to\s+|,?\s*worth\s+|—\s*|/)\s*"
    r"(?:(?:about|around|roughly|some|nearly|approximately|equivalent to)\s+)*$",
    re.I,
)
_DATELINE = re.compile(r"\s*(?:\([^)\n]*\)\s*)?[—–:-]\s")
"""What stands after the date of a dateline; before it there is no word in small letters (`_SMALL`)."""
_SMALL = re.compile(r"\b[a-z]{2,}")
_NOMINAL = ("NOUN", "PROPN", "PRON")
_LEFT_OUT = frozenset(("relcl", "acl", "advcl", "appos", "punct", "cc", "conj", "ccomp"))
CENT = "cent"
WORDS = 9
"""The longest subject, in words."""
CERTAIN, COUNT, DURATION = 0.9, 0.75, 0.65


def code_figures(document: Document, seen: Annotations, book: Codebook) -> tuple[Figure, ...]:
    """The figures of a document, in order of position.

    The same value of the same unit told again (a headline and its text) is one figure with further evidence. An amount
    with its conversion ("3 trillion yen ($26.7 billion)") gives a figure for each currency, each with the other in
    `equivalents`.

    Args:
        document: The document.
        seen: Its annotations: `quantities`, `times`, `sentences` and parses are used.
        book: The codebook: units and verbs of change.
    """
    kept = [_settled(item, document, seen, book) for item in seen.quantities if not _is_date(item, seen)]
    found: list[Figure] = []
    for i, item in enumerate(kept):
        paragraph = _paragraph(seen, item.start)
        subject = _subject(item, paragraph, book)
        again = _told(found, item, subject, paragraph)
        if again is not None:
            found[again] = _with(found[again], document.quote(item.start, item.end))
            continue
        found.append(
            _figure(
                item, document, subject, _period(item, seen, document.text), _equivalents(kept, i, document.text, book)
            )
        )
    return tuple(found)


def _figure(
    item: Quantity, document: Document, subject: str, period: Interval | None, others: tuple[Quantum, ...]
) -> Figure:
    confidence = CERTAIN if not _is_count(item.unit) else COUNT
    return Figure(
        id=content_id("figure", document.id, item.start, item.end, item.value, item.unit),
        document_id=document.id,
        evidence=(document.quote(item.start, item.end),),
        origin=Origin(coder=NAME, version=VERSION, rule="quantity"),
        confidence=DURATION if item.unit in ("year", "month", "week", "day", "hour") else confidence,
        value=item.value,
        unit=item.unit,
        subject=subject,
        period=period,
        approximate=item.approximate,
        equivalents=others,
    )


def _settled(item: Quantity, document: Document, seen: Annotations, book: Codebook) -> Quantity:
    """A quantity in the currency its words mean in this document; cents are hundredths of the dollar."""
    if item.unit == CENT:
        item = msgspec.structs.replace(item, unit="USD", value=round(item.value / 100, 6))
    return msgspec.structs.replace(item, unit=_unit(item, document, seen, book))


def _unit(item: Quantity, document: Document, seen: Annotations, book: Codebook) -> str:
    """A quantity's unit; a shared name of currencies ("peso", "$" far from America) by the countries of the text."""
    if item.unit != "USD":
        return book.units.here(item.unit, seen.countries)
    american = "USA" in seen.countries or re.search(r"\bUS\$|\bU\.?S\.? dollar", document.text)
    if american or not re.search(r"(?<![A-Za-z])\$|(?<!US )(?<!U\.S\. )\bdollars?\b", item.text):
        return "USD"
    local = book.units.here("$", seen.countries[:3])
    return "USD" if local == "$" else local


def _is_count(unit: str) -> bool:
    return unit.islower() and unit not in ("percent", "tonne", "km", "barrel")


def _with(figure: Figure, evidence: Evidence) -> Figure:
    return msgspec.structs.replace(figure, evidence=(*figure.evidence, evidence))


def _is_date(item: Quantity, seen: Annotations) -> bool:
    """Whether the words of a quantity are part of a date ("three days ago", "the last two weeks")."""
    first = bisect.bisect_left([time.start for time in seen.times], item.start - 40)
    for time in seen.times[first:]:
        if time.start >= item.end:
            break
        if time.kind == "date" and time.end > item.start and time.interval is not None:
            return True
        if time.kind == "set" and time.end > item.start:
            return True
    return False


def _paragraph(seen: Annotations, at: int) -> Paragraph | None:
    i = bisect.bisect_right([paragraph.start for paragraph in seen.paragraphs], at) - 1
    return seen.paragraphs[i] if i >= 0 else None


def _period(item: Quantity, seen: Annotations, text: str) -> Interval | None:
    """The interval told nearest to a figure in its sentence; a dateline's only where there is no other."""
    i = bisect.bisect_right([sentence.start for sentence in seen.sentences], item.start) - 1
    if i < 0:
        return None
    here = seen.sentences[i]
    best: tuple[bool, int, Interval] | None = None
    for time in seen.within(seen.times, here.start, here.end):
        if time.interval is None or (time.start < item.end and item.start < time.end):
            continue
        gap = time.start - item.end if time.start >= item.end else item.start - time.end
        heads = _DATELINE.match(text, time.end) is not None and not _SMALL.search(text[here.start : time.start])
        if best is None or (heads, gap) < best[:2]:
            best = (heads, gap, time.interval)
    return best[2] if best else None


def _equivalents(items: Sequence[Quantity], i: int, text: str, book: Codebook) -> tuple[Quantum, ...]:
    """The same amount in another currency or unit right beside it."""
    found = []
    for a, b, other in ((i, i + 1, i + 1), (i - 1, i, i - 1)):
        if a < 0 or b >= len(items) or items[a].unit == items[b].unit:
            continue
        both = {items[a].unit, items[b].unit}
        if not (
            both <= set(book.units.currencies)
            or not any(_is_count(unit) and unit not in book.units.units for unit in both)
        ):
            continue
        if items[b].start - items[a].end < 40 and _CONVERSION.fullmatch(text[items[a].end : items[b].start]):
            found.append(Quantum(value=items[other].value, unit=items[other].unit))
    return tuple(found)


def _told(found: Sequence[Figure], item: Quantity, subject: str, paragraph: Paragraph | None) -> int | None:
    """The figure that already tells a quantity: the same value and unit, with a like subject or beside a headline."""
    for i, figure in enumerate(found):
        if figure.value != item.value or figure.unit != item.unit:
            continue
        like = _words(figure.subject) & _words(subject)
        if like or (paragraph is not None and paragraph.heading):
            return i
    return None


def _words(text: str) -> set[str]:
    return {word.rstrip("s") for word in re.findall(r"[a-z]{4,}", text.lower())}


def _subject(item: Quantity, paragraph: Paragraph | None, book: Codebook) -> str:
    """What a quantity measures: the noun it is a part of, or that its clause is about, with the change it tells."""
    if paragraph is None or paragraph.parse is None:
        return item.text
    parse, base = paragraph.parse, paragraph.start
    starts = [token.idx for token in parse]
    first = bisect.bisect_left(starts, item.start - base)
    last = max(first, bisect.bisect_left(starts, item.end - base) - 1)
    if first >= len(starts):
        return item.text
    inside = range(first, last + 1)
    top = next((k for k in inside if parse[k].head.i not in inside or parse[k].head.i == k), last)
    of = _after_of(parse, last)
    if of is not None:
        return _phrase(of, inside)
    if item.unit not in book.units.units and item.unit not in book.units.currencies and item.unit != "times":
        return _phrase(parse[last], ())
    return _governor(parse[top], inside, book) or item.text


def _after_of(parse: Any, last: int) -> Any | None:
    """The noun after "of" that follows the quantity ("42% of sales")."""
    if last + 1 < len(parse) and parse[last + 1].lower_ in ("of", "in"):
        for child in parse[last + 1].children:
            if child.dep_ == "pobj" and child.pos_ in _NOMINAL and parse[last + 1].lower_ == "of":
                return child
    return None


def _governor(token: Any, inside: range, book: Codebook) -> str:
    """Climbs from a quantity to the noun or the verb it belongs to."""
    for _ in range(5):
        head = token.head
        if head.i == token.i:
            break
        if head.pos_ in _NOMINAL and head.i not in inside and head.lower_ not in ("year", "day", "month"):
            return _phrase(head, inside)
        if head.pos_ in ("VERB", "AUX"):
            change = book.units.changes.get(head.lemma_.lower(), "")
            named = next(
                (child for child in head.children if child.dep_ in ("nsubj", "nsubjpass") and child.i not in inside),
                None,
            )
            object_ = next(
                (
                    child
                    for child in head.children
                    if child.dep_ == "dobj" and child.i not in inside and child.pos_ in _NOMINAL
                ),
                None,
            )
            chosen = object_ if object_ is not None and (named is None or named.pos_ == "PRON" or change) else named
            if chosen is not None:
                phrase = _phrase(chosen, inside)
                return f"{change} {phrase}" if change else phrase
            if object_ is not None:
                return _phrase(object_, inside)
        token = head
    return ""


def _phrase(token: Any, inside: Any) -> str:
    """The noun phrase of a token in at most `WORDS` words, without clauses and without the quantity itself."""
    taken: list[Any] = []
    stack = [token]
    while stack:
        at = stack.pop()
        if at.i in inside:
            continue
        taken.append(at)
        stack.extend(child for child in at.children if child.dep_ not in _LEFT_OUT)
    taken.sort(key=lambda word: word.i)
    while taken and taken[0].pos_ in ("DET", "ADP", "PUNCT", "NUM"):
        taken.pop(0)
    words = "".join(f"{word.text}{' ' if word.whitespace_ else ''}" for word in taken[:WORDS]).strip()
    return re.sub(r"\s+", " ", words) or token.text
