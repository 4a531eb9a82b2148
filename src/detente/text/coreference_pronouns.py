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

    def _strangers(self) -> Iterator[Draft]:
        """Persons whom only the parser knows: "he" and "she" may mean them, and then no actor."""
        taken = {
            position
            for draft in self.drafts
            if draft.kind in ("person", "office")
            for position in range(draft.start, draft.end)
        }
        for number, paragraph in enumerate(self.page.paragraphs):
            for span in () if paragraph.heading else paragraph.parse.ents:
                start, end = span.start_char + paragraph.start, span.end_char + paragraph.start
                if span.label_ != "PERSON" or start in taken or end - 1 in taken:
                    continue
                title = self.page.text[max(0, start - 4) : start].strip().rstrip(".")
                sex = {"Mr": "m", "Mrs": "f", "Ms": "f"}.get(title)
                yield Draft(start, end, "person", "stranger", number, end - 1, sex=sex)

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
            if other.how == "stranger" and other.sex in (sex, None):
                return False
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
        taking = token.dep_ not in SUBJECTS and token.dep_ != "poss"
        before = list(self.back(draft, 0 if taking else 1))
        for other in sorted(before, key=lambda other: -other.start) if taking else before:
            if other.plural or len(other.codes) != 1 or other.kind in ("person", "office", "group"):
                continue
            if taking and self._same_clause(token, self._token(other)):
                continue
            if other.kind == "pronoun" and self.page.text[other.start : other.end].lower() not in _IT:
                continue
            subject = self._is_subject(other) or (
                self._at(other) == self._at(draft)
                and other.agentive
                and (token.dep_ in SUBJECTS or taking)
                and self._token(other).dep_ in ("dobj", "pobj" if taking else "dobj")
            )
            if (other.agentive and (subject or token.dep_ == "poss")) or (subject and other.how != "place"):
                return self._copy(draft, other)
        return False

    def _same_clause(self, token: Any, other: Any) -> bool:
        """Whether a name is the subject of the verb, or chain of verbs, that has the pronoun for an object: then the
        pronoun would be "itself" (Chomsky's principle B).
        """
        verb = token.head
        while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
            verb = verb.head
        while True:
            if other.head.i == verb.i and other.dep_ in SUBJECTS:
                return True
            if verb.dep_ not in ("conj", "xcomp") or verb.head.i == verb.i:
                return False
            verb = verb.head

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
