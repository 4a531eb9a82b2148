"""Words for records: who did what to whom, when, in plain English around the text's own words."""

from __future__ import annotations

from collections.abc import Sequence

from detente.codebook import Codebook
from detente.model import Event, Interval, Matter, Milestone, codes

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def when(interval: Interval | None) -> str:
    """An interval as a reader would write it: `27 May 2024`, `late August 2023`, `2008`, `no date given`."""
    if interval is None:
        return "no date given"
    start, end = interval.start, interval.end
    if interval.open_end:
        return f"since {_since(interval)}"
    if start == end:
        text = f"{start.day} {_MONTHS[start.month - 1]} {start.year}"
    elif start.year == end.year and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        text = str(start.year)
    elif (start.year, start.month) == (end.year, end.month):
        text = _within_month(interval)
    elif (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        text = f"{start.year}–{end.year}"
    else:
        text = f"{start.day} {_MONTHS[start.month - 1]} {start.year} – {end.day} {_MONTHS[end.month - 1]} {end.year}"
    return f"about {text}" if interval.approximate else text


def _since(interval: Interval) -> str:
    start = interval.start
    return str(start.year) if interval.precision == "year" else f"{_MONTHS[start.month - 1]} {start.year}"


def _within_month(interval: Interval) -> str:
    start, end = interval.start, interval.end
    month = f"{_MONTHS[start.month - 1]} {start.year}"
    if start.day == 1 and end.day >= 28:
        return month
    parts = {(1, 10): "early", (11, 20): "mid-", (21, end.day if end.day >= 28 else 0): "late"}
    part = parts.get((start.day, end.day))
    if part:
        return f"{part}{'' if part.endswith('-') else ' '}{month}"
    return f"{start.day}–{end.day} {month}"


def named(codes: Sequence[str], book: Codebook) -> str:
    """Country names joined as in a sentence."""
    names = [book.actors.name(code) for code in codes]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def told(event: Event, book: Codebook) -> str:
    """A clause that says who did what kind of thing to whom, with its modality, without the text's words."""
    phrases = book.phrases.events[event.type]
    actors, recipients = codes(event.actors), codes(event.recipients)
    if event.reciprocal:
        clause = phrases["both"].format(a=named((*actors, *(code for code in recipients if code not in actors)), book))
    elif recipients:
        clause = phrases["one"].format(a=named(actors, book), b=named(recipients, book))
    else:
        clause = phrases["alone"].format(a=named(actors, book))
    return f"{book.phrases.modalities.get(event.modality, '')}{clause}"


def number(value: float) -> str:
    """A number to ten figures with commas at the thousands and without an exponent."""
    return f"{float(f'{value:.10g}'):,.15g}"


def state(matter: Matter) -> str:
    """A matter's latest status and since when; one that no step of it proves is said to be only spoken of so."""
    if matter.status is None:
        return "status not told"
    if not any(step.status == matter.status for step in matter.milestones):
        return f"spoken of as {matter.status}"
    return f"{matter.status}, {when(matter.status_date)}" if matter.status_date else matter.status


def step(milestone: Milestone) -> str:
    """A milestone as `when: status`."""
    return f"{when(milestone.date)}: {milestone.status}"
