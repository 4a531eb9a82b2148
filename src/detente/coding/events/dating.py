"""When an act was whose own clause does not tell it.

The answer is chosen among the times that its document tells near it, the day of publication, and "not told". Each
answer has named traits (where it is told, what the parse says, how it lies to publication, what kind of act it is);
`data/lexicon/dating.tsv` gives a weight to each, fitted by `training/dating.py` on the bank's train part. The answer
with the greatest sum is taken: a conditional logit (McFadden 1974).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import msgspec

from detente.coding.events.candidate import Candidate
from detente.coding.events.dating_traits import Act, Told, act_traits, age, mention_traits
from detente.coding.events.when import is_history, times_of, told_as
from detente.model import Annotations, Document, Event, Interval, Publication, TimeMention

BEFORE, AFTER = 8, 3
"""How many of the times told before an act's paragraph, and after it, are possible answers."""
MANY = 15
"""Times in a document beyond which it does not matter how many they are."""
NEWS = timedelta(days=1)
"""News without a day happened at publication or the day before."""
LONG = 7
"""Days beyond which it does not matter how long a stretch the publication date is."""

Group = Sequence[Candidate]


@dataclass(frozen=True, slots=True)
class Option:
    """A possible answer: an interval, or None for "not told", and its traits."""

    interval: Interval | None
    traits: tuple[str, ...]


@dataclass(frozen=True)
class Times:
    """What a document tells of time.

    Args:
        mentions: Its calendar times, in order.
        published: Its publication date and how that is known.
        lead: The number of the first paragraph that is no heading.
        told: The acts whose own words date them, in order.
    """

    mentions: Sequence[TimeMention]
    published: Publication | None
    lead: int
    told: Sequence[Told] = ()

    @property
    def now(self) -> Interval | None:
        """The interval of publication."""
        return self.published.interval if self.published else None


def times(document: Document, seen: Annotations, groups: Sequence[Group]) -> Times:
    """What a document tells of time.

    Args:
        document: The document.
        seen: Its annotations.
        groups: The candidates of each of its acts, the best told first.
    """
    told = []
    for group in groups:
        date = next((candidate.date for candidate in group if candidate.date is not None), None)
        if date is not None:
            told.append(Told(Act.of(group[0]).at, date, group[0].type, group[0].codes))
    return Times(
        mentions=times_of(seen, 0, len(document.text)),
        published=document.published,
        lead=next((number for number, each in enumerate(seen.paragraphs) if not each.heading), 0),
        told=sorted(told, key=lambda each: each.at),
    )


def options(group: Group, times: Times) -> list[Option]:
    """The possible answers for one act; the first is "not told".

    Args:
        group: The candidates that tell the act, the best told first.
        times: What its document tells of time.
    """
    act, now = Act.of(group[0]), times.now
    near = _near(act, times)
    about = act_traits(act, times.lead)
    about += [f"by={times.published.known if times.published else 'unknown'}", f"sentence={_dated(near, act)}"]
    about.append(f"times={min(len(times.mentions), MANY).bit_length()}")
    found = [Option(None, ("none", *(f"none {name}" for name in about)))]
    if now is not None:
        about += [f"days={min(now.days, 3) if now.days <= LONG else 'many'}", f"last told={_last_told(act, times)}"]
        today = msgspec.structs.replace(now, approximate=True)
        found.append(Option(today, ("now", *(f"now {name}" for name in about))))
        if now.days == 1:
            news = Interval(start=now.start - NEWS, end=now.end, precision="span", approximate=True)
            found.append(Option(news, ("news", *(f"news {name}" for name in about))))
    for number, time in enumerate(near):
        interval = now if time.interval is None else told_as(time.interval, act.modality, now)
        if interval is not None:
            traits = mention_traits(act, near, number, interval, times.told, now)
            found.append(Option(interval, traits))
    return found


def dated(
    events: Sequence[Event],
    groups: Sequence[Group],
    document: Document,
    seen: Annotations,
    weights: Mapping[str, float],
) -> list[Event]:
    """The events, those without a date given the likeliest answer.

    Args:
        events: The events of a document.
        groups: The candidates of each of them, in the same order.
        document: The document.
        seen: Its annotations.
        weights: The weights of traits.
    """
    known = times(document, seen, groups)
    found = []
    for event, group in zip(events, groups, strict=True):
        date = event.date or choose(options(group, known), weights)
        retold = event.retold or is_history(date, known.now)
        found.append(event if date == event.date else msgspec.structs.replace(event, date=date, retold=retold))
    return found


def _near(act: Act, times: Times) -> list[TimeMention]:
    """The times that are possible answers for an act, in order."""
    page = act.candidate.page.paragraph
    starts = [time.start for time in times.mentions]
    first, last = bisect_left(starts, page.start), bisect_left(starts, page.end)
    return list(times.mentions[max(0, first - BEFORE) : last + AFTER])


def _dated(near: Sequence[TimeMention], act: Act) -> str:
    """Whether an act's sentence tells a time, or its paragraph does before it."""
    if any(act.first <= time.start < act.last for time in near):
        return "yes"
    start = act.candidate.page.paragraph.start
    return "paragraph" if any(start <= time.start < act.at for time in near) else "no"


def _last_told(act: Act, times: Times) -> str:
    """How the date of the act told just before lies to publication."""
    before = [each.date for each in times.told if each.at < act.first]
    return age(before[-1], times.now) if before else "none"


def choose(found: Sequence[Option], weights: Mapping[str, float]) -> Interval | None:
    """The likeliest answer; answers that name one interval count together."""
    sums = [math.fsum(weights.get(name, 0.0) for name in option.traits) for option in found]
    most = max(sums)
    together: dict[Interval | None, float] = {}
    for option, total in zip(found, sums, strict=True):
        together[option.interval] = together.get(option.interval, 0.0) + math.exp(total - most)
    return max(together, key=lambda interval: together[interval])
