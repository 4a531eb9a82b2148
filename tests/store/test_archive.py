from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from detente.errors import ArchiveError, ArchiveMissingError
from detente.model import Coding, Link, Reason, Review, Run, issue
from detente.model.dataset import Dataset
from detente.store import Archive


def ids(records):
    return {record.id for record in records}


def test_what_is_written_is_read_again(filled, coding):
    told = [coding(number) for number in range(3)]
    assert {d.id: d for d in filled.documents()} == {c.document.id: c.document for c in told}
    for layer in ("events", "statements", "figures", "drivers"):
        assert {r.id: r for r in getattr(filled, layer)()} == {r.id: r for c in told for r in getattr(c, layer)}
    assert {m.id: m for m in filled.matter_records()} == {m.id: m for c in told for m in c.matters}
    assert {i.id: i for i in filled.issues()} == {i.id: i for c in told for i in c.issues}


def test_every_evidence_is_words_of_the_document(filled):
    for layer in ("events", "statements", "figures", "drivers", "matter_records"):
        for record in getattr(filled, layer)():
            for proof in record.evidence:
                assert filled.text(proof.document_id)[proof.start : proof.end] == proof.text


def test_adding_again_writes_nothing(filled, coding, files):
    before, version = files(filled), filled.version
    assert filled.append([coding(1), coding(2), coding(1)]) == []
    assert Archive.open(filled.location).append([coding(0)]) == []
    assert files(filled) == before
    assert filled.version == version


def test_only_new_documents_are_added(filled, coding):
    assert filled.append([coding(2), coding(3), coding(3)]) == [coding(3).document.id]
    assert len(filled.documents()) == 4
    assert filled.has([coding(3).document.id, "nothing"]) == {coding(3).document.id}


def test_one_commit_a_table_and_none_where_nothing_is(archive, coding):
    archive.append([Coding(document=coding(1).document), Coding(document=coding(2).document)])
    assert archive.version == 1
    assert [archive._lake.version(name) for name in ("events", "matters", "links", "issues")] == [0, 0, 0, 0]


def test_findings_without_a_document_are_not_seen(filled, coding, monkeypatch):
    lost = coding(7)
    monkeypatch.setattr(Archive, "_commit_documents", lambda *_: [])
    filled.append([lost])
    monkeypatch.undo()
    assert not ids(lost.events) & ids(filled.events())
    assert not filled.matter_records(document=lost.document.id)
    [orphans, *rest] = [t for t in filled.doctor() if "events" in t.where]
    assert "2 rows of 1 documents" in orphans.what
    assert not rest
    assert filled.append([lost]) == [lost.document.id]
    assert len(filled.events(document=lost.document.id)) == len(lost.events)
    assert filled.sweep() == {}
    assert filled.sweep(older_than_hours=0) == {
        "events": 2,
        "statements": 1,
        "figures": 1,
        "drivers": 1,
        "matters": 1,
        "milestones": 3,
    }
    assert filled.doctor() == []
    assert {e.id: e for e in filled.events(document=lost.document.id)} == {e.id: e for e in lost.events}


def test_of_two_rows_with_one_id_the_first_counts(filled, coding, monkeypatch):
    again = coding(1)
    changed = msgspec.structs.replace(
        again, document=msgspec.structs.replace(again.document, title="changed"), events=again.events[:1]
    )
    monkeypatch.setattr(Archive, "has", lambda *_: set())
    filled.append([changed])
    monkeypatch.undo()
    assert filled.get(again.document.id).title == again.document.title
    assert len(filled.documents()) == 3
    assert len(filled.events(document=again.document.id)) == len(again.events)


