"""Matching clauses with frames: does this verb, with these objects and prepositions, carry that frame?

The frames themselves are data, given by the caller; this module knows no meanings.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from detente.engines.rules.clause import Clause, noun_clause, prepositions, verb_clause
from detente.engines.rules.tree import NOMINAL, Tree

IsActor = Callable[[int], bool]
PRONOUNS = frozenset(("it", "they", "them", "him", "her", "us"))
MARKS = frozenset(
    (
        "after",
        "since",
        "when",
        "while",
        "because",
        "as",
        "before",
        "although",
        "though",
        "once",
        "until",
        "by",
        "following",
        "during",
        "despite",
    )
)


class Pattern(Protocol):
    """What a frame asks of a clause; see `data/lexicon/frames.yml`."""

    @property
    def name(self) -> str:
        """Its name, for traces."""
        ...

    @property
    def object(self) -> Collection[str]:
        """Classes of the object, as words."""
        ...

    @property
    def object_actor(self) -> bool:
        """Whether an actor will do as object."""
        ...

    @property
    def object_any(self) -> bool:
        """Whether anything will."""
        ...

    @property
    def object_clause(self) -> bool:
        """Whether a clause will."""
        ...

    @property
    def object_none(self) -> bool:
        """Whether it may be absent."""
        ...

    @property
    def unless(self) -> Collection[str]:
        """Objects that rule the frame out."""
        ...

    @property
    def subject(self) -> Collection[str]:
        """Classes of a subject that is no actor."""
        ...

    @property
    def phrases(self) -> Sequence[tuple[str, Collection[str]]]:
        """Prepositions that must be there, with their nouns."""
        ...

    @property
    def says(self) -> Collection[str]:
        """Words of which one must follow the trigger."""
        ...

    @property
    def pronoun(self) -> bool:
        """Whether a pronoun will do as object."""
        ...

    @property
    def complement(self) -> str:
        """The clause that must follow: `to`, `that`, `any` or none."""
        ...


@dataclass
class Match:
    """A frame that a clause carries. `matched` are the objects (or subjects) that fitted, `rest` the trigger's own
    further words.
    """

    frame: Pattern
    clause: Clause
    noun: bool
    matched: list[int] = field(default_factory=list)
    rest: list[int] = field(default_factory=list)


class Matcher:
    """Finds the frames of the verbs and nouns of one parse.

    Args:
        tree: The parse.
        kinds: Whether the token at a position heads words for an actor; is a place's name; heads words for a thing of
            an actor's.
        transparent: Nouns that pass on to the noun after `of` ("a series of talks").
        light: Verbs that lend an event noun their subject.
    """

    def __init__(
        self,
        tree: Tree,
        kinds: tuple[IsActor, IsActor, IsActor],
        transparent: Collection[str],
        light: frozenset[str],
    ) -> None:
        self.tree = tree
        self.is_actor, self.is_place, self.is_owned = kinds
        self.transparent, self.light = transparent, light

    def verb(self, v: int, choices: Iterable[tuple[tuple[str, ...], Pattern]]) -> Match | None:
        """The first of the frames, in their order, that the clause of the verb at `v` carries."""
        clause: Clause | None = None
        for rest, frame in choices:
            if rest and not self._near(v, rest[0]):
                continue
            if clause is None:
                clause = verb_clause(self.tree, v)
            found = self._verb(clause, rest, frame)
            if found is not None:
                return found
        return None

    def _complement(self, clause: Clause, kind: str) -> bool:
        """Whether an infinitive (`to`) or a clause with a subject (`that`) follows."""
        if clause.complement is None:
            return False
        bare = self.tree.first(clause.complement, "nsubj", "nsubjpass") is None
        infinitive = any(
            self.tree.lower[kid] == "to" and self.tree.dep[kid] == "aux" for kid in self.tree.kids[clause.complement]
        )
        return kind == "any" or (infinitive if kind == "to" else not bare and not infinitive)

    def _near(self, v: int, word: str) -> bool:
        lower = self.tree.lower
        return any(lower[kid] == word or self.tree.lemma[kid] == word for kid in self.tree.kids[v]) or (
            v + 1 < len(lower) and lower[v + 1] == word
        )

    def _verb(self, clause: Clause, rest: tuple[str, ...], frame: Pattern) -> Match | None:
        if not rest and any(self.tree.dep[at] == "prt" and word != "up" for word, at in clause.particles.items()):
            return None  # "frozen out" is not "frozen"
        if frame.unless and clause.complement is not None and self.tree.lemma[clause.complement] in frame.unless:
            return None
        fitted, own = (clause, []) if not rest else self._with_particle(clause, rest)
        if fitted is None:
            return None
        if frame.complement and not self._complement(fitted, frame.complement):
            return None
        if any(not self._phrase(fitted, prep, words) for prep, words in frame.phrases):
            return None
        if frame.says and not self._says(clause.trigger, frame.says):
            return None
        if frame.subject:
            subjects = fitted.agents or fitted.objects if not frame.object else fitted.agents
            matched = [i for i in subjects if self.fits(i, frame.subject)]
            if not matched:
                return None
            if not frame.object and not frame.object_actor:
                return Match(frame, fitted, False, matched, own)
        found = self.objects(fitted, frame, own)
        return None if found is None else Match(frame, fitted, False, found, own)

    def _says(self, v: int, words: Collection[str]) -> bool:
        """Whether one of some words follows the verb in its clause, or stands before it as an adverb."""
        tree = self.tree
        after = range(v + 1, min(tree.right[v], v + 15) + 1)
        before = [kid for kid in tree.kids[v] if kid < v and tree.dep[kid] == "advmod"]
        return any(tree.lemma[i] in words or tree.lower[i] in words for i in (*before, *after))

    def _with_particle(self, clause: Clause, rest: tuple[str, ...]) -> tuple[Clause | None, list[int]]:
        """The clause as it is for a trigger of several words; its object may be the last word's."""
        tree, v = clause.tree, clause.trigger
        if tuple(tree.lower[v + 1 : v + 1 + len(rest)]) == rest:
            at = v + 1
        else:
            kids = [
                kid
                for kid in tree.kids[v]
                if kid > v
                and rest[0] in (tree.lower[kid], tree.lemma[kid])
                and (tree.dep[kid] == "prt" or kid - v <= 4 or any(kid == tree.right[o] + 1 for o in clause.objects))
            ]
            if not kids:
                return None, []
            at = kids[0]
        own = [at]
        for word in rest[1:]:
            low = [kid for kid in (*tree.kids[own[-1]], own[-1] + 1) if kid < len(tree) and tree.lower[kid] == word]
            if not low:
                low = [kid for kid in tree.kids[v] if tree.lower[kid] == word]
            if not low:
                return None, []
            own.append(low[0])
        last = own[-1]
        fitted = replace(clause, particles=dict(clause.particles))
        nouns = [
            n
            for low in tree.kids[last]
            if tree.dep[low] in ("pobj", "pcomp")
            for n in (tree.coordinated(low) if tree.dep[low] == "pobj" else [low])
        ]
        fitted.objects = [o for o in clause.objects if o not in own]
        if nouns and not fitted.objects:
            fitted.objects = nouns
        elif nouns and tree.dep[last] == "prep" and clause.construction not in ("passive", "passive-bare"):
            fitted.objects = nouns if not any(tree.dep[o] == "dobj" for o in fitted.objects) else fitted.objects
        if fitted.complement is None:
            fitted.complement = tree.first(last, "xcomp", "ccomp", "pcomp")
        return fitted, own

    def _phrase(self, clause: Clause, prep: str, words: Collection[str]) -> bool:
        nouns = [*clause.preps.get(prep, ()), *clause.object_preps.get(prep, ())]
        if not words:
            return any(self.is_actor(n) for n in nouns)
        if "*" in words:
            return bool(nouns)
        return any(self.fits(n, words) for n in nouns)

    def objects(self, clause: Clause, frame: Pattern, own: Sequence[int] = ()) -> list[int] | None:
        """The objects that fit a frame; None where it asks for one and none fits. `own` are words of the trigger."""
        objects = [i for i in clause.objects if i not in own]
        if frame.unless and any(self.fits(i, frame.unless) for i in objects):
            return None
        asks = frame.object or frame.object_actor or frame.object_any or frame.object_clause
        if not asks:
            plain = [
                i
                for i in objects
                if self.tree.head[i] == clause.trigger and self.tree.pos[i] in NOMINAL and not self.is_actor(i)
            ]
            return None if plain and not frame.phrases and not frame.complement else []
        if frame.object:
            fitting = [i for i in objects if self.fits(i, frame.object)]
            if fitting:
                return fitting
        if frame.object_actor:
            fitting = [i for i in objects if self.is_actor(i) or self.tree.lower[i] in PRONOUNS]
            if fitting:
                return fitting
        if frame.pronoun and any(self.tree.lower[i] in PRONOUNS for i in objects):
            return objects
        if frame.object_any and any(self.tree.pos[i] in NOMINAL or self.tree.pos[i] == "VERB" for i in objects):
            return objects
        if (
            frame.object_clause
            and clause.complement is not None
            and self.tree.dep[clause.complement] in ("ccomp", "pcomp", "xcomp")
        ):
            return []
        return [] if frame.object_none else None

    def fits(self, i: int, words: Collection[str]) -> bool:
        """Whether the noun at `i`, the two words it ends, or what it stands for ("a raft of …") is among some words."""
        tree = self.tree
        for _ in range(3):
            if (
                tree.lemma[i] in words
                or tree.lower[i] in words
                or (
                    tree.pos[i] == "PROPN" and tree.lower[i].removesuffix("s") in words  # "the Washington Accords"
                )
                or ("*place" in words and self.is_place(i))
            ):
                return True
            if tree.pos[i] == "PROPN" and any(
                tree.lemma[kid] in words for kid in tree.kids[i] if tree.dep[kid] in ("compound", "appos", "nmod")
            ):
                return True  # "ambassador Amir Hayek"
            if "*owned" in words and self.is_owned(i):
                return True
            pair = tree.compound_lemma(i)
            if pair is not None and pair in words:
                return True
            if any(f"{tree.lemma[kid]} {tree.lemma[i]}" in words for kid in tree.every(i, "amod", "compound")):
                return True  # "joint naval exercises"
            if tree.lemma[i] not in self.transparent and tree.pos[i] != "NUM":
                return False
            inner = prepositions(tree, i).get("of")
            if not inner:
                return False
            i = inner[0]
        return False

    def noun(self, i: int, choices: Iterable[tuple[str, Pattern]]) -> Match | None:
        """The first of the frames that the event noun at `i` carries."""
        tree = self.tree
        for trigger, frame in choices:
            words = trigger.split()
            if len(words) > 1 and not self._phrase_before(i, words[:-1]):
                continue
            if frame.unless and any(
                tree.lemma[low] in frame.unless for low in (*tree.kids[i], *prepositions(tree, i).get("of", ()))
            ):
                continue
            asks = bool(frame.object or frame.object_actor or frame.object_any)
            clause = noun_clause(tree, i, self.light, asks)
            if frame.complement and clause.complement is None:
                continue
            if any(not self._phrase(clause, prep, wanted) for prep, wanted in frame.phrases):
                continue
            matched: list[int] = []
            if asks:
                inner = [kid for kid in tree.kids[i] if tree.dep[kid] in ("compound", "amod", "nmod")]
                if not clause.objects and frame.object:
                    clause.objects = [kid for kid in inner if tree.lemma[kid] in frame.object]
                found = self.objects(clause, frame)
                if found is None or not (found or clause.objects):
                    continue
                matched = found
            return Match(frame, clause, True, matched, [i - k for k in range(1, len(words))])
        return None

    def _phrase_before(self, i: int, words: list[str]) -> bool:
        start = i - len(words)
        return start >= 0 and all(
            word in (self.tree.lemma[start + k], self.tree.lower[start + k]) for k, word in enumerate(words)
        )


def contents(tree: Tree, top: int) -> set[int]:
    """The tokens of a clause that is only the content of another's words.

    Background told inside it (relative clauses, reduced ones, clauses with `after`, `since`, …) is left out.
    """
    found, stack = set(), [top]
    while stack:
        at = stack.pop()
        found.add(at)
        for kid in tree.kids[at]:
            dep = tree.dep[kid]
            if dep == "relcl" or (dep == "acl" and tree.tag[kid] == "VBN"):
                continue
            if dep in ("advcl", "prep") and (
                tree.lower[kid] in MARKS
                or any(tree.dep[low] in ("mark", "advmod") and tree.lower[low] in MARKS for low in tree.kids[kid])
            ):
                continue
            stack.append(kid)
    return found
