"""What a number measures by the words right beside it: a currency, a unit, percent, times."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.codebook.units import Units
from detente.text.quantities.numbers import Number, rounded

SPELT_ABOVE = 100
"""Currency names that are also common words ("won", "mark", "real") count only from here, or with a scale word."""
COMMON = frozenset(("won", "mark", "real", "rand", "dong", "pound", "point"))


@dataclass(frozen=True)
class Measured:
    """A number with its unit; `start` and `end` take the unit in."""

    start: int
    end: int
    value: float
    unit: str
    number: Number


class Measures:
    """Attaches units to numbers by the words of a codebook's `units.yml`."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self._plain: dict[str, str] = {}
        self._cased: dict[str, str] = {}
        for name, unit in units.units.items():
            for form in (*unit.names, *unit.symbols):
                self._add(form, name)
        self._signs: dict[str, str] = {}
        for name, currency in units.currencies.items():
            for form in currency.names:
                self._add(form, name)
            for form in (*currency.symbols, name):
                self._signs[form] = name
        for name in units.local:
            self._add(name, name)
        signs = "|".join(sorted(map(re.escape, self._signs), key=len, reverse=True))
        self._before = re.compile(rf"(?<![A-Za-z])({signs})\s?$")
        self._sign_after = re.compile(rf"\s?({signs})(?![A-Za-z0-9])")
        self._after = re.compile(rf"(?:\s+|-|\s?-\s?)?({self._forms(self._plain)})(?![\w²³])", re.I)
        self._after_cased = re.compile(rf"\s?({self._forms(self._cased)})(?![\w²³])")
        self._times = re.compile(
            r"(?:-|\s)?fold\b|\s+times\s+(?=as\b|more\b|large|high|big|great|less|low|what\b|that\b|the\b|its\b|their\b|over\b|than\b|small|long)",
            re.I,
        )

    @staticmethod
    def _forms(forms: dict[str, str]) -> str:
        return "|".join(sorted(map(re.escape, forms), key=len, reverse=True))

    def _add(self, form: str, name: str) -> None:
        """A form with a capital is matched as it stands, unless all that has a capital is a country's name."""
        cased = any(c.isupper() for c in form) and not re.search(r"[a-z]{3}", form)
        if cased or form in ("ha", "t"):
            self._cased[form] = name
            return
        for each in {form, f"{form}s", f"{form}es"} if not form.endswith(("s", "%")) else {form}:
            self._plain.setdefault(each.lower(), name)

    def attach(self, text: str, number: Number, stop: int) -> Measured | None:
        """The number with the unit written at it, None where there is none.

        Args:
            text: The text.
            number: A number in it.
            stop: Where the paragraph ends.
        """
        sign = self._before.search(text, max(0, number.start - 6), number.start)
        if sign:
            value, end = self._glued(number, text, stop)
            more = re.compile(r"\s(?:US\s|Australian\s|Canadian\s)?dollars?\b").match(text, end, stop)
            return self._made(sign.start(), more.end() if more else end, value, self._signs[sign[1]], number)
        after = self._sign_after.match(text, number.end, stop)
        if after and number.digits and not number.glued:
            return self._made(number.start, after.end(), number.value, self._signs[after[1]], number)
        return self._spelt(text, number, stop)

    def _spelt(self, text: str, number: Number, stop: int) -> Measured | None:
        times = self._times.match(text, number.end, stop)
        if times and not number.part and not number.glued:
            return self._made(number.start, times.end(), number.value, "times", number)
        if number.glued[:1].isspace() and number.glued.strip() == "m":
            return self._made(number.start, number.end + len(number.glued), number.value, "metre", number)
        cased = self._after_cased.match(text, number.end, stop) if number.digits else None
        if cased:
            return self._made(number.start, cased.end(), number.value, self._cased[cased[1]], number)
        starts = [(number.end, number.value)]
        if number.glued:
            value, end = self._glued(number, text, stop)
            starts = [(number.end, number.value), (end, value)]
        for at, value in starts:
            match = self._after.match(text, at, stop)
            if match is None or (
                number.part and not number.scaled and self._plain[match[1].lower()] not in self.units.currencies
            ):
                continue
            name = self._plain[match[1].lower()]
            if match[1].lower() in COMMON and not (value >= SPELT_ABOVE or number.scaled):
                continue
            return self._made(number.start, match.end(), value, name, number)
        return None

    def _glued(self, number: Number, text: str, stop: int) -> tuple[float, int]:
        """A number with the short scale letters after it ("1.2bn", "120m")."""
        if not number.glued:
            return number.value, number.end
        return number.value * self.units.scales[number.glued.strip().lower()], number.end + len(number.glued)

    def scaled(self, text: str, number: Number, stop: int) -> Number:
        """A bare number with the scale letters directly after it taken in ("120m users")."""
        if not number.glued or number.glued[0].isspace():
            return number
        value, end = self._glued(number, text, stop)
        return Number(number.start, end, value, digits=True, scaled=True)

    def _made(self, start: int, end: int, value: float, unit: str, number: Number) -> Measured:
        base, factor = self.units.base(unit)
        return Measured(start, end, rounded(value * factor), base, number)
