"""Who is party to a matter: who imposes it, whom it targets, between whom it is."""

from __future__ import annotations

from collections.abc import Iterable

from detente.matters.page import Page
from detente.matters.phrase import Phrase

_AGAINST = frozenset(("on", "against", "for", "of", "from", "to", "into", "over", "in"))

_ASKS = frozenset(("ask", "urge", "demand", "request", "press", "call", "appeal", "protest", "complain", "object"))
"""Verbs of those who want a measure to end."""


_SUFFER = frozenset(
    "protest oppose condemn criticise criticize denounce contest decry challenge deplore resent".split()
)
"""Verbs of those whom a measure, their object, hits: they do not impose it."""


def read_sides(phrase: Phrase) -> None:
    """Fills the parties that the phrase itself and its clause tell."""
    page, asked = phrase.page, _asked_to(phrase)
    for i in range(phrase.first, phrase.last + 1):
        mention = page.at.get(i)
        if mention is None or not mention.actors:
            continue
        codes = [actor.code for actor in mention.actors]
        if asked and page.tree.lower[i] in ("its", "their"):
            codes = asked
        if (phrase.named or phrase.kind == "dispute") and codes[0].startswith("IGO."):
            continue  # a pact is no party to itself, a court none to the case
        role = _role(phrase, i)
        if phrase.kind == "measure" and len(codes) == 1 and role:
            _add(phrase.imposers if role == "imposer" else phrase.targets, codes)
        _add(phrase.parties, codes)
    if phrase.named and phrase.named.parties:
        phrase.parties[:] = [*phrase.named.parties]
    _clause(phrase)
    phrase.targets[:] = [code for code in phrase.targets if code not in phrase.imposers]


def _asked_to(phrase: Phrase) -> list[str]:
    """Codes of who is asked to do something to the phrase ("urged China to lift its ban": the ban is China's)."""
    tree = phrase.page.tree
    verb = tree.head[phrase.head]
    if tree.dep[phrase.head] != "dobj" or tree.dep[verb] not in ("xcomp", "ccomp"):
        return []
    top = tree.head[verb]
    if tree.lemma[top] not in _ASKS:
        return []
    asked = next((kid for kid in (*tree.every(top, "dobj", "dative"), *tree.every(verb, "nsubj"))), None)
    return phrase.page.actors(asked) if asked is not None else []


def _add(to: list[str], codes: Iterable[str]) -> None:
    to.extend(code for code in codes if code not in to)


def _role(phrase: Phrase, i: int) -> str:
    """`imposer` or `target`: how a mention inside a measure's phrase stands to it."""
    page, tree = phrase.page, phrase.page.tree
    at = i
    path: list[int] = []
    while at != phrase.head and tree.head[at] != at and len(path) < 12:
        path.append(at)
        at = tree.head[at]
    if at != phrase.head or not path:
        return ""
    top = path[-1]
    dep = tree.dep[top]
    if dep == "poss":
        return "imposer"
    if dep == "prep":
        word = tree.lower[top]
        return "imposer" if word == "by" else "target" if word in _AGAINST else ""
    if dep in ("amod", "compound", "nmod", "npadvmod"):
        if "-" in tree.text[i] or (
            i + 1 < len(tree)
            and tree.text[i + 1] in ("-", "–")
            and tree.lower[min(i + 2, len(tree) - 1)] in ("led", "imposed", "backed")
        ):
            return "imposer"
        if len(path) > 1:
            return "target"
        # "Japanese seafood ban": a product between the nationality and the noun is what is banned
        between = [k for k in range(i + 1, phrase.head) if tree.pos[k] in ("NOUN", "PROPN") and k not in page.at]
        return (
            "target"
            if between
            and tree.lemma[between[0]] in phrase.terms
            and tree.lemma[between[0]] not in ("import", "export", "trade", "travel", "visa", "government")
            else "imposer"
        )
    if dep in ("acl", "relcl"):
        return _verb_role(page, top, i)
    return ""


def _verb_role(page: Page, verb: int, i: int) -> str:
    tree = page.tree
    at = i
    while tree.head[at] != verb and tree.head[at] != at:
        at = tree.head[at]
    if tree.dep[at] in ("nsubj", "agent"):
        return "imposer"
    return "target" if tree.dep[at] == "prep" and tree.lower[at] in _AGAINST else ""