def test_as_of_a_version_or_a_moment(filled, coding):
    assert filled.version == 1
    moment = datetime.now(UTC)
    filled.append([coding(5)])
    then = Archive.open(filled.location, as_of=1)
    assert ids(then.documents()) == {coding(n).document.id for n in range(3)}
    assert len(Archive.open(filled.location, as_of="2").documents()) == 4
    assert len(Archive.open(filled.location, as_of=0).documents()) == 0
    assert len(Archive.open(filled.location, as_of=moment).events()) == 6
    assert len(Archive.open(filled.location, as_of=moment.isoformat()).figures()) == 3
    assert len(Archive.open(filled.location, as_of=moment - timedelta(days=2)).documents()) == 0
    assert len(Archive.open(filled.location, as_of=datetime.now(UTC).date()).documents()) == 4
    filled.compact()
    filled.vacuum(older_than_hours=0)
    assert ids(Archive.open(filled.location, as_of=1).events()) == ids(then.events())


@pytest.mark.parametrize("as_of", [99, -1, "yesterday", "2023-13-01", True])
def test_as_of_nonsense_is_refused(filled, as_of):
    with pytest.raises(ArchiveError, match=r"version|date"):
        Archive.open(filled.location, as_of=as_of)


def test_an_archive_as_it_was_cannot_be_written(filled, coding):
    with pytest.raises(ArchiveError, match="cannot be written"):
        Archive.open(filled.location, as_of=1).append([coding(9)])


def test_a_correction_replaces_and_the_past_keeps_the_old(filled, coding):
    old = coding(1).events[0]
    new = msgspec.structs.replace(
        old, id="corrected-1", type="REJECT", review=Review(supersedes=old.id, accepted_by="me")
    )
    newer = msgspec.structs.replace(new, id="corrected-2", type="THREATEN", review=Review(supersedes=new.id))
    rival = msgspec.structs.replace(new, id="corrected-3", type="REQUEST", review=Review(supersedes=old.id))
    assert filled.correct([new]) == ["corrected-1"]
    between = datetime.now(UTC)
    time.sleep(0.002)  # rows are recorded to the millisecond
    assert filled.correct([new, newer]) == ["corrected-2"]
    assert old.id not in ids(filled.events())
    assert filled.events(document=old.document_id).record("corrected-2") == newer
    assert len(filled.events()) == 6
    assert old in list(Archive.open(filled.location, as_of=1).events())
    assert new in list(Archive.open(filled.location, as_of=between).events())
    assert filled.correct([rival]) == ["corrected-3"]
    assert ids(filled.events()) & {old.id, "corrected-1", "corrected-2", "corrected-3"} == {"corrected-3"}
    assert filled.doctor() == []
    with pytest.raises(ArchiveError, match="supersedes"):
        filled.correct([old])


def test_a_corrected_matter_keeps_its_own_milestones(filled, coding):
    old = coding(1).matters[0]
    steps = tuple(msgspec.structs.replace(step, id=f"x{step.id}", matter_id="new") for step in old.milestones[:2])
    new = msgspec.structs.replace(old, id="new", status="signed", milestones=steps, review=Review(supersedes=old.id))
    filled.correct([new])
    assert list(filled.matter_records(document=old.document_id)) == [new]
    assert filled.sweep(older_than_hours=0) == {}
    assert Archive.open(filled.location, as_of=1).get(old.id) == old


def test_links_issues_runs_and_datasets_are_recorded_once(filled):
    link = Link(
        id="l1",
        matter_id="a",
        other_id="b",
        score=0.5,
        judgement="open",
        reasons=(Reason(name="title", score=0.5, detail="same words"),),
    )
    run = Run(
        id="run-1", command="add x", started=datetime(2024, 1, 1, 9, 30, 0, 250, tzinfo=UTC), version="0.1", documents=3
    )
    data = Dataset(id="d1", name="ICEWS", files=("a.tab",), rows=9)
    trouble = issue("read", "b.txt", "empty", mend="remove it")
    for write, record, read in (
        (filled.append_links, [link], filled.links),
        (filled.record_run, run, filled.runs),
        (filled.record_issues, [trouble], filled.issues),
        (filled.record_dataset, data, filled.datasets),
    ):
        known = record[0] if isinstance(record, list) else record
        assert write(record) == [known.id]
        assert write(record) == []
        assert read().record(known.id) == known


