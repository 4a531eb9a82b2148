"""Walks through a text: every mention is resolved against the publication, its tense and the dates told before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from detente.codebook.times import TimeBook
from detente.model import Interval
from detente.text.times import calendar as cal
from detente.text.times.context import Context, Told
from detente.text.times.grammar import Form, Found, grammar
from detente.text.times.operations import resolve
from detente.text.times.partial import lacks_year
from detente.text.times.tense import by_words, is_clause, is_fixed

Kind = Literal["date", "duration", "set"]
Tense = Callable[[Found], "int | None"]
KINDS: dict[str, Kind] = {"duration": "duration", "span": "duration", "set": "set"}
_UNTOLD = frozenset({"duration", "set", "span", "vague", "clock", "period", "century", "anniversary"})
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])|\n+")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Sen|Rep|Gov|St|No|U\.S|U\.N|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|"
    r"Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|a\.m|p\.m)\.)$"
)
_ENTRY = re.compile(r"\s*(?:[•●▪■◦*>»\-–—]|\d{1,2}[.)])?\s*(?:On|In|By|Since)?\s*$")
_AFTER_ENTRY = re.compile(r"\s*(?:[–—:.\-|,]|\n|\()|\s+[A-Z]")
_WORD = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class Piece:
    """A paragraph to walk through: its offsets, the sentences in it and how its tense is told."""

    start: int
    end: int
    sentences: tuple[tuple[int, int], ...]
    tense: Tense | None = None


@dataclass(frozen=True)
class Resolved:
    """A mention: `named` is what its words name, `interval` what it means with "since", "until" and the like."""

    start: int
    end: int
    kind: Kind
    interval: Interval | None
    named: Interval | None
    form: Form
    before: str


def pieces(text: str) -> list[Piece]:
    """Paragraphs and sentences of a plain text, by blank lines, line starts and full stops."""
    out = []
    for match in re.finditer(r"(?:[^\n]|\n(?![ \t]*\n|[ \t]*[•●▪*>–—-]|[ \t]*\d{1,2} [A-Z]))+", text):
        if match.group().strip():
            out.append(Piece(match.start(), match.end(), tuple(sentences(text, match.start(), match.end()))))
    return out


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Rough sentence bounds inside a paragraph."""
    out, at = [], start
    for match in _SENTENCE.finditer(text, start, end):
        if _ABBREVIATED.search(text, max(at, match.start() - 8), match.start()) and "\n" not in match.group():
            continue
        out.append((at, match.start()))
        at = match.end()
    out.append((at, end))
    return out


def walk(
    text: str,
    parts: Sequence[Piece],
    published: Interval | None,
    book: TimeBook | None = None,
    *,
    south: bool = False,
    day_first: bool | None = None,
) -> list[Resolved]:
    """All mentions of time in some paragraphs, resolved.

    Args:
        text: The document's text.
        parts: Its paragraphs, in order.
        published: When it was published; without it relative times stay None.
        book: The words and rules; the package's own if None.
        south: Whether seasons are those of the southern hemisphere.
        day_first: Whether "5/6/2003" is the fifth of June; judged by the text if None.
    """
    rules = grammar(book)
    found = [rules.find(text, piece.start, piece.end) for piece in parts]
    context = Context(
        published=published,
        resolver=resolve,
        south=south,
        day_first=_day_first(found) if day_first is None else day_first,
    )
    entries = [bool(items) and _is_entry(text, piece, items[0]) for piece, items in zip(parts, found, strict=True)]
    chronicle = sum(entries) >= 3
    walker = _Walker(text, context, published, rules.book)
    if chronicle:
        walker.last_head = _begins(found, entries, context)
    out: list[Resolved] = []
    for number, (piece, items) in enumerate(zip(parts, found, strict=True)):
        if items:
            out += walker.paragraph(number, piece, items, chronicle and entries[number])
    return out


