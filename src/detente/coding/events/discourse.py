"""What the rest of the document says about parties that a clause leaves out."""

from __future__ import annotations

from collections.abc import Iterable

from detente.codebook.lexicon import Lexicon
from detente.coding.events.candidate import Candidate, Page
from detente.coding.events.parties import Actors, merge, without
from detente.engines.rules.clause import prepositions, verb_clause
from detente.engines.rules.tree import NOMINAL
from detente.model import Actor, Annotations

KEPT = ("measure", "agreement", "talks", "case", "trade", "captive", "ties", "joint", "exercise")
"""Classes of nouns whose parties are remembered: "the duty" is later the duty that China put on Australia."""
MATERIAL = frozenset(("ASSAULT", "SANCTION", "COERCE", "MOBILIZE", "RETREAT"))
JUDGING = frozenset(("ACCUSE", "SUPPORT", "REQUEST", "REJECT", "PROTEST"))
"""Types that answer an earlier act: their recipient is then who did it."""


class Discourse:
    """Remembers who is party to what, and who the document is about.

    The guesses it gives are used only where the clause itself is silent, and lower the confidence.
    """

    def __init__(self, seen: Annotations, lexicon: Lexicon) -> None:
        self.kept: frozenset[str] = frozenset().union(*(lexicon.classes[name] for name in KEPT))
        self.types = {noun: {frame.type for _, frame in found} for noun, found in lexicon.nouns.items()}
        self.people = lexicon.classes["agents"]
        self.talks = lexicon.classes["talks"]
        self.both, self.synonyms = lexicon.classes["both"], lexicon.synonyms
        self.memory: dict[str, tuple[Actors, Actors]] = {}
        self.doers: dict[str, Actors] = {}
        named: dict[str, Actor] = {}
        count: dict[str, int] = {}
        for mention in seen.mentions:
            for actor in mention.actors:
                named.setdefault(actor.code, Actor(code=actor.code, kind=actor.kind, name=actor.name, country=actor.country))
            for code in {actor.code for actor in mention.actors}:
                count[code] = count.get(code, 0) + 1
        self.main: Actors = tuple(named[code] for code in seen.countries[:2] if code in named)
        third = seen.countries[2] if len(seen.countries) > 2 else None
        total = sum(count.values())
        two = sum(count.get(actor.code, 0) for actor in self.main)
        self.share = two / total if total else 0.0
        self.bilateral = len(self.main) == 2 and (third is None or count.get(third, 0) * 2 <= count.get(self.main[1].code, 0))
        self.bilateral = self.bilateral and self.share >= 0.5

    def remember(self, candidate: Candidate) -> None:
        """Keeps the parties of what a candidate is about, and who did the last act of its type."""
        if not candidate.actors or candidate.modality == "conditional" or not any(
                actor.kind == "state" or actor.code == "EUR" for actor in candidate.recipients):
            return
        self.doers[candidate.type] = candidate.actors
        tree = candidate.page.tree
        for i in (*candidate.match.matched, candidate.match.clause.trigger):
            if tree.pos[i] in NOMINAL and tree.lemma[i] in self.kept:
                key = self._key(tree.lemma[i])
                if key in self.memory and any(name.endswith("_inferred") for name in candidate.factors):
                    continue
                self.memory[key] = (candidate.actors, candidate.recipients)

    def _key(self, lemma: str) -> str:
        return self.synonyms.get(lemma, lemma)

    def recall(self, page: Page, tokens: Iterable[int]) -> tuple[Actors, Actors]:
        """The parties remembered for one of some nouns."""
        for i in tokens:
            found = self.memory.get(self._key(page.tree.lemma[i]))
            if found and not any(page.tree.lower[kid] in ("a", "an", "another", "any") for kid in page.tree.kids[i]):
                return found
        return (), ()

    def doer(self, candidate: Candidate) -> Actors:
        """Who did the earlier act that a judging candidate's object names ("condemned the strikes")."""
        tree = candidate.page.tree
        for i in candidate.match.clause.objects:
            if self._key(tree.lemma[i]) in self.memory and tree.lemma[i] in self.kept:
                return self.memory[self._key(tree.lemma[i])][0]
            for kind in self.types.get(tree.lemma[i], ()):
                if kind in self.doers:
                    return self.doers[kind]
        return ()

    def partner(self, actors: Actors, page: Page, at: int) -> Actors:
        """The other party of an act of `actors` at a token: the only other one in its sentence, else the document's."""
        tree = page.tree
        sentence = [i for i in range(len(tree)) if tree.sent[i] == tree.sent[at]]
        acting = [i for i in sentence if (mention := page.parties.at[i]) is not None and mention.how != "place"]
        near = tuple(actor for actor in without(page.parties.inside(acting), actors) if actor.kind == "state"
                     or actor.code == "EUR")
        if len(near) == 1:
            return near
        codes = {actor.code for actor in actors}
        if len(self.main) == 2 and len(codes) == 1 and codes <= {actor.code for actor in self.main}:
            other = without(self.main, actors)
            paragraph = {actor.code for actor in page.parties.inside(range(len(tree)))}
            if other[0].code in {actor.code for actor in near} or (not near and (
                    other[0].code in paragraph or self.share >= 0.5)):
                return other
        places = tuple(actor for actor in without(page.parties.inside(sentence), actors) if actor.kind == "state")
        return places if len(places) == 1 and not near else ()

    def pair(self) -> Actors:
        """The two that a bilateral document is about; empty if it is about more."""
        return self.main if self.bilateral else ()

    def complete(self, candidate: Candidate) -> bool:
        """Fills missing parties in; False where the event must be dropped for want of them."""
        frame, page, match = candidate.frame, candidate.page, candidate.match
        trigger = match.clause.trigger
        bare_noun = match.noun and match.clause.construction == "nominal"
        if bare_noun and len(candidate.codes) < 2 and not self._host(candidate) and not self._standing(candidate) and not (
                self._named_only(candidate)):
            return False
        if not candidate.actors and not self._actors(candidate):
            return False
        if not candidate.recipients:
            recipients: Actors = ()
            if candidate.type in JUDGING:
                recipients = without(self.doer(candidate), candidate.actors)
            doers, recalled = self.recall(page, match.matched)
            recipients = recipients or without(merge(doers, recalled) if {a.code for a in candidate.actors} <= {
                a.code for a in (*doers, *recalled)} else (), candidate.actors)
            if frame.infer:
                recipients = recipients or self.partner(candidate.actors, page, trigger)
            if not recipients and not frame.alone:
                return False
            candidate.recipients = recipients
            candidate.factors.append("recipient_inferred" if recipients else "recipient_absent")
        return bool(candidate.actors) and not _same(candidate)

    def _actors(self, candidate: Candidate) -> bool:
        """Finds the actors of a clause that names none."""
        frame, page, match = candidate.frame, candidate.page, candidate.match
        if self._everyone(candidate) or self._put_off(candidate):
            return True
        if self._other_side(candidate):
            return True
        if match.clause.construction not in ("passive-bare", "nominal", "light", "none") and frame.actor != "none":
            if frame.type != "PROTEST":
                return False
        if frame.type in JUDGING and frame.type != "PROTEST" and not frame.reciprocal:
            return False
        if frame.type == "PROTEST":
            where = merge(*(page.parties.any(n) for name in ("in", "at", "outside", "across") for n in
                            (*match.clause.preps.get(name, ()), *match.clause.object_preps.get(name, ()))))
            candidate.actors = without(where, candidate.recipients)[:1] or without(
                self.pair() if self._in_pair(candidate.recipients) else (), candidate.recipients)
            candidate.factors.append("actor_inferred")
            return bool(candidate.actors)
        actors, recipients = self.recall(page, match.matched or [match.clause.trigger])
        if frame.reciprocal:
            everyone = merge(actors, recipients) or (self.pair() if not self._with(candidate) else ())
            if candidate.recipients and not {a.code for a in candidate.recipients} <= {a.code for a in everyone}:
                return False
            actors, candidate.recipients = everyone[:1], everyone[1:]
            candidate.reciprocal = True
        elif candidate.recipients:
            actors = without(actors, candidate.recipients)
            if not actors and frame.type == "COERCE":  # "was arrested in Beijing"
                actors = without(merge(*(page.parties.any(n) for n in match.clause.preps.get("in", ()))),
                                 candidate.recipients)[:1]
            if not actors and frame.infer and frame.type not in ("MOBILIZE", "ASSAULT") and self._in_pair(candidate.recipients):
                actors = without(self.pair(), candidate.recipients)
        elif actors:
            candidate.recipients = recipients
        elif candidate.type in ("SANCTION", "CONCEDE") and match.clause.construction == "passive-bare" and self.pair():
            actors = tuple(actor for actor in self.doers.get("SANCTION", ()) if self._in_pair((actor,)))[:1]
            candidate.recipients = without(self.pair(), actors) if actors else ()
        if not actors:
            return False
        candidate.actors = actors
        candidate.factors.append("actor_inferred")
        return True

    def _everyone(self, candidate: Candidate) -> bool:
        """"The ministers", "delegations", "the session" without a nationality: both sides of a text about two."""
        tree = candidate.page.tree
        plural = [i for i in candidate.match.clause.agents if tree.lemma[i] in self.both and (
            tree.tag[i] in ("NNS", "NNPS") or tree.lemma[i] in ("session", "meeting", "summit", "half"))]
        if not plural or not candidate.frame.reciprocal or not self.pair():
            return False
        if candidate.recipients and not self._in_pair(candidate.recipients):
            return False
        candidate.actors, candidate.recipients, candidate.reciprocal = self.main[:1], self.main[1:], True
        candidate.factors.append("actor_inferred")
        return True

    def _other_side(self, candidate: Candidate) -> bool:
        """A subject of whom only this is known, that it is a person or a force, acting on one of two: the other acts."""
        tree, match = candidate.page.tree, candidate.match
        if match.noun or not candidate.frame.infer or not self._in_pair(candidate.recipients) or len(
                {actor.code for actor in candidate.recipients}) != 1:
            return False
        agents = [i for i in match.clause.agents if tree.lemma[i] in self.people or (
            tree.pos[i] == "PROPN" and candidate.page.parties.at[i] is None and tree.ents[i] == "PERSON")]
        if not agents or any(candidate.page.parties.owner(i) for i in agents):
            return False
        candidate.actors = without(self.pair(), candidate.recipients)
        candidate.factors.append("actor_inferred")
        return bool(candidate.actors)

    def _put_off(self, candidate: Candidate) -> bool:
        """Talks that were put off, nobody says by whom: both sides' doing."""
        tree, match = candidate.page.tree, candidate.match
        if candidate.type != "REJECT" or match.clause.construction != "passive-bare" or not self.pair() or not any(
                tree.lemma[i] in self.talks for i in match.matched):
            return False
        candidate.actors, candidate.recipients, candidate.reciprocal = self.main[:1], self.main[1:], True
        candidate.factors.append("actor_inferred")
        return True

    def _with(self, candidate: Candidate) -> bool:
        """Whether the noun names a partner of its own, who is no actor known ("talks with the unions")."""
        tree = candidate.page.tree
        return any(name in ("with", "between") for i in candidate.match.matched for name in prepositions(tree, i))

    def _host(self, candidate: Candidate) -> bool:
        """Takes the parties of a meeting from the clause it hangs on ("signed the accord after talks in Doha")."""
        tree, page = candidate.page.tree, candidate.page
        if candidate.type != "CONSULT" or not candidate.frame.reciprocal:
            return False
        at = candidate.match.clause.trigger
        if tree.dep[at] != "pobj" or tree.lower[tree.head[at]] not in ("after", "during", "at", "following", "in", "before"):
            return False
        verb = next((top for top in tree.climb(at) if tree.pos[top] == "VERB"), None)
        if verb is None:
            return False
        host = verb_clause(tree, verb)
        found = merge(candidate.actors, candidate.recipients, *(page.parties.agent(i)[0] for i in host.agents),
                      *(page.parties.any(n) for n in host.preps.get("with", ())))
        if len(found) < 2:
            return False
        candidate.actors, candidate.recipients, candidate.reciprocal = found[:1], found[1:], True
        return True

    def _named_only(self, candidate: Candidate) -> bool:
        """A meeting or clash told as a noun without parties, where something came after it or was said when it was."""
        tree, at = candidate.page.tree, candidate.match.clause.trigger
        if not candidate.frame.reciprocal or candidate.type not in ("CONSULT", "ASSAULT") or candidate.codes or not self.pair():
            return False
        if any(name in ("with", "between") for name in candidate.match.clause.preps):
            return False
        up = tree.head[at]
        if tree.dep[at] != "pobj" or tree.lower[up] not in ("after", "since", "during", "following", "at", "in", "by", "until"):
            return False
        candidate.actors, candidate.recipients, candidate.reciprocal = self.main[:1], self.main[1:], True
        candidate.factors.append("actor_inferred")
        return True

    def _standing(self, candidate: Candidate) -> bool:
        """A measure named with only its target or its imposer ("the embargo on Mexican tuna") in a text about two."""
        standing = candidate.frame.modality == "ongoing"
        deed = candidate.type in MATERIAL and candidate.frame.infer and bool(candidate.actors)
        if not (standing or deed) or len(candidate.codes) != 1 or not self.pair():
            return False
        known = candidate.actors or candidate.recipients
        other = without(self.pair(), known)
        if not self._in_pair(known) or len(other) != 1:
            return False
        if candidate.actors:
            candidate.recipients = other
            candidate.factors.append("recipient_inferred")
        else:
            candidate.actors = other
            candidate.factors.append("actor_inferred")
        return True

    def _in_pair(self, actors: Actors) -> bool:
        return bool(self.pair()) and bool(actors) and all(actor.code in {a.code for a in self.main} for actor in actors)


def _same(candidate: Candidate) -> bool:
    mine = {actor.code for actor in candidate.actors}
    theirs = {actor.code for actor in candidate.recipients}
    return bool(theirs) and theirs <= mine
