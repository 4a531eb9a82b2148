"""Terms of office as evidence of when a text was written: who is called president or minister in it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from detente.codebook.actors import ActorBook
from detente.codebook.actors_rows import Holder, State
from detente.model import Record
from detente.text.times import calendar as cal

_NAME = r"[A-ZÀ-ÞŁŞŽČİ][\w'’.-]*"
_TITLE = re.compile(
    r"(?P<title>(?:[Pp]rime\s+[Mm]inister|[Pp]remier|[Cc]hancellor|[Tt]aoiseach|[Vv]ice[ -][Pp]resident|[Pp]resident|"
    r"[Ff]oreign\s+(?:[Mm]inister|[Ss]ecretary)|[Ss]ecretary\s+of\s+[Ss]tate|[Dd]efen[cs]e\s+(?:[Mm]inister|[Ss]ecretary)|"
    r"(?:[Tt]rade|[Cc]ommerce|[Ff]inance|[Ee]xternal\s+[Aa]ffairs)\s+[Mm]inister|[Cc]ommerce\s+[Ss]ecretary|"
    r"[Ss]upreme\s+[Ll]eader|[Ss]ecretary[ -][Gg]eneral|King|Emir|Sultan|Emperor|Secretary|Minister|PM|FM)),?\s+"
    rf"(?P<name>{_NAME}(?:\s+(?:al-|bin\s|van\s|von\s|de\s|da\s|el-)?{_NAME}){{0,3}})"
)
_PLURAL = re.compile(
    rf"(?P<title>[Pp]residents|[Pp]rime\s+[Mm]inisters|[Pp]remiers|[Ff]oreign\s+[Mm]inisters)\s+"
    rf"(?P<one>{_NAME}(?:\s+{_NAME}){{0,3}})(?:\s+of\s+[A-Z]\w+)?\s+and\s+(?P<two>{_NAME}(?:\s+{_NAME}){{0,3}})"
)
_SMALL_WORD = re.compile(r"\b[a-z]{4,}\b")
_SURNAME = re.compile(r"(?<![\w-])[A-ZÀ-ÞŁŞŽČİ][a-zà-ÿ'’-]{3,}(?![\w-])")
_FULL = re.compile(rf"{_NAME}(?:\s+{_NAME}){{1,4}}")
_PAST = re.compile(
    r"\b(?:former|ex|late|then|previous|predecessor|successor|erstwhile|onetime|one-time|deposed|ousted|retired|"
    r"under|history|era|elect|incoming)(?:\s+\w+){0,2}[\s-]*$",
    re.IGNORECASE,
)
_NEW = re.compile(r"\b(?:new|newly|recently\s+(?:elected|appointed))(?:\s+\w+){0,2}[\s-]*$", re.IGNORECASE)
_OFFICES = (
    ("vice", ("other: vice president",)),
    ("supreme", ("other: supreme leader",)),
    ("general", ()),
    ("prime", ("head of government",)),
    ("premier", ("head of government",)),
    ("pm", ("head of government",)),
    ("taoiseach", ("head of government",)),
    ("chancellor", ("head of government", "finance minister")),
    ("president", ("head of state", "head of government")),
    ("foreign", ("foreign minister",)),
    ("of state", ("foreign minister",)),
    ("external", ("foreign minister",)),
    ("fm", ("foreign minister",)),
    ("defen", ("defence minister",)),
    ("trade", ("trade minister",)),
    ("commerce", ("trade minister", "other: commerce secretary")),
    ("finance", ("finance minister",)),
)


class Window(Record, frozen=True, kw_only=True):
    """A stretch of days in which those named were in office together, and how many of them were."""

    start: date
    end: date
    weight: float
    people: tuple[str, ...]


class Person(Record, frozen=True, kw_only=True):
    """Somebody a text names and the terms of the office it names them with; of all offices where it names none."""

    name: str
    terms: tuple[tuple[date, date], ...]
    weight: float
    first: date


@lru_cache(maxsize=2)
def _index(folder: Path | None) -> tuple[dict[str, tuple[Holder, ...]], date]:
    """Holders by their names in small letters, and a year after the last start that the table knows."""
    book = ActorBook.load(folder)
    known = max((holder.start for holder in book.holders if holder.start), default=date(2025, 1, 1))
    found: dict[str, list[Holder]] = {}
    for holder in book.holders:
        keys = {form.text.lower() for form in holder.names} | {holder.name.lower()}
        last = holder.name.split()[-1].lower()
        if len(last) > 2:
            keys.add(last)
        for key in keys:
            found.setdefault(key, []).append(holder)
    return {key: tuple(rows) for key, rows in found.items()}, cal.safe(known, 366)


def known_until(folder: Path | None = None) -> date:
    """A day after which the codebook knows nothing: a year after the last term of office that begins in it."""
    return _index(folder)[1]


def windows(
    text: str, first: date | None, folder: Path | None = None, found: list[Person] | None = None
) -> list[Window]:
    """The stretches in which most of those that a text names with their office held it, best and latest first.

    Args:
        text: The text.
        first: A day before which it cannot have been written, if one is known.
        folder: A folder of the form of `data/actors/`; the package's own if None.
        found: What `people` found, if it was asked already.
    """
    found = [person for person in (people(text, folder) if found is None else found) if person.weight >= FULL_NAME]
    terms = {person.name: list(person.terms) for person in found}
    return _best(terms, {person.name: person.weight for person in found}, first)


FULL_NAME, SURNAME = 0.5, 0.3
"""How much a name without an office weighs against one with it."""


def people(text: str, folder: Path | None = None) -> list[Person]:
    """Those of the table of office holders whom a text names, once each.

    Args:
        text: The text.
        folder: A folder of the form of `data/actors/`; the package's own if None.
    """
    terms: dict[str, list[tuple[date, date]]] = {}
    weights: dict[str, float] = {}
    index, end = _index(folder)
    unsure: set[str] = set()
    for match in _TITLE.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if _PAST.search(before):
            continue
        found = _terms(match.group("title").lower(), match.group("name"), index, end)
        if not found:
            unsure.update(match.group("name").lower().split())
            continue
        name, held = found
        if _NEW.search(before):
            held = [(start, min(end, cal.safe(start, 240))) for start, end in held]
            weights[name] = 1.5
        terms.setdefault(name, held)
        weights.setdefault(name, 1.0)
    _pairs(text, terms, weights, (index, end))
    for name, start in _full_names(text):
        rows = index.get(name) if not unsure & set(name.split()) else None
        if rows and rows[0].name not in terms and not _PAST.search(text[max(0, start - 40) : start]):
            terms[rows[0].name] = _spans(rows, end)
            weights[rows[0].name] = FULL_NAME
    for name, rows in _surnames(text, index, folder):
        if name not in terms:
            terms[name] = _spans(rows, end)
            weights[name] = SURNAME
    began = _began(folder)
    return [
        Person(name=name, terms=tuple(held), weight=weights[name], first=began[name])
        for name, held in terms.items()
        if held
    ]


@lru_cache(maxsize=2)
def _states(folder: Path | None) -> dict[str, State]:
    return ActorBook.load(folder).state


@lru_cache(maxsize=2)
def _began(folder: Path | None) -> dict[str, date]:
    """The first day in any office of each holder."""
    found: dict[str, date] = {}
    for holder in ActorBook.load(folder).holders:
        start = holder.start or date(1900, 1, 1)
        found[holder.name] = min(start, found.get(holder.name, start))
    return found


def _surnames(
    text: str, index: dict[str, tuple[Holder, ...]], folder: Path | None
) -> Iterable[tuple[str, tuple[Holder, ...]]]:
    """Surnames that only one holder has, in texts that name the holder's state."""
    states = _states(folder)
    seen: set[str] = set()
    small = set(_SMALL_WORD.findall(text))
    for match in _SURNAME.finditer(text):
        key = match.group().lower()
        rows = index.get(key, ())
        if key in seen or not rows or len({row.name for row in rows}) > 1 or key in small:
            continue
        seen.add(key)
        state = states.get(rows[0].state)
        if (
            state is not None
            and _names_state(text, state)
            and not _PAST.search(text, max(0, match.start() - 40), match.start())
        ):
            yield rows[0].name, rows


