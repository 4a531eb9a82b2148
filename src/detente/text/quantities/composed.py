"""Figures made of two numbers: votes for and against, shares told as "nine in ten", years and months together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.text.quantities.measure import Measured
from detente.text.quantities.numbers import Number, rounded

_AGAINST = re.compile(r"\s*(?:votes?\s+)?(?:to|against|-|–|—)\s*")
_VOTED = re.compile(
    r"\b(?:votes?|voted|voting|ballots?|approve[sd]?|adopt(?:s|ed)?|ratif(?:y|ies|ied)|carried)\b", re.I
)
_BEFORE_VOTE = re.compile(r"(?:\bby(?: a vote of)?|\bvot(?:es?|ed)|,|:|\bratif(?:ies|ied)|\bapprove[sd]?)\s+$", re.I)
_EVERY = re.compile(r"(?:\s+[\w-]+){0,2}?\s+(?:in|of|out of)\s+(?:every|each)\s+", re.I)
_PLAIN = re.compile(r"(?:\s+[\w-]+)?\s+(?:in|out of)\s+", re.I)
_NO_SHARE = re.compile(r"[\s-]+(?:years?|months?|weeks?|days?|hours?|minutes?)\b", re.I)
_TOGETHER = re.compile(r"(?:,|\s+and)?\s+")
_FINER = {("year", "month"): 12, ("hour", "minute"): 60, ("week", "day"): 7}
CENT, WITH_CENTS = "cent", frozenset(("USD", "AUD", "CAD", "NZD", "SGD", "EUR"))
PLAIN_BASES = (10.0, 100.0)
BASES = (2.0, 3.0, 4.0, 5.0, 10.0, 20.0, 100.0, 1000.0)


def paired(text: str, numbers: Sequence[Number], i: int, start: int, stop: int) -> tuple[Measured, ...]:
    """The figures that number `i` makes together with the next: a vote (two figures), or a share (one); else none.

    Args:
        text: The document's text.
        numbers: The numbers of a paragraph.
        i: Which of them.
        start: Where the paragraph begins.
        stop: Where it ends.
    """
    if i + 1 >= len(numbers):
        return ()
    one, other = numbers[i], numbers[i + 1]
    if one.part or other.part or one.glued or other.glued:
        return ()
    between = text[one.end : other.start]
    if one.value == int(one.value) and _AGAINST.fullmatch(between) and _vote(text, one, other, start, stop):
        return tuple(Measured(each.start, each.end, each.value, "vote", each) for each in (one, other) if each.value)
    every = _EVERY.fullmatch(between) is not None and other.value in BASES
    plain = _PLAIN.fullmatch(between) is not None and other.value in PLAIN_BASES and one.digits == other.digits
    if 0 < one.value < other.value and (every or plain) and not _NO_SHARE.match(text, other.end, stop):
        return (Measured(one.start, other.end, rounded(round(100 * one.value / other.value, 2)), "percent", one),)
    return ()


def _vote(text: str, one: Number, other: Number, start: int, stop: int) -> bool:
    """Whether "390 to 26" are votes: the sentence speaks of a vote, and they follow "by", "voted" or a comma."""
    left = max(text.rfind(". ", start, one.start) + 1, start, one.start - 120)
    right = text.find(". ", other.end, stop)
    sentence = text[left : min(right if right > 0 else stop, other.end + 60)]
    spelt = text[one.end : other.start].lstrip().startswith("vote")
    before = text[max(start, one.start - 20) : one.start]
    return spelt or bool(_VOTED.search(sentence) and _BEFORE_VOTE.search(before))


def summed(text: str, found: Sequence[Measured]) -> list[Measured]:
    """Durations in two units are one in the finer ("3 years and 7 months": 43 months), cents join dollars."""
    kept: list[Measured] = []
    for here in found:
        before = kept[-1] if kept else None
        factor = _FINER.get((before.unit, here.unit)) if before else None
        if before and factor and here.value < factor and _TOGETHER.fullmatch(text[before.end : here.start]):
            value = rounded(before.value * factor + here.value)
            kept[-1] = Measured(before.start, here.end, value, here.unit, before.number)
        elif (
            before
            and here.unit == CENT
            and before.unit in WITH_CENTS
            and here.value < 100
            and _TOGETHER.fullmatch(text[before.end : here.start])
        ):
            value = rounded(round(before.value + here.value / 100, 6))
            kept[-1] = Measured(before.start, here.end, value, before.unit, before.number)
        else:
            kept.append(here)
    return kept
