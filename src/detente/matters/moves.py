"""What the words around a phrase tell of its matter's state: each a step with its date and the words that prove it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.codebook import Codebook
from detente.codebook.matters import MatterBook
from detente.engines.rules.tree import Tree
from detente.matters.dates import when, year_of
from detente.matters.manner import meant, stands
from detente.matters.phrase import Phrase
from detente.model import Interval

_COPULAS = frozenset(
    ("be", "remain", "stay", "stand", "become", "go", "come", "lie", "keep", "leave", "seem", "appear")
)
_ENDS = frozenset(("from", "to", "on", "in", "for", "over", "about", "toward", "towards"))
_THROUGH = frozenset(
    "participation membership adherence involvement implementation application enforcement operation".split()
)
_NOMINAL = frozenset(("NOUN", "PROPN"))


@dataclass(slots=True)
class Step:
    """A state that one mention tells: `current` where it is told as holding now, `start` and `end` of the proof.

    `named` marks the signing that only the year in a name tells ("the 1968 accord").
    """

    status: str
    interval: Interval | None
    current: bool
    start: int
    end: int
    order: tuple[int, int]
    event_id: str | None = None
    heading: bool = False
    named: bool = False


def read_steps(phrase: Phrase, book: Codebook, published: Interval | None) -> list[Step]:
    """The steps that the words governing a phrase tell, in order of position."""
    words = book.matters
    found: list[Step] = []
    if phrase.act is not None:
        status_ = meant(phrase, phrase.head, phrase.act.status, "object", book)
        if status_ is not None:
            place = (phrase.page.number, phrase.head)
            now = _now(phrase, phrase.head, "object")
            interval = when(phrase.page, phrase.head, phrase, "object")
            found.append(Step(status_, interval, now, phrase.start, phrase.end, place, heading=phrase.page.heading))
        return found
    weak: list[Step] = []
    for trigger, status, role in _triggers(phrase, words):
        status_ = status if role in ("modifier", "state") else meant(phrase, trigger, status, role, book)
        if status_ is None or (role == "state" and not stands(phrase, trigger, book)):
            continue
        interval = when(phrase.page, trigger, phrase, role)
        start, end = _proof(phrase, trigger)
        # an adjective, or "talks on it", says how it stands only where no verb says more
        aside = role == "modifier" or (role == "noun" and status == "negotiating")
        (weak if aside else found).append(
            Step(
                status_,
                interval,
                _now(phrase, trigger, role),
                start,
                end,
                (phrase.page.number, trigger),
                heading=phrase.page.heading,
            )
        )
    found = found or weak
    talks = phrase.talks or (
        phrase.kind == "agreement" and phrase.page.tree.lemma[phrase.head] in ("talk", "negotiation")
    )
    if talks and not found:
        place = (phrase.page.number, phrase.head)
        found.append(Step("negotiating", None, True, phrase.start, phrase.end, place, heading=phrase.page.heading))
    year = year_of(phrase)
    if year is not None and phrase.kind == "agreement" and not any(step.interval for step in found):
        place = (phrase.page.number, phrase.first)
        found.append(Step("signed", year, False, phrase.start, phrase.end, place, named=True))
    return sorted(found, key=lambda step: step.order)


def _triggers(phrase: Phrase, words: MatterBook) -> Iterator[tuple[int, str, str]]:
    """Words that put the phrase's matter into a state: token, state, role."""
    tree, kind = phrase.page.tree, phrase.kind
    seen: set[int] = set()
    for trigger, role, link in _governors(tree, phrase):
        if trigger in seen:
            continue
        table = words.moves.get((kind, role), {})
        if role == "state":
            status = _state(tree, trigger, table)
            if status is not None:
                seen.add(trigger)
                yield trigger, status, role
            continue
        for row, status in table.get(tree.lemma[trigger], table.get(tree.lower[trigger], ())):
            if _fits(tree, trigger, row, link, role):
                seen.add(trigger)
                yield trigger, status, role
                break


def _governors(tree: Tree, phrase: Phrase) -> Iterator[tuple[int, str, str]]:
    """Tokens that govern or modify the phrase, with the role in which to look them up and the preposition between."""
    head = phrase.head
    for kid in tree.kids[head]:
        dep = tree.dep[kid]
        if dep in ("amod", "compound", "advmod") and kid < head:
            yield kid, "modifier", ""
        elif dep == "acl" and tree.tag[kid] in ("VBN", "VBD"):
            yield kid, "object", ""
        elif dep == "acl" and tree.tag[kid] == "VBG":
            yield kid, "subject", ""
        elif dep == "relcl":
            yield from _relative(tree, kid)
        elif dep == "prep" and kid > head:
            yield kid, "state", ""
    for at in (
        head,
        *phrase.also,
        *(
            [phrase.first]
            if phrase.first != head and tree.dep[phrase.first] not in ("det", "poss", "amod", "compound", "nummod")
            else []
        ),
    ):
        yield from _above(tree, at)


def _relative(tree: Tree, verb: int) -> Iterator[tuple[int, str, str]]:
    passive = any(tree.dep[kid] == "nsubjpass" for kid in tree.kids[verb])
    subject = tree.first(verb, "nsubj")
    if passive or (subject is not None and tree.lower[subject] not in ("which", "that", "who")):
        yield verb, "object", ""
    else:
        yield verb, "subject", ""
    for kid in tree.every(verb, "conj"):
        yield (
            kid,
            "object"
            if any(tree.dep[low] in ("auxpass", "nsubjpass") for low in tree.kids[kid])
            or (passive and tree.tag[kid] == "VBN")
            else "subject",
            "",
        )


