"""Scores detente's times against TimeML documents: `python eval/timex.py DIR` reads DIR/**/*.tml.

Two figures, as TempEval-3 (UzZaman et al. 2013) has them: the relaxed F1 of detection (a mention is found if the two
overlap by at least one character), over all TIMEX3 in <TEXT>; and the share of gold DATE and TIME mentions whose value
names a calendar interval that detente resolves to exactly the same days. A mention that is not found is not exact. The
document creation time is taken as given. What is compared are the days that the words name: "2012" in "since 2012" is
the year. `mod` START, MID and END name parts of the interval, in detente's own cut; a value may also be met by the
interval without its modifier.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

from detente.model import Interval
from detente.text.times import resolve_mentions
from detente.text.times.calendar import SEASONS, make, month, months, part, quarter, year, years
from detente.text.times.calendar import season as season_of

_SEASON = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter", "AU": "autumn"}
_MOD = {"START": "early", "MID": "mid", "END": "late"}


@dataclass(frozen=True)
class Timex:
    """A TIMEX3 of the gold: its offsets in the text and its attributes."""

    start: int
    end: int
    kind: str
    value: str
    mod: str


@dataclass
class Score:
    """Counts over documents; `misses` holds what was not found or not exact."""

    documents: int = 0
    gold: int = 0
    found: int = 0
    gold_met: int = 0
    found_met: int = 0
    dated: int = 0
    exact: int = 0

    @property
    def f1(self) -> float:
        """The relaxed F1 of detection."""
        precision = self.found_met / self.found if self.found else 0.0
        recall = self.gold_met / self.gold if self.gold else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def figures(self) -> dict[str, float | int]:
        """All figures, rounded."""
        return {
            "documents": self.documents,
            "mentions": self.gold,
            "precision": _share(self.found_met, self.found),
            "recall": _share(self.gold_met, self.gold),
            "f1": round(self.f1, 3),
            "dated": self.dated,
            "exact": _share(self.exact, self.dated),
        }


def _share(part_of: int, whole: int) -> float:
    return round(part_of / whole, 3) if whole else 0.0


def read(path: Path) -> tuple[str, str | None, list[Timex]]:
    """A TimeML document: its text, the day it was created (ISO, if told) and the TIMEX3 of the text.

    Raises:
        ElementTree.ParseError: the file is no XML.
    """
    root = ElementTree.parse(path).getroot()
    created = next(
        (
            str(node.get("value"))
            for node in root.iter("TIMEX3")
            if node.get("functionInDocument") in ("CREATION_TIME", "PUBLICATION_TIME")
        ),
        None,
    )
    body = root.find(".//TEXT")
    pieces: list[str] = []
    timexes: list[Timex] = []

    def walk(node: ElementTree.Element) -> None:
        start = sum(map(len, pieces))
        pieces.append(node.text or "")
        for child in node:
            walk(child)
            pieces.append(child.tail or "")
        if node.tag == "TIMEX3":
            timexes.append(
                Timex(start, sum(map(len, pieces)), node.get("type", ""), node.get("value", ""), node.get("mod", ""))
            )

    if body is not None:
        walk(body)
    return "".join(pieces), created, sorted(timexes, key=lambda item: item.start)


def named(value: str, mod: str = "") -> list[Interval]:
    """The calendar intervals that meet a TIMEX3 value: none where it names none (durations, references, `X`)."""
    whole = _named(value)
    if whole is None:
        return []
    return [whole, part(whole, _MOD[mod])] if mod in _MOD else [whole]


def _named(value: str) -> Interval | None:
    value = value.split("T")[0] if re.match(r"\d{4}-\d\d-\d\dT", value) else value
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        try:
            day = date(*map(int, found.groups()))
        except ValueError:
            return None
        return make(day, day, "day")
    if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        try:
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            return None
        first = monday + timedelta(days=5 if found[3] else 0)
        return make(first, monday + timedelta(days=6), "span" if found[3] else "week")
    if found := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return month(int(found[1]), int(found[2])) if 1 <= int(found[2]) <= 12 else None
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return quarter(int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(\d{4})-H([12])", value):
        return months(int(found[1]), 6 * int(found[2]) - 5, 6)
    if (found := re.fullmatch(r"(\d{4})-([A-Z]{2})", value)) and found[2] in _SEASON and _SEASON[found[2]] in SEASONS:
        return season_of(int(found[1]), _SEASON[found[2]])
    if found := re.fullmatch(r"(\d{4})", value):
        return year(int(found[1]))
    if found := re.fullmatch(r"(\d{3})X?", value):
        return years(int(found[1]) * 10, int(found[1]) * 10 + 9, "decade")
    return None


def score(paths: list[Path], misses: list[str] | None = None) -> Score:
    """The figures over some TimeML files; what was missed is added to `misses`."""
    total = Score()
    for path in paths:
        text, created, gold = read(path)
        published = created[:10] if created and re.match(r"\d{4}-\d\d-\d\d", created) else None
        mentions = resolve_mentions(text, published)
        total.documents += 1
        total.gold += len(gold)
        total.found += len(mentions)
        total.found_met += sum(any(m.start < g.end and g.start < m.end for g in gold) for m in mentions)
        for item in gold:
            near = [m for m in mentions if m.start < item.end and item.start < m.end]
            total.gold_met += bool(near)
            wanted = named(item.value, item.mod) if item.kind in ("DATE", "TIME") else []
            exact = any(m.named and (m.named.start, m.named.end) == (w.start, w.end) for m in near for w in wanted)
            total.dated += bool(wanted)
            total.exact += exact
            if misses is not None and (not near or (wanted and not exact)):
                got = ", ".join(f"{text[m.start : m.end]!r} {m.named}" for m in near) or "nothing"
                misses.append(
                    f"{path.name}: {text[item.start : item.end]!r} {item.kind} {item.value} {item.mod} got {got}"
                )
        if misses is not None:
            misses += [
                f"{path.name}: extra {text[m.start : m.end]!r}"
                for m in mentions
                if not any(m.start < g.end and g.start < m.end for g in gold)
            ]
    return total


def main(arguments: list[str] | None = None) -> int:
    """The command line. Exit 0 scored, 1 there is nothing to score."""
    parser = argparse.ArgumentParser(description="Scores times against TimeML documents.")
    parser.add_argument("folder", type=Path, help="a folder with *.tml files, at any depth, or one such file")
    parser.add_argument("--misses", action="store_true", help="list what was not found, not exact or found in excess")
    parser.add_argument("--json", action="store_true", help="print the figures as one line of JSON")
    options = parser.parse_args(arguments)
    paths = [options.folder] if options.folder.is_file() else sorted(options.folder.rglob("*.tml"))
    if not paths:
        print(f"{options.folder}: no *.tml here", file=sys.stderr)
        return 1
    misses: list[str] = []
    figures = score(paths, misses).figures()
    if options.misses:
        print("\n".join(misses))
    print(json.dumps(figures) if options.json else "  ".join(f"{name} {value}" for name, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
