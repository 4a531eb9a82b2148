"""The barometer's weights and settings, from `data/barometer.yml`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import msgspec

from detente.codebook.lifecycles import Lifecycles
from detente.codebook.ontology import Ontology
from detente.codebook.reading import Lines, load_yaml, nearest
from detente.errors import CodebookError


class Doubt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Types that imported datasets code too readily. They weigh `as_` until, within `within` days, the pair shows
    them on `days` days by two publishers, or on `days_alone` days by whomever.
    """

    types: tuple[str, ...]
    as_: str = msgspec.field(name="as")
    days: int
    days_alone: int
    within: int


class LevelSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The partition's prior variance, the hazards and spreads tried, and above what probability a change is a turn."""

    prior_variance: float
    hazards: tuple[float, ...]
    spreads: tuple[float, ...]
    turn_above: float


class StockOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a matter of one kind is worth in each state, and how fast that fades."""

    halflife_days: float
    worth: dict[str, float]


class Stock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Worth and fading of matters, by kind."""

    agreement: StockOf
    measure: StockOf
    dispute: StockOf
    channel: StockOf


class BarometerBook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything the barometer takes as given. Weights are per event, times confidence."""

    name: str
    weights: dict[str, float]
    types: dict[str, str]
    modes: dict[str, str]
    modalities: dict[str, float]
    mutual: tuple[str, ...]
    doubted: Doubt
    vaguest_periods: float
    shrink_months: float
    least_mean: float
    thin_below: int
    level: LevelSettings
    stock: Stock

    def kind(self, type: str, mode: str | None = None, *, doubted: bool = False) -> str:
        """Whether an event is a `deed`, a `word` or bare `talk`."""
        return self.doubted.as_ if doubted else self.modes.get(f"{type}/{mode}", self.types[type])

    def weight(self, type: str, mode: str | None = None, *, doubted: bool = False) -> float:
        """The weight of an event of that type and mode, before confidence."""
        return self.weights[self.kind(type, mode, doubted=doubted)]

    @property
    def counted(self) -> tuple[str, ...]:
        """The modalities that weigh anything."""
        return tuple(name for name, weight in self.modalities.items() if weight > 0)

    @classmethod
    def load(cls, path: Path, ontology: Ontology, lifecycles: Lifecycles) -> BarometerBook:
        """Loads and checks `barometer.yml`: every type, mode, modality and state must be known, and none left out.

        Raises:
            CodebookError: naming file, line and what is allowed.
        """
        book, lines = load_yaml(path, cls)
        modes = {f"{name}/{mode}" for name, entry in ontology.types.items() for mode in entry.modes}
        _only(path, lines, ("modes",), book.modes, modes)
        _only(path, lines, ("mutual",), book.mutual, ontology.types)
        _only(path, lines, ("doubted",), book.doubted.types, ontology.types)
        _only(path, lines, ("doubted", "as"), [book.doubted.as_], book.weights)
        _only(path, lines, ("types",), book.types, ontology.types)
        _whole(path, lines, ("types",), book.types, ontology.types)
        _only(path, lines, ("modalities",), book.modalities, ontology.modalities)
        _whole(path, lines, ("modalities",), book.modalities, ontology.modalities)
        for at, kinds in (("types", book.types), ("modes", book.modes)):
            _only(path, lines, (at,), kinds.values(), book.weights)
        for kind in ("agreement", "measure", "dispute", "channel"):
            worth, states = getattr(book.stock, kind).worth, lifecycles.of(kind).statuses
            _only(path, lines, ("stock", kind, "worth"), worth, states)
            _whole(path, lines, ("stock", kind, "worth"), worth, states)
        return book


def _only(path: Path, lines: Lines, at: tuple[str, ...], given: Iterable[str], allowed: Collection[str]) -> None:
    for name in given:
        if name not in allowed:
            where = f"{path}:{nearest(lines, (*at, str(name)))}"
            raise CodebookError(f"{name!r} is not known", where=where, mend=f"allowed: {', '.join(allowed)}")


def _whole(path: Path, lines: Lines, at: tuple[str, ...], given: Collection[str], allowed: Collection[str]) -> None:
    missing = [name for name in allowed if name not in given]
    if missing:
        raise CodebookError(f"says nothing of {', '.join(missing)}", where=f"{path}:{nearest(lines, at)}")
