"""The same event told by several documents, as one occasion: how many report it, and how many of them independently."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from detente.codebook import Codebook
from detente.matters.copies import Runs, independent
from detente.matters.terms import common
from detente.model import Event, Evidence, Interval, Record, content_id

LONGEST = 10
"""Days of an interval beyond which a date is too wide to say that two events are one."""

_TALKS = frozenset(("CONSULT",))
_WORD = re.compile(r"[^\W\d_]{3,}")


class Occasion(Record, frozen=True, kw_only=True):
    """One event as all documents tell it. `reports` are the documents that tell it, with copies of them; `independent`
    counts those with kindred texts once. Type, parties and date are those of the telling that is surest.
    """

    id: str
    type: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    date: Interval | None
    modality: str
    reports: int
    independent: int
    events: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def occasions(
    events: Iterable[Event], texts: Mapping[str, Runs], copies: Mapping[str, Collection[str]], book: Codebook
) -> tuple[Occasion, ...]:
    """Events joined over documents, in order of date. The order in which events are given changes nothing.

    Two events are one where type, sides and modality agree, their dates overlap and are narrow, no two places are
    named, and, but for talks, their words have something in common that is no party.

    Args:
        events: Events of any documents.
        texts: The runs of words of their documents, by id.
        copies: Ids of the copies of each document, by its id.
        book: The codebook, for words that say only who.
    """
    groups: dict[tuple[object, ...], list[list[Event]]] = {}
    for event in sorted(events, key=lambda event: event.id):
        home = next(
            (g for g in groups.setdefault(_key(event), []) if all(_one(event, other, book) for other in g)), None
        )
        if home is None:
            groups[_key(event)].append([event])
        else:
            home.append(event)
    found = [_occasion(group, texts, copies) for same in groups.values() for group in same]
    return tuple(sorted(found, key=lambda one: (one.date is None, str(one.date), one.id)))


def _key(event: Event) -> tuple[object, ...]:
    actors, others = ({actor.code for actor in side} for side in (event.actors, event.recipients))
    sides = (tuple(sorted(actors | others)),) if event.reciprocal else (tuple(sorted(actors)), tuple(sorted(others)))
    return event.type, event.modality in ("occurred", "ongoing") or event.modality, sides


def _one(one: Event, other: Event, book: Codebook) -> bool:
    if one.document_id == other.document_id or one.date is None or other.date is None:
        return False
    if max(one.date.days, other.date.days) > LONGEST or not one.date.overlaps(other.date):
        return False
    if one.place and other.place and one.place.lower() != other.place.lower():
        return False
    return one.type in _TALKS or bool(_words(one, book) & _words(other, book))


def _words(event: Event, book: Codebook) -> frozenset[str]:
    return common(_WORD.findall(event.evidence[0].text), book)


def _occasion(group: Sequence[Event], texts: Mapping[str, Runs], copies: Mapping[str, Collection[str]]) -> Occasion:
    best = min(group, key=lambda event: (-event.confidence, event.id))
    documents = sorted({event.document_id for event in group})
    return Occasion(
        id=content_id("occasion", *sorted(event.id for event in group)),
        type=best.type,
        actors=tuple(dict.fromkeys(actor.code for actor in best.actors)),
        recipients=tuple(dict.fromkeys(actor.code for actor in best.recipients)),
        date=best.date,
        modality=best.modality,
        reports=len({*documents, *(copy for name in documents for copy in copies.get(name, ()))}),
        independent=independent({name: texts.get(name, frozenset()) for name in documents}),
        events=tuple(event.id for event in group),
        evidence=tuple(event.evidence[0] for event in group),
    )
