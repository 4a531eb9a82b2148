"""Modality of a clause, from its grammar: auxiliaries, negation, conditions, governing verbs and adjectives.

What a governing word does (plans, doubts, continues) is given as data by the caller.
"""

from __future__ import annotations

from collections.abc import Mapping

from detente.engines.rules.tree import Tree

FUTURE = frozenset(("will", "shall", "'ll", "wo", "’ll"))
WOULD = frozenset(("would", "'d", "’d"))
POSSIBLE = frozenset(("may", "might", "could", "can", "ca"))
DUTY = frozenset(("should", "must", "ought", "need"))
CONDITION = frozenset(("if", "unless", "provided", "assuming", "whether"))
NEGATIVE = frozenset(("not", "n't", "n’t", "never", "no", "neither", "nor", "without", "hardly"))

IDLE = frozenset(("from", "of", "to", "at", "about", "against", "on", "over", "into", "than"))
"""Prepositions before a participle of which nobody says that it was done ("talks on lifting")."""
LATER = frozenset(("when", "until", "once", "before", "after"))
UNSURE = frozenset(("likely", "probably", "possibly", "perhaps", "maybe", "presumably"))
NOBODY = frozenset(("nothing", "nobody", "none", "neither", "no-one", "few"))
Governors = Mapping[str, str]
"""Lemma (or lemma and preposition) of a governing word to what it does: `planned`, `wanted`, `doubted`, `ongoing`,
`proposed`, `denied`, `begun`, `ended`, `failed`, `attempted`, `conditional`, `done` (it was really done)."""


class Reading:
    """How a clause is meant: `modality`, or None where nothing is said to happen; `negated`; `why` for traces."""

    __slots__ = ("ended", "modal", "modality", "negated", "why")

    def __init__(self) -> None:
        self.modality: str | None = "occurred"
        self.negated = False
        self.ended = False
        self.modal = ""
        self.why = ""

    def set(self, modality: str | None, why: str) -> None:
        """Notes a modality and its reason."""
        self.modality, self.why = modality, why


def read(tree: Tree, v: int, governors: Governors, *, heading: bool = False) -> Reading:
    """The modality of the clause of the verb (or event noun) at `v`."""
    reading = Reading()
    if _question(tree, v):
        reading.set(None, "question")
        return reading
    _own(tree, v, reading, heading)
    if any(tree.lower[kid] in UNSURE for kid in tree.every(v, "advmod")):
        reading.set(None, "a guess")
        return reading
    if any(tree.lower[kid] in CONDITION for kid in tree.kids[v] if tree.dep[kid] in ("mark", "advmod", "prep")):
        # Of two subjects one belongs to an if-clause that the parser took for a part of this one.
        main = len(tree.every(v, "nsubj", "nsubjpass")) > 1 and reading.modality != "occurred"
        reading.set("conditional" if main else None, "inside a condition")
        return reading
    _governed(tree, v, reading, governors)
    if reading.modality in ("planned", "ongoing") and reading.modal in ("will", "would") and _has_condition(tree, v):
        reading.set("conditional", "if-clause")
    return reading


def _question(tree: Tree, v: int) -> bool:
    """Whether the sentence of `v` ends with a question mark."""
    at = tree.sentence(v)[1]
    while at > v and tree.text[at] in ('"', "”", "'", "’", ")", " "):
        at -= 1
    return tree.text[at] == "?"


def _own(tree: Tree, v: int, reading: Reading, heading: bool) -> None:
    """Auxiliaries and negation on the verb itself or, for a bare coordinated verb, on the first."""
    auxes = [tree.lower[kid] for kid in tree.kids[v] if tree.dep[kid] in ("aux", "auxpass")]
    for kid in tree.kids[v]:
        if tree.dep[kid] in ("nsubj", "nsubjpass") and (
            tree.lower[kid] in NOBODY or any(tree.lower[low] == "no" for low in tree.every(kid, "det"))
        ):
            reading.negated = True
        if tree.dep[kid] == "neg" or (
            tree.lower[kid] in NEGATIVE and tree.dep[kid] in ("det", "preconj", "advmod", "cc")
        ):
            reading.negated = True
    if (
        tree.dep[v] == "conj"
        and not auxes
        and tree.tag[v] in ("VB", "VBN", "VBG")
        and tree.pos[tree.head[v]] in ("VERB", "AUX")
    ):
        _own(tree, tree.head[v], reading, heading)
        return
    if any(tree.lower[kid] in NOBODY for kid in tree.every(v, "dobj")):
        reading.negated = True
    if tree.dep[v] == "pcomp" and tree.lower[tree.head[v]] == "without":
        reading.negated = True
    if tree.pos[v] not in ("VERB", "AUX"):
        return
    for word in auxes:
        if word in FUTURE:
            reading.modal = "will"
            reading.set("planned", word)
        elif word in WOULD:
            reading.modal = "would"
            reading.set("conditional" if _has_condition(tree, v) else "planned", word)
        elif word in POSSIBLE:
            reading.modal = "may"
            reading.set("conditional" if _has_condition(tree, v) else None, word)
        elif word in DUTY:
            reading.modal = "must"
            reading.set(None, word)
    if reading.modal:
        return
    _tense(tree, v, reading, heading, auxes)


