"""Mentions: the words of a document that stand for actors, resolved as far as the text and the codebook allow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from detente.codebook.actors import ActorBook
from detente.codebook.actors_lexicon import PARTICLES
from detente.model import Document, Interval, Mention, Paragraph, Sentence
from detente.text.coreference import resolve
from detente.text.mentions_names import pieces
from detente.text.mentions_page import Draft, Page, Piece, actors
from detente.text.mentions_people import People, Terms, choose, copy_person, fill, terms_of
from detente.text.mentions_phrases import Phrases

_TAKING_PART = frozenset({"nsubj", "nsubjpass", "poss", "pobj", "dobj", "conj"})
_NOT_PERSONS = frozenset({"DATE", "TIME", "GPE", "LOC", "FAC", "CARDINAL", "ORDINAL", "EVENT", "LAW"})
_MISTER = re.compile(r"\b(Mr|Mrs|Ms|Dr)\.?\s$")
_SEX = {"Mr": "m", "Mrs": "f", "Ms": "f"}


def mentions(
    document: Document,
    paragraphs: Sequence[Paragraph],
    sentences: Sequence[Sentence],
    book: ActorBook,
    published: Interval | None = None,
) -> tuple[Mention, ...]:
    """All mentions of actors in a parsed document, in order, none overlapping another.

    Args:
        document: The document that was parsed.
        paragraphs: Its paragraphs, as `parse` gives them.
        sentences: Its sentences, as `parse` gives them.
        book: The actors.
        published: When it was published; the document's own date by default. Terms of office and the validity of
            names are judged by it. Unknown is allowed: what only a date could tell then stays unknown.

    Returns:
        Mentions. Those whose words clearly stand for an actor that could not be resolved have no actors.
    """
    page = Page(document, paragraphs, sentences, book, published)
    rows = pieces(page)
    people = People(page)
    _strangers(page, people, rows)
    drafts: list[Draft] = []
    for number, row in enumerate(rows):
        drafts.extend(Phrases(page, people, number, row).run())
    drafts.extend(_surnames(page, people, rows, drafts))
    drafts.sort(key=lambda draft: (draft.start, -draft.end))
    drafts = resolve(page, people, drafts)
    return tuple(_mentions(page, drafts))


def countries(found: Iterable[Mention]) -> tuple[str, ...]:
    """The codes of the states and bodies that a document is about, most mentioned first.

    A mention counts by how much it says of an actor: one who acts 2, a nationality or place 1, a dateline 0; pronouns
    and other coreference count nothing, as they only repeat.

    Args:
        found: The mentions of one document.

    Returns:
        Codes, each once. Those that only a dateline names are left out.
    """
    weights: Counter[str] = Counter()
    for mention in found:
        if mention.how in ("dateline", "publisher", "coreference") or mention.kind == "pronoun":
            continue
        for code in dict.fromkeys(actor.code for actor in mention.actors):
            weights[code] += 2 if mention.agentive else 1
    order = {code: i for i, code in enumerate(weights)}
    return tuple(sorted(weights, key=lambda code: (-weights[code], order[code])))


def _strangers(page: Page, people: People, rows: list[list[Piece]]) -> None:
    """Remembers persons that only the parser knows, so that their surnames are not taken for somebody else's."""
    for number, paragraph in enumerate(page.paragraphs):
        if paragraph.heading:
            continue
        taken = [(piece.start, piece.end) for piece in rows[number] if piece.kind not in ("other", "surname")]
        for span in paragraph.parse.ents:
            if span.label_ != "PERSON" or not 2 <= len(span) <= 4 or not all(t.text[:1].isupper() for t in span):
                continue
            if span[0].text.rstrip(".") in _SEX:
                continue
            start, end = span.start_char + paragraph.start, span.end_char + paragraph.start
            if not any(begin < end and start < stop for begin, stop in taken):
                people.add(page.text[start:end].removesuffix("'s").removesuffix("’s"), None)


