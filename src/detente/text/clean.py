"""Marks which spans of a document are article text. The text itself is never changed.

Lines are judged by the patterns of `data/boilerplate.yml`, by their shape (menus, icon strips, link lists) and by what
stands around them: short lines under a "read next" heading, between two pieces of noise, or after the last sentence.
What is left is judged piece by piece by a scorer (`pieces.py`).
"""

from __future__ import annotations

import re

import msgspec

from detente.codebook import Codebook
from detente.codebook.noise import Noise
from detente.model import Document, Span
from detente.text.head import above_headline
from detente.text.lines import Line, kind_of, split
from detente.text.pieces import pieces

_SEPARATED = re.compile(r"\s+[|•·>»›/▸●►¦]\s+|\s*[▾▸►]\s*|\s{2,}|\t")
_ICONS = re.compile(r"(?:[A-Z][a-z]+Icon|Icon[A-Z ]|Sketch\.|Chevron){1}")
_LINK = re.compile(r"^(?:[>»▸→•*·▪-]|\d{1,2}[.)]?)\s+\S")
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:January|February|March|April|June|July|August|"
    r"September|October|November|December|(?:Jan|Feb|Apr|Aug|Sept?|Oct|Nov|Dec)\.)"
)
_WRAPPED = re.compile(
    r"^(?:[\[(][^\[\]()]*[\])]|(?:>>|»|\*{2,}|~|-{3,}|={3,}|<<|«).*(?:<<|«|\*{2,}|~|-{3,}|={3,}|>>|»))$"
)
_FRAMED = re.compile(r"^([^\w\s\"“”'‘’()\[\].,;:!?])\1*\s.*\s\1+$")
_PICTURE = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF\u2190-\u21FF\u2B50\u23E9-\u23FA]")
_SPEECH = re.compile(r"[\"“].{25,}[\"”]")
_ASIDE = 22  # words of the longest line in brackets that is taken for an aside of the page
_PAGE = 2  # lines of the shortest page
_FULL = 13  # words of a sentence that offers and notices seldom reach
_QUOTED = re.compile(r"[\"“”«»]")


def article_spans(text: str, book: Codebook) -> tuple[Span, ...]:
    """The spans of `text` that are article text, in order and disjoint.

    Args:
        text: The document's text.
        book: The codebook, of which the patterns of page noise and the names of states are used.

    Returns:
        Spans without outer white space; neighbouring lines are joined. Empty where no line is article text.
    """
    lines, noise = split(text), book.noise
    junk = _by_itself(lines, noise)
    junk = _under_openers(lines, junk, noise)
    junk = above_headline(lines, junk, noise)
    junk = _between(lines, junk)
    junk = _after_the_end(lines, junk)
    scored = _scored(lines, book)
    spans: list[Span] = []
    for line, out in zip(lines, junk, strict=True):
        if not out:
            spans.extend(_without_parts(line, noise, scored))
    return _joined(text, spans)


def _scored(lines: tuple[Line, ...], book: Codebook) -> list[Span]:
    """The pieces that look like noise by all their features together. A text of a line or two is no page."""
    if len(lines) < _PAGE:
        return []
    kept = [line.start for line in lines if book.noise.keep.search(line.text)]
    return [
        Span(start=piece.start, end=piece.end)
        for piece in pieces(lines, book.noise.classes, book.actors.state_words)
        if piece.line not in kept
        and not piece.heading
        and book.noise.likelihood(piece.features) >= (book.noise.surer if piece.reads else book.noise.sure)
    ]


def clean(document: Document, book: Codebook) -> Document:
    """The document with its article spans, and its title if it had none."""
    spans = article_spans(document.text, book)
    title = document.title or _headline(document.text, spans)
    return msgspec.structs.replace(document, article=spans, title=title)


def _by_itself(lines: tuple[Line, ...], noise: Noise) -> list[bool]:
    return [_is_noise(line, noise) for line in lines]


def _is_noise(line: Line, noise: Noise) -> bool:
    text = line.text
    if line.kind == "prose" and line.words >= _FULL and (rest := noise.parts.sub("", text).strip()) not in ("", text):
        words = len(rest.split())
        return _is_noise(msgspec.structs.replace(line, text=rest, words=words, kind=kind_of(rest, words)), noise)
    if noise.keep.search(text):
        return False
    if noise.notices.search(text):
        return True
    if not any(c.isalpha() for c in text):
        return not any(c.isdigit() for c in text) or _PICTURE.search(text) is not None
    if line.words <= noise.line_words and noise.lines.search(text) and not _reads_as_news(line):
        return True
    if (_WRAPPED.match(text) or _FRAMED.match(text)) and line.words <= _ASIDE and not _SPEECH.search(text):
        return True
    if line.words <= _ASIDE and _PICTURE.search(text) and not text.endswith((".", "”", '"')):
        return True
    if len(_ICONS.findall(text)) >= 2 or text.count("{{") >= 1:
        return True
    pieces = [piece for piece in _SEPARATED.split(text) if piece.strip()]
    if len(pieces) >= 3 and line.kind == "short":
        return sum(len(piece.split()) <= 4 for piece in pieces) >= len(pieces) * 0.6
    return False


