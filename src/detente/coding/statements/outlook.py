"""Outlook: where the words of a statement see a relation going."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.codebook.voices import OutlookWords
from detente.model.findings import Outlook

REACH = 4
"""How many words a negation turns."""


def outlook(text: str, verb: str, words: OutlookWords) -> Outlook:
    """The outlook of a statement.

    Args:
        text: What was said.
        verb: The lemma of the reporting verb.
        words: The codebook's cues.

    Returns:
        improving or worsening where what is said looks ahead or judges the relation, mixed for both, else none.
    """
    tokens = re.findall(r"[a-z]+(?:['’-][a-z]+)*", text.lower())
    plus, minus, turned = _count(tokens, words)
    ahead = (
        verb in words.pledges
        or verb in words.alarms
        or bool(words.forward.intersection(tokens))
        or any(t.endswith(("'ll", "’ll")) for t in tokens)
    )
    if verb in ("doubt", "fear", "despair"):
        return "worsening"
    if verb in ("warn", "threaten") and not plus:
        return "worsening"
    if verb in words.demands and not (plus > 1 and minus == 0):
        return "none"
    if plus and minus:
        if turned:
            return "mixed"
        if not ahead:
            return "none"
        if plus > 2 * minus:
            return "improving"
        return "worsening" if minus > 2 * plus else "mixed" if plus + minus > 3 else "none"
    if plus and (ahead or plus > 2) and (plus > 1 or verb in words.pledges):
        return "improving"
    if minus and (ahead or minus > 2) and (minus > 1 or verb in words.alarms):
        return "worsening"
    return "none"


def _count(tokens: Sequence[str], words: OutlookWords) -> tuple[int, int, bool]:
    """How many cues speak for and against, negations applied, and whether a contrast stands between unlike cues."""
    plus = minus = 0
    before, turned, broken = 0, False, False
    stems = [_stem(token, words) for token in tokens]
    i = 0
    while i < len(tokens):
        sign, taken = 0, 1
        for size in range(min(words.longest, len(tokens) - i), 0, -1):
            key = tuple(stems[i : i + size])
            found = words.cues.get(key) or words.cues.get(tuple(tokens[i : i + size]))
            if found:
                sign, taken = found, size
                break
        if sign:
            if any(token in words.shifters or token.endswith("n't") for token in tokens[max(0, i - REACH) : i]):
                sign = -sign
            plus, minus = plus + (sign > 0), minus + (sign < 0)
            turned = turned or (broken and before not in (0, sign))
            before = sign
        elif tokens[i] in words.contrasts:
            broken = True
        i += taken
    return plus, minus, turned


def _stem(token: str, words: OutlookWords) -> str:
    """A word or the form of it that the cues know."""
    endings = ("", "s", "es", "ed", "d", "ing")
    swapped = (("ing", "e"), ("ies", "y"), ("ied", "y"))
    for form in (*(token.removesuffix(end) for end in endings), *(token.removesuffix(a) + b for a, b in swapped)):
        if (form,) in words.cues:
            return form
    return token
