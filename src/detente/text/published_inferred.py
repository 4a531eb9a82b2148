"""Publication dates by reasoning: what the text fixes without saying when it was written.

Facts narrow a stretch of days: terms of office of those called by their title, dates told with their year, dates told
without one together with weekdays, anniversaries of known years, dates still ahead. Each fact that was used is kept as
a reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from detente.codebook import Codebook
from detente.codebook.times import TimeBook
from detente.model import Document, Interval, Publication
from detente.text.published_lines import DatedLine, issue_year, updated
from detente.text.published_terms import Window, windows
from detente.text.times import calendar as cal
from detente.text.times.narrative import Resolved, pieces, walk
from detente.text.times.tense import by_words

LEAD = 700
"""Characters at the beginning in which a weekday is that of the news."""
_NOTICE = re.compile(r"©|\(c\)|copyright|all rights|offer|expires?\b|\brenew\b|subscri|media pack|updated|retrieved|accessed", re.IGNORECASE)
_ENTRIES = re.compile(r"^\s*(?:[•●▪*>»–—-]\s*)?(?:\d{1,2} )?(?:[A-Z][a-z]+\.? (?:\d{1,2},? )?)?(?:19|20)\d\d\b", re.MULTILINE)
_SAME_DAY = re.compile(r"\b(?:later (?:in the day|today)|today|this (?:morning|afternoon|evening)|tonight|earlier in the day)\b", re.IGNORECASE)


@dataclass
class Partial:
    """A date told without its year."""

    month: int
    day: int | None
    weekday: int | None
    way: int
    start: int


@dataclass
class Facts:
    """What a text fixes."""

    first: date | None = None
    last: date | None = None
    first_words: str = ""
    last_words: str = ""
    fine: bool = False
    partials: list[Partial] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)
    anniversary: int | None = None
    same_day: bool = False
    chronicle: bool = False
    year: int | None = None
    year_words: str = ""
    offices: list[Window] = field(default_factory=list)


def inferred(document: Document, lines: list[DatedLine], words: TimeBook, book: Codebook | None) -> Publication | None:
    """What follows from datelines without a year, weekdays, terms of office, anniversaries and the dates told.

    Args:
        document: The document.
        lines: Its date lines, of which none is whole.
        words: The words of time.
        book: The codebook; the package's own if None.
    """
    facts = gather(document, words, book)
    partial = next((line for line in lines if line.form.one("month", line.form.one("sure_month")) is not None), None)
    if partial is not None:
        return _of_line(partial, facts)
    return _of_facts(facts)


def gather(document: Document, words: TimeBook, book: Codebook | None) -> Facts:
    """The facts of a document's text."""
    text = document.text
    facts = Facts(same_day=bool(_SAME_DAY.search(text)))
    for item in walk(text, pieces(text), None, words):
        line = text[text.rfind("\n", 0, item.start) + 1:(text.find("\n", item.end) + 1 or len(text) + 1) - 1]
        if len(line) < 160 and _NOTICE.search(line):
            continue
        _note(facts, item, text)
    facts.chronicle = len(_ENTRIES.findall(text)) >= 3
    _stamps(facts, text, words)
    facts.offices = windows(text, facts.first, book.folder / "actors" if book else None)
    return facts


def _stamps(facts: Facts, text: str, words: TimeBook) -> None:
    """A later date "Updated …" and the year of an issue's number: not when, but by when and in which year."""
    stamp = updated(text, words)
    year = issue_year(text)
    if stamp is not None:
        facts.last, facts.year = stamp.end, stamp.start.year
        facts.year_words = f"updated on {stamp}"
    elif year is not None:
        facts.year, facts.year_words = year, f"an issue of {year}"


