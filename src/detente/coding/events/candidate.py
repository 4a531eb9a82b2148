"""A possible event, while the coder still works on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.codebook.lexicon import Frame
from detente.coding.events.parties import Actors, Parties
from detente.engines.rules.frames import Match
from detente.engines.rules.tree import Tree
from detente.model import Interval, Paragraph


def frame_of(match: Match) -> Frame:
    """The lexicon's frame of a match."""
    assert isinstance(match.frame, Frame)
    return match.frame


@dataclass
class Page:
    """A paragraph with its tree and its parties."""

    number: int
    paragraph: Paragraph
    tree: Tree
    parties: Parties
    dropped: set[int] = field(default_factory=set)
    consumed: set[int] = field(default_factory=set)


@dataclass
class Candidate:
    """What is known of a possible event; `factors` name the discounts of `confidence.yml` that apply."""

    page: Page
    match: Match
    frame: Frame
    type: str
    mode: str | None
    modality: str
    actors: Actors = ()
    recipients: Actors = ()
    reciprocal: bool = False
    factors: list[str] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    date: Interval | None = None
    start: int = 0
    end: int = 0
    rule: str = ""
    present: bool = False
    later: bool = False
    score: float | None = None
    """The probability a model gives it; None where rules found it."""
    alternatives: tuple[tuple[str, float], ...] = ()
    """What else a model thought the trigger might be, with probabilities."""

    @property
    def inferred(self) -> int:
        """How many of its parties the clause itself does not tell; a guess counts double."""
        return sum(
            2 if name.startswith("guessed") else 1
            for name in self.factors
            if name.startswith("guessed") or name.endswith("_inferred") or name == "recipient_absent"
        )

    @property
    def guessed(self) -> bool:
        """Whether a party is only guessed from what the document is about."""
        return any(name.startswith("guessed") for name in self.factors)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all parties."""
        return frozenset(actor.code for actor in (*self.actors, *self.recipients))
