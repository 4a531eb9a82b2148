"""Words of the anaphor table: "the two leaders", "both sides", "bilateral", "the bloc", "the North", "the country"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from detente.text.coreference_back import PRIVATE, Antecedents
from detente.text.mentions_page import Draft
from detente.text.roles import is_deed, role


class Sets(Antecedents):
    """Resolves pairs, trios, blocs, halves and countries."""

    def _anaphor(self, draft: Draft) -> bool:
        row = draft.role.row
        token = self._token(draft)
        if token.dep_ in ("det", "preconj", "predet", "cc", "nummod"):
            return False  # "both enclaves", "both China and Japan"
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
                if (
                    one.kind in ("person", "office")
                    and one.codes
                    and not one.plural
                    and self._ranks(one, row.words)
                    and not any(one.codes[0] == had.codes[0] for had in chosen)
                ):
                    chosen.append(one)
            if len(chosen) >= row.number:
                chosen = chosen[: row.number]
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
        """Two or three states: those of the nearest sentence that names so many, else the document's most named."""
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
        if draft.how in ("place", "publisher", "direction", "topic") or draft.sector in PRIVATE:
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
        """Finds "the country", "the landlocked kingdom", "the world's second-largest economy"."""
        nouns = "|".join(sorted(map(re.escape, self.page.book.nouns_of("country")), key=len, reverse=True))
        pattern = re.compile(
            rf"\b[Tt]he\s+(?:world['’]s\s+)?(?:(?!of|and|in|to|for|on|at|two|three|both)[A-Za-z][\w-]*\s+)"
            rf"{{0,3}}?(?:{nouns})\b(?!\s+(?:of|that)\b|-|['’]s)"
        )
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
            if (
                len(other.codes) == 1
                and other.codes[0] in self.page.book.state
                and (other.kind == "agency" or other.role in ("state", "capital"))
            ):
                draft.codes = list(other.codes)
                return True
        return False

    def _half(self, draft: Draft, row: Any) -> bool:
        """Finds "the North", "the island": the one of its candidates that the text names most."""
        draft.kind = "name"
        following = self.page.text[draft.end : draft.end + 12]
        if (
            re.match(r"\s+(?:of|Sea|Pole|China|Pacific|Atlantic|Africa|American?)\b", following)
            or self.page.text[draft.end - 1].isdigit()
        ):
            return False
        told = {codes.split("+")[0]: sum(self.counts[code] for code in codes.split("+")) for codes in row.codes}
        best = max(told, key=lambda code: told[code])
        if not told[best]:
            return False
        draft.codes = [best]
        return True
