"""What the trained weights make of a paragraph: how sure each phrase is, and the matters told without their noun."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from math import log
from typing import Any

from detente.codebook import Codebook
from detente.codebook.matters import KINDS, Act
from detente.codebook.sense import CLASSES
from detente.matters.acts import doers
from detente.matters.page import Page
from detente.matters.phrase import Phrase
from detente.matters.sides import read_sides
from detente.matters.topic import about
from detente.matters.traits import extent, heads, rows
from detente.model import MatterKind

FAMILY = "sensed"
LEAST = 0.2
"""Probability of a kind from which a word without an entry in the codebook heads a phrase."""

TINY = 1e-4


def weigh(
    page: Page, told: Sequence[Phrase], dyad: Collection[str], counts: Counter[str], book: Codebook
) -> list[Phrase]:
    """The phrases of a paragraph, weighed, and those that only the weights tell.

    Args:
        page: The paragraph.
        told: The phrases that words, names, acts and pronouns give; each gets its `sense`.
        dyad: The two states that the document is about.
        counts: How often each lemma stands in the document.
        book: The codebook with the weights.
    """
    by_head = {phrase.head: phrase for phrase in told}
    seen = rows(page, sorted({*heads(page), *by_head}), by_head, dyad, counts, book.matters)
    found = dict(zip(seen, book.matters.sense.probabilities(list(seen.values())), strict=True)) if seen else {}
    for phrase in told:
        phrase.sense = _odds(found[phrase.head])
    return [*told, *_unnamed(page, told, found, book)]


def _odds(chances: Any) -> float:
    """The log-odds that a word heads a matter's name at all."""
    return log(max(TINY, 1 - chances[0]) / max(TINY, chances[0]))


def _unnamed(page: Page, told: Sequence[Phrase], found: Mapping[int, Any], book: Codebook) -> list[Phrase]:
    tree = page.tree
    covered = {k for phrase in told for k in range(phrase.first, phrase.last + 1)}
    new: list[Phrase] = []
    for i in sorted(found, key=lambda i: (found[i][0], i)):
        kind: MatterKind = max(KINDS, key=lambda kind: found[i][CLASSES.index(kind)])
        if found[i][CLASSES.index(kind)] < LEAST or i in covered:
            continue
        first, last = extent(tree, i)
        if any(k in covered for k in range(first, last + 1)):
            continue
        covered.update(range(first, last + 1))
        new.append(_phrase(page, i, (first, last), kind, book))
        new[-1].sense = _odds(found[i])
    return new


def _phrase(page: Page, i: int, span: tuple[int, int], kind: MatterKind, book: Codebook) -> Phrase:
    tree, (first, last) = page.tree, span
    phrase = Phrase(page, i, first, last, kind, FAMILY, "sensed")
    phrase.terms = about(page, i, first, last, book.matters, include=True)
    phrase.core = span
    if tree.pos[i] != "VERB":
        det = next((tree.lower[kid] for kid in tree.kids[i] if tree.dep[kid] in ("det", "poss") and kid < i), "")
        phrase.definite = det in ("the", "this", "that", "its", "their")
        phrase.indefinite = det in ("a", "an", "any", "no")
        phrase.plural = tree.tag[i] in ("NNS", "NNPS")
        read_sides(phrase)
        return phrase
    phrase.act = Act(kind, FAMILY, "", "", (tree.lemma[i],), frozenset(), False)
    phrase.thing = i
    who = doers(page, i)
    others = [code for code in page.codes(first, last) if code not in who]
    phrase.parties = list(dict.fromkeys((*who[:2], *others)))[:4]
    phrase.clause = list(dict.fromkeys((*who, *others)))
    if kind == "measure":
        phrase.imposers, phrase.targets = who[:1], others[:2]
    return phrase
