"""What a brief tells in one line: steps that say again what the step before said, and acts told of more than once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from detente.model import Event, Matter, Milestone, codes


def changes(matter: Matter) -> list[Milestone]:
    """The steps that change the state: not those that say again what the step before said."""
    steps = matter.milestones
    return [
        step
        for before, step in zip((None, *steps), steps, strict=False)
        if before is None or before.status != step.status
    ]


def courses(matter: Matter) -> list[list[Milestone]]:
    """The steps that have words, those that follow one another with one status together."""
    proved = [milestone for milestone in matter.milestones if milestone.evidence]
    return [list(group) for _, group in groupby(proved, key=lambda milestone: milestone.status)]


def acts(events: Iterable[Event]) -> list[list[Event]]:
    """Events of one kind, time, modality and parties together; in the order of the first of each."""
    found: dict[object, list[Event]] = {}
    for event in events:
        sides = (frozenset(codes(event.actors)), frozenset(codes(event.recipients)))
        who: object = sides[0] | sides[1] if event.type == "CONSULT" or event.reciprocal else sides
        key: object = (event.type, event.modality, str(event.date), who) if event.date else event.id
        found.setdefault(key, []).append(event)
    return list(found.values())
