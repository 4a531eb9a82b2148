from __future__ import annotations

from datetime import date

import pytest

from detente.codebook import Codebook
from detente.model import Coding, Document, Interval, Origin, Report, document_id

BOOK = Codebook.load().barometer


def told(samples, name, *events, coder="rules"):
    """A coding of one document that tells some events: (type, actors, recipients, other fields)."""
    text = f"Tokyo did something, says {name}."
    document = document_id(text, name)
    made = []
    for number, (type, actors, recipients, fields) in enumerate(events):
        given = {"date": day(2023, 1, 15), "quad": "verbal conflict", "place": f"{name}-{number}"} | fields
        made.append(samples.event(document, text, actors, recipients, type=type, **given))
    origin = Origin(coder=coder, version="1")
    import msgspec

    return Coding(
        document=Document(id=document, text=text, path=name, countries=("JPN", "CHN")),
        events=tuple(msgspec.structs.replace(event, origin=origin) for event in made),
    )


def day(*parts, until=None):
    start = date(*parts)
    return Interval(start=start, end=until or start, precision="day" if until is None else "span")


def rows(archive, pair="CHN-JPN", by="month", **more):
    return [
        {"pair": name, "source": source, **dict(zip(columns, row, strict=True))}
        for name, source, columns in archive.tallies(BOOK).by_period(pair, by, **more)
        for row in zip(*(values.tolist() for values in columns.values()), strict=True)
    ]


def test_an_event_counts_once_however_often_it_is_told(archive, samples):
    event = ("ACCUSE", "JPN", "CHN", {})
    archive.append([told(samples, "a.txt", event)])
    [before] = rows(archive)
    archive.append([told(samples, "b.txt", event, event), told(samples, "c.txt", event)])
    [after] = rows(archive)
    assert (before["events"], before["mass"]) == (after["events"], after["mass"]) == (1, 0.75)
    assert (before["reports"], after["reports"]) == (1, 4)
    [cause] = archive.tallies(BOOK).causes("CHN-JPN", "month", date(2023, 1, 1), date(2023, 1, 31), source="rules")
    assert len(cause[7]) == 4


def test_direction_matters_but_for_what_both_do(archive, samples):
    archive.append(
        [
            told(
                samples,
                "a.txt",
                ("ACCUSE", "JPN", "CHN", {}),
                ("ACCUSE", "CHN", "JPN", {}),
                ("CONSULT", "JPN", "CHN", {}),
                ("CONSULT", "CHN", "JPN", {"reciprocal": True}),
                ("SANCTION", "JPN USA", "CHN", {}),
            )
        ]
    )
    assert {row["type"]: row["events"] for row in rows(archive)} == {"ACCUSE": 2, "CONSULT": 1, "SANCTION": 1}
    assert {row["type"]: row["events"] for row in rows(archive, "CHN-USA")} == {"SANCTION": 1}
    assert [row for row in rows(archive, None) if row["pair"] == "CHN-JPN"] == rows(archive)


@pytest.mark.parametrize(
    "fields",
    [
        {"modality": "planned"},
        {"modality": "denied"},
        {"modality": "proposed"},
        {"modality": "conditional"},
        {"retold": True},
        {"date": None},
        {"date": day(2023, 1, 1, until=date(2023, 12, 31))},
    ],
)
def test_what_weighs_nothing_is_counted_apart(archive, samples, fields):
    archive.append([told(samples, "a.txt", ("SANCTION", "JPN", "CHN", fields), ("AGREE", "JPN", "CHN", {}))])
    assert [row["type"] for row in rows(archive)] == ["AGREE"]
    (coverage,) = archive.tallies(BOOK).coverage("CHN-JPN", "month")
    assert coverage.records == 2
    assert coverage.unreal + coverage.retold + coverage.undated + coverage.vague == 1


