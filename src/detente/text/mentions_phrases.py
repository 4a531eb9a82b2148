"""Phrases: a nationality with its noun, an office with its state and its holder, a person with an apposition."""

from __future__ import annotations

import re
from typing import Any

from detente.codebook.actors_lexicon import Word
from detente.text.mentions_page import Draft, Piece
from detente.text.mentions_persons import Persons
from detente.text.roles import is_deed, role

_AND = re.compile(r"\s+and\s+(?:the\s+)?$|,\s*(?:and\s+)?(?:the\s+)?$|\s*[-–/]\s*$|\s+&\s+$")
_OF = re.compile(r"\s+(of|for|from|at|with|in)\s+(?:the\s+|both\s+)?$")
_PAST = frozenset({"former", "ex", "then", "late", "retired", "onetime"})
_PAST_BEFORE = re.compile(r"\b(?:(former|ex|late|retired|one-time|onetime|previous)|(then))[\s-]+$", re.IGNORECASE)
_PURPOSE = re.compile(r" (?:of|for) (?:the )?[A-Z][a-z]+(?:(?:, | and | & | of | )(?:and )?[A-Z][a-z]+)*")
_DESK = frozenset({"official", "leaders", "government", "lawmaker", "politician", "diplomat"})


class Phrases(Persons):
    """Turns the pieces of one paragraph into drafts."""

    def run(self) -> list[Draft]:
        """The drafts of the paragraph in order; persons they introduce are remembered."""
        self._heads = self._roles()
        for i, piece in enumerate(self.row):
            if i in self.used:
                continue
            if piece.kind in ("state", "adjective", "people", "capital", "seat", "organisation", "agency", "place"):
                self._nationality(i)
            elif i in self._heads:
                self._role(i, [], piece.start, ())
            elif piece.kind == "person":
                self._person(i)
            elif piece.kind == "anaphor":
                self.used.add(i)
                self.drafts.append(self._draft(piece.start, piece.end, "group", "anaphor", role=piece.entry))
        self._appositions()
        for piece in self.closed:
            if piece.kind == "dateline" and piece.entry is not None and piece.entry.code:
                self.drafts.append(
                    self._draft(piece.start, piece.end, "name", "dateline", codes=[piece.entry.code], agentive=False)
                )
        return sorted(self.drafts, key=lambda draft: draft.start)

    def _roles(self) -> dict[int, tuple[int, Any]]:
        """Chains of adjacent role nouns ("foreign ministry spokesman"): first piece → (last piece, its entry)."""
        found: dict[int, tuple[int, Any]] = {}
        i = 0
        while i < len(self.row):
            if not self._is_role(i):
                i += 1
                continue
            last = i
            while (
                last + 1 < len(self.row)
                and self._is_role(last + 1)
                and self.text[self.row[last].end : self.row[last + 1].start] == " "
            ):
                last += 1
            entry = self.row[last].of("office") or self.row[last].of("noun")
            found[i] = (last, entry)
            i = last + 1
        return found

    def _is_role(self, i: int) -> bool:
        piece = self.row[i]
        if piece.kind not in ("office", "noun"):
            return False
        noun = piece.of("noun")
        if piece.of("office") is None and (noun is None or noun.row.kind not in ("body", "group", "person")):
            return False
        token = self.page.token(self.number, piece.end - 1)
        return token.pos_ in ("NOUN", "PROPN") or bool(self.text[piece.start].isupper())

    def _shape(self, entry: Any) -> str:
        """Whether a role is a person's, a body's or a group's."""
        return str(entry.row.kind)

    def _nationality(self, i: int) -> None:
        """A state's or body's name, alone or with the role noun that it qualifies."""
        listed = self._listed(i)
        last = self.row[listed[-1]]
        follow = self._role_after(listed[-1])
        if follow is None:
            for j in listed[:-1]:
                self._alone(j)
            if not self._with_person(listed[-1]):
                self._alone(listed[-1])
            return
        same = [j for j in listed[:-1] if self._joins(j, listed[-1], follow)]
        for j in listed[:-1]:
            if j not in same:
                self._alone(j)
        chosen = [*same, listed[-1]]
        self.used.update(chosen)
        names = [self.row[j] for j in chosen]
        between = self.text[last.end : self.row[follow].start]
        self._role(follow, names, names[0].start, tuple(re.findall(r"\w+", between.lower())))

    def _with_person(self, i: int) -> bool:
        """A nationality right before a person's name: "Kosovo's Albin Kurti"."""
        piece = self.row[i]
        entry = piece.entry
        owns = re.match(r"['’]s?(?= )|(?= )", self.text[piece.end : piece.end + 2])
        if owns is None or entry is None or piece.kind not in ("state", "adjective", "organisation", "people"):
            return False
        if piece.kind == "state" and not owns.group():
            return False
        name = self._name_at(piece.end + owns.end(), after_role=False)
        if name is None or len(name[0]) < 2:
            return False
        words, known = name
        if known is not None and not any(other.code == entry.code for other in known.entries):
            return False
        self.used.add(i)
        draft = self._draft(
            piece.start, words[-1].end, "person", "apposition", codes=[entry.code], head=words[-1].start
        )
        self._identify(draft, words, known, False)
        self.drafts.append(draft)
        return True

    def _listed(self, i: int) -> list[int]:
        """A list of names of one kind: "China, Japan and South Korea"."""
        found = [i]
        while found[-1] + 1 < len(self.row):
            here, there = self.row[found[-1]], self.row[found[-1] + 1]
            if there.kind not in ("state", "adjective", "people", "capital", "organisation", "agency"):
                break
            if not _AND.match(self.text[here.end : there.start]):
                break
            found.append(found[-1] + 1)
        return found

    def _joins(self, j: int, last: int, follow: int) -> bool:
        """Whether an earlier name of a list shares the role noun of the last ("Chinese and Japanese officials")."""
        one, other = self.row[j], self.row[last]
        qualifies = one.of("adjective", "people"), other.of("adjective", "people")
        if one.kind != other.kind and not all(qualifies):
            return False
        if all(qualifies):
            return True
        head = self.row[self._heads[follow][0]]
        return self.page.token(self.number, head.end - 1).tag_ in ("NNS", "NNPS")

    def _role_after(self, i: int) -> int | None:
        """The role noun that a name qualifies, with at most four plain words between."""
        piece = self.row[i]
        for j in range(i + 1, min(i + 4, len(self.row))):
            gap = self.text[piece.end : self.row[j].start]
            if len(gap) > 48 or (gap and not re.fullmatch(r"(?:['’]s?)?[\s-]+(?:[\w’'-]+\s+){0,4}", gap)):
                return None
            if not self._plain(piece.end, self.row[j].start):
                return None
            based = re.match(r"-(?:based|born|trained|educated)\b", gap)
            if j in self._heads and not (based and self._heads[j][1].row.kind == "person"):
                if self._deeper(j):
                    continue
                return j
            if self.row[j].kind not in ("noun", "office"):
                return None
        return None

    def _deeper(self, j: int) -> bool:
        """Whether a role noun only qualifies another that follows ("state" in "state copper company")."""
        last = self._heads[j][0]
        token = self.page.token(self.number, self.row[last].end - 1)
        if token.dep_ not in ("compound", "amod", "nmod", "poss") or token.head.i <= token.i:
            return False
        target = token.head.idx + self.page.paragraphs[self.number].start
        return any(
            k in self._heads and self.row[k].start <= target < self.row[self._heads[k][0]].end
            for k in range(last + 1, min(last + 4, len(self.row)))
        )

    def _plain(self, start: int, end: int) -> bool:
        """Whether only adjectives, numbers and nouns that qualify stand between two offsets."""
        loose = self.page.book.nouns_of("modifier")
        for word in self._words(start, end):
            if word.folded == "s" or word.folded in loose:
                continue
            token = self.page.token(self.number, word.start)
            if token.pos_ in ("ADJ", "NUM") or (
                token.pos_ in ("NOUN", "PROPN") and token.dep_ in ("compound", "amod", "nmod", "poss")
            ):
                continue
            if token.tag_ in ("VBN", "VBG") and token.dep_ == "amod":
                continue
            if token.pos_ == "ADV" and token.dep_ == "advmod":
                continue
            return False
        return True

    def _words(self, start: int, end: int) -> list[Word]:
        return [word for word in self.parts if start <= word.start and word.end <= end]

    def _alone(self, i: int, *, again: bool = False) -> None:
        """A name without a role noun."""
        if i in self.used and not again:
            return
        self.used.add(i)
        piece = self.row[i]
        entry = piece.entry
        assert entry is not None
        start = piece.start + 4 if self.text[piece.start : piece.start + 4] == "the " else piece.start
        token = self.page.token(self.number, piece.end - 1 if self.text[piece.end - 1].isalnum() else piece.end - 2)
        draft = self._draft(
            start,
            piece.end,
            "agency" if piece.kind in ("agency", "seat") else "name",
            piece.kind,
            codes=[entry.code] if entry.code else [],
            sector=entry.sector,
            role=piece.kind,
        )
        if piece.kind == "place":
            draft.agentive, draft.how = False, "place"
        elif piece.kind == "agency" and entry.sector == "MED":
            draft.agentive, draft.how = False, "publisher"
        else:
            acts, why = role(token, piece.kind, self.page.book)
            draft.agentive, draft.how = acts, why or piece.kind
        if piece.kind == "capital" and draft.agentive:
            draft.sector = "GOV"
        if piece.kind in ("agency", "seat"):
            draft.name = entry.row.name if piece.kind == "agency" and entry.row is not None else None
        if (
            piece.kind == "capital"
            and re.match(r",\s+[A-Z]", self.text[piece.end : piece.end + 4])
            and i + 1 < len(self.row)
            and self.row[i + 1].kind == "state"
            and self.row[i + 1].start - piece.end <= 2
        ):
            draft.agentive, draft.how = False, "place"
        draft.plural = piece.kind == "people"
        self.drafts.append(draft)

    def _role(self, i: int, names: list[Piece], start: int, between: tuple[str, ...]) -> None:
        """A role noun, with the names that qualify it before or after, and the person who has the role."""
        last, entry = self._heads[i]
        self.used.update(range(i, last + 1))
        piece, shape = self.row[last], self._shape(entry)
        codes = [code for name in names if name.entry and (code := name.entry.code)]
        end, sector = piece.end, entry.sector
        for name in names:
            if name.kind in ("seat", "agency") and name.entry and name.entry.sector:
                sector = name.entry.sector
        for j in range(i, last):
            inner = self.row[j].of("office") or self.row[j].of("noun")
            if inner and inner.row.kind == "body" and entry.row.kind != "body" and inner.sector:
                sector = inner.sector
        if shape == "body":
            end = self._named_body(piece.end)
        if not codes:
            codes, end, of_sector = self._of(last, end, shape, entry)
            sector = of_sector if of_sector and sector in (None, "CVL", "GOV") else sector
        if sector == "IGO" and codes and codes[0] in self.page.book.state:
            sector = "GOV"
        token = self.page.token(self.number, piece.end - 1)
        if names and self._qualifies(token, i, last):
            for name in names:
                self._alone(self.row.index(name), again=True)
            return
        office = entry.row.office if entry.kind == "office" and shape == "person" else None
        past, then = self._past(start if names else piece.start, between, i)
        draft = self._draft(
            start,
            end,
            {"person": "office", "body": "agency", "group": "group"}[shape],
            "office" if shape == "person" else "agency",
            codes=codes,
            sector=sector,
            office=office,
            head=token.idx + self.page.paragraphs[self.number].start,
            role=entry,
        )
        draft.plural = token.tag_ in ("NNS", "NNPS") or len(codes) > 1
        draft.past = past
        if self._named(draft, piece, last, then):
            return
        if past and shape == "person" and not then:
            draft.office, draft.sector = None, "ELI"
        if not names and not codes:
            draft.how, draft.bare = "role", True
        elif shape != "person" or token.dep_ in ("compound", "poss"):
            acts, why = role(token, "group", self.page.book)
            if not acts and (shape == "body" or token.dep_ in ("compound", "poss")):
                draft.agentive, draft.how = False, why or draft.how
        self.drafts.append(draft)

    def _qualifies(self, token: Any, i: int, last: int) -> bool:
        """Whether a role noun only qualifies a thing ("Japanese marine products", "Chinese bank shares")."""
        head = token.head
        return (
            token.dep_ in ("compound", "amod", "nmod")
            and head.i > token.i
            and head.pos_ in ("NOUN", "PROPN")
            and head.i - token.i <= 3
            and not is_deed(head, self.page.book)
            and not any(
                piece.first > self.row[last].last - 1
                and piece.end >= head.idx + len(head.text) + self.page.paragraphs[self.number].start
                and piece.kind in ("office", "person", "surname")
                for piece in self.row[last + 1 : last + 3]
            )
            and head.ent_type_ != "PERSON"
            and not head.text[0].isupper()
        )

    def _named_body(self, end: int) -> int:
        """Where the name of a body ends that says what it is for: "Department of Foreign Affairs"."""
        found = _PURPOSE.match(self.text, end)
        if found is None or self.page.paragraphs[self.number].heading:
            return end
        following = next((piece for piece in self.row if piece.start >= end), None)
        named = (
            following is not None
            and following.start < found.end()
            and following.kind in ("state", "capital", "organisation")
        )
        return end if named else found.end()

    def _past(self, start: int, between: tuple[str, ...], i: int) -> tuple[bool, bool]:
        """Whether a role is said to be past, and whether by "then"."""
        before = _PAST_BEFORE.search(self.text[max(0, start - 14) : start])
        close = _PAST_BEFORE.search(self.text[max(0, self.row[i].start - 14) : self.row[i].start])
        found = before or close
        then = bool(found and found.group(2)) or "then" in between
        own = self.text[self.row[i].start : self.row[i].end].lower().startswith(("former ", "ex-"))
        return bool(found) or own or bool(_PAST & set(between)), then

    def _of(self, last: int, end: int, shape: str, entry: Any) -> tuple[list[str], int, str | None]:
        """The states or bodies named after a role noun: "the president of France", "officials from China and Japan"."""
        if last + 1 >= len(self.row) or last + 1 in self.used:
            return [], end, None
        following = self.row[last + 1]
        found = _OF.fullmatch(self.text[end : following.start])
        if not found or following.kind not in ("state", "organisation", "agency", "seat", "adjective", "capital"):
            return [], end, None
        word = found.group(1)
        possessive = self.text[following.end : following.end + 2] in ("'s", "’s")
        if following.kind == "adjective" or possessive:
            return self._of_body(last, word, end)
        if word == "in" and not (
            following.kind == "capital"
            and entry.kind == "office"
            and (entry.row.office in _DESK or entry.row.office == "ministry")
        ):
            return [], end, None
        if word == "from" and following.kind == "capital":
            return [], end, None
        if word in ("at", "with", "for") and following.kind not in ("organisation", "agency", "seat"):
            return [], end, None
        listed = self._listed(last + 1) if shape != "body" else [last + 1]
        if len(listed) > 1 and self.page.token(self.number, self.row[last].end - 1).tag_ not in ("NNS", "NNPS"):
            listed = listed[:1]
        self.used.update(listed)
        pieces = [self.row[j] for j in listed]
        return [piece.entry.code for piece in pieces if piece.entry], pieces[-1].end, None

    def _of_body(self, last: int, word: str, end: int) -> tuple[list[str], int, str | None]:
        """A spokesman "for the Chinese foreign ministry"."""
        j = self._role_after(last + 1)
        if j is None or word not in ("for", "of", "at", "from", "with"):
            return [], end, None
        code = self.row[last + 1].entry
        self.used.update(range(last + 1, self._heads[j][0] + 1))
        last, role_entry = self._heads[j]
        return ([code.code] if code else []), self.row[last].end, role_entry.sector
