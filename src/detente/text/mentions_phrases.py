"""Phrases: a nationality with its noun, an office with its state and its holder, a person with an apposition."""

from __future__ import annotations

import re
from typing import Any

from detente.codebook.actors_lexicon import Word
from detente.text.mentions_page import Draft, Page, Piece
from detente.text.mentions_people import People, choose, copy_person, fill, terms_of
from detente.text.roles import is_deed, nouns_of, role

_AND = re.compile(r"\s+and\s+(?:the\s+)?$|,\s*(?:and\s+)?(?:the\s+)?$|\s*[-–/]\s*$|\s+&\s+$")
_OF = re.compile(r"\s+(of|for|from|at|with|in)\s+(?:the\s+|both\s+)?$")
_POSSESSIVE = re.compile(r"['’]s?$")
_NAME_PARTICLES = frozenset({"de", "da", "dos", "do", "del", "della", "di", "van", "von", "der", "den", "al", "el", "bin",
                             "ben", "la", "le", "ter", "ul", "ibn", "abu"})
_NOT_NAMES = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
                        "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
                        "i", "the", "he", "she", "it", "mr", "mrs", "ms", "dr"})
_PAST = frozenset({"former", "ex", "then", "late", "retired", "onetime"})
_PAST_BEFORE = re.compile(r"\b(?:(former|ex|late|retired|one-time|onetime|previous)|(then))[\s-]+$", re.IGNORECASE)
_DESK = frozenset({"official", "leaders", "government", "lawmaker", "politician", "diplomat"})


