"""One event once: restatements in headline, caption and body become one event with all its evidence."""

from __future__ import annotations

from collections.abc import Iterable

from detente.coding.events.candidate import Candidate

SAID = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "CONSULT"))
"""Types of which one sentence tells one: "summoned the envoy, handed him a note and called the step a provocation"."""
LOOSE = frozenset(("occurred", "ongoing"))


def clusters(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """Groups of candidates that tell the same event, in order of the text; the best told comes first in each."""
    groups: list[list[Candidate]] = []
    # What is only guessed joins what is told, and never joins two that are told.
    for candidate in sorted(candidates, key=lambda candidate: candidate.guessed):
        home = next((group for group in groups if _belongs(candidate, group)), None)
        if home is None:
            groups.append([candidate])
        else:
            home.append(candidate)
    return [sorted(group, key=_rank) for group in groups]


def _belongs(candidate: Candidate, group: list[Candidate]) -> bool:
    """Whether a candidate tells what one of a group tells, and contradicts the date of none of it.

    An undated noun ("the dialogue") may fit several dated meetings; it must not join them to one another.
    """
    apart = any(candidate.date and other.date and not candidate.date.overlaps(other.date) for other in group)
    return not apart and any(same(candidate, other) for other in group)


def _rank(candidate: Candidate) -> tuple[int, int, int, int, int]:
    """Body before headline, verbs before nouns, parties told before inferred, then in order of the text."""
    return (
        candidate.guessed,
        candidate.page.paragraph.heading,
        candidate.match.noun,
        candidate.inferred,
        candidate.page.number,
    )


def same(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates tell the same act: type, parties, date and words agree as far as they are told."""
    if one.type != other.type or not _parties(one, other):
        return False
    if one.modality != other.modality and not {one.modality, other.modality} <= LOOSE:
        return False
    both = one.date is not None and other.date is not None
    if both and not (one.date and other.date and one.date.overlaps(other.date)):
        return False
    if one.type == "CONSULT" and {one.mode, other.mode} & {"phone"} and one.mode != other.mode:
        return False
    shared = one.words & other.words
    heading = one.page.paragraph.heading or other.page.paragraph.heading
    if one.page is other.page and one.page.tree.sent[one.start] == other.page.tree.sent[other.start]:
        return one.type in SAID or (one.match.noun != other.match.noun and bool(shared))
    if one.type == "CONSULT" and not both:
        return heading or one.match.noun or other.match.noun or len(shared) > 1
    if heading:
        return True
    if both:
        return bool(shared) or one.type in ("CONSULT", "SUPPORT")
    return bool(shared) and (
        one.frame.name == other.frame.name or len(shared) > 1 or one.match.noun or other.match.noun
    )


def _parties(one: Candidate, other: Candidate) -> bool:
    if one.reciprocal or other.reciprocal:
        return one.codes <= other.codes or other.codes <= one.codes
    first, second = ({a.code for a in side} for side in (one.actors, other.actors))
    third, fourth = ({a.code for a in side} for side in (one.recipients, other.recipients))
    return bool(first & second) and (bool(third & fourth) or not third or not fourth)
