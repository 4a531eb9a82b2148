"""All names and nouns of the actor tables, found in a text by their first word."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from detente.codebook.actors import ActorBook

_WORD = re.compile("(?:[^\\W\\d_][\u0300-\u036f]*)+|\\d+")
_DASHES = re.compile("[-\u2010-\u2015]")
_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "s", "æ": "a"})


class Entry(NamedTuple):
    """What a form stands for. `kind` is one of state, adjective, people, capital, seat, organisation, agency, office,
    person, surname, place, noun, anaphor; `row` the record of the table it comes from.
    """

    kind: str
    code: str
    form: str
    unsure: bool
    sector: str | None
    row: Any
    proper: bool = True


class Word(NamedTuple):
    """A word of a text: where it stands, as it stands, and folded (no diacritics, lower case)."""

    start: int
    end: int
    text: str
    folded: str


class Hit(NamedTuple):
    """A form found in a text, with all it may stand for. `first` and `last` bound its words (half-open)."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    first: int
    last: int


class _Pattern(NamedTuple):
    folded: tuple[str, ...]
    gaps: tuple[str, ...]
    cased: tuple[str, ...]
    dot: bool
    entries: list[Entry]


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word without diacritics and in lower case."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words (runs of letters or of digits) of a text between two offsets."""
    bounds = (start, len(text) if end is None else end)
    return [
        Word(found.start(), found.end(), found.group(), fold(found.group())) for found in _WORD.finditer(text, *bounds)
    ]


class Lexicon:
    """An index of forms. `find` gives the longest form at each place, with all that it may stand for."""

    def __init__(self, book: ActorBook) -> None:
        patterns: dict[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], _Pattern] = {}
        for entry in _entries(book):
            parts = words(entry.form)
            if not parts:
                continue
            gaps = tuple(_gap(entry.form[a.end : b.start]) for a, b in itertools.pairwise(parts))
            folded = tuple(part.folded for part in parts)
            cased = tuple(part.text for part in parts) if entry.proper else ()
            key = (folded, gaps, cased)
            if key not in patterns:
                patterns[key] = _Pattern(folded, gaps, cased, entry.form.endswith("."), [])
            if not any(same[:2] == entry[:2] and same.row is entry.row for same in patterns[key].entries):
                patterns[key].entries.append(entry)
        self._single: dict[str, list[_Pattern]] = {}
        self._longer: dict[str, dict[str, list[_Pattern]]] = {}
        for pattern in patterns.values():
            if len(pattern.folded) == 1:
                self._single.setdefault(pattern.folded[0], []).append(pattern)
            else:
                second = self._longer.setdefault(pattern.folded[0], {})
                second.setdefault(pattern.folded[1], []).append(pattern)
        for second in self._longer.values():
            for group in second.values():
                group.sort(key=lambda pattern: -len(pattern.folded))

    def find(self, text: str, start: int = 0, end: int | None = None, *, caps: bool = False) -> list[Hit]:
        """The forms in a text, left to right, longest first, none overlapping.

        Args:
            text: Any text.
            start: Where to begin.
            end: Where to stop; the text's end by default.
            caps: Whether this text is set all in capitals, so that case says nothing.
        """
        return self.find_words(text, words(text, start, end), caps=caps)

    def find_words(self, text: str, parts: list[Word], *, caps: bool = False) -> list[Hit]:
        """As `find`, for a text already cut into words."""
        found, at = [], 0
        while at < len(parts):
            hit = self._at(text, parts, at, caps)
            if hit is not None and parts[at].folded == "the" and at + 1 < len(parts):
                inner = self._at(text, parts, at + 1, caps)  # "the South Korean", not "the South"
                hit = inner if inner is not None and inner.last > hit.last else hit
            if hit is None:
                at += 1
            else:
                found.append(hit)
                at = hit.last
        return found

    def _at(self, text: str, parts: list[Word], at: int, caps: bool) -> Hit | None:
        first = parts[at].folded
        longer = self._longer.get(first)
        group = self._single.get(first, [])
        if longer is not None and at + 1 < len(parts):
            group = [*longer.get(parts[at + 1].folded, ()), *group]
        if not group:
            return None
        best: list[Entry] = []
        size, end = 0, 0
        for pattern in group:
            count = len(pattern.folded)
            if count < size or at + count > len(parts) or not _matches(pattern, text, parts, at, caps):
                continue
            size = count
            best.extend(pattern.entries)
            end = max(end, parts[at + count - 1].end)
            if pattern.dot and text[end : end + 1] == ".":
                end += 1
        if not best or not _free(text, parts[at].start, end):
            return None
        return Hit(parts[at].start, end, tuple(best), at, at + size)


def _matches(pattern: _Pattern, text: str, parts: list[Word], at: int, caps: bool) -> bool:
    for i in range(1, len(pattern.folded)):
        word = parts[at + i]
        if word.folded != pattern.folded[i] or _gap(text[parts[at + i - 1].end : word.start]) != pattern.gaps[i - 1]:
            return False
    if caps:
        return True
    return all(_cased(form, parts[at + i].text) for i, form in enumerate(pattern.cased))


def _cased(form: str, word: str) -> bool:
    """Whether a word's case fits a form's: an acronym must be one, a capital must be there, the rest is free."""
    if not form[0].isupper():
        return True
    if len(form) <= 5 and not form[1:].islower() and len(form) > 1:
        return word.isupper() if form.isupper() else word == form
    return word[0].isupper()


@lru_cache(maxsize=4096)
def _gap(gap: str) -> str:
    """What lies between two words, so that unlike writings of one name compare equal."""
    if gap.isspace():
        return " "
    plain = _DASHES.sub(" ", gap.replace("’", "'"))
    return " ".join(plain.split()) if plain.strip() else " " if plain else ""


