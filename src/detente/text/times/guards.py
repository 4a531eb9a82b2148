"""Conditions on a rule's neighbours that a pattern cannot say; each takes the words, the place and the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from detente.text.times.tokens import GAP, Token

Guard = Callable[[list[Token], int, int, Any], bool]
_OPENERS = frozenset({"-", "–", "(", ",", ".", ";", ":", "—", GAP, "/", "|", "•", "“", '"', "'", "*", "[", "·"})


def year(items: list[Token], first: int, last: int, form: Any) -> bool:
    """Whether a number of four figures is a year: not a sum, a section, a flight or a count of things."""
    before = items[first - 1] if first else None
    after = items[last] if last < len(items) else None
    value = form.one("year")
    if value is not None and not 1500 <= value <= 2150:
        return False
    glued = before is not None and before.end == items[first].start
    if before is not None:
        if glued and before.word not in _OPENERS | {"“", "‘", "'", "~"}:
            return False
        if (
            glued
            and before.word in ("-", "–", "/")
            and first >= 2
            and items[first - 2].form is None
            and items[first - 2].end == before.start
            and items[first - 2].word not in _PREFIXES
        ):
            return False
        if "int" in before.groups and before.form is None and "day" not in before.groups:
            return False
        if "never_year" in before.groups:
            return (
                before.word in ("about", "around", "than", "over", "as")
                and before.word != "over"
                and first >= 2
                and items[first - 2].word in ("since", "in", "from", "earlier", "later", "of", "as", "early", "late")
            )
    if after is not None:
        if after.word in _HOURS and not (before is not None and before.form is not None):
            return False
        if "counted" in after.groups and not glued and not _dated(before):
            return False
        if after.groups >= {"plural"} and not _dated(before):
            return False
        if (
            after.word in ("-", "–")
            and after.start == items[last - 1].end
            and last + 1 < len(items)
            and items[last + 1].word in _THINGS
        ):
            return False
        if after.word in ("%", "°", "x", "×"):
            return False
    return True


_HOURS = frozenset(
    {"local", "gmt", "utc", "hrs", "hours", "est", "edt", "jst", "kst", "cet", "eat", "ist", "bst", "hkt", "msk"}
)
_PREFIXES = frozenset(
    {
        "mid",
        "pre",
        "post",
        "late",
        "early",
        "end",
        "spring",
        "summer",
        "autumn",
        "winter",
        "fall",
        "the",
        "year",
        "pres",
        "q1",
        "q2",
        "q3",
        "q4",
    }
)
_THINGS = frozenset(
    {
        "page",
        "strong",
        "seat",
        "man",
        "metre",
        "meter",
        "kilometre",
        "kilometer",
        "mile",
        "km",
        "tonne",
        "ton",
        "member",
        "word",
        "foot",
        "acre",
        "hectare",
        "megawatt",
        "mw",
        "bed",
        "room",
        "point",
    }
)


def _dated(before: Token | None) -> bool:
    return (
        before is None
        or "before_year" in before.groups
        or before.form is not None
        or bool(before.groups & {"month", "qtr", "hyear", "season"})
        or before.word in _OPENERS
        or before.word in ("its", "their", "his", "her", "this", "that", "our")
    )


def month(items: list[Token], first: int, last: int, form: Any) -> bool:
    """Whether the name of a month is not that of a person or a thing ("April Jones", "Mr March", "August Wilson")."""
    before = items[first - 1] if first else None
    after = items[last] if last < len(items) else None
    if before is not None and before.word in _TITLES:
        return False
    if after is None or "Name" not in after.groups:
        return True
    return before is not None and (
        before.word in _BEFORE_MONTH or before.form is not None or bool(before.groups & {"rel", "part", "told_rel"})
    )


_TITLES = frozenset(
    {"mr", "mrs", "ms", "dr", "miss", "sir", "president", "minister", "secretary", "ms.", "mr.", "theresa"}
)
_BEFORE_MONTH = frozenset(
    {
        "in",
        "since",
        "until",
        "till",
        "by",
        "from",
        "during",
        "of",
        "last",
        "next",
        "this",
        "late",
        "early",
        "mid",
        "-",
        "before",
        "after",
        "to",
        "between",
        "every",
        "previous",
        "following",
        "that",
        "around",
        "through",
        "end",
        "–",
        "—",
        "(",
        "|",
        "/",
        "•",
    }
)


def short_year(items: list[Token], first: int, last: int, form: Any) -> bool:
    """Whether two figures behind a month are a year ("1 NOV 96")."""
    return len(items[last - 1].word) == 2 and form.one("int", 100) < 100


def month_noun(items: list[Token], first: int, last: int, form: Any) -> bool:
    """Whether a month stands before the noun of what happened in it ("their May offensive"), glued by a space only."""
    after = items[last] if last < len(items) else None
    if after is None or not after.word.isalpha() or after.start != items[last - 1].end + 1 or after.upper:
        return False
    return "after_day" not in after.groups and after.form is None


def bare_unit(items: list[Token], first: int, last: int, form: Any) -> bool:
    """Whether "the year" alone means the present one: not "the day of", "the week that"."""
    unit = form.one("unit")
    return unit in ("year", "month", "week", "quarter", "weekend") and items[first - 1].word != "a"


def yearly(items: list[Token], first: int, last: int, form: Any) -> bool:
    """Whether a month or day is followed by a unit that can hold it ("March of last year")."""
    inner = form.one("upoint")
    unit = inner.one("unit") if inner is not None else None
    return unit in ("year", "month", "week", "decade") or (inner is not None and inner.op == "relunit" and unit is None)


def period(items: list[Token], first: int, last: int, form: Any) -> bool:
    """Whether a pandemic is meant as a time: words before it say so."""
    return any("around_period" in token.groups for token in items[max(0, first - 2) : first])


def months(items: list[Token], first: int, last: int, form: Any) -> bool:
    """Whether "the first nine months" is told of a year."""
    inner = form.one("dur")
    return inner is not None and inner.one("units") in ("month", "quarter")


def counted_on(items: list[Token], first: int, last: int, form: Any) -> bool:
    """Whether "on" means later: so in "two years on", while "an hour on the line" names no day."""
    return form.words[-1] != "on" or not {form.one("unit"), form.one("units")} & {"hour", "minute", "second"}


GUARDS: dict[str, Guard] = {
    "counted_on": counted_on,
    "year": year,
    "month": month,
    "month_noun": month_noun,
    "short_year": short_year,
    "bare_unit": bare_unit,
    "yearly": yearly,
    "period": period,
    "months": months,
}
