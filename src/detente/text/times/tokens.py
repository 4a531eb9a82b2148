"""Words of a text with the groups of `times.yml` they belong to; numbers by their shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from detente.codebook.times import TimeBook, Value

_TOKEN = re.compile(
    r"""
  (?P<isodate>\d{4}(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|\.\d{1,2}\.\d{1,2})(?!\d|[-/.]\d))
| (?P<numdate>\d{1,2}(?:/\d{1,2}/|\.\d{1,2}\.)(?:\d{4}|\d\d)(?!\d|[-/.]\d))
| (?P<clock>\d{1,2}:\d\d(?::\d\d)?(?!\d)|\d{1,2}\.\d\d(?=\s*(?:[ap]\.?m\b|local|hrs|hours|GMT|UTC|[A-Z]{1,3}T\b)))
| (?P<nth>\d{1,3}(?:st|nd|rd|th)\b)
| (?P<decade>(?:1[0-9]|20)\d0['’]?s\b|['’‘]\d0s\b)
| (?P<yy>['’‘]\d\d\b)
| (?P<big>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)
| (?P<qtr>[Qq][1-4]\b|[1-4]Q\b) | (?P<hyear>H[12]\b) | (?P<fy>FY(?=\d|['’]|\s))
| (?P<int>\d+(?=[ap]m\b)|\d+\b)
| (?P<mixed>\d\w*)
| (?P<possessive>['’]s\b)
| (?P<ampm>[ap]\.\s?m\.?|[ap]m\b|[AP]\.M\.?|[AP]M\b)
| (?P<word>(?:[^\W\d_]\.){2,}|[^\W_]\w*(?:['’](?!s\b)[^\W\d_]+)?)
| (?P<gap>\n\s*\n\s*)
| (?P<line>\n)
| (?P<punct>[^\w\s])
""",
    re.VERBOSE,
)

GAP = "¶"
SHORT_LINE = 60
"""A line this short was not broken because it was full, so what follows it begins something new."""

_SMALL = {"a": 1.0, "an": 1.0}
SHAPES: tuple[frozenset[str], ...] = tuple(
    map(
        frozenset,
        (
            {"isodate"},
            {"numdate"},
            {"clock"},
            {"nth", "day"},
            {"nth"},
            {"decade"},
            {"yy"},
            {"big", "num"},
            {"qtr"},
            {"hyear"},
            {"int", "num", "day"},
            {"int", "num"},
            {"int", "year"},
            {"int"},
            {"Name"},
            {"plural"},
            {"plain"},
            {"num"},
            {"fy"},
            {"=¶"},
            {"='s"},
            {"=a", "num", "a1"},
            {"=an", "num", "a1"},
            {"ampm"},
            {"ordw"},
        ),
    )
)


@dataclass(slots=True)
class Token:
    """A word, or several that a rule or a phrase made one; `values` maps its groups to what it means there."""

    start: int
    end: int
    word: str
    groups: frozenset[str]
    values: dict[str, Any]
    form: Any = None
    upper: bool = False


Entry = tuple[frozenset[str], frozenset[str], dict[str, Value]]


@dataclass(frozen=True)
class Words:
    """Entries by word (groups with a capital, groups without, values) and phrases by their first word."""

    single: dict[str, Entry]
    phrases: dict[str, tuple[tuple[tuple[str, ...], Entry], ...]]
    dotted: frozenset[str]
    units: frozenset[str]


@lru_cache(maxsize=4)
def _words_of(folder: str) -> Words:
    book = TimeBook.load(folder)
    by_word: dict[str, dict[str, Value]] = {}
    for group, words in book.words.items():
        for word, value in words.items():
            by_word.setdefault(str(word), {})[group] = value
    for group, listed in book.lists.items():
        for word in listed:
            by_word.setdefault(word, {})[group] = 1
    literals = {
        literal
        for rules in book.rules.values()
        for rule in rules
        for pattern in rule.patterns
        for literal in literals_of(pattern)
    }
    literals |= {
        word
        for rules in book.rules.values()
        for rule in rules
        for word in (*rule.after, *rule.never_after, *rule.next, *rule.never_next)
        if not word.startswith("<")
    }
    literals |= {
        m.group().lower() for word, values in by_word.items() if set(values) == {"vague"} for m in _TOKEN.finditer(word)
    }
    for literal in literals:
        by_word.setdefault(literal, {})
    single: dict[str, Entry] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for word, values in by_word.items():
        capital = frozenset(values) | {"=" + word}
        entry = (capital, frozenset(g for g in capital if g not in book.capitalised), values)
        parts = tuple(m.group().lower() for m in _TOKEN.finditer(word))
        if len(parts) == 1:
            single[word] = entry
        elif set(values) != {"vague"}:
            phrases.setdefault(parts[0], []).append((parts, entry))
    ranked = {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in phrases.items()}
    dotted = frozenset(w for g in book.dotted for w in book.words.get(g, {}) if len(w) <= 5 and w not in _FULL)
    units = frozenset(book.words["unit"])
    return Words(single=single, phrases=ranked, dotted=dotted, units=units)


_NUMBERED = re.compile(r"\.\s?\d")
_FULL = frozenset({"may", "june", "july", "march", "april"})


def words_of(book: TimeBook) -> Words:
    """The book's words, arranged for look-up; kept after the first call."""
    return _words_of(str(book.folder))


def literals_of(pattern: str) -> list[str]:
    """The plain words of a pattern (`(the|a)? <month> of` has `the`, `a` and `of`)."""
    bare = re.sub(r"<[^>]*>", " ", pattern.replace("\\(", " ( ").replace("\\)", " "))
    return list(re.findall(r"[^\s()|?]+", bare))


def tokens(text: str, start: int, end: int, book: TimeBook) -> list[Token]:
    """The words of `text[start:end]` with their groups; phrases and spelled-out numbers are one word.

    Args:
        text: The document's text.
        start: Where to begin.
        end: Where to stop.
        book: The words of time.
    """
    words = words_of(book)
    out: list[Token] = []
    line_start = start
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup or ""
        if kind == "line":
            if match.start() - line_start < SHORT_LINE:
                out.append(Token(match.start(), match.end(), GAP, _GAP, {}))
            line_start = match.end()
            continue
        if out and match.start() < out[-1].end:  # the full stop of an abbreviation is part of it
            continue
        out.append(_token(text, match, kind, words))
    return _merged(out, words)


_GAP = frozenset({"=¶"})
_NAME, _PLAIN, _PLURAL = frozenset({"Name"}), frozenset({"plain"}), frozenset({"plural"})
_DAY, _NUM, _YEAR, _INT = (
    frozenset({"int", "num", "day"}),
    frozenset({"int", "num"}),
    frozenset({"int", "year"}),
    frozenset({"int"}),
)


def _token(text: str, match: re.Match[str], kind: str, words: Words) -> Token:
    start, end = match.span()
    raw = match.group()
    if kind in ("word", "punct", "possessive"):
        word = raw.lower().replace("’", "'")
        entry = words.single.get(word)
        if entry is None and word.endswith("."):
            entry = words.single.get(word.rstrip("."))
        if entry is None:
            if kind == "punct":
                return Token(start, end, word, frozenset({"plain"}), {})
            groups = _NAME if raw[0].isupper() else _PLURAL if raw.endswith("s") and len(raw) > 3 else _PLAIN
            return Token(start, end, word, groups, {}, None, raw[0].isupper())
        full_month = word in _FULL and _NUMBERED.match(text, end)
        if (full_month or word in words.dotted) and text[end : end + 1] == "." and raw[0].isupper():
            end += 1
        capital, lower, values = entry
        groups = capital if raw[0].isupper() else lower
        return Token(start, end, word, groups, dict(values), None, raw[0].isupper())
    if kind == "int":
        return Token(start, end, raw, *_number(raw))
    if kind == "big":
        return Token(start, end, raw, frozenset({"big", "num"}), {"num": float(raw.replace(",", ""))})
    if kind == "nth":
        value = int(re.match(r"\d+", raw).group())  # type: ignore[union-attr]
        return Token(
            start,
            end,
            raw,
            frozenset({"nth", "day"}) if 1 <= value <= 31 else frozenset({"nth"}),
            {"nth": value, "day": value},
        )
    if kind == "gap":
        return Token(start, end, GAP, _GAP, {})
    if kind == "mixed":
        return Token(start, end, raw, _PLAIN, {})
    value = _SHAPED[kind](raw) if kind in _SHAPED else 1
    return Token(start, end, raw.lower(), frozenset({kind}), {kind: value})


def _number(raw: str) -> tuple[frozenset[str], dict[str, Any]]:
    value = int(raw) if len(raw) < 9 else 10**9
    if len(raw) == 4 and 1400 <= value <= 2199:
        return _YEAR, {"int": value, "year": value}
    if 1 <= value <= 31 and len(raw) <= 2:
        return _DAY, {"int": value, "num": value, "day": value}
    if len(raw) <= 4:
        return _NUM, {"int": value, "num": value}
    return _INT, {"int": value}


def _decade(raw: str) -> int:
    digits = re.sub(r"\D", "", raw)
    return int(digits) if len(digits) == 4 else 1900 + int(digits)


_SHAPED: dict[str, Any] = {
    "isodate": lambda raw: tuple(map(int, re.split(r"\D", raw))),
    "numdate": lambda raw: tuple(map(int, re.split(r"\D", raw))),
    "decade": _decade,
    "yy": lambda raw: int(raw[1:]),
    "qtr": lambda raw: int(raw.strip("Qq")),
    "hyear": lambda raw: int(raw[1:]),
}


def _merged(items: list[Token], words: Words) -> list[Token]:
    """Phrases and spelled-out numbers as single tokens; "a" before a unit is the number one."""
    out: list[Token] = []
    at, n = 0, len(items)
    while at < n:
        token = items[at]
        rows = words.phrases.get(token.word)
        if rows and (hit := _phrase(items, at, rows)):
            size, (capital, lower, values) = hit
            out.append(
                Token(
                    token.start,
                    items[at + size - 1].end,
                    " ".join(i.word for i in items[at : at + size]),
                    capital if any(i.upper for i in items[at : at + size]) else lower,
                    dict(values),
                )
            )
            at += size
            continue
        if "num" in token.groups and "int" not in token.groups and "big" not in token.groups:
            if ordinal := _ordinal(items, at):
                out.append(ordinal)
                at += 3
                continue
            size, value = _spelled(items, at)
            if size > 1:
                groups = frozenset({"num"})
                out.append(Token(token.start, items[at + size - 1].end, token.word, groups, {"num": value}))
                at += size
                continue
        if (
            token.word in _SMALL
            and at + 1 < n
            and (
                (items[at + 1].word in words.units and items[at + 1].word != "quarter" and not items[at + 1].upper)
                or (at + 2 < n and "midadj" in items[at + 1].groups and items[at + 2].word in words.units)
            )
        ):
            out.append(
                Token(token.start, token.end, token.word, frozenset({"=" + token.word, "num", "a1"}), {"num": 1})
            )
            at += 1
            continue
        out.append(token)
        at += 1
    return out


def _phrase(items: list[Token], at: int, rows: tuple[tuple[tuple[str, ...], Entry], ...]) -> tuple[int, Entry] | None:
    for parts, entry in rows:
        if at + len(parts) <= len(items) and all(items[at + k].word == part for k, part in enumerate(parts)):
            return len(parts), entry
    return None


def _ordinal(items: list[Token], at: int) -> Token | None:
    """A compound ordinal from `at`: "twenty-fourth"."""
    if at + 2 >= len(items) or items[at + 1].word != "-" or "ordw" not in items[at + 2].groups:
        return None
    tens, ones = items[at].values["num"], items[at + 2].values["ordw"]
    if tens < 20 or tens % 10 or ones > 9:
        return None
    return Token(
        items[at].start, items[at + 2].end, items[at + 2].word, frozenset({"ordw"}), {"ordw": int(tens + ones)}
    )


def _spelled(items: list[Token], at: int) -> tuple[int, float]:
    """How many words from `at` make one number ("twenty-five", "two dozen", "one hundred and fifty"), and its value."""
    total = float(items[at].values["num"])
    upto = at + 1
    last = total
    while upto < len(items):
        step = 1
        if items[upto].word in ("-", "and") and upto + 1 < len(items):
            step = 2
        follow = items[upto + step - 1]
        if "int" in follow.groups:
            break
        value = follow.values.get("num") if "num" in follow.groups else None
        if value is None and "ordw" in follow.groups and items[upto].word == "-":
            break
        if value is None or follow.word == "second":
            break
        if value in (100, 12, 20) and follow.word in ("hundred", "dozen", "score") and items[upto].word != "and":
            total *= value
        elif last >= 20 and last % 10 == 0 and value < last and (items[upto].word != "and" or last >= 100):
            total += value
        else:
            break
        last = value
        upto += step
    return upto - at, total
