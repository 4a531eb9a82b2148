"""Things that news names only from or until some year, from `data/eras.tsv`."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from pathlib import Path

from detente.codebook.reading import load_tsv
from detente.errors import CodebookError
from detente.model import Record

_COLUMNS = ("words", "from", "to")
_YEAR = re.compile(r"(?:19|20)\d\d$")


class Era(Record, frozen=True, kw_only=True):
    """From which year and to which year news names something; None where that does not matter."""

    words: tuple[str, ...]
    first: int | None
    last: int | None


class Eras(Record, frozen=True, kw_only=True):
    """All eras and one pattern that finds any of their words."""

    rows: tuple[Era, ...]

    def named(self, text: str) -> dict[str, Era]:
        """The eras that a text names, by the words it uses, in order of the table."""
        return {found.group(): row for row, pattern in _patterns(self) if (found := pattern.search(text))}


@lru_cache(maxsize=2)
def _patterns(eras: Eras) -> tuple[tuple[Era, re.Pattern[str]], ...]:
    return tuple(
        (row, re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(word) for word in row.words) + r")(?![\w-])"))
        for row in eras.rows
    )


@lru_cache(maxsize=4)
def load_eras(folder: Path | None = None) -> Eras:
    """The eras of `eras.tsv` in a folder, or the package's own.

    Raises:
        CodebookError: where a row has no words, or no year; names file and line.
    """
    path = (folder or Path(str(resources.files("detente") / "data"))) / "eras.tsv"
    rows = []
    for number, row in load_tsv(path, _COLUMNS):
        words = tuple(word.strip() for word in row["words"].split("|") if word.strip())
        years = [row[name] for name in ("from", "to") if row[name]]
        if not words or not years or not all(_YEAR.match(year) for year in years):
            raise CodebookError(
                f"{row['words']!r} has no words or no year",
                where=f"{path}:{number}",
                mend="give words, and a year from which or to which news names them",
            )
        rows.append(
            Era(
                words=words,
                first=int(row["from"]) if row["from"] else None,
                last=int(row["to"]) if row["to"] else None,
            )
        )
    return Eras(rows=tuple(rows))
