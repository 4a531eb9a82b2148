"""A dependency parse as plain lists of integers and strings, so that rules over it are cheap.

Reading an attribute of a spaCy token costs more than a list lookup; each is therefore read once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
DASHES = frozenset(("—", "–", "-", "--"))
CLAUSAL = frozenset(("relcl", "acl", "advcl", "ccomp", "xcomp", "parataxis", "pcomp"))


class Tree:
    """The tokens of one parsed paragraph. Positions are token numbers; `idx` and `end` are character offsets in it."""

    __slots__ = (
        "dateline",
        "dep",
        "end",
        "ents",
        "head",
        "idx",
        "kids",
        "left",
        "lemma",
        "lower",
        "pos",
        "right",
        "sent",
        "tag",
        "text",
    )

    def __init__(self, parse: Any) -> None:
        self.text: list[str] = []
        self.lower: list[str] = []
        self.lemma: list[str] = []
        self.pos: list[str] = []
        self.tag: list[str] = []
        self.dep: list[str] = []
        self.head: list[int] = []
        self.idx: list[int] = []
        self.ents: list[str] = []
        self.end: list[int] = []
        for token in parse:
            text = token.text
            self.text.append(text)
            self.lower.append(text.lower())
            self.lemma.append(token.lemma_.lower())
            self.pos.append(token.pos_)
            self.tag.append(token.tag_)
            self.dep.append(token.dep_)
            self.head.append(token.head.i)
            self.idx.append(token.idx)
            self.ents.append(token.ent_type_)
            self.end.append(token.idx + len(text))
        self.dateline = -1  # the dash that ends a dateline
        size = len(self.text)
        self.kids: list[list[int]] = [[] for _ in range(size)]
        self.left = list(range(size))
        self.right = list(range(size))
        self.sent = [0] * size
        for i, head in enumerate(self.head):
            if head != i:
                self.kids[head].append(i)
        for number, sentence in enumerate(parse.sents):
            for i in range(sentence.start, sentence.end):
                self.sent[i] = number
        self._edges()

    def repair(self, verbs: Collection[str]) -> None:
        """Mends the parser's commonest faults in short sentences: verbs taken for nouns or participles.

        Args:
            verbs: Lemmas that may be verbs.
        """
        changed = False
        for root in [i for i in range(len(self.text)) if self.head[i] == i and self.pos[i] in NOMINAL]:
            changed = self._mend(root, verbs) or changed
        if changed:
            self._grow()

    def skip_dateline(self) -> None:
        """Takes a dateline ("BEIJING, March 10 (Agency) — ") out of the first sentence's grammar.

        Parsers take the place for the subject; what follows the dash then hangs on it.
        """
        size = len(self.text)
        if not size or not (self.text[0].isupper() and len(self.text[0]) > 2):
            return
        dash = next(
            (
                i
                for i in range(1, min(size - 1, 26))
                if self.text[i] in DASHES and self.idx[i] > self.end[i - 1] and self.idx[i + 1] > self.end[i]
            ),
            None,
        )
        if dash is None or any(self.pos[i] in ("VERB", "AUX") for i in range(dash)):
            return
        self.dateline = dash
        hanging = [i for i in range(dash + 1, size) if self.head[i] <= dash and self.head[i] != i]
        outer = next((i for i in range(dash) if self.head[i] > dash or self.head[i] == i), None)
        if outer is None or (self.head[outer] == outer and not hanging):
            return
        first = next((i for i in hanging if self.pos[i] in NOMINAL), None)
        if first is not None:
            top = self.head[outer]
            self.dep[first], self.head[first] = self.dep[outer], first if top == outer else top
            for i in hanging:
                if i != first:
                    self.head[i], self.dep[i] = first, "conj" if self.pos[i] in NOMINAL else self.dep[i]
        for i in range(dash + 1):
            if self.head[i] > dash or self.head[i] == i:
                self.dep[i], self.head[i] = "dateline", first if first is not None else self.head[i]
        self._grow()

    def _mend(self, root: int, verbs: Collection[str]) -> bool:
        sentence = [
            i for i in range(max(0, root - 40), min(len(self.text), root + 40)) if self.sent[i] == self.sent[root]
        ]
        if any(
            self.tag[i] in ("VBD", "VBP", "MD", "VBZ") and self.dep[i] in ("ROOT", "ccomp", "conj") for i in sentence
        ):
            return False
        for i in sentence:
            before = [kid for kid in self.kids[i] if kid < i and self.pos[kid] == "PROPN"]
            if self.dep[i] == "compound" and self.head[i] == root:
                before = [kid for kid in self.kids[root] if kid < i and self.pos[kid] == "PROPN"]
            if (
                before
                and self.lemma[i] in verbs
                and self.text[i][0].islower()
                and (self.lower[i].endswith("s") or any(self.dep[kid] == "dobj" for kid in self.kids[i]))
                and self.tag[i] in ("NNS", "VBZ", "NN")
                and i + 1 < len(self.text)
                and before[-1] == i - 1
                and (i == root or self.head[i] == root)
            ):
                self._rule(i, before, root)
                return True
        for i in self.kids[root]:
            if (
                self.dep[i] == "acl"
                and self.tag[i] in ("VBN", "VBD")
                and i > root
                and self.lemma[i] in verbs
                and self.text[i - 1] == ","
                and any(self.dep[kid] in ("npadvmod", "dobj") for kid in self.kids[i])
            ):
                self._rule(i, [root], root)
                return True
        return False

    def _rule(self, verb: int, subjects: list[int], root: int) -> None:
        """Makes `verb` the root, with its subjects and, if it hung on another noun, that noun as its object."""
        self.tag[verb], self.pos[verb], self.dep[verb], self.head[verb] = "VBZ", "VERB", "ROOT", verb
        for subject in subjects:
            self.dep[subject], self.head[subject] = (
                ("nsubj" if subject == subjects[-1] else "compound"),
                (verb if subject == subjects[-1] else subjects[-1]),
            )
        if root != verb and root not in subjects:
            self.dep[root], self.head[root] = "dobj", verb
        for kid in self.kids[verb]:
            if kid > verb and self.dep[kid] in ("npadvmod", "appos", "dep", "nmod"):
                self.dep[kid] = "dobj"

    def _grow(self) -> None:
        """Children and edges anew, after heads were changed."""
        self.kids = [[] for _ in self.text]
        self.left, self.right = list(range(len(self.text))), list(range(len(self.text)))
        for i, head in enumerate(self.head):
            if head != i:
                self.kids[head].append(i)
        self._edges()

    def __len__(self) -> int:
        return len(self.text)

    def _edges(self) -> None:
        """Fills `left` and `right`, the first and last token of each subtree."""
        for i in range(len(self.text)):
            at, steps = i, 0
            while self.head[at] != at and steps < len(self.text):
                at, steps = self.head[at], steps + 1
                if self.left[at] > i:
                    self.left[at] = i
                if self.right[at] < i:
                    self.right[at] = i

    def first(self, i: int, *deps: str) -> int | None:
        """The first child of `i` with one of the dependency labels."""
        for kid in self.kids[i]:
            if self.dep[kid] in deps:
                return kid
        return None

    def every(self, i: int, *deps: str) -> list[int]:
        """All children of `i` with one of the dependency labels."""
        return [kid for kid in self.kids[i] if self.dep[kid] in deps]

    def coordinated(self, i: int) -> list[int]:
        """`i` and the nominals coordinated with it, in order."""
        found, queue = [], [i]
        while queue:
            at = queue.pop(0)
            found.append(at)
            queue.extend(
                kid
                for kid in self.kids[at]
                if self.dep[kid] == "conj" and self.pos[kid] in NOMINAL and len(found) + len(queue) < 12
            )
        return found

    def phrase(self, i: int) -> Iterator[int]:
        """The tokens of the noun phrase of `i`, without the clauses hanging on it."""
        stack = [i]
        while stack:
            at = stack.pop()
            yield at
            stack.extend(kid for kid in self.kids[at] if self.dep[kid] not in CLAUSAL)

    def span(self, i: int, *, tight: bool = True) -> tuple[int, int]:
        """First and last token of the phrase of `i`; `tight` leaves out clauses and appositions to its right."""
        if not tight:
            return self.left[i], self.right[i]
        first, last = i, i
        for kid in self.kids[i]:
            dep = self.dep[kid]
            if kid > i and (dep in CLAUSAL or dep in ("appos", "punct", "cc", "conj")):
                continue
            a, b = self.span(kid)
            first, last = min(first, a), max(last, b)
        return first, last

    def sentence(self, i: int) -> tuple[int, int]:
        """First and last token of the sentence of `i`."""
        first = last = i
        while first and self.sent[first - 1] == self.sent[i]:
            first -= 1
        while last + 1 < len(self.sent) and self.sent[last + 1] == self.sent[i]:
            last += 1
        return first, last

    def climb(self, i: int) -> Iterator[int]:
        """The heads above `i`, nearest first, up to the root."""
        steps = 0
        while self.head[i] != i and steps < len(self.text):
            i, steps = self.head[i], steps + 1
            yield i

    def under(self, i: int, top: int) -> bool:
        """Whether `i` hangs, directly or not, on `top`."""
        return self.left[top] <= i <= self.right[top] and (i == top or any(at == top for at in self.climb(i)))

    def compound_lemma(self, i: int) -> str | None:
        """A noun with the noun or adjective right before it ("export control"), as lemmas."""
        if i > 0 and self.head[i - 1] == i and self.dep[i - 1] in ("compound", "amod", "nmod"):
            return f"{self.lemma[i - 1]} {self.lemma[i]}"
        if i > 1 and self.text[i - 1] == "-" and self.head[i - 2] == i:
            return f"{self.lemma[i - 2]} {self.lemma[i]}"
        return None

    def words(self, tokens: Iterable[int]) -> frozenset[str]:
        """The lemmas of the content words among some tokens."""
        return frozenset(self.lemma[i] for i in tokens if self.pos[i] in ("NOUN", "PROPN", "VERB", "ADJ", "NUM"))
