"""Pronouns that stand for a matter told just before ("The pact took effect in March. It lapsed last week.")."""

from __future__ import annotations

from collections.abc import Iterator

from detente.codebook import Codebook
from detente.matters.page import Page
from detente.matters.phrase import Phrase

_PRONOUNS = frozenset(("it", "they", "them"))
_ROLES = {"nsubj": ("subject",), "nsubjpass": ("object",), "dobj": ("object",)}


def pronouns(page: Page, told: list[Phrase], book: Codebook) -> Iterator[Phrase]:
    """Phrases of pronouns under a verb that moves the matter told last, in the same or the previous sentence.

    Args:
        page: The paragraph.
        told: The phrases found in it, in order.
        book: The codebook.
    """
    tree = page.tree
    for i in range(len(tree)):
        if tree.lower[i] not in _PRONOUNS or tree.dep[i] not in _ROLES or page.at.get(i) is not None:
            continue
        before = [p for p in told if p.head < i and tree.sent[i] - tree.sent[p.head] <= 1 and p.need != "claim"]
        for phrase in reversed(before[-2:]):
            if (tree.lower[i] == "it") == phrase.plural:
                continue
            if any(_moves(page, i, phrase, role, book) for role in _ROLES[tree.dep[i]]):
                found = Phrase(page, i, i, i, phrase.kind, phrase.family, phrase.need, definite=True)
                found.core, found.like = (i, i), phrase
                yield found
                break


def _moves(page: Page, i: int, phrase: Phrase, role: str, book: Codebook) -> bool:
    verb = page.tree.head[i]
    rows = book.matters.moves.get((phrase.kind, role), {}).get(page.tree.lemma[verb], ())
    return any(len(words) == 1 for words, _ in rows) and page.tree.lemma[verb] not in book.matters.vague
