"""What a text fixes about when it was written: terms of office, weekdays, dates told with and without their year."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from detente.codebook import Codebook
from detente.codebook.eras import Era, load_eras
from detente.codebook.times import TimeBook
from detente.model import Document, Interval
from detente.text.published_lines import issue_year, updated
from detente.text.published_terms import Person, Window, known_until, people, windows
from detente.text.times.narrative import Resolved, pieces, walk
from detente.text.times.tense import by_words

LEAD = 700
"""Characters at the beginning in which a weekday is that of the news."""


_NOTICE = re.compile(
    r"©|\(c\)|copyright|all rights|offer|expires?\b|\brenew\b|subscri|media pack|updated|retrieved|accessed",
    re.IGNORECASE,
)


_ENTRIES = re.compile(
    r"^\s*(?:[•●▪*>»–—-]\s*)?(?:\d{1,2} )?(?:[A-Z][a-z]+\.? (?:\d{1,2},? )?)?(?:19|20)\d\d\b", re.MULTILINE
)


_DUE = re.compile(
    r"(?i)\b(?:deadline|due|expires?|runs?\s+out|lapses|ends|scheduled|set|planned|foreseen)\s+(?:\w+\s+){0,2}$"
)
_WAS = re.compile(r"\W*(?:\w+\W+){0,3}?(?:had|was|were|did)\b")
_WILL = re.compile(r"\b(?:will|shall|is to|are to|would)\b")
_TO_COME = re.compile(
    r"(?i)\W*(?:what(?:'s|’s| is) (?:ahead|next)|next|pending|upcoming|coming up|watch for|to come|ahead|outlook|"
    r"still (?:awaited|ahead|to come)|look(?:ing)? ahead|up next|next (?:meeting|round|steps?|session))\s*[:.–—-]"
)
_COPYRIGHT = re.compile(r"(?:©|\([cC]\)|[Cc]opyright)[^\n\d]{0,40}((?:19|20)\d\d)\b")


_SAME_DAY = re.compile(
    r"\b(?:later (?:in the day|today)|today|this (?:morning|afternoon|evening)|tonight|earlier in the day)\b",
    re.IGNORECASE,
)


@dataclass
class Partial:
    """A date told without its year; `way` is 1 where it is still to come, else -1."""

    month: int
    day: int | None
    weekday: int | None
    way: int
    start: int


@dataclass
class Facts:
    """What a text fixes."""

    known: date = date.max
    first: date | None = None
    last: date | None = None
    first_words: str = ""
    last_words: str = ""
    fine: int = 9999
    partials: list[Partial] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)
    coming: list[int] = field(default_factory=list)
    anniversary: int | None = None
    same_day: bool = False
    chronicle: bool = False
    year: int | None = None
    year_words: str = ""
    updated: Interval | None = None
    copyright: int | None = None
    spans: list[int] = field(default_factory=list)
    told_years: list[int] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    offices: list[Window] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    eras: dict[str, Era] = field(default_factory=dict)
    spoken: list[tuple[int, tuple[int, int]]] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)

    @property
    def since(self) -> list[tuple[int, int]]:
        """Numbers of years and the years told in the same sentence: "four years after the stand-off of 2012"."""
        return [
            (number, year)
            for number, (start, end) in self.spoken
            for year, at in self.places
            if start <= at < end and number <= 60
        ]


def gather(document: Document, words: TimeBook, book: Codebook | None) -> Facts:
    """The facts of a document's text."""
    text = document.text
    folder = book.folder / "actors" if book else None
    facts = Facts(same_day=bool(_SAME_DAY.search(text)), known=known_until(folder))
    for item in walk(text, pieces(text), None, words):
        line = text[text.rfind("\n", 0, item.start) + 1 : (text.find("\n", item.end) + 1 or len(text) + 1) - 1]
        if len(line) < 160 and _NOTICE.search(line):
            continue
        _note(facts, item, text)
    facts.chronicle = len(_ENTRIES.findall(text)) >= 3
    _stamps(facts, text, words)
    facts.people = people(text, folder)
    facts.offices = windows(text, facts.first, folder, facts.people)
    facts.eras = load_eras(book.folder if book else None).named(text)
    return facts


