"""A phrase that names a matter, as one mention of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.codebook.matters import Act, NamedMatter
from detente.matters.page import Page
from detente.model import MatterKind


@dataclass(slots=True, eq=False)
class Phrase:
    """One mention of a matter. Tokens are those of `page.tree`; `first` to `last` is the phrase.

    `terms` are the lemmas of what it is about; `parties`, `imposers` and `targets` those that the phrase or its clause
    tells. `tail` is the last token of a
    relative clause that says what it is about. `like` is the phrase that a pronoun
    stands for; `also` are heads of words around it for the same matter.
    `talks` marks talks on a pact, which are the pact under negotiation. A phrase
     of an `act` ("closed its border") is headed by the verb and has the object `thing`.
    """

    page: Page
    head: int
    first: int
    last: int
    kind: MatterKind
    family: str
    need: str
    named: NamedMatter | None = None
    name: str | None = None
    acronym: str | None = None
    terms: tuple[str, ...] = ()
    proper: bool = False
    definite: bool = False
    indefinite: bool = False
    plural: bool = False
    such: bool = False
    parties: list[str] = field(default_factory=list)
    imposers: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    clause: list[str] = field(default_factory=list)
    years: frozenset[int] = frozenset()
    inner: int | None = None
    talks: bool = False
    also: tuple[int, ...] = ()
    tail: int = -1
    like: Phrase | None = None
    act: Act | None = None
    thing: int | None = None
    core: tuple[int, int] = (0, 0)

    @property
    def start(self) -> int:
        """Where it begins in the document."""
        return self.page.base + self.page.tree.idx[self.first]

    @property
    def end(self) -> int:
        """Where it ends in the document."""
        return self.page.base + self.page.tree.end[self.last]

    @property
    def codes(self) -> set[str]:
        """All parties that the phrase itself tells."""
        return {*self.parties, *self.imposers, *self.targets}

    @property
    def empty(self) -> bool:
        """Whether it says neither a name nor a subject."""
        return not (self.terms or self.named or self.name or self.acronym)