def _free(text: str, start: int, end: int) -> bool:
    """Whether a form stands by itself: not in a longer word, an address or a tag."""
    before = text[start - 1] if start else " "
    after = text[end : end + 2]
    if before in "@/_#" or before.isdigit():
        return False
    return not (
        after[:1] in ("@", "_", "$")
        or after[:1].isdigit()
        or (len(after) == 2 and after[0] == "." and (after[1].islower() or after[1].isdigit()))
    )


def _entries(book: ActorBook) -> Iterator[Entry]:
    for state in book.states:
        unsure_names = {form.text for form in state.names if form.unsure}
        columns = (
            ("state", state.names),
            ("adjective", state.adjectives),
            ("people", state.people),
            ("capital", state.capital),
            ("seat", state.seats),
        )
        for kind, forms in columns:
            for form in forms:
                unsure = form.unsure or (kind == "state" and form.text in unsure_names)
                yield Entry(kind, state.code, form.text.removesuffix("'s"), unsure, form.sector, state)
    for body in book.organisations:
        for form in body.names:
            yield Entry("organisation", body.code, form.text, form.unsure, None, body)
    for agency in book.agencies:
        for form in agency.names:
            yield Entry("agency", agency.code, form.text, form.unsure, agency.sector, agency, agency.code != "*")
    for place in book.places:
        yield Entry("place", place.state, place.name.text, place.name.unsure, None, place)
    yield from _roles(book)
    titles = {word.folded for office in book.offices for form in office.names for word in words(form.text)}
    for key, terms in book.people.items():
        names = tuple(
            dict.fromkeys(
                _untitled(form, titles)
                for holder in terms
                for form in (holder.name, *(form.text for form in holder.names))
            )
        )
        for name in names:
            if " " in name:
                yield Entry("person", key[0], name, False, None, terms)
        for name in surnames(names, key[0]):
            yield Entry("surname", key[0], name, True, None, terms)


def _roles(book: ActorBook) -> Iterator[Entry]:
    for office in book.offices:
        for form in _with_plurals(form.text for form in office.names):
            yield Entry("office", "", form, False, office.sector, office, False)
    for noun in book.nouns:
        for form in filter(None, (noun.noun, noun.plural)):
            yield Entry("noun", "", form, False, noun.sector, noun, False)
    for anaphor in book.anaphors:
        yield Entry("anaphor", "", anaphor.words, False, None, anaphor, False)


def _untitled(name: str, titles: set[str]) -> str:
    """A name without the title before it ("King Fahd")."""
    parts = name.split()
    while len(parts) > 1 and fold(parts[0]) in titles:
        parts = parts[1:]
    return " ".join(parts)


def _with_plurals(forms: Iterable[str]) -> Iterator[str]:
    """Office names and their plurals ("foreign ministers", "secretaries of state", "heads of government")."""
    for form in forms:
        yield form
        head, of, rest = form.partition(" of ")
        if head.endswith("y"):
            yield head[:-1] + "ies" + of + rest
        elif not head.endswith("s"):
            yield head + "s" + of + rest


SURNAME_FIRST = frozenset({"CHN", "TWN", "HKG", "MAC", "KOR", "PRK", "VNM", "KHM", "SGP"})
"""States whose people are usually named surname first in English-language news."""
GIVEN_NAME = frozenset(
    {"VNM", "ETH", "ERI", "ISL", "THA", "MMR", "MNG", "IDN", "MYS", "KHM", "LKA", "HKG", "MAC", "SGP"}
)
"""States whose people are often called by a given name."""
DAYS_AND_MONTHS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
)
"""English names of days and months, which begin with a capital and name nobody."""
PARTICLES = frozenset(
    {
        "de",
        "da",
        "do",
        "dos",
        "del",
        "della",
        "di",
        "van",
        "von",
        "der",
        "den",
        "el",
        "al",
        "bin",
        "ben",
        "abu",
        "abdel",
        "abdul",
        "la",
        "ul",
        "le",
        "ter",
        "ten",
        "zu",
        "st",
        "san",
        "ould",
        "ibn",
    }
)


def surnames(names: Iterable[str], state: str) -> tuple[str, ...]:
    """The short forms by which a person is called again, best guess first.

    Args:
        names: All full forms of a person's name.
        state: The code of the state, for the order of names.
    """
    found: dict[str, None] = {}
    main: frozenset[str] = frozenset()
    for name in names:
        if main == frozenset(name.split()):
            continue  # the same words in the other order
        main = main or frozenset(name.split())
        parts = [part for part in name.replace(",", " ").split() if not part.endswith(".") and part[:1] not in '("']
        if len(parts) == 1 and len(parts[0]) > 2:
            found[parts[0]] = None
        if len(parts) < 2:
            continue
        if state in SURNAME_FIRST:
            found[parts[0]] = None
            if state in GIVEN_NAME:
                found[parts[-1]] = None
            continue
        if parts[-1].rstrip(".") in ("Jr", "Sr", "II", "III"):
            parts = parts[:-1]
        at = len(parts) - 1
        while at > 1 and parts[at - 1].lower() in PARTICLES:
            at -= 1
        found[" ".join(parts[at:])] = None
        if parts[-1].lower().startswith(("al-", "el-")):
            found[parts[-1][3:]] = None
        if {"bin", "ibn"} & set(parts):
            found[parts[0]] = None
        if at < len(parts) - 1:
            found[parts[-1]] = None
        if state in GIVEN_NAME:
            found[parts[0]] = None
    return tuple(form for form in found if len(form) > 1 and form[-1].isalpha() and form != form.lower())
