"""The rows of `data/actors/*.tsv` as frozen records, each checked as it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from detente.codebook.reading import load_tsv
from detente.errors import CodebookError
from detente.model import Record

R = TypeVar("R")
_CODE = re.compile(r"[A-Z]{3}$|IGO\.[A-Za-z0-9]+$")
_SECTOR = re.compile(r"[A-Z]{3}$")
_SEATED = re.compile(r"(.+)\(([A-Z]{3})\)$")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")


class Form(Record, frozen=True, kw_only=True):
    """One way of writing a name; `unsure` where it needs context (a leading `?` in the file)."""

    text: str
    unsure: bool = False
    sector: str | None = None


class Term(Record, frozen=True, kw_only=True):
    """From when to when something holds, both ends included; None is open."""

    start: date | None = None
    end: date | None = None

    def holds(self, first: date, last: date) -> bool:
        """Whether it holds on at least one day between `first` and `last`, both included."""
        return (self.start is None or self.start <= last) and (self.end is None or self.end >= first)


class State(Term, frozen=True, kw_only=True):
    """A state or territory and the words that stand for it or for its government."""

    code: str
    name: str
    names: tuple[Form, ...]
    adjectives: tuple[Form, ...]
    people: tuple[Form, ...]
    capital: tuple[Form, ...]
    seats: tuple[Form, ...]
    successor: str | None = None


class Organisation(Term, frozen=True, kw_only=True):
    """An international body. Several may share a code; `members` only where the group is fixed."""

    code: str
    name: str
    names: tuple[Form, ...]
    kind: str
    members: tuple[str, ...]


class Agency(Record, frozen=True, kw_only=True):
    """A body of one state, or (`code` is `*`) the words for a kind of body that any state has."""

    code: str
    name: str
    names: tuple[Form, ...]
    sector: str | None


class Office(Record, frozen=True, kw_only=True):
    """A kind of office ("prime minister"); a smaller `rank` is higher. `kind` is person, body or group."""

    office: str
    names: tuple[Form, ...]
    sector: str | None
    rank: int
    kind: str


class Holder(Term, frozen=True, kw_only=True):
    """A person in an office of a state (or international body) for a term."""

    state: str
    office: str
    name: str
    names: tuple[Form, ...]
    sex: str | None


class Place(Record, frozen=True, kw_only=True):
    """A place inside a state that is neither the state nor its capital."""

    name: Form
    state: str
    kind: str


class Noun(Record, frozen=True, kw_only=True):
    """A common noun for those who act (`body`, `group`, `person`) or for what they do (`deed`)."""

    noun: str
    plural: str | None
    kind: str
    sector: str | None


class Head(Record, frozen=True, kw_only=True):
    """The last word of a proper name that begins with a state's or capital's name, and what it makes of it."""

    head: str
    kind: str
    sector: str | None


class Anaphor(Record, frozen=True, kw_only=True):
    """Words that stand for actors named before: what `kind` of antecedent they want and how many.

    Each of `codes` is a code, or `KOR+PRK`: the first is meant where the text names either.
    """

    words: str
    kind: str
    number: int
    codes: tuple[str, ...]


def day(text: str, where: str, *, last: bool = False) -> date | None:
    """The first (or last) day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None for nothing.

    Raises:
        CodebookError: `where` is no date.
    """
    if not text:
        return None
    found = _DATE.match(text)
    try:
        if found is None:
            raise ValueError
        year, month, one = (int(part) if part else None for part in found.groups())
        assert year is not None
        if not last or one:
            return date(year, month or 1, one or 1)
        month = month or 12
        after = date(year + month // 12, month % 12 + 1, 1)
        return after - timedelta(days=1)
    except ValueError:
        raise CodebookError(f"'{text}' is no date", where=where, mend="YYYY, YYYY-MM or YYYY-MM-DD") from None


def forms(cell: str, where: str = "", *, seated: bool = False) -> tuple[Form, ...]:
    """The alternatives of a cell, separated by `|`; with `seated` each ends in its sector in parentheses."""
    found = []
    for part in (part.strip() for part in cell.split("|")):
        if not part:
            continue
        text, sector = part.lstrip("?").strip(), None
        if seated:
            match = _SEATED.match(text)
            if match is None:
                raise CodebookError(f"seat '{part}' has no sector", where=where, mend="write it as Kremlin(GOV)")
            text, sector = match.group(1).strip(), match.group(2)
        found.append(Form(text=text, unsure=part.startswith("?"), sector=sector))
    return tuple(found)


def read(path: Path, columns: tuple[str, ...], make: Callable[[dict[str, str], str], R]) -> tuple[R, ...]:
    """All rows of a file as records; `make` gets the row and where it stands, for messages."""
    return tuple(_rows(path, columns, make))


def _rows(path: Path, columns: tuple[str, ...], make: Callable[[dict[str, str], str], R]) -> Iterator[R]:
    for number, row in load_tsv(path, columns):
        where = f"{path}:{number}"
        if not row[columns[0]]:
            raise CodebookError(f"{columns[0]} is empty", where=where, mend="every row needs one")
        yield make(row, where)


def code(text: str, where: str) -> str:
    """A checked actor code."""
    if not _CODE.match(text):
        raise CodebookError(f"'{text}' is no actor code", where=where, mend="three capital letters or IGO.NAME")
    return text


def sector(text: str, where: str) -> str | None:
    """A checked sector, None for nothing."""
    if text and not _SECTOR.match(text):
        raise CodebookError(f"'{text}' is no sector", where=where, mend="three capital letters such as GOV, MIL, BUS")
    return text or None


def oneof(text: str, allowed: tuple[str, ...], where: str) -> str:
    """A checked word out of a fixed list."""
    if text not in allowed:
        raise CodebookError(f"'{text}' is not allowed", where=where, mend=f"one of {', '.join(allowed)}")
    return text


def term(row: dict[str, str], where: str) -> dict[str, date | None]:
    """The checked start and end of a row."""
    start, end = day(row["start"], where), day(row["end"], where, last=True)
    if start and end and end < start:
        raise CodebookError(f"ends ({end}) before it starts ({start})", where=where)
    return {"start": start, "end": end}
