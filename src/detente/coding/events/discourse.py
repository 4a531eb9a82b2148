"""What the rest of the document says about parties that a clause leaves out."""

from __future__ import annotations

from collections.abc import Iterable

from detente.codebook.lexicon import Lexicon
from detente.coding.events.candidate import Candidate, Page
from detente.coding.events.parties import Actors, without
from detente.engines.rules.tree import NOMINAL, Tree
from detente.model import Actor, Annotations, Mention

KEPT = ("measure", "agreement", "talks", "case", "trade", "captive", "ties", "joint", "exercise")
"""Classes of nouns whose parties are remembered: "the duty" is later the duty that China put on Australia."""
DYADIC = 0.2
"""A text is about two states only if the less named one has at least this share of the other's mentions."""
THIRD, SHARE = 0.9, 0.45
"""A guess is made only where no third state has more than this share of the second's mentions, and the two have this
share of all."""
HOSTILE = frozenset(("SANCTION", "ASSAULT", "COERCE", "MOBILIZE", "THREATEN"))
JUDGING = frozenset(("ACCUSE", "SUPPORT", "REQUEST", "REJECT", "PROTEST"))
"""Types that answer an earlier act: their recipient is then who did it."""


class Discourse:
    """Remembers who is party to what, and who the document is about.

    The guesses it gives are used only where the clause itself is silent, and lower the confidence.
    """

    def __init__(self, seen: Annotations, lexicon: Lexicon) -> None:
        self.kept: frozenset[str] = frozenset().union(*(lexicon.classes[name] for name in KEPT))
        self.types = {noun: {frame.type for _, frame in found} for noun, found in lexicon.nouns.items()}
        self.quotations = seen.quotations
        self.people = lexicon.classes["agents"]
        self.talks = lexicon.classes["talks"]
        self.both, self.synonyms = lexicon.classes["both"], lexicon.synonyms
        self.memory: dict[str, tuple[Actors, Actors]] = {}
        self.doers: dict[str, Actors] = {}
        self.offender: Actors = ()
        self.focus: Actors = ()
        named: dict[str, Actor] = {}
        count: dict[str, float] = {}
        for mention in seen.mentions:
            for actor in {actor.code: actor for actor in mention.actors}.values():
                named.setdefault(
                    actor.code, Actor(code=actor.code, kind=actor.kind, name=actor.name, country=actor.country)
                )
                count[actor.code] = count.get(actor.code, 0.0) + _weight(mention, actor)
        ranked = sorted(count, key=lambda code: -count[code])
        self.main: Actors = tuple(named[code] for code in ranked[:2])
        third = ranked[2] if len(ranked) > 2 else None
        total = sum(count.values())
        two = sum(count[actor.code] for actor in self.main)
        self.share = two / total if total else 0.0
        self.bilateral = len(self.main) == 2 and (
            third is None or count.get(third, 0) * 1.5 <= count.get(self.main[1].code, 0)
        )
        self.bilateral = self.bilateral and self.share >= 0.5
        self.third = count.get(third, 0) if third else 0
        counts = self.counts = [count.get(actor.code, 0) for actor in self.main]
        self.dyadic = len(counts) == 2 and min(counts) >= 0.5 and min(counts) >= DYADIC * max(counts)

        self.voice = self._voice(seen) if self.two() else ()

    def _voice(self, seen: Annotations) -> Actors:
        """Whose "we" the text's is: of the two, who is named in its dateline, else who acts first."""
        inside = {actor.code: actor for actor in self.main}
        for datelined in (True, False):
            for mention in seen.mentions:
                if (mention.how == "dateline") is datelined and (datelined or mention.agentive):
                    found = [inside[actor.code] for actor in mention.actors if actor.code in inside]
                    if len(found) == 1:
                        return (found[0],)
        return ()

    def speaker(self, page: Page, i: int) -> Actors:
        """Whose "we" stands at a token: in quotation marks that of who acts next to them, else the text's own."""
        base = page.paragraph.start
        at = base + page.tree.idx[i]
        quotation = next((quote for quote in self.quotations if quote.start <= at < quote.end), None)
        if quotation is None:  # an author's bare "we" may be anybody's; "our side" is a country's
            return self.voice if any(page.tree.dep[kid] == "poss" for kid in page.tree.kids[i]) else ()
        inside = {actor.code for actor in self.two()}
        best: tuple[int, Actors] | None = None
        for token, mention in enumerate(page.parties.at):
            where = base + page.tree.idx[token]
            if mention is None or not mention.agentive or quotation.start <= where < quotation.end:
                continue
            far = min(abs(where - quotation.end), abs(quotation.start - where))
            if best is None or far < best[0]:
                best = (far, mention.actors)
        return best[1] if best and {actor.code for actor in best[1]} <= inside and len(best[1]) == 1 else ()

    def remember(self, candidate: Candidate) -> None:
        """Keeps the parties of what a candidate is about, and who did the last act of its type."""
        if (
            not candidate.actors
            or candidate.modality == "conditional"
            or candidate.guessed
            or not any(actor.kind == "state" or actor.code == "EUR" for actor in candidate.recipients)
        ):
            return
        self.doers[candidate.type] = candidate.actors
        if len(candidate.actors) == 1 and candidate.actors[0].code in {actor.code for actor in self.two()}:
            self.focus = candidate.actors
        if candidate.type in HOSTILE and not candidate.reciprocal:
            self.offender = candidate.actors
        tree = candidate.page.tree
        for i in (*candidate.match.matched, candidate.match.clause.trigger):
            if tree.pos[i] in NOMINAL and tree.lemma[i] in self.kept:
                key = self.key(tree.lemma[i])
                if key in self.memory and any(name.endswith("_inferred") for name in candidate.factors):
                    continue
                self.memory[key] = (candidate.actors, candidate.recipients)

    def key(self, lemma: str) -> str:
        """The name under which the parties of a noun are remembered."""
        return self.synonyms.get(lemma, lemma)

    def recall(self, page: Page, tokens: Iterable[int]) -> tuple[Actors, Actors]:
        """The parties remembered for one of some nouns."""
        for i in tokens:
            found = self.memory.get(self.key(page.tree.lemma[i]))
            if found and not any(page.tree.lower[kid] in ("a", "an", "another", "any") for kid in page.tree.kids[i]):
                return found
        return (), ()

    def doer(self, candidate: Candidate) -> Actors:
        """Who did the earlier act that a judging candidate's object names ("condemned the strikes")."""
        tree = candidate.page.tree
        for i in candidate.match.clause.objects:
            if self.key(tree.lemma[i]) in self.memory and tree.lemma[i] in self.kept:
                return self.memory[self.key(tree.lemma[i])][0]
            for kind in self.types.get(tree.lemma[i], ()):
                if kind in self.doers:
                    return self.doers[kind]
        return ()

    def partner(self, actors: Actors, page: Page, at: int) -> Actors:
        """The other party of an act of `actors` at a token.

        In a text about two the other of them, if the paragraph names it or the text is mostly about them; else the
        only other state that acts in the sentence, else the only one that it names.
        """
        tree = page.tree
        sentence = [i for i in range(len(tree)) if tree.sent[i] == tree.sent[at]]
        acting = [
            i
            for i in sentence
            if (mention := page.parties.at[i]) is not None and mention.how != "place" and not _where(tree, i)
        ]
        near = without(page.parties.inside(acting), actors)
        near = tuple(actor for actor in near if actor.kind == "state" or actor.code == "EUR")
        codes, main = {actor.code for actor in actors}, {actor.code for actor in self.main}
        if len(main) == 2 and len(codes) == 1 and codes <= main:
            other = without(self.main, actors)
            named = {actor.code for actor in page.parties.inside(range(len(tree)))}
            if other[0].code in {actor.code for actor in near} or (
                self.bilateral and self.dyadic and other[0].code in named
            ):
                return other
            if not near and self.dyadic and (other[0].code in named or self.share >= 0.5):
                return other
        if len(near) == 1:
            return near
        places = without(page.parties.inside(sentence), actors)
        return places if len(places) == 1 and not near and places[0].kind == "state" else ()

    def pair(self) -> Actors:
        """The two that a bilateral document is about; empty if it is about more."""
        return self.main if self.bilateral and self.dyadic else ()

    def two(self) -> Actors:
        """The two that a document is mostly about, a third being named less than either; empty if there are none."""
        return self.main if self.dyadic and self.third <= self.counts[1] * THIRD and self.share >= SHARE else ()

    def within(self, actors: Actors) -> bool:
        """Whether some actors, and there are any, are among the two that the document is about."""
        return bool(self.pair()) and bool(actors) and all(actor.code in {a.code for a in self.main} for actor in actors)


def _weight(mention: Mention, actor: Actor) -> float:
    """How much a mention says about who a text is about: a place less than a doer, a body less than a state."""
    if mention.how == "dateline":
        return 0.0
    return (1.0 if mention.agentive else 0.5) * (1.0 if actor.kind == "state" or actor.code == "EUR" else 0.2)


def _where(tree: Tree, i: int) -> bool:
    """Whether a name only says where ("met in Samarkand", "from Addis Ababa")."""
    return tree.dep[i] == "pobj" and tree.lower[tree.head[i]] in ("in", "at", "near", "outside", "off")
