"""Contexts, place and remembrance, by cue words."""

from __future__ import annotations

from collections.abc import Iterable

from detente.codebook.actors_lexicon import DAYS_AND_MONTHS
from detente.codebook.lexicon import Lexicon
from detente.coding.events.candidate import Candidate, Page

FORMS = 2
"""How many contexts an event gets at most beside those of its frame."""


def contexts(candidate: Candidate, lexicon: Lexicon) -> tuple[str, ...]:
    """The contexts that an event's own clause and, more weakly, its paragraph speak for."""
    tree = candidate.page.tree
    clause = range(max(0, candidate.start - 2), min(len(tree), candidate.end + 3))
    near = _count(candidate.page, clause, lexicon)
    sentence = tree.sent[candidate.match.clause.trigger]
    wide = _count(candidate.page, (i for i in range(len(tree)) if tree.sent[i] == sentence), lexicon)
    found = list(candidate.frame.contexts)
    found.extend(name for name in near if name not in found)
    for name, number in sorted(wide.items(), key=lambda item: -item[1]):
        if len(found) >= len(candidate.frame.contexts) + FORMS:
            break
        if name not in found and number > 1:
            found.append(name)
    if not found:
        whole = _count(candidate.page, range(len(tree)), lexicon)
        found.extend(sorted(whole, key=lambda name: -whole[name])[:1])
    return tuple(found[:4])


def _count(page: Page, tokens: Iterable[int], lexicon: Lexicon) -> dict[str, int]:
    found: dict[str, int] = {}
    tree = page.tree
    for i in tokens:
        pair = f"{tree.lower[i - 1]} {tree.lemma[i]}" if i else ""
        for word in (tree.lemma[i], pair):
            for name in lexicon.contexts.get(word, ()):
                found[name] = found.get(name, 0) + 1
    return found


def place(candidate: Candidate) -> str | None:
    """Where it happened: the name after `in`, `at`, `off` or `near` on the clause, unless it is a party."""
    tree = candidate.page.tree
    for name in ("in", "at", "off", "near", "outside"):
        for noun in (*candidate.match.clause.preps.get(name, ()), *candidate.match.clause.object_preps.get(name, ())):
            if tree.pos[noun] == "PROPN" and tree.lemma[noun] not in DAYS_AND_MONTHS:
                first, last = tree.span(noun)
                words = range(first, last + 1)
                start = next((i for i in words if tree.pos[i] == "PROPN"), noun)
                base = candidate.page.paragraph
                text = " ".join(tree.text[i] for i in range(start, noun + 1))
                return text if base is not None else None
    return None


def is_remembrance(page: Page, at: int, lexicon: Lexicon) -> bool:
    """Whether the sentence of a token is about remembering the past."""
    tree = page.tree
    for i in range(len(tree)):
        if tree.sent[i] != tree.sent[at]:
            continue
        if tree.lemma[i] in lexicon.retold or (i and f"{tree.lower[i - 1]} {tree.lower[i]}" in lexicon.retold):
            return True
    return False
