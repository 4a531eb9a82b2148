"""Past or future: which way a date without a year, or a weekday, is to be looked for."""

from __future__ import annotations

import re
from typing import Any

_PLANS = frozenset(
    """plan schedule expect due set slate intend aim hope agree want wish prepare threaten offer propose promise
pledge vow decide order invite call need seek ask urge demand require ready book arrange envisage foresee target fix tip
earmark poise project forecast await anticipate mean design""".split()
)
_NO_PLAN = frozenset(
    """fail refuse manage begin start continue force help use able according come go appear seem happen have
used regard decline lead react respond return""".split()
)
_TIMETABLE = frozenset(
    "begin start resume open reopen meet convene reconvene leave depart arrive expire lapse end close".split()
)
"""What is fixed ahead is told in the present tense with its day: "talks resume on the 13th"."""
_MODAL = frozenset(
    {"will", "shall", "would", "may", "might", "could", "should", "must", "can", "'ll", "wo", "wont", "ca"}
)
_FUTURE = re.compile(
    r"""\b(?:will|won't|shall|would|wouldn't|may(?=\s+[a-z])|might|could|should|must|
    (?:is|are|was|were|am|be)\s+(?:\w+\s+)?(?:to|due|set|scheduled|expected|planned|slated|going\s+to)(?=\s)|
    due(?=\s+(?:to|on|in|by|for|from|at)\b)|
    (?:begins?|starts?|resumes?|reopens?|reconvenes?)(?=\s+(?:again\s+)?(?:on|in|at)\s+(?:the\s+)?$)|scheduled|planned\s+for|set\s+for|slated|upcoming|forthcoming|coming\s+into|
    going\s+to|plans?|planning|expects?|intends?|aims?|hopes?|ahead\s+of|falls?\s+due|takes?\s+effect|
    (?:agree|plan|want|hope|intend|pledge|promise|vow|aim|decide|prepare|threaten|offer|propose|invite|order|expect|urge|ask)
      (?:d|ed|s|ing|ned|red)?(?:\s+\w+){0,4}?\s+to(?=\s+[a-z]))\b|['’]ll\b""",
    re.VERBOSE,
)
_HEADLINE = re.compile(
    r"\bto\s+(?!the\b|a\b|an\b|its\b|their\b|his\b|her\b|this\b|that\b|be\s+\w+ed\b|\w+ing\b)[a-z]{3,}\b"
)
_PAST = re.compile(
    r"""\b(?:was|were|had|did|said|told|met|held|came|went|took|made|gave|left|won|began|became|broke|brought|
    built|bought|caught|chose|cut|drew|drove|fell|fought|found|flew|got|grew|hit|kept|knew|laid|led|lost|meant|paid|put|
    ran|rose|sat|saw|sent|shook|shot|shut|spoke|spent|stood|struck|swore|taught|thought|threw|understood|withdrew|wrote|
    has|have|been|ago|after|since|sank|set\s+(?:up|off|out)|fled|drew|rang|wound|hung|sold|sought|bade|forbade|
    (?:re|over|under|with|fore|up|un|out)(?:paid|sold|built|thrown|taken|drawn|held|told|written|made|given|took|gave|came)|
    [a-z]{2,}(?<!ne)ed)\b""",
    re.VERBOSE,
)
_CLAUSE = re.compile(r"[;:—]|\s–\s|,\s+(?:and|but|while|which|who|whose|as|although|though)\b")
_FUTURE_BEFORE = frozenset({"until", "till", "by", "for", "from"})
_PAST_BEFORE = frozenset({"since"})


def is_clause(words: str) -> bool:
    """Whether some words hold a verb in a past or future form."""
    return bool(_PAST.search(words) or _FUTURE.search(words))


def by_words(text: str, start: int, end: int, bounds: tuple[int, int], before: str = "") -> int:
    """The direction that the words of a sentence give a mention: -1 past, 1 future, 0 unknown.

    The nearest sign to the left inside the clause decides, else the nearest to the right.

    Args:
        text: The document's text.
        start: Where the mention begins.
        end: Where it ends.
        bounds: The sentence.
        before: The word before the mention.
    """
    if before in _PAST_BEFORE:
        return -1
    if is_fixed(text, start, bounds, before):
        return 1
    left = text[max(bounds[0], start - 160) : start]
    cuts = [match.end() for match in _CLAUSE.finditer(left)]
    near = left[cuts[-1] :] if cuts else left
    way = _nearest(near, last=True)
    if not way:
        right = text[end : min(bounds[1], end + 160)]
        cut = _CLAUSE.search(right)
        way = _nearest(right[: cut.start()] if cut and cut.start() > 12 else right, last=False)
    if not way and cuts:
        way = _nearest(left, last=True)
    if not way and before in _FUTURE_BEFORE:
        return 1
    return way