def _is_entry(text: str, piece: Piece, first: Found) -> bool:
    """Whether a paragraph opens with a date as entries of a chronology do."""
    if not _ENTRY.match(text[piece.start : first.start]) or first.form.op not in (
        "date",
        "days",
        "between",
        "yearrange",
        "part",
    ):
        return False
    if first.form.op == "date" and not first.form.got.keys() & {"year", "month", "sure_month", "isodate", "numdate"}:
        return False
    return first.end < piece.end and bool(_AFTER_ENTRY.match(text, first.end))


def _begins(found: list[list[Found]], entries: list[bool], context: Context) -> Interval | None:
    """The beginning of the stretch that a chronology's title names, if its first entry does not name its year."""
    for items, entry in zip(found, entries, strict=True):
        if entry:
            return None
        for item in items:
            whole = resolve(item.form, context) if item.form.op in ("between", "yearrange") else None
            if whole is not None:
                return cal.of_day(whole.start)
    return None


def _day_first(found: list[list[Found]]) -> bool:
    votes = 0
    for items in found:
        for item in items:
            numbers = item.form.one("numdate") if item.form.op == "date" else None
            if numbers:
                votes += (numbers[0] > 12) - (numbers[1] > 12)
            elif item.form.op == "date" and "day" in item.form.got and "month" in item.form.got:
                got = list(item.form.got)
                votes += 1 if got.index("day") < got.index("month") else -1
    return votes > 0


class _Walker:
    """Holds what was told while the paragraphs go by."""

    def __init__(self, text: str, context: Context, published: Interval | None, book: TimeBook) -> None:
        self.text, self.context, self.published, self.book = text, context, published, book
        self.last_head: Interval | None = None
        self.told = Told()
        context.told = self.told

    def paragraph(self, number: int, piece: Piece, items: list[Found], entry: bool) -> list[Resolved]:
        """The mentions of one paragraph; `entry` where it is an entry of a chronology."""
        context = self.context
        context.paragraph, context.head, context.leading = number, None, None
        context.published = self.published
        out: list[Resolved] = []
        bounds, at = piece.sentences or ((piece.start, piece.end),), 0
        context.main_told = None
        for k, item in enumerate(items):
            while at + 1 < len(bounds) and item.start >= bounds[at + 1][0]:
                at += 1
                context.main_told = None
            if entry and k == 0:
                resolved = self._entry(item)
            else:
                resolved = self._resolve(item, items[k + 1 : k + 2], bounds[at], piece)
            out.append(resolved)
            self._remember(resolved, bounds[at])
        return out

    def _entry(self, item: Found) -> Resolved:
        """The date of a chronology's entry: a year that is not told goes on from the entry before."""
        context = self.context
        context.direction = 0
        inner = (
            next((v for vs in item.form.got.values() for v in vs if hasattr(v, "op")), None)
            if item.form.op == "part"
            else item.form
        )
        context.head = (
            self.last_head if self.last_head is not None and inner is not None and lacks_year(inner) else None
        )
        named = resolve(item.form, context)
        context.head = named
        if named is not None:
            self.last_head = named
            context.published = named
        return Resolved(item.start, item.end, "date", named, named, item.form, item.before)

    def _resolve(self, item: Found, behind: list[Found], bounds: tuple[int, int], piece: Piece) -> Resolved:
        context = self.context
        kind: Kind = KINDS.get(item.form.op, "date")
        if item.form.op in ("duration", "set", "vague"):
            return Resolved(item.start, item.end, kind, None, None, item.form, item.before)
        way = piece.tense(item) if piece.tense else None
        words = by_words(self.text, item.start, item.end, bounds, item.before)
        fixed = is_fixed(self.text, item.start, bounds, item.before)
        if item.after == "'s" and item.form.op in ("date", "season") and lacks_year(item.form) and not fixed:
            words = min(words, 0) or -1  # "August's decision" was taken
        context.direction = 1 if fixed else way if way else words
        context.simple_past = context.direction < 0
        context.joins = bool(_WORD.match(item.after)) and item.after not in (
            "and",
            "but",
            "or",
            "in",
            "at",
            "by",
            "when",
        )
        context.following = self._following(item, behind, bounds)
        named = resolve(item.form, context)
        if item.form.op == "anniversary" and named is None:
            named = self._anniversary(item, bounds)
        return Resolved(
            item.start,
            item.end,
            kind,
            opened(named, item, self.published, context.direction),
            named,
            item.form,
            item.before,
        )

    def _following(self, item: Found, behind: list[Found], bounds: tuple[int, int]) -> Interval | None:
        """The date right behind a mention that needs one ("a day after the May 5 summit", "45th anniversary of …")."""
        if item.form.op not in ("shift", "anniversary") or not behind or behind[0].start >= bounds[1]:
            return None
        between = self.text[item.end : behind[0].start]
        if (
            len(between) > 60
            or re.search(r"[,;:—.]", between)
            or behind[0].form.op in ("shift", "duration", "vague", "set", "span")
        ):
            return None
        if item.form.op == "shift" and (not self.context.joins or is_clause(between)):
            return None
        return resolve(behind[0].form, self.context)

    def _anniversary(self, item: Found, bounds: tuple[int, int]) -> Interval | None:
        sentence = self.text[bounds[0] : bounds[1]].lower()
        number = item.form.one("nth") or item.form.one("ordw")
        for row in self.book.anniversaries:
            if number and all(word in sentence for word in row.words):
                return cal.year(row.year + number)
        return None

    def _remember(self, resolved: Resolved, bounds: tuple[int, int]) -> None:
        named, context = resolved.named, self.context
        if named is None or resolved.form.op in _UNTOLD or (named.approximate and resolved.form.op == "fiscal"):
            return
        if resolved.form.op == "shift" and resolved.form.words[-1] in ("after", "before"):
            return  # it dates what the clause tells of, not the story
        self.told.add(replace_open(named), context.paragraph, bounds[0])
        if context.main_told is None:
            context.main_told = named
        if (
            resolved.start - bounds[0] <= 14
            and resolved.before not in ("since", "until", "by", "from", "till")
            and resolved.form.op in ("date", "days", "part", "shift", "season", "between", "inside", "toldunit")
        ):
            context.leading = named
        elif context.leading and "year" in resolved.form.got and named.start.year != context.leading.start.year:
            context.leading = None


