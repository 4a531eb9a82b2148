"""Acts done by modal verbs in somebody's words: "Cuba must end its meddling, he said"."""

from __future__ import annotations

from detente.codebook.lexicon import Lexicon
from detente.coding.events.candidate import Page
from detente.coding.events.parties import merge
from detente.engines.rules.clause import Clause, surface, verb_clause
from detente.engines.rules.frames import Match
from detente.engines.rules.modality import DUTY
from detente.engines.rules.tree import Tree

MUST = "must-do"
"""The frame in `frames.yml` that a demand by modal verb takes."""


def speaker(tree: Tree, v: int, report: frozenset[str]) -> list[int]:
    """The subject of the reporting verb whose words the clause of `v` is; empty where there is none."""
    at = v
    for _ in range(4):
        dep, head = tree.dep[at], tree.head[at]
        if dep == "conj":
            at = head
            continue
        if dep == "ccomp" and tree.lemma[head] in report:
            return surface(tree, head)[0]
        return []
    return []


def demands(page: Page, lexicon: Lexicon) -> list[Match]:
    """What a speaker says another party must or should do, as matches of the frame `must-do`."""
    tree = page.tree
    frame = next((frame for frame in lexicon.frames if frame.name == MUST), None)
    found: list[Match] = []
    if frame is None:
        return found
    for i, word in enumerate(tree.lower):
        if word not in DUTY or tree.dep[i] != "aux":
            continue
        verb = tree.head[i]
        said = speaker(tree, verb, lexicon.report)
        if not said or (any(tree.dep[kid] == "neg" for kid in tree.kids[verb]) and word == "need"):
            continue
        inner = verb_clause(tree, verb)
        who = merge(*(page.parties.agent(n)[0] for n in said))
        whom = inner.agents or inner.objects
        asked = merge(*(page.parties.any(n) for n in whom))
        if not who or not asked or {a.code for a in who} & {a.code for a in asked}:
            continue
        clause = Clause(tree=tree, trigger=verb, verb=verb, construction="controlled", agents=said, objects=whom)
        found.append(Match(frame, clause, False, list(whom)))
    return found


def is_own(page: Page, clause: Clause, report: frozenset[str]) -> bool:
    """Whether the actors of a clause speak of themselves ("Turkey said it might withdraw its envoy")."""
    said = merge(*(page.parties.agent(n)[0] for n in speaker(page.tree, clause.verb, report)))
    own = merge(*(page.parties.agent(n)[0] for n in clause.agents))
    return bool(said) and {a.code for a in said} == {a.code for a in own}
