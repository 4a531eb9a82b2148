"""Finds words in quotation marks."""

from __future__ import annotations

from collections.abc import Sequence

from detente.model import Document, Paragraph, Quotation

_CLOSES = {"“": "”", "„": "“”", "«": "»", "「": "」", "『": "』"}
_STRAIGHT = '"'


def quotations(document: Document, paragraphs: Sequence[Paragraph]) -> tuple[Quotation, ...]:
    """The quotations in a document's paragraphs, in order; the marks are outside their offsets.

    A quotation that its paragraph does not close runs to the paragraph's end, as in a speech over several paragraphs.
    An apostrophe or a single quotation mark opens none.
    """
    found: list[Quotation] = []
    for paragraph in paragraphs:
        found.extend(_within(document.text, paragraph.start, paragraph.end))
    return tuple(found)


def _within(text: str, start: int, end: int) -> list[Quotation]:
    found, at = [], start
    while at < end:
        mark = text[at]
        closing = _CLOSES.get(mark) or (_STRAIGHT if mark == _STRAIGHT else None)
        if closing is None:
            at += 1
            continue
        close = min((place for place in (text.find(c, at + 1, end) for c in closing) if place >= 0), default=end)
        inner = text[at + 1 : close].strip()
        if inner:
            first = text.index(inner[0], at + 1)
            found.append(Quotation(start=first, end=first + len(inner), text=inner))
        at = close + 1
    return found
