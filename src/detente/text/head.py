"""What stands above the first sentence of a page: masthead, section label, headline, date line, byline."""

from __future__ import annotations

import re

from detente.codebook.noise import Noise
from detente.text.lines import Line

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’.-][^\W_]+)*")
_BYLINE = re.compile(r"(?i)^\W*(by|from our|story by|words by)\b")
_PARTS = re.compile(r"\s+(?:[—–·/|▸►●•*:]|//|-)\s+|\s*[(\[]")
_MOST = 11  # words of the longest masthead


def above_headline(lines: tuple[Line, ...], junk: list[bool], noise: Noise) -> list[bool]:
    """Marks mastheads and section labels above the first sentence as noise.

    Args:
        lines: The document's lines.
        junk: What is known to be noise.
        noise: The patterns of page noise.

    Returns:
        `junk`, with more lines marked.
    """
    out = list(junk)
    first = next((i for i, line in enumerate(lines) if line.kind == "prose" and not out[i]), len(lines))
    head = [i for i in range(first) if not out[i] and not _BYLINE.match(lines[i].text)]
    for i in head:
        line = lines[i]
        follows = [k for k in head if k > i]
        headline_follows = any(lines[k].words >= 3 and not _names_publisher(lines[k], noise) for k in follows)
        named_above = i == head[0] and _titled(line) and any(_sentence_case(lines[k]) for k in follows[:2])
        if _names_publisher(line, noise):
            out[i] = headline_follows or first < len(lines)
        else:
            in_capitals = is_masthead(line) and headline_follows
            out[i] = noise.labels.match(line.text) is not None or in_capitals or named_above
    return out


def is_masthead(line: Line) -> bool:
    """A few words in capitals without a date, such as `GULF TELEGRAPH`."""
    capitals = line.text.upper() == line.text and line.words <= 4
    return capitals and not any(c.isdigit() for c in line.text) and not line.text.endswith((":", ".", "?", "!"))


def _names_publisher(line: Line, noise: Noise) -> bool:
    """A line of names only, one of which is a word that publishers and their series have.

    What follows a dash, dot or stroke after such a name describes it ("CARGA ANDINA — weekly for hauliers").
    """
    if line.kind == "prose" or (line.text.endswith((".", "?", "!")) and line.words > 4):
        return False
    name, *rest = _PARTS.split(line.text)
    words = {word.lower().rstrip(".") for word in _WORD.findall(line.text)}
    if len(_WORD.findall(name)) > _MOST or not words & noise.mastheads or not _titled_text(name):
        return False
    return all(_titled_text(part) for part in rest) or line.words <= _MOST


def _titled(line: Line) -> bool:
    """Whether every longer word begins with a capital."""
    return _titled_text(line.text) and not line.text.endswith((".", "?", "!"))


def _titled_text(text: str) -> bool:
    long = [word for word in _WORD.findall(text) if len(word) >= 4]
    return bool(long) and all(word[0].isupper() for word in long[:6])


def _sentence_case(line: Line) -> bool:
    """Whether a line of several words is written as a sentence is, as most headlines are."""
    long = [word for word in _WORD.findall(line.text) if len(word) >= 4]
    dated = any(c.isdigit() for c in line.text)
    return line.words >= 4 and not dated and sum(word[0].islower() for word in long) >= 2
