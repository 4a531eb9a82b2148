"""When the act was: the time expression that governs a clause."""

from __future__ import annotations

import calendar
import re
from datetime import date

from detente.coding.events.candidate import Candidate
from detente.engines.rules.tree import Tree
from detente.model import Annotations, Interval, TimeMention

WEEKDAY = re.compile(
    r"(?:(?:on|last|this|late|early) )*(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|yesterday|today|tonight|tomorrow",
    re.I,
)
"""Time words that lie close to publication, known or not."""
LATER = re.compile(
    r"tomorrow|tonight|next |(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day$|the \d+(?:st|nd|rd|th)$", re.I
)
"""Time words that put a present tense into the future ("leaves on Sunday")."""
OPENING = 2
"""Characters before a date that opens a paragraph: a bullet."""
RETOLD_YEARS = 20
"""A dated act that lies further back than this counts as history retold."""


def times_of(seen: Annotations, start: int, end: int) -> list[TimeMention]:
    """The calendar times in a stretch of the document."""
    return [
        time
        for time in seen.times
        if time.kind == "date"
        and start <= time.start
        and time.end <= end
        and (time.interval is not None or WEEKDAY.match(time.text))
    ]


def act_date(
    candidate: Candidate,
    times: list[TimeMention],
    triggers: set[int],
    report: frozenset[str],
    published: Interval | None,
) -> Interval | None:
    """The date of a candidate's act.

    The nearest time expression that hangs on the clause itself; else on what it is coordinated with or happened in
    ("signed it after meeting on Monday"); else on the clause that governs it, unless that one reports or is an event
    of its own; else the only one of the sentence, where nothing else claims it.

    Args:
        candidate: The possible event.
        times: The calendar times of its paragraph.
        triggers: The triggers of all candidates of the paragraph.
        report: Lemmas of reporting verbs, whose time is the report's.
        published: The publication date, the end of what is still going on.
    """
    tree, page = candidate.page.tree, candidate.page
    trigger = candidate.match.clause.trigger
    own = {trigger, candidate.match.clause.verb, *candidate.match.matched}
    here = []
    for time in times:
        at = _token(tree, time.start - page.paragraph.start, time.end - page.paragraph.start)
        if at is None or tree.sent[at] != tree.sent[trigger] or at < tree.dateline or _names(tree, at, own):
            continue
        here.append((time, at))
    if not here:
        return None
    stops = triggers | own
    governed = [(time, at) for time, at in here if _governor(tree, at, stops) in own]
    for near in () if governed else _related(tree, candidate, report, triggers):
        governed = [(time, at) for time, at in here if _governor(tree, at, stops | {near}) == near]
        if governed:
            break
    if (
        not governed
        and len(here) == 1
        and _governor(tree, here[0][1], triggers) is None
        and _free(tree, here[0][1], report)
    ):
        governed = here
    if not governed:
        return None
    governed = [(time, at) for time, at in governed if not (time.interval and time.interval.approximate)] or governed
    own_words = [(time, at) for time, at in governed if time.start - page.paragraph.start > OPENING]
    governed = own_words or governed  # a date that opens a paragraph dates all of it
    time, _ = min(governed, key=lambda pair: abs(pair[1] - trigger))
    candidate.later = bool(LATER.match(time.text))
    if time.interval is None:
        return published
    if time.interval.open_end and candidate.modality == "occurred" and (candidate.match.noun or _first(tree, own)):
        return None  # "the first summit since 2019" says when the one before it was
    return told_as(time.interval, candidate.modality, published)


def _first(tree: Tree, own: set[int]) -> bool:
    """Whether an act is told as the first of its kind."""
    return any(tree.lower[kid] in ("first", "biggest", "largest") for i in own for kid in tree.kids[i])


def _names(tree: Tree, at: int, own: set[int]) -> bool:
    """Whether a year only tells which thing is meant ("the 1960 treaty", "the compact of 2013")."""
    if not tree.text[at].isdigit():
        return False
    head = tree.head[at]
    if tree.dep[at] == "pobj" and tree.lower[head] == "of":
        head = tree.head[head]
    elif tree.dep[at] not in ("nummod", "compound", "amod", "nmod"):
        return False
    nominal = all(tree.pos[i] in ("NOUN", "PROPN") for i in own)
    return tree.pos[head] in ("NOUN", "PROPN") and not (nominal and head in own)


def _related(tree: Tree, candidate: Candidate, report: frozenset[str], triggers: set[int]) -> list[int]:
    """Other clauses whose time is also the candidate's: coordinated, contained with `after`, or governing."""
    trigger = candidate.match.clause.verb
    found = []
    at = trigger
    while tree.dep[at] == "conj" and tree.pos[tree.head[at]] in ("VERB", "AUX"):
        at = tree.head[at]
        found.append(at)
    for kid in tree.kids[trigger]:
        if tree.dep[kid] == "prep" and tree.lower[kid] in ("after", "during", "at", "following"):
            found.extend(tree.every(kid, "pobj", "pcomp"))
    if tree.dep[trigger] not in ("relcl", "advcl"):
        above = next((top for top in tree.climb(trigger) if tree.pos[top] in ("VERB", "AUX")), None)
        if above is not None and above not in triggers and tree.lemma[above] not in report:
            found.append(above)
    return found


def _free(tree: Tree, at: int, report: frozenset[str]) -> bool:
    """Whether a time hangs neither on a reporting verb nor inside a clause of its own."""
    for top in (at, *tree.climb(at)):
        if tree.pos[top] == "VERB" and tree.lemma[top] in report:
            return False
        if tree.dep[top] in ("relcl", "advcl", "acl", "ccomp", "xcomp"):
            return False
    return True


def told_as(interval: Interval | None, modality: str, published: Interval | None) -> Interval | None:
    """The interval as the act needs it: "since May" is May for what was done, and lasts until now for what goes on."""
    if interval is None or not interval.open_end:
        return interval
    if modality == "ongoing":
        if published is not None and interval.start <= published.end:
            return Interval(start=interval.start, end=published.end, precision="span")
        return interval
    return Interval(start=interval.start, end=_end(interval), precision=interval.precision)


def _end(interval: Interval) -> date:
    """The last day of the named day, month or year with which an open interval starts."""
    start = interval.start
    if interval.precision == "year" or (interval.precision == "span" and (start.month, start.day) == (1, 1)):
        return date(start.year, 12, 31)
    if interval.precision == "month" or (interval.precision == "span" and start.day == 1):
        return date(start.year, start.month, calendar.monthrange(start.year, start.month)[1])
    return start


def _token(tree: Tree, start: int, end: int) -> int | None:
    """The head token among those of a stretch of the paragraph's characters."""
    inside = [i for i in range(len(tree)) if tree.idx[i] < end and tree.end[i] > start]
    return next((i for i in inside if tree.head[i] not in inside or tree.head[i] == i), inside[0] if inside else None)


def _governor(tree: Tree, at: int, triggers: set[int]) -> int | None:
    """The first event trigger above a token, unless another clause stands between."""
    for top in (at, *tree.climb(at)):
        if top in triggers:
            return top
        if tree.dep[top] in ("relcl", "advcl", "ccomp", "acl", "xcomp") and tree.pos[top] in ("VERB", "AUX"):
            return None
    return None


def is_history(interval: Interval | None, published: Interval | None, today: date | None = None) -> bool:
    """Whether an act lies so far back that it is told as history."""
    now = published.end if published else today
    return interval is not None and now is not None and interval.end.year < now.year - RETOLD_YEARS
