"""What is no quantity although it holds a number: dates, ages, labels, model names, prices of papers, idle counts."""

from __future__ import annotations

import re

from detente.codebook.units import Units
from detente.text.quantities.measure import Measured
from detente.text.quantities.numbers import Number

_AGE_AFTER = re.compile(r"[\s-]+(?:year|month)s?[\s-]+olds?\b", re.I)
_CLOCK = re.compile(r"(?::\d\d|\s?(?:a|p)\.?m\b\.?|\s+o['’]clock|\s?h\d\d\b|\s?GMT)")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_LIST = re.compile(r"\s*[(\[]?\d{1,2}[.)\]]\s")
_PHONE = re.compile(r"\+\d[\d\s()-]{6,}|\(\d{2,4}\)\s?\d{3}|\b\d{3}-\d{3,4}-\d{4}\b")
_TITLE = re.compile(r"[A-Z][\w.&'’]*(?:\s|-)$")
_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?,?\s+$", re.I)
_MONTH_AFTER = re.compile(
    r"\s+(?:of\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b",
    re.I,
)
_WORD_BEFORE = re.compile(r"([\w.’'-]+)[\s(]*$")
_OWN_HALF = re.compile(
    r"(?:\b(?:its|their|his|her|our|my|your|each|either|whose|one|that)|['’]s|\b[A-Z]\w+(?:an|ese|ish|ch|i))\s+$"
)
_AGE_BEFORE = re.compile(r"\b(?:[Hh]e|[Ss]he|who)\s+(?:is|was|turned|turns)\s+$")
_CLOCK_BEFORE = re.compile(r"\b(?:past|(?:five|ten|twenty|quarter) to)\s+$", re.I)
DURATIONS = frozenset(("year", "month", "week", "day", "hour", "minute", "second"))


