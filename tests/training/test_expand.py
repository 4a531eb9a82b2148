from __future__ import annotations

from pathlib import Path

import pytest

from training.expand import NotationError, expand, interval, main

NOTE = """# a comment
P 2023-11-16 ; note=dateline
B Follow us | Share
E CONSULT JPN<>CHN 2023-11-16 occurred diplomatic,economic ⟦met in San Francisco; on Thursday⟧ ; place=San Francisco ; also=⟦their first talks⟧ ; alt=AGREE ; optional
E SANCTION CHN> ? ongoing economic ⟦keeps a ban in place⟧
M measure JPN,CHN in_force 2023-08 ⟦a blanket ban on seafood⟧ ; label=China's ban on seafood ; keywords=seafood, marine ; imposer=CHN ; target=JPN ; alt_status=under_discussion
  m in_force 2023-08-21..2023-08-31 ⟦implemented a blanket ban⟧
S direct improving ⟦are neighbors and partners⟧ ; speaker=Shinzo Abe ; affiliation=Prime Minister
F 1300000 tonne ⟦1.3 million tons⟧ ; subject=treated water
F 2.5 fishing_vessel ⟦two and a half⟧ ; subject=boats
D hinders asserted ⟦The restrictions struck a blow⟧ ; cause=ban ; effect=ties
"""


def _write(folder: Path, text: str) -> Path:
    path = folder / "a.ann"
    path.write_text(text, "utf-8")
    return path


def test_the_notation_expands_to_the_schema(tmp_path: Path) -> None:
    value = expand(_write(tmp_path, NOTE))
    assert value["doc"] == "a.txt"
    assert value["published"] == {"start": "2023-11-16", "end": "2023-11-16"}
    assert value["boilerplate"] == ["Follow us | Share"]
    met, kept = value["events"]
    assert met == {
        "quote": "met in San Francisco; on Thursday",
        "type": "CONSULT",
        "quad": "verbal cooperation",
        "actors": ["JPN"],
        "recipients": ["CHN"],
        "reciprocal": True,
        "start": "2023-11-16",
        "end": "2023-11-16",
        "modality": "occurred",
        "contexts": ["diplomatic", "economic"],
        "place": "San Francisco",
        "alt_types": ["AGREE"],
        "also": ["their first talks"],
        "optional": True,
    }
    assert (kept["recipients"], kept["start"], kept["reciprocal"]) == ([], None, False)
    (matter,) = value["matters"]
    assert matter["status"] == "in force"
    assert matter["status_date"] == {"start": "2023-08-01", "end": "2023-08-31"}
    assert matter["alt_status"] == ["under discussion"]
    assert matter["milestones"] == [
        {"status": "in force", "start": "2023-08-21", "end": "2023-08-31", "quote": "implemented a blanket ban"}
    ]
    assert value["statements"][0]["direct"] is True
    assert [(f["value"], f["unit"]) for f in value["figures"]] == [(1300000, "tonne"), (2.5, "fishing vessel")]
    assert value["drivers"][0]["effect"] == "ties"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-03", "2024-02-03", "2024-02-03"),
        ("2023-11..2024", "2023-11-01", "2024-12-31"),
    ],
)
def test_dates(text: str, start: str, end: str) -> None:
    assert interval(text) == {"start": start, "end": end}


@pytest.mark.parametrize(
    "line",
    [
        "E CONSULT JPN<>CHN 2023-11-16 occurred ⟦no contexts⟧",
        "E DANCE JPN>CHN ? occurred economic ⟦x y z⟧",
        "Q what",
        "E CONSULT JPN<>CHN 16.11.2023 occurred diplomatic ⟦x y z⟧",
        "E CONSULT JPN<>CHN ? occurred diplomatic",
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(NotationError, match=r"a\.ann:2: "):
        expand(_write(tmp_path, f"P ?\n{line}\n"))


def test_check_finds_json_that_is_not_what_the_notation_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(tmp_path, NOTE)
    assert main(["--check", str(tmp_path)]) == 1
    assert main([str(tmp_path)]) == 0
    assert main(["--check", str(tmp_path)]) == 0
    (tmp_path / "a.json").write_text("{}", "utf-8")
    assert main(["--check", str(tmp_path)]) == 1
    assert "is not what a.ann says" in capsys.readouterr().out
