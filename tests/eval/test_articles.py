"""The sample of coded events: the same each time, each with its sentence; and the share of a judged one."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from detente.errors import SourceError
from eval.articles import COLUMNS, judged, main, sample, wilson

TEXTS = (
    "Lima imposed tariffs on steel from Turkey on Monday.",
    "Kenya's president met his counterpart from Uganda in Nairobi on 3 March 1987.",
    "Chile recalled its ambassador to Peru, the foreign ministry said.",
    "The harvest was good and prices rose.",
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        for number, text in enumerate(TEXTS):
            row = {"id": f"own-{number}", "title": "A DAY", "published": "1987-03-05T10:00:00", "text": text}
            lines.write(json.dumps(row) + "\n")
    return path


@pytest.mark.slow
def test_a_sample_is_reproducible_and_holds_the_sentences(corpus: Path) -> None:
    first, again = (sample(corpus, size=5, articles=4, seed=1, coder="rules") for _ in range(2))
    assert first == again
    assert first
    for row in first:
        assert row["words"] in row["sentence"]
        assert any(row["sentence"] in text for text in TEXTS)
        assert set(row) == set(COLUMNS)
    assert [row["number"] for row in first] == list(range(1, len(first) + 1))


def test_a_judged_sample_gives_the_share(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "judged.tsv"
    verdicts = ["yes"] * 7 + ["type", "parties, modality", "none"]
    path.write_text("number\tright\n" + "".join(f"{i}\t{verdict}\n" for i, verdict in enumerate(verdicts)), "utf-8")
    told = judged(path)
    assert (told["right"], told["of"]) == (7, 10)
    assert told["wrong"] == {"type": 1, "parties": 1, "modality": 1, "none": 1}
    assert main(["--judged", str(path)]) == 0
    assert "7 of 10 right: 0.70" in capsys.readouterr().out
    path.write_text("number\tright\n1\tmaybe\n", "utf-8")
    with pytest.raises(SourceError, match="line 2: 'maybe' is no verdict"):
        judged(path)
    assert main([]) == 1


def test_the_interval_of_a_share() -> None:
    low, high = wilson(80, 100)
    assert (round(low, 3), round(high, 3)) == (0.711, 0.867)
    assert wilson(0, 0) == (0.0, 1.0)