def test_get_finds_by_the_beginning_of_an_id(filled, coding):
    told = coding(2)
    matters = (*told.matters, *told.matters[0].milestones)
    for record in (told.document, *told.events, *told.statements, *matters, *told.issues):
        assert filled.get(record.id) == record
        assert filled.get(record.id[:10]) == record
    for wrong in ("", "zzz"):
        with pytest.raises(ArchiveError, match="no record"):
            filled.get(wrong)
    several = next(
        first
        for first in "0123456789abcdef"
        if sum(r.id.startswith(first) for n in range(3) for r in coding(n).events) > 1
    )
    with pytest.raises(ArchiveError, match="several"):
        filled.get(several)


def test_no_archive_says_how_to_make_one(tmp_path):
    with pytest.raises(ArchiveMissingError, match="detente add"):
        Archive.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_records_that_no_row_can_hold_are_named(archive, coding):
    told = coding(1)
    bad = msgspec.structs.replace(told.figures[0], value=float("nan"))
    with pytest.raises(ArchiveError, match=f"figures {bad.id}.*not a number"):
        archive.append([msgspec.structs.replace(told, figures=(bad,))])
    torn = msgspec.structs.replace(told.document, text="\ud800")
    with pytest.raises(ArchiveError, match="not Unicode"):
        archive.append([Coding(document=torn)])
    stray = msgspec.structs.replace(told.events[0], document_id="other")
    with pytest.raises(ArchiveError, match="belongs to document other"):
        archive.append([msgspec.structs.replace(told, events=(stray,))])
    assert len(archive.documents()) == 0


def test_results_do_not_change_under_the_reader(filled, coding):
    before = filled.events()
    filled.append([coding(8)])
    assert len(before) == 6
    assert len(list(before)) == 6
    assert len(filled.events()) == 8


def test_many_small_files_are_joined(archive, coding, monkeypatch):
    monkeypatch.setattr("detente.store.care.FEW", 4)
    for number in range(8):
        archive.append([coding(number)])
    assert len(archive._lake.snapshot("documents").files) <= 5
    assert len(archive.events()) == 16
    assert [len(Archive.open(archive.location, as_of=v).documents()) for v in (1, 3)] == [1, 3]


def test_strange_folder_names(tmp_path: Path, coding):
    for name in ("a b", "日本", "100% #1", "it's", "a,b;c=d&e"):
        archive = Archive.open(tmp_path / name, create=True)
        archive.append([coding(1)])
        assert len(archive.events()) == 2
    for name in ("a[b", "a|b", "what?", "a*b"):
        with pytest.raises(ArchiveError, match="may not hold the character"):
            Archive.open(tmp_path / name, create=True)


def test_import_of_many_rows(archive, coding, filled):
    told = coding(20)
    rows = filled.events()
    with pytest.raises(ArchiveError, match="do not come with them"):
        archive.import_events([told.document], rows)
    other = Archive.open(Path(archive.location).parent / "other", create=True)
    documents = [coding(number).document for number in range(3)]
    assert other.import_events(documents, rows) == [d.id for d in documents]
    assert {e.id: e for e in other.events()} == {e.id: e for e in rows}
    assert other.counts(["CHN", "JPN"]).to_dicts() == filled.counts(["CHN", "JPN"]).to_dicts()
    assert other.import_events(documents, rows) == []


def test_undated_and_dated(archive, samples, coding):
    told = coding(1)
    text = told.document.text
    undated = samples.event(told.document.id, text, "JPN", "USA", date=None)
    archive.append([msgspec.structs.replace(told, events=(*told.events, undated))])
    assert undated in list(archive.events(["JPN", "USA"]))
    assert not archive.events(["JPN", "USA"], since=date(1900, 1, 1))
    assert archive.counts(["USA", "JPN"]).to_dicts()[0]["month"] is None
