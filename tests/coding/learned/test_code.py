from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from detente.codebook import Codebook
from detente.coding.events.detect import pages
from detente.coding.learned.code import code_events
from detente.coding.learned.coder import EncoderCoder
from detente.coding.learned.load import FILES, MODELS, event_model
from detente.coding.learned.scene import sights
from detente.coding.learned.why import explain
from detente.errors import UsageError
from detente.model import Document
from detente.pipeline.face import rank_types
from detente.text.annotate import annotate, prepare

BOOK = Codebook.load()
REPORT = """Lisbon protests to Rabat over fishing boats

LISBON, 4 March 2019 - Portugal summoned the Moroccan ambassador on Monday after a patrol boat seized two trawlers.

Morocco said the crews had ignored warnings. It released the boats on Tuesday, and ministers of the two countries will
meet in Tangier next week.
"""


def coded(text: str = REPORT) -> tuple[Document, tuple]:
    document, seen = annotate(prepare(Document(id="doc", text=text), BOOK), BOOK)
    return document, code_events(document, seen, BOOK, event_model())


def test_every_event_stands_on_its_words() -> None:
    document, events = coded()
    assert events
    for event in events:
        assert event.origin.coder == "encoder"
        assert event.origin.model is not None
        assert 0 < event.confidence < 1
        assert event.actors
        for evidence in event.evidence:
            assert document.text[evidence.start : evidence.end] == evidence.text


def test_coding_again_changes_nothing() -> None:
    assert coded()[1] == coded()[1]


def test_a_sentence_is_read_alike_whatever_else_is_read_with_it() -> None:
    """Padding must not change a record beyond the rounding of int8 activations."""
    _, alone = coded("Portugal condemned Morocco on Monday.")
    _, among = coded("Portugal condemned Morocco on Monday.\n\nThe talks in Tangier between the two went on for hours.")
    assert {(e.type, e.modality) for e in alone} <= {(e.type, e.modality) for e in among}


def test_parties_that_the_sentence_does_not_name_are_candidates() -> None:
    _, seen = annotate(prepare(Document(id="doc", text=REPORT), BOOK), BOOK)
    found = [sight for sight in sights(pages(seen, BOOK), seen) if sight.parties]
    assert found
    for sight in found:
        codes = [party.actor.code for party in sight.parties]
        assert {"PRT", "MAR"} <= set(codes)
        assert len(codes) == len(set(codes))


def test_an_event_of_the_encoder_explains_itself() -> None:
    document, seen = annotate(prepare(Document(id="doc", text=REPORT), BOOK), BOOK)
    model = event_model(alone=True)
    events = code_events(document, seen, BOOK, model)
    assert events
    for event in events:
        told = explain(event, document, seen, BOOK, model)
        assert told is not None
        assert told.by == model.origin.model
        assert told.cue is not None
        assert document.text[told.cue.start : told.cue.end] == told.cue.text
        assert told.confidence == event.confidence
        assert event.type not in {other.type for other in told.alternatives}
        assert all(other.score is not None for other in told.alternatives)
        assert {side.code for side in told.sides} == {actor.code for actor in (*event.actors, *event.recipients)}


def test_a_page_without_actors_gives_nothing() -> None:
    assert coded("The orchestra played for two hours, and nobody left early.")[1] == ()


def test_rank_types_gives_probabilities() -> None:
    found = rank_types("Tokyo protested to Beijing over the buoy.", actor="Tokyo", recipient="Beijing")
    assert len(found) == 17
    assert sum(found.values()) == pytest.approx(1, abs=1e-3)
    assert list(found.values()) == sorted(found.values(), reverse=True)


@pytest.mark.parametrize(
    ("sentence", "actor", "recipient", "types"),
    [
        ("Austria imposed sanctions on Belarus.", "Austria", "Belarus", {"SANCTION"}),
        ("The Chilean president met his Peruvian counterpart in Arica.", "The Chilean president", "his Peruvian counterpart", {"CONSULT"}),
        ("Villagers were attacked by the militia.", "the militia", "Villagers", {"ASSAULT"}),
        ("Norway sent tents and blankets to Nepal.", "Norway", "Nepal", {"AID"}),
        ("Kenya condemned Uganda.", "Kenya", "Uganda", {"ACCUSE"}),
    ],
)  # fmt: skip
def test_plain_sentences(sentence: str, actor: str, recipient: str, types: set[str]) -> None:
    found = rank_types(sentence, actor, recipient)
    assert next(iter(found)) in types


def test_an_empty_sentence_is_a_users_mistake() -> None:
    with pytest.raises(UsageError, match="empty"):
        rank_types("  ", "a", "b")


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    shutil.copy(MODELS / "events" / FILES[1], tmp_path / FILES[1])
    with pytest.raises(UsageError, match="--coder rules"):
        event_model(tmp_path.name, folder=tmp_path.parent)
    with pytest.raises(UsageError, match="lacks"):
        EncoderCoder(BOOK, "no-such-model")


def test_the_model_is_small_enough_to_ship() -> None:
    assert sum((MODELS / "events" / file).stat().st_size for file in FILES) < 25 * 2**20
