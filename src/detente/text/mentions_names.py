"""Names: which states, bodies and places the forms found in a text stand for, and which of them name something else."""

from __future__ import annotations

import itertools
import re
from typing import Any

from detente.codebook.actors_lexicon import DAYS_AND_MONTHS, Entry, Word
from detente.text.mentions_datelines import abbreviates, mark_dateline
from detente.text.mentions_page import NAMING, Page, Piece
from detente.text.roles import role

_BEFORE_HEAD = re.compile(r"(\w+)\s+of\s+(?:the\s+)?$")
_COMPASS = ("north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "new", "inner")
_OTHER_NAMES = DAYS_AND_MONTHS.union(_COMPASS)
_LANGUAGES = ("English", "Persian", "Malay", "Khmer", "Hispanic")
_LOOSE_HEADS = ("media", "water", "land", "firm", "school")
_ORDER = {
    kind: i
    for i, kind in enumerate(
        (
            "organisation",
            "agency",
            "person",
            "state",
            "capital",
            "seat",
            "adjective",
            "people",
            "place",
            "anaphor",
            "office",
            "noun",
            "surname",
        )
    )
}


def pieces(page: Page) -> list[list[Piece]]:
    """The forms found in each paragraph, each decided as far as names alone can decide it."""
    found = []
    for paragraph, parts in zip(page.paragraphs, page.words, strict=True):
        caps = page.text[paragraph.start : paragraph.end].isupper()
        hits = page.book.lexicon.find_words(page.text, parts, caps=caps)
        found.append([Piece(hit.start, hit.end, hit.entries, hit.first, hit.last) for hit in hits])
    for row in found:
        for piece in row:
            code = _plain_code(page, piece)
            if code is not None:
                page.sure[code] += 1
                called = next((e.form for e in piece.entries if e.kind == "state" and e.code == code), None)
                if called:
                    page.called.setdefault(code, set()).add(called)
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
    if len(naming) > 1 and any(entry.kind in ("organisation", "capital", "seat") for entry in naming):
        naming = [entry for entry in naming if entry.kind != "place"]
    metonyms = {entry.kind: entry for entry in naming}
    if set(metonyms) == {"organisation", "capital"}:
        acts, _ = role(page.token(number, piece.start), "capital", page.book)
        naming = [metonyms["organisation" if acts else "capital"]]
    chosen = _choose(page, naming)
    if chosen is not None and (chosen.unsure or chosen.kind in ("place", "capital")):
        token = page.token(number, piece.start)
        if (page.text[piece.start : piece.end] in names and token.ent_type_ not in ("GPE", "LOC")) or (
            chosen.kind in ("capital", "place", "state") and _longer_name(page, number, piece, chosen)
        ):
            chosen = None
    if chosen is not None and chosen.unsure and chosen.kind == "capital" and not page.sure[chosen.code]:
        token = page.token(number, piece.start)
        heard = token.ent_type_ in ("GPE", "LOC") or page.text[piece.start : piece.end].isupper()
        chosen = chosen if heard else None
    if chosen is not None and chosen.unsure and chosen.kind == "state" and _suffixed(page, piece):
        chosen = next((entry for entry in naming if entry.kind == "place"), None)
    rest = [entry for entry in entries if entry.kind not in NAMING]
    if chosen is None:
        piece.entry = rest[0] if rest else None
        piece.kind = piece.entry.kind if piece.entry else "other"
    else:
        piece.entry, piece.kind = chosen, chosen.kind
        if abbreviates(piece):
            piece.kind = "other"


def _timely(page: Page, entries: list[Entry]) -> list[Entry]:
    """Those entries whose states or bodies exist at the time of the document; all where none does."""
    return [entry for entry in entries if not hasattr(entry.row, "holds") or page.lasting(entry.row)] or entries


def _plain_code(page: Page, piece: Piece) -> str | None:
    """The one state or body that a piece certainly names, if it does."""
    naming = [entry for entry in piece.entries if entry.kind in NAMING and entry.kind != "place"]
    timely = _timely(page, naming)
    codes = {entry.code for entry in timely}
    return codes.pop() if len(codes) == 1 and any(not entry.unsure for entry in timely) else None


def _choose(page: Page, naming: list[Entry]) -> Entry | None:
    """One entry out of several that a form may stand for, None where context gives none."""
    if len({entry.code for entry in naming}) == 1:
        sure = [entry for entry in naming if not entry.unsure]
        return sure[0] if sure else naming[0] if _believable(page, naming[0]) else None
    timely = _timely(page, naming)
    fitting = [entry for entry in timely if not _called_otherwise(page, entry)] or timely
    told = [entry for entry in fitting if page.sure[entry.code]]
    if told:
        return max(told, key=lambda entry: (page.sure[entry.code], not entry.unsure))
    sure = [entry for entry in fitting if not entry.unsure]
    if sure:
        return sure[0]
    states = [entry for entry in fitting if entry.kind in ("state", "adjective", "people")]
    return states[0] if states and _believable(page, states[0]) else None


def _called_otherwise(page: Page, entry: Entry) -> bool:
    """Whether the text calls a state by a name that shares no word with this form, so that the form means another
    ("Zaire" beside "Congo").
    """
    if entry.kind != "state" or not page.called.get(entry.code):
        return False
    return all(not set(entry.form.split()) & set(form.split()) for form in page.called[entry.code])


def _believable(page: Page, entry: Entry) -> bool:
    """Whether an unsure form may stand for its best candidate: a state that the text tells of, or the usual name of a
    state in a text about other states.
    """
    if page.sure[entry.code] > 0:
        return True
    if entry.kind in ("adjective", "people"):
        return entry.form not in _LANGUAGES
    if entry.kind == "place" or entry.form == "Brussels":
        return True
    return entry.kind in ("state", "capital") and entry.form[0].isupper()


def _named_people(page: Page) -> set[str]:
    """Last words of the longer personal names that the parser found, which may also be names of places."""
    found = set()
    for paragraph in page.paragraphs:
        for span in paragraph.parse.ents:
            if span.label_ == "PERSON" and 2 <= len(span) <= 3 and all(token.text[:1].isupper() for token in span):
                found.add(span[-1].text)
    return found


def _suffixed(page: Page, piece: Piece) -> bool:
    """Whether a name only says where a town lies ("Savannah, Georgia")."""
    return bool(re.search(r"[A-Z][a-z]+,\s$", page.text[max(0, piece.start - 20) : piece.start])) and page.text[
        piece.end : piece.end + 1
    ] in (",", ".", " ")


def _longer_name(page: Page, number: int, piece: Piece, entry: Entry) -> bool:
    """Whether a place's name is only part of a longer name ("Michael Jordan", "Denzel Washington", "Paris Hilton")."""
    if piece.last - piece.first != 1 or page.paragraphs[number].heading:
        return False
    parts = page.words[number]
    token = page.token(number, piece.start)
    for at in (piece.first - 1, piece.last):
        if not 0 <= at < len(parts):
            continue
        word = parts[at]
        between = page.text[word.end : piece.start] if at < piece.first else page.text[piece.end : word.start]
        if between != " " or len(word.text) < 3 or not word.text.istitle() or word.folded in _OTHER_NAMES:
            continue
        other = page.token(number, word.start)
        known = page.book.lexicon.find_words(page.text, [word])
        if other.pos_ != "PROPN" or (known and any(e.kind not in ("surname", "place") for e in known[0].entries)):
            continue
        joined = (other.head.i == token.i or token.head.i == other.i) and "compound" in (other.dep_, token.dep_)
        if joined or (
            token.ent_type_ == other.ent_type_ == "PERSON" and (entry.unsure or token.ent_iob_ != other.ent_iob_)
        ):
            return True
    return False


def _contested(page: Page, row: list[Piece]) -> None:
    """A body's name that several states share is no more than a role noun beside the name of another state."""
    for one, other in itertools.pairwise(row):
        if (
            other.kind == "agency"
            and other.entry is not None
            and other.entry.unsure
            and one.entry is not None
            and one.kind in ("state", "adjective", "people", "capital")
            and one.entry.code != other.entry.code
            and page.text[one.end : other.start] in (" ", "'s ", "’s ")
        ):
            role_entry = other.of("office", "noun")
            other.kind, other.entry = (role_entry.kind, role_entry) if role_entry else ("other", None)


def _compose(page: Page, number: int, row: list[Piece]) -> None:
    """Marks names that are part of another name (seas, newspapers, pacts, firms), and datelines."""
    heading = page.paragraphs[number].heading
    _contested(page, row)
    mark_dateline(page, number, row)
    for i, piece in enumerate(row):
        if piece.kind not in ("state", "adjective", "people", "capital", "place", "organisation", "agency"):
            continue
        following = row[i + 1] if i + 1 < len(row) else None
        head = _head_after(page, number, piece, following, heading) or _head_before(page, piece, heading)
        if head is not None:
            last, kind, sector = head
            if piece.kind == "agency" and kind != "firm":
                continue
            piece.end, piece.last = max(piece.end, last.end), piece.last
            if (
                kind in ("firm", "school", "tank", "party")
                and piece.entry is not None
                and piece.kind not in ("organisation", "agency")
            ):
                piece.kind = "agency"
                piece.entry = Entry("agency", piece.entry.code, page.text[piece.start : piece.end], False, sector, None)
            elif piece.kind not in ("organisation", "agency"):
                piece.kind = "media" if kind == "media" else "other"
    row[:] = [
        piece
        for i, piece in enumerate(row)
        if not any(
            other is not piece
            and other.start <= piece.start
            and piece.end <= other.end
            and other.end - other.start > piece.end - piece.start
            for other in row[max(0, i - 4) : i]
        )
    ]


def _head_after(
    page: Page, number: int, piece: Piece, following: Piece | None, heading: bool
) -> tuple[Word, str, str | None] | None:
    """The head of a longer name that begins with a piece: its last word, its kind and sector."""
    parts, heads = page.words[number], page.book.heads_by_word
    at = piece.last
    if at >= len(parts) or page.text[piece.end : parts[at].start] not in (" ", "-"):
        return None
    if parts[at].text == "state" and piece.kind in ("capital", "place"):
        return parts[at], "place", None
    if following is not None and following.first == at and _has_role(following):
        return None
    found = None
    for step in range(6):
        here = at + step
        if here >= len(parts) or (step and page.text[parts[here - 1].end : parts[here].start] not in (" ", "-", " & ")):
            break
        for head in heads.get(parts[here].text, ()):
            size = len(head.head.split())
            if head.head == " ".join(part.text for part in parts[here : here + size]):
                if (
                    head.kind == "front"
                    or (heading and head.kind not in _LOOSE_HEADS)
                    or (head.kind == "thing" and step)
                ):
                    continue
                found = parts[here + size - 1], head.kind, head.sector
                break
        if (heading and step) or not (parts[here].text[0].isupper() or parts[here].text.isdigit()):
            break
    return found


def _has_role(piece: Piece) -> bool:
    """Whether a piece is a body or a role noun, and so no part of a name before it."""
    if piece.kind in ("office", "organisation"):
        return True
    noun = piece.of("noun")
    return piece.kind == "noun" and noun is not None and noun.row.kind in ("body", "group", "person")


def _head_before(page: Page, piece: Piece, heading: bool) -> tuple[Any, str, str | None] | None:
    """The head of a name that ends in a piece ("Sea of Japan", "University of Tokyo", "Treaty of Rome")."""
    before = page.text[max(0, piece.start - 30) : piece.start]
    found = _BEFORE_HEAD.search(before)
    if found:
        for head in page.book.heads_by_word.get(found.group(1), ()):
            if (
                head.head == found.group(1)
                and head.kind != "front"
                and not heading
                and piece.kind in ("state", "capital", "place")
            ):
                start = piece.start - len(before) + found.start(1)
                piece.start = start
                return piece_word(piece), head.kind, head.sector
    front = re.search(r"(\w+)\s$", before)
    if (
        front
        and any(head.kind == "front" for head in page.book.heads_by_word.get(front.group(1), ()))
        and piece.kind in ("state", "capital", "place")
    ):
        return piece_word(piece), "place", None
    if (
        before.endswith("New ")
        and piece.entry is not None
        and " " not in piece.entry.form
        and piece.kind != "adjective"
    ):
        piece.start -= 4
        return piece_word(piece), "place", None
    return None


def piece_word(piece: Piece) -> Word:
    """A piece as if it were one word."""
    return Word(piece.start, piece.end, "", "")
