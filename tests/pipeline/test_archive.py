"""The whole way, on the bundled dispatches and on the four documents where they are there."""

from __future__ import annotations

import random
from importlib import resources
from pathlib import Path

import pytest

from detente.codebook import Codebook
from detente.model import Coding, Document, Issue, Matter
from detente.pipeline import Archive, Process

DEMO = Path(str(resources.files("detente") / "data" / "demo"))
SHARED = Path(__file__).parents[3] / "shared"
LAYERS = ("events", "statements", "figures", "drivers", "matters")
BANK = Path(__file__).parents[2] / "training" / "bank" / "train"


def _texts() -> list[Path]:
    found = sorted(DEMO.glob("*.txt"))[::3] + sorted(BANK.glob("*.txt"))[::8]
    if SHARED.is_dir():
        found += sorted((SHARED / "seeds").glob("*.txt"))
    return found


@pytest.fixture(scope="module")
def codings() -> list[Coding]:
    process = Process(Codebook.load())
    found = [process(Document(id=path.name, text=path.read_text("utf-8"), path=path.name)) for path in _texts()]
    return [coding for coding in found if isinstance(coding, Coding)]


@pytest.mark.slow
def test_every_record_of_every_layer_has_evidence_that_stands_in_its_text(codings: list[Coding]) -> None:
    counts = dict.fromkeys(LAYERS, 0)
    for coding in codings:
        for layer in LAYERS:
            for record in getattr(coding, layer):
                counts[layer] += 1
                steps = record.milestones if isinstance(record, Matter) else ()
                for holder in (record, *steps):
                    assert holder.evidence
                    for piece in holder.evidence:
                        assert piece.document_id == coding.document.id
                        assert coding.document.text[piece.start : piece.end] == piece.text
                        assert piece.text.strip()
    assert all(counts.values()), counts


@pytest.mark.slow
def test_evidence_is_article_text(codings: list[Coding]) -> None:
    for coding in codings:
        for layer in LAYERS:
            for record in getattr(coding, layer):
                piece = record.evidence[0]
                assert any(span.start <= piece.start and piece.end <= span.end for span in coding.document.article), (
                    layer,
                    piece,
                )


@pytest.mark.slow
def test_a_second_run_gives_the_same_ids(codings: list[Coding]) -> None:
    process = Process(Codebook.load())
    for coding in codings[::5]:
        document = coding.document
        again = process(Document(id=document.id, text=document.text, path=document.path))
        assert isinstance(again, Coding)
        assert again == coding


@pytest.mark.slow
def test_the_order_of_adding_changes_no_matter(tmp_path: Path, codings: list[Coding]) -> None:
    some = codings[:20]
    shuffled = random.Random(7).sample(some, len(some))
    found = []
    for name, order in (("one", some), ("other", shuffled)):
        archive = Archive.open(tmp_path / name, create=True)
        for start in range(0, len(order), 5):
            archive.add(*order[start : start + 5])
        found.append({(m.id, m.title, m.status, m.members) for m in archive.matters()})
    assert found[0] == found[1]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not there")
def test_the_four_documents_give_a_cited_brief(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path / "a", create=True)
    added = archive.add(SHARED / "seeds")
    assert len(added.new) == 4
    assert not added.issues
    brief = archive.brief("JPN", "CHN")
    assert len(brief.sources) == 4
    assert {"Key takeaways", "Agreements", "Measures"} <= {section.title for section in brief.sections}


def test_a_document_that_breaks_a_stage_is_an_issue_and_the_others_are_kept(tmp_path: Path) -> None:
    good = Document(
        id="good",
        text="TOKYO, 3 March 2021 — Japan and China agreed on Tuesday to resume talks on the gas field.",
        path="good.txt",
    )

    class Broken(Document, frozen=True, kw_only=True):
        @property
        def name(self) -> str:
            return "broken.txt"

        def __getattribute__(self, attribute: str) -> object:
            if attribute == "text":
                raise ValueError("a text that cannot be read")
            return super().__getattribute__(attribute)

    archive = Archive.open(tmp_path / "a", create=True)
    added = archive.add(Broken(id="bad", text="x"), good)
    assert len(added.new) == 1
    (found,) = added.issues
    assert isinstance(found, Issue)
    assert found.where == "broken.txt"
    assert found.id in {issue.id for issue in archive.issues()}
