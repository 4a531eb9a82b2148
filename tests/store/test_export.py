from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from detente.errors import UsageError
from detente.model import Actor, to_dict
from detente.store import FORMATS, LAYERS, export_row
from detente.store.export import export_shape, fields, flat_row, flat_shape, meanings
from detente.store.plover import PloverEvent, plover

SHARED = Path(__file__).parents[3] / "shared"


def plain(value):
    return json.loads(json.dumps(value))


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_document_rows(coding):
    row = plain(export_row(coding(1).document))
    assert row["article"] == [[0, 20], [21, 30]]
    assert row["published"] == {
        "start": "2023-02-01",
        "end": "2023-02-28",
        "precision": "month",
        "approximate": False,
        "open_start": False,
        "open_end": False,
        "known": "dateline",
        "reasons": ["day"],
    }
    assert export_row(coding(1).events[0]) == to_dict(coding(1).events[0])


def test_every_field_is_described_and_nothing_else():
    used = set()
    for layer, kind in {**LAYERS, "plover": PloverEvent}.items():
        for name in flat_shape(export_shape(kind)) if layer != "plover" else export_shape(kind):
            whole, *parts = name.split(".")
            used |= {
                f"{layer}.{whole}" if f"{layer}.{whole}" in meanings() else f"*.{whole}",
                *(f".{p}" for p in parts),
            }
    assert used == meanings().keys()


def test_events_by_the_names_of_plover(coding):
    made = coding(1)
    first, second = (plover(event, {made.document.id: made.document}) for event in made.events)
    assert plain(to_dict(first)) == {
        "id": made.events[0].id,
        "has_event": True,
        "date": "2023-02-01",
        "enddate": "2023-02-28",
        "actor": [
            {"code": "JPN", "sector": "GOV", "entity_text": "Jpn", "identifier_text": None, "office": None},
        ],
        "recipient": [
            {"code": "CHN", "sector": "GOV", "entity_text": "Chn", "identifier_text": None, "office": None},
        ],
        "event": ["ACCUSE"],
        "event_loc": None,
        "event_text": ["Tokyo"],
        "quad_code": 3,
        "event_scale": -2.0,
        "mode": [],
        "context": [],
        "link": made.document.id,
        "text": "Tokyo",
        "text_info": {"start": 0, "end": 5},
        "cite_info": {
            "url": None, "title": "№ 1", "language": "en", "publication": None, "codebook": "PLOVER", "version": "1",
        },
        "coder": "rules",
        "comment": "modality: occurred; confidence: 0.75; date: month",
    }  # fmt: skip
    assert [entity.code for entity in second.actor] == ["JPN", "CHN", "KOR"]
    assert second.comment.endswith("reciprocal")
    event = made.events[0]
    bodies = tuple(Actor(code=code, kind="igo", name=code) for code in ("IGO.UN", "IGO.WTO", "EUR"))
    planned = msgspec.structs.replace(event, modality="planned", recipients=bodies)
    told = plover(planned, {})
    assert not told.has_event
    assert [(e.code, e.identifier_text) for e in told.recipient] == [
        ("UNO", "IGO.UN"),
        ("IGO", "IGO.WTO"),
        ("EUR", None),
    ]
    assert plover(msgspec.structs.replace(event, date=None), {}) is None
    assert plover(msgspec.structs.replace(event, actors=()), {}) is None


@pytest.mark.parametrize("layer", LAYERS)
def test_rows_have_the_columns_of_the_dictionary(coding, layer):
    record = coding(1).document if layer == "documents" else getattr(coding(1), layer)[0]
    assert list(export_row(record)) == [field["name"] for field in fields(LAYERS[layer], "jsonl")]
    flat = flat_shape(export_shape(LAYERS[layer]))
    assert list(flat_row(export_row(record), flat)) == [field["name"] for field in fields(LAYERS[layer], "csv")]


def test_jsonl_is_what_the_model_says(filled, tmp_path):
    filled.export(tmp_path / "out")
    assert lines(tmp_path / "out" / "documents.jsonl") == plain([export_row(d) for d in filled.documents()])
    for layer in ("events", "statements", "figures", "drivers"):
        assert lines(tmp_path / "out" / f"{layer}.jsonl") == plain(getattr(filled, layer)().to_dicts())
    assert lines(tmp_path / "out" / "matters.jsonl") == plain(filled.matter_records().to_dicts())


