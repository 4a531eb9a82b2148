from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import ArchiveError, UsageError
from detente.model import Document, document_id
from detente.pipeline import Archive

BAN = "TOKYO, 25 August 2023 - China imposed a blanket ban on Japanese seafood on Thursday, Tokyo said."
LIFTED = "TOKYO, 30 June 2025 - China lifted its ban on Japanese seafood on Sunday, two years after it was imposed."
CURBS = "BEIJING, 26 October 2018 - China has kept restrictions on Japanese food imports in place since 2011."
LONG = (
    "TOKYO, 25 August 2023 - China imposed a blanket ban on Japanese seafood on Thursday, hours after the release of "
    "treated water from the Fukushima plant had begun. Tokyo protested to Beijing on Friday and asked for the ban to be "
    "lifted. Exporters in Hokkaido said that scallops already on their way would have to come back to Japan."
)


def _document(text: str, name: str) -> Document:
    return Document(id=document_id(text, name), text=text, path=name)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    opened = Archive.open(tmp_path / "a", create=True)
    opened.add(*(_document(text, f"{n}.txt") for n, text in enumerate((BAN, LIFTED, CURBS))))
    return opened


def _of(archive: Archive, words: str) -> str:
    return next(m.id for m in archive.matter_records() if words in m.evidence[0].text)


def test_a_matter_by_id_by_words_and_what_moved(archive: Archive):
    (ban,) = [matter for matter in archive.called("seafood ban") if len(matter.members) == 2]
    assert archive.matter(ban.members[1][:10]) == ban
    assert ban.status == "lifted"
    moved = list(archive.changes("JPN", "CHN", since=ban.milestones[0].date.start))
    assert [(c.before, c.status) for c in moved if c.matter_id == ban.id] == [
        ("in force", "lifted"),
        (None, "in force"),
    ]
    with pytest.raises(ArchiveError, match="no record"):
        archive.matter("ffffffffffff")
    assert archive.called("no such thing") == []


def test_a_person_joins_what_was_apart_and_parts_what_was_joined(archive: Archive):
    before = len(list(archive.links()))
    food, seafood = _of(archive, "food imports"), _of(archive, "blanket ban")
    assert food not in archive.matter(seafood).members
    archive.judge(food, seafood, "same", by="ada", note="for the test")
    assert food in archive.matter(seafood).members
    archive.judge(seafood, food, "different", by="ada")
    assert food not in archive.matter(seafood).members
    assert len(list(archive.links())) == before + 2  # nothing was erased


def test_a_judgement_is_checked(archive: Archive):
    one, other = _of(archive, "food imports"), _of(archive, "blanket ban")
    for wrong in ({"judgement": "maybe", "by": "ada"}, {"judgement": "same", "by": "detente"}):
        with pytest.raises(UsageError):
            archive.judge(one, other, **wrong)
    with pytest.raises(UsageError, match="same telling"):
        archive.judge(one, one, "same", by="ada")


def test_doubts_are_open_links_that_nobody_judged(archive: Archive):
    one, other = _of(archive, "food imports"), _of(archive, "blanket ban")
    archive.judge(one, other, "open", by="ada")
    (doubt,) = [doubt for doubt in archive.doubts() if {doubt.one.id, doubt.other.id} == {one, other}]
    assert doubt.link.judged_by == "ada"
    archive.judge(one, other, "different", by="ben")
    assert all({doubt.one.id, doubt.other.id} != {one, other} for doubt in archive.doubts())


def test_copies_are_coded_once_and_counted_once(tmp_path: Path):
    archive = Archive.open(tmp_path / "a", create=True)
    first, again, later = (
        _document(text, name) for text, name in ((LONG, "a"), ("THE SUN\n\n" + LONG, "b"), (LONG, "c"))
    )
    assert len(archive.add(first, again).new) == 2
    archive.add(later)  # in another run
    told = {document.id: document for document in archive.documents()}
    assert {told[one.id].duplicate_of for one in (again, later)} == {first.id}
    assert told[first.id].duplicate_of is None
    assert told[again.id].countries == told[first.id].countries
    assert {event.document_id for event in archive.events()} == {first.id}
    joined = list(archive.occasions("JPN", "CHN"))
    assert joined
    assert {(one.reports, one.independent) for one in joined} == {(3, 1)}
