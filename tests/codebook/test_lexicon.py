from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from detente.codebook import Codebook
from detente.codebook.lexicon import Lexicon
from detente.errors import CodebookError

BOOK = Codebook.load()


def test_every_type_has_frames() -> None:
    assert {frame.type for frame in BOOK.lexicon.frames} == set(BOOK.ontology.types)


def test_what_an_act_turns_into_is_a_type() -> None:
    for kind, mode in BOOK.lexicon.inverse.values():
        assert kind in BOOK.ontology.types
        assert mode is None or mode in BOOK.ontology.types[kind].modes


def test_narrower_frames_are_tried_first() -> None:
    names = [frame.name for _, frame in BOOK.lexicon.verbs["impose"]]
    assert names.index("impose") < len(names)
    rests = [len(rest) for rest, _ in BOOK.lexicon.verbs["pull"]]
    assert rests[0] >= rests[-1]


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("frames.yml", "type: CONCEDE", "type: YIELD", "YIELD"),
        ("frames.yml", "mode: expel,", "mode: throw,", "throw"),
        ("frames.yml", "object: measure,", "object: mesure,", "mesure"),
        ("frames.yml", "contexts: legal", "contexts: lawful", "lawful"),
        ("frames.yml", "complement: to,", "complement: too,", "too"),
        ("cues.yml", ": planned", ": plotted", "plotted"),
        ("contexts.tsv", "\nmilitary\t", "\nmartial\t", "martial"),
        ("classes.yml", "@talks", "@talk", "talk"),
    ],
)
def test_a_mistake_names_file_and_line(tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    folder = tmp_path / "lexicon"
    shutil.copytree(BOOK.folder / "lexicon", folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CodebookError) as caught:
        Lexicon.load(folder, BOOK.ontology)
    assert says in str(caught.value)
    assert f"{file}:" in str(caught.value)
