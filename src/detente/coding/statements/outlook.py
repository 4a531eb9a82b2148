"""Outlook: where the words of a statement see a relation going."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.codebook.voices import OutlookWords
from detente.model.findings import Outlook

SHIFTERS = frozenset("not n't no never without hardly barely neither nor deny denies denied cannot nobody unlikely little stop end avoid prevent against rule refuse refused reject rejected oppose lack reduce lower defuse overcome remove resolve avert".split())
CONTRASTS = frozenset("but yet although though while however nevertheless still".split())
REACH = 4
"""How many words a negation turns."""
FORWARD = frozenset("hope hopes hoped hoping want wants wanted wish wishes plan plans planned expect expects expected will would promise promised pledge pledged vow vowed ready willing look seek seeks urge urged call called propose proposed agree agreed can may might could should shall predict predicted believe believes think thinks optimistic let going undertook undertake intend intends try trying keep doubt doubts fear fears warn warns warned threaten threatened welcome welcomed thanked thank never confident optimism pessimism skepticism scepticism unlikely likely".split())
PLEDGES = frozenset("hope want wish plan expect promise pledge vow call urge propose agree welcome undertake thank seek offer intend look praise hail assure".split())
ALARMS = frozenset("warn threaten vow doubt fear predict despair".split())
DEMANDS = frozenset("demand accuse deny reject condemn criticise criticize complain protest allege ask request denounce dismiss blame recall note explain report acknowledge".split())


def outlook(text: str, verb: str, words: OutlookWords, lemma: Sequence[str] = ()) -> Outlook:
    """The outlook of a statement.

    Args:
        text: What was said.
        verb: The lemma of the reporting verb.
        words: The codebook's cues.
        lemma: The lemmas of the words said, where a parse gave them; else words are stemmed by their endings.

    Returns:
        improving or worsening where what is said looks ahead or judges the relation, mixed for both, else none.
    """
    tokens = re.findall(r"[a-z]+(?:['’-][a-z]+)*", text.lower())
    plus, minus, turned = _count(tokens, words)
    ahead = verb in PLEDGES or verb in ALARMS or bool(FORWARD.intersection(tokens)) or any(t.endswith(("'ll", "’ll")) for t in tokens)
    if verb in ("doubt", "fear", "despair"):
        return "worsening"
    if verb in ("warn", "threaten") and not plus:
        return "worsening"
    if verb in DEMANDS and not (plus > 1 and minus == 0):
        return "none"
    if plus and minus:
        if turned:
            return "mixed"
        return "improving" if plus > 2 * minus and ahead else "worsening" if minus > 2 * plus and ahead else "mixed" if ahead and plus + minus > 3 else "none"
    if plus and (ahead or plus > 2) and (plus > 1 or verb in PLEDGES):
        return "improving"
    if minus and (ahead or minus > 2) and (minus > 1 or verb in ALARMS):
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
            key = tuple(stems[i:i + size])
            found = words.cues.get(key) or words.cues.get(tuple(tokens[i:i + size]))
            if found:
                sign, taken = found, size
                break
        if sign:
            if any(token in SHIFTERS or token.endswith("n't") for token in tokens[max(0, i - REACH):i]):
                sign = -sign
            plus, minus = plus + (sign > 0), minus + (sign < 0)
            turned = turned or (broken and before not in (0, sign))
            before = sign
        elif tokens[i] in CONTRASTS:
            broken = True
        i += taken
    return plus, minus, turned


def _stem(token: str, words: OutlookWords) -> str:
    """A word or the form of it that the cues know."""
    for form in (token, token.removesuffix("s"), token.removesuffix("es"), token.removesuffix("ed"), token.removesuffix("d"), token.removesuffix("ing"),
                 f"{token.removesuffix('ing')}e", f"{token.removesuffix('ies')}y", f"{token.removesuffix('ied')}y"):
        if (form,) in words.cues:
            return form
    return token
