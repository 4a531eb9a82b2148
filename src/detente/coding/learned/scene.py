"""What the encoder's heads are shown of a document: sentences, the parties they name, and those they leave out.

A party of an event may be named in its sentence, or only be known from the rest of the document ("it would lift the
ban"). Both are candidates: the first with the places where they are named, the second without.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from detente.codebook import Codebook
from detente.coding.events.candidate import Candidate, Page
from detente.coding.events.detect import candidates
from detente.coding.events.discourse import Discourse
from detente.coding.learned.heads import TYPES
from detente.model import Actor, Annotations, Mention

Ruled = dict[tuple[int, int], Candidate]
"""What the rules find, by page and trigger."""
ABSENT = 4
"""How many actors that a sentence does not name are candidates for its events: those the document names most."""
CONTEXT = 30
"""How many words of the sentence before are shown."""
PLACE_WEIGHT = 0.5
"""How much a mention that cannot act says about who the document is about."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place where a sentence names an actor: the head token, and what kind of words they are."""

    token: int
    kind: str
    how: str
    agentive: bool


@dataclass(frozen=True, slots=True)
class Party:
    """A candidate for actor or recipient. `rank` is its place among the document's actors, most named first."""

    actor: Actor
    spots: tuple[Spot, ...]
    rank: int
    before: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """A sentence: tokens `first` to `last` (exclusive) of a page's tree, and the candidates for parties."""

    page: Page
    first: int
    last: int
    parties: tuple[Party, ...]
    before: tuple[str, ...] = ()
    """The last words of the sentence before."""

    @property
    def words(self) -> list[str]:
        """The sentence's words."""
        return self.page.tree.text[self.first : self.last]


def sights(pages: Sequence[Page], seen: Annotations) -> list[Sight]:
    """The sentences of a document with their candidate parties, in order."""
    ranked = ranking(seen.mentions)
    rank = {actor.code: number for number, actor in enumerate(ranked)}
    found: list[Sight] = []
    previous: frozenset[str] = frozenset()
    before: tuple[str, ...] = ()
    for page in pages:
        for first, last in sentences(page):
            named = _named(page, first, last)
            parties = [
                Party(actor, tuple(spots), rank.get(actor.code, ABSENT), actor.code in previous)
                for actor, spots in named.values()
            ]
            parties += [
                Party(actor, (), rank[actor.code], actor.code in previous)
                for actor in ranked[:ABSENT]
                if actor.code not in named
            ]
            found.append(Sight(page, first, last, tuple(parties), before))
            previous = frozenset(named)
            before = tuple(page.tree.text[first:last][-CONTEXT:])
    return found


def sentences(page: Page) -> list[tuple[int, int]]:
    """First and last token (exclusive) of each sentence of a page."""
    tree, found, first = page.tree, [], 0
    for i in range(1, len(tree) + 1):
        if i == len(tree) or tree.sent[i] != tree.sent[first]:
            found.append((first, i))
            first = i
    return found


def ranking(mentions: Iterable[Mention]) -> list[Actor]:
    """The actors of a document as states and bodies, most named first."""
    count: dict[str, float] = {}
    known: dict[str, Actor] = {}
    for mention in mentions:
        if mention.how == "dateline":
            continue
        for code, actor in {actor.code: actor for actor in mention.actors}.items():
            count[code] = count.get(code, 0.0) + (1.0 if mention.agentive else PLACE_WEIGHT)
            known.setdefault(code, Actor(code=code, kind=actor.kind, name=actor.name, country=actor.country))
    return [known[code] for code in sorted(count, key=lambda code: -count[code])]


def _named(page: Page, first: int, last: int) -> dict[str, tuple[Actor, list[Spot]]]:
    """The actors that a sentence names, each with its places."""
    found: dict[str, tuple[Actor, list[Spot]]] = {}
    tree, at = page.tree, page.parties.at
    i = first
    while i < last:
        mention = at[i]
        if mention is None:
            i += 1
            continue
        end = i + 1
        while end < last and at[end] is mention:
            end += 1
        head = next((k for k in range(i, end) if not i <= tree.head[k] < end or tree.head[k] == k), end - 1)
        spot = Spot(head, mention.kind, mention.how, mention.agentive)
        for actor in {actor.code: actor for actor in mention.actors}.values():
            found.setdefault(actor.code, (actor, []))[1].append(spot)
        i = end
    return found


def ruled_in(pages: Iterable[Page], discourse: Discourse, book: Codebook) -> Ruled:
    """What the rules find in a document: at each trigger the first that fits."""
    found: Ruled = {}
    for page in pages:
        for candidate in candidates(page, book.lexicon, discourse, book.ontology):
            found.setdefault((page.number, candidate.match.clause.trigger), candidate)
    return found


def rule_types(sight: Sight, ruled: Mapping[tuple[int, int], Candidate]) -> list[int]:
    """For each word of a sentence the type that the rules find there, counted from 1; 0 for none."""
    found = (ruled.get((sight.page.number, i)) for i in range(sight.first, sight.last))
    return [TYPES.index(candidate.type) + 1 if candidate is not None else 0 for candidate in found]


def quoted_tokens(sight: Sight, seen: Annotations) -> frozenset[int]:
    """The tokens of a sentence that stand inside quotation marks."""
    tree, base = sight.page.tree, sight.page.paragraph.start
    low, high = base + tree.idx[sight.first], base + tree.end[sight.last - 1]
    near = [quotation for quotation in seen.quotations if quotation.start < high and quotation.end > low]
    return frozenset(
        i
        for i in (range(sight.first, sight.last) if near else ())
        if any(quotation.start <= base + tree.idx[i] < quotation.end for quotation in near)
    )
