"""Events as PLOVER's own JSON: the names of the record in its manual (PLOVER manual 0.8, "record").

PLOVER has no field for modality, precision, confidence or history retold; these stand in `comment`, in words. A record
needs a date and an actor, so an event without one of them has none.
"""

from __future__ import annotations

from collections.abc import Mapping

from detente.model import Actor, Document, Event, Record

_QUADS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}
_HAPPENED = ("occurred", "ongoing")
_BODIES = {"IGO.UN": "UNO", "EUR": "EUR"}


class Entity(Record, frozen=True, kw_only=True):
    """An actor or recipient; `identifier_text` is detente's own code where PLOVER has only a class of bodies."""

    code: str
    sector: str | None = None
    entity_text: str
    identifier_text: str | None = None
    office: str | None = None


class Location(Record, frozen=True, kw_only=True):
    """Where it happened, as the text names it."""

    extracted_place: str


class TextInfo(Record, frozen=True, kw_only=True):
    """Which characters of the document's text prove it; `end` is excluded."""

    start: int
    end: int


class CiteInfo(Record, frozen=True, kw_only=True):
    """The document, and what coded it."""

    url: str | None = None
    title: str | None = None
    language: str | None = None
    publication: str | None = None
    codebook: str = "PLOVER"
    version: str


class PloverEvent(Record, frozen=True, kw_only=True):
    """An event by PLOVER's names."""

    id: str
    has_event: bool
    date: str
    enddate: str | None = None
    actor: tuple[Entity, ...]
    recipient: tuple[Entity, ...] = ()
    event: tuple[str, ...]
    event_loc: Location | None = None
    event_text: tuple[str, ...]
    quad_code: int
    event_scale: float
    mode: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    link: str
    text: str
    text_info: TextInfo
    cite_info: CiteInfo
    coder: str
    comment: str


def plover(event: Event, documents: Mapping[str, Document]) -> PloverEvent | None:
    """An event as PLOVER has it, None where it lacks a date or an actor.

    Args:
        event: The event.
        documents: Documents by id, for what is cited; their texts are not looked at.
    """
    if event.date is None or not event.actors:
        return None
    proof, told = event.evidence[0], documents.get(event.document_id)
    first, last = event.date.start.isoformat(), event.date.end.isoformat()
    return PloverEvent(
        id=event.id,
        has_event=event.modality in _HAPPENED,
        date=first,
        enddate=last if last != first else None,
        actor=tuple(map(_entity, event.actors)),
        recipient=tuple(map(_entity, event.recipients)),
        event=(event.type,),
        event_loc=Location(extracted_place=event.place) if event.place else None,
        event_text=tuple(piece.text for piece in event.evidence),
        quad_code=_QUADS[event.quad],
        event_scale=event.intensity,
        mode=(event.mode,) if event.mode else (),
        context=event.contexts,
        link=event.document_id,
        text=proof.text,
        text_info=TextInfo(start=proof.start, end=proof.end),
        cite_info=CiteInfo(
            url=told.url if told else None,
            title=told.title if told else None,
            language=told.language if told else None,
            publication=told.publisher if told else None,
            version=event.origin.version,
        ),
        coder=event.origin.coder,
        comment="; ".join(_beside(event)),
    )


def _entity(actor: Actor) -> Entity:
    body = actor.country is None and actor.code.startswith("IGO.")
    code = _BODIES.get(actor.code, "IGO" if body else actor.code)
    return Entity(
        code=code,
        sector=actor.sector,
        entity_text=actor.person or actor.name,
        identifier_text=actor.code if code != actor.code else None,
        office=actor.office,
    )


def _beside(event: Event) -> list[str]:
    told = [f"modality: {event.modality}", f"confidence: {event.confidence:.2f}"]
    if event.date is not None and (event.date.precision != "day" or event.date.approximate):
        told.append(f"date: {'about ' if event.date.approximate else ''}{event.date.precision}")
    if event.reciprocal:
        told.append("reciprocal")
    if event.retold:
        told.append("history retold")
    return told
