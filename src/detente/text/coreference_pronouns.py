"""Pronouns: he, she, it, they, with their cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from detente.text.coreference_back import SUBJECTS, Antecedents
from detente.text.mentions_page import Draft
from detente.text.roles import is_deed

_HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "themselves"})
_EMPTY_IT = frozenset({"seem", "appear", "rain", "take", "snow", "turn", "happen", "emerge", "remain"})


class Pronouns(Antecedents):
    """Resolves pronouns."""

    def _pronouns(self) -> Iterator[Draft]:
        for number, paragraph in enumerate(self.page.paragraphs):
            if paragraph.heading:
                continue
            for token in paragraph.parse:
                if token.pos_ == "PRON" and (token.lower_ in _HE or token.lower_ in _IT or token.lower_ in _THEY):
                    start = paragraph.start + token.idx
                    yield Draft(
                        start,
                        start + len(token.text),
                        "pronoun",
                        "pronoun",
                        number,
                        start,
                        plural=token.lower_ in _THEY,
                    )

    def _pronoun(self, draft: Draft) -> bool:
        token = self._token(draft)
        if token.lower_ in _HE:
            found = self._he(draft, _HE[token.lower_])
        elif token.lower_ in _IT:
            found = self._it(draft, token)
        else:
            found = self._they(draft)
        if found and token.dep_ == "poss":
            draft.agentive = is_deed(token.head, self.page.book)
        return found

    def _he(self, draft: Draft, sex: str) -> bool:
        for other in self.back(draft, 3):
            if other.kind == "pronoun" and other.person is None and other.sex != sex:
                continue
            if (
                other.kind in ("person", "office", "pronoun")
                and other.codes
                and not other.plural
                and other.sex in (sex, None)
            ):
                self._copy(draft, other, person=True)
                draft.sex = draft.sex or sex
                other.sex = other.sex or sex
                return True
        return False

    def _it(self, draft: Draft, token: Any) -> bool:
        """Finds "it" for a state or body that acts: not the empty subject of "it is clear that"."""
        if token.dep_ == "expl" or (token.head.lemma_ in _EMPTY_IT and token.dep_ == "nsubj"):
            return False
        if (
            token.dep_ == "nsubj"
            and token.head.lemma_ == "be"
            and any(child.dep_ in ("acomp", "attr") for child in token.head.children)
            and any(
                grand.dep_ in ("ccomp", "xcomp", "advcl", "acl") or grand.tag_ == "TO"
                for child in token.head.children
                for grand in (child, *child.children)
            )
        ):
            return False
        for other in self.back(draft, 1):
            if other.plural or len(other.codes) != 1 or other.kind in ("person", "office", "group"):
                continue
            if other.kind == "pronoun" and self.page.text[other.start : other.end].lower() not in _IT:
                continue
            subject = self._is_subject(other) or (
                self._at(other) == self._at(draft)
                and other.agentive
                and token.dep_ in SUBJECTS
                and self._token(other).dep_ == "dobj"
            )
            if (other.agentive and (subject or token.dep_ == "poss")) or (subject and other.how != "place"):
                return self._copy(draft, other)
        return False

    def _they(self, draft: Draft) -> bool:
        for other in self.back(draft, 1):
            if not (other.plural or len(other.codes) > 1 or other.persons or other.kind == "group"):
                continue
            if other.codes or other.persons:
                return self._copy(draft, other)
        pair = [
            other
            for other in self.back(draft, 0)
            if other.kind in ("name", "person") and other.codes and self._is_subject(other)
        ]
        codes = list(dict.fromkeys(code for other in reversed(pair) for code in other.codes))
        if len(codes) == 2:
            draft.codes, draft.how = codes, "coreference"
            if all(other.kind == "person" for other in pair):
                draft.persons = sorted(pair, key=lambda other: other.start)[:2]
            return True
        return False
