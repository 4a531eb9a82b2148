"""Fills in the parties that a clause leaves out, from its sentence and its document; lowers the confidence for it."""

from __future__ import annotations

from detente.coding.events.candidate import Candidate
from detente.coding.events.discourse import JUDGING, Discourse
from detente.coding.events.guess import guess
from detente.coding.events.parties import Actors, merge, without
from detente.engines.rules.clause import prepositions, verb_clause

MATERIAL = frozenset(("ASSAULT", "SANCTION", "COERCE", "MOBILIZE", "RETREAT"))
WHEN = frozenset(("after", "since", "during", "following", "at", "in", "by", "until", "before"))
"""Prepositions before a noun that names something that happened."""


def complete(scene: Discourse, candidate: Candidate) -> bool:
    """Fills missing parties in; False where the event must be dropped for want of them."""
    told = (candidate.actors, candidate.recipients, candidate.reciprocal, list(candidate.factors))
    if candidate.type == "REQUEST" and not candidate.recipients and _own_people(candidate):
        return False
    if _near(scene, candidate):
        return True
    candidate.actors, candidate.recipients, candidate.reciprocal, candidate.factors = told
    return guess(scene, candidate) and not _same(candidate)


def _own_people(candidate: Candidate) -> bool:
    """Whether those who are told to act are the actor's own ("ordered his forces to leave")."""
    tree = candidate.page.tree
    return any(
        tree.lower[kid] in ("his", "its", "their", "her", "our")
        for i in candidate.match.clause.objects
        for kid in tree.every(i, "poss")
    )


def _near(scene: Discourse, candidate: Candidate) -> bool:
    """Fills in from clause, sentence and what the text has said of the same thing."""
    frame, page, match = candidate.frame, candidate.page, candidate.match
    trigger = match.clause.trigger
    bare_noun = match.noun and match.clause.construction == "nominal"
    if (
        bare_noun
        and len(candidate.codes) < 2
        and not _host(candidate)
        and not _standing(scene, candidate)
        and not (_named_only(scene, candidate))
    ):
        return False
    if not candidate.actors and not _actors(scene, candidate):
        return False
    if not candidate.recipients and len(candidate.actors) == 2 and scene.within(candidate.actors):
        # "each government alleged that the other …": the two do it to each other
        candidate.actors, candidate.recipients, candidate.reciprocal = candidate.actors[:1], candidate.actors[1:], True
    if not candidate.recipients:
        recipients: Actors = ()
        if candidate.type in JUDGING:
            recipients = without(scene.doer(candidate), candidate.actors)
        doers, recalled = scene.recall(page, match.matched)
        recipients = recipients or without(
            merge(doers, recalled)
            if {a.code for a in candidate.actors} <= {a.code for a in (*doers, *recalled)}
            else (),
            candidate.actors,
        )
        if frame.infer:
            recipients = recipients or scene.partner(candidate.actors, page, trigger)
            if not recipients and candidate.type == "ACCUSE" and scene.within(scene.offender):
                recipients = without(scene.offender, candidate.actors)  # a third party speaks of the last offence
        if not recipients and not frame.alone:
            return False
        candidate.recipients = recipients
        candidate.factors.append("recipient_inferred" if recipients else "recipient_absent")
    return bool(candidate.actors) and not _same(candidate)


def _actors(scene: Discourse, candidate: Candidate) -> bool:
    """Finds the actors of a clause that names none."""
    frame, page, match = candidate.frame, candidate.page, candidate.match
    if _everyone(scene, candidate) or _put_off(scene, candidate) or _other_side(scene, candidate):
        return True
    if frame.type == "PROTEST":
        return _crowd(scene, candidate)
    if match.clause.construction not in ("passive-bare", "nominal", "light", "none") and frame.actor != "none":
        return False
    if frame.type in JUDGING and not frame.reciprocal:
        return False
    actors, recipients = scene.recall(page, match.matched or [match.clause.trigger])
    if frame.reciprocal:
        everyone = merge(actors, recipients) or (scene.pair() if not _with(candidate) else ())
        if candidate.recipients and not {a.code for a in candidate.recipients} <= {a.code for a in everyone}:
            return False
        actors, candidate.recipients = everyone[:1], everyone[1:]
        candidate.reciprocal = True
    elif candidate.recipients:
        actors = without(actors, candidate.recipients)
        if not actors and frame.type == "COERCE":  # "was arrested in Beijing"
            actors = without(
                merge(*(page.parties.any(n) for n in match.clause.preps.get("in", ()))), candidate.recipients
            )[:1]
        if (
            not actors
            and frame.infer
            and frame.type not in ("MOBILIZE", "ASSAULT")
            and scene.within(candidate.recipients)
        ):
            actors = without(scene.pair(), candidate.recipients)
    elif actors:
        candidate.recipients = recipients
    elif (
        candidate.type in ("SANCTION", "CONCEDE")
        and scene.pair()
        and (match.clause.construction == "passive-bare" or frame.actor == "none")
    ):
        actors = tuple(actor for actor in scene.doers.get("SANCTION", ()) if scene.within((actor,)))[:1]
        candidate.recipients = without(scene.pair(), actors) if actors else ()
    if not actors:
        return False
    candidate.actors = actors
    candidate.factors.append("actor_inferred")
    return True


