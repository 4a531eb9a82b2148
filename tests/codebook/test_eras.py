"""Eras: what a text names tells from or until when it can have been written; wrong rows are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.codebook.eras import load_eras
from detente.errors import CodebookError


def test_words_are_found_whole_and_in_their_case() -> None:
    found = load_eras().named("The Quadrangle was shut, and the CPTPP's members met; the eurozone was not named.")
    assert {words: (era.first, era.last) for words, era in found.items()} == {
        "CPTPP": (2017, None),
        "eurozone": (1996, None),
    }


@pytest.mark.parametrize("row", ["\t1990\t", "Thing\t\t", "Thing\tsoon\t"])
def test_a_row_without_words_or_year_is_refused(tmp_path: Path, row: str) -> None:
    (tmp_path / "eras.tsv").write_text(f"words\tfrom\tto\n{row}\n", "utf-8")
    with pytest.raises(CodebookError, match=r"eras\.tsv:2"):
        load_eras(tmp_path)
