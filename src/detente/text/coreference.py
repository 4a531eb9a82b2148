"""Coreference by rule: pronouns, "the two leaders", "the bloc", "the premier", "her counterpart", dyad words.

Antecedents are looked for backwards: in the sentence, then in those before it, nearest and most prominent first. The
order of preference (subject before object, parallel role, agreement) follows the usual salience rules of Hobbs (1978)
and Lappin and Leass (1994), reduced to actors.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from detente.text.mentions_page import Draft, Page
from detente.text.mentions_people import People, same_office
from detente.text.roles import is_deed, nouns_of, role

REACH = 4
"""How many sentences back an antecedent may stand."""
_THE = re.compile(r"\b(the|that|this|these|those)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_OWN = re.compile(r"(\b(?:his|her|their|its|the other|the other side's)\s+|['’]s?\s+)(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_SUCCESSOR = re.compile(r"\b(?:his|her)\s+(successor|predecessor)\b")
_COUNTERPART = re.compile(r"\bcounterparts?\b", re.IGNORECASE)
_HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "themselves"})
_EMPTY_IT = frozenset({"seem", "appear", "rain", "take", "snow", "turn", "happen", "emerge", "remain"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


class Discourse:
    """The drafts of a document in order, and what has been spoken of so far."""

    def __init__(self, page: Page, people: People, drafts: list[Draft]) -> None:
        self.page, self.people, self.drafts = page, people, drafts
        self.done: list[Draft] = []
        self.sentence: dict[int, int] = {}
        self.counts: Counter[str] = Counter(code for draft in drafts if draft.how not in ("dateline", "publisher")
                                            for code in draft.codes)

    def run(self) -> list[Draft]:
        """Resolves every draft that stands for one before it, and adds drafts for pronouns."""
        waiting = sorted([*self.drafts, *self._pronouns(), *self._counterparts(), *self._countries()], key=lambda draft: (draft.start, -draft.end))
        found = []
        end = -1
        for draft in waiting:
            if draft.start < end:
                continue
            kept = self._resolve(draft)
            if kept:
                self.done.append(draft)
                found.append(draft)
                end = draft.end
        return found

    def _resolve(self, draft: Draft) -> bool:
        """Fills a draft from what stands before it; whether it is kept as a mention."""
        if draft.how == "anaphor":
            return self._anaphor(draft)
        if draft.how == "country":
            return self._country(draft)
        if draft.how == "pronoun":
            return self._pronoun(draft)
        if draft.how == "counterpart":
            return self._counterpart(draft)
        if draft.bare:
            return self._bare(draft)
        if draft.how == "apposition" and draft.kind == "person" and not draft.codes:
            self._from_context(draft)
        if draft.kind == "office" and draft.codes and draft.person is None:
            self._holder(draft)
        return bool(draft.codes) or draft.kind == "person"

    # ---- antecedents

    def back(self, draft: Draft, reach: int = REACH) -> Iterator[Draft]:
        """Drafts before one, nearest sentence first and in it subjects before the rest."""
        here = self._at(draft)
        near: dict[int, list[Draft]] = {}
        for other in reversed(self.done):
            distance = here - self._at(other)
            if distance > reach:
                break
            if other.end <= draft.start and other.how != "dateline":
                near.setdefault(distance, []).append(other)
        for distance in sorted(near):
            yield from sorted(near[distance], key=lambda other: (not self._is_subject(other), -other.start))

    def _at(self, draft: Draft) -> int:
        key = id(draft)
        if key not in self.sentence:
            self.sentence[key] = self.page.sentence(draft.start)
        return self.sentence[key]

    def _token(self, draft: Draft) -> Any:
        return self.page.token(draft.paragraph, draft.head)

    def _is_subject(self, draft: Draft) -> bool:
        token = self._token(draft)
        while token.dep_ in ("compound", "appos", "conj") and token.head.i != token.i:
            token = token.head
        return token.dep_ in _SUBJECTS

    def _copy(self, draft: Draft, other: Draft, *, person: bool = False) -> bool:
        draft.codes, draft.persons = list(other.codes), list(other.persons)
        draft.sector, draft.name = other.sector, other.name
        if person:
            draft.person, draft.office, draft.sex = other.person, other.office, other.sex
        draft.how = "coreference"
        return True

    # ---- words of the anaphor table

    def _anaphor(self, draft: Draft) -> bool:
        row = draft.role.row
        token = self._token(draft)
        found = getattr(self, f"_{row.kind}")(draft, row)
        draft.how = "dyad" if row.words[:2] in ("bi", "tr", "mu", "tw") and " " not in row.words else "coreference"
        if token.pos_ in ("ADJ", "ADV") or token.dep_ in ("amod", "compound"):
            draft.agentive = token.head.i != token.i and is_deed(token.head, self.page.book)
        elif row.kind in ("states", "half"):
            acts, _ = role(token, "people" if row.kind == "states" else "state", self.page.book)
            draft.agentive = acts
        return bool(found)

    def _persons(self, draft: Draft, row: Any) -> bool:
        """Two or three persons: the last named of different states, else the leaders of the states spoken of."""
        draft.plural = True
        chosen: list[Draft] = []
        for other in self.back(draft, 30):
            for one in other.persons or [other]:
                if one.kind in ("person", "office") and one.codes and not one.plural and self._ranks(one, row.words) \
                        and not any(
                        one.codes[0] == had.codes[0] for had in chosen):
                    chosen.append(one)
            if len(chosen) >= row.number:
                chosen = chosen[:row.number]
                draft.persons = sorted(chosen, key=lambda one: one.start)
                return True
        return self._states(draft, row)

    def _ranks(self, one: Draft, words: str) -> bool:
        """Whether a person's office is one that "leaders", "presidents" or "ministers" may mean."""
        office = self.page.book.office.get(one.office or "")
        if "leader" in words or "head" in words:
            return office is None or office.rank <= 2 or office.sector == "PTY"
        if "president" in words:
            return one.office in ("head of state", "head of government", None)
        if "premier" in words or "prime minister" in words:
            return one.office in ("head of government", None)
        if "minister" in words:
            return one.office is None or one.office.endswith("minister") or one.office.endswith("secretary")
        return True

    def _states(self, draft: Draft, row: Any) -> bool:
        """Two or three states: those of the nearest sentence that names just so many, else the document's most named."""
        draft.plural = True
        if row.codes:
            draft.codes = list(row.codes)
            return True
        number = row.number
        found: list[str] = []
        sentence = None
        pair: dict[str, None] = {}
        for other in self.back(draft, 10):
            if self._at(other) != sentence:
                if len(pair) == number:
                    break
                sentence = self._at(other)
                found += [code for code in pair if code not in found]
                pair = {}
            for code in self._parties(other):
                pair[code] = None
        if len(pair) == number:
            draft.codes = sorted(pair, key=self._rank)
            return True
        found += [code for code in pair if code not in found]
        ranked = sorted(dict.fromkeys(found), key=self._rank)
        if len(ranked) < number:
            ahead = [code for code, _ in self.counts.most_common(6) if self._is_party(code)]
            ranked += [code for code in ahead if code not in ranked]
        if len(ranked) < number:
            return False
        draft.codes = ranked[:number]
        return True

    def _parties(self, draft: Draft) -> list[str]:
        if draft.how in ("place", "publisher", "direction", "topic"):
            return []
        codes = list(draft.codes) or [code for one in draft.persons for code in one.codes]
        return [code for code in codes if self._is_party(code)]

    def _is_party(self, code: str) -> bool:
        return code in self.page.book.state or code == "EUR"

    def _rank(self, code: str) -> int:
        return -self.counts[code]

    def _bloc(self, draft: Draft, row: Any) -> bool:
        """An international body: the nearest one."""
        for other in self.back(draft, 8):
            body = next((code for code in other.codes if code not in self.page.book.state), None)
            if body and len(other.codes) == 1:
                draft.kind, draft.codes = "agency", [body]
                return True
        return False

    def _countries(self) -> Iterator[Draft]:
        """ "the country", "the landlocked kingdom", "the world's second-largest economy"."""
        nouns = "|".join(sorted(map(re.escape, nouns_of(self.page.book, "country")), key=len, reverse=True))
        pattern = re.compile(rf"\b[Tt]he\s+(?:world['’]s\s+)?(?:(?!of|and|in|to|for|on|at|two|three|both)[A-Za-z][\w-]*\s+)"
                             rf"{{0,3}}?(?:{nouns})\b(?!\s+(?:of|that)\b|-|['’]s)")
        for number, paragraph in enumerate(self.page.paragraphs):
            for words in pattern.finditer(self.page.text, paragraph.start, paragraph.end):
                token = self.page.token(number, words.end() - 1)
                if token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "amod"):
                    yield Draft(words.start(), words.end(), "name", "country", number, words.end() - 1)

    def _country(self, draft: Draft) -> bool:
        """One state: the nearest that is named by itself."""
        draft.how = "coreference"
        draft.agentive, _ = role(self._token(draft), "state", self.page.book)
        for other in self.back(draft, 3):
            if len(other.codes) == 1 and other.codes[0] in self.page.book.state and (
                    other.kind == "agency" or other.role in ("state", "capital")):
                draft.codes = list(other.codes)
                return True
        return False

    def _half(self, draft: Draft, row: Any) -> bool:
        """ "the North", "the island": the one of its candidates that the text names most."""
        draft.kind = "name"
        following = self.page.text[draft.end:draft.end + 12]
        if re.match(r"\s+(?:of|Sea|Pole|China|Pacific|Atlantic|Africa|American?)\b", following) or \
                self.page.text[draft.end - 1].isdigit():
            return False
        told = {codes.split("+")[0]: sum(self.counts[code] for code in codes.split("+")) for codes in row.codes}
        best = max(told, key=lambda code: told[code])
        if not told[best]:
            return False
        draft.codes = [best]
        return True

    # ---- role nouns without a state

    def _bare(self, draft: Draft) -> bool:
        """ "the premier", "its foreign ministry", "Trump's administration": from the person or state before it."""
        before = self.page.text[max(0, draft.start - 40):draft.start]
        entry = draft.role
        if _COUNTERPART.fullmatch(self.page.text[draft.start:draft.end]):
            return False
        own = _OWN.search(before)
        if own:
            owner = self._owner(draft, own.group(1).strip().lower())
            if owner is not None and len(owner.codes) == 1:
                draft.codes, draft.bare = list(owner.codes), False
                draft.how = "coreference"
                self._holder(draft)
                return True
            return False
        if entry.row.kind == "person" and entry.kind == "office":
            if self._same_person(draft, definite=bool(_THE.search(before))):
                return True
        if not _THE.search(before) and entry.row.kind != "body":
            return False
        if entry.row.kind == "body" and (_THE.search(before) or draft.head == draft.start):
            return self._same_body(draft, definite=bool(_THE.search(before)))
        return False

    def _owner(self, draft: Draft, word: str) -> Draft | None:
        """Whose a role noun is: of the name just before an apostrophe, or of the antecedent of a pronoun."""
        for other in reversed(self.done):
            if other.end <= draft.start and draft.start - other.end < 40:
                if word.startswith(("'", "’")):
                    return other if self.page.text[other.end:other.end + 1] in ("'", "’") else None
                if other.kind == "pronoun" and self.page.text[other.start:other.end].lower() == word:
                    return other
            if other.end < draft.start - 60:
                break
        return None

    def _same_person(self, draft: Draft, *, definite: bool) -> bool:
        """The nearest person of the same office."""
        office = draft.role.row.office
        if not definite or draft.plural:
            return False
        generic = office in ("minister without detail", "official", "diplomat")
        for other in self.back(draft, 8):
            if other.kind not in ("person", "office") or not other.codes or other.plural:
                continue
            if same_office(other.office or "", office) or (generic and (other.office or "").endswith("minister")):
                return self._copy(draft, other, person=True)
        states = [code for code, _ in self.counts.most_common(3) if code in self.page.book.state]
        if len(states) == 1 and office in ("head of state", "head of government", "foreign minister"):
            draft.codes, draft.how = states, "context"
            self._holder(draft)
            return True
        return False

    def _same_body(self, draft: Draft, *, definite: bool) -> bool:
        """The nearest body of that noun; a government or army without one belongs to the state last spoken of."""
        words = self.page.text[draft.start:draft.end].lower()
        last = words.split()[-1]
        for other in self.back(draft, 5):
            if other.role == "organisation" and last in self.page.book.name(other.codes[0]).lower().split():
                return self._copy(draft, other)
            if other.kind == "agency" and other.codes and (self.page.text[other.start:other.end].lower().endswith(last)
                                                           or (other.name or "").lower().startswith(last)):
                return self._copy(draft, other)
        if not definite or draft.sector in ("BUS", "MED", "EDU", "CVL", None):
            return False
        for other in self.back(draft, 3):
            if len(other.codes) == 1 and other.codes[0] in self.page.book.state and other.how not in ("place", "topic"):
                draft.codes, draft.how = list(other.codes), "coreference"
                return True
        if self.page.home and draft.paragraph <= 3:
            draft.codes, draft.how = [self.page.home], "context"
            return True
        return False

    def _from_context(self, draft: Draft) -> None:
        """The state of a person whom the text gives an office but no state: the sentence's one, or the dateline's."""
        near = {code for other in self.done if self._at(other) == self._at(draft) and other is not draft
                for code in other.codes if code in self.page.book.state}
        if self.page.home and (not near or self.page.home in near):
            near = {self.page.home}
        if not near:
            states = [code for code in self.counts if code in self.page.book.state]
            near = set(states) if len(states) == 1 else set()
        if len(near) == 1:
            draft.codes = list(near)
            draft.how = "context"

    def _holder(self, draft: Draft) -> None:
        """The name of an office's holder, where the document has named one of that state and office."""
        for other in reversed(self.done):
            if other.kind == "person" and other.codes == draft.codes and other.person and other.office \
                    and same_office(other.office, draft.office):
                draft.person, draft.sex = other.person, other.sex
                return

    # ---- counterparts, successors

    def _counterparts(self) -> list[Draft]:
        """ "his Chinese counterpart" is a nationality with a noun; "her counterpart" and "his successor" are found here."""
        found = []
        for number, paragraph in enumerate(self.page.paragraphs):
            for word in re.finditer(r"\b(?:his|her|their|its)\s+(?:counterparts?|successor|predecessor)\b",
                                    self.page.text[paragraph.start:paragraph.end], re.IGNORECASE):
                start = paragraph.start + word.start()
                found.append(Draft(start, paragraph.start + word.end(), "office", "counterpart", number,
                                   paragraph.start + word.end() - 1))
        return found

    def _counterpart(self, draft: Draft) -> bool:
        """The person of the same office on the other side; the one who came after or before in an office."""
        words = self.page.text[draft.start:draft.end].lower()
        owner = next((other for other in self.back(draft, 6) if other.kind in ("person", "office") and other.codes), None)
        if owner is None:
            return False
        draft.how = "coreference"
        if "counterpart" not in words:
            return self._next_in_office(draft, owner, after="successor" in words)
        for other in self.back(draft, 8):
            if other.kind in ("person", "office") and other.codes and other.codes != owner.codes:
                if not other.office or not owner.office or same_office(other.office, owner.office):
                    return self._copy(draft, other, person=True)
        others = [code for code, _ in self.counts.most_common(4) if code not in owner.codes and code in self.page.book.state]
        if others:
            draft.codes, draft.office, draft.sector = [others[0]], owner.office, owner.sector or "GOV"
            return True
        return False

    def _next_in_office(self, draft: Draft, owner: Draft, *, after: bool) -> bool:
        draft.codes, draft.office, draft.sector = list(owner.codes), owner.office, "GOV"
        rows = [row for row in self.page.book.holders if row.state == owner.codes[0]]
        own = [row for row in rows if row.name == owner.person and row.start]
        if not own:
            return True
        offices = [row.office for row in own if row.office == owner.office] or [own[-1].office]
        line = sorted((row for row in rows if row.office == offices[0] and row.start), key=lambda row: str(row.start))
        at = [i for i, row in enumerate(line) if row.name == owner.person]
        index = at[-1] + 1 if after else at[0] - 1
        draft.office = offices[0]
        if 0 <= index < len(line):
            draft.person, draft.sex = line[index].name, line[index].sex
        return True

    # ---- pronouns

    def _pronouns(self) -> Iterator[Draft]:
        for number, paragraph in enumerate(self.page.paragraphs):
            if paragraph.heading:
                continue
            for token in paragraph.parse:
                if token.pos_ == "PRON" and (token.lower_ in _HE or token.lower_ in _IT or token.lower_ in _THEY):
                    start = paragraph.start + token.idx
                    yield Draft(start, start + len(token.text), "pronoun", "pronoun", number, start,
                                plural=token.lower_ in _THEY)

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
            if other.kind in ("person", "office", "pronoun") and other.codes and not other.plural \
                    and other.sex in (sex, None):
                self._copy(draft, other, person=True)
                draft.sex = draft.sex or sex
                other.sex = other.sex or sex
                return True
        return False

    def _it(self, draft: Draft, token: Any) -> bool:
        """ "it" for a state or body that acts: not the empty subject of "it is clear that"."""
        if token.dep_ == "expl" or (token.head.lemma_ in _EMPTY_IT and token.dep_ == "nsubj"):
            return False
        if token.dep_ == "nsubj" and token.head.lemma_ == "be" and any(
                child.dep_ in ("acomp", "attr") for child in token.head.children) and any(
                grand.dep_ in ("ccomp", "xcomp", "advcl", "acl") or grand.tag_ == "TO" for child in token.head.children
                for grand in (child, *child.children)):
            return False
        for other in self.back(draft, 1):
            if other.plural or len(other.codes) != 1 or other.kind in ("person", "office", "group"):
                continue
            if other.kind == "pronoun" and self.page.text[other.start:other.end].lower() not in _IT:
                continue
            subject = self._is_subject(other) or (self._at(other) == self._at(draft) and other.agentive
                                                  and token.dep_ in _SUBJECTS and self._token(other).dep_ == "dobj")
            if (other.agentive and (subject or token.dep_ == "poss")) or (subject and other.how != "place"):
                return self._copy(draft, other)
        return False

    def _they(self, draft: Draft) -> bool:
        for other in self.back(draft, 1):
            if not (other.plural or len(other.codes) > 1 or other.persons or other.kind == "group"):
                continue
            if other.codes or other.persons:
                return self._copy(draft, other)
        pair = [other for other in self.back(draft, 0) if other.kind in ("name", "person") and other.codes
                and self._is_subject(other)]
        codes = list(dict.fromkeys(code for other in reversed(pair) for code in other.codes))
        if len(codes) == 2:
            draft.codes, draft.how = codes, "coreference"
            if all(other.kind == "person" for other in pair):
                draft.persons = sorted(pair, key=lambda other: other.start)[:2]
            return True
        return False


def resolve(page: Page, people: People, drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts with every pronoun, anaphor and bare role noun resolved; those that mean nothing left out.

    Args:
        page: The page.
        people: Persons introduced in it.
        drafts: Drafts in order of position.
    """
    return Discourse(page, people, list(drafts)).run()