def _names_state(text: str, state: State) -> bool:
    forms = (state.name, *(form.text for form in (*state.names, *state.adjectives, *state.capital)))
    return any(form in text for form in forms)


def _full_names(text: str) -> Iterable[tuple[str, int]]:
    """Every run of two to four capitalised words, in small letters, and where it stands."""
    for match in _FULL.finditer(text):
        words = list(re.finditer(r"\S+", match.group()))
        for size in (4, 3, 2):
            for at in range(len(words) - size + 1):
                run = words[at : at + size]
                yield " ".join(word.group() for word in run).lower().replace("’", "'"), match.start() + run[0].start()


def _spans(rows: Iterable[Holder], end: date) -> list[tuple[date, date]]:
    """The terms of some rows; those that have not ended go on to the end of what the table knows."""
    return [(row.start or date(1900, 1, 1), row.end or end) for row in rows if row.start is None or row.start <= end]


def _pairs(
    text: str,
    people: dict[str, list[tuple[date, date]]],
    weights: dict[str, float],
    known: tuple[dict[str, tuple[Holder, ...]], date],
) -> None:
    """As in "Presidents Leonel Fernández and René Préval"."""
    for match in _PLURAL.finditer(text):
        if _PAST.search(text[max(0, match.start() - 40) : match.start()]):
            continue
        for name in (match.group("one"), match.group("two")):
            if found := _terms(match.group("title").lower(), name, *known):
                people.setdefault(found[0], found[1])
                weights[found[0]] = 1.0


