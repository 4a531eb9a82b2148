"""Acts that are matters without a noun saying so: "closed its border", "blocked 59 apps", "agreed to pull back"."""

from __future__ import annotations

from collections.abc import Iterator

from detente.codebook import Codebook
from detente.codebook.matters import Act
from detente.matters.page import Page
from detente.matters.phrase import Phrase
from detente.matters.sides import doer_before
from detente.matters.topic import about

_AGREEMENT = Act("agreement", "pact", "agreed", "agreement", ("agree",), frozenset(), False)
_UPON_PEOPLE = frozenset(("detention", "incident"))
_PROMISERS = frozenset(("agree", "pledge", "undertake"))


def acts(page: Page, book: Codebook, taken: set[int]) -> Iterator[Phrase]:
    """Phrases of acts in a paragraph.

    Args:
        page: The paragraph.
        book: The codebook.
        taken: Heads of the phrases found by their nouns; an act upon one of these is a move of that matter.
    """
    tree = page.tree
    for verb in range(len(tree)):
        if tree.pos[verb] != "VERB":
            continue
        for act in book.matters.acts.get(tree.lemma[verb], ()):
            found = _act(page, verb, act, book, taken)
            if found is not None:
                yield found
                break
        else:
            promised = _promise(page, verb, book, taken)
            if promised is not None:
                yield promised


def _act(page: Page, verb: int, act: Act, book: Codebook, taken: set[int]) -> Phrase | None:
    tree = page.tree
    thing = _thing(page, verb, act)
    if thing is None:
        return None
    things = [i for i in tree.coordinated(thing) if i not in taken]
    fit = next((i for i in things if _object(page, i, act)), None)
    if fit is None or thing in taken:
        return None
    imposers = _doers(page, verb)
    first, last = tree.span(thing)
    codes = page.codes(first, last)
    named = act.family == "detention" and tree.pos[fit] == "PROPN"
    if act.foreign and not named and not [code for code in codes if code not in imposers]:
        return None
    phrase = Phrase(page, verb, min(verb, first), max(verb, last), act.kind, act.family, "act", act=act, thing=thing)
    phrase.terms = about(page, thing, first, last, book.matters, include=True)
    phrase.core = (first, last)
    phrase.clause = list(dict.fromkeys((*imposers, *codes)))
    others = [code for code in codes if code not in imposers]
    if act.kind == "measure":
        phrase.imposers, phrase.targets = imposers[:1], others[:2]
    phrase.parties = list(dict.fromkeys((*imposers[:2], *others)))
    return phrase


def _object(page: Page, i: int, act: Act) -> bool:
    """Whether a token is what the act is done to: a listed noun, or a named person who is held or let go."""
    tree = page.tree
    if tree.lemma[i] in act.objects or tree.compound_lemma(i) in act.objects:
        return True
    mention = page.at.get(i)
    if act.family in _UPON_PEOPLE and mention is not None and mention.how == "people":
        return True  # "seventeen Iraqis were seized"
    return act.family == "detention" and tree.pos[i] == "PROPN" and (mention is None or mention.kind == "person")


def _thing(page: Page, verb: int, act: Act) -> int | None:
    """The object of an act: direct, subject of the passive, what a participle hangs on, or after a preposition."""
    tree = page.tree
    if len(act.words) > 1:
        word = act.words[1]
        prep = next((kid for kid in tree.kids[verb] if tree.lower[kid] == word), None)
        if prep is None:
            return None
        thing = tree.first(prep, "pobj")
        if thing is not None:
            return thing
    thing = tree.first(verb, "dobj", "nsubjpass")
    if thing is not None:
        return _antecedent(page, verb, thing)
    if tree.dep[verb] == "acl" and tree.tag[verb] in ("VBN", "VBD"):
        return tree.head[verb]
    if tree.dep[verb] == "conj" and tree.tag[verb] == "VBN" and not tree.every(verb, "nsubj"):
        return tree.first(tree.head[verb], "nsubjpass")
    return None


def _antecedent(page: Page, verb: int, thing: int) -> int:
    tree = page.tree
    if tree.lower[thing] in ("which", "that", "who", "whom") and tree.dep[verb] == "relcl":
        return tree.head[verb]
    return thing


def _doers(page: Page, verb: int) -> list[str]:
    """Codes of who does it: subject or agent of the verb, or of the one that governs it."""
    tree, at = page.tree, verb
    for _ in range(4):
        for kid in tree.every(at, "nsubj", "agent"):
            codes = page.actors(kid)
            if codes:
                return codes
        if tree.dep[at] not in ("xcomp", "conj", "advcl", "pcomp", "prep", "acl") or tree.head[at] == at:
            break
        asked = tree.first(tree.head[at], "dobj", "dative") if tree.dep[at] == "xcomp" else None
        if asked is not None and page.actors(asked):
            return page.actors(asked)  # "asked Algeria to reopen": Algeria would
        at = tree.head[at]
    passive = tree.first(verb, "nsubjpass", "auxpass") is not None or tree.dep[verb] == "acl"
    return [] if passive else doer_before(page, verb)


def _promise(page: Page, verb: int, book: Codebook, taken: set[int]) -> Phrase | None:
    """An agreement without the noun ("agreed to pull back in stages"), unless its content is a matter itself."""
    tree = page.tree
    if tree.lemma[verb] not in _PROMISERS or tree.tag[verb] == "VBG":
        return None
    content = tree.first(verb, "xcomp")
    if content is None:
        prep = next(
            (kid for kid in tree.kids[verb] if tree.lower[kid] in ("on", "upon", "to") and tree.dep[kid] == "prep"),
            None,
        )
        content = tree.first(prep, "pobj", "pcomp") if prep is not None else None
    if content is None:
        return None
    last = min(tree.span(content)[1], content + 16)
    if any(content <= head <= last for head in taken):
        return None
    doers = _doers(page, verb)
    codes = list(dict.fromkeys((*doers, *page.codes(content, last))))
    if not codes:
        return None
    phrase = Phrase(page, verb, verb, last, "agreement", "pact", "act", act=_AGREEMENT, thing=content)
    phrase.terms = about(page, content, content, last, book.matters, include=True)
    phrase.core = (min(content, verb + 1), last)
    phrase.parties, phrase.clause = codes, list(codes)
    return phrase if phrase.terms else None
