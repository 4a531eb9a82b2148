"""Units and currencies of figures, from `data/units.yml`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from detente.codebook.reading import load_yaml, nearest
from detente.errors import CodebookError


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit and how it is written; `of` and `factor` lead to the base unit it is recorded in."""

    kind: str
    names: tuple[str, ...]
    symbols: tuple[str, ...] = ()
    of: str | None = None
    factor: float = 1.0


class Currency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A currency and how it is written."""

    names: tuple[str, ...]
    symbols: tuple[str, ...] = ()


class Units(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers in words, scale words, units, currencies, words around numbers; `units.yml` explains each list."""

    scales: dict[str, float]
    units: dict[str, Unit]
    currencies: dict[str, Currency]
    words: dict[str, float]
    fractions: dict[str, float]
    approximate: frozenset[str]
    approximate_after: frozenset[str]
    people: frozenset[str]
    kinds: dict[str, frozenset[str]]
    irregular: dict[str, str]
    local: dict[str, dict[str, str]]
    generic: frozenset[str]
    idle: frozenset[str]
    idle_below: int
    compounds: frozenset[str]
    labels: frozenset[str]
    temporal: frozenset[str]
    prices: frozenset[str]
    harm: frozenset[str]
    changes: dict[str, str]

    @classmethod
    def load(cls, path: Path) -> Units:
        """Loads and checks `units.yml`.

        Raises:
            CodebookError: where a unit leads to one that is not there; names file, line and what is allowed.
        """
        units, lines = load_yaml(path, cls)
        for name, unit in units.units.items():
            if unit.of is not None and unit.of not in units.units:
                raise CodebookError(
                    f"{name} is in terms of {unit.of!r}, which is no unit",
                    where=f"{path}:{nearest(lines, ('units', name, 'of'))}",
                    mend=f"allowed: {', '.join(units.units)}",
                )
        return units

    def here(self, name: str, countries: Sequence[str]) -> str:
        """The currency that a shared name ("peso") stands for in a text about some countries, else the name itself."""
        known = self.local.get(name, {})
        return next((known[country] for country in countries if country in known), name)

    def kind(self, name: str) -> str | None:
        """What a unit measures (`mass`, `duration` …); None for things counted and currencies."""
        unit = self.units.get(name)
        return unit.kind if unit is not None else None

    def base(self, name: str) -> tuple[str, float]:
        """The base unit of a unit and the factor to it; other names are their own base unit."""
        unit = self.units.get(name)
        return (unit.of, unit.factor) if unit is not None and unit.of is not None else (name, 1.0)
