"""Long-lived matters, their milestones, and the links that join them across documents."""

from __future__ import annotations

from typing import Literal

from detente.model.base import Evidence, Origin, Record, Review
from detente.model.interval import Interval

MatterKind = Literal["agreement", "measure", "dispute", "channel"]
Judgement = Literal["same", "different", "open"]


class Milestone(Record, frozen=True, kw_only=True):
    """A dated change of state of a matter, proved by words and, where there is one, by an event."""

    id: str
    matter_id: str
    status: str
    date: Interval | None = None
    event_id: str | None = None
    evidence: tuple[Evidence, ...]


class Reason(Record, frozen=True, kw_only=True):
    """One named part of a link's score, with what it rests on."""

    name: str
    score: float
    detail: str


class Link(Record, frozen=True, kw_only=True):
    """Whether two matters told in two documents are the same. A person's judgement outranks and never erases."""

    id: str
    matter_id: str
    other_id: str
    score: float
    judgement: Judgement
    reasons: tuple[Reason, ...] = ()
    judged_by: str = "detente"
    note: str | None = None


class Matter(Record, frozen=True, kw_only=True):
    """An agreement, measure, dispute or channel with a life of its own.

    A matter as one document tells it has all its evidence there; a merged matter joins several such, keeps the
    smallest of their ids, and lists them in `members`. Codes are ISO 3166 alpha-3 or `IGO.…`; `imposers` and `targets`
    are for measures only. `status` is None where no text gives one.
    """

    id: str
    document_id: str
    kind: MatterKind
    title: str
    subject: str
    aliases: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    imposers: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    status: str | None = None
    status_date: Interval | None = None
    milestones: tuple[Milestone, ...] = ()
    events: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    evidence: tuple[Evidence, ...]
    origin: Origin
    confidence: float
    review: Review = Review()
