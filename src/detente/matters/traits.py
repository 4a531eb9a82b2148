"""What is seen of a word that may head the name of a matter: the words around it, and traits of grammar and parties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from detente.codebook.matters import KINDS, MatterBook
from detente.engines.rules.tree import Tree
from detente.matters.page import Page
from detente.matters.phrase import Phrase

Row = tuple[Mapping[str, Sequence[str]], Sequence[str]]

_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ"))
_HEADS = frozenset(("NOUN", "PROPN", "VERB"))
_BEFORE = frozenset(("compound", "amod", "nmod"))
_DETERMINERS = frozenset(("the", "a", "an", "this", "its", "their", "no", "any"))
REACH = 16
"""Tokens over which a complement still belongs to the phrase of its head."""


def heads(page: Page) -> Iterator[int]:
    """The nouns and verbs of a paragraph that may head a matter's name: no actors, no times, no modifiers."""
    tree, times = page.tree, page.timed
    for i in range(len(tree)):
        if tree.pos[i] not in _HEADS or i in times or len(tree.text[i]) < 3:
            continue
        if tree.pos[i] != "VERB" and tree.dep[i] in _BEFORE and tree.head[i] > i:
            continue
        mention = page.at.get(i)
        if mention is None or not (mention.actors or mention.kind in ("pronoun", "office")):
            yield i


def extent(tree: Tree, i: int) -> tuple[int, int]:
    """First and last token of the phrase of a head, with its modifiers and near complements."""
    first, last = min([i, *(tree.left[kid] for kid in before(tree, i))]), i
    for thing in after(tree, i):
        low, high = tree.span(thing)
        if abs(high - i) < REACH:
            first, last = min(first, low), max(last, high)
    return first, last


def before(tree: Tree, i: int) -> list[int]:
    """The modifiers that stand before a head."""
    return [kid for kid in tree.kids[i] if kid < i and tree.dep[kid] in _BEFORE]


def after(tree: Tree, i: int) -> list[int]:
    """What a head governs: objects, the subject of a passive, what its prepositions lead to, clauses."""
    found: list[int] = []
    for kid in tree.kids[i]:
        dep = tree.dep[kid]
        if dep == "nsubjpass" or (kid > i and dep in ("dobj", "attr", "oprd", "acomp", "acl")):
            found.append(kid)
        elif kid > i and dep in ("prep", "agent"):
            thing = tree.first(kid, "pobj", "pcomp")
            found += [] if thing is None else [thing]
        elif kid > i and dep in ("xcomp", "ccomp") and tree.pos[i] == "VERB":
            found.append(kid)
    if tree.dep[i] == "acl" and tree.tag[i] == "VBN":
        found.append(tree.head[i])
    return found


def above(tree: Tree, i: int) -> int | None:
    """The verb over a noun, or what a verb hangs on."""
    if tree.pos[i] == "VERB":
        return tree.head[i] if tree.head[i] != i else None
    return next((top for top in tree.climb(i) if tree.pos[top] in ("VERB", "AUX")), None)


def rows(
    page: Page,
    wanted: Iterable[int],
    told: Mapping[int, Phrase],
    dyad: Collection[str],
    counts: Counter[str],
    words: MatterBook,
) -> dict[int, Row]:
    """The slots and traits of some heads of a paragraph.

    Args:
        page: The paragraph.
        wanted: The heads.
        told: The phrases that words and names of the codebook give, by head.
        dyad: The two states that the document is about.
        counts: How often each lemma stands in the document.
        words: The words of matters.
    """
    return {i: (_slots(page, i), tuple(_traits(page, i, told.get(i), dyad, counts, words))) for i in wanted}


def _slots(page: Page, i: int) -> dict[str, list[str]]:
    tree = page.tree
    things = after(tree, i)
    over = above(tree, i)
    beside = []
    if over is not None and tree.pos[i] != "VERB":
        beside = [kid for kid in tree.every(over, "dobj", "nsubjpass", "nsubj", "attr") if kid != i]
    first, last = page.sentence(i)
    tokens: dict[str, Iterable[int]] = {
        "head": (i,),
        "before": before(tree, i),
        "after": [k for thing in things for k in (*before(tree, thing), thing)],
        "above": () if over is None else (over,),
        "beside": beside,
        "sentence": range(first, last + 1),
    }
    return {
        slot: [tree.lemma[k] for k in found if tree.pos[k] in _CONTENT and not _acts(page, k)]
        for slot, found in tokens.items()
    }


def _acts(page: Page, i: int) -> bool:
    mention = page.at.get(i)
    return mention is not None and bool(mention.actors)


def _traits(
    page: Page, i: int, phrase: Phrase | None, dyad: Collection[str], counts: Counter[str], words: MatterBook
) -> Iterator[str]:
    tree = page.tree
    yield f"pos {tree.pos[i]}"
    yield f"dep {tree.dep[i]}"
    yield from _of_verb(page, i) if tree.pos[i] == "VERB" else _of_noun(page, i)
    if phrase is not None:
        yield f"{'act' if phrase.act else 'noun'} {phrase.kind}"
        yield f"need {phrase.kind} {phrase.need}"
        yield f"family {phrase.kind} {phrase.family}"
        yield f"known {phrase.kind}" if phrase.named else "not known"
    over = above(tree, i)
    for kind in KINDS:
        for role in ("object", "subject"):
            table = words.moves.get((kind, role), {})
            if tree.lemma[i] in table:
                yield f"moves {kind} {role}"
            if over is not None and tree.pos[i] != "VERB" and tree.lemma[over] in table:
                yield f"moved {kind} {role}"
    first, last = page.sentence(i)
    inside, around = page.codes(tree.left[i], tree.right[i]), page.codes(first, last)
    yield f"parties inside {min(2, len(inside))}"
    yield f"parties around {min(3, len(around))}"
    yield f"main inside {len({*inside} & {*dyad})}"
    yield f"main around {len({*around} & {*dyad})}"
    if page.heading:
        yield "heading"
    if page.number == 0:
        yield "first paragraph"
    if any(first <= at <= last for _, at in page.times):
        yield "time"
    yield f"count {min(counts[tree.lemma[i]], 4)}"
    if tree.ents[i]:
        yield f"entity {tree.ents[i]}"
    mention = page.at.get(i)
    if mention is not None:
        yield f"mention {mention.kind}"


def _of_noun(page: Page, i: int) -> Iterator[str]:
    tree = page.tree
    det = next((tree.lower[kid] for kid in tree.kids[i] if tree.dep[kid] in ("det", "poss") and kid < i), "none")
    yield f"determiner {det if det in _DETERMINERS or det == 'none' else 'other'}"
    if tree.tag[i] in ("NNS", "NNPS"):
        yield "plural"
    if tree.text[i][:1].isupper() and i > page.sentence(i)[0] and not page.heading:
        yield "capital"
    prep = tree.first(i, "prep")
    if prep is not None:
        yield f"preposition {tree.lower[prep]}"
    if tree.dep[i] == "pobj":
        yield f"under {tree.lower[tree.head[i]]}"


def _of_verb(page: Page, i: int) -> Iterator[str]:
    tree = page.tree
    yield f"tag {tree.tag[i]}"
    for kid in tree.kids[i]:
        dep = tree.dep[kid]
        if dep == "neg":
            yield "negated"
        elif dep == "aux":
            yield f"auxiliary {tree.lower[kid]}"
        elif dep in ("nsubj", "nsubjpass", "agent", "dobj"):
            yield f"{dep} {'actor' if page.actors(kid) else 'thing'}"
