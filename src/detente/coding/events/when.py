"""When the act was: the time expression that governs a clause."""

from __future__ import annotations

from datetime import date

from detente.coding.events.candidate import Candidate
from detente.engines.rules.tree import Tree
from detente.model import Annotations, Interval, TimeMention

RETOLD_YEARS = 20
"""A dated act that lies further back than this counts as history retold."""


def times_of(seen: Annotations, start: int, end: int) -> list[TimeMention]:
    """The calendar times in a stretch of the document."""
    return [time for time in seen.times if time.interval is not None and time.kind == "date"
            and start <= time.start and time.end <= end]


def act_date(candidate: Candidate, times: list[TimeMention], verbs: set[int], report: frozenset[str],
             published: Interval | None) -> Interval | None:
    """The date of a candidate's act.

    The nearest time expression that hangs on the clause itself; else one on the clause that governs it, unless that
    one reports or is an event of its own; else the only one of the sentence where no other event claims it.

    Args:
        candidate: The possible event.
        times: The calendar times of its paragraph.
        verbs: The triggers of all candidates of the paragraph.
        report: Lemmas of reporting verbs, whose time is the report's.
        published: The publication date, the end of what is still going on.
    """
    tree, page = candidate.page.tree, candidate.page
    trigger = candidate.match.clause.trigger
    own = {trigger, candidate.match.clause.verb, *candidate.match.matched}
    here = [(time, _token(tree, time.start - page.paragraph.start)) for time in times]
    here = [(time, at) for time, at in here if at is not None and tree.sent[at] == tree.sent[trigger]]
    if not here:
        return None
    governed = [(time, at) for time, at in here if _governor(tree, at, verbs | own) in own]
    if not governed:
        above = next((top for top in tree.climb(trigger) if tree.pos[top] in ("VERB", "AUX")), None)
        if above is not None and above not in verbs and tree.lemma[above] not in report:
            governed = [(time, at) for time, at in here if _governor(tree, at, verbs | {above}) == above]
    if not governed and len(here) == 1:
        time, at = here[0]
        holder = _governor(tree, at, verbs)
        if holder is None and not any(tree.lemma[top] in report for top in tree.climb(at) if tree.pos[top] == "VERB"):
            governed = here
    if not governed:
        return None
    time, at = min(governed, key=lambda pair: abs(pair[1] - trigger))
    return _since(tree, at, time, candidate.modality, published)


def _since(tree: Tree, at: int, time: TimeMention, modality: str, published: Interval | None) -> Interval | None:
    """What is still going on since a time ends with the publication."""
    interval = time.interval
    if interval is None or modality != "ongoing" or published is None or interval.start > published.end:
        return interval
    before = [at, *list(tree.climb(at))[:2]]
    if any(tree.lower[i] == "since" for i in before) or (at > 0 and tree.lower[at - 1] == "since"):
        return Interval(start=interval.start, end=published.end, precision="span")
    return interval


def _token(tree: Tree, offset: int) -> int | None:
    """The token at a character offset of the paragraph; the head of the expression matters little."""
    for i in range(len(tree)):
        if tree.idx[i] <= offset < tree.end[i]:
            return i
    return None


def _governor(tree: Tree, at: int, triggers: set[int]) -> int | None:
    """The first event trigger above a token."""
    if at in triggers:
        return at
    for top in tree.climb(at):
        if top in triggers:
            return top
    return None


def is_history(interval: Interval | None, published: Interval | None, today: date | None = None) -> bool:
    """Whether an act lies so far back that it is told as history."""
    now = published.end if published else today
    return interval is not None and now is not None and interval.end.year < now.year - RETOLD_YEARS
