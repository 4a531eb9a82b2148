"""Figures that contradict one another: documents that give one subject and one period different values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from detente.model import Figure

ALIKE = 0.6
"""The least share of the words of two subjects that both have, for them to be one subject."""
NEAR, NEAR_ROUGH = 0.005, 0.1
"""How far apart two values may lie, as a share of the larger, and be one: as told, and where one is approximate."""
_FILLER = frozenset(
    "the its their his her of in on for from with and or to by at total number share part all other some".split()
)


def contradictions(figures: Iterable[Figure]) -> dict[str, tuple[str, ...]]:
    """For each figure that another document contradicts, the ids of the figures against it, in order of appearance.

    Two figures contradict each other where they stand in different documents, have one unit and one period (the same
    dates, known for both), their subjects share most words, and their values lie further apart than printing rounds.
    A figure without a period contradicts none: what it counts may simply have changed.
    """
    groups: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.period is not None:
            groups[figure.unit, str(figure.period.start), str(figure.period.end)].append(figure)
    found: dict[str, list[str]] = defaultdict(list)
    for group in groups.values():
        for i, one in enumerate(group):
            for other in group[i + 1 :]:
                if one.document_id != other.document_id and _same_subject(one, other) and _apart(one, other):
                    found[one.id].append(other.id)
                    found[other.id].append(one.id)
    return {name: tuple(dict.fromkeys(others)) for name, others in found.items()}


def _same_subject(one: Figure, other: Figure) -> bool:
    mine, theirs = _words(one.subject), _words(other.subject)
    return bool(mine & theirs) and len(mine & theirs) >= ALIKE * len(mine | theirs)


def _words(subject: str) -> set[str]:
    return {
        word[:-1] if word.endswith("s") and len(word) > 3 else word
        for word in re.findall(r"[^\W\d_]+", subject.lower())
    } - _FILLER


def _apart(one: Figure, other: Figure) -> bool:
    slack = NEAR_ROUGH if one.approximate or other.approximate else NEAR
    return abs(one.value - other.value) > slack * max(abs(one.value), abs(other.value))
