"""`eval/quotes.py` on small documents written here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import quotes

TEXT = '"The border will stay open," Foreign Minister Wang Yi said. Kenya said that the maize was safe.'


def attribution(source: str, content: str) -> dict[str, object]:
    a, b = TEXT.index(source), TEXT.index(content)
    return {"source": [a, a + len(source)], "cue": [0, 0], "content": [[b, b + len(content)]]}


RIGHT = attribution("Foreign Minister Wang Yi", '"The border will stay open,"')
WRONG = attribution("Kenya", '"The border will stay open,"')
INDIRECT = attribution("Kenya", "the maize was safe")


@pytest.mark.parametrize(
    ("gold", "every", "f1"),
    [([RIGHT], False, 1.0), ([WRONG], False, 0.0), ([RIGHT, INDIRECT], False, 1.0), ([RIGHT, INDIRECT], True, 1.0)],
)
def test_content_and_source_must_both_overlap(gold: list[dict[str, object]], every: bool, f1: float) -> None:
    assert quotes.score([{"text": TEXT, "attributions": gold}], every=every).figures()["f1"] == f1


def test_the_command_prints_one_line_and_teaches(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "corpus.jsonl"
    file.write_text(json.dumps({"text": TEXT, "attributions": [RIGHT]}) + "\n", "utf-8")
    assert quotes.main([str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["right"] == 1
    assert quotes.main([str(tmp_path / "absent.jsonl")]) == 1
    assert "no such file" in capsys.readouterr().err