def replace_open(interval: Interval) -> Interval:
    """The interval without its flags."""
    return cal.make(interval.start, interval.end, interval.precision)


def opened(named: Interval | None, item: Found, published: Interval | None, way: int) -> Interval | None:
    """What a named interval means after "since", "from", "after", "until", "by" and "before".

    The precision stays that of the named end, so that "since 2012" still says that a year is named.
    """
    if (
        named is None
        or item.form.op in ("span", "period", "between", "days", "ended", "yearrange")
        or item.after == "'s"
    ):
        return named
    word = item.before
    rough = named.approximate or word in ("around", "about", "circa", "roughly", "approximately")
    if (
        word == "after"
        and _WORD.match(item.after)
        and item.after
        not in ("and", "but", "when", "in", "as", "because", "the", "it", "he", "she", "they", "by", "with")
    ):
        return named
    if word in ("since", "from", "after") and not (word == "from" and item.after in ("to", "until", "through")):
        if published is not None and published.end > named.start:
            return cal.make(named.start, published.end, named.precision, approximate=rough, open_end=True)
        return cal.make(named.start, named.end, named.precision, approximate=rough, open_end=True)
    if word in ("until", "till", "by", "before", "through"):
        ahead = published is not None and published.start <= named.end and way >= 0
        start = published.start if ahead and published is not None and published.start < named.start else named.start
        return cal.make(start, named.end, named.precision, approximate=rough, open_start=True)
    return cal.make(named.start, named.end, named.precision, approximate=rough) if rough else named
