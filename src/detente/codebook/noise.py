"""The patterns of page noise, from `data/boilerplate.yml`."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from detente.codebook.reading import Lines, load_yaml, nearest
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

    @classmethod
    def load(cls, path: Path) -> Noise:
        """Loads and compiles `boilerplate.yml`.

        Raises:
            CodebookError: where a pattern is no regular expression; names file and line.
        """
        sheet, lines = load_yaml(path, _Sheet)
        groups = {
            name: _compile(path, lines, name, getattr(sheet, name))
            for name in ("lines", "notices", "openers", "parts", "labels", "keep")
        }
        mastheads = frozenset(word.lower() for word in sheet.mastheads)
        return cls(line_words=sheet.line_words, mastheads=mastheads, **groups)


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