def _tense(tree: Tree, v: int, reading: Reading, heading: bool, auxes: list[str]) -> None:
    """What tense and aspect say where no modal does."""
    tag = tree.tag[v]
    infinitive = "to" in auxes and tag == "VB"
    if infinitive and tree.dep[v] in ("ROOT", "relcl", "conj", "ccomp") and (heading or tree.dep[v] != "relcl"):
        reading.set("planned", "infinitive")
    elif infinitive and tree.dep[v] == "xcomp" and tree.lemma[tree.head[v]] == "be" and tree.pos[tree.head[v]] == "AUX":
        reading.modal = "will"
        reading.set("planned", "is to")
    elif tag == "VBG" and (
        any(word in ("is", "are", "am", "'s", "'re", "been", "being", "’s", "’re") for word in auxes)
        or (tree.dep[v] == "attr" and tree.lower[tree.head[v]] in ("is", "are", "am"))
    ):
        reading.set("ongoing", "progressive")
    elif tag in ("VBZ", "VBP") and not heading:
        reading.set("ongoing", "present")
    elif (
        tag == "VBN"
        and not heading
        and any(tree.lower[kid] in ("is", "are", "being") and tree.dep[kid] == "auxpass" for kid in tree.kids[v])
    ):
        reading.set("ongoing", "present passive")


def _has_condition(tree: Tree, v: int) -> bool:
    """Whether an if- or unless-clause, or an `as soon as`, hangs on the verb or the verb that governs it."""
    for at in (v, *[top for top in list(tree.climb(v))[:2] if tree.dep[v] in ("ccomp", "xcomp", "conj")]):
        for kid in tree.kids[at]:
            if tree.dep[kid] in ("advcl", "prep", "mark") and (
                tree.lower[kid] in CONDITION or any(tree.lower[low] in CONDITION for low in tree.kids[kid])
            ):
                return True
    return False


def _governed(tree: Tree, v: int, reading: Reading, governors: Governors) -> None:
    """What the words above the clause make of it."""
    at = v
    for _ in range(6):
        dep, head, here = tree.dep[at], tree.head[at], at
        if head == at:
            return
        if dep == "conj" and tree.pos[head] == tree.pos[at]:
            at = head
            continue
        if dep == "ccomp" and ";" in tree.text[min(at, head) : max(at, head)]:
            return  # a sentence of its own
        if dep == "pobj" or dep == "pcomp":  # through the preposition to what it hangs on
            name, top = tree.lower[head], tree.head[head]
            kind = governors.get(f"{tree.lemma[top]} {name}") or (
                governors.get(tree.lemma[top]) if dep == "pcomp" else None
            )
            at = head
        elif dep in ("xcomp", "ccomp", "acl", "dobj", "nsubjpass", "advcl", "acomp"):
            if (
                dep == "advcl"
                and any(tree.lower[kid] in LATER for kid in tree.kids[at])
                and any(tree.lower[kid] in FUTURE | WOULD for kid in tree.every(head, "aux"))
            ):
                reading.set(None, "before or after something to come")
                return
            if dep == "advcl" and any(tree.lower[kid] in CONDITION for kid in tree.kids[at] if tree.dep[kid] == "mark"):
                reading.set(None, "inside a condition")
                return
            if dep in ("dobj", "nsubjpass") and tree.pos[at] == "VERB":
                return
            kind = governors.get(tree.lemma[head]) if dep != "advcl" else None
            top = head
        else:
            return
        if kind is None and here == v and dep == "pcomp" and tree.lower[tree.head[v]] in IDLE:
            reading.set(None, f"only {tree.lower[tree.head[v]]} it")
            return
        if kind is None and here == v and _bare_infinitive(tree, v, dep):
            reading.set(None, f"infinitive under {tree.lemma[head]}")
            return
        if kind in ("ended", "begun", "attempted", "ongoing", "failed") and dep == "ccomp":
            kind = None  # another clause beside it, not its content
        if kind:
            apply(reading, kind, tree.lemma[top])
            if reading.modality is None:
                return
            negated = any(tree.dep[kid] == "neg" for kid in tree.kids[top])
            reading.negated = reading.negated != negated and (reading.negated or negated)
        if kind and dep in ("xcomp", "acl", "dobj", "nsubjpass", "pobj", "pcomp", "acomp"):
            _above(tree, top, reading)
        at = top if dep not in ("pobj", "pcomp") else tree.head[at]


def _bare_infinitive(tree: Tree, v: int, dep: str) -> bool:
    """Whether `v` is an infinitive of purpose or content, of which nobody says that it was done."""
    if tree.tag[v] != "VB" or dep not in ("xcomp", "acl", "advcl", "ccomp", "pcomp"):
        return False
    if dep == "xcomp" and tree.pos[tree.head[v]] == "AUX":
        return False
    return any(tree.lower[kid] == "to" and tree.dep[kid] == "aux" for kid in tree.kids[v])


def _above(tree: Tree, top: int, reading: Reading) -> None:
    """A governing verb in the future, under a condition or a modal passes that on."""
    for kid in tree.kids[top]:
        if tree.dep[kid] in ("aux",):
            if tree.lower[kid] in FUTURE | WOULD and reading.modality in ("occurred", "ongoing"):
                reading.modal = "will"
                reading.set("planned", "governor in the future")
            elif tree.lower[kid] in POSSIBLE | DUTY:
                reading.set(None, "governor is only possible")
        elif tree.lower[kid] in CONDITION and tree.dep[kid] == "mark":
            reading.set(None, "governor inside a condition")


def apply(reading: Reading, kind: str, why: str) -> None:
    """Applies what a governing word does to a reading."""
    if kind in ("doubted", "wanted"):
        reading.set(None, why)
    elif kind == "failed":
        reading.negated = True
    elif kind == "ended":
        reading.ended = True
        reading.why = why
    elif kind == "denied":
        reading.set("denied", why)
    elif kind in ("begun",):
        if reading.modality == "ongoing":
            reading.set("ongoing", why)
    elif kind == "attempted":
        if reading.modality == "occurred":
            reading.set("ongoing", why)
    elif kind in ("planned", "proposed", "conditional", "ongoing") and reading.modality in ("occurred", "ongoing"):
        reading.set(kind, why)
