"""Claims with a cause and an effect joined by a word of the lexicon: "because of", "despite", "has soured"."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass

from detente.codebook.voices import CausalWords, Connective
from detente.engines.rules.tree import Tree
from detente.model import Annotations, Document, Driver, Origin, Paragraph, content_id
from detente.model.findings import Hedge

NAME, VERSION = "rules", "1"
SHORTEST, LONGEST, SIDE = 3, 25, 14
MODALS = frozenset("will would could may might can shall should 'll must expect expects likely".split())
SPANS = frozenset("minute week month year decade time once shortly soon long".split())
"""Words before "after" that measure a time: no cause."""
NEGATIONS = frozenset("not n't no never without nobody neither nor hardly cannot".split())


@dataclass(frozen=True)
class Claim:
    """A connective with its cause and its effect, as token ranges (first, last)."""

    connective: Connective
    name: str
    at: int
    cause: tuple[int, int]
    effect: tuple[int, int]
    verb: int


def claims(
    paragraph: Paragraph, tree: Tree, document: Document, seen: Annotations, words: CausalWords
) -> Iterator[Driver]:
    """The drivers that connectives of the lexicon tell in a paragraph; they may overlap.

    Args:
        paragraph: The paragraph, parsed.
        tree: Its tree.
        document: The document.
        seen: Its annotations; mentions are used.
        words: Connectives and the polarity of words.
    """
    starts = [mention.start for mention in seen.mentions]
    for at, size, name, connective in _connectives(tree, words):
        claim = _claim(tree, (at, at + size - 1), name, connective, words)
        if claim is None or not _relevant(claim, tree, paragraph, seen, starts, words):
            continue
        driver = _driver(claim, tree, paragraph, document, words)
        if driver is not None:
            yield driver


def _connectives(tree: Tree, words: CausalWords) -> Iterator[tuple[int, int, str, Connective]]:
    """The connectives of a paragraph: the token each begins at and its length in tokens; the longest that fits."""
    heads: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, connective in words.connectives.items():
        for form in connective.words:
            parts = tuple(form.split())
            heads.setdefault(parts[0], []).append((parts, name))
    lower = tree.lower
    taken = -1
    for i, word in enumerate(lower):
        lemma = tree.lemma[i]
        if i <= taken or (word not in heads and lemma not in heads):
            continue
        best: tuple[int, str] | None = None
        for parts, name in (*heads.get(word, ()), *(heads.get(lemma, ()) if lemma != word else ())):
            verbal = words.connectives[name].cause == "subject"
            fits = (parts[0] == (lemma if verbal else word)) and tuple(lower[i + 1 : i + len(parts)]) == parts[1:]
            if fits and (best is None or len(parts) > best[0]):
                best = (len(parts), name)
        if best is not None:
            taken = i + best[0] - 1
            yield i, best[0], best[1], words.connectives[best[1]]


def _claim(tree: Tree, place: tuple[int, int], name: str, connective: Connective, words: CausalWords) -> Claim | None:
    """The cause and the effect beside a connective, None where the grammar does not give both."""
    at, end = place
    if at and tree.lower[at - 1] == "even":
        return None
    first, last = tree.sentence(at)
    if connective.initial and at != first and tree.text[at - 1] not in (",", ";", ":", '"', "“"):
        return None
    if connective.cause == "subject":
        return _verbal(tree, at, name, connective)
    after = at + 2 if tree.lower[at + 1 : at + 2] == ["to"] else at + 1
    if tree.lower[at] in ("due", "set") and after < len(tree) and tree.tag[after] in ("VB", "MD"):
        return None
    if tree.lower[at] in ("after", "over", "since", "following") and after < len(tree) and tree.pos[after] == "NUM":
        return None
    head, top = _attached(tree, end if tree.dep[end] == "mark" and end > at else at)
    if connective.strict and not _polar(tree, head, words):
        return None
    if connective.clausal and not _clausal(tree, at, top, head, words):
        return None
    cause = (at, max(tree.right[top], at)) if tree.left[top] >= at - 1 else (at, tree.right[at])
    if tree.right[at] > cause[1] and tree.dep[at] in ("prep", "advcl", "agent"):
        cause = (at, tree.right[at])
    comma = next((k for k in range(end + 1, min(last, end + SIDE)) if tree.text[k] == ","), None)
    if at == first and comma is not None and (cause[1] >= last - 1 or cause[1] <= end):
        cause, head = (at, comma - 1), head
    if cause[1] <= end:
        cause = (at, min(last, at + SIDE))
    effect = _effect(tree, head, cause, first, last)
    if (
        effect is None
        or (effect[1] - effect[0] < 1)
        or not any(tree.text[k][0].isalpha() for k in range(cause[0] + 1, cause[1] + 1))
    ):
        return None
    if connective.modal and not any(tree.lower[k] in MODALS for k in range(first, last + 1) if k != at):
        return None
    if connective.cause == "before":
        return Claim(connective, name, at, effect, cause, head)
    return Claim(connective, name, at, cause, effect, head)


def _attached(tree: Tree, at: int) -> tuple[int, int]:
    """The verb or noun that a connective's phrase hangs on, and the top of that phrase."""
    if tree.dep[at] in ("mark", "advmod", "aux", "cc") and tree.pos[tree.head[at]] in ("VERB", "AUX", "NOUN", "ADJ"):
        top = tree.head[at]
        return tree.head[top], top
    return tree.head[at], at