def _above(tree: Tree, at: int) -> Iterator[tuple[int, str, str]]:
    steps = 0
    while tree.dep[at] in ("conj", "appos") and tree.pos[tree.head[at]] in _NOMINAL and steps < 4:
        at, steps = tree.head[at], steps + 1
    dep, top = tree.dep[at], tree.head[at]
    if top == at:
        return
    if dep in ("dobj", "nsubjpass", "attr", "dative", "oprd"):
        yield top, "object", ""
        if dep == "nsubjpass":
            yield from _chain(tree, top, "object")
    elif dep == "nsubj":
        yield top, "subject", ""
        yield top, "state", ""
        yield from _chain(tree, top, "subject")
        if tree.tag[top] == "VBN" and not any(tree.lemma[kid] == "have" for kid in tree.every(top, "aux")):
            yield top, "object", ""
    elif dep == "pobj":
        over = tree.head[top]
        if tree.pos[over] in ("VERB", "AUX"):
            yield over, "object", tree.lower[top]
            thing = tree.first(over, "dobj")
            if thing is not None:
                yield thing, "noun", tree.lower[top]
        elif tree.dep[top] == "prep" and tree.dep[over] == "prep":  # "out of the pact"
            above = tree.head[over]
            yield above, "object", tree.lower[top]
        elif tree.dep[top] == "prep" and tree.dep[over] == "advmod":
            yield tree.head[over], "object", tree.lower[top]
        elif tree.pos[over] in _NOMINAL:
            yield over, "noun", tree.lower[top]
            if tree.lemma[over] in _THROUGH:  # "ended its participation in the pact"
                yield from _above(tree, over)
            if tree.lemma[over] in ("number", "raft", "series", "set", "range", "package", "round"):
                yield from _above(tree, over)
    elif dep in ("poss", "compound", "nmod", "amod") and tree.pos[top] in _NOMINAL:
        yield top, "noun", "of"


def _chain(tree: Tree, verb: int, role: str) -> Iterator[tuple[int, str, str]]:
    """Further verbs with the same subject: coordinated ones and infinitives."""
    for kid in tree.kids[verb]:
        if tree.dep[kid] == "conj" and tree.pos[kid] in ("VERB", "AUX") and not tree.every(kid, "nsubj", "nsubjpass"):
            passive = bool(tree.every(kid, "auxpass")) or (role == "object" and tree.tag[kid] == "VBN")
            yield kid, "object" if passive else "subject", ""
            yield kid, "state", ""
        elif tree.dep[kid] == "xcomp":
            yield kid, "object" if tree.every(kid, "auxpass") else "subject", ""


def _fits(tree: Tree, trigger: int, row: tuple[str, ...], link: str, role: str) -> bool:
    """Whether the words of a row stand where they should: the first is the trigger, the others close to it."""
    rest = row[1:]
    if role == "noun" and link == "of" and rest and rest[-1] != "of" and rest[-1] not in _ENDS:
        pass  # "the pact's entry into force": a possessor needs no preposition
    elif link and (role != "noun" or rest):
        if not rest or rest[-1] != link:
            return False
        rest = rest[:-1]
    if not rest:
        return True
    near = {tree.lemma[i] for kid in tree.kids[trigger] for i in (kid, *tree.kids[kid])} | {
        tree.lower[i] for kid in tree.kids[trigger] for i in (kid, *tree.kids[kid])
    }
    return all(word in near for word in rest)


def _state(tree: Tree, trigger: int, table: dict[str, tuple[tuple[tuple[str, ...], str], ...]]) -> str | None:
    """The state after a copula or right after the phrase ("remains in force", "the pact, in force since")."""
    copula = tree.pos[trigger] in ("VERB", "AUX")
    if copula and tree.lemma[trigger] not in _COPULAS:
        return None
    begin = trigger + 1 if copula else trigger
    best: tuple[int, str] | None = None
    for at in range(begin, min(begin + (4 if copula else 1), len(tree))):
        for row, status in table.get(tree.lower[at], ()):
            if all(at + k < len(tree) and tree.lower[at + k] == word for k, word in enumerate(row)) and (
                best is None or len(row) > best[0]
            ):
                best = (len(row), status)
    return best[1] if best else None


def _proof(phrase: Phrase, trigger: int) -> tuple[int, int]:
    """The words from the trigger to the phrase, or the phrase alone where they stand far apart."""
    page = phrase.page
    low, high = min(trigger, phrase.first), max(trigger, phrase.last)
    if high - low <= 24:
        return page.offsets(low, high)
    core_first, core_last = phrase.core
    low, high = min(trigger, core_first), max(trigger, core_last)
    return page.offsets(low, min(high, low + 24)) if trigger <= core_first else page.offsets(max(low, high - 24), high)


def _now(phrase: Phrase, trigger: int, role: str) -> bool:
    """Whether a state is told as holding at the time of telling: present, perfect, future, or in a headline."""
    tree = phrase.page.tree
    if phrase.page.heading or role in ("state",):
        return True
    if role == "modifier":
        return True
    at = trigger
    if tree.pos[at] not in ("VERB", "AUX"):
        at = next((top for top in tree.climb(at) if tree.pos[top] in ("VERB", "AUX")), at)
    if tree.tag[at] in ("VBZ", "VBP"):
        return True
    return any(
        tree.dep[kid] in ("aux", "auxpass")
        and tree.lower[kid] in ("has", "have", "'s", "’s", "is", "are", "will", "would")
        for kid in tree.kids[at]
    )