def _terms(
    title: str, name: str, index: dict[str, tuple[Holder, ...]], end: date
) -> tuple[str, list[tuple[date, date]]] | None:
    offices = next((offices for word, offices in _OFFICES if word in title), None)
    words = re.sub(r"['’]s$", "", name).replace("’", "'").split()
    for size in range(len(words), 0, -1):
        rows = index.get(" ".join(words[:size]).lower()) or (index.get(words[size - 1].lower()) if size <= 3 else None)
        if not rows:
            continue
        fitting = [row for row in rows if offices is None or row.office in offices]
        if fitting:
            return fitting[0].name, _spans(fitting, end)
    return None


def _best(people: dict[str, list[tuple[date, date]]], weights: dict[str, float], first: date | None) -> list[Window]:
    edges = sorted({edge for terms in people.values() for term in terms for edge in (term[0], cal.safe(term[1], 1))})
    out: list[Window] = []
    for start, after in itertools.pairwise(edges):
        end = cal.safe(after, -1)
        if first is not None and end < first:
            continue
        here = tuple(name for name, terms in people.items() if any(a <= start and end <= b for a, b in terms))
        if here:
            out.append(
                Window(
                    start=max(start, first) if first else start,
                    end=end,
                    people=here,
                    weight=sum(weights[name] for name in here),
                )
            )
    if not out:
        return []
    top = max(window.weight for window in out)
    return list(_joined(window for window in out if window.weight == top))[::-1]


def _joined(items: Iterable[Window]) -> Iterable[Window]:
    held: Window | None = None
    for window in items:
        if held is not None and cal.safe(held.end, 1) == window.start and held.people == window.people:
            held = Window(start=held.start, end=window.end, weight=held.weight, people=held.people)
            continue
        if held is not None:
            yield held
        held = window
    if held is not None:
        yield held