def _clausal(tree: Tree, at: int, top: int, head: int, words: CausalWords) -> bool:
    """Whether a connective of time opens a clause or names a deed beside a verb, not a mere date."""
    if tree.pos[head] not in ("VERB", "AUX") or (at and tree.lemma[at - 1] in SPANS):
        return False
    perfect = tree.lower[at] == "since" and not _polar(tree, head, words)
    if perfect and any(tree.lemma[kid] == "have" and tree.dep[kid] == "aux" for kid in tree.kids[head]):
        return False  # "has been shut since …" tells a time
    if tree.dep[at] in ("mark", "advmod") and top != at:
        return tree.dep[top] == "advcl" and tree.first(top, "nsubj", "nsubjpass") is not None
    noun = tree.first(at, "pobj", "pcomp")
    return (
        tree.lower[at] == "after"
        and noun is not None
        and tree.pos[noun] in ("NOUN", "VERB")
        and tree.lemma[noun] not in ("year", "month", "day", "week", "hour", "decade", "meeting", "talk", "war", "time")
    )


def _effect(tree: Tree, head: int, cause: tuple[int, int], first: int, last: int) -> tuple[int, int] | None:
    """The clause of `head` beside the cause."""
    if cause[0] - first >= 2:
        a = max(first, tree.left[head], cause[0] - SIDE) if tree.left[head] < cause[0] else max(first, cause[0] - SIDE)
        return (first if cause[0] - a < 3 else a), cause[0] - 1
    if last - cause[1] >= 3:
        a = cause[1] + 1
        while a < last and tree.text[a] in (",", ";", "then"):
            a += 1
        return a, min(last, a + SIDE)
    return None


def _verbal(tree: Tree, v: int, name: str, connective: Connective) -> Claim | None:
    """A verb whose subject is the cause and whose object is the effect."""
    if tree.pos[v] != "VERB" and tree.tag[v][:2] != "VB":
        return None
    subject = tree.first(v, "nsubj")
    top = v
    while subject is None and tree.dep[top] in ("xcomp", "conj", "ccomp", "acomp") and tree.head[top] != top:
        top = tree.head[top]
        subject = tree.first(top, "nsubj")
    if (
        tree.dep[v] == "amod"
        and tree.tag[v] in ("VBD", "VBN")
        and v
        and tree.pos[v - 1] in ("NOUN", "PROPN")
        and tree.head[v] > v
    ):
        a, _ = tree.span(v - 1)  # "The visit improved relations", taken for a noun phrase
        return Claim(
            connective, name, v, (max(tree.left[tree.head[v]], a - 1), v - 1), (v, tree.right[tree.head[v]]), v
        )
    if (subject is None and tree.dep[v] in ("relcl", "acl")) or (
        subject is not None and tree.tag[subject] in ("WDT", "WP") and tree.dep[v] == "relcl"
    ):
        subject = tree.head[v]
    objects = [kid for kid in tree.kids[v] if tree.dep[kid] in ("dobj", "ccomp", "xcomp", "prep") and kid > v]
    if subject is None or not objects or tree.pos[subject] == "PRON":
        return None
    if connective.turn < 0 and not any(tree.dep[kid] == "dobj" for kid in objects) and not connective.soft:
        return None
    a, b = tree.span(subject)
    if b >= v:
        b = v - 1
    return Claim(connective, name, v, (a, max(a, b)), (v, max(tree.right[kid] for kid in objects)), v)


def _polar(tree: Tree, i: int, words: CausalWords) -> bool:
    """Whether a verb, its object or its predicate is a word of cooperation or its opposite."""
    near = [i, *(kid for kid in tree.kids[i] if tree.dep[kid] in ("acomp", "attr", "prt", "oprd"))]
    return any(tree.lemma[k] in words.bad or (tree.lemma[k] in words.good and tree.pos[k] == "VERB") for k in near)


