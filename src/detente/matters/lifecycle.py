"""The state machine of matters: steps in order of date, moves that are not allowed told apart, the state at any day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from detente.codebook import Codebook
from detente.model import Interval, Matter, MatterKind, Milestone

S = TypeVar("S")


def allowed(
    kind: MatterKind, statuses: Sequence[tuple[str, S]], book: Codebook
) -> tuple[list[tuple[str, S]], list[tuple[str | None, str, S]]]:
    """Splits steps in their order into those the lifecycle allows and those it does not.

    Args:
        kind: The kind of matter.
        statuses: States in order, each with whatever belongs to it.
        book: The codebook.

    Returns:
        The steps that stand, and those that do not with the state before which they came.
    """
    cycle = book.lifecycles.of(kind)
    kept: list[tuple[str, S]] = []
    wrong: list[tuple[str | None, str, S]] = []
    before: str | None = None
    for status, item in statuses:
        if cycle.allows(before, status):
            kept.append((status, item))
            before = status
        else:
            wrong.append((before, status, item))
    return kept, wrong


def in_order(milestones: Iterable[Milestone]) -> list[Milestone]:
    """Milestones by date; undated ones keep their places at the end, as told last."""
    steps = list(milestones)
    return sorted(steps, key=lambda step: _when(step.date))


def _when(interval: Interval | None) -> tuple[date, date]:
    return (interval.start, interval.end) if interval else (date.max, date.max)


def latest(milestones: Sequence[Milestone]) -> Milestone | None:
    """The last milestone: undated ones are told as current and come last."""
    return milestones[-1] if milestones else None


def status_at(matter: Matter, day: date, book: Codebook) -> str | None:
    """The state of a matter on a day: that of its last milestone that had begun by then.

    Args:
        matter: The matter, merged or not.
        day: The day.
        book: The codebook.

    Returns:
        The status; None where no dated milestone had begun by then.
    """
    steps = [step for step in in_order(matter.milestones) if step.date is not None and step.date.start <= day]
    kept, _ = allowed(matter.kind, [(step.status, step) for step in steps], book)
    return kept[-1][0] if kept else None


def standing(matter: Matter) -> tuple[int, str, str]:
    """A sort key that puts the matter with the newest change first; matters without any date come last.

    A milestone's day is the last of its interval.
    """
    days = [step.date.end for step in matter.milestones if step.date is not None]
    if matter.status_date is not None:
        days.append(matter.status_date.end)
    return (-max(days).toordinal() if days else 0, matter.title, matter.id)