def _crowd(scene: Discourse, candidate: Candidate) -> bool:
    """A crowd of whom only the place is known is of that place's country."""
    page, match = candidate.page, candidate.match
    where = merge(
        *(
            page.parties.any(n)
            for name in ("in", "at", "outside", "across")
            for n in (*match.clause.preps.get(name, ()), *match.clause.object_preps.get(name, ()))
        )
    )
    candidate.actors = without(where, candidate.recipients)[:1] or without(
        scene.pair() if scene.within(candidate.recipients) else (), candidate.recipients
    )
    candidate.factors.append("actor_inferred")
    return bool(candidate.actors)


def _everyone(scene: Discourse, candidate: Candidate) -> bool:
    """For "the ministers", "delegations", "the session" without a nationality: both sides of a text about two."""
    tree = candidate.page.tree
    plural = [
        i
        for i in candidate.match.clause.agents
        if tree.lemma[i] in scene.both
        and (
            tree.tag[i] in ("NNS", "NNPS")
            or tree.lemma[i] in ("session", "meeting", "summit", "half", "committee", "commission", "group", "panel")
        )
    ]
    if not plural or not candidate.frame.reciprocal or not scene.pair():
        return False
    if candidate.recipients and not scene.within(candidate.recipients):
        return False
    candidate.actors, candidate.recipients, candidate.reciprocal = scene.main[:1], scene.main[1:], True
    candidate.factors.append("actor_inferred")
    return True


def _other_side(scene: Discourse, candidate: Candidate) -> bool:
    """A subject known only to be a person or a force, who acts on one of two: the other acts."""
    tree, match = candidate.page.tree, candidate.match
    if (
        match.noun
        or not candidate.frame.infer
        or not scene.within(candidate.recipients)
        or len({actor.code for actor in candidate.recipients}) != 1
    ):
        return False
    agents = [
        i
        for i in match.clause.agents
        if tree.lemma[i] in scene.people
        or (tree.pos[i] == "PROPN" and candidate.page.parties.at[i] is None and tree.ents[i] == "PERSON")
    ]
    if not agents or any(candidate.page.parties.owner(i) for i in agents):
        return False
    candidate.actors = without(scene.pair(), candidate.recipients)
    candidate.factors.append("actor_inferred")
    return bool(candidate.actors)


def _put_off(scene: Discourse, candidate: Candidate) -> bool:
    """Talks that were put off, nobody says by whom: both sides' doing."""
    tree, match = candidate.page.tree, candidate.match
    if (
        candidate.type != "REJECT"
        or match.clause.construction != "passive-bare"
        or not scene.pair()
        or not any(tree.lemma[i] in scene.talks for i in match.matched)
    ):
        return False
    candidate.actors, candidate.recipients, candidate.reciprocal = scene.main[:1], scene.main[1:], True
    candidate.factors.append("actor_inferred")
    return True


def _with(candidate: Candidate) -> bool:
    """Whether the noun names a partner of its own, who is no actor known ("talks with the unions")."""
    tree = candidate.page.tree
    return any(name in ("with", "between") for i in candidate.match.matched for name in prepositions(tree, i))


def _host(candidate: Candidate) -> bool:
    """Takes the parties of a meeting from the clause it hangs on ("signed the accord after talks in Doha")."""
    tree, page = candidate.page.tree, candidate.page
    if candidate.type != "CONSULT" or not candidate.frame.reciprocal:
        return False
    at = candidate.match.clause.trigger
    if tree.dep[at] != "pobj" or tree.lower[tree.head[at]] not in WHEN:
        return False
    verb = next((top for top in tree.climb(at) if tree.pos[top] == "VERB"), None)
    if verb is None:
        return False
    host = verb_clause(tree, verb)
    found = merge(
        candidate.actors,
        candidate.recipients,
        *(page.parties.agent(i)[0] for i in host.agents),
        *(page.parties.any(n) for n in host.preps.get("with", ())),
    )
    if len(found) < 2:
        return False
    candidate.actors, candidate.recipients, candidate.reciprocal = found[:1], found[1:], True
    return True


def _named_only(scene: Discourse, candidate: Candidate) -> bool:
    """A meeting or clash told as a noun without parties, where something came after it or was said when it was."""
    tree, at = candidate.page.tree, candidate.match.clause.trigger
    if (
        not candidate.frame.reciprocal
        or candidate.type not in ("CONSULT", "ASSAULT")
        or candidate.codes
        or not scene.pair()
    ):
        return False
    if any(name in ("with", "between") for name in candidate.match.clause.preps):
        return False
    up = tree.head[at]
    if tree.dep[at] != "pobj" or tree.lower[up] not in WHEN:
        return False
    candidate.actors, candidate.recipients, candidate.reciprocal = scene.main[:1], scene.main[1:], True
    candidate.factors.append("actor_inferred")
    return True


def _standing(scene: Discourse, candidate: Candidate) -> bool:
    """A measure named with only its target or its imposer ("the embargo on Mexican tuna") in a text about two."""
    standing = candidate.frame.modality == "ongoing"
    deed = candidate.type in MATERIAL and candidate.frame.infer and bool(candidate.actors)
    if not (standing or deed) or len(candidate.codes) != 1 or not scene.pair():
        return False
    known = candidate.actors or candidate.recipients
    other = without(scene.pair(), known)
    if not scene.within(known) or len(other) != 1:
        return False
    if candidate.actors:
        candidate.recipients = other
        candidate.factors.append("recipient_inferred")
    else:
        candidate.actors = other
        candidate.factors.append("actor_inferred")
    return True


def _same(candidate: Candidate) -> bool:
    mine = {actor.code for actor in candidate.actors}
    theirs = {actor.code for actor in candidate.recipients}
    return bool(theirs) and theirs <= mine
