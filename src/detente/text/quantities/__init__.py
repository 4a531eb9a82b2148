"""Quantities: numbers with what they measure or count, in base units, with the words that make them approximate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.codebook.units import Units
from detente.model import Document, Paragraph, Quantity
from detente.text.quantities.composed import paired, summed
from detente.text.quantities.counted import Page, counted
from detente.text.quantities.guards import DURATIONS, Guards
from detente.text.quantities.measure import Measured, Measures
from detente.text.quantities.numbers import Number, NumberGrammar, rounded

__all__ = ["amounts", "quantities"]

_RANGE = re.compile(r"\s*(?:-|–|—|\s(?:to|or|and)\s)\s*$")
_HALF = re.compile(r"(?:of\b|the\b|its\b|their\b|his\b|that\b|this\b)")


def quantities(document: Document, paragraphs: Sequence[Paragraph], units: Units) -> tuple[Quantity, ...]:
    """The quantities in a document's paragraphs, in order; both ends of a range are quantities of their own.

    Args:
        document: The document.
        paragraphs: Its paragraphs; where one has no parse, only numbers with a written unit are found.
        units: The codebook's `units`.

    Returns:
        Values in base units; offsets into `document.text` take in the unit and the words of approximation.
    """
    reader = _Reader(units)
    found: list[Quantity] = []
    for paragraph in paragraphs:
        found.extend(reader.read(document.text, paragraph))
    return tuple(found)


def amounts(text: str, units: Units) -> list[tuple[float, str]]:
    """The amounts with a written unit in a short text, as (value, unit); needs no parse."""
    paragraph = Paragraph(start=0, end=len(text), parse=None)
    return [(found.value, found.unit) for found in _Reader(units).read(text, paragraph)]


class _Reader:
    """The grammar of quantities for one codebook."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.money = ""
        self.numbers, self.measures, self.guards = NumberGrammar(units), Measures(units), Guards(units)

    def read(self, text: str, paragraph: Paragraph) -> Iterator[Quantity]:
        """The quantities of one paragraph."""
        start, stop = paragraph.start, paragraph.end
        numbers = self.numbers.find(text, start, stop)
        if not numbers:
            return
        page = Page(paragraph.parse, start) if paragraph.parse is not None else None
        last = {"money": self.money} if self.money else {}
        done: list[Measured] = []
        past = start
        for i, number in enumerate(numbers):
            if number.start < past:
                continue
            together = paired(text, numbers, i, start, stop)
            if together:
                done.extend(together)
                past = max(numbers[i + 1].end, together[-1].end)
                continue
            if self.guards.no_quantity(text, number, start, stop):
                continue
            here = self._measure(text, number, stop, page) or self._shared(text, numbers, i, stop, page)
            if here is None and page is not None:
                here = self._harmed(text, number, page) or self._elliptic(text, number, stop, page, last)
            if here is None or self.guards.idle(text, here, start, stop):
                continue
            if here.unit not in DURATIONS:
                last[
                    "share" if here.unit == "percent" else "money" if here.unit in self.units.currencies else "count"
                ] = here.unit
            self.money = last.get("money", self.money)
            done.append(here)
        for here in summed(text, done):
            first, end, rough = self.guards.approximate(text, here.start, here.end, start, stop)
            yield Quantity(
                start=first, end=end, text=text[first:end], value=here.value, unit=here.unit, approximate=rough
            )

    def _measure(self, text: str, number: Number, stop: int, page: Page | None) -> Measured | None:
        """A number with the unit at it, or as a part of something, or counting a noun."""
        here = self.measures.attach(text, number, stop)
        if here is not None:
            return self._of_range(text, here, stop)
        if number.part:
            return self._part(text, number, stop)
        number = self.measures.scaled(text, number, stop)
        if page is None or self.guards.uncountable(text, number, page.base):
            return None
        noun = counted(page, number.end, number.value, self.units)
        if noun is None:
            return None
        return Measured(number.start, noun.end, rounded(number.value), noun.unit, number)

    def _of_range(self, text: str, here: Measured, stop: int) -> Measured:
        """The lower end of "$50–$200 million" with the scale that stands after the upper."""
        number = here.number
        if number.scaled or number.glued or here.unit not in self.units.currencies or number.value >= 1000:
            return here
        match = re.compile(r"\s*(?:-|–|—|\s(?:to|or|and)\s)\s*").match(text, here.end, stop)
        following = self.numbers.find(text, match.end(), min(stop, match.end() + 30)) if match else []
        if not following or text[match.end() if match else 0 : following[0].start].strip(" $€£¥USAC"):
            return here
        scale = self._scale(text, following[0])
        return replace(here, value=rounded(here.value * scale))

    def _scale(self, text: str, number: Number) -> float:
        """The factor of the scale word or letters in or at a number, 1 where there is none."""
        words = [*re.findall(r"[a-z]+", text[number.start : number.end].lower()), number.glued.strip().lower()]
        return max((self.units.scales[word] for word in words if word in self.units.scales), default=1.0)

    def _part(self, text: str, number: Number, stop: int) -> Measured | None:
        """A share in percent: "two-thirds of", "half of", "by half"."""
        word = text[number.start : number.end].lower()
        after = text[number.end : min(stop, number.end + 12)].lstrip().lower()
        before = text[max(0, number.start - 14) : number.start].lower()
        if word.endswith("half") and not (
            _HALF.match(after) or re.search(r"\b(?:by|takes?|each|least|than|over|about|nearly|almost)\s+$", before)
        ):
            return None
        if re.search(r"\b(?:first|second|other|latter|former|last|next|this|the)\s+$", before):
            return None
        if (
            not word.endswith("half")
            and not after.startswith(("of", "the"))
            and not re.search(r"\bby\s+(?:about\s+|nearly\s+)?$", before)
        ):
            return None
        if re.match(
            r"of\s+(?:19|20)\d\d|of\s+(?:the|this|last|next)\s+(?:year|month|decade|century)|(?:the|of)\s+time",
            after + text[number.end + 12 : number.end + 30],
        ):
            return None
        return Measured(number.start, number.end, round(number.value * 100, 2), "percent", number)

    def _shared(self, text: str, numbers: list[Number], i: int, stop: int, page: Page | None) -> Measured | None:
        """The lower end of a range, whose unit stands after the upper ("50,000 to 60,000 soldiers")."""
        number = numbers[i]
        if i + 1 >= len(numbers) or number.glued:
            return None
        following = numbers[i + 1]
        if not _RANGE.fullmatch(text[number.end : following.start].replace("$", "").replace("€", "")):
            return None
        other = self._measure(text, following, stop, page)
        if other is None:
            return None
        value = number.value
        ratio = other.value / following.value if following.value else 1.0
        if following.scaled and not number.scaled and value < 1000:
            value *= self._scale(text, following)
        return Measured(number.start, other.end, rounded(value * ratio), other.unit, replace(number))

    def _harmed(self, text: str, number: Number, page: Page) -> Measured | None:
        """A bare number of people killed, hurt or held: "over a thousand were hurt", "killing 20"."""
        if number.part or number.glued or self.guards.uncountable(text, number, page.base):
            return None
        i = page.after(number.end) - 1
        if not 0 <= i < len(page):
            return None
        token = page.parse[i]
        verb = token.head
        if (
            token.dep_ == "pobj" and verb.pos_ == "ADP" and verb.lower_ in self.units.approximate
        ):  # "over a thousand were hurt"
            named_verb = verb.head.lemma_.lower() in self.units.harm
            return Measured(number.start, number.end, rounded(number.value), "person", number) if named_verb else None
        after = page.parse[i + 1] if i + 1 < len(page) else None
        named = after is not None and after.lower_ in self.units.harm and after.pos_ == "ADJ"
        if named or (token.dep_ in ("nsubj", "nsubjpass", "dobj", "nummod") and verb.lemma_.lower() in self.units.harm):
            if token.dep_ == "dobj" and after is not None and after.pos_ in ("NOUN", "ADJ", "PROPN"):
                return None
            return Measured(
                number.start, page.end_of(i + 1) if named else number.end, rounded(number.value), "person", number
            )
        return None

    def _elliptic(self, text: str, number: Number, stop: int, page: Page, last: dict[str, str]) -> Measured | None:
        """A bare number that stands alone, after one with a unit: "33,000 cusecs where she had been told 25,000"."""
        number = self.measures.scaled(text, number, stop)
        if (
            number.value < 3
            or number.part
            or self.guards.uncountable(text, number, page.base)
            or (number.value < 100 and self.guards.party(text, number))
        ):
            return None
        unit = (
            last.get("money")
            if number.scaled and ("money" in last or number.value >= 1e9)
            else last.get("count") or (last.get("share") if number.value <= 100 and number.digits else "person")
        )
        i = page.after(number.end) - 1
        if unit is None or not 0 <= i < len(page) or page.parse[i].pos_ not in ("NUM", "NOUN"):
            return None
        token = page.parse[i]
        following = page.parse[i + 1] if i + 1 < len(page) else None
        if following is not None and (
            following.pos_ not in ("PUNCT", "VERB", "AUX", "ADP", "CCONJ", "SCONJ", "ADV", "DET", "PRON")
            and following.lower_ != "more"
        ):
            return None
        if token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj", "ROOT") and not number.scaled:
            return None
        return Measured(number.start, number.end, rounded(number.value), unit, number)
