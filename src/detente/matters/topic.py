"""What a phrase is about: its content words, without parties, times and generic words."""

from __future__ import annotations

from detente.codebook.matters import MatterBook
from detente.matters.page import Page
from detente.matters.phrase import Phrase

_CONTENT = frozenset(("NOUN", "PROPN", "ADJ", "VERB"))
_WITH = frozenset(("with", "between", "among", "by"))


def about(
    page: Page,
    head: int,
    first: int,
    last: int,
    words: MatterBook,
    *,
    include: bool = False,
    astray: frozenset[int] = frozenset(),
) -> tuple[str, ...]:
    """What a phrase is about: the lemmas of its content words that name no actor, no time and nothing generic.

    Args:
        page: The paragraph.
        head: The phrase's head token, itself left out unless `include`.
        first: Its first token.
        last: Its last token.
        words: The words of matters.
        include: Whether the head says what it is about too.
        astray: Prepositions that belong to it although they hang elsewhere.
    """
    tree = page.tree
    times = _times(page)
    found: dict[str, None] = {}
    for i in range(first, last + 1):
        if (i == head and not include) or i in page.at or i in times or tree.pos[i] not in _CONTENT:
            continue
        lemma = tree.lemma[i]
        if lemma in words.empty or tree.lower[i] in words.empty or len(lemma) < 2 or not lemma[0].isalpha():
            continue
        if tree.pos[i] == "VERB" and tree.tag[i] in ("VBN", "VBD") and tree.dep[i] in ("acl", "amod"):
            continue
        if i == head or _inside(page, i, head, astray):
            found.setdefault(lemma)
    return tuple(found)


def _times(page: Page) -> set[int]:
    """The tokens of a paragraph's times."""
    tree = page.tree
    return {
        i for time, at in page.times for i in range(at, at + 6) if i < len(tree) and tree.idx[i] + page.base < time.end
    }


def _inside(page: Page, i: int, head: int, astray: frozenset[int]) -> bool:
    """Whether a word belongs to what a phrase is about: not to a clause after it, nor to its parties."""
    tree = page.tree
    while i != head and tree.head[i] != i:
        if i in astray and tree.lower[i] not in _WITH:
            return True
        with_ = tree.lower[i] in _WITH and tree.dep[i] == "prep"
        if (with_ and page.codes(tree.left[i], tree.right[i])) or (tree.dep[i] == "relcl" and i > head):
            return False
        i = tree.head[i]
    return True


def around(phrase: Phrase, words: MatterBook) -> tuple[str, ...]:
    """The nouns of a phrase's sentence, nearest first, that name no actor, no time and nothing generic."""
    page = phrase.page
    tree = page.tree
    first, last = page.sentence(phrase.head)
    times = _times(page)
    near = sorted(range(first, last + 1), key=lambda i: (abs(i - phrase.head), i))
    found: dict[str, None] = {}
    for i in near:
        lemma = tree.lemma[i]
        if i in page.at or i in times or tree.pos[i] not in ("NOUN", "PROPN") or lemma in words.empty:
            continue
        if i >= page.begin and i != phrase.head and len(lemma) > 2 and lemma[0].isalpha():
            found.setdefault(lemma)
    return tuple(found)
