"""The words and the grammar of times, from `data/times.yml` and `data/times_rules.yml`."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path

import msgspec

from detente.codebook.reading import load_yaml

Value = int | float | str
PASSES = ("points", "spans_of_quarters", "parts", "spans")


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rule of the grammar: which rows of words it takes, in which company, and what is computed from them."""

    op: str
    patterns: list[str]
    gives: list[str] = msgspec.field(name="as", default_factory=list)
    after: list[str] = []
    never_after: list[str] = []
    next: list[str] = []
    never_next: list[str] = []
    guard: str | None = None
    with_: dict[str, int | float | str | bool] = msgspec.field(name="with", default_factory=dict)


class Anniversary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that together name something of a known year."""

    words: list[str]
    year: int


class _Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    capitalised: list[str]
    dotted: list[str]
    words: dict[str, dict[str, Value]]
    after_day: list[str]
    before_year: list[str]
    never_year: list[str]
    counted: list[str]
    southern: list[str]
    anniversaries: list[Anniversary]


class TimeBook(msgspec.Struct, frozen=True):
    """What the two files say; `words` maps group to word to value, `rules` maps pass to rules in order."""

    capitalised: frozenset[str]
    dotted: frozenset[str]
    words: dict[str, dict[str, Value]]
    lists: dict[str, frozenset[str]]
    southern: frozenset[str]
    anniversaries: tuple[Anniversary, ...]
    rules: dict[str, list[Rule]]
    folder: Path

    @classmethod
    def load(cls, folder: Path | str | None = None) -> TimeBook:
        """The words and rules in `folder`, or the package's own.

        Raises:
            CodebookError: a file is absent or wrong; names file and line.
        """
        return _load(Path(folder or str(resources.files("detente") / "data")))


@lru_cache(maxsize=4)
def _load(folder: Path) -> TimeBook:
    sheet, _ = load_yaml(folder / "times.yml", _Sheet)
    rules, _ = load_yaml(folder / "times_rules.yml", dict[str, list[Rule]])
    lists = {
        name: frozenset(str(word) for word in getattr(sheet, name))
        for name in ("after_day", "before_year", "never_year", "counted")
    }
    return TimeBook(
        capitalised=frozenset(sheet.capitalised),
        dotted=frozenset(sheet.dotted),
        words=sheet.words,
        lists=lists,
        southern=frozenset(sheet.southern),
        anniversaries=tuple(sheet.anniversaries),
        rules=rules,
        folder=folder,
    )