def _note(facts: Facts, item: Resolved, text: str) -> None:
    form = item.form
    bounds = _sentence(text, item.start, item.end)
    way = by_words(text, item.start, item.end, bounds, item.before)
    ahead = way > 0 or item.before in ("by", "until", "till", "through")
    if form.op == "anniversary" and item.named is not None and re.search(r"\bthis year|marks?\b|marking", text[bounds[0]:bounds[1]]):
        facts.anniversary = item.named.start.year
        return
    if form.op == "weekday" and item.start < LEAD and not ahead and "rel" not in form.got:
        facts.weekdays.append(form.one("sure_wday", form.one("wday", 0)))
    inner = _calendar(form)
    if inner is not None and not inner.got.keys() & {"year", "yy", "isodate", "numdate"}:
        month = inner.one("month", inner.one("sure_month"))
        if month is not None and item.before not in ("since", "last", "every"):
            facts.partials.append(Partial(month, inner.one("day", inner.one("ordw")) if inner.op != "days" else inner.one("day"),
                                          inner.one("wday"), 1 if ahead else -1, item.start))
    if item.named is None or form.op in ("anniversary", "shift", "century", "decade", "period", "toldunit", "fiscal"):
        return
    if not _explicit(form) and not (inner is not None and text[:item.start].rstrip(" \t•*–—-").endswith("\n")):
        return
    named = item.named
    if ahead and item.before != "since":
        if way > 0 and (facts.last is None or named.end < facts.last):
            facts.last, facts.last_words = named.end, text[item.start:item.end]
    elif facts.first is None or named.start > facts.first:
        facts.first, facts.first_words = named.start, text[item.start:item.end]
        facts.fine = named.days <= 31


def _explicit(form: Any) -> bool:
    if form.got.keys() & {"year", "yy", "isodate", "numdate"}:
        return True
    return any(_explicit(value) for values in form.got.values() for value in values if hasattr(value, "got"))


def _calendar(form: Any) -> Any:
    """The calendar date in a form, or None."""
    if form.op in ("date", "days"):
        return form
    if form.op in ("part", "daytime"):
        for values in form.got.values():
            for value in values:
                if hasattr(value, "op") and (found := _calendar(value)) is not None:
                    return found
    return None


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    left = max(text.rfind(mark, 0, start) for mark in (". ", "\n", "? ", "! "))
    rights = [at for mark in (". ", "\n", "? ") if (at := text.find(mark, end)) >= 0]
    return left + 1, min(rights, default=len(text))


def _prior(facts: Facts) -> tuple[dict[int, float], list[str]]:
    """How likely each year is before weekdays are looked at, and why.

    News rarely names no year of the last few, so years soon after the latest one told are the likeliest; those called
    by their title must be in office.
    """
    reasons: list[str] = []
    if facts.first_words:
        reasons.append(f"the latest year told is in “{facts.first_words}”")
    if facts.year:
        facts.offices = [window for window in facts.offices if window.start.year <= facts.year <= window.end.year]
        return {facts.year: 1.0}, [facts.year_words]
    if facts.anniversary:
        return {facts.anniversary: 1.0}, [f"an anniversary falls in {facts.anniversary}"]
    low = facts.first.year if facts.first else None
    years: set[int] = set()
    for window in facts.offices:
        years |= set(range(window.start.year, min(window.end.year, window.start.year + 25) + 1))
    if years:
        reasons.append("in office: " + ", ".join(facts.offices[0].people))
    elif low is not None:
        years = set(range(low, low + 9))
    high = facts.last.year if facts.last and (low is None or facts.last.year >= low) else None
    kept = [year for year in sorted(years) if (low is None or year >= low) and (high is None or year <= high)]
    if facts.chronicle and low is not None and low in kept and not facts.offices:
        return {low: 1.0}, [*reasons, "a chronology that goes no further"]
    chances = PRIOR_OFFICE if facts.offices else PRIOR
    return {year: chances[min(year - low, len(chances) - 1)] if low is not None else 0.1 for year in kept}, reasons


PRIOR = (0.5, 0.18, 0.1, 0.06, 0.04, 0.03, 0.02, 0.02, 0.01)
"""Chance that a text was written so many years after the latest year it tells."""
PRIOR_OFFICE = (0.2, 0.14, 0.12, 0.1, 0.09, 0.08, 0.06, 0.05, 0.04)
"""The same where terms of office already say roughly when."""
GAP = (0.55, 0.25, 0.05, 0.04, 0.04, 0.04, 0.03)
"""Chance that the first weekday told lies so many days before publication."""
SURE = 0.5
"""How likely a year must be to be told."""


