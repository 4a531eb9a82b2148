"""How a word that moves a matter is meant: done, planned, proposed, threatened, denied, or only wished for."""

from __future__ import annotations

from detente.codebook import Codebook
from detente.engines.rules.modality import read
from detente.engines.rules.tree import Tree
from detente.matters.page import Page
from detente.matters.phrase import Phrase

_DONE_BY = frozenset(("after", "by", "since", "upon", "following", "with", "in"))
_PROMISES = frozenset("agreement deal accord decision consensus pledge promise commitment plan order intention".split())
_NOMINAL = frozenset(("NOUN", "PROPN"))


def meant(phrase: Phrase, trigger: int, status: str, role: str, book: Codebook) -> str | None:
    """The status that a trigger gives, as it is meant; None where nothing moves."""
    words = book.matters
    how = _manner(phrase.page, trigger, role, book)
    if how == "done":
        return status
    if how in ("planned", "promised", "proposed", "conditional", "threatened", "negated"):
        table: dict[str, dict[str, str]] = getattr(words.modal, how)
        return table[phrase.kind].get(status)
    return None


def _manner(page: Page, trigger: int, role: str, book: Codebook) -> str:
    """How a trigger is meant: done, planned, proposed, conditional, threatened, negated, or none."""
    tree, words = page.tree, book.matters
    if role == "noun":
        how = _noun_manner(page, trigger, book)
        return "none" if how == "done" and _under_wish(page, trigger, book) else how
    governor = _governor(tree, trigger)
    if governor is not None:
        top, link = governor
        name = tree.lemma[top]
        if name in words.idle or f"{name} {link}" in words.idle:
            return "none"
        infinitive = tree.tag[trigger] == "VB" and any(tree.lower[kid] == "to" for kid in tree.kids[trigger])
        if infinitive and (name in words.threateners):
            return "threatened" if _plain(page, top, book) else "none"
        if (infinitive or link) and name in words.promisers:
            return "promised" if tree.pos[top] in _NOMINAL or _plain(page, top, book) else "none"
        if (infinitive or link) and (name in words.planners or name in _PROMISES):
            return "planned" if tree.pos[top] in _NOMINAL or _plain(page, top, book) else "none"
        if link == "on" and _reached(tree, top):  # "an agreement was reached on reviving the swaps"
            return "promised" if _plain(page, top, book) else "none"
        if link and tree.dep[trigger] == "pcomp" and link not in _DONE_BY:
            return "none"
    reading = read(tree, trigger, book.lexicon.governors, heading=page.heading)
    if reading.ended:
        return "none"
    if reading.negated:
        return "negated" if reading.modality in ("occurred", "ongoing") else "none"
    if reading.modality in ("occurred", "ongoing"):
        return "done"
    if reading.modality == "denied" or reading.modality is None:
        return "none"
    return reading.modality


def _reached(tree: Tree, verb: int) -> bool:
    """Whether a verb has an agreement, a deal or the like for its object or for the subject of its passive."""
    return any(tree.lemma[kid] in _PROMISES for kid in tree.every(verb, "dobj", "nsubjpass"))


def _plain(page: Page, verb: int, book: Codebook) -> bool:
    """Whether a governing verb is itself told as done or planned, not wished for, doubted or denied."""
    reading = read(page.tree, verb, book.lexicon.governors, heading=page.heading)
    above = _governor(page.tree, verb)
    if above and (page.tree.lemma[above[0]] in book.matters.idle):
        return False
    return not reading.negated and reading.modality in ("occurred", "ongoing", "planned")


def _governor(tree: Tree, trigger: int) -> tuple[int, str] | None:
    """The word that governs a clause, and the preposition between."""
    at = trigger
    for _ in range(3):
        dep, head = tree.dep[at], tree.head[at]
        if head == at:
            return None
        if dep == "conj" and tree.pos[head] in ("VERB", "AUX") and (tree.tag[head] == tree.tag[at]):
            at = head
            continue
        if dep in ("xcomp", "ccomp", "acl", "advcl"):
            if dep == "advcl" and tree.tag[trigger] != "VB":
                return None
            return (head, "") if dep != "acl" or tree.tag[trigger] == "VB" else None
        if dep in ("pcomp", "pobj"):
            return tree.head[head], tree.lower[head]
        return None
    return None


