"""Looking back: what was spoken of before some words, nearest and most prominent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from detente.text.mentions_page import Draft, Page
from detente.text.mentions_people import People

REACH = 4
"""How many sentences back an antecedent may stand."""
PRIVATE = frozenset({"EDU", "MED", "BUS", "CVL", "ELI"})
"""Sectors of those who do not stand for their state as a party or a government."""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


class Antecedents:
    """The drafts of a document in order, and what has been spoken of so far."""

    def __init__(self, page: Page, people: People, drafts: list[Draft]) -> None:
        self.page, self.people, self.drafts = page, people, drafts
        self.done: list[Draft] = []
        self.sentence: dict[int, int] = {}
        self.counts: Counter[str] = Counter(
            code for draft in drafts if draft.how not in ("dateline", "publisher") for code in draft.codes
        )

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
        return token.dep_ in SUBJECTS

    def _copy(self, draft: Draft, other: Draft, *, person: bool = False) -> bool:
        draft.codes, draft.persons = list(other.codes), list(other.persons)
        draft.sector, draft.name = other.sector, other.name
        if person:
            draft.person, draft.office, draft.sex = other.person, other.office, other.sex
        draft.how = "coreference"
        return True
