"""When a matter moved: the time that belongs to a word that moves it, or to its name."""

from __future__ import annotations

import re
from datetime import date

from detente.engines.rules.tree import Tree
from detente.matters.page import Page
from detente.matters.phrase import Phrase
from detente.model import Interval, TimeMention


def when(page: Page, trigger: int, phrase: Phrase, role: str) -> Interval | None:
    """The time that hangs on a trigger, or the only one of its sentence that hangs on nothing else."""
    tree = page.tree
    first, last = page.sentence(trigger)
    here = [(time, at) for time, at in page.times if first <= at <= last]
    if not here:
        return None
    best: tuple[int, int, Interval] | None = None
    for time, at in here:
        rank = _rank(tree, at, trigger, phrase, role)
        if rank is None or time.interval is None:
            continue
        key = (rank, abs(at - trigger), narrow(time) or time.interval)
        if best is None or key[:2] < best[:2]:
            best = key
    return best[2] if best else None


def _rank(tree: Tree, at: int, trigger: int, phrase: Phrase, role: str) -> int | None:
    """How surely a time belongs to a trigger; None where it belongs to another verb."""
    if at == trigger:
        return 0
    for top in tree.climb(at):
        if top == trigger:
            return 0
        if top == phrase.head and role != "modifier":
            return 2
        if phrase.head < top <= phrase.last and tree.dep[top] in ("pobj", "pcomp"):
            continue  # "an agreement on fishing on Wednesday"
        if tree.pos[top] in ("VERB", "AUX"):
            if tree.under(trigger, top):  # a time on the clause above
                between = [x for x in tree.climb(trigger) if x != top and tree.pos[x] == "VERB"]
                return 1 if not between else 3
            if tree.head[top] == trigger and tree.dep[top] in ("xcomp", "advcl"):
                return 3
            return None
    return 3


def narrow(time: TimeMention) -> Interval | None:
    """The named end of an open interval: a state that holds "since 2011" began in 2011."""
    interval = time.interval
    if interval is None or not interval.open_end or interval.days == 1:
        return interval
    start = interval.start
    if re.fullmatch(r"(?:19|20)\d\d", time.text):
        return Interval(start=start, end=min(interval.end, date(start.year, 12, 31)), precision="year")
    if re.search(r"\b\d{1,2}(?:st|nd|rd|th)?\b", re.sub(r"\b(?:19|20)\d\d\b", "", time.text)):
        return Interval(start=start, end=start)
    if start.day == 1:
        after = date(start.year + start.month // 12, start.month % 12 + 1, 1)
        return Interval(start=start, end=min(interval.end, date.fromordinal(after.toordinal() - 1)), precision="month")
    return Interval(start=start, end=start, precision=interval.precision)


def year_of(phrase: Phrase) -> Interval | None:
    """The year that a phrase names its matter by ("the 2001 accord", "an accord of 1998")."""
    if len(phrase.years) != 1:
        return None
    year = next(iter(phrase.years))
    tree = phrase.page.tree
    for time, at in phrase.page.times:
        if time.interval is None or not phrase.first <= at <= phrase.last or time.interval.start.year != year:
            continue
        top = tree.head[at]
        if top == phrase.head or (tree.lower[top] in ("of", "in") and tree.head[top] == phrase.head):
            return narrow(time)
    return None
