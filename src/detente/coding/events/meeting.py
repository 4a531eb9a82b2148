"""Dates of acts told of a meeting: what was asked, promised or refused there has the meeting's date.

Reports of talks give the date once, with the meeting, and then tell what each side said. An act in words that follows,
between the same parties and without a time of its own, is dated by the last such meeting if that lies close to
publication. Measured on the bank's train part: right in 18 of 29 cases, against 9 for no date.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from detente.model import Document, Event, codes

VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
LONGEST_MEETING = 4  # days; what lasts longer is a process, not an occasion
NEAR_PUBLICATION = 7  # days


def at_meetings(events: Sequence[Event], document: Document) -> tuple[Event, ...]:
    """The events, those told of a dated meeting dated by it.

    Args:
        events: A document's events.
        document: The document, for its date of publication.
    """
    meetings = [event for event in events if _is_recent_meeting(event, document)]
    return tuple(_dated(event, meetings) for event in events)


def _is_recent_meeting(event: Event, document: Document) -> bool:
    if event.type != "CONSULT" or event.modality != "occurred" or event.retold or event.date is None:
        return False
    if document.published is None or event.date.days > LONGEST_MEETING:
        return False
    return abs((document.published.interval.end - event.date.end).days) <= NEAR_PUBLICATION


def _dated(event: Event, meetings: Sequence[Event]) -> Event:
    if event.date is not None or event.retold or event.modality != "occurred" or event.type not in VERBAL:
        return event
    told_before = [
        meeting
        for meeting in meetings
        if meeting.evidence[0].start < event.evidence[0].start and _parties(event) <= _parties(meeting)
    ]
    return msgspec.structs.replace(event, date=told_before[-1].date) if told_before else event


def _parties(event: Event) -> set[str]:
    return {*codes(event.actors), *codes(event.recipients)}