def _reads_as_news(line: Line) -> bool:
    """Long sentences with quoted speech or a date are not thrown away for one word that offers also use."""
    if line.kind == "short" or line.words < 16 or "©" in line.text or len(_SEPARATED.split(line.text)) >= 3:
        return False
    return bool(_QUOTED.search(line.text) or _DATE.search(line.text))


def _under_openers(lines: tuple[Line, ...], junk: list[bool], noise: Noise) -> list[bool]:
    out, inside = list(junk), False
    for i, line in enumerate(lines):
        if line.words <= 12 and line.kind == "short" and noise.openers.search(line.text):
            inside = out[i] = True
        elif inside and (line.kind == "prose" and not _LINK.match(line.text)):
            inside = False
        elif inside:
            listed = _LINK.match(line.text) is not None
            if line.blank_before and not listed and not out[i]:
                inside = False
            else:
                out[i] = True
    return out


def _between(lines: tuple[Line, ...], junk: list[bool]) -> list[bool]:
    """A short line or two enclosed by noise on both sides, without a blank line of its own, is noise."""
    out = list(junk)
    for i, line in enumerate(lines):
        if out[i] or line.kind == "prose" or i == 0 or i == len(lines) - 1:
            continue
        follows = i + 1 < len(lines) and junk[i + 1] and not lines[i + 1].blank_before
        if junk[i - 1] and not line.blank_before and (follows or line.words <= 3):
            out[i] = True
        elif junk[i - 1] and junk[i + 1] and line.words <= 8 and not _DATE.search(line.text):
            out[i] = _some_prose_before(lines, out, i)
    return out


def _some_prose_before(lines: tuple[Line, ...], junk: list[bool], i: int) -> bool:
    return any(lines[k].kind == "prose" and not junk[k] for k in range(i))


def _after_the_end(lines: tuple[Line, ...], junk: list[bool]) -> list[bool]:
    """After the last full sentence of the article, short lines among noise are noise too."""
    out = list(junk)
    full = [i for i, line in enumerate(lines) if line.kind == "prose" and line.words >= _FULL and not out[i]]
    last = full[-1] if full else -1
    tail = range(last + 1, len(lines))
    noisy = sum(out[i] for i in tail)
    if last < 0:
        return out
    if not noisy:
        for i in tail:  # a stray word or two after the end: a slug, a page number, the name of a wire
            out[i] = lines[i].words <= 4 and lines[i].kind == "short" and lines[i].text[-1].isalnum()
        return out
    for i in tail:
        closed = lines[i].text.endswith((".", "!", "?", "”", '"')) and lines[i].words >= 4
        out[i] = out[i] or not closed or (noisy >= 3 and noisy * 2 >= len(tail))
    return out


def _without_parts(line: Line, noise: Noise, scored: list[Span]) -> list[Span]:
    """What is left of a line without its parts and pieces that are noise."""
    cuts = [(line.start + match.start(), line.start + match.end()) for match in noise.parts.finditer(line.text)]
    cuts += [(span.start, span.end) for span in scored if line.start <= span.start and span.end <= line.end]
    spans, at = [], line.start
    for start, end in sorted(cuts):
        spans.append(Span(start=at, end=max(at, start)))
        at = max(at, end)
    spans.append(Span(start=at, end=line.end))
    return spans


def _joined(text: str, spans: list[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in spans:
        body = text[span.start : span.end]
        inner = body.strip()
        if not any(c.isalnum() for c in inner):
            continue
        start = span.start + body.index(inner[0])
        here = Span(start=start, end=start + len(inner))
        if out and not text[out[-1].end : here.start].strip():
            here = Span(start=out.pop().start, end=here.end)
        out.append(here)
    return tuple(out)


def _headline(text: str, spans: tuple[Span, ...]) -> str | None:
    """The first short line of the article that could be a headline, if it stands before the first sentence."""
    for span in spans:
        for line in split(text[span.start : span.end]):
            if line.kind == "prose":
                return None
            if line.words >= 4 and not re.match(r"(?i)(by|published|posted|updated|date)\b", line.text):
                return line.text
    return None