def _clause(phrase: Phrase) -> None:
    """Actors of the clauses that act on the phrase, or that hang on it."""
    page, tree = phrase.page, phrase.page.tree
    verbs = [kid for kid in tree.kids[phrase.head] if tree.dep[kid] in ("relcl", "acl")]
    for steps, top in enumerate(tree.climb(phrase.head)):
        if tree.pos[top] in ("VERB", "AUX"):
            verbs.append(top)
            break
        if steps > 6:
            break
    for verb in verbs:
        inside = verb in tree.kids[phrase.head]
        for kid in _arguments(page, verb):
            if tree.under(phrase.head, kid) and not inside:
                continue
            codes = page.actors(kid)
            if not codes:
                continue
            _add(phrase.clause, codes)
            if phrase.kind != "measure":
                partner = phrase.kind != "dispute" and tree.dep[kid] == "prep" and tree.lower[kid] == "with"
                if partner and phrase.head in tree.every(verb, "dobj"):
                    _add(phrase.parties, (*_doer(page, verb), *codes))  # "signed a pact with China": it is China's too
                continue
            if tree.lemma[verb] in _ASKS and not inside and tree.dep[phrase.head] != "dobj":
                _asked(phrase, kid, codes)
                continue
            if tree.lemma[verb] in _SUFFER and not inside and tree.dep[phrase.head] == "dobj":
                if tree.dep[kid] == "nsubj" and not phrase.targets:
                    _add(phrase.targets, codes[:1])
                continue
            subject = tree.dep[kid] in ("nsubj", "agent") or (tree.dep[kid] == "dobj" and not inside)
            if subject and len(codes) == 1 and not phrase.imposers:
                if phrase.head in tree.kids[verb] and tree.dep[phrase.head] in ("nsubj",):
                    continue
                _add(phrase.imposers, codes)
            elif tree.dep[kid] == "prep" and tree.lower[kid] in ("on", "against", "to", "for") and not phrase.targets:
                _add(phrase.targets, codes)
        moved = not inside and tree.dep[phrase.head] == "dobj" and tree.lemma[verb] not in _SUFFER
        if phrase.kind == "measure" and moved and not phrase.imposers:
            _add(phrase.imposers, doer_before(page, verb))


def _doer(page: Page, verb: int) -> list[str]:
    """Codes of the subject of a verb, where it has one that is an actor."""
    found = page.tree.every(verb, "nsubj")
    return page.actors(found[0]) if found else []


def _asked(phrase: Phrase, kid: int, codes: list[str]) -> None:
    """Who asks for the end of a measure suffers it; who is asked imposes it."""
    dep = phrase.page.tree.dep[kid]
    if dep == "nsubj" and not phrase.targets:
        _add(phrase.targets, codes[:1])
    elif dep in ("dobj", "dative") and not phrase.imposers:
        _add(phrase.imposers, codes[:1])


def _arguments(page: Page, verb: int) -> list[int]:
    """Subject, agent, objects and prepositional phrases of a verb; the subject of a controlling verb if it has none."""
    tree = page.tree
    found = tree.every(verb, "nsubj", "nsubjpass", "agent", "dobj", "dative", "prep")
    at = below = verb
    for _ in range(3):
        if any(tree.dep[kid] in ("nsubj", "nsubjpass", "agent") and page.actors(kid) for kid in found):
            break
        if (
            tree.dep[at] not in ("xcomp", "conj", "ccomp", "advcl", "acl", "pcomp", "prep", "pobj")
            or tree.head[at] == at
        ):
            break
        below, at = at, tree.head[at]
        asked = tree.first(at, "dobj", "dative") if tree.dep[below] == "xcomp" else None
        if asked is not None and page.actors(asked):
            return [*found, asked]  # "urged Beijing to lift": Beijing would lift
        found += tree.every(at, "nsubj", "nsubjpass", "agent")
    return found


def doer_before(page: Page, verb: int) -> list[str]:
    """Codes of the nearest actor before a verb with no other verb between, where the parse gives it no subject."""
    tree = page.tree
    for i in range(verb - 1, -1, -1):
        if tree.sent[i] != tree.sent[verb] or tree.pos[i] == "VERB":
            return []
        mention = page.at.get(i)
        if mention is not None and mention.agentive and mention.actors and tree.dep[i] not in ("pobj", "poss", "amod"):
            return [actor.code for actor in mention.actors]
    return []
