from __future__ import annotations

from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.codebook import Codebook
from detente.codebook.reading import load_tsv
from detente.matters import keys, links_between, merge, standing
from detente.model import Link, Matter, content_id

CASES = Path(__file__).parent / "cases" / "links.tsv"
COLUMNS = ("kind", "words", "one", "other_words", "other", "judgement")
ROWS = list(load_tsv(CASES, COLUMNS))


def _pick(find, text: str, name: str, kind: str, words: str) -> Matter:
    matters, _ = find(text, name)
    for matter in matters:
        told = " ".join((matter.title, matter.subject, *matter.aliases)).lower()
        if matter.kind == kind and words in told:
            return matter
    raise AssertionError((text, [(matter.kind, matter.title, matter.aliases) for matter in matters]))


@pytest.fixture(scope="module")
def pairs(find):
    return {
        line: (
            _pick(find, row["one"], f"{line}a", row["kind"], row["words"]),
            _pick(find, row["other"], f"{line}b", row["kind"], row["other_words"]),
        )
        for line, row in ROWS
    }


@pytest.mark.parametrize(("line", "row"), [pytest.param(*pair, id=f"line {pair[0]}") for pair in ROWS])
def test_judgement(line, row, pairs, book):
    one, other = pairs[line]
    links = links_between([one], [other], book)
    told = [(link.judgement, link.score, [(r.name, r.score, r.detail) for r in link.reasons]) for link in links]
    if row["judgement"] == "apart":
        assert all(link.judgement == "different" for link in links), told
        return
    assert [link.judgement for link in links] == [row["judgement"]], told
    assert links_between([other], [one], book) == links
    assert links_between([one, other], [], book) == links
    assert keys(one, book) & keys(other, book)
    assert all(reason.detail for link in links for reason in link.reasons)


def _everything(pairs) -> list[Matter]:
    return list({matter.id: matter for pair in pairs.values() for matter in pair}.values())


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.integers(1, 7))
def test_order_of_adding_says_nothing(seed, size, pairs, book):
    everything = _everything(pairs)
    whole = links_between(everything, [], book)
    wanted = merge(everything, whole, book)
    shuffled = everything[:]
    Random(seed).shuffle(shuffled)
    old: list[Matter] = []
    links: list[Link] = []
    for start in range(0, len(shuffled), size):
        batch = shuffled[start : start + size]
        links += links_between(batch, old, book)
        old += batch
    assert sorted(links, key=lambda link: link.id) == sorted(whole, key=lambda link: link.id)
    Random(seed + 1).shuffle(links)
    assert merge(shuffled, links, book) == wanted


def test_merged(find, book):
    one = _pick(
        find, "CANBERRA, 30 November 2020 - China imposed tariffs on Australian wine on Friday.", "a", "measure", "wine"
    )
    other = _pick(
        find,
        "CANBERRA, 30 March 2024 - China lifted its tariffs on Australian wine on Thursday.",
        "b",
        "measure",
        "wine",
    )
    third = _pick(
        find, "CANBERRA, 1 December 2020 - China imposed tariffs on Australian wine on Friday.", "c", "measure", "wine"
    )
    links = links_between([one, other, third], [], book)
    (merged,) = merge([one, other, third], links, book)
    assert merged.id == min(one.id, other.id, third.id)
    assert set(merged.members) == {one.id, other.id, third.id}
    assert [(step.status, len(step.evidence)) for step in merged.milestones] == [("in force", 2), ("lifted", 1)]
    assert merged.status == "lifted"
    assert {*merged.evidence} >= {*one.evidence, *other.evidence}
    assert {link.id for link in merged.links} == {link.id for link in links}
    assert sorted([merged, one], key=standing)[0] == merged


def _person(one: Matter, other: Matter, judgement: str) -> Link:
    first, second = sorted((one.id, other.id))
    return Link(
        id=content_id("link", first, second, "Ada"),
        matter_id=first,
        other_id=second,
        score=1.0,
        judgement=judgement,
        judged_by="Ada",
    )  # type: ignore[arg-type]


def test_a_person_outranks(pairs, book):
    line = next(line for line, row in ROWS if row["judgement"] == "same")
    one, other = pairs[line]
    links = links_between([one, other], [], book)
    assert len(merge([one, other], links, book)) == 1
    for order in ([*links, _person(one, other, "different")], [_person(one, other, "different"), *links]):
        assert len(merge([one, other], order, book)) == 2
    apart = next(line for line, row in ROWS if row["judgement"] == "apart")
    a, b = pairs[apart]
    assert len(merge([a, b], [*links_between([a, b], [], book), _person(a, b, "same")], book)) == 1


def test_a_person_cuts_a_chain(pairs, book):
    line = next(line for line, row in ROWS if row["judgement"] == "same")
    one, other = pairs[line]
    middle = msgspec.structs.replace(one, id="0" * 16, document_id="elsewhere")
    links = links_between([one, other, middle], [], book)
    assert len(merge([one, other, middle], links, book)) == 1
    merged = merge([one, other, middle], [*links, _person(one, other, "different")], book)
    assert len(merged) == 2
    assert all(not {one.id, other.id} <= {*matter.members} for matter in merged)


def test_one_document_is_not_linked_with_itself(pairs, book):
    one, _ = next(iter(pairs.values()))
    twin = msgspec.structs.replace(one, id="f" * 16)
    assert links_between([one, twin], [], book) == ()


def test_links_of_an_own_codebook(pairs, book: Codebook):
    links = links_between(_everything(pairs), [], book)
    assert all(link.matter_id < link.other_id for link in links)
    assert len({link.id for link in links}) == len(links)
