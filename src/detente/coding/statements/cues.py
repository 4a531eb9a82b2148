"""Reporting clauses: the verb, who speaks, and which words are said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.codebook.voices import Reporting
from detente.coding.statements.scene import Page
from detente.engines.rules.clause import is_passive, surface
from detente.engines.rules.tree import Tree

MARKS = frozenset((",", ".", ";", ":", "”", '"', "—", "–", "-", ")", "?"))


@dataclass(frozen=True)
class Cue:
    """A reporting clause: `verb` and `speaker` are tokens, `first` to `last` the tokens of what is said."""

    verb: int
    speaker: int
    first: int
    last: int
    kind: str
    negated: bool = False

    def verb_lemma(self, tree: Tree) -> str:
        """The lemma of the reporting verb."""
        return tree.lemma[self.verb]


def cues(page: Page, words: Reporting) -> Iterator[Cue]:
    """The reporting clauses of a paragraph, in order of their verbs."""
    tree = page.tree
    _mend(tree, words)
    for v in range(len(tree)):
        if tree.lemma[v] in words.lemmas and tree.pos[v] in ("VERB", "AUX", "NOUN") and tree.tag[v][:2] == "VB":
            cue = _clause(page, v, words)
            if cue is not None:
                yield cue
        elif tree.lower[v] in ("known", "understood") and tree.lower[max(0, v - 2) : v] == ["it", "be"]:
            cue = _let(tree, v)
            if cue is not None:
                yield cue
        elif tree.lower[v] == "according" or tree.lower[v] in ("in", "by", "on"):
            cue = _source(page, v, words)
            if cue is not None:
                yield cue


def _mend(tree: Tree, words: Reporting) -> None:
    """Mends lemmas, and reporting verbs taken for plural nouns: "The road, Nepal maintains, was built …"."""
    for v in range(len(tree)):
        if tree.lemma[v] in words.aliases and tree.pos[v] == "VERB":
            tree.lemma[v] = words.aliases[tree.lemma[v]]
        if (
            tree.tag[v] == "NNS"
            and 1 < v < len(tree) - 1
            and tree.lemma[v] in words.verbs.clause
            and tree.text[v].islower()
            and tree.pos[v - 1] == "PROPN"
            and tree.head[v - 1] == v
            and tree.text[v + 1] in (",", ".")
            and tree.text[tree.left[v] - 1] == ","
        ):
            tree.tag[v], tree.pos[v], tree.dep[v], tree.dep[v - 1] = "VBZ", "VERB", "parataxis", "nsubj"


def _clause(page: Page, v: int, words: Reporting) -> Cue | None:
    tree, lemma = page.tree, page.tree.lemma[v]
    speaker = _speaker(tree, v)
    if speaker is None or _unsaid(tree, v, words):
        return None
    kids = tree.kids[v]
    negated = any(tree.dep[kid] == "neg" for kid in kids)
    verbs = words.verbs
    if lemma in verbs.clause or lemma in verbs.request or lemma in verbs.infinitive:
        said = _complement(tree, v, speaker, lemma in verbs.infinitive or lemma in verbs.request, lemma in verbs.clause)
        if said is not None and not (negated and lemma not in words.mental):
            return Cue(v, speaker, *said, kind="clause", negated=negated)
    preps = {f"{lemma} {tree.lower[kid]}": kid for kid in kids if tree.dep[kid] in ("prep", "prt") and kid > v}
    for pair, kid in preps.items():
        if pair in verbs.about and not negated and not is_passive(tree, v) and any(k > kid for k in tree.kids[kid]):
            return Cue(v, speaker, tree.left[kid], tree.right[kid], kind="about")
    if (lemma in verbs.object or lemma in verbs.request) and not negated:
        objects = [kid for kid in kids if tree.dep[kid] in ("dobj", "oprd", "ccomp", "nsubjpass") and kid != speaker]
        predicate = any(
            tree.dep[kid] in ("oprd", "ccomp") or (tree.dep[kid] == "prep" and tree.lower[kid] == "as") for kid in kids
        ) or any(mark in ('"', "“") for mark in tree.text[v + 1 : v + 9])
        bound = words.bound.get(lemma)
        if bound and not any(tree.lower[kid] in bound and tree.dep[kid] in ("prep", "prt") for kid in kids):
            return None
        if lemma in words.naming and not predicate:
            return None
        if is_passive(tree, v):
            undergone = tree.first(v, "nsubjpass")
            return Cue(v, speaker, tree.left[undergone], v, kind="object") if undergone is not None else None
        if not objects and tree.dep[v] == "relcl" and tree.head[v] < speaker and tree.pos[tree.head[v]] == "NOUN":
            return Cue(v, speaker, tree.left[tree.head[v]], v, kind="object")
        if lemma in ("express", "voice", "convey") and not any(tree.lemma[kid] in words.attitudes for kid in objects):
            return None
        if (
            lemma
            in ("want", "wish", "ask", "request", "seek", "favour", "favor", "recall", "mention", "question", "point")
            and not objects
        ):
            return None
        if not objects and lemma in ("deny", "rule"):
            objects = [kid for kid in kids if tree.dep[kid] == "xcomp" and tree.tag[kid] == "VBG"]
        if objects:
            last = (
                max(
                    tree.right[kid]
                    for kid in kids
                    if kid > v and tree.dep[kid] in ("dobj", "oprd", "prep", "ccomp", "advcl", "dative", "xcomp")
                )
                if any(kid > v and tree.dep[kid] in ("dobj", "oprd", "ccomp", "xcomp") for kid in kids)
                else v
            )
            if last > v:
                return Cue(v, speaker, v, last, kind="object")
    return None


def _let(tree: Tree, v: int) -> Cue | None:
    """What somebody lets be known: the words after it, or the sentence around it."""
    let = v - 3
    if let < 0 or tree.lemma[let] != "let":
        return None
    first, last = tree.sentence(v)
    speaker = _speaker(tree, let)
    if speaker is None:
        return None
    after = next((k for k in range(v + 1, min(v + 7, last)) if tree.lower[k] in ("that", ":")), v + 1)
    return (
        Cue(let, speaker, after, last, kind="clause") if last - after > 3 else Cue(let, speaker, first, let, "clause")
    )


def _speaker(tree: Tree, v: int) -> int | None:
    """The token of who says it: the subject, the agent of a passive, the antecedent of a relative clause."""
    if is_passive(tree, v):
        agent = tree.first(v, "agent")
        if agent is None:
            return None
        return tree.first(agent, "pobj")
    subjects = [kid for kid in tree.kids[v] if tree.dep[kid] == "nsubj" and tree.tag[kid] not in ("WDT", "WP")]
    if subjects:
        return min(subjects, key=lambda kid: abs(kid - v))
    found, how = surface(tree, v)
    if how == "participle" and tree.dep[v] in ("acl",) and tree.tag[v] == "VBN":
        return None
    return found[0] if found else _before(tree, v)


def _before(tree: Tree, v: int) -> int | None:
    """The name right before a finite verb, or before the commas there, where the parse gives it no subject."""
    if tree.tag[v] not in ("VBD", "VBZ", "VBP") or tree.first(v, "nsubj") is not None:
        return None
    first, k = tree.sentence(v)[0], v - 1
    while k > first and tree.pos[k] in ("ADV", "AUX"):
        k -= 1
    if k > first and tree.text[k] == ",":
        comma = next((i for i in range(k - 1, max(first, k - 14), -1) if tree.text[i] == ","), None)
        k = comma - 1 if comma is not None else k
    return k if k >= first and tree.pos[k] == "PROPN" else None


def _unsaid(tree: Tree, v: int, words: Reporting) -> bool:
    """Whether nothing is said: under a modal, an infinitive of a wish, a condition, an order."""
    for kid in tree.kids[v]:
        if tree.dep[kid] == "aux" and tree.lower[kid] in words.unsaid and tree.lemma[v] not in words.mental:
            return True
        if tree.dep[kid] == "mark" and tree.lower[kid] in ("if", "unless", "whether"):
            return True
    if tree.tag[v] == "VB" and any(tree.lower[kid] == "to" for kid in tree.kids[v]):
        return tree.lemma[tree.head[v]] in words.wishes
    return tree.tag[v] == "VBG" and tree.dep[v] in ("pcomp", "csubj", "amod", "compound")


def _complement(tree: Tree, v: int, speaker: int, infinitive: bool, clause: bool) -> tuple[int, int] | None:
    """The tokens of what is said, as a clause, an infinitive or the sentence around an inserted reporting clause."""
    for kid in tree.kids[v]:
        if clause and tree.dep[kid] == "ccomp" and kid != speaker:
            first, last = tree.left[kid], tree.right[kid]
            if first <= v <= last:
                first, last = (first, v - 1) if kid < v else (v + 1, last)
            if first <= speaker <= last:
                first, last = (first, speaker - 1) if kid < speaker else (speaker + 1, last)
            if last > first:
                return first, last
    if infinitive:
        for kid in tree.kids[v]:
            if (
                tree.dep[kid] in ("xcomp", "ccomp", "advcl")
                and kid > v
                and (tree.tag[kid] in ("VB", "VBN") or tree.dep[kid] == "ccomp")
            ):
                objects = [k for k in tree.kids[v] if v < k < kid and tree.dep[k] in ("dobj", "dative")]
                return min([v + 1, *(tree.left[k] for k in objects)]), tree.right[kid]
    if clause and _inserted(tree, v, speaker):
        sentence = [i for i in range(len(tree)) if tree.sent[i] == tree.sent[v]]
        return sentence[0], sentence[-1]
    if clause and tree.dep[v] == "ROOT":
        for kid in tree.kids[v]:
            if tree.dep[kid] == "dep" and tree.pos[kid] in ("VERB", "AUX"):
                return tree.left[kid], tree.right[kid]
    return None


def _inserted(tree: Tree, v: int, speaker: int) -> bool:
    """Whether a reporting clause stands between commas or at the end of a sentence: "…, she added, …"."""
    subject = tree.span(speaker)
    a, b = min(v, subject[0]), max(v, subject[1])
    if b - a > 14:
        return False
    first = a
    while first and tree.sent[first - 1] == tree.sent[v] and tree.pos[first - 1] in ("ADV", "DET"):
        first -= 1
    if not first or tree.sent[first - 1] != tree.sent[v] or tree.text[first - 1] not in MARKS:
        return False
    for k in range(b + 1, min(b + 7, len(tree))):
        if tree.text[k] in MARKS or tree.sent[k] != tree.sent[v]:
            return True
        if tree.pos[k] in ("VERB", "AUX", "SCONJ"):
            return False
    return b + 1 >= len(tree)


def _source(page: Page, i: int, words: Reporting) -> Cue | None:
    """A source: "according to X", "in X's view", "by X's reckoning"."""
    tree = page.tree
    first, last = page.sentence(i)
    if tree.lower[i] == "according":
        for k in range(i + 1, min(i + 3, len(tree))):
            noun = tree.first(k, "pobj")
            if tree.lower[k] == "to" and noun is not None:
                return _around(tree, i, noun, first, last)
        return None
    for noun in range(i + 1, min(i + 9, last)):
        if tree.lower[noun] in words.views and tree.pos[noun] in ("NOUN", "VERB"):
            owner = tree.first(noun, "poss")
            if owner is None and tree.lower[noun - 1] in ("'s", "’s", "'"):
                owner = noun - 2
            of = tree.first(noun, "prep")
            if owner is None and of is not None and tree.lower[of] == "of":
                owner, noun = tree.first(of, "pobj"), tree.right[of]
            if owner is not None and owner > i:
                return (
                    _around(tree, first, owner, first, last)
                    if noun >= last
                    else Cue(i, owner, noun + 1, last, kind="source")
                )
            break
    return None


def _around(tree: Tree, i: int, noun: int, first: int, last: int) -> Cue | None:
    """The rest of the sentence beside a source phrase."""
    end = tree.right[i]
    before, after = i - first, last - end
    if before >= after:
        return Cue(i, noun, first, max(first, i - 1), kind="source") if before > 1 else None
    return Cue(i, noun, end + 1, last, kind="source")
