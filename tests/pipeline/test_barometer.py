from __future__ import annotations

import runpy
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from detente.errors import ArchiveError, UsageError
from detente.model import Coding, Document, Event, Interval, Origin, Reading, document_id
from detente.pipeline import Archive, left_out

SAMPLES = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "store" / "samples.py")))
QUADS = {"CONSULT": "verbal cooperation", "ACCUSE": "verbal conflict", "SANCTION": "material conflict"}


def coding(name: str, *events: tuple[str, str, str, date], coder: str = "rules") -> Coding:
    text = f"Tokyo and others did things, by {name}."
    document = document_id(text, name)
    made: list[Event] = []
    for type, actors, recipients, day in events:
        when = Interval(start=day, end=day)
        event = SAMPLES.event(document, text, actors, recipients, type=type, quad=QUADS[type], date=when)
        made.append(msgspec.structs.replace(event, origin=Origin(coder=coder, version="1"), contexts=("economic",)))
    return Coding(document=Document(id=document, text=text, path=name), events=tuple(made))


def history(coder: str = "rules", actors: tuple[str, str] = ("JPN", "CHN")) -> list[Coding]:
    """Three years of meetings and quarrels, a document a month; the last year has sanctions instead of meetings."""
    found = []
    for month in range(36):
        first = date(2020 + month // 12, month % 12 + 1, 3)
        days = [first + timedelta(days=5 * i) for i in range(4)]
        kinds = (
            ["CONSULT", "CONSULT", "CONSULT", "ACCUSE"] if month < 24 else ["SANCTION", "ACCUSE", "CONSULT", "SANCTION"]
        )
        events = [(kind, *actors, day) for kind, day in zip(kinds, days, strict=True)]
        found.append(coding(f"{coder}-{actors[0]}-{month}.txt", *events, coder=coder))
    return found


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive.open(tmp_path / "relations", create=True)
    made.append(history())
    made.append(history(actors=("KOR", "USA")))
    return made


def same(one: list[Reading], other: list[Reading]) -> bool:
    return [msgspec.structs.replace(r, reports=0) for r in one] == [
        msgspec.structs.replace(r, reports=0) for r in other
    ]


def test_a_reading_is_found_by_name_and_says_because(archive: Archive) -> None:
    barometer = archive.barometer("Japan", "CHN", by="month")
    for reading in barometer:
        causes = reading.because()
        assert sum(cause.points for cause in causes) == pytest.approx(reading.tone, abs=1e-6)
        assert sum(cause.type is not None for cause in causes) == reading.n
    reading = barometer["2022-05"]
    assert reading.tone is not None
    assert reading.tone < 0
    leading = reading.because()[0]
    assert (leading.type, leading.kind, leading.who) == ("SANCTION", "deed", "JPN→CHN")
    assert archive.get(leading.event_ids[0]).type == "SANCTION"
    [turn] = barometer.turns
    assert (turn.period, turn.sign) == ("2022-01", -1)
    assert any("SANCTION JPN→CHN" in words for words in turn.because)
    with pytest.raises(UsageError, match="no period '2031-01'"):
        barometer["2031-01"]


def test_the_tone_does_not_depend_on_batches_or_on_reports(archive: Archive, tmp_path: Path) -> None:
    other = Archive.open(tmp_path / "other", create=True)
    for each in reversed([*history(), *history(actors=("KOR", "USA"))]):
        other.append([each])
    one = list(archive.barometer("JPN", "CHN"))
    assert list(other.barometer("JPN", "CHN")) == one
    twice = [
        msgspec.structs.replace(each, document=msgspec.structs.replace(each.document, id=each.document.id[::-1]))
        for each in history()
    ]
    fields = {"id": lambda e: e.id[::-1], "document_id": lambda e: e.document_id[::-1]}
    other.append(
        [
            msgspec.structs.replace(
                each,
                events=tuple(msgspec.structs.replace(e, **{k: f(e) for k, f in fields.items()}) for e in each.events),
            )
            for each in twice
        ]
    )
    doubled = list(other.barometer("JPN", "CHN"))
    assert same(doubled, one)
    assert sum(r.reports for r in doubled) == 2 * sum(r.reports for r in one)


def test_sources_stand_side_by_side(archive: Archive) -> None:
    alone = list(archive.barometer("JPN", "CHN"))
    archive.append(history(coder="icews")[:30])
    with pytest.raises(UsageError, match="several sources: icews, rules"):
        archive.barometer("JPN", "CHN")
    assert same(list(archive.barometer("JPN", "CHN", source="rules")), alone)
    assert [each.source for each in archive.barometers("JPN", "CHN")] == ["icews", "rules"]
    assert len(archive.barometers()) == 3
    with pytest.raises(UsageError, match="no source 'gdelt' on CHN-JPN"):
        archive.barometer("JPN", "CHN", source="gdelt")


def test_cut_in_time_a_reading_stays_what_it_is(archive: Archive) -> None:
    whole = archive.barometer("JPN", "CHN")
    part = archive.barometer("JPN", "CHN", since=date(2021, 1, 1), until=date(2021, 6, 30))
    assert [r.period for r in part] == [f"2021-0{i}" for i in range(1, 7)]
    assert part["2021-03"] == whole["2021-03"]
    later = archive.barometer("JPN", "CHN", until=date(2023, 3, 31))
    assert (later["2023-03"].tone, later["2023-03"].n) == (None, 0)
    assert later["2023-03"].because() == ()


def test_all_pairs_read_as_each_does_alone(archive: Archive) -> None:
    every = {each[0].dyad: list(each) for each in archive.barometers()}
    assert every == {
        "CHN-JPN": list(archive.barometer("JPN", "CHN")),
        "KOR-USA": list(archive.barometer("USA", "KOR")),
    }


def test_a_context_is_read_toward_the_whole(archive: Archive) -> None:
    part = archive.barometer("JPN", "CHN", context="economic")["2022-05"]
    assert part.context == "economic"
    causes = part.because()
    assert sum(cause.points for cause in causes) == pytest.approx(part.tone, abs=1e-6)
    with pytest.raises(UsageError, match="no context"):
        archive.barometer("JPN", "CHN", context="weather")


def test_what_is_not_there_is_said(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="nothing dated that weighs is recorded between CHL and PER"):
        archive.barometer("Peru", "Chile")
    (line,) = left_out([archive.barometer("JPN", "CHN")])
    assert line == "rules: 144 records; of 36 periods 0 without an event, 0 thin; weights detente 1"


def test_a_reading_out_of_an_archive_only(archive: Archive) -> None:
    reading = archive.barometer("JPN", "CHN")[0]
    bare = msgspec.structs.replace(reading)
    assert bare == reading
    with pytest.raises(UsageError, match="does not know its events"):
        bare.because()
