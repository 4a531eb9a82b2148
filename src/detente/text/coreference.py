"""Coreference by rule: pronouns, "the two leaders", "the bloc", "the premier", "her counterpart", dyad words.

Antecedents are looked for backwards: in the sentence, then in those before it, nearest and most prominent first. The
order of preference (subject before object, parallel role, agreement) follows the usual salience rules of Hobbs (1978)
and Lappin and Leass (1994), reduced to actors.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente.text.coreference_pronouns import Pronouns
from detente.text.coreference_roles import Roles
from detente.text.coreference_sets import Sets
from detente.text.mentions_page import Draft, Page
from detente.text.mentions_people import People


class Discourse(Sets, Roles, Pronouns):
    """Goes through a document once and resolves each draft from those before it."""

    def run(self) -> list[Draft]:
        """Resolves every draft that stands for one before it, and adds drafts for pronouns."""
        waiting = sorted(
            [*self.drafts, *self._strangers(), *self._pronouns(), *self._counterparts(), *self._countries()],
            key=lambda draft: (draft.start, -draft.end),
        )
        found = []
        end = -1
        for draft in waiting:
            if draft.start < end:
                continue
            if draft.how == "stranger":
                self.done.append(draft)
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


def resolve(page: Page, people: People, drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts with every pronoun, anaphor and bare role noun resolved; those that mean nothing left out.

    Args:
        page: The page.
        people: Persons introduced in it.
        drafts: Drafts in order of position.
    """
    return Discourse(page, people, list(drafts)).run()