class Guards:
    """Tells what is no quantity, by the words of a codebook's `units.yml`."""

    def __init__(self, units: Units) -> None:
        self.units = units
        rough = "|".join(sorted(map(re.escape, units.approximate), key=len, reverse=True))
        self._rough = re.compile(rf"(?<!\w)({rough})\s?(?:the\s|an?\s)?(?:(?:US|A|C|NZ|HK)?[$€£¥]\s?)?$", re.I)
        after = "|".join(sorted(map(re.escape, units.approximate_after), key=len, reverse=True))
        self._rough_after = re.compile(rf"[\s-]({after})\b", re.I)
        prices = "|".join(sorted(map(re.escape, units.prices), key=len, reverse=True))
        self._prices = re.compile(rf"\b({prices})\b", re.I)
        temporal = "|".join(sorted(map(re.escape, units.temporal), key=len, reverse=True))
        self._temporal = re.compile(rf"(?:['’])?(?:\s+or\s+(?:so|more))?[\s-]+({temporal})\b", re.I)

    def no_quantity(self, text: str, number: Number, start: int, stop: int) -> bool:
        """Whether a number is no quantity whatever stands after it: a clock time, a label, a list number, an age …"""
        after, before = (
            text[number.end : min(stop, number.end + 24)],
            text[max(start, number.start - 24) : number.start],
        )
        if number.digits and (
            _ORDINAL.match(after) or _CLOCK.match(after) or re.search(r"\d:$|[A-Za-z]-$|[a-z]/$|#$|@$", before)
        ):
            return True
        if _AGE_AFTER.match(after) or (
            number.digits and re.match(r"[-–/]\d", after) and re.search(r"\d[-–/]$", before)
        ):
            return True
        if number.digits and (
            text[number.end : number.end + 1].isalpha()
            and not number.glued
            and not re.match(r"[a-zµ²³°]{1,4}\b|[MGkT]?Wh?\b|MHz\b|MT\b", after)
        ):
            return True
        if number.digits and _LIST.match(text, start) and number.start - start < 4 and re.match(r"[.)\]]\s", after):
            return True
        if _CLOCK_BEFORE.search(before) or (_AGE_BEFORE.search(before) and re.match(r"\s*(?:[.,;]|and\b|$)", after)):
            return True
        if re.search(r"\b(?:few|several)\s+$", before) or re.match(r"0\d{3}$", text[number.start : number.end]):
            return True
        word = _WORD_BEFORE.search(before)
        if word and not number.scaled and self._label(word[1], number):
            return True
        return bool(_PHONE.search(text, max(start, number.start - 14), min(stop, number.end + 14)) and number.digits)

    def _label(self, word: str, number: Number) -> bool:
        """Whether the word before a number makes it a label: "Article 9", "room 230", "No. 4", "Day 3"."""
        lower = word.lower()
        if lower not in self.units.labels and lower.rstrip("s") not in self.units.labels:
            return False
        if number.value >= 1000 and word.islower():
            return False  # "blocks 250,000 doses"
        if lower in ("no", "lot", "area", "line"):
            return number.digits and word[0].isupper()
        return number.digits or lower == "day"

    def uncountable(self, text: str, number: Number, start: int) -> bool:
        """Whether a number counts nothing: a year, a day of a month, part of a name, "one", "the two"."""
        before = text[max(start, number.start - 20) : number.start]
        after = text[number.end : number.end + 14]
        if number.value == 1 or (number.value < 1 and not number.part):
            return True
        if number.digits and not number.scaled:
            bare = text[number.start : number.end]
            if bare.isdigit() and (1400 <= number.value <= 2150 or (len(bare) > 1 and bare[0] == "0")):
                return True
            if number.value <= 31 and (_MONTH.search(before) or _MONTH_AFTER.match(after)):
                return True
            if re.search(r"['’]$|[A-Za-z]-$", before) or re.match(r"[-–/.]\d|/|['’]", after):
                return True
            if (
                _TITLE.search(before)
                and not re.search(r"(?:^|[.!?:;—–]\s+|[.!?]\s*[\"“])[A-Z][\w.&'’]*\s$", before)
                and "," not in bare
            ):
                return True
        return bool(re.match(r"-(?:way|time|star|story|storey|page|man|person|part|party|thirds?|quarters?)", after))

    def party(self, text: str, number: Number) -> bool:
        """Whether a bare number stands for parties named before ("the three agreed", "the two", "all three")."""
        if not number.scaled and re.search(r"\d[-–/]$", text[max(0, number.start - 2) : number.start]):
            return True
        return bool(
            re.search(
                r"\b(?:the|these|those|all|of|other|any|last|first|next|by|at|until|in|since|from)\s+$",
                text[max(0, number.start - 8) : number.start],
                re.I,
            )
        )

    def idle(self, text: str, here: Measured, start: int, stop: int) -> bool:
        """Whether a quantity says nothing of a relation: an age, "two years ago", the count of the parties, a price."""
        number = here.number
        after = text[here.end : min(stop, here.end + 24)]
        before = text[max(start, here.start - 24) : here.start]
        if here.unit == "percent" and re.match(
            r"\s+(?:sure|certain|right|wrong|correct|behind|in favou?r|committed)\b", after
        ):
            return True
        if here.unit == "degree" and re.match(
            r"\s*(?:north|south|east|west|of\s+(?:latitude|longitude)|[NSEW]\b)", after
        ):
            return True
        if here.unit in DURATIONS:
            if here.unit in ("minute", "second"):
                return True
            if self._temporal.match(after):
                return True
            told = text[number.end : number.end + 1] == "-" or re.search(
                r"\b(?:for|within|least|of|lasts?|lasting)\s+$", before
            )
            if number.value == 1 and not told:
                return True
            if re.search(
                r"\b(?:every|each|other|age of|aged|in the (?:last|past|coming)|next|first|opening|final|closing)\s+$",
                before,
                re.I,
            ):
                return True
        elif here.unit in self.units.idle and here.value < self.units.idle_below:
            return True
        elif (
            here.value <= 3
            and here.unit not in self.units.units
            and re.search(r"\b(?:the|these|those)\s+$", before, re.I)
        ):
            return here.unit not in self.units.currencies
        if here.unit == "percent" and number.part and _OWN_HALF.search(before):
            return True
        if (
            number.part
            and here.unit != "percent"
            and here.unit not in self.units.currencies
            and here.unit not in self.units.units
        ):
            return True
        left, right = text.rfind(". ", start, here.start) + 1, text.find(". ", here.end, stop)
        sentence = text[max(left, start) : right if right > 0 else stop]
        return bool(self._prices.search(sentence)) and here.unit not in ("percent", "tonne")

    def approximate(self, text: str, start: int, end: int, low: int, high: int) -> tuple[int, int, bool]:
        """The offsets of a quantity with its words of approximation, and whether there are any."""
        rough = False
        match = self._rough.search(text, max(low, start - 24), start)
        if match:
            start, rough = match.start(), True
        match = self._rough_after.match(text, end, min(high, end + 18))
        if match:
            end, rough = match.end(), True
        return start, end, rough
