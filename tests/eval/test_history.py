from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import msgspec
import numpy as np
import pytest

from detente.codebook import Codebook
from detente.errors import UsageError
from detente.model import Coding, Document, Interval, Origin, document_id
from detente.pipeline import Archive
from eval.history import change_points, jumps, main, read_turns

SAMPLES = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "store" / "samples.py")))
ONTOLOGY = Codebook.load().ontology
TURNS = "a,b,month,sign,tolerance_months\nJapan,CHN,2012-09,-1,1\nJPN,CHN,2014-11,1,1\nJPN,CHN,2017-04,-1,1\nJPN,KOR,2012-08,-1,1\n"


def history(seed: int = 3) -> list[Coding]:
    """Ten years of a dataset. The crises of 2012 and 2017 bring deeds against, and more talk than ever."""
    rng = np.random.default_rng(seed)
    codings = []
    for month in range(120):
        first = date(2010 + month // 12, month % 12 + 1, 1)
        crisis = date(2012, 9, 1) <= first < date(2014, 11, 1) or date(2017, 4, 1) <= first < date(2018, 1, 1)
        often = {"CONSULT": 8, "AGREE": 2, "ACCUSE": 2, "SANCTION": 0.2, "COOPERATE": 0.5}
        if crisis:
            often |= {"CONSULT": 9, "ACCUSE": 5, "SANCTION": 1.2, "THREATEN": 1.5, "COOPERATE": 0.2}
        drawn = [(kind, int(rng.integers(1, 28))) for kind, rate in often.items() for _ in range(rng.poisson(rate))]
        text = f"Rows of {first}."
        document = document_id(text, f"{first}.tab")
        events = []
        for number, (kind, day) in enumerate(drawn):
            when = first.replace(day=day)
            one, other = ("JPN", "CHN") if rng.random() < 0.5 else ("CHN", "JPN")
            made = SAMPLES.event(
                document, text, one, other, type=kind, quad=ONTOLOGY.quad(kind), intensity=ONTOLOGY.intensity(kind),
                date=Interval(start=when, end=when), place=str(number),
            )  # fmt: skip
            events.append(msgspec.structs.replace(made, origin=Origin(coder="icews", version="1")))
        codings.append(Coding(document=Document(id=document, text=text, path=f"{first}.tab"), events=tuple(events)))
    return codings


def test_turns_that_are_known_are_found_better_than_by_mean_and_sum(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Archive.open(tmp_path / "relations", create=True).append(history())
    (tmp_path / "turns.csv").write_text(TURNS)
    assert main([str(tmp_path / "relations"), str(tmp_path / "turns.csv"), "--each"]) == 0
    told = capsys.readouterr()
    assert "4 turns listed, 1 not covered, 120 months of pairs read" in told.out
    assert "CHN-JPN 2012-09 -1 detente" in told.out
    assert "JPN-KOR: nothing dated" in told.err
    figures = {}
    for line in told.out.splitlines():
        for name in ("detente", "mean score", "sum of scores"):
            if line.startswith(name):
                right, hits, mean, points, false = line[len(name) :].split()
                figures[name] = (float(right), float(hits), float(mean), int(points.split("/")[0]), int(false))
    assert figures["detente"][:2] == (1.0, 1.0)
    assert figures["detente"][3] == 3
    assert figures["detente"][4] <= 2
    assert figures["detente"][2] > figures["mean score"][2]
    assert figures["detente"][2] > figures["sum of scores"][2]


def test_jumps_are_standardised_and_unknown_where_too_little_is_known() -> None:
    series = np.r_[np.zeros(20), np.ones(20)] + np.random.default_rng(1).normal(0, 0.05, 40)
    found = jumps(series)
    assert np.nanargmax(found) in (19, 20)
    assert np.nanmax(found) > 2
    series[14:20] = np.nan
    assert np.isnan(jumps(series)[20])
    assert np.isnan(jumps(np.zeros(30))).all()


def test_change_points_do_not_depend_on_the_scale() -> None:
    series = np.r_[np.zeros(30), -np.ones(30)] + np.random.default_rng(2).normal(0, 0.2, 60)
    assert change_points(series) == change_points(series * 40 + 7) == [(30, -1)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b,month\nJPN,CHN,2010-09\n", "no column sign, tolerance_months"),
        ("a,b,month,sign,tolerance_months\nJPN,CHN,soon,-1,1\n", ":2: is no turning point"),
        ("a,b,month,sign,tolerance_months\nJPN,Atlantis,2010-09,-1,1\n", "Atlantis"),
    ],
)
def test_a_wrong_list_is_taught(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "turns.csv").write_text(text)
    with pytest.raises(UsageError) as wrong:
        read_turns(tmp_path / "turns.csv")
    assert says in str(wrong.value)
