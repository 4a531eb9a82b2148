"""What the grammar says of a trigger and a candidate party, as numbers for the role head."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from detente.coding.events.candidate import Candidate, Page
from detente.coding.events.discourse import Discourse
from detente.coding.events.guess import FIRST, THIRD
from detente.coding.learned.scene import Party, Sight, Spot
from detente.engines.rules.clause import Clause, noun_clause, verb_clause
from detente.engines.rules.tree import Tree
from detente.model import codes

KINDS = ("name", "person", "office", "agency", "group", "pronoun")
PREPOSITIONS = tuple("with to against on from by between of for in at over toward towards into among about".split())
RANKS = 4
LONGEST = 5
"""Longest path in the parse that is told apart, in steps."""
FAR = "far"
NAMES = (
    *(f"rank {number}" for number in range(RANKS + 1)),
    "before",
    "absent",
    *(f"kind {kind}" for kind in KINDS),
    "nationality",
    "place",
    "agentive",
    "coreferent",
    "left",
    "distance",
    "named again",
    "agent",
    "object",
    "dative",
    "of agent",
    "of object",
    *(f"after {name}" for name in PREPOSITIONS),
    *(f"object's {name}" for name in PREPOSITIONS),
    "noun",
    "alone",
    "passive",
    "same quotation",
    "heading",
    "speaker",
    "voice",
    "acted before",
    "undergone before",
    "last named",
    "earlier in paragraph",
    "subject resolved",
    "subject first person",
    "subject third person",
    "subject none",
    "subject other",
    "others named",
    "one of two",
    "rule's actor",
    "rule's recipient",
    "rule",
)
"""The traits of one candidate, in the order of the numbers."""
SHARED = ("agent", "of agent", "object", "of object", "rule's actor", "rule's recipient", "speaker", "acted before")
"""Traits of which each candidate is also told whether another has them."""
NUMBERS = (*NAMES, *(f"another is {name}" for name in SHARED))
"""All traits of a candidate, those of the others included."""
_AT = {name: number for number, name in enumerate(NAMES)}


def clause_at(tree: Tree, i: int, light: frozenset[str]) -> Clause:
    """The clause of a trigger, verb or noun."""
    if tree.pos[i] in ("VERB", "AUX"):
        return verb_clause(tree, i)
    return noun_clause(tree, i, light, transitive=False)


@dataclass(frozen=True, slots=True)
class Hint:
    """What is known of a trigger beside its sentence.

    `rule` is what the rules find there, `quoted` the tokens inside quotation marks, `speaker` and `voice` the codes of
    whose words it stands in and of whose the text is, `before` the actors and recipients of the event before it.
    """

    rule: Candidate | None = None
    quoted: frozenset[int] = frozenset()
    speaker: frozenset[str] = frozenset()
    voice: frozenset[str] = frozenset()
    before: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    two: frozenset[str] = frozenset()
    """The two that the document is mostly about."""


def hint_at(
    sight: Sight,
    trigger: int,
    discourse: Discourse,
    rule: Candidate | None,
    quoted: frozenset[int],
    before: tuple[frozenset[str], frozenset[str]],
) -> Hint:
    """What is known of a trigger beside its sentence."""
    speaker = discourse.speaker(sight.page, trigger) if trigger in quoted else ()
    told, voice, two = (frozenset(codes(actors)) for actors in (speaker, discourse.voice, discourse.two()))
    return Hint(rule, quoted, told, voice, before, two)


def traits(sight: Sight, clause: Clause, party: Party, spot: Spot | None, hint: Hint) -> list[float]:
    """The numbers of one candidate at one place; of one that the sentence does not name where `spot` is None.

    Args:
        sight: The sentence.
        clause: The clause of the trigger.
        party: The candidate.
        spot: One of its places.
        hint: What is known beside the sentence.
    """
    row = [0.0] * len(NAMES)
    tree, trigger = clause.tree, clause.trigger
    row[_AT[f"rank {min(party.rank, RANKS)}"]] = 1.0
    row[_AT["before"]] = float(party.before)
    row[_AT["noun"]] = float(tree.pos[trigger] not in ("VERB", "AUX"))
    row[_AT["passive"]] = float(clause.construction.startswith("passive"))
    _around(row, sight, clause, party, hint)
    rule = hint.rule
    if rule is not None:
        row[_AT["rule"]] = 1.0
        row[_AT["rule's actor"]] = float(any(actor.code == party.actor.code for actor in rule.actors))
        row[_AT["rule's recipient"]] = float(any(actor.code == party.actor.code for actor in rule.recipients))
    row[_AT["alone"]] = float(sum(bool(other.spots) for other in sight.parties) == 1)
    if spot is None:
        row[_AT["absent"]] = 1.0
        return row
    at = spot.token
    if spot.how == "nationality":
        row[_AT["nationality"]] = 1.0
    elif spot.kind in KINDS:
        row[_AT[f"kind {spot.kind}"]] = 1.0
    row[_AT["place"]] = float(spot.how == "place")
    row[_AT["coreferent"]] = float(spot.how == "coreference")
    row[_AT["agentive"]] = float(spot.agentive)
    row[_AT["left"]] = float(at < trigger)
    row[_AT["distance"]] = math.log1p(abs(at - trigger)) / 3.0
    row[_AT["named again"]] = float(len(party.spots) > 1)
    row[_AT["same quotation"]] = float((at in hint.quoted) == (trigger in hint.quoted))
    heads = {at, tree.head[at]} if tree.dep[at] in ("poss", "amod", "compound", "nmod", "appos") else {at}
    row[_AT["agent"]] = float(at in clause.agents)
    row[_AT["object"]] = float(at in clause.objects)
    row[_AT["dative"]] = float(at in clause.datives)
    row[_AT["of agent"]] = float(bool(heads & set(clause.agents)) or _within(tree, at, clause.agents))
    row[_AT["of object"]] = float(bool(heads & set(clause.objects)) or _within(tree, at, clause.objects))
    for prefix, preps in (("after", clause.preps), ("object's", clause.object_preps)):
        for name, nouns in preps.items():
            key = f"{prefix} {name}"
            if key in _AT and (heads & set(nouns) or _within(tree, at, nouns)):
                row[_AT[key]] = 1.0
    return row


def with_others(rows: Sequence[list[float]], owner: Sequence[int]) -> list[list[float]]:
    """The traits of all candidates, each with whether another candidate has the traits in `SHARED`."""
    having = {name: {number for row, number in zip(rows, owner, strict=True) if row[_AT[name]]} for name in SHARED}
    return [
        [*row, *(float(bool(having[name] - {number})) for name in SHARED)]
        for row, number in zip(rows, owner, strict=True)
    ]


def _around(row: list[float], sight: Sight, clause: Clause, party: Party, hint: Hint) -> None:
    """What the rest of the document says of a candidate."""
    code, page, tree = party.actor.code, sight.page, clause.tree
    row[_AT["heading"]] = float(page.paragraph.heading)
    row[_AT["speaker"]] = float(code in hint.speaker)
    row[_AT["one of two"]] = float(code in hint.two)
    row[_AT["voice"]] = float(code in hint.voice)
    row[_AT["acted before"]] = float(code in hint.before[0])
    row[_AT["undergone before"]] = float(code in hint.before[1])
    row[_AT["last named"]] = float(code in _last_named(page, clause.trigger))
    row[_AT["earlier in paragraph"]] = float(_named_in(page, 0, sight.first, code))
    row[_AT["others named"]] = float(any(other.spots for other in sight.parties if other.actor.code != code))
    row[_AT[f"subject {_subject(page, clause, tree)}"]] = 1.0


def _subject(page: Page, clause: Clause, tree: Tree) -> str:
    """What kind of words the subject of a clause is."""
    if not clause.agents:
        return "none"
    if any((mention := page.parties.at[i]) is not None and mention.actors for i in clause.agents):
        return "resolved"
    words = {tree.lower[i] for i in clause.agents}
    if words & FIRST:
        return "first person"
    return "third person" if words & THIRD else "other"


def _last_named(page: Page, trigger: int) -> frozenset[str]:
    for i in range(trigger - 1, -1, -1):
        mention = page.parties.at[i]
        if mention is not None and mention.actors:
            return frozenset(codes(mention.actors))
    return frozenset()


def _named_in(page: Page, first: int, last: int, code: str) -> bool:
    at = page.parties.at
    return any(
        (mention := at[i]) is not None and any(actor.code == code for actor in mention.actors)
        for i in range(first, last)
    )


def _within(tree: Tree, at: int, heads: list[int]) -> bool:
    return any(tree.left[head] <= at <= tree.right[head] for head in heads if tree.pos[head] not in ("VERB", "AUX"))


def path(tree: Tree, trigger: int, at: int) -> str:
    """The labels of the parse on the way from a trigger to a token, up ("<") and down (">"); `FAR` where it is long."""
    up = _ancestors(tree, trigger)
    down = _ancestors(tree, at)
    meet = next((i for i in down if i in up), None)
    if meet is None:
        return FAR
    rise, fall = up.index(meet), down.index(meet)
    if rise + fall > LONGEST:
        return FAR
    steps = [f"{tree.dep[i]}<" for i in up[:rise]] + [f"{_label(tree, i)}>" for i in reversed(down[:fall])]
    return " ".join(steps)


def _label(tree: Tree, i: int) -> str:
    return f"{tree.dep[i]}:{tree.lower[i]}" if tree.dep[i] == "prep" else tree.dep[i]


def _ancestors(tree: Tree, i: int) -> list[int]:
    found = [i]
    while tree.head[i] != i and len(found) <= LONGEST + 1:
        i = tree.head[i]
        found.append(i)
    return found
