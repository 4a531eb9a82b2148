"""The three states that "trilateral" stands for in a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from detente.codebook import Codebook
from detente.matters.phrase import Phrase
from detente.model import Annotations, Mention

BETWEEN = 10
"""Characters at most between two states of a list ("Japan, China and South Korea")."""


def name_three(found: Iterable[Phrase], seen: Annotations, book: Codebook) -> None:
    """Gives phrases that tell of three parties, and name none, those that the document tells together most often.

    Args:
        found: The document's phrases; their parties are filled in.
        seen: Its annotations.
        book: The codebook, for the words.
    """
    three = _three(seen.mentions)
    if not three:
        return
    for phrase in found:
        if phrase.kind == "measure" or phrase.named is not None:
            continue
        words = range(phrase.first, phrase.last + 1)
        told = any((mention := phrase.page.at.get(i)) is not None and mention.kind == "name" for i in words)
        if not told and any(phrase.page.tree.lower[i] in book.matters.three for i in words):
            phrase.parties[:] = three


def _three(mentions: tuple[Mention, ...]) -> list[str]:
    """The codes of the three states most often told by one mention or in one list, in the order of their first list."""
    counts: Counter[frozenset[str]] = Counter()
    order: dict[frozenset[str], list[str]] = {}

    def tell(codes: list[str]) -> None:
        if len(set(codes)) == 3 and not any(code.startswith("IGO.") for code in codes):
            counts[frozenset(codes)] += 1
            order.setdefault(frozenset(codes), list(dict.fromkeys(codes)))

    for mention in mentions:
        tell([actor.code for actor in mention.actors])
    names = [mention for mention in mentions if mention.kind == "name" and len(mention.actors) == 1]
    for one, two, three in zip(names, names[1:], names[2:], strict=False):
        if two.start - one.end <= BETWEEN and three.start - two.end <= BETWEEN:
            tell([mention.actors[0].code for mention in (one, two, three)])
    best = max(counts, key=lambda group: (counts[group], -list(order).index(group)), default=None)
    return order[best] if best is not None else []