_FIXED = re.compile(
    r"\b(?:called|set|scheduled|planned|fixed|convened|proposed|booked|pencilled\s+in|due|slated|promised|billed|foreseen)"
    r"\s+for(?:\s+the)?\s*$"
)


def is_fixed(text: str, start: int, bounds: tuple[int, int], before: str) -> bool:
    """Whether something is fixed for a mention: "a meeting called for Monday", "has been proposed for early July"."""
    return before == "for" and _FIXED.search(text, bounds[0], start) is not None


def _nearest(words: str, *, last: bool) -> int:
    future = [(m.start(), m.end(), 1) for m in _FUTURE.finditer(words)]
    if not future:
        future = [(m.start(), m.end(), 1) for m in _HEADLINE.finditer(words)]
    past = [
        (m.start(), m.end(), -1) for m in _PAST.finditer(words) if not any(f[0] <= m.start() < f[1] for f in future)
    ]
    signs = sorted(future + past)
    if not signs:
        return 0
    chosen = signs[-1] if last else signs[0]
    if last and chosen[2] < 0 and len(signs) > 1 and signs[-2][2] > 0 and chosen[0] - signs[-2][1] < 14:
        chosen = signs[-2]  # "would have been signed", "is to be opened"
    return chosen[2]


def by_parse(token: Any) -> int | None:
    """The direction that the verb governing a token gives: -1, 1, 0 for a present, None where no verb is found.

    Args:
        token: A word of the mention, as parsed.
    """
    verb = token
    for _ in range(12):
        if verb.pos_ in ("VERB", "AUX") and verb.i != token.i:
            return _of_verb(verb, 0) or _of_noun(token)
        if verb.head.i == verb.i:
            break
        verb = verb.head
    return _of_noun(token)


def _of_noun(token: Any) -> int | None:
    """A date that only tells which thing is meant ("the advice of November 14 stays") lies in the past."""
    while token.dep_ in ("nummod", "compound", "amod") and token.head.i != token.i:
        token = token.head
    preposition = token.head
    named = token.dep_ == "pobj" and preposition.lower_ == "of" and preposition.head.pos_ in ("NOUN", "PROPN")
    return -1 if named else None


def _of_verb(verb: Any, depth: int) -> int | None:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    words = {child.lower_ for child in helpers}
    if words & _MODAL:
        return 1
    if "to" in words:
        return _of_infinitive(verb, depth)
    if words & {"had", "was", "were", "did", "has", "have", "'ve", "been"}:
        return -1
    if verb.tag_ == "VBD":
        return -1
    if verb.tag_ == "VBN":
        if verb.lemma_ in _PLANS and not words & {"had", "has", "have"}:
            return 1
        return -1 if not words & {"be", "is", "are", "being"} else (1 if verb.lemma_ in _PLANS else 0)
    if verb.dep_ in ("conj", "xcomp", "advcl") and verb.tag_ in ("VB", "VBG") and depth < 3 and verb.head.i != verb.i:
        return _of_verb(verb.head, depth + 1) if verb.head.pos_ in ("VERB", "AUX") else None
    if verb.tag_ in ("VBZ", "VBP"):
        return 1 if verb.lemma_ in _PLANS or (depth == 0 and verb.lemma_ in _TIMETABLE) else 0
    return None


def _of_infinitive(verb: Any, depth: int) -> int | None:
    head = verb.head
    if head.i == verb.i:
        return 1
    lemma = head.lemma_.lower()
    if lemma in _PLANS or lemma in ("be", "is", "are") or head.pos_ in ("NOUN", "PROPN", "ADJ"):
        return 1
    if lemma in _NO_PLAN and depth < 3 and head.pos_ in ("VERB", "AUX"):
        return _of_verb(head, depth + 1)
    return 1
