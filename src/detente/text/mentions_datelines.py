"""Datelines: the place a report was sent from, which acts in nothing."""

from __future__ import annotations

import re

from detente.text.mentions_page import NAMING, Page, Piece

_DATELINE = re.compile(
    r"(?:[A-Z][\w.’'/ -]*?)(?:,\s[\w.,:’'/ -]{1,50}?)?\s*(?:\([^()\n]{2,30}\)\s*)?(?:--|[—–]|\s-\s|\s-$|:\s(?=[A-Z]))"
)
_LOWER_VERB = re.compile(r"\b[a-z]{3,}\b")
_DATED = re.compile(r"[^.!?]*\d{1,4}[^.!?]*$")


def mark_dateline(page: Page, number: int, row: list[Piece]) -> None:
    """Marks the pieces that a paragraph's dateline holds; the first tells where the page is from (`page.home`).

    Args:
        page: The page.
        number: The index of the paragraph.
        row: Its pieces; those in the dateline get the kind `dateline`.
    """
    upto = _dateline_end(page, number, row)
    for i, piece in enumerate(row):
        short = next((e for e in piece.entries if e.kind == "place" and e.row.kind == "dateline"), None)
        if short is not None and piece.end <= upto and page.text[piece.start - 2 : piece.start] == ", ":
            piece.kind, piece.entry, piece.entries = "place", short, (short,)  # "Pa." is no Palestinian Authority
        if piece.end <= upto and (piece.kind in NAMING or abbreviates(piece)):
            if (
                piece.kind != "organisation"
                and piece.entry is not None
                and piece.entry.code
                and (page.home is None or page.text[piece.start - 2 : piece.start] == ", ")
            ):
                page.home = piece.entry.code
            if i and row[i - 1].kind == "dateline" and page.text[row[i - 1].end : piece.start] == ", ":
                row[i - 1].kind = "other"
            piece.kind = "dateline"
            piece.entry = piece.of("capital", "place", "state") or piece.entry


def abbreviates(piece: Piece) -> bool:
    """Whether a piece is an abbreviation that only datelines have ("Conn.")."""
    return piece.entry is not None and piece.entry.kind == "place" and piece.entry.row.kind == "dateline"


def _dateline_end(page: Page, number: int, row: list[Piece]) -> int:
    """Where a paragraph's dateline ends; its start where it has none."""
    paragraph = page.paragraphs[number]
    if not row or not (row[0].kind in ("capital", "place", "state", "seat") or row[0].entry is not None):
        first_caps = page.words[number] and len(page.words[number][0].text) > 2 and page.words[number][0].text.isupper()
        if not first_caps:
            return paragraph.start
    begin = page.text[paragraph.start : paragraph.start + 110]
    found = _DATELINE.match(begin)
    if found:
        line = found.group()
        place = line.split(",")[0]
        loud = place.isupper() and len(place) > 2
        lower = list(_LOWER_VERB.findall(line.split("(")[0]))
        titled = row and row[0].start - paragraph.start == 0 and row[0].kind in ("capital", "place", "state")
        if (loud and len(lower) <= 2) or (titled and not lower and not line.rstrip().endswith(":")):
            if loud and line.rstrip().endswith(":"):
                return paragraph.start
            return paragraph.start + found.end()
    whole = page.text[paragraph.start : paragraph.end]
    if (
        paragraph.heading
        and row
        and row[0].start == paragraph.start
        and len(whole) < 60
        and _DATED.match(whole)
        and "," in whole
        and row[0].kind in ("capital", "place", "state")
    ):
        return paragraph.end
    return paragraph.start