class Phrases:
    """Turns the pieces of one paragraph into drafts."""

    def __init__(self, page: Page, people: People, number: int, row: list[Piece]) -> None:
        self.page, self.people, self.number, self.text = page, people, number, page.text
        self.row = [piece for piece in row if piece.kind not in ("other", "media", "dateline")]
        self.closed = [piece for piece in row if piece.kind in ("other", "media", "dateline")]
        self.parts = page.words[number]
        self.drafts: list[Draft] = []
        self.used: set[int] = set()

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
                self.drafts.append(self._draft(piece.start, piece.end, "name", "dateline", codes=[piece.entry.code],
                                               agentive=False))
        return sorted(self.drafts, key=lambda draft: draft.start)

    # ---- roles

    def _roles(self) -> dict[int, tuple[int, Any]]:
        """Chains of adjacent role nouns ("foreign ministry spokesman"): first piece → (last piece, its entry)."""
        found: dict[int, tuple[int, Any]] = {}
        i = 0
        while i < len(self.row):
            if not self._is_role(i):
                i += 1
                continue
            last = i
            while last + 1 < len(self.row) and self._is_role(last + 1) and \
                    self.text[self.row[last].end:self.row[last + 1].start] == " ":
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

    # ---- a nationality and what follows it

    def _nationality(self, i: int) -> None:
        """A state's or body's name, alone or with the role noun that it qualifies."""
        listed = self._listed(i)
        last = self.row[listed[-1]]
        follow = self._role_after(listed[-1])
        if follow is None:
            for j in listed:
                self._alone(j)
            return
        same = [j for j in listed[:-1] if self._joins(j, listed[-1], follow)]
        for j in listed[:-1]:
            if j not in same:
                self._alone(j)
        chosen = [*same, listed[-1]]
        self.used.update(chosen)
        names = [self.row[j] for j in chosen]
        between = self.text[last.end:self.row[follow].start]
        self._role(follow, names, names[0].start, tuple(re.findall(r"\w+", between.lower())))

    def _listed(self, i: int) -> list[int]:
        """A list of names of one kind: "China, Japan and South Korea"."""
        found = [i]
        while found[-1] + 1 < len(self.row):
            here, there = self.row[found[-1]], self.row[found[-1] + 1]
            if there.kind not in ("state", "adjective", "people", "capital", "organisation", "agency"):
                break
            if not _AND.match(self.text[here.end:there.start]):
                break
            found.append(found[-1] + 1)
        return found

    def _joins(self, j: int, last: int, follow: int) -> bool:
        """Whether an earlier name of a list shares the role noun of the last ("Chinese and Japanese officials")."""
        one, other = self.row[j], self.row[last]
        if one.kind != other.kind and {one.kind, other.kind} != {"adjective", "people"}:
            return False
        if one.kind in ("adjective", "people"):
            return True
        head = self.row[self._heads[follow][0]]
        plural = self.page.token(self.number, head.end - 1).tag_ in ("NNS", "NNPS")
        return plural

    def _role_after(self, i: int) -> int | None:
        """The role noun that a name qualifies, with at most four plain words between."""
        piece = self.row[i]
        for j in range(i + 1, min(i + 4, len(self.row))):
            gap = self.text[piece.end:self.row[j].start]
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
        return any(k in self._heads and self.row[k].start <= target < self.row[self._heads[k][0]].end
                   for k in range(last + 1, min(last + 4, len(self.row))))

    def _plain(self, start: int, end: int) -> bool:
        """Whether only adjectives, numbers and nouns that qualify stand between two offsets."""
        loose = nouns_of(self.page.book, "modifier")
        for word in self._words(start, end):
            if word.folded == "s" or word.folded in loose:
                continue
            token = self.page.token(self.number, word.start)
            if token.pos_ in ("ADJ", "NUM") or (token.pos_ in ("NOUN", "PROPN") and token.dep_ in ("compound", "amod", "nmod",
                                                                                              "poss")):
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
        start = piece.start + 4 if self.text[piece.start:piece.start + 4] == "the " else piece.start
        token = self.page.token(self.number, piece.end - 1 if self.text[piece.end - 1].isalnum() else piece.end - 2)
        draft = self._draft(start, piece.end, "agency" if piece.kind in ("agency", "seat") else "name", piece.kind,
                            codes=[entry.code] if entry.code else [], sector=entry.sector, role=piece.kind)
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
        if piece.kind == "capital" and re.match(r",\s+[A-Z]", self.text[piece.end:piece.end + 4]) and i + 1 < len(self.row) \
                and self.row[i + 1].kind == "state" and self.row[i + 1].start - piece.end <= 2:
            draft.agentive, draft.how = False, "place"
        draft.plural = piece.kind == "people"
        self.drafts.append(draft)

    # ---- a role noun and its people

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
        if not codes:
            codes, end = self._of(last, end, shape, entry)
        token = self.page.token(self.number, piece.end - 1)
        if names and self._qualifies(token, i, last):
            for name in names:
                self._alone(self.row.index(name), again=True)
            return
        office = entry.row.office if entry.kind == "office" and shape == "person" else None
        past, then = self._past(start if names else piece.start, between, i)
        draft = self._draft(start, end, {"person": "office", "body": "agency", "group": "group"}[shape], "office"
                            if shape == "person" else "agency", codes=codes, sector=sector, office=office,
                            head=token.idx + self.page.paragraphs[self.number].start, role=entry)
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
        return (token.dep_ in ("compound", "amod", "nmod") and head.i > token.i and head.pos_ in ("NOUN", "PROPN")
                and head.i - token.i <= 3 and not is_deed(head, self.page.book)
                and not any(piece.first > self.row[last].last - 1 and piece.end >= head.idx + len(head.text)
                            + self.page.paragraphs[self.number].start and piece.kind in ("office", "person", "surname")
                            for piece in self.row[last + 1:last + 3])
                and head.ent_type_ != "PERSON" and not head.text[0].isupper())

    def _past(self, start: int, between: tuple[str, ...], i: int) -> tuple[bool, bool]:
        """Whether a role is said to be past, and whether by "then"."""
        before = _PAST_BEFORE.search(self.text[max(0, start - 14):start])
        close = _PAST_BEFORE.search(self.text[max(0, self.row[i].start - 14):self.row[i].start])
        found = before or close
        then = bool(found and found.group(2)) or "then" in between
        own = self.text[self.row[i].start:self.row[i].end].lower().startswith(("former ", "ex-"))
        return bool(found) or own or bool(_PAST & set(between)), then

    def _of(self, last: int, end: int, shape: str, entry: Any) -> tuple[list[str], int]:
        """The states or bodies named after a role noun: "the president of France", "officials from China and Japan"."""
        if last + 1 >= len(self.row) or last + 1 in self.used:
            return [], end
        following = self.row[last + 1]
        found = _OF.fullmatch(self.text[end:following.start])
        if not found or following.kind not in ("state", "organisation", "agency", "seat", "adjective", "capital"):
            return [], end
        word = found.group(1)
        if following.kind == "adjective":
            return self._of_body(last, word, end)
        if word == "in" and not (following.kind == "capital" and entry.kind == "office" and entry.row.office in _DESK):
            return [], end
        if word == "from" and following.kind == "capital":
            return [], end
        if word in ("at", "with", "for") and following.kind not in ("organisation", "agency", "seat"):
            return [], end
        listed = self._listed(last + 1) if shape != "body" else [last + 1]
        if len(listed) > 1 and self.page.token(self.number, self.row[last].end - 1).tag_ not in ("NNS", "NNPS"):
            listed = listed[:1]
        self.used.update(listed)
        pieces = [self.row[j] for j in listed]
        return [piece.entry.code for piece in pieces if piece.entry], pieces[-1].end

    def _of_body(self, last: int, word: str, end: int) -> tuple[list[str], int]:
        """A spokesman "for the Chinese foreign ministry"."""
        j = self._role_after(last + 1)
        if j is None or word not in ("for", "of", "at", "from", "with"):
            return [], end
        code = self.row[last + 1].entry
        self.used.update(range(last + 1, self._heads[j][0] + 1))
        return ([code.code] if code else []), self.row[self._heads[j][0]].end

    # ---- persons

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
            one = self._draft(draft.start if first else words[0].start, words[-1].end, "person", "office",
                              codes=list(draft.codes) if len(draft.codes) == 1 else [], sector=draft.sector,
                              office=draft.office, head=words[-1].start, role=draft.role)
            one.past = draft.past
            self._identify(one, words, known, then)
            self.drafts.append(one)
            at, first = one, False
            gap = re.match(r"\s+and\s+|,\s+(?:and\s+)?", self.text[at.end:at.end + 8])
            following = self._name_at(at.end + gap.end() - 1, after_role=False) if gap else None
            if following is None:
                return True
            words, known = following

    def _of_state(self, draft: Draft) -> None:
        """ "President Kagame of Rwanda": the state after a name."""
        following = next((j for j, piece in enumerate(self.row) if piece.start >= draft.end), None)
        if following is None or following in self.used:
            return
        piece = self.row[following]
        if re.fullmatch(r"\s+of\s+(?:the\s+)?", self.text[draft.end:piece.start]) and piece.entry and piece.kind in (
                "state", "organisation"):
            self.used.add(following)
            draft.end = piece.end
            if not draft.codes or draft.how == "unknown":
                draft.codes = [piece.entry.code]
                if draft.person:
                    self.people.add(draft.person, draft)

    def _identify(self, draft: Draft, words: list[Word], known: Piece | None, then: bool) -> None:
        """Decides who a named person is: one introduced before, a holder of the office, or someone new."""
        name = self.text[words[0].start:words[-1].end]
        candidates = terms_of(known.entries, "person", "surname") if known else []
        office = draft.office
        terms = choose(self.page, candidates, office=office, codes=draft.codes, past=draft.past)
        before = self.people.short(name, office=office, codes=draft.codes) if len(words) == 1 else self.people.full(name)
        if before is not None and (len(words) > 1 or terms is None or before.person == terms[0].name):
            role_office = office
            copy_person(draft, before)
            if role_office and not draft.past and draft.office is None:
                draft.office, draft.sector = role_office, "GOV"
            draft.how = "holder"
            return
        if terms is not None:
            fill(self.page, draft, terms, role_office=None if draft.past and not then else office,
                 past=draft.past)
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

    def _name_at(self, offset: int, *, after_role: bool) -> tuple[list[Word], Piece | None] | None:
        """A personal name that begins one space after `offset`: its words, and the piece that the lexicon has for it."""
        at = next((k for k, word in enumerate(self.parts) if word.start >= offset), None)
        if at is None or self.text[offset:self.parts[at].start].strip() not in ("", ","):
            return None
        piece = next((piece for piece in self.row if piece.first == at), None)
        closed = next((piece for piece in self.closed if piece.first == at), None)
        if closed is not None and closed.kind != "other":
            return None
        heading = self.page.paragraphs[self.number].heading
        if piece is not None and piece.of("person"):
            return self.parts[piece.first:piece.last], piece
        if piece is not None and piece.kind not in ("surname", "place", "capital", "state", "other") and not (
                after_role and piece.of("surname")):
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
                gap = self.text[taken[-1].end:word.start]
                gap = " " if gap.isspace() and "\n\n" not in gap else gap
                if gap not in (" ", "-", ". ", "'", "’", " al-", " el-") or (gap in ("'", "’") and word.text == "s"):
                    break
                if gap == ". " and len(taken[-1].text) > 2:
                    break
            other = next((piece for piece in self.row if piece.first == k), None)
            if other is not None and k > at and other.kind not in ("surname", "other", "place"):
                if not other.of("surname"):
                    break
            capital = (word.text[0].isupper() or (taken and self.text[word.start - 1] == "-")) and word.folded not in _NOT_NAMES and not word.text.isdigit()
            if not capital and not (taken and word.folded in _NAME_PARTICLES):
                break
            if len(word.text) > 3 and word.text.isupper() and not self.page.paragraphs[self.number].heading and taken:
                break
            taken.append(word)
        while taken and taken[-1].folded in _NAME_PARTICLES:
            taken.pop()
        return taken

    def _person_like(self, taken: list[Word]) -> bool:
        """Whether the parser or the document takes some words for a person's name."""
        name = self.text[taken[0].start:taken[-1].end]
        if self.people.known(name):
            return True
        return any(self.page.token(self.number, word.start).ent_type_ == "PERSON" for word in taken)

    def _person(self, i: int) -> None:
        """A full name of the holders' table, by itself."""
        piece = self.row[i]
        self.used.add(i)
        draft = self._draft(piece.start, piece.end, "person", "holder", head=self.parts[piece.last - 1].start)
        before = self.people.full(self.text[piece.start:piece.end])
        if before is not None:
            copy_person(draft, before)
        else:
            terms = choose(self.page, terms_of(piece.entries, "person"), office=None, codes=(), past=False)
            if terms is None:
                return
            fill(self.page, draft, terms)
            self.people.add(terms[0].name, draft)
            self.people.add(self.text[piece.start:piece.end], draft)
        self.drafts.append(draft)

    def _appositions(self) -> None:
        """Names beside a role in commas: "Kim Jung-gwan, South Korea's trade minister", "the premier, Li Qiang"."""
        for draft in list(self.drafts):
            if draft.kind != "office" or draft.plural or not draft.codes:
                continue
            before = re.search(r",\s+(?:the\s+|an?\s+|who was\s+|then\s+)?$", self.text[max(0, draft.start - 16):draft.start])
            words = self._name_before(draft.start - len(before.group())) if before else None
            known = None
            if words is None:
                after = re.match(r",\s+", self.text[draft.end:draft.end + 3])
                found = self._name_at(draft.end + 1, after_role=False) if after else None
                if found and (len(found[0]) > 1 or found[1]) and self._person_like(found[0]):
                    words, known = found
            if words is None:
                continue
            named = next((other for other in self.drafts if other.kind == "person" and other.start <= words[0].start
                          and words[-1].end <= other.end), None)
            if named is not None:
                if not named.codes:
                    named.codes, named.sector, named.office = list(draft.codes), draft.sector, draft.office
                elif named.office is None and not named.past and not draft.past and named.codes == draft.codes:
                    named.office, named.sector = draft.office, draft.sector
                draft.person, draft.sex = named.person, named.sex
                continue
            person = self._draft(words[0].start, words[-1].end, "person", "apposition", codes=list(draft.codes),
                                 sector=draft.sector, office=draft.office, head=words[-1].start, role=draft.role)
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
            if taken and self.text[word.end:taken[0].start] not in (" ", "-", ". "):
                break
            inside = any(draft.start <= word.start < draft.end for draft in self.drafts if draft.kind != "person")
            if inside or not (word.text[0].isupper() or self.text[word.start - 1] == "-" or word.folded in _NAME_PARTICLES) or word.folded in _NOT_NAMES:
                break
            taken.insert(0, word)
        while taken and not taken[0].text[0].isupper():
            taken.pop(0)
        return taken if len(taken) > 1 else None

    def _draft(self, start: int, end: int, kind: str, how: str, **fields: Any) -> Draft:
        fields.setdefault("head", max(start, end - 1))
        return Draft(start, end, kind, how, self.number, **fields)
