"""Lines of a document as the cleaner sees them: where they are and what kind of text they look like."""

from __future__ import annotations

import re
import statistics
from typing import Literal

from detente.model import Record

Kind = Literal["prose", "short"]

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_CLOSES = re.compile(r"[.!?…:;][\"'”’»)\]]*$|[\"”»]$")
_SMALL = frozenset(
    "the a an of to in and or for on at by with from that which who is are was were be been has have had will would "
    "not it its he she they his her their this as after but said".split()
)


class Line(Record, frozen=True, kw_only=True):
    """A line (or, in hard-wrapped text, a paragraph of joined lines). Offsets leave outer white space out."""

    start: int
    end: int
    text: str
    words: int
    kind: Kind
    blank_before: bool


def split(text: str) -> tuple[Line, ...]:
    """The non-blank lines of a text, in order; hard-wrapped lines are joined to the paragraphs they are part of."""
    raw = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text) if match.group().strip()]
    if _hard_wrapped(text, raw):
        raw = _join(text, raw)
    lines: list[Line] = []
    for start, end in raw:
        body = text[start:end]
        inner = body.strip()
        first = start + body.index(inner[0])
        gap = text[lines[-1].end : first] if lines else "\n\n"
        words = len(_WORD.findall(inner))
        lines.append(
            Line(
                start=first,
                end=first + len(inner),
                text=inner,
                words=words,
                kind=kind_of(inner, words),
                blank_before=gap.count("\n") > 1,
            )
        )
    return tuple(lines)


def kind_of(line: str, words: int) -> Kind:
    """`prose` for what reads like a sentence: long enough, with the small words of running text; else `short`."""
    small = sum(1 for word in _WORD.findall(line.lower()) if word in _SMALL)
    if words >= 7 and _CLOSES.search(line) and small:
        return "prose"
    if words >= 14 and small >= words * 0.12:
        return "prose"
    return "short"


def _hard_wrapped(text: str, raw: list[tuple[int, int]]) -> bool:
    """Whether the lines are cut at a fixed width, as wire copy of the teleprinter age is."""
    lengths = [end - start for start, end in raw]
    if len(lengths) < 4 or max(lengths) > 90 or statistics.median(lengths) < 45:
        return False
    closed = sum(1 for start, end in raw if _CLOSES.search(text[start:end].rstrip()))
    return closed < len(raw) * 0.5


def _join(text: str, raw: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in raw:
        gap = text[joined[-1][1] : start] if joined else "\n\n"
        indented = text[start:end][:2].isspace()
        if joined and gap.count("\n") < 2 and not indented:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
