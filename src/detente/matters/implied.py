"""Matters that only an event tells: a sanction, a seizure or an attack that no phrase names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.codebook import Codebook
from detente.codebook.matters import Act
from detente.matters.page import Page
from detente.matters.phrase import Phrase
from detente.matters.topic import about
from detente.model import Event


def implied(page: Page, events: Sequence[Event], told: Sequence[Phrase], book: Codebook) -> Iterator[Phrase]:
    """Phrases of events in a paragraph that imply a matter and that no phrase there overlaps.

    Args:
        page: The paragraph.
        events: The document's events.
        told: The phrases found in the paragraph.
        book: The codebook: `modal.yml` says which events imply what.
    """
    rules = book.matters.modal.implied
    size = len(page.tree)
    for event in events:
        first = event.evidence[0]
        rule = rules.get(event.type)
        inside = size and page.base <= first.start < page.base + page.tree.end[-1]
        if rule is None or not inside or event.modality not in ("occurred", "ongoing") or not event.recipients:
            continue
        if any(phrase.start < first.end and first.start < phrase.end for phrase in told):
            continue
        low, high = page.token(first.start), min(page.token(first.end - 1), size - 1)
        head = next((i for i in range(low, high + 1) if page.tree.pos[i] == "VERB"), low)
        act = Act(rule.kind, rule.family, rule.status, "", (page.tree.lemma[head],), frozenset(), False)
        phrase = Phrase(page, head, low, high, rule.kind, rule.family, "act", act=act, thing=head)
        phrase.terms = about(page, head, low, high, book.matters)
        phrase.core = (low, high)
        actors = [actor.code for actor in event.actors]
        others = [actor.code for actor in event.recipients if actor.code not in actors]
        phrase.parties = list(dict.fromkeys((*actors, *others)))[:4]
        phrase.clause = list(phrase.parties)
        if rule.kind == "measure":
            phrase.imposers, phrase.targets = actors[:1], others[:2]
        if phrase.terms:
            yield phrase