def _relevant(
    claim: Claim, tree: Tree, paragraph: Paragraph, seen: Annotations, starts: list[int], words: CausalWords
) -> bool:
    """Whether the cause or the effect speaks of a relation, a matter or a state."""
    first, last = min(claim.cause[0], claim.effect[0]), max(claim.cause[1], claim.effect[1])
    topical = any(tree.lemma[k] in words.subjects for k in range(first, last + 1))
    low = bisect.bisect_left(starts, paragraph.start + tree.idx[first])
    high = bisect.bisect_left(starts, paragraph.start + tree.end[last])
    actors = any(mention.actors for mention in seen.mentions[low:high])
    if claim.connective.cause == "subject":
        effect = any(tree.lemma[k] in words.subjects for k in range(claim.effect[0], claim.effect[1] + 1))
        return effect or (topical and actors)
    if not claim.connective.clausal:
        return (
            topical
            or actors
            or any(
                mention.actors and paragraph.start <= mention.start < paragraph.end
                for mention in seen.mentions[
                    bisect.bisect_left(starts, paragraph.start) : bisect.bisect_left(starts, paragraph.end)
                ]
            )
        )
    return topical or actors


def _direction(claim: Claim, tree: Tree, words: CausalWords) -> int:
    """+1 towards cooperation, -1 away from it."""
    turn = claim.connective.turn
    if not claim.connective.soft:
        return turn
    effect = _polarity(tree, claim.effect, words)
    if effect:
        return effect
    cause = _polarity(tree, claim.cause, words)
    return -1 if cause < 0 else turn


def _polarity(tree: Tree, span: tuple[int, int], words: CausalWords) -> int:
    """The polarity of some words: bad ones outweigh good ones, verbs weigh most, a negation turns."""
    score = 0.0
    for k in range(span[0], span[1] + 1):
        verb = tree.pos[k] == "VERB"
        sign = -1.0 if tree.lemma[k] in words.bad else 0.6 if tree.lemma[k] in words.good and verb else 0.0
        if sign and (
            any(tree.lower[kid] in NEGATIONS for kid in tree.kids[k]) or tree.lower[max(0, k - 1)] in NEGATIONS
        ):
            sign = -sign
        score += 2 * sign if verb else sign
    return (score > 0) - (score < 0)


def _hedge(claim: Claim, tree: Tree, words: CausalWords) -> Hedge:
    """How firmly a claim is made."""
    if claim.connective.hedge:
        return claim.connective.hedge
    inside = {tree.lower[k] for k in range(claim.effect[0], claim.effect[1] + 1)}
    if claim.connective.cause == "subject":
        above = [claim.verb]
        while tree.dep[above[-1]] in ("xcomp", "ccomp", "acomp"):
            above.append(tree.head[above[-1]])
        inside = {tree.lower[kid] for k in above for kid in (*tree.kids[k], k) if kid <= claim.verb}
    if inside.intersection(words.hedges["possible"]):
        return "possible"
    return "likely" if inside.intersection(words.hedges["likely"]) else "asserted"


def _driver(
    claim: Claim,
    tree: Tree,
    paragraph: Paragraph,
    document: Document,
    words: CausalWords,
) -> Driver | None:
    first, last = _window(claim, tree)
    if last - first + 1 < SHORTEST:
        return None
    a, b = paragraph.start + tree.idx[first], paragraph.start + tree.end[last]
    evidence = document.quote(a, b)
    return Driver(
        id=content_id("driver", document.id, a, b, claim.name),
        document_id=document.id,
        evidence=(evidence,),
        origin=Origin(coder=NAME, version=VERSION, rule=claim.name),
        confidence=claim.connective.weight,
        cause=_words(claim.cause, tree, paragraph, document, skip=claim.at),
        effect=_words(claim.effect, tree, paragraph, document),
        direction="helps" if _direction(claim, tree, words) > 0 else "hinders",
        hedge=_hedge(claim, tree, words),
    )


def _window(claim: Claim, tree: Tree) -> tuple[int, int]:
    """First and last token of the evidence: cause and effect, at most `LONGEST` words around the connective."""
    first, last = min(claim.cause[0], claim.effect[0]), max(claim.cause[1], claim.effect[1])
    if last - first >= LONGEST:
        first = max(first, claim.at - LONGEST // 2)
        last = min(last, first + LONGEST - 1)
    while first < last and (not tree.text[first][0].isalnum()):
        first += 1
    while last > first and (not tree.text[last][-1].isalnum()):
        last -= 1
    return first, last


def _words(span: tuple[int, int], tree: Tree, paragraph: Paragraph, document: Document, skip: int = -1) -> str:
    """The words of a range, without the connective at its head and punctuation at its ends."""
    first, last = span
    if first == skip and last > first and tree.pos[first] in ("ADP", "SCONJ", "VERB", "ADV", "AUX"):
        first += 1
        while first < last and tree.lower[first] in (
            "of",
            "to",
            "that",
            "by",
            "for",
            "from",
            "if",
            "when",
            "after",
            "as",
            "at",
            "over",
            "against",
        ):
            first += 1
    while first < last and not tree.text[first][0].isalnum():
        first += 1
    while last > first and not tree.text[last][-1].isalnum():
        last -= 1
    last = min(last, first + SIDE)
    return " ".join(document.text[paragraph.start + tree.idx[first] : paragraph.start + tree.end[last]].split())
