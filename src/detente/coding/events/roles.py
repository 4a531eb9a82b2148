"""Who acts and who is acted upon: from the grammar of a matched clause to actors and recipients."""

from __future__ import annotations

from dataclasses import dataclass

from detente.codebook.lexicon import Frame
from detente.coding.events.candidate import frame_of
from detente.coding.events.parties import Actors, Parties, merge, without
from detente.engines.rules.clause import prepositions
from detente.engines.rules.frames import Match
from detente.engines.rules.tree import NOMINAL

DEFAULT = ("object", "dative", "with", "to", "against", "from", "on", "object-noun", "toward", "towards", "over", "for")
TALKING = frozenset(("AGREE", "SUPPORT", "CONSULT"))
TOGETHER = frozenset(("with", "between", "among", "object"))
"""Where a recipient stands who takes part as much as the actor does."""
BETWEEN = frozenset(("between", "among"))


@dataclass
class Roles:
    """The parties of a clause as its grammar gives them. `deed` marks an actor known only through a thing of theirs."""

    actors: Actors = ()
    recipients: Actors = ()
    reciprocal: bool = False
    deed: bool = False


def roles(match: Match, frame: Frame, parties: Parties) -> Roles:
    """The roles of the parties of a match, from its own clause only."""
    found = Roles()
    clause, tree = match.clause, match.clause.tree
    pair = _pair(match, parties)
    agents = clause.objects if frame.actor == "object" else clause.agents
    if frame.actor != "none":
        groups: list[Actors] = []
        for i in agents:
            actors, deed = parties.agent(i)
            if (
                not actors and match.noun
            ):  # possessors and compounds need not be agentive: "the Tokyo talks" is left out below
                actors = parties.any(i) if tree.dep[i] in ("poss", "pobj") else ()
            found.deed = found.deed or (deed and not groups)
            groups.append(actors)
        found.actors = merge(*groups)
        if match.noun and not found.actors:
            found.actors = _modifiers(match, frame, parties)
    if frame.actor == "none" and not frame.reciprocal:
        found.actors = merge(*(parties.owner(i) for i in match.matched))
        found.deed = True
    if frame.reciprocal and len(pair) > 1:
        more = without(_slots(match, frame, parties, pair)[0], pair)
        found.actors, found.recipients, found.reciprocal = pair[:1], merge(pair[1:], more), True
        return found
    if frame.reciprocal and len(found.actors) > 1:
        found.recipients = merge(
            found.actors[1:], without(_slots(match, frame, parties, found.actors)[0], found.actors)
        )
        found.actors, found.reciprocal = found.actors[:1], True
        return found
    found.recipients, slot = _slots(match, frame, parties, found.actors)
    if len(pair) > 1 and not found.actors and {a.code for a in found.recipients} <= {a.code for a in pair}:
        found.actors, found.recipients, found.reciprocal = pair[:1], pair[1:], frame.reciprocal
    found.reciprocal = frame.reciprocal and (slot in TOGETHER or frame.type == "CONSULT" or not found.recipients)
    return found


def _modifiers(match: Match, frame: Frame, parties: Parties) -> Actors:
    """The actors before an event noun: "the Chinese ban", "US airstrikes"."""
    tree, i = match.clause.tree, match.clause.trigger
    found: Actors = ()
    for kid in tree.kids[i]:
        if tree.dep[kid] in ("amod", "compound", "nmod") and parties.at[kid] is not None:
            found = merge(
                found, parties.any(kid), *(parties.any(low) for low in tree.every(kid, "conj", "compound", "amod"))
            )
    return found


def _pair(match: Match, parties: Parties) -> Actors:
    """Parties named together: "between A and B", "A-B talks", "the two sides' talks"."""
    clause, tree = match.clause, match.clause.tree
    heads = [clause.trigger, *match.matched]
    found: Actors = ()
    own = [item for i in match.matched if i not in clause.objects for item in prepositions(tree, i).items()]
    for name, nouns in (*clause.preps.items(), *clause.object_preps.items(), *own):
        if name in BETWEEN:
            found = merge(found, *(parties.any(n) for n in nouns))
    if len(found) > 1:
        return found
    for i in heads:
        if tree.pos[i] not in NOMINAL:
            continue
        before = [
            at
            for at in tree.phrase(i)
            if at < i and tree.dep[at] in ("amod", "compound", "nmod", "poss", "conj", "punct", "npadvmod")
        ]
        named = tuple(actor for actor in parties.inside(before) if actor.kind == "state" or actor.code == "EUR")
        if len(named) > 1:
            return named
    return ()


def _slots(match: Match, frame: Frame, parties: Parties, actors: Actors) -> tuple[Actors, str]:
    """The recipients in the first place, in the frame's order, that names any other than the actors, and that place."""
    for slot in frame.to or DEFAULT:
        found = without(_slot(slot, match, parties), actors)
        if frame.states:
            found = tuple(actor for actor in found if actor.kind == "state")
        if found:
            return found, slot
    return (), ""


def _slot(slot: str, match: Match, parties: Parties) -> Actors:
    clause, tree = match.clause, match.clause.tree
    if slot == "object":
        heads = clause.objects or match.matched
        return merge(*(parties.any(i) for i in heads if tree.pos[i] in NOMINAL))
    if slot == "sentence":
        here = (i for i in range(len(tree)) if tree.sent[i] == tree.sent[clause.trigger])
        return tuple(actor for actor in parties.inside(here) if actor.kind == "state")
    if slot == "subject":
        return merge(*(parties.any(i) for i in clause.agents))
    if slot == "dative":
        return merge(*(parties.any(i) for i in clause.datives))
    if slot == "object-noun":
        tokens = [at for i in (clause.objects or match.matched) for at in tree.phrase(i)]
        if frame_of(match).type in TALKING:  # "signed a treaty in Algiers": the place is no party
            tokens = [at for at in tokens if not parties.is_place(at)]
        return tuple(actor for actor in parties.inside(tokens) if actor.kind == "state" or actor.code == "EUR")
    if slot == "object-clause":
        return parties.inside(at for i in clause.objects for at in range(tree.left[i], tree.right[i] + 1))
    if slot == "clause":
        top = clause.complement
        if top is None:
            return ()
        first = merge(*(parties.any(kid) for kid in tree.kids[top] if tree.dep[kid] in ("nsubj", "nsubjpass", "dobj")))
        return merge(first, parties.inside(range(tree.left[top], tree.right[top] + 1)))
    nouns = list(clause.preps.get(slot, ()))
    nouns.extend(clause.object_preps.get(slot, ()))
    for i in match.matched:
        if i not in clause.objects:
            nouns.extend(prepositions(tree, i).get(slot, ()))
    for word in match.rest:
        if tree.lower[word] == slot:
            nouns.extend(low for kid in tree.every(word, "pobj") for low in tree.coordinated(kid))
    if slot == "with":  # "restored with Qatari help": a helper's deed is no partner
        partners = merge(*(parties.agent(n)[0] for n in nouns if tree.lemma[n] not in parties.deeds))
        return partners or merge(*(parties.any(n) for n in nouns if tree.pos[n] == "PROPN"))
    found = merge(*(parties.any(n) for n in nouns if tree.pos[n] in NOMINAL))
    if not found:
        found = parties.inside(at for n in nouns for at in tree.phrase(n))
    return found
