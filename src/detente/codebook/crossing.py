"""What the words of a dataset mean here: CAMEO codes and PLOVER names as acts, countries and bodies as actors.

A dataset holds few different words however many rows it has, so each is looked up once and the rows are joined to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from detente.codebook.book import Codebook
from detente.codebook.datasets import Layout
from detente.codebook.ontology import CrosswalkRow
from detente.codebook.parties import fold, party_index

VIOLENT_ROOTS = ("18", "19", "20")
"""CAMEO's roots of armed acts, which history told as news fills (`research/barometer.md` 2.5)."""


@dataclass(frozen=True)
class Act:
    """What a code means; `swap` where the dataset names the host first, `armed` for roots 18 to 20."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: str
    intensity: float
    swap: bool
    armed: bool
    rule: str


@dataclass(frozen=True)
class Party:
    """An actor as far as a dataset's row tells it."""

    code: str
    kind: str
    country: str | None
    sector: str | None


class Crossing:
    """Looks up the words of one dataset.

    Args:
        layout: The dataset.
        book: The codebook.
    """

    def __init__(self, layout: Layout, book: Codebook) -> None:
        self._layout, self._book = layout, book

    def act(self, code: str, mode: str, contexts: str) -> Act | str:
        """The act that a code stands for: `dropped` where PLOVER has no such event, `unknown` where it is no code."""
        if self._layout.ontology == "cameo":
            return self._cameo(code.strip())
        ontology = self._book.ontology
        name = code.strip().upper()
        name = ontology.aliases.get(name, name)
        if name not in ontology.types:
            return "unknown"
        word = mode.strip().lower().replace("_", "-").replace(" ", "-")
        kind = word if word in ontology.types[name].modes else None
        words = (w.strip().lower().replace("-", "_").replace(" ", "_") for w in _parted(contexts, self._contexts_by))
        known = tuple(dict.fromkeys(w for w in words if w in ontology.contexts))
        found = CrosswalkRow(type=name, mode=kind, contexts=known)
        return self._made(found, f"PLOVER {name}", armed=name == "ASSAULT")

    @property
    def _contexts_by(self) -> str:
        return self._layout.between.contexts

    def _cameo(self, code: str) -> Act | str:
        if not re.fullmatch(r"\d{2,4}", code):
            return "unknown"
        walk = self._book.crosswalk
        # A table program may have eaten the leading zero, and a root may stand for its unspecified code.
        tries = (code, f"{code}0", f"0{code}", f"0{code}0") if len(code) < 4 else (code,)
        for text in tries:
            if text[:2] in walk.dropped:
                return "dropped"
            if row := walk.codes.get(text):
                swap, armed = text in walk.swap_actor_recipient, text[:2] in VIOLENT_ROOTS
                return self._made(row, f"CAMEO {text}", swap=swap, armed=armed)
        return "unknown"

    def _made(self, row: CrosswalkRow, rule: str, *, swap: bool = False, armed: bool = False) -> Act:
        ontology = self._book.ontology
        quad, intensity = ontology.quad(row.type), ontology.intensity(row.type, row.mode)
        return Act(row.type, row.mode, row.contexts, quad, intensity, swap, armed, rule)

    def parties(self, country: str, group: str, sectors: str, name: str) -> tuple[Party, ...]:
        """The actors that a row's cells for one side name; none where no state or body is known by them."""
        codes = dict.fromkeys(
            code for text in _parted(country, self._layout.between.countries) if (code := self._country(text.strip()))
        )
        if not codes and group:
            codes = dict.fromkeys(code for code in (self._layout.groups.get(group.strip()),) if code)
        if not codes and not country and not group and name:
            # Only a name: `European Union`, or `Japan` in a table that has no column of countries.
            codes = dict.fromkeys(code for code in (self._named(name.strip()),) if code)
        sector = self._sector(sectors)
        found = []
        for code in dict.fromkeys(self._book.actors.present(code) for code in codes):
            state = code in self._book.actors.state
            found.append(Party(code, "state" if state else "igo", code if state else None, sector))
        return tuple(found)

    def _country(self, text: str) -> str | None:
        if text in self._layout.countries:
            return self._layout.countries[text] or None
        if self._layout.countries_are == "codes":
            code = text.upper()
            return code if code in self._book.actors.state or code in self._bodies else None
        return self._named(text)

    def _named(self, text: str) -> str | None:
        if text in self._layout.countries:
            return self._layout.countries[text] or None
        return party_index(self._book.actors).get(fold(text)) if text else None

    @cached_property
    def _bodies(self) -> frozenset[str]:
        return frozenset(body.code for body in self._book.actors.organisations)

    def _sector(self, text: str) -> str | None:
        words = {word.strip() for word in _parted(text, self._layout.between.sectors)} - {""}
        for word, sector in self._layout.sectors.items():
            if word in words:
                return sector
        return next((word for word in sorted(words) if word in self._book.ontology.sectors), None)


def _parted(text: str, by: str) -> list[str]:
    return re.split(f"[{re.escape(by)}]", text) if by else [text]
