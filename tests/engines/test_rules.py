from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.codebook import Codebook
from detente.engines.rules.clause import verb_clause
from detente.engines.rules.modality import read
from detente.engines.rules.tree import Tree

CASES = Path(__file__).parent / "cases"


@cache
def nlp() -> Any:
    from detente.text.parse import pipeline

    return pipeline()


def rows(name: str) -> list[list[str]]:
    lines = [line for line in (CASES / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]
    width = len(lines[0].split("\t"))
    return [(line.split("\t") + [""] * width)[:width] for line in lines[1:]]


def tree_of(text: str) -> Tree:
    return Tree(nlp()(text))


def place(tree: Tree, word: str) -> int:
    return tree.text.index(word)


@pytest.mark.parametrize("row", rows("clauses.tsv"), ids=lambda row: row[0])
def test_clause(row: list[str]) -> None:
    sentence, trigger, agents, objects, construction = row
    tree = tree_of(sentence)
    clause = verb_clause(tree, place(tree, trigger))
    assert [tree.text[i] for i in clause.agents] == agents.split()
    assert [tree.text[i] for i in clause.objects] == objects.split()
    assert clause.construction == construction


@pytest.mark.parametrize("row", rows("modality.tsv"), ids=lambda row: row[0])
def test_modality(row: list[str]) -> None:
    sentence, verb, expected, negated = row
    tree = tree_of(sentence)
    reading = read(tree, place(tree, verb), Codebook.load().lexicon.governors)
    assert (reading.modality or "-") == expected
    assert reading.negated == bool(negated)


def test_a_headline_verb_taken_for_a_noun_is_mended() -> None:
    tree = tree_of("Turkey expels Dutch ambassador")
    tree.repair({"expel"})
    clause = verb_clause(tree, place(tree, "expels"))
    assert [tree.text[i] for i in clause.agents] == ["Turkey"]
    assert [tree.text[i] for i in clause.objects] == ["ambassador"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="abc .,Tto'\"-\n", max_size=80))
def test_a_tree_mirrors_its_parse(text: str) -> None:
    tree = tree_of(text)
    tree.repair({"a", "to"})
    for i in range(len(tree)):
        assert text[tree.idx[i] : tree.end[i]] == tree.text[i]
        assert tree.left[i] <= i <= tree.right[i]
        assert all(tree.head[kid] == i for kid in tree.kids[i])
