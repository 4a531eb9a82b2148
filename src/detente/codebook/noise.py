"""The patterns of page noise (`data/boilerplate.yml`) and the weights of its scorer (`boilerplate_weights.tsv`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from detente.codebook.reading import Lines, load_tsv, load_yaml, nearest
from detente.codebook.weights import logistic
from detente.errors import CodebookError


class _Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    line_words: int
    lines: list[str]
    notices: list[str]
    openers: list[str]
    parts: list[str]
    labels: list[str]
    mastheads: list[str]
    keep: list[str]
    classes: dict[str, list[str]]
    sure: float
    surer: float


class Noise(msgspec.Struct, frozen=True):
    """Compiled patterns of page noise; see the head of the file for what each group does."""

    line_words: int
    lines: re.Pattern[str]
    notices: re.Pattern[str]
    openers: re.Pattern[str]
    parts: re.Pattern[str]
    labels: re.Pattern[str]
    mastheads: frozenset[str]
    keep: re.Pattern[str]
    classes: dict[str, frozenset[str]]
    sure: float
    surer: float
    weights: dict[str, float]

    def likelihood(self, features: Iterable[str]) -> float:
        """How likely a piece of a page with these features is noise: a logistic sum of their weights."""
        return logistic(self.weights["bias"], self.weights, features)

    @classmethod
    def load(cls, path: Path) -> Noise:
        """Loads and compiles `boilerplate.yml`.

        Raises:
            CodebookError: where a pattern is no regular expression or a weight no number; names file and line.
        """
        sheet, lines = load_yaml(path, _Sheet)
        groups = {
            name: _compile(path, lines, name, getattr(sheet, name))
            for name in ("lines", "notices", "openers", "parts", "labels", "keep")
        }
        mastheads = frozenset(word.lower() for word in sheet.mastheads)
        classes = {name: frozenset(word.lower() for word in members) for name, members in sheet.classes.items()}
        return cls(
            line_words=sheet.line_words,
            mastheads=mastheads,
            classes=classes,
            sure=sheet.sure,
            surer=sheet.surer,
            weights=_weights(path.with_name("boilerplate_weights.tsv")),
            **groups,
        )


def _weights(path: Path) -> dict[str, float]:
    """The weight of each feature; `bias` is there whatever the features are."""
    found: dict[str, float] = {}
    for number, row in load_tsv(path, ("feature", "weight")):
        try:
            found[row["feature"]] = float(row["weight"])
        except ValueError:
            raise CodebookError(
                f"weight {row['weight']!r} is no number", where=f"{path}:{number}", mend="run python -m training.noise"
            ) from None
    if "bias" not in found:
        raise CodebookError("has no row `bias`", where=str(path), mend="run python -m training.noise")
    return found


def _compile(path: Path, lines: Lines, name: str, patterns: list[str]) -> re.Pattern[str]:
    # `parts` tells credits by their capitals, so case counts there but for the words that open a credit.
    flags = re.MULTILINE if name == "parts" else re.IGNORECASE
    for i, pattern in enumerate(patterns):
        try:
            re.compile(pattern, flags)
        except re.error as error:
            raise CodebookError(
                f"is no regular expression: {error}",
                where=f"{path}:{nearest(lines, (name, str(i)))}",
                mend=f"in {pattern[:60]!r}",
            ) from None
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)
