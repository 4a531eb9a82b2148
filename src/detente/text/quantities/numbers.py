"""Numbers as they are written: digits, words, digits with a scale word, fractions, "half a million"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.codebook.units import Units

VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 0.33333333, "⅔": 0.66666667}


@dataclass(frozen=True)
class Number:
    """A number in a text. `scaled`: with a scale word; `digits`: written with digits; `part`: a fraction of a whole.

    `glued` holds scale letters right after it ("1.2bn"), which its unit decides about.
    """

    start: int
    end: int
    value: float
    digits: bool = False
    scaled: bool = False
    part: bool = False
    glued: str = ""


class NumberGrammar:
    """Finds numbers by the words of a codebook's `units.yml`."""

    def __init__(self, units: Units) -> None:
        self.units = units
        small = {w: v for w, v in units.words.items() if " " not in w}
        long_scales = [s for s in units.scales if len(s) > 3]
        short_scales = sorted((s for s in units.scales if len(s) <= 3), key=len, reverse=True)
        plain = "|".join(sorted(map(re.escape, small), key=len, reverse=True))
        scales = "|".join(sorted(map(re.escape, long_scales), key=len, reverse=True))
        parts = "|".join(sorted(map(re.escape, units.fractions), key=len, reverse=True))
        self._scale_word = re.compile(rf"(?:\s+|-)(?:(?:a|of)\s+)?({scales})(?:s)?\b", re.I)
        self._short = re.compile(rf"\s?({'|'.join(short_scales)})(?![\w²³])", re.I)
        word = rf"(?:{plain}|{scales})"
        self._words = re.compile(
            rf"(?<![\w$€£¥.'’-])(?:(?:an?|half\s+an?|{plain}|{scales})(?:[\s-]+(?:and[\s-]+)?{word})*)(?![\w])", re.I
        )
        self._half_more = re.compile(rf"\s+and\s+a\s+(half|quarter)(?:\s+({scales}))?\b", re.I)
        letters = sorted({s for money in units.currencies.values() for s in money.symbols if s.isalpha()})
        after_letters = "".join(rf"|(?<=\b{sign})" for sign in letters)
        self._digits = re.compile(
            rf"(?:(?<![\w.,/#’']){after_letters})"
            r"(?<!\d:)(?:(?<!\d)[+−-])?(\d{1,3}(?:[,\u00a0\u202f]\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:\s?([½¼¾⅓⅔]))?|(?<!\w)([½¼¾⅓⅔])"
        )
        self._of_scale = re.compile(r"\s+of\s+an?\s+(million|billion|trillion)\b", re.I)
        self._part = re.compile(
            rf"(?<![\w-])(?:(an?|one|two|three|four|five|six|seven|eight|nine|\d{{1,2}})[\s-]+)?({parts})\b(?![-\w])",
            re.I,
        )

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Number]:
        """All numbers in `text[start:end]`, in order, none inside another."""
        stop = len(text) if end is None else end
        found = [
            *self._in_digits(text, start, stop),
            *self._parts(text, start, stop),
            *self._in_words(text, start, stop),
        ]
        found.sort(key=lambda number: (number.start, -number.end))
        kept: list[Number] = []
        for number in found:
            if not kept or number.start >= kept[-1].end:
                kept.append(number)
        return kept

    def _in_digits(self, text: str, start: int, stop: int) -> list[Number]:
        found = []
        for match in self._digits.finditer(text, start, stop):
            if match[3]:
                value = VULGAR[match[3]]
            else:
                value = float(re.sub(r"[,\u00a0\u202f]", "", match[1])) + VULGAR.get(match[2] or "", 0.0)
            at, scaled, glued = match.end(), False, ""
            word = self._scale_word.match(text, at, stop)
            short = None if word else self._short.match(text, at, stop)
            if word:
                value, at, scaled = value * self.units.scales[word[1].lower()], word.end(), True
                more = self._scale_word.match(text, at, stop)
                if more:
                    value, at = value * self.units.scales[more[1].lower()], more.end()
            elif short:
                glued = short[0]
            first = match.start() + (1 if match[0][0] in "+−-" else 0)
            found.append(Number(first, at, value, digits=True, scaled=scaled, glued=glued))
        return found

    def _parts(self, text: str, start: int, stop: int) -> list[Number]:
        found = []
        for match in self._part.finditer(text, start, stop):
            count = (match[1] or "").lower()
            name = match[2].lower()
            whole = self._of_scale.match(text, match.end(), stop)
            if whole and name != "half":  # "a quarter of a million"
                part = (1.0 if count in ("", "a", "an") else self.units.words.get(count) or float(count)) * (
                    self.units.fractions[name] * self.units.scales[whole[1].lower()]
                )
                found.append(Number(match.start(), whole.end(), part, scaled=True))
                continue
            if not count and name != "half":
                continue
            times = 1.0 if count in ("", "a", "an") else self.units.words.get(count) or float(count)
            if (times > 1) != name.endswith("s") or times >= 1 / self.units.fractions[name]:
                continue
            found.append(Number(match.start(), match.end(), times * self.units.fractions[name], part=True))
        return found

    def _in_words(self, text: str, start: int, stop: int) -> list[Number]:
        found = []
        for match in self._words.finditer(text, start, stop):
            value, first = self._value(re.findall(r"[a-z]+", match[0].lower())), match.start()
            if value is None:
                article = re.match(r"an?[\s-]+", match[0], re.I)
                value = self._value(re.findall(r"[a-z]+", match[0][article.end() :].lower())) if article else None
                first += article.end() if article else 0
            if value is None:
                continue
            end = match.end()
            more = self._half_more.match(text, end, stop)
            scaled = any(word in self.units.scales for word in re.findall(r"[a-z]+", match[0].lower()))
            if more and value < 1000:
                value += self.units.fractions[more[1].lower()]
                if more[2]:
                    value, scaled = value * self.units.scales[more[2].lower()], True
                end = more.end()
            found.append(Number(first, end, value, scaled=scaled))
        return found

    def _value(self, words: list[str]) -> float | None:
        """The value of number words in a row: each scale multiplies what stands before it."""
        scales, small = self.units.scales, self.units.words
        if not words or words[0] in scales or words[-1] in ("and", "a", "an", "half"):
            return None
        total, current, before = 0.0, 0.0, ""
        for word in words:
            if before in ("a", "an") and word in small and word != "dozen":
                return None
            if word in ("a", "an"):
                current = current if before == "half" else 1.0
            elif word == "half":
                current = 0.5
            elif word == "dozen":
                current = (current or 1.0) * 12
            elif word in scales and scales[word] == 100:
                current *= 100
            elif word in scales:
                total, current = total + current * scales[word], 0.0
            elif word in small:
                if before in small and not (20 <= small[before] < 100 and small[word] < 10):
                    return None
                current += small[word]
            before = word if word != "and" else before
        return total + current


def rounded(value: float) -> float:
    """A value without the noise of floating point; thirds keep two decimals, as they are printed."""
    if value == int(value):
        return float(int(value))
    return float(f"{value:.12g}")