def _surnames(page: Page, people: People, rows: list[list[Piece]], drafts: list[Draft]) -> list[Draft]:
    """Short forms of persons introduced anywhere in the document, and of holders who need no introduction."""
    found = []
    starts: dict[int, list[Draft]] = {}
    for draft in drafts:
        starts.setdefault(draft.paragraph, []).append(draft)
    for number, parts in enumerate(page.words):
        taken = [(draft.start, draft.end) for draft in starts.get(number, [])]
        taken += [
            (piece.start, piece.end)
            for piece in rows[number]
            if piece.kind in ("other", "media", "dateline") and not piece.of("surname")
        ]
        by_first = {piece.first: piece for piece in rows[number]}
        skip = 0
        for at, word in enumerate(parts):
            if (
                at < skip
                or not (word.text[0].isupper() or word.folded in PARTICLES)
                or any(start < word.end and word.start < end for start, end in taken)
            ):
                continue
            person, size = _surname(page, people, number, at, by_first.get(at))
            if person is not None:
                found.append(person)
                skip = at + size
    return found


def _surname(page: Page, people: People, number: int, at: int, piece: Piece | None) -> tuple[Draft | None, int]:
    """The person a capitalised word stands for, and how many words the name has."""
    parts, paragraph = page.words[number], page.paragraphs[number]
    caps = page.text[paragraph.start : paragraph.end].isupper()
    for size in (3, 2, 1):
        span = parts[at : at + size]
        if len(span) < size:
            continue
        form = page.text[span[0].start : span[-1].end]
        known = people.full(form) or people.short(form)
        if known is not None and not (caps and size == 1 and len(form) < 3) and (known.codes or known.person):
            person = Draft(span[0].start, span[-1].end, "person", "holder", number, span[-1].start)
            copy_person(person, known)
            return person, size
    if piece is None or people.known(page.text[piece.start : piece.end]):
        return None, 1
    entries = piece.of("surname") and piece.entries
    if not entries or piece.entry is None or piece.entry.kind != "surname":
        return None, 1
    return _unintroduced(page, number, piece, caps), piece.last - piece.first


def _unintroduced(page: Page, number: int, piece: Piece, caps: bool) -> Draft | None:
    """A holder named by surname alone, where the document is about the state and the time leaves one person."""
    token = page.token(number, piece.start)
    if page.first is None or page.last is None or caps or token.pos_ != "PROPN":
        return None
    before = page.text[max(0, piece.start - 1) : piece.start]
    previous = page.token(number, max(page.paragraphs[number].start, piece.start - 2))
    title = _MISTER.search(page.text[max(0, piece.start - 5) : piece.start])
    if title is None and before == " " and previous.pos_ == "PROPN" and previous.ent_type_ == "PERSON":
        return None  # the last word of a stranger's longer name
    after = next((word for word in page.words[number] if word.start > piece.start and word.start >= piece.end), None)
    joined = after is not None and after.text.istitle() and page.text[piece.end : after.start] == " "
    if joined and after is not None and not page.book.lexicon.find_words(page.text, [after]):
        return None  # the first word of one
    first, last = page.first, page.last
    sex = _SEX.get(title.group(1)) if title else None
    sure = token.dep_ in _TAKING_PART and token.ent_type_ not in _NOT_PERSONS
    candidates = [
        terms
        for terms in terms_of(piece.entries, "surname")
        if (page.sure[terms[0].state] or title or (sure and _leads(terms)))
        and any(term.holds(first, last) for term in terms)
        and (sex is None or terms[0].sex in (sex, None))
    ]
    terms = choose(page, candidates, office=None, codes=(), past=False)
    if terms is None:
        return None
    draft = Draft(piece.start, piece.end, "person", "holder", number, piece.start)
    fill(page, draft, terms)
    return draft


def _leads(terms: Terms) -> bool:
    """Whether a person has led a state or its government, and so needs no introduction."""
    return any(term.office in ("head of state", "head of government") for term in terms)


def _mentions(page: Page, drafts: list[Draft]) -> Iterable[Mention]:
    """Drafts as mentions: of two that overlap the longer, anaphors that mean nothing left out."""
    last = -1
    for draft in sorted(drafts, key=lambda draft: (draft.start, -(draft.end - draft.start))):
        if draft.start < last:
            continue
        last = draft.end
        kind = draft.kind if draft.kind in ("name", "person", "office", "agency", "group", "pronoun") else "name"
        yield Mention(
            start=draft.start,
            end=draft.end,
            text=page.text[draft.start : draft.end],
            kind=kind,  # type: ignore[arg-type]
            actors=actors(draft, page.book),
            how=draft.how,
            agentive=draft.agentive,
        )


__all__ = ["countries", "mentions"]
