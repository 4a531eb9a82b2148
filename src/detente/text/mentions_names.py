"""Names: which states, bodies and places the forms found in a text stand for, and which of them name something else."""

from __future__ import annotations

import re
from typing import Any

from detente.codebook.actors_lexicon import Entry, Word
from detente.text.mentions_page import NAMING, Page, Piece

_DATELINE = re.compile(
    r"(?:[A-Z][\w.’'/ -]*?)(?:,\s[\w.,:’'/ -]{1,50}?)?\s*(?:\([^()\n]{2,30}\)\s*)?(?:--|[—–]|\s-\s|\s-$|:\s(?=[A-Z]))")
_LOWER_VERB = re.compile(r"\b[a-z]{3,}\b")
_DATED = re.compile(r"[^.!?]*\d{1,4}[^.!?]*$")
_BEFORE_HEAD = re.compile(r"(\w+)\s+of\s+(?:the\s+)?$")
_COMPASS = ("north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "new", "inner")
_LOOSE_HEADS = ("media", "water", "land", "firm", "school")
_ORDER = {kind: i for i, kind in enumerate(("organisation", "agency", "person", "state", "capital", "seat", "adjective",
                                            "people", "place", "anaphor", "office", "noun", "surname"))}


def pieces(page: Page) -> list[list[Piece]]:
    """The forms found in each paragraph, each decided as far as names alone can decide it."""
    found = []
    for paragraph, parts in zip(page.paragraphs, page.words, strict=True):
        caps = page.text[paragraph.start:paragraph.end].isupper()
        hits = page.book.lexicon.find_words(page.text, parts, caps=caps)
        found.append([Piece(hit.start, hit.end, hit.entries, hit.first, hit.last) for hit in hits])
    for row in found:
        for piece in row:
            sure = next((entry for entry in piece.entries if entry.kind in NAMING and not entry.unsure
                         and entry.kind != "place"), None)
            if sure is not None:
                page.sure[sure.code] += 1
    names = _named_people(page)
    for number, row in enumerate(found):
        for piece in row:
            _decide(page, number, piece, names)
    for number, row in enumerate(found):
        _compose(page, number, row)
    return found


def _decide(page: Page, number: int, piece: Piece, names: set[str]) -> None:
    """Chooses what a piece stands for: by the time of the document, by certainty, by context."""
    entries = sorted(piece.entries, key=lambda entry: _ORDER[entry.kind])
    naming = [entry for entry in entries if entry.kind in NAMING]
    if not naming:
        piece.entry = entries[0]
        piece.kind = piece.entry.kind
        return
    chosen = _choose(page, naming)
    text = page.text[piece.start:piece.end]
    if chosen is not None and (chosen.unsure or chosen.kind in ("place", "capital")):
        token = page.token(number, piece.start)
        if text in names and token.ent_type_ not in ("GPE", "LOC"):
            chosen = None
        elif chosen.unsure and chosen.kind == "state" and not page.sure[chosen.code]:
            chosen = chosen if token.ent_type_ in ("GPE", "LOC", "NORP") or text.startswith("Korea") else None
    if chosen is not None and chosen.kind in ("state", "place", "capital") and _inside_person(page, number, piece):
        chosen = None
    rest = [entry for entry in entries if entry.kind not in NAMING]
    if chosen is None:
        piece.entry = rest[0] if rest else None
        piece.kind = piece.entry.kind if piece.entry else "other"
    else:
        piece.entry, piece.kind = chosen, chosen.kind


def _choose(page: Page, naming: list[Entry]) -> Entry | None:
    """One entry out of several that a form may stand for, None where context gives none."""
    codes = {entry.code for entry in naming}
    sure = [entry for entry in naming if not entry.unsure]
    if len(codes) == 1:
        return sure[0] if sure else naming[0] if _believable(page, naming[0]) else None
    timely = [entry for entry in sure if not hasattr(entry.row, "holds") or page.lasting(entry.row)]
    sure = timely or sure
    told = [entry for entry in naming if page.sure[entry.code] and entry not in sure]
    if len({entry.code for entry in sure}) == 1:
        only = sure[0]
        if told and all(entry.kind == only.kind for entry in told) and not _named_otherwise(page, only, naming):
            return max(told, key=lambda entry: page.sure[entry.code])
        return only
    pool = sure or [entry for entry in naming if page.sure[entry.code]]
    if pool:
        return max(pool, key=lambda entry: page.sure[entry.code])
    lasting = [entry for entry in naming if not hasattr(entry.row, "holds") or page.lasting(entry.row)]
    states = [entry for entry in lasting if entry.kind in ("state", "adjective", "people")]
    return states[0] if states and states[0].form.startswith("Korea") else None


def _named_otherwise(page: Page, entry: Entry, naming: list[Entry]) -> bool:
    """Whether the text names a state by more than the form that others share with it."""
    shared = sum(1 for other in naming if other.code == entry.code)
    return page.sure[entry.code] > shared


def _believable(page: Page, entry: Entry) -> bool:
    """Whether an unsure form may stand for its only candidate: a name of its own kind, or a state the text tells of."""
    return page.sure[entry.code] > 0 or entry.kind in ("state", "capital", "place", "adjective", "people")


def _named_people(page: Page) -> set[str]:
    """Last words of the longer personal names that the parser found, which may also be names of places."""
    found = set()
    for paragraph in page.paragraphs:
        for span in paragraph.parse.ents:
            if span.label_ == "PERSON" and 2 <= len(span) <= 3 and all(token.text[:1].isupper() for token in span):
                found.add(span[-1].text)
    return found


def _inside_person(page: Page, number: int, piece: Piece) -> bool:
    """Whether a place's name is only part of a person's ("Michael Jordan", "Jordan Henderson", "Jack London")."""
    parts = page.words[number]
    token = page.token(number, piece.start)
    if token.ent_type_ != "PERSON" or piece.last - piece.first != 1:
        return False
    for at, offset in ((piece.first - 1, "before"), (piece.last, "after")):
        if not 0 <= at < len(parts) or not parts[at].text[0].isupper() or not parts[at].text.isalpha():
            continue
        gap = page.text[parts[at].end:piece.start] if offset == "before" else page.text[piece.end:parts[at].start]
        other = page.token(number, parts[at].start)
        if gap == " " and other.ent_type_ == "PERSON" and len(parts[at].text) > 1 and other.pos_ == "PROPN":
            known = page.book.lexicon.find_words(page.text, [parts[at]])
            if not known or all(entry.kind in ("surname", "place") for entry in known[0].entries):
                return True
    return False


def _compose(page: Page, number: int, row: list[Piece]) -> None:
    """Marks names that are part of another name (seas, newspapers, pacts, firms), and datelines."""
    heading = page.paragraphs[number].heading
    upto = _dateline_end(page, number, row)
    for i, piece in enumerate(row):
        if piece.end <= upto and piece.kind in NAMING:
            if piece.kind in ("capital", "place", "state") and page.home is None and piece.entry is not None:
                page.home = piece.entry.code
            piece.kind = "dateline"
            continue
        if piece.kind not in ("state", "adjective", "people", "capital", "place", "organisation"):
            continue
        following = row[i + 1] if i + 1 < len(row) else None
        head = _head_after(page, number, piece, following, heading) or _head_before(page, piece, heading)
        if head is not None:
            last, kind, sector = head
            piece.end, piece.last = max(piece.end, last.end), piece.last
            if kind in ("firm", "school", "tank", "party") and piece.entry is not None and piece.kind != "organisation":
                piece.kind = "agency"
                piece.entry = Entry("agency", piece.entry.code, page.text[piece.start:piece.end], False, sector, None)
            elif piece.kind != "organisation":
                piece.kind = "media" if kind == "media" else "other"
    row[:] = [piece for i, piece in enumerate(row) if not any(
        other is not piece and other.start <= piece.start and piece.end <= other.end and other.end - other.start
        > piece.end - piece.start for other in row[max(0, i - 4):i])]


def _head_after(page: Page, number: int, piece: Piece, following: Piece | None, heading: bool
                ) -> tuple[Word, str, str | None] | None:
    """The head of a longer name that begins with a piece: its last word, its kind and sector."""
    parts, heads = page.words[number], page.book.heads_by_word
    at = piece.last
    if at >= len(parts) or page.text[piece.end:parts[at].start] not in (" ", "-"):
        return None
    if following is not None and following.first == at and following.kind in ("office", "noun", "organisation"):
        if following.kind != "noun" or following.of("office") or _noun_kind(following) in ("body", "group", "person"):
            return None
    for step in range(4):
        here = at + step
        if here >= len(parts) or (step and page.text[parts[here - 1].end:parts[here].start] not in (" ", "-", " & ")):
            return None
        for head in heads.get(parts[here].text, ()):
            size = len(head.head.split())
            if head.head == " ".join(part.text for part in parts[here:here + size]):
                if heading and head.kind not in _LOOSE_HEADS:
                    continue
                if head.kind == "thing" and step:
                    continue
                return parts[here + size - 1], head.kind, head.sector
        if not parts[here].text[0].isupper() and not parts[here].text.isdigit():
            return None
    return None


def _noun_kind(piece: Piece) -> str:
    entry = piece.of("noun")
    return entry.row.kind if entry else ""


def _head_before(page: Page, piece: Piece, heading: bool) -> tuple[Any, str, str | None] | None:
    """The head of a name that ends in a piece ("Sea of Japan", "University of Tokyo", "Treaty of Rome")."""
    before = page.text[max(0, piece.start - 30):piece.start]
    found = _BEFORE_HEAD.search(before)
    if found:
        for head in page.book.heads_by_word.get(found.group(1), ()):
            if head.head == found.group(1) and not heading and piece.kind in ("state", "capital", "place"):
                start = piece.start - len(before) + found.start(1)
                piece.start = start
                return piece_word(piece), head.kind, head.sector
    if before.endswith("New ") and piece.entry is not None and " " not in piece.entry.form and piece.kind != "adjective":
        piece.start -= 4
        return piece_word(piece), "place", None
    return None


def piece_word(piece: Piece) -> Word:
    """A piece as if it were one word."""
    return Word(piece.start, piece.end, "", "")


def _dateline_end(page: Page, number: int, row: list[Piece]) -> int:
    """Where a paragraph's dateline ends; its start where it has none."""
    paragraph = page.paragraphs[number]
    if not row or row[0].kind not in ("capital", "place", "state", "other", "seat"):
        first_caps = page.words[number] and len(page.words[number][0].text) > 2 and page.words[number][0].text.isupper()
        if not first_caps:
            return paragraph.start
    begin = page.text[paragraph.start:paragraph.start + 110]
    found = _DATELINE.match(begin)
    if found:
        line = found.group()
        place = line.split(",")[0]
        loud = place.isupper() and len(place) > 2
        lower = [word for word in _LOWER_VERB.findall(line.split("(")[0])]
        titled = row and row[0].start - paragraph.start == 0 and row[0].kind in ("capital", "place", "state")
        if (loud and len(lower) <= 2) or (titled and not lower and not line.rstrip().endswith(":")):
            if loud and line.rstrip().endswith(":"):
                return paragraph.start
            return paragraph.start + found.end()
    whole = page.text[paragraph.start:paragraph.end]
    if paragraph.heading and row and row[0].start == paragraph.start and len(whole) < 60 and _DATED.match(whole) \
            and "," in whole and row[0].kind in ("capital", "place", "state"):
        return paragraph.end
    return paragraph.start
