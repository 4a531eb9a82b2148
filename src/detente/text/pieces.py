"""The pieces that lines of a page fall into, and what each looks like: what the scorer of page noise goes by.

A line such as "GULF FREIGHT WEEKLY | 4 May 2019 | 3 min" has three pieces; running text is one piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from detente.model import Record
from detente.text.lines import Line

_GROUP = re.compile(r"[(\[][^()\[\]\n]{2,90}[)\]]")
_MONTH = r"(?:{})[A-Za-z]*\.?".format(
    "|".join(f"{m}|{m.upper()}" for m in "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
)
_WEEKDAY = r"(?:(?:[Mm]on|[Tt]ues?|[Ww]ed(?:nes)?|[Tt]hu(?:rs)?|[Ff]ri|[Ss]at(?:ur)?|[Ss]un)(?:day)?\b\.?,? *)"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_CALENDAR = (
    rf"(?:(?:[Ee]arly|[Mm]id|[Ll]ate)[- ])?"
    rf"(?:{_NUMBER} +{_MONTH}(?:,? +\d{{2,4}})?|{_MONTH} +{_NUMBER}(?:,? +\d{{4}})?|"
    rf"{_MONTH} +\d{{4}}|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}|(?:19|20)\d\d)"
    r"(?:,? +\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?)?"
)
_DATE = re.compile(rf"(?:{_WEEKDAY}?{_CALENDAR}|{_WEEKDAY})")
_CALENDAR_ANY = re.compile(_CALENDAR)
_CUTS = re.compile(
    r"\s+(?:[|•·●»›▸▶►◼⏵→~#/]|//|::|[—–]|-{1,3}|\+{2,3}|\*{1,3}|•••)\s+|\s*\|\s*|\s{3,}"
    rf"|(?<=[\w.)])[;,.] (?=[(\[]|{_WEEKDAY}?{_CALENDAR})|(?<=\d)[;,.] (?=[A-Z(])"
)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_VERBS = frozenset(
    "is are was were be been has have had will would can could may might must should do does did says said told tells "
    "gets goes took makes made came comes not".split()
)
_SMALL = frozenset("the a an of to in and or for on at by with from as".split())
_SYMBOL = re.compile(r"[^\w\s.,;:!?'\"“”‘’()\[\]/&%$€£°+@…–—-]")
_SPEAKER = re.compile(r"^(?:Q|A|Question|Answer|[A-Z][A-Z .'’-]{2,30}|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3})\s?[:.]\s")
_TIME = re.compile(r"^\W*\d{1,2}[:.h]?\d\d\b")
_SHORTEST = frozenset({"1 words", "2 words", "3 words"})
_LONG = frozenset({"8 words", "12 words", "18 words", "26 words", "more words"})
_MARKS = frozenset({"symbol", "line opens with a symbol", "in brackets"}) | {
    f"mostly {name} words" for name in ("interface", "offer", "press", "legal")
}
_HINTS = frozenset({"interface word", "offer word", "press word", "legal word", "price or share"})
_OPENING = re.compile(r"[•●▪*>»▸–—-]|\d+[:.]\d\d|\d+[.)/]|Q\b")
_RUNNING = 12
"""Words of a line that is certainly running text, if it reads like it."""
_BY = re.compile(r"(?i)^\W*(?:by|words|story|from our|text)\b")


class Piece(Record, frozen=True, kw_only=True):
    """A stretch of a line that is noise or article text as a whole, and the features that are true of it.

    `line` is where its line starts.
    """

    start: int
    end: int
    line: int
    features: frozenset[str]

    @property
    def heading(self) -> bool:
        """Whether it stands within the article and nothing marks it as the page's."""
        return "middle" in self.features and not self.features & _MARKS and len(self.features & _HINTS) < 2

    @property
    def reads(self) -> bool:
        """Whether it reads as article text: as a sentence or a headline."""
        found = self.features
        if "a sentence" in found or ("capitals" in found and found & _LONG):
            return True
        return bool(found & {"names a state", "names states"} and "sentence" in found and not found & _SHORTEST)


