"""A document's text with its evidence marked, so that each piece of evidence has an address."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from detente.model import Document, Evidence, Span


def marked(document: Document, evidence: Iterable[tuple[str, Evidence]], start: int, end: int) -> Markup:
    """A stretch of a document's text as HTML: evidence in `mark` with an id, page noise in `span`.

    Args:
        document: The document.
        evidence: Pieces with the layer (events, statements …) each is of; those of other documents are passed over.
        start: Where the stretch begins.
        end: Where it ends.
    """
    layers: dict[tuple[int, int], set[str]] = {}
    for layer, piece in evidence:
        if piece.document_id == document.id and piece.start < end and piece.end > start:
            layers.setdefault((piece.start, piece.end), set()).add(layer)
    queue: list[tuple[int, int, int, str]] = []
    for (first, last), names in layers.items():
        classes = " ".join(sorted(names))
        heapq.heappush(queue, (max(first, start), -min(last, end), 1, f'<mark id="c{first}-{last}" class="{classes}">'))
    for span in noise(document.article, len(document.text)):
        if span.start < end and span.end > start:
            heapq.heappush(queue, (max(span.start, start), -min(span.end, end), 0, '<span class="noise">'))
    return _written(document.text, queue, start, end)


def noise(article: Sequence[Span], length: int) -> list[Span]:
    """What lies outside the article text; nothing where no article text is marked."""
    if not article:
        return []
    gaps, at = [], 0
    for span in article:
        if span.start > at:
            gaps.append(Span(start=at, end=span.start))
        at = max(at, span.end)
    if at < length:
        gaps.append(Span(start=at, end=length))
    return gaps


def _written(text: str, queue: list[tuple[int, int, int, str]], start: int, end: int) -> Markup:
    out: list[str] = []
    open_: list[tuple[int, str]] = []
    at = start

    def write(until: int) -> None:
        nonlocal at
        while open_ and open_[-1][0] <= until:
            last, tag = open_.pop()
            out.append(str(escape(text[at:last])))
            out.append(f"</{tag}>")
            at = last
        out.append(str(escape(text[at:until])))
        at = until

    while queue:
        first, last, order, tag = heapq.heappop(queue)
        last = -last
        write(first)
        if open_ and last > open_[-1][0]:
            # Two pieces cross: the later one is closed with the earlier and goes on behind it, without its id.
            rest = tag if "id=" not in tag else "<mark class" + tag.split(" class", 1)[1]
            heapq.heappush(queue, (open_[-1][0], -last, order, rest))
            last = open_[-1][0]
        if last > first:
            out.append(tag)
            open_.append((last, tag[1:5]))
    write(end)
    return Markup("".join(out))