def _under_wish(page: Page, noun: int, book: Codebook) -> bool:
    """Whether a noun hangs below the object of a wish ("asked for an early start, and for an end to the curbs")."""
    tree, below = page.tree, noun
    for top in tree.climb(noun):
        if tree.pos[top] in ("VERB", "AUX"):
            if tree.dep[below] in ("nsubj", "advcl", "relcl", "nsubjpass"):
                return False
            if tree.lemma[top] in book.matters.idle:
                return True
            if tree.dep[below] != "prep" or tree.lower[below] in _DONE_BY:
                return False
            return f"{tree.lemma[top]} {tree.lower[below]}" in book.matters.idle
        below = top
    return False


def _noun_manner(page: Page, noun: int, book: Codebook) -> str:
    """How an event noun is meant ("called for the lifting of the ban" moves nothing)."""
    tree, words = page.tree, book.matters
    at = noun
    for _ in range(5):
        dep, head = tree.dep[at], tree.head[at]
        if head == at:
            return "done"
        if dep in ("pobj",):
            prep, over = tree.lower[head], tree.head[head]
            if tree.lemma[over] in words.idle and prep in ("for", "to", "on", "of", "against", "about"):
                return "none"
            if f"{tree.lemma[over]} {prep}" in words.idle or (
                prep in ("on", "about", "for", "over")
                and tree.lemma[over] in ("talk", "negotiation", "discussion", "discuss")
            ):
                return "none"
            if tree.pos[over] in ("VERB", "AUX"):
                if tree.lemma[over] in ("agree", "decide") and prep in ("on", "to", "upon"):
                    return "promised" if _plain(page, over, book) else "none"
                return (
                    "done"
                    if prep in ("after", "since", "following", "with", "by", "despite", "from")
                    else _verb_manner(page, over, book)
                )
            at = over
            continue
        if dep in ("dobj", "nsubj", "nsubjpass", "attr", "conj", "appos", "dative"):
            if tree.lemma[head] in words.idle:
                return "none"
            if tree.pos[head] in ("VERB", "AUX"):
                if (
                    tree.lemma[head] in words.planners
                    and dep == "dobj"
                    and tree.lemma[head] not in ("announce", "begin", "start", "order")
                ):
                    return "planned" if _plain(page, head, book) else "none"
                return _verb_manner(page, head, book)
            at = head
            continue
        return "done"
    return "done"


def _verb_manner(page: Page, verb: int, book: Codebook) -> str:
    above = _governor(page.tree, verb)
    if above and (
        page.tree.lemma[above[0]] in book.matters.idle or f"{page.tree.lemma[above[0]]} {above[1]}" in book.matters.idle
    ):
        return "none"
    reading = read(page.tree, verb, book.lexicon.governors, heading=page.heading)
    if reading.negated:
        return "none"
    return "done" if reading.modality in ("occurred", "ongoing") else reading.modality or "none"


def stands(phrase: Phrase, trigger: int, book: Codebook) -> bool:
    """Whether a state is told as true: not denied, not only wished for."""
    reading = read(phrase.page.tree, trigger, book.lexicon.governors, heading=phrase.page.heading)
    return not reading.negated and reading.modality in ("occurred", "ongoing")


def wished(phrase: Phrase, book: Codebook) -> bool:
    """Whether a matter is only asked for, weighed or foreseen ("called for a ban", "a new contract could be made")."""
    tree = phrase.page.tree
    if phrase.definite or phrase.named or phrase.act is not None:
        return False
    for top in tree.climb(phrase.head):
        if f"{tree.lemma[tree.head[top]]} {tree.lower[top]}" in book.matters.idle and tree.pos[top] == "ADP":
            return True
        if tree.pos[top] in ("VERB", "AUX"):
            if tree.lemma[top] in book.matters.idle:
                return True
            reading = read(tree, top, book.lexicon.governors, heading=phrase.page.heading)
            return reading.modality in ("planned", "proposed", "conditional")
        if tree.lemma[top] in book.matters.idle:
            return True
    return False
