"""The tight words that carry an event."""

from __future__ import annotations

from detente.coding.events.candidate import Candidate
from detente.engines.rules.tree import NOMINAL, Tree

MOST, LEAST = 25, 3
"""Longest and shortest quote, in words."""
SMALL = frozenset(
    (",", ";", ":", "-", "–", "—", "and", "but", "or", "that", "which", "who", '"', "“", "”", "'", "(", ")", ".")
)


def quote(candidate: Candidate) -> tuple[int, int]:
    """First and last token of the trigger with its arguments, at most 25 words long."""
    clause, tree = candidate.match.clause, candidate.page.tree
    core = {clause.trigger, clause.verb, *candidate.match.rest}
    for kid in tree.kids[clause.verb]:
        if tree.dep[kid] in ("aux", "auxpass", "neg", "prt"):
            core.add(kid)
    first, last = min(core), max(core)
    steps = []
    for i in (*candidate.match.matched, *clause.objects[:4]):
        steps.append(_span(tree, i, clause.trigger))
    for nouns in clause.preps.values():
        steps.extend(_span(tree, n, clause.trigger) for n in nouns[:3])
    if clause.complement is not None:
        low = clause.complement
        steps.append((min(low, tree.left[low]), min(tree.right[low], tree.left[low] + 12)))
    for i in clause.agents[:3]:
        steps.append(_span(tree, i, clause.trigger))
    sentence = tree.sent[clause.trigger]
    for a, b in steps:
        low, high = min(first, a), max(last, b)
        if _words(tree, low, high) <= MOST and tree.sent[low] == tree.sent[high] == sentence:
            first, last = low, high
    while first < min(core) and (tree.lower[first] in SMALL or tree.pos[first] in ("PUNCT", "SPACE")):
        first += 1
    while last > max(core) and tree.pos[last] in ("PUNCT", "SPACE", "CCONJ"):
        last -= 1
    while _words(tree, first, last) < LEAST:
        if last + 1 < len(tree) and tree.sent[last + 1] == sentence and tree.pos[last + 1] != "PUNCT":
            last += 1
        elif first > 0 and tree.sent[first - 1] == sentence:
            first -= 1
        else:
            break
    return first, last


def _span(tree: Tree, i: int, trigger: int) -> tuple[int, int]:
    if tree.pos[i] not in NOMINAL:
        return i, i
    a, b = tree.span(i)
    return (i, i) if a <= trigger <= b and i != trigger else (a, b)


def _words(tree: Tree, first: int, last: int) -> int:
    return sum(
        1 for i in range(first, last + 1) if tree.pos[i] not in ("PUNCT", "SPACE", "PART") or tree.lower[i] == "not"
    )
