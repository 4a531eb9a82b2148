"""Imported datasets with known turns: the barometer finds them better than mean and sum of scores do."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.history import MEAN, OURS, SUM
from eval.worlds import judged


@pytest.mark.slow
@pytest.mark.parametrize("dataset", ["icews", "gdelt", "polecat"])
def test_turns_of_an_imported_world_are_read_better_than_by_mean_and_sum(tmp_path: Path, dataset: str) -> None:
    found, known = judged(tmp_path, 0, dataset)
    ours, mean, summed = (found.figures(name) for name in (OURS, MEAN, SUM))
    assert len(found.covered) >= len(known) - 2
    assert ours["sign right"] >= 0.9
    assert ours["mean z"] > max(mean["mean z"], summed["mean z"])
    assert ours["hits"] >= summed["hits"]
    assert ours["false alarms"] <= min(mean["false alarms"], summed["false alarms"])