def _stamps(facts: Facts, text: str, words: TimeBook) -> None:
    """A later date "Updated …" and the year of an issue's number: not when, but by when and in which year."""
    stamp = updated(text, words)
    year = issue_year(text)
    if stamp is not None:
        facts.updated = stamp
        facts.last, facts.year = stamp.end, stamp.start.year
        facts.year_words = f"updated on {stamp}"
    elif year is not None:
        facts.year, facts.year_words = year, f"an issue of {year}"
    marks = [int(found) for found in _COPYRIGHT.findall(text)]
    facts.copyright = max(marks, default=None)


def _note(facts: Facts, item: Resolved, text: str) -> None:
    """Adds what one mention of a time fixes."""
    form, bounds = item.form, _sentence(text, item.start, item.end)
    way, ahead = _ahead(item, text, bounds)
    if (
        form.op == "anniversary"
        and item.named is not None
        and re.search(r"\bthis year|marks?\b|marking", text[bounds[0] : bounds[1]])
    ):
        facts.anniversary = item.named.start.year
        return
    _note_partly(facts, item, ahead)
    if (
        form.op in ("duration", "ago", "span", "shift")
        and (form.one("units") == "year" or form.one("unit") == "year")
        and form.one("num")
    ):
        facts.spans.append(int(form.one("num")))
        facts.spoken.append((int(form.one("num")), bounds))
    if item.named is None or form.op in ("anniversary", "shift", "century", "decade", "period", "toldunit", "fiscal"):
        return
    if not _explicit(form) and not (_calendar(form) is not None and _opens_line(text, item.start)):
        return
    named = item.named
    facts.told_years.append(named.start.year)
    facts.places.append((named.start.year, item.start))
    if ahead and item.before != "since":
        if way > 0 and (facts.last is None or named.end < facts.last):
            facts.last, facts.last_words = named.end, text[item.start : item.end]
    elif named.start <= facts.known and (facts.first is None or named.start > facts.first):
        facts.first, facts.first_words = named.start, text[item.start : item.end]
        facts.fine = named.days


def _opens_line(text: str, start: int) -> bool:
    return text[:start].rstrip(" \t•*–—-[(").endswith("\n")


def _ahead(item: Resolved, text: str, bounds: tuple[int, int]) -> tuple[int, bool]:
    """The direction of a mention by its words, and whether what it dates is still to come."""
    way = by_words(text, item.start, item.end, bounds, item.before)
    until = item.before in ("by", "until", "till", "through") and not _WAS.match(text, item.end)
    begins = item.before == "from" and _WILL.search(text, item.end, bounds[1]) is not None
    ahead = way > 0 or until or begins or bool(_DUE.search(text, bounds[0], item.start))
    if _opens_line(text, item.start):  # entries of a chronology tell what has been
        return way, False
    if _TO_COME.match(text, bounds[0]):
        return 1, True
    return way, ahead


def _note_partly(facts: Facts, item: Resolved, ahead: bool) -> None:
    """Adds a weekday, a day of some month, or a date without its year."""
    named_day = _weekday(item.form)
    if named_day is not None and item.start < LEAD:
        (facts.coming if ahead else facts.weekdays).append(named_day)
    inner = _calendar(item.form)
    if inner is None:
        return
    got = set(inner.got)
    if not ahead and got & {"nth", "ordw"} and not got & {"month", "sure_month", "year"}:
        facts.days.append(inner.one("nth") or inner.one("ordw"))
    if got & {"year", "yy", "isodate", "numdate"}:
        return
    month = inner.one("month", inner.one("sure_month"))
    if month is not None and item.before not in ("since", "last", "every"):
        day = inner.one("day", inner.one("ordw")) if inner.op != "days" else inner.one("day")
        facts.partials.append(Partial(month, day, inner.one("wday"), 1 if ahead else -1, item.start))


def _weekday(form: Any) -> int | None:
    """The weekday that a form names without a date, with or without a time of day."""
    if form.op == "weekday" and not form.got.keys() & {"rel", "told_rel"}:
        return int(form.one("sure_wday", form.one("wday", 0)))
    if form.op == "daytime":
        inner = [value for group in ("dpoint", "wpoint") for value in form.got.get(group, [])]
        days = [day for value in inner if (day := _weekday(value)) is not None]
        return days[0] if len(days) == 1 else None
    return None


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