def pieces(lines: tuple[Line, ...], classes: Mapping[str, frozenset[str]], names: frozenset[str]) -> Iterator[Piece]:
    """The pieces of all lines that may be page noise, in order; dates and long paragraphs are left out.

    Args:
        lines: The lines of the text.
        classes: Words of pages by class (`interface`, `press` …), in small letters.
        names: Words that name states, their peoples, capitals and leaders, in small letters.
    """
    full = [i for i, line in enumerate(lines) if line.kind == "prose" and line.words >= _RUNNING]
    first, last = (full[0], full[-1]) if full else (min(3, len(lines) // 2), len(lines) - 2)
    listed, flowing = _listed(lines), _flowing(lines)
    body = _words_of(lines, full)
    for i, line in enumerate(lines):
        if i in flowing:
            continue
        where = _where(i, len(lines), first, last) | ({"listed"} if i in listed else set())
        where |= set() if full else {"page of short lines"}
        around = _around(lines, i, first)
        cuts = _cut(line)
        dated = any(_DATE.fullmatch(line.text[a:b].strip(" .,;:")) for a, b in cuts)
        for k, (a, b) in enumerate(cuts):
            part = line.text[a:b]
            if not any(c.isalpha() for c in part) or _DATE.fullmatch(part.strip(" .,;:()[]")):
                continue
            found = {*where, *around, *_shape(part, line), *_vocabulary(part, body, classes), *_named(part, names)}
            found |= {"whole"} if len(cuts) == 1 else {"part", f"part {min(k, 2)}"}
            if dated:
                found.add("beside a date" if k == 0 else "after a date")
            found |= _joined(found)
            yield Piece(start=line.start + a, end=line.start + b, line=line.start, features=frozenset(found))


def _flowing(lines: tuple[Line, ...]) -> frozenset[int]:
    """Lines cut at a fixed width: a sentence begun in one goes on in the next."""
    out: set[int] = set()
    for i in range(len(lines) - 1):
        here, there = lines[i], lines[i + 1]
        small = sum(word in _SMALL for word in here.text.split())
        on = here.words >= 5 and here.text[-1] not in '.?!:”"' and small and not there.blank_before
        if on and (there.text[0].islower() or (here.words >= 8 and here.text.split()[-1].islower())):
            out |= {i, i + 1}
    return frozenset(out)


def _listed(lines: tuple[Line, ...]) -> frozenset[int]:
    """The lines that open as at least two others do: with the same bullet, with a number, with a time of day."""
    openings: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        if found := _OPENING.match(line.text):
            openings.setdefault(re.sub(r"\d+", "9", found.group()), []).append(i)
    return frozenset(i for members in openings.values() if len(members) >= 3 for i in members)


def _words_of(lines: tuple[Line, ...], full: list[int]) -> frozenset[str]:
    return frozenset(word.lower() for i in full for word in _WORD.findall(lines[i].text) if len(word) > 3)


def _cut(line: Line) -> list[tuple[int, int]]:
    """Where the pieces of a line begin and end, in its text."""
    text = line.text
    if line.kind == "prose" and line.words >= _RUNNING:
        marks = [m.span() for m in _GROUP.finditer(text)]
        return [(a, b) for a, b in marks if b - a < len(text) * 0.6] + [(0, len(text))]
    edges: list[tuple[int, int]] = []
    at = 0
    for match in _CUTS.finditer(text):
        edges.append((at, match.start()))
        at = match.end()
    edges.append((at, len(text)))
    out: list[tuple[int, int]] = []
    for a, b in edges:
        out += _grouped(text, a, b)
    return out


def _grouped(text: str, a: int, b: int) -> list[tuple[int, int]]:
    """A piece with what it has in brackets parted from it, and a date at its end or beginning."""
    found = [m.span() for m in _GROUP.finditer(text, a, b) if (m.start(), m.end()) != (a, b)]
    if not found:
        return [(a, b)]
    out, at = [], a
    for start, end in found:
        out += [(at, start), (start, end)]
        at = end
    return [(x, y) for x, y in [*out, (at, b)] if _WORD.search(text, x, y)]


def _where(i: int, total: int, first: int, last: int) -> set[str]:
    zone = "head" if i < first else "tail" if i > last else "middle"
    out = {zone}
    if zone == "head":
        out.add(f"head line {min(i, 3)}")
        out.add("short head" if first <= 1 else "long head")
    if zone == "tail":
        out.add("last line" if i == total - 1 else "before the last line")
    return out


def _around(lines: tuple[Line, ...], i: int, first: int) -> set[str]:
    out = {f"{lines[i].kind}"}
    if lines[i].blank_before:
        out.add("blank before")
    if i < first:
        below = [line for line in lines[i + 1 : first] if line.words >= 3 and not _CALENDAR_ANY.search(line.text)]
        if any(_case(line.text) == "sentence" for line in below):
            out.add("a headline below")
        elif below:
            out.add("a short line below")
        else:
            out.add("nothing below")
    return out


def _case(part: str) -> str:
    long = [word for word in _WORD.findall(part) if len(word) >= 4 and not word[0].isdigit()]
    if part.upper() == part and any(c.isalpha() for c in part):
        return "capitals"
    if not long:
        return "no case"
    lower = sum(word[0].islower() for word in long)
    if not lower:
        return "titled"
    return "small" if long[0][0].islower() and part.strip("([{<>*•▸ ")[:1].islower() else "sentence"


def _shape(part: str, line: Line) -> set[str]:
    text = part.strip()
    words = _WORD.findall(text)
    count = len(words)
    size = next((f"{a} words" for a in (1, 2, 3, 5, 8, 12, 18, 26) if count <= a), "more words")
    out = {size, _case(text)}
    if text[-1] in ".?!:…":
        out.add(f"ends with {text[-1]}")
    elif text[-1].isalnum():
        out.add("ends open")
    if re.match(r"^[(\[{].*[)\]}]$", text):
        out.add("in brackets")
    elif count >= 4 and text[-1] in ".?!" and text[0].isalpha() and _case(text) == "sentence":
        out.add("a sentence")
    if _SYMBOL.search(text) or re.match(r"^(?:>>|\*\*|--|~|\+|=)", text):
        out.add("symbol")
    if re.match(r"^[^\w\s\"“'‘(\[]", line.text):
        out.add("line opens with a symbol")
    if any(c.isdigit() for c in text):
        out.add("digits")
    if _CALENDAR_ANY.search(text):
        out.add("date inside")
    if re.search(r"[$€£¥%]", text):
        out.add("price or share")
    if re.search(r"[\"“”«»]", text):
        out.add("quotes")
    low = {word.lower() for word in words}
    if low & _VERBS:
        out.add("verb")
    small = len([w for w in words if w in _SMALL])
    if small:
        out.add("small words" if small > 1 else "small word")
    if _SPEAKER.match(text):
        out.add("label")
    if _TIME.match(text):
        out.add("clock")
    if _BY.match(text):
        out.add("by")
    if "," in text:
        out.add("comma")
    return out


def _vocabulary(part: str, body: frozenset[str], classes: Mapping[str, frozenset[str]]) -> set[str]:
    words = [word.lower() for word in _WORD.findall(part)]
    out = set()
    for name, members in classes.items():
        if hits := sum(word in members or word.rstrip("s") in members for word in words):
            out.add(f"{name} word")
            if hits * 2 >= len(words):
                out.add(f"mostly {name} words")
    long = [word for word in words if len(word) > 3 and not word.isdigit()]
    if long:
        share = sum(word in body for word in long) / len(long)
        out.add("told again: none" if not share else "told again: some" if share < 0.5 else "told again: most")
    return out


def _named(part: str, names: frozenset[str]) -> set[str]:
    hits = sum(word.lower() in names for word in _WORD.findall(re.sub(r"['’]s\b", "", part)) if not word.islower())
    return {"names a state"} if hits == 1 else {"names states"} if hits else set()


def _joined(found: set[str]) -> set[str]:
    """Features that mean something else in the head of a page than in its body, once more with their place."""
    zone = next(name for name in ("head", "middle", "tail") if name in found)
    return {f"{name}, {zone}" for name in found if name != zone and not name.startswith(("head ", "last ", "before "))}
