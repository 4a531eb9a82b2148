"""What moved: the dated steps of matters from a day on, each with the state before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from detente.matters.lifecycle import in_order
from detente.model import Evidence, Interval, Matter, MatterKind, Record


class Change(Record, frozen=True, kw_only=True):
    """A dated step of a matter. `before` is the state it was in, None where this is the first that is known."""

    id: str
    matter_id: str
    kind: MatterKind
    title: str
    parties: tuple[str, ...]
    before: str | None
    status: str
    date: Interval
    documents: int
    evidence: tuple[Evidence, ...]


def changes(matters: Iterable[Matter], since: date, until: date | None = None) -> tuple[Change, ...]:
    """The steps of matters that a stretch of days holds, the newest first.

    Args:
        matters: Matters, joined over documents.
        since: The first day; a step counts where its interval ends on it or later.
        until: The last day; a step counts where its interval begins on it or earlier.
    """
    found: list[Change] = []
    for matter in matters:
        before: str | None = None
        for step in in_order(matter.milestones):
            when = step.date
            if when is not None and when.end >= since and (until is None or when.start <= until):
                found.append(
                    Change(
                        id=step.id,
                        matter_id=matter.id,
                        kind=matter.kind,
                        title=matter.title,
                        parties=matter.parties,
                        before=before,
                        status=step.status,
                        date=when,
                        documents=len({piece.document_id for piece in step.evidence}),
                        evidence=step.evidence,
                    )
                )
            before = step.status
    return tuple(sorted(found, key=lambda change: (-change.date.end.toordinal(), change.title, change.id)))