def test_merged_matters_are_handed_in(filled, tmp_path, coding):
    filled.export(tmp_path / "out", matters=iter(coding(1).matters))
    assert [row["id"] for row in lines(tmp_path / "out" / "matters.jsonl")] == [coding(1).matters[0].id]


@pytest.mark.parametrize("format", FORMATS)
def test_the_package_describes_its_files(filled, tmp_path, format):
    path = filled.export(tmp_path / "out", format=format)
    package = json.loads(path.read_text("utf-8"))
    names = [*LAYERS, *(["plover"] if format == "jsonl" else [])]
    assert [resource["name"] for resource in package["resources"]] == names
    for resource in package["resources"]:
        content = (path.parent / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        assert all(field["description"] for field in resource["schema"]["fields"])
        assert resource["rows"] == (6 if resource["name"] in ("events", "plover") else 3)
    assert sorted(p.name for p in path.parent.iterdir()) == sorted([path.name, *(f"{n}.{format}" for n in names)])


def test_csv_spreads_parts_and_keeps_lists(filled, tmp_path):
    filled.export(tmp_path / "out", format="csv")
    with (tmp_path / "out" / "events.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {event.id: event for event in filled.events()}
    for row in rows:
        event = told[row["id"]]
        assert row["date.start"] == event.date.start.isoformat()
        assert json.loads(row["actors"]) == plain(to_dict(event)["actors"])
        assert row["reciprocal"] == str(event.reciprocal).lower()
        assert row["place"] == ""


def test_parquet_holds_the_same_typed(filled, tmp_path):
    import duckdb

    filled.export(tmp_path / "out", format="parquet")
    for layer in LAYERS:
        path = str(tmp_path / "out" / f"{layer}.parquet")
        rows = [json.loads(row[0]) for row in duckdb.sql(f"SELECT to_json(r)::VARCHAR FROM '{path}' r").fetchall()]
        name = "matter_records" if layer == "matters" else layer
        assert rows == plain([export_row(record) for record in getattr(filled, name)()])
    types = duckdb.sql(f"SELECT date, actors FROM '{tmp_path}/out/events.parquet'").types
    assert "DATE" in str(types[0])


def test_another_format_is_refused(filled, tmp_path):
    with pytest.raises(UsageError, match="jsonl, parquet, csv"):
        filled.export(tmp_path / "out", format="xml")


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "score.py").exists(), reason="needs ../shared, which is not part of the project")
def test_the_scorer_reads_an_export(filled, tmp_path):
    filled.export(tmp_path / "out")
    gold = tmp_path / "gold"
    gold.mkdir()
    document = filled.documents().first()
    name = Path(document.path).stem
    (gold / f"{name}.txt").write_text(document.text, "utf-8")
    (gold / f"{name}.json").write_text(
        json.dumps(
            {
                "doc": f"{name}.txt",
                "published": {"start": "2023-01-01", "end": "2023-01-28"},
                "events": [
                    {
                        "quote": "Tokyo protested to Beijing",
                        "type": "ACCUSE",
                        "actors": ["JPN"],
                        "recipients": ["CHN"],
                        "start": "2023-01-01",
                        "end": "2023-01-28",
                        "modality": "occurred",
                    }
                ],
                "statements": [{"quote": "Tokyo", "speaker": "Hu", "outlook": "improving"}],
                "figures": [{"quote": "Tokyo", "value": 3000000000000, "unit": "yen"}],
                "drivers": [{"quote": "Tokyo", "direction": "hinders"}],
                "matters": [
                    {
                        "quote": "Tokyo",
                        "kind": "agreement",
                        "label": "swap",
                        "keywords": ["swap"],
                        "parties": ["JPN", "CHN"],
                        "status": "in force",
                    }
                ],
            }
        ),
        "utf-8",
    )
    run = subprocess.run(
        [sys.executable, SHARED / "score.py", tmp_path / "out", gold, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    score = json.loads(run.stdout)
    assert [score[layer]["recall"] for layer in ("events", "matters", "statements", "figures", "drivers")] == [1.0] * 5
    assert score["events"]["date"] == score["events"]["modality"] == score["matters"]["status"] == 1.0
    assert score["documents"]["published"] == 1.0
