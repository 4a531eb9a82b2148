"""What the rest of the document says about parties that a clause leaves out."""

from __future__ import annotations

from collections.abc import Iterable

from detente.codebook.lexicon import Lexicon
from detente.coding.events.candidate import Candidate, Page
from detente.coding.events.parties import Actors, merge, without
from detente.engines.rules.tree import NOMINAL
from detente.model import Actor, Annotations

KEPT = ("measure", "agreement", "talks", "case", "trade", "captive", "ties")
"""Classes of nouns whose parties are remembered: "the duty" is later the duty that China put on Australia."""


class Discourse:
    """Remembers who is party to what, and who the document is about.

    The guesses it gives are used only where the clause itself is silent, and lower the confidence.
    """

    def __init__(self, seen: Annotations, lexicon: Lexicon) -> None:
        self.seen = seen
        self.kept: frozenset[str] = frozenset().union(*(lexicon.classes[name] for name in KEPT))
        self.memory: dict[str, tuple[Actors, Actors]] = {}
        named: dict[str, Actor] = {}
        for mention in seen.mentions:
            for actor in mention.actors:
                named.setdefault(actor.code, Actor(code=actor.code, kind=actor.kind, name=actor.name, country=actor.country)
                                 if actor.person is None and actor.office is None else actor)
        self.named = named
        self.main: Actors = tuple(named[code] for code in seen.countries[:2] if code in named)
        count: dict[str, int] = {}
        for mention in seen.mentions:
            for code in {actor.code for actor in mention.actors}:
                count[code] = count.get(code, 0) + 1
        third = seen.countries[2] if len(seen.countries) > 2 else None
        self.bilateral = len(self.main) == 2 and (third is None or count.get(third, 0) * 2 <= count.get(self.main[1].code, 0))

    def remember(self, candidate: Candidate) -> None:
        """Keeps the parties of what a candidate is about."""
        if not candidate.actors or not candidate.recipients or "recipient_inferred" in candidate.factors:
            return
        tree = candidate.page.tree
        for i in (*candidate.match.matched, candidate.match.clause.trigger):
            if tree.pos[i] in NOMINAL and tree.lemma[i] in self.kept:
                self.memory[tree.lemma[i]] = (candidate.actors, candidate.recipients)

    def recall(self, page: Page, tokens: Iterable[int]) -> tuple[Actors, Actors]:
        """The parties remembered for one of some nouns."""
        for i in tokens:
            found = self.memory.get(page.tree.lemma[i])
            if found:
                return found
        return (), ()

    def partner(self, actors: Actors, page: Page, at: int) -> Actors:
        """The other party of an act of `actors` at a token: the only other one in its sentence, else the document's."""
        tree = page.tree
        sentence = [i for i in range(len(tree)) if tree.sent[i] == tree.sent[at]]
        near = without(page.parties.inside(sentence), actors)
        if len(near) == 1:
            return near
        codes = {actor.code for actor in actors}
        main = {actor.code for actor in self.main}
        if len(main) == 2 and codes & main and len(codes) == 1:
            other = without(self.main, actors)
            if not near or other[0].code in {actor.code for actor in near}:
                return other
        return near[:1] if near and not codes & main else ()

    def pair(self) -> Actors:
        """The two that a bilateral document is about; empty if it is about more."""
        return self.main if self.bilateral else ()

    def complete(self, candidate: Candidate) -> bool:
        """Fills missing parties in; False where the event must be dropped for want of them."""
        frame, page, trigger = candidate.frame, candidate.page, candidate.match.clause.trigger
        if not candidate.actors:
            actors, recipients = self.recall(page, candidate.match.matched or [trigger])
            if candidate.recipients:
                actors = without(actors, candidate.recipients)
                if not actors:
                    actors = without(self.pair(), candidate.recipients) if self._in_pair(candidate.recipients) else ()
            elif actors:
                candidate.recipients = recipients
            elif frame.reciprocal or (frame.actor == "none" and not candidate.recipients):
                if frame.reciprocal and self.pair():
                    actors, candidate.recipients = self.main[:1], self.main[1:]
            if not actors:
                return False
            candidate.actors = actors
            candidate.factors.append("actor_inferred")
        if not candidate.recipients:
            if candidate.match.noun and candidate.match.clause.construction == "nominal":
                return False
            _, recalled = self.recall(page, candidate.match.matched)
            recipients = without(recalled, candidate.actors) or self.partner(candidate.actors, page, trigger)
            if not recipients and not frame.alone:
                return False
            candidate.recipients = recipients
            candidate.factors.append("recipient_inferred" if recipients else "recipient_absent")
        return bool(merge(candidate.actors)) and not _same(candidate)

    def _in_pair(self, actors: Actors) -> bool:
        return bool(self.pair()) and all(actor.code in {a.code for a in self.main} for actor in actors)


def _same(candidate: Candidate) -> bool:
    mine = {actor.code for actor in candidate.actors}
    theirs = {actor.code for actor in candidate.recipients}
    return bool(theirs) and theirs <= mine