def _decide(weights: dict[int, float]) -> int | None:
    """The likeliest year, if it is likely enough."""
    total = sum(weights.values())
    if not total:
        return None
    best = max(weights, key=lambda year: weights[year])
    return best if weights[best] >= SURE * total else None


def _holds(at: Interval, facts: Facts) -> bool:
    if facts.offices and not any(window.start <= at.end and at.start <= window.end for window in facts.offices):
        return False
    return not (facts.first and at.end < facts.first)


def _of_line(line: DatedLine, facts: Facts) -> Publication | None:
    """A date line that lacks the year: the year that weekdays, terms of office and dates told leave."""
    month = line.form.one("month", line.form.one("sure_month"))
    number = line.form.one("day", line.form.one("ordw"))
    weekday = line.form.one("wday", line.form.one("sure_wday"))
    prior, reasons = _prior(facts)
    weights: dict[int, float] = {}
    for year, chance in prior.items():
        found = cal.month(year, month) if number is None else cal.day(year, month, number)
        if found is None or not _holds(found, facts):
            continue
        if number is not None:
            if weekday is not None:
                chance *= 1.0 if found.start.weekday() == weekday else 0.01
            elif facts.weekdays:
                chance *= GAP[(found.start.weekday() - facts.weekdays[0]) % 7]
            chance *= _pairs(year, facts)
        weights[year] = chance
    year_of = _decide(weights)
    if year_of is None:
        return None
    interval = cal.month(year_of, month) if number is None else cal.day(year_of, month, number)
    assert interval is not None
    return Publication(interval=interval, known=line.known, reasons=(*line.reasons, f"the year is {year_of}", *reasons))


def _pairs(year: int, facts: Facts) -> float:
    """How well a year fits the weekdays told with a day of a month ("Friday, Oct. 26")."""
    chance = 1.0
    for partial in facts.partials:
        if partial.weekday is not None and partial.day is not None:
            fits = any(there.start.weekday() == partial.weekday for there in (cal.day(year, partial.month, partial.day),) if there)
            chance *= 1.0 if fits else 0.02
    return chance


def _of_facts(facts: Facts) -> Publication | None:
    """No date line: the stretch of days that all facts leave, if it is short enough."""
    prior, reasons = _prior(facts)
    options: dict[int, tuple[Interval, list[str]]] = {}
    weights: dict[int, float] = {}
    for year, chance in prior.items():
        option = _in_year(year, facts)
        if option is None:
            continue
        fit, whole, why = option
        weights[year] = chance * fit * _pairs(year, facts)
        options[year] = (whole, why)
    year_of = _decide(weights)
    if year_of is None:
        return None
    whole, why = options[year_of]
    return Publication(interval=whole, known="inferred", reasons=(*reasons, *why))


def _in_year(year: int, facts: Facts) -> tuple[float, Interval, list[str]] | None:
    """The days of a year on which the text can have been written, how well they fit, and why."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    reasons: list[str] = []
    fit = 1.0
    behind = [(partial, at.start) for partial in facts.partials
              if partial.way < 0 and (at := cal.day(year, partial.month, partial.day or 1))]
    if behind:
        start = max(at for _, at in behind)
        reasons.append(f"not before {start.day} {start:%B}, which it tells without a year")
        if facts.weekdays and any(partial.day and at == start and partial.start < LEAD for partial, at in behind):
            if start.weekday() in facts.weekdays[:2]:
                end = start if facts.same_day else cal.safe(start, 1)
                reasons.append(f"the weekday told is that of {start.day} {start:%B %Y}")
            else:
                fit = 0.05
    if facts.first and facts.first > start:
        start = facts.first
    if facts.last and start <= facts.last < end:
        end = facts.last
    ahead = [at.start for p in facts.partials if p.way > 0 and p.day and (at := cal.day(year, p.month, p.day)) and at.start >= start]
    if ahead and min(ahead) < end:
        end = min(ahead)
        reasons.append(f"{end.day} {end:%B} is still ahead")
    if start > end:
        return None
    if facts.offices:
        window = next((w for w in facts.offices if w.start <= end and start <= w.end), None)
        if window is None:
            return None
        start, end = max(start, window.start), min(end, window.end)
    return fit, cal.make(start, end), reasons
