"""Role nouns without a state: "the premier", "its foreign ministry", "her counterpart", "his successor"."""

from __future__ import annotations

import re

from detente.text.coreference_back import PRIVATE, Antecedents
from detente.text.mentions_page import Draft
from detente.text.mentions_people import same_office

_THE = re.compile(r"\b(the|that|this|these|those)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_OWN = re.compile(
    r"(\b(?:his|her|their|its|the other|the other side's)\s+|['’]s?\s+)(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)
_COUNTERPART = re.compile(r"\bcounterparts?\b", re.IGNORECASE)


class Roles(Antecedents):
    """Resolves role nouns, counterparts and successors."""

    def _bare(self, draft: Draft) -> bool:
        """Finds "the premier", "its foreign ministry", "Trump's administration": from the person or state before it."""
        before = self.page.text[max(0, draft.start - 40) : draft.start]
        entry = draft.role
        if _COUNTERPART.fullmatch(self.page.text[draft.start : draft.end]):
            return False
        own = _OWN.search(before)
        if own and self.page.text[draft.start : draft.end].lower() in ("side", "part"):
            return False
        if own:
            owner = self._owner(draft, own.group(1).strip().lower())
            if owner is not None and len(owner.codes) == 1:
                draft.codes, draft.bare = list(owner.codes), False
                draft.how = "coreference"
                self._holder(draft)
                return True
            return False
        definite = bool(_THE.search(before))
        person = entry.row.kind == "person" and entry.kind == "office"
        if person and self._same_person(draft, definite=definite):
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
                    return other if self.page.text[other.end : other.end + 1] in ("'", "’") else None
                if other.kind == "pronoun" and self.page.text[other.start : other.end].lower() == word:
                    return other
            if other.end < draft.start - 60:
                break
        return None

    def _same_person(self, draft: Draft, *, definite: bool) -> bool:
        """The nearest person of the same office."""
        office = draft.role.row.office
        if office == "international official":
            return self._body_official(draft)
        if not definite or draft.plural:
            return False
        generic = office in ("minister without detail", "official", "diplomat")
        for other in self.back(draft, 8):
            if other.kind not in ("person", "office") or not other.codes or other.plural:
                continue
            if same_office(other.office or "", office) or (generic and (other.office or "").endswith("minister")):
                return self._copy(draft, other, person=True)
        ahead = {
            (other.person, *other.codes): other
            for other in self.drafts
            if other.kind == "person"
            and other.person
            and other.codes
            and other.start > draft.start
            and same_office(other.office or "", office)
        }
        if len(ahead) == 1:
            return self._copy(draft, next(iter(ahead.values())), person=True)
        states = [code for code, _ in self.counts.most_common(3) if code in self.page.book.state]
        if len(states) == 1 and office in ("head of state", "head of government", "foreign minister"):
            draft.codes, draft.how = states, "context"
            self._holder(draft)
            return True
        return False

    def _body_official(self, draft: Draft) -> bool:
        """Finds "the Secretary-General": of the body last spoken of, else of the United Nations if named."""
        bodies = (code for other in self.back(draft, 6) for code in other.codes if code not in self.page.book.state)
        code = next(bodies, "IGO.UN" if self.page.sure["IGO.UN"] else None)
        if code is None:
            return False
        draft.codes, draft.how = [code], "coreference"
        self._holder(draft)
        return True

    def _same_body(self, draft: Draft, *, definite: bool) -> bool:
        """The nearest body of that noun; a government or army without one belongs to the state last spoken of."""
        words = self.page.text[draft.start : draft.end].lower()
        last = words.split()[-1]
        for other in self.back(draft, 5):
            if other.role == "organisation" and last in self.page.book.name(other.codes[0]).lower().split():
                return self._copy(draft, other)
            if (
                other.kind == "agency"
                and other.codes
                and (
                    self.page.text[other.start : other.end].lower().endswith(last)
                    or (other.name or "").lower().startswith(last)
                )
            ):
                return self._copy(draft, other)
        if not definite or draft.sector in ("BUS", "MED", "EDU", "CVL", None):
            return False
        for other in self.back(draft, 3):
            if (
                len(other.codes) == 1
                and other.codes[0] in self.page.book.state
                and other.how not in ("place", "topic")
                and other.sector not in PRIVATE
            ):
                draft.codes, draft.how = list(other.codes), "coreference"
                return True
        if self.page.home and draft.paragraph <= 3:
            draft.codes, draft.how = [self.page.home], "context"
            return True
        return False

    def _from_context(self, draft: Draft) -> None:
        """The state of a person whom the text gives an office but no state: the sentence's one, or the dateline's."""
        near = {
            code
            for other in {id(one): one for one in (*self.done, *self.drafts)}.values()
            if self._at(other) == self._at(draft) and other is not draft
            for code in other.codes
            if code in self.page.book.state
        }
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
            if (
                other.kind == "person"
                and other.codes == draft.codes
                and other.person
                and other.office
                and same_office(other.office, draft.office)
            ):
                draft.person, draft.sex = other.person, other.sex
                return

    def _counterparts(self) -> list[Draft]:
        """Finds "her counterpart" and "his successor"; "his Chinese counterpart" is a nationality with a noun."""
        found = []
        for number, paragraph in enumerate(self.page.paragraphs):
            for word in re.finditer(
                r"\b(?:his|her|their|its)\s+(?:counterparts?|successor|predecessor)\b",
                self.page.text[paragraph.start : paragraph.end],
                re.IGNORECASE,
            ):
                start = paragraph.start + word.start()
                found.append(
                    Draft(
                        start,
                        paragraph.start + word.end(),
                        "office",
                        "counterpart",
                        number,
                        paragraph.start + word.end() - 1,
                    )
                )
        return found

    def _counterpart(self, draft: Draft) -> bool:
        """The person of the same office on the other side; the one who came after or before in an office."""
        words = self.page.text[draft.start : draft.end].lower()
        owner = next(
            (other for other in self.back(draft, 6) if other.kind in ("person", "office") and other.codes), None
        )
        if owner is None:
            return False
        draft.how = "coreference"
        if "counterpart" not in words:
            return self._next_in_office(draft, owner, after="successor" in words)
        for other in self.back(draft, 8):
            if other.kind not in ("person", "office") or not other.codes or other.codes == owner.codes:
                continue
            if not other.office or not owner.office or same_office(other.office, owner.office):
                return self._copy(draft, other, person=True)
        others = [
            code for code, _ in self.counts.most_common(4) if code not in owner.codes and code in self.page.book.state
        ]
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
