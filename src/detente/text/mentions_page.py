"""What finding mentions needs to know of a page, and the drafts that become mentions."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from detente.codebook.actors import ActorBook
from detente.codebook.actors_lexicon import Entry, Word, words
from detente.model import Actor, Document, Interval, Paragraph, Sentence

NAMING = ("state", "adjective", "people", "capital", "seat", "organisation", "agency", "place")
"""Kinds of pieces that name an actor or a place."""


@dataclass(slots=True, eq=False)
class Piece:
    """A form of the lexicon at its place in a paragraph; `kind` and `entry` once it is decided what it stands for."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    first: int
    last: int
    kind: str = ""
    entry: Entry | None = None

    def of(self, *kinds: str) -> Entry | None:
        """The first entry of one of some kinds."""
        return next((entry for entry in self.entries if entry.kind in kinds), None)


@dataclass(slots=True, eq=False)
class Draft:
    """A mention in the making. `head` is the offset of the word that carries it in the sentence."""

    start: int
    end: int
    kind: str
    how: str
    paragraph: int
    head: int
    codes: list[str] = field(default_factory=list)
    sector: str | None = None
    name: str | None = None
    office: str | None = None
    person: str | None = None
    sex: str | None = None
    plural: bool = False
    agentive: bool = True
    persons: list[Draft] = field(default_factory=list)
    role: Any = None
    past: bool = False
    bare: bool = False


class Page:
    """A parsed document with its words, for quick look-ups. Offsets are into the document's text."""

    def __init__(
        self,
        document: Document,
        paragraphs: Sequence[Paragraph],
        sentences: Sequence[Sentence],
        book: ActorBook,
        published: Interval | None,
    ) -> None:
        self.text = document.text
        self.paragraphs = paragraphs
        self.sentences = sentences
        self.book = book
        if published is None and document.published is not None:
            published = document.published.interval
        self.published = published
        self.first: date | None = published.start if published else None
        self.last: date | None = published.end if published else None
        self.sure: Counter[str] = Counter()
        self.called: dict[str, set[str]] = {}
        self.home: str | None = None
        self.words: list[list[Word]] = [words(self.text, one.start, one.end) for one in paragraphs]
        self._tokens = [[token.idx + one.start for token in one.parse] for one in paragraphs]
        self._sentences = [sentence.start for sentence in sentences]

    def token(self, paragraph: int, offset: int) -> Any:
        """The token of a paragraph that holds the character at `offset`."""
        at = bisect_right(self._tokens[paragraph], offset) - 1
        return self.paragraphs[paragraph].parse[max(at, 0)]

    def sentence(self, offset: int) -> int:
        """The index of the sentence that holds the character at `offset`."""
        return bisect_right(self._sentences, offset) - 1

    def lasting(self, row: Any) -> bool:
        """Whether a row's term holds at the time of publication; where that is unknown, whether it is open."""
        if self.first is None or self.last is None:
            return row.end is None
        return bool(row.holds(self.first, self.last))


def actors(draft: Draft, book: ActorBook) -> tuple[Actor, ...]:
    """The actors of a draft."""
    if draft.persons:
        return tuple(actor for one in draft.persons for actor in actors(one, book))
    found = []
    for code in draft.codes:
        state = code in book.state
        name = draft.name if draft.name and len(draft.codes) == 1 else book.name(code)
        found.append(
            Actor(
                code=book.present(code),
                kind="state" if state else "igo",
                name=name,
                country=book.present(code) if state else None,
                sector=draft.sector,
                person=draft.person,
                office=draft.office,
            )
        )
    return tuple(found)
