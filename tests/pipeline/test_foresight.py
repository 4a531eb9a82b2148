"""What an archive says of what may come, and why its events are what they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from detente.app.cli import run
from detente.codebook import Codebook
from detente.errors import ArchiveError, UsageError
from detente.model import Actor, Coding, Document, Event, Interval, Origin, content_id
from detente.pipeline import Archive
from eval.forecast import main, panel

PAIRS = (("JPN", "CHN"), ("KOR", "JPN"), ("FRA", "DEU"), ("CHL", "PER"))
WARM, COLD = ("CONSULT", "AGREE", "AID"), ("ACCUSE", "REJECT", "SANCTION")


def _events(document: Document, months: int, book: Codebook) -> list[Event]:
    """Seeded events of four pairs; a visit of one side is mostly returned."""
    rng = np.random.default_rng(7)
    made = []
    for pair in PAIRS:
        for month in range(months):
            for number in range(2 + rng.poisson(3)):
                kind = str(rng.choice(WARM if rng.random() < 0.7 else COLD))
                day = date(2014 + month // 12, month % 12 + 1, int(rng.integers(1, 28)))
                sides = [Actor(code=code, name=code, country=code) for code in rng.permutation(pair).tolist()]
                made.append(
                    Event(
                        id=content_id("event", *pair, month, number),
                        document_id=document.id,
                        evidence=(document.quote(0, 3),),
                        origin=Origin(coder="icews", version="1", rule="040"),
                        confidence=0.9,
                        type=kind,
                        quad=book.ontology.quad(kind),
                        intensity=book.ontology.intensity(kind),
                        actors=(sides[0],),
                        recipients=(sides[1],),
                        date=Interval(start=day, end=day, precision="day"),
                    )
                )
    return made


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    made = Archive.open(tmp_path_factory.mktemp("foresight") / "relations", create=True)
    document = Document(id="rows", text="own rows", language="en")
    made.append([Coding(document=document, events=tuple(_events(document, 60, Codebook.load())))])
    return made


def test_a_forecast_is_a_distribution_beside_the_naive_ones(archive: Archive) -> None:
    rows = list(archive.forecast("Japan", "CHN", horizons=(1, 6)))
    assert [(row.horizon, row.method) for row in rows if row.advised] == [(1, "pooled"), (6, "pooled")]
    assert {row.method for row in rows} == {
        "pooled", "ridge", "last 36 months", "last 12 months", "climatology", "last value",
    }  # fmt: skip
    for row in rows:
        assert -100 <= row.low <= row.lower <= row.middle <= row.upper <= row.high <= 100
        assert 0 <= row.warmer <= 1
        assert (row.dyad, row.origin, row.known) == ("CHN-JPN", "2018-12", 60)
    assert {row.period for row in rows} == {"2019-01", "2019-06"}


def test_later_events_change_no_forecast_until_an_earlier_month(archive: Archive) -> None:
    until = date(2017, 6, 30)
    rows = list(archive.forecast("JPN", "CHN", horizons=(3,), until=until))
    assert rows[0].origin == "2017-06"
    assert rows[0].period == "2017-09"
    assert rows[0].known == 42


def test_what_cannot_be_foreseen_is_told(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="0 is no horizon"):
        archive.forecast("JPN", "CHN", horizons=(0,))
    with pytest.raises(ArchiveError, match="needs 6"):
        archive.forecast("JPN", "CHN", until=date(2014, 3, 31))
    with pytest.raises(ArchiveError, match="too little has happened"):
        archive.prospects("JPN", "CHN", until=date(2014, 2, 1))
    with pytest.raises(ArchiveError, match="too little has happened"):
        Archive.open(tmp_path / "empty", create=True).prospects("JPN", "CHN")


def test_prospects_cite_events_of_the_two(archive: Archive) -> None:
    rows = list(archive.prospects("JPN", "CHN"))
    assert {row.type for row in rows} == {*WARM, *COLD}
    assert [row.chance for row in rows] == sorted((row.chance for row in rows), reverse=True)
    assert rows[0].source == "icews"
    for row in rows:
        assert row.event_ids
        for event_id in row.event_ids:
            event = archive.get(event_id)
            assert isinstance(event, Event)
            assert {event.actors[0].code, event.recipients[0].code} == {"JPN", "CHN"}


def test_the_commands_print_them(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    at = ["--archive", archive.location]
    assert run(["forecast", "JPN", "CHN", "--horizon", "1", "--format", "table", *at]) == 0
    out = capsys.readouterr().out
    assert "pooled (advised)" in out
    assert "2019-01" in out
    assert run(["forecast", "JPN", "CHN", "--acts", "--format", "table", *at]) == 0
    assert "→" in capsys.readouterr().out
    assert run(["forecast", "JPN", "CHN", "--horizon", "soon", *at]) == 2
    assert "--horizon 1,3,6" in capsys.readouterr().err


def test_the_backtest_runs_on_an_archive(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    series, months = panel(archive, source=None, pairs=3, least=36)
    assert len(series) == 3
    assert (months[0], months[-1]) == ("2014-01", "2018-12")
    assert main([archive.location, "--horizon", "3"]) == 0
    out = capsys.readouterr().out
    assert "4 pairs" in out
    assert "last 12 months" in out
    assert main([archive.location, "--least", "500"]) == 1


def test_an_event_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "On 3 March 2021 Chile imposed tariffs on steel from Peru. Kenya was urged by Uganda to reopen the border."
    made = Archive.open(tmp_path / "relations", create=True)
    made.add(Document(id="own", text=text, language="en"), coder="rules")
    for event in made.events():
        told = made.why(event.id)
        assert told.event_id == event.id
        assert told.by == "rules"
        assert told.cue is not None
        assert told.cue.text in event.evidence[0].text
        product = np.prod([part.value for part in told.parts])
        assert product == pytest.approx(event.confidence, abs=0.002)
        assert {side.code for side in told.sides} == {a.code for a in (*event.actors, *event.recipients)}
        assert not told.gaps
    sanction = next(event for event in made.events() if event.type == "SANCTION")
    assert run(["why", sanction.id, "--archive", made.location, "--format", "table"]) == 0
    out = capsys.readouterr().out
    assert "“imposed”" in out
    assert "named in the clause" in out


def test_an_imported_event_says_that_it_was(archive: Archive) -> None:
    event = next(iter(archive.events(limit=1)))
    told = archive.why(event.id)
    assert (told.by, told.rule) == ("icews", "040")
    assert "imported from icews" in told.gaps[0]
    with pytest.raises(ArchiveError):
        archive.why("ffffffffffff")
