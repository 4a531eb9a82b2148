from __future__ import annotations

import csv
import json
import runpy
from datetime import date
from pathlib import Path

import msgspec
import pytest

from detente.model import Coding
from detente.store import Archive

CASES = Path(__file__).with_name("cases")


def rows(name):
    with (CASES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    samples = runpy.run_path(str(Path(__file__).with_name("samples.py")))
    archive = Archive.open(tmp_path_factory.mktemp("asked") / "a", create=True)
    codings = [samples["coding"](number) for number in range(3)]
    extra = [
        samples["event"](
            c.document.id,
            c.document.text,
            "USA",
            "PRK",
            contexts=("trade",),
            retold=True,
            date=None if n else c.events[0].date,
        )
        for n, c in enumerate(codings)
    ]
    archive.append([msgspec.structs.replace(c, events=(*c.events, e)) for c, e in zip(codings, extra, strict=True)])
    return archive


@pytest.fixture(scope="module")
def party(tmp_path_factory):
    samples = runpy.run_path(str(Path(__file__).with_name("samples.py")))
    archive = Archive.open(tmp_path_factory.mktemp("parties") / "a", create=True)
    codings = []
    for number, case in enumerate(rows("parties")):
        document = samples["coding"](number).document
        codings.append(
            Coding(
                document=document,
                events=(
                    samples["event"](
                        document.id,
                        document.text,
                        case["actors"],
                        case["recipients"],
                        quad=case["quad"],
                        reciprocal=case["reciprocal"] == "yes",
                    ),
                ),
            )
        )
    archive.append(codings)
    return archive, codings


@pytest.mark.parametrize("number", range(len(rows("parties"))), ids=lambda n: " ".join(rows("parties")[n].values()))
def test_parties(party, number):
    (archive, codings), case = party, rows("parties")[number]
    asked = case["asked"].split()
    found = archive.events(asked, document=codings[number].document.id)
    assert list(found) == (list(codings[number].events) if case["seen"] == "yes" else [])
    if len(asked) == 2:
        assert sum(row["events"] for row in archive.counts(asked).to_dicts()) == len(archive.events(asked))


@pytest.mark.parametrize("case", rows("filters"), ids=lambda case: " ".join(case.values()))
def test_filters(told, case):
    arguments = {
        key: date.fromisoformat(value) if key in ("since", "until") else value
        for key, value in json.loads(case["arguments"]).items()
    }
    found = getattr(told, case["question"])(**arguments)
    assert len(found) == len(list(found)) == int(case["count"])


@pytest.mark.parametrize("question", ["statements", "figures", "drivers", "matter_records", "documents"])
def test_findings_concern_the_parties_of_their_documents(told, question):
    ask = getattr(told, question)
    assert len(ask(["JPN", "CHN"])) == len(ask(["CHN"])) == len(ask()) == 3
    assert len(ask(["JPN", "USA"])) == 0


def test_figures_of_a_matter_count_for_its_parties(archive, coding):
    told = coding(1)
    matter = msgspec.structs.replace(told.matters[0], parties=("JPN", "KOR"), figures=(told.figures[0].id,))
    archive.append([msgspec.structs.replace(told, matters=(matter,))])
    assert len(archive.figures(["KOR", "JPN"])) == 1
    assert len(archive.figures(["KOR", "CHN"])) == 0


def test_a_statement_about_others_is_left_out(archive, coding):
    told = coding(1)
    document = msgspec.structs.replace(told.document, countries=("JPN", "CHN", "KOR", "USA"))
    archive.append([msgspec.structs.replace(told, document=document)])
    assert len(archive.statements(["JPN", "USA"])) == 1
    assert len(archive.statements(["KOR", "USA"])) == 0


def test_counts(told):
    [first, *rest] = told.counts(["JPN", "CHN"]).to_dicts()
    assert first["dyad"] == "CHN-JPN"
    assert sum(row["events"] for row in (first, *rest)) == len(told.events(["JPN", "CHN"]))
    every = told.counts().to_dicts()
    assert {row["dyad"] for row in every} == {"CHN-JPN", "CHN-KOR", "JPN-KOR", "PRK-USA"}
    for row in (first, *rest):
        assert row in every
    assert sum(row["events"] for row in told.counts(context="trade").to_dicts()) == 3


def test_bare_documents_have_no_text(told):
    assert {d.text for d in told.documents(bare=True)} == {""}
    assert all(d.article for d in told.documents(bare=True))


def test_values_are_parameters_never_sql(told):
    nasty = "'; DROP TABLE kept; --"
    assert not told.events([nasty])
    assert not told.events([nasty, "JPN"])
    assert not told.events(type=nasty, document=nasty)
    assert not told.statements(speaker=nasty)
    assert len(told.events()) == 9


def test_a_document_is_found_by_any_of_its_names(filled, coding):
    document = coding(1).document
    for name in (document.path, document.path.rsplit("/", 1)[-1], document.id):
        assert filled.named(name) == document, name
    assert filled.named("none.txt") is None