def test_vague_dates_wait_for_a_longer_period_and_near_ones_are_shared(archive, samples):
    archive.append(
        [
            told(
                samples,
                "a.txt",
                ("SANCTION", "JPN", "CHN", {"date": day(2023, 1, 1, until=date(2023, 12, 31))}),
                ("AGREE", "JPN", "CHN", {"date": day(2023, 3, 22, until=date(2023, 4, 10))}),
            )
        ]
    )
    assert [(row["start"], row["events"], row["mass"]) for row in rows(archive)] == [
        (date(2023, 3, 1), 0.5, 0.375),
        (date(2023, 4, 1), 0.5, 0.375),
    ]
    assert {row["type"]: row["events"] for row in rows(archive, by="year")} == {"SANCTION": 1, "AGREE": 1}
    halves = [
        archive.tallies(BOOK).causes("CHN-JPN", "month", first, last, source="rules")[0][-1]
        for first, last in ((date(2023, 3, 1), date(2023, 3, 31)), (date(2023, 4, 1), date(2023, 4, 30)))
    ]
    assert halves == [0.5, 0.5]


@pytest.mark.parametrize(("days", "doubted"), [(1, True), (4, True), (5, False)])
def test_a_datasets_attacks_are_doubted_until_they_go_on(archive, samples, days, doubted):
    attacks = [("ASSAULT", "JPN", "CHN", {"date": day(2023, 1, 2 + 3 * i)}) for i in range(days)]
    archive.append([told(samples, "a.txt", *attacks, coder="icews")])
    assert {row["doubted"] for row in rows(archive)} == {doubted}
    causes = archive.tallies(BOOK).causes("CHN-JPN", "month", date(2023, 1, 1), date(2023, 1, 31), source="icews")
    assert {row[2] for row in causes} == {doubted}
    archive.append([told(samples, "b.txt", attacks[0])])  # our own reading of a text is not doubted
    assert {(row["source"], row["doubted"]) for row in rows(archive)} == {("icews", doubted), ("rules", False)}


def test_doubts_do_not_depend_on_the_period_looked_at(archive, samples):
    attacks = [("ASSAULT", "JPN", "CHN", {"date": day(2023, 1, 26 + i)}) for i in range(4)]
    attacks.append(("ASSAULT", "JPN", "CHN", {"date": day(2023, 2, 3)}))
    archive.append([told(samples, "a.txt", *attacks, coder="icews")])
    assert {row["doubted"] for row in rows(archive)} == {False}
    (cause,) = archive.tallies(BOOK).causes("CHN-JPN", "month", date(2023, 2, 1), date(2023, 2, 28), source="icews")
    assert cause[2] is False


def test_sources_and_contexts_apart(archive, samples):
    archive.append(
        [
            told(samples, "a.txt", ("ACCUSE", "JPN", "CHN", {"contexts": ("economic",)})),
            told(samples, "b.txt", ("ACCUSE", "JPN", "CHN", {}), coder="icews"),
        ]
    )
    assert [row["source"] for row in rows(archive)] == ["icews", "rules"]
    assert [row["source"] for row in rows(archive, context="economic")] == ["rules"]
    assert [row["source"] for row in rows(archive, source="icews")] == ["icews"]


def test_volume_counts_all_records_of_a_source(archive, samples):
    archive.append([told(samples, "a.txt", ("ACCUSE", "JPN", "CHN", {}), ("AGREE", "USA", "KOR", {"retold": True}))])
    tallies = archive.tallies(BOOK)
    assert tallies.volume("month") == {"rules": {date(2023, 1, 1): 2.0}}
    (pair,) = tallies.coverage("CHN-JPN", "month")
    assert pair.volume == {date(2023, 1, 1): 1.0}


@pytest.mark.parametrize(
    ("told_by", "doubted"),
    [("A A", True), ("A B", False), ("A A A A", True), ("A A A A A", False), ("AB", True)],
)
def test_armed_acts_are_believed_by_one_rule_in_counts_and_in_the_barometer(archive, samples, told_by, doubted):
    """Two days and two publishers, or five days whoever tells; `AB` is two publishers on one day."""
    days = [list(letters) for letters in told_by.split()]
    attacks = [
        ("ASSAULT", "JPN", "CHN", {"date": day(2023, 1, 2 + 3 * i), "report": Report(dataset="icews", publisher=who)})
        for i, letters in enumerate(days)
        for who in letters
    ]
    archive.append([told(samples, "a.txt", *attacks, coder="icews")])
    assert {row["doubted"] for row in rows(archive)} == {doubted}
    assert {count["damped"] for count in archive.counts(("JPN", "CHN")).to_dicts()} == {doubted}
    assert archive.counts().to_dicts() == archive.counts(("CHN", "JPN")).to_dicts()
