"""Parties by what the document is about: the last resort where neither clause nor sentence names them.

Most texts tell of two states. Of two, who is not the one is the other; who acted last goes on acting; what was imposed
is lifted by who imposed it. Each guess is named in `data/lexicon/confidence.yml` and lowers the confidence.
"""

from __future__ import annotations

from detente.coding.events.candidate import Candidate
from detente.coding.events.discourse import Discourse
from detente.coding.events.parties import Actors, merge, without
from detente.engines.rules.tree import Tree

FIRST = frozenset(("we", "us", "our", "i", "ours", "ourselves"))
SECOND = frozenset(("you", "your"))
THIRD = frozenset(("he", "she", "it", "they", "him", "her", "them"))
TOGETHER = frozenset(("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "RETREAT"))
"""Types that mostly bind both sides, whoever is named first."""
ONE_SIDED = frozenset(("SANCTION", "CONCEDE", "COERCE"))
ANSWERED = {"CONCEDE": ("SANCTION", "COERCE"), "RETREAT": ("COERCE", "MOBILIZE", "ASSAULT")}
"""Acts that end what the same actor did before."""


def guess(scene: Discourse, candidate: Candidate) -> bool:
    """Fills in parties of a candidate from the two states that its document is about; False where it cannot."""
    two = scene.two()
    if not two:
        return False
    named = merge(candidate.actors, candidate.recipients)
    if any(actor.code not in {a.code for a in two} for actor in named):
        return _outsider(candidate, two)
    if candidate.actors and candidate.recipients:
        return False
    if not candidate.frame.infer or (not _open(scene, candidate) and candidate.type not in TOGETHER):
        return False
    if candidate.match.noun and candidate.match.clause.construction == "nominal":
        return _noun(scene, candidate, two)
    if candidate.actors:
        return _fill(candidate, candidate.actors, without(two, candidate.actors), "guessed_recipient")
    if candidate.recipients:
        return False  # who does something to one of two is as often a third as the other
    return _both(scene, candidate, two)


def _fill(candidate: Candidate, actors: Actors, recipients: Actors, why: str) -> bool:
    if len(actors) != 1 or len(recipients) != 1:
        return False
    candidate.actors, candidate.recipients = actors, recipients
    candidate.reciprocal = candidate.frame.reciprocal
    candidate.factors.append(why)
    return True


def _outsider(candidate: Candidate, two: Actors) -> bool:
    """A third party that speaks to nobody named speaks to both."""
    inside = {actor.code for actor in two}
    if candidate.recipients or any(actor.code in inside for actor in candidate.actors):
        return False
    if candidate.type not in ("REQUEST", "CONSULT") or not candidate.frame.infer:
        return False
    candidate.recipients, candidate.reciprocal = two, False
    candidate.factors.append("guessed_both")
    return True


def _noun(scene: Discourse, candidate: Candidate, two: Actors) -> bool:
    """An event noun: parties known from before, else the other of two where one is named."""
    page, at = candidate.page, candidate.match.clause.trigger
    known = candidate.actors or candidate.recipients
    if known:
        other = without(two, known)
        actors, recipients = (known, other) if candidate.actors else (other, known)
        return _fill(candidate, actors, recipients, "guessed_noun")
    actors, recipients = scene.recall(page, [at, *candidate.match.matched])
    if actors and recipients:
        candidate.actors, candidate.recipients = actors, recipients
        candidate.reciprocal = candidate.frame.reciprocal
        candidate.factors.append("recalled_noun")
        return True
    tree = page.tree
    if any(name in ("with", "between", "by", "from") for name in candidate.match.clause.preps) or _indefinite(tree, at):
        return False
    if candidate.frame.reciprocal and candidate.type in ("CONSULT", "ASSAULT") and tree.dep[at] in ("nsubj", "ROOT"):
        return _fill(candidate, two[:1], two[1:], "guessed_noun_pair")
    return False


def _indefinite(tree: Tree, i: int) -> bool:
    return any(tree.lower[kid] in ("a", "an", "another", "any", "no", "every") for kid in tree.kids[i])


def _both(scene: Discourse, candidate: Candidate, two: Actors) -> bool:
    """Neither party is named: by pronoun, by who did it before, by who acted last."""
    if _each(candidate):
        candidate.actors, candidate.recipients, candidate.reciprocal = two[:1], two[1:], True
        candidate.factors.append("guessed_each")
        return True
    actor = _first_person(scene, candidate)
    if actor:
        return _fill(candidate, actor, without(two, actor), "guessed_voice")
    told_off = candidate.match.clause.construction == "passive-bare" or candidate.frame.actor == "none"
    for kind in ANSWERED.get(candidate.type, (candidate.type,)) if told_off and candidate.type in ONE_SIDED else ():
        before = tuple(a for a in scene.doers.get(kind, ()) if a.code in {b.code for b in two})[:1]
        if before:
            return _fill(candidate, before, without(two, before), "guessed_doer")
    if candidate.type in TOGETHER and (candidate.type != "SUPPORT" or candidate.frame.reciprocal):
        first = scene.focus or two[:1]
        return _fill(candidate, first, without(two, first), "guessed_pair")
    return False


def _first_person(scene: Discourse, candidate: Candidate) -> Actors:
    """Whose "we" or "you" is the subject."""
    tree = candidate.page.tree
    for i in candidate.match.clause.agents:
        words = {tree.lower[i], *(tree.lower[kid] for kid in tree.kids[i] if tree.dep[kid] == "poss")}
        if not words & (FIRST | SECOND):
            continue
        voice = scene.speaker(candidate.page, i)
        return voice if words & FIRST or not voice else without(scene.two(), voice)
    return ()


def _each(candidate: Candidate) -> bool:
    """Whether each of two acts ("each government blames the other")."""
    tree = candidate.page.tree
    return any(
        tree.lower[i] in ("each", "both", "neither")
        or any(tree.lower[kid] in ("each", "both", "neither", "either") for kid in tree.kids[i])
        for i in candidate.match.clause.agents
    )


def _open(scene: Discourse, candidate: Candidate) -> bool:
    """Whether the subject's place is empty or held by a person, an office or a pronoun that may act for a state."""
    tree = candidate.page.tree
    agents = candidate.match.clause.agents
    return (
        bool(candidate.actors)
        or not agents
        or any(
            tree.lemma[i] in scene.people or tree.ents[i] == "PERSON" or tree.lower[i] in FIRST | SECOND | THIRD
            for i in agents
        )
    )
