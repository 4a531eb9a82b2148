"""Where paragraphs begin and end: blank lines, line-paragraphs, indented and hard-wrapped text, headings."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from detente.model import Record, Span

LONGEST = 4000
"""Characters in one paragraph; longer ones are cut at white space, so that no parse takes much memory."""
WIDEST = 100
"""A line longer than this was not hard-wrapped."""
HEADING = 150
"""A heading has at most this many characters."""

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[•●▪■◦‣*·–—-]\s|\(?\d{1,2}[.)]\s|Q:|A:|[A-Z]{3,}:)")
_ENDED = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_LETTER = re.compile(r"[^\W\d_]")


class Block(Record, frozen=True, kw_only=True):
    """A paragraph's place in the text; `heading` for headlines and section headings, `caps` for text in capitals."""

    start: int
    end: int
    heading: bool = False
    caps: bool = False


def blocks(text: str, spans: Iterable[Span], *, title: str | None = None) -> Iterator[Block]:
    """The paragraphs inside some spans of a text, in order.

    Lines that were wrapped at a fixed width are joined: the next word would not have fitted, or the sentence plainly
    goes on. An indented line or a bullet begins a paragraph.

    Args:
        text: The document's text.
        spans: The spans that are article text, in order.
        title: The document's title, if known; the line that repeats it is a heading.
    """
    for span in spans:
        for first, last in _joined(text, list(_lines(text, span))):
            yield from _cut(text, first, last, title)


def _lines(text: str, span: Span) -> Iterator[tuple[int, int, int]]:
    """Lines with something in them: where the line, its first and its last visible character stand."""
    for line in _LINE.finditer(text, span.start, span.end):
        stripped = line.group().strip()
        if stripped:
            begin = line.start() + line.group().index(stripped)
            yield line.start(), begin, begin + len(stripped)


def _joined(text: str, lines: list[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """Ranges of characters, one for each paragraph, from lines."""
    at = 0
    while at < len(lines):
        upto = at + 1
        while upto < len(lines) and _is_break(text[lines[upto - 1][2] : lines[upto][0]]):
            upto += 1
        group = lines[at:upto]
        width = max(end - start for start, _, end in group)
        begin = group[0][1]
        for one, other in itertools.pairwise(group):
            if not _goes_on(text, one, other, width):
                yield begin, one[2]
                begin = other[1]
        yield begin, group[-1][2]
        at = upto


def _is_break(gap: str) -> bool:
    """Whether what lies between two lines is a single line break, not an empty line."""
    return gap.replace("\r\n", "\n").rstrip(" \t").count("\n") + gap.count("\u2028") <= 1 and "\f" not in gap


def _goes_on(text: str, one: tuple[int, int, int], other: tuple[int, int, int], width: int) -> bool:
    """Whether line `other` continues line `one` in a block whose longest line has `width` characters."""
    if width > WIDEST or _BULLET.match(text, other[1]):
        return False
    indented, before = other[1] - other[0], one[1] - one[0]
    if indented >= 2 and indented > before:
        return False
    following = text[other[1] : other[2]].split(maxsplit=1)[0]
    ended = _ENDED.search(text[one[1] : one[2]])
    if following[0].islower() and not ended:
        return True
    return width >= 40 and (one[2] - one[0]) + 1 + len(following) > width - 4


def _cut(text: str, start: int, end: int, title: str | None) -> Iterator[Block]:
    """A paragraph as one block, or as several where it is too long."""
    while end - start > LONGEST:
        cut = max(text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in (". ", "\n"))
        cut = cut + 1 if cut > 0 else text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield Block(start=start, end=cut, caps=is_caps(text[start:cut]))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        words = text[start:end]
        caps = is_caps(words)
        yield Block(start=start, end=end, caps=caps, heading=_is_heading(words, caps, title))


def is_caps(words: str) -> bool:
    """Whether some words are set all in capitals (at least two words, nine letters in ten)."""
    letters = _LETTER.findall(words)
    upper = sum(letter.isupper() for letter in letters)
    return len(letters) >= 8 and " " in words.strip() and upper >= 0.9 * len(letters)


def _is_heading(words: str, caps: bool, title: str | None) -> bool:
    if title and words.strip().casefold() == title.strip().casefold():
        return True
    if len(words) > HEADING or _BULLET.match(words):
        return False
    return not _ENDED.search(words) and (caps or len(words.split()) <= 18) and words[:1] not in "\"“'‘"
