"""Persons in a paragraph: the names after a role noun, names alone, names beside a role in commas."""

from __future__ import annotations

import re
from typing import Any

from detente.codebook.actors_lexicon import DAYS_AND_MONTHS, PARTICLES, Word
from detente.text.mentions_page import Draft, Page, Piece
from detente.text.mentions_people import People, choose, copy_person, fill, terms_of

_NOT_NAMES = DAYS_AND_MONTHS | frozenset(("i", "the", "he", "she", "it", "mr", "mrs", "ms", "dr"))


class Persons:
    """The part of `Phrases` that finds persons."""

    def __init__(self, page: Page, people: People, number: int, row: list[Piece]) -> None:
        self.page, self.people, self.number, self.text = page, people, number, page.text
        self.row = [piece for piece in row if piece.kind not in ("other", "media", "dateline")]
        self.closed = [piece for piece in row if piece.kind in ("other", "media", "dateline")]
        self.parts = page.words[number]
        self.drafts: list[Draft] = []
        self.used: set[int] = set()

    def _named(self, draft: Draft, piece: Piece, last: int, then: bool) -> bool:
        """Takes the name or names after a role noun into drafts of persons; whether there was one."""
        if draft.kind == "agency" or draft.end != piece.end:
            return False
        name = self._name_at(piece.end, after_role=draft.kind == "office")
        if name is None:
            return False
        words, known = name
        if draft.plural:
            return self._several(draft, words, known, then)
        draft.end, draft.kind, draft.head = words[-1].end, "person", words[-1].start
        self._identify(draft, words, known, then)
        self._of_state(draft)
        self.drafts.append(draft)
        return True

    def _several(self, draft: Draft, words: list[Word], known: Piece | None, then: bool) -> bool:
        """Several names after one plural office: "Presidents Joseph Kabila and Paul Kagame"."""
        at, first = draft, True
        while True:
            one = self._draft(
                draft.start if first else words[0].start,
                words[-1].end,
                "person",
                "office",
                codes=list(draft.codes) if len(draft.codes) == 1 else [],
                sector=draft.sector,
                office=draft.office,
                head=words[-1].start,
                role=draft.role,
            )
            one.past = draft.past
            self._identify(one, words, known, then)
            self.drafts.append(one)
            at, first = one, False
            gap = re.match(r"\s+and\s+|,\s+(?:and\s+)?", self.text[at.end : at.end + 8])
            following = self._name_at(at.end + gap.end() - 1, after_role=False) if gap else None
            if following is None:
                return True
            words, known = following

    def _of_state(self, draft: Draft) -> None:
        """Finds "President Kagame of Rwanda": the state after a name."""
        following = next((j for j, piece in enumerate(self.row) if piece.start >= draft.end), None)
        if following is None or following in self.used:
            return
        piece = self.row[following]
        if (
            re.fullmatch(r"\s+of\s+(?:the\s+)?", self.text[draft.end : piece.start])
            and piece.entry
            and piece.kind in ("state", "organisation")
        ):
            self.used.add(following)
            draft.end = piece.end
            if not draft.codes or draft.how == "unknown":
                draft.codes = [piece.entry.code]
                if draft.person:
                    self.people.add(draft.person, draft)

    def _identify(self, draft: Draft, words: list[Word], known: Piece | None, then: bool) -> None:
        """Decides who a named person is: one introduced before, a holder of the office, or someone new."""
        name = self.text[words[0].start : words[-1].end]
        candidates = terms_of(known.entries, "person", "surname") if known else []
        office = draft.office
        terms = choose(self.page, candidates, office=office, codes=draft.codes, past=draft.past)
        before = (
            self.people.short(name, office=office, codes=draft.codes) if len(words) == 1 else self.people.full(name)
        )
        if before is not None and (len(words) > 1 or terms is None or before.person == terms[0].name):
            role_office = office
            copy_person(draft, before)
            if role_office and not draft.past and draft.office is None:
                draft.office, draft.sector = role_office, "GOV"
            draft.how = "holder"
            return
        if terms is not None:
            fill(self.page, draft, terms, role_office=None if draft.past and not then else office, past=draft.past)
            draft.how = "holder"
            self.people.add(terms[0].name, draft)
            self.people.add(name, draft)
            return
        draft.how = "apposition"
        if len(words) > 1 or not candidates:
            draft.person = name
        if draft.past and not then:
            draft.office, draft.sector = None, "ELI"
        if draft.codes or len(words) > 1:
            self.people.add(name, draft)
        elif not self._person_like(words):
            draft.kind, draft.person = "office", None

    def _name_at(self, offset: int, *, after_role: bool) -> tuple[list[Word], Piece | None] | None:
        """A personal name one space after `offset`: its words, and the piece that the lexicon has for it."""
        at = next((k for k, word in enumerate(self.parts) if word.start >= offset), None)
        if at is None or self.text[offset : self.parts[at].start].strip():
            return None
        piece = next((piece for piece in self.row if piece.first == at), None)
        closed = next((piece for piece in self.closed if piece.first == at), None)
        if closed is not None and closed.kind != "other":
            return None
        heading = self.page.paragraphs[self.number].heading
        if piece is not None and piece.of("person"):
            return self.parts[piece.first : piece.last], piece
        if (
            piece is not None
            and piece.kind not in ("surname", "place", "capital", "state", "other")
            and not (after_role and piece.of("surname"))
        ):
            return None
        taken = self._capitals(at, piece)
        if not taken or (heading and not self._person_like(taken)):
            return None
        if piece is not None and piece.kind in ("place", "capital", "state") and len(taken) == 1:
            return None
        if not after_role and not self._person_like(taken):
            return None
        if len(taken) == 1 and piece is not None and piece.of("surname"):
            return taken, piece
        return taken, None

    def _capitals(self, at: int, piece: Piece | None) -> list[Word]:
        """Capitalised words from `at` on that may be one name."""
        taken: list[Word] = []
        for k in range(at, min(at + 5, len(self.parts))):
            word = self.parts[k]
            if taken:
                gap = self.text[taken[-1].end : word.start]
                gap = " " if gap.isspace() and "\n\n" not in gap else gap
                if gap not in (" ", "-", ". ", "'", "’", " al-", " el-") or (gap in ("'", "’") and word.text == "s"):
                    break
                if gap == ". " and len(taken[-1].text) > 2:
                    break
            other = next((piece for piece in self.row if piece.first == k), None)
            named = other is not None and other.kind not in ("surname", "other", "place")
            if other is not None and named and k > at and not other.of("surname"):
                break
            capital = (
                (word.text[0].isupper() or (taken and self.text[word.start - 1] == "-"))
                and word.folded not in _NOT_NAMES
                and not word.text.isdigit()
            )
            if not capital and not (taken and word.folded in PARTICLES):
                break
            if len(word.text) > 3 and word.text.isupper() and not self.page.paragraphs[self.number].heading and taken:
                break
            taken.append(word)
        if any(head.kind == "firm" for word in taken for head in self.page.book.heads_by_word.get(word.text, ())):
            return []
        while taken and taken[-1].folded in PARTICLES:
            taken.pop()
        return taken

    def _person_like(self, taken: list[Word]) -> bool:
        """Whether the parser or the document takes some words for a person's name."""
        name = self.text[taken[0].start : taken[-1].end]
        if self.people.known(name):
            return True
        return any(self.page.token(self.number, word.start).ent_type_ == "PERSON" for word in taken)

    def _person(self, i: int) -> None:
        """A full name of the holders' table, by itself."""
        piece = self.row[i]
        self.used.add(i)
        draft = self._draft(piece.start, piece.end, "person", "holder", head=self.parts[piece.last - 1].start)
        before = self.people.full(self.text[piece.start : piece.end])
        if before is not None:
            copy_person(draft, before)
        else:
            terms = choose(self.page, terms_of(piece.entries, "person"), office=None, codes=(), past=False)
            if terms is None:
                return
            fill(self.page, draft, terms)
            self.people.add(terms[0].name, draft)
            self.people.add(self.text[piece.start : piece.end], draft)
        self.drafts.append(draft)

    def _appositions(self) -> None:
        """Names beside a role in commas: "Kim Jung-gwan, South Korea's trade minister", "the premier, Li Qiang"."""
        for draft in list(self.drafts):
            if draft.kind != "office" or draft.plural or not draft.codes:
                continue
            before = re.search(
                r",\s+(?:the\s+|an?\s+|who was\s+|then\s+)?$", self.text[max(0, draft.start - 16) : draft.start]
            )
            words = self._name_before(draft.start - len(before.group())) if before else None
            known = None
            if words is None:
                after = re.match(r",\s+", self.text[draft.end : draft.end + 3])
                found = self._name_at(draft.end + 1, after_role=False) if after else None
                if found and (len(found[0]) > 1 or found[1]) and self._person_like(found[0]):
                    words, known = found
            if words is None:
                continue
            named = next(
                (
                    other
                    for other in self.drafts
                    if other.kind == "person" and other.start <= words[0].start and words[-1].end <= other.end
                ),
                None,
            )
            if named is not None:
                if not named.codes:
                    named.codes, named.sector, named.office = list(draft.codes), draft.sector, draft.office
                elif named.office is None and not named.past and not draft.past and named.codes == draft.codes:
                    named.office, named.sector = draft.office, draft.sector
                draft.person, draft.sex = named.person, named.sex
                continue
            person = self._draft(
                words[0].start,
                words[-1].end,
                "person",
                "apposition",
                codes=list(draft.codes),
                sector=draft.sector,
                office=draft.office,
                head=words[-1].start,
                role=draft.role,
            )
            person.past = draft.past
            self._identify(person, words, known or self._known(words), False)
            draft.person, draft.sex = person.person, person.sex
            self.drafts.append(person)

    def _known(self, words: list[Word]) -> Piece | None:
        return next((piece for piece in self.row if piece.start == words[0].start and piece.end == words[-1].end), None)

    def _name_before(self, offset: int) -> list[Word] | None:
        """Two to four capitalised words that end at `offset` and look like a person's name."""
        at = next((k for k in range(len(self.parts) - 1, -1, -1) if self.parts[k].end <= offset), None)
        if at is None or self.parts[at].end != offset:
            return None
        taken: list[Word] = []
        for k in range(at, max(at - 4, -1), -1):
            word = self.parts[k]
            if taken and self.text[word.end : taken[0].start] not in (" ", "-", ". "):
                break
            inside = any(draft.start <= word.start < draft.end for draft in self.drafts if draft.kind != "person")
            if (
                inside
                or not (word.text[0].isupper() or self.text[word.start - 1] == "-" or word.folded in PARTICLES)
                or word.folded in _NOT_NAMES
            ):
                break
            taken.insert(0, word)
        while taken and not taken[0].text[0].isupper():
            taken.pop(0)
        return taken if len(taken) > 1 else None

    def _draft(self, start: int, end: int, kind: str, how: str, **fields: Any) -> Draft:
        fields.setdefault("head", max(start, end - 1))
        return Draft(start, end, kind, how, self.number, **fields)
