from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.codebook import Codebook
from detente.matters import merge, status_at
from detente.matters.lifecycle import allowed
from detente.model import Evidence, Interval, Link, Matter, Milestone, Origin, content_id

BOOK = Codebook.load()
KINDS = ("agreement", "measure", "dispute", "channel")
PROOF = Evidence(document_id="d", start=0, end=5, text="words")


@st.composite
def told(draw):
    kind = draw(st.sampled_from(KINDS))
    statuses = draw(st.lists(st.sampled_from(BOOK.lifecycles.of(kind).statuses), max_size=8))
    days = draw(st.lists(st.integers(0, 9000), min_size=len(statuses), max_size=len(statuses)))
    return kind, statuses, sorted(days)


@given(told())
def test_no_silent_jump(case):
    kind, statuses, _ = case
    kept, wrong = allowed(kind, [(status, i) for i, status in enumerate(statuses)], BOOK)
    cycle = BOOK.lifecycles.of(kind)
    assert sorted([i for _, i in kept] + [i for _, _, i in wrong]) == list(range(len(statuses)))
    assert all(cycle.allows(one, other) for (one, _), (other, _) in pairwise(kept))
    assert all(not cycle.allows(before, status) for before, status, _ in wrong)


def _matter(kind, statuses, days) -> Matter:
    steps = tuple(
        Milestone(
            id=f"m{i}",
            matter_id="x",
            status=status,
            evidence=(PROOF,),
            date=Interval(start=date(2000, 1, 1) + timedelta(day), end=date(2000, 1, 1) + timedelta(day)),
        )
        for i, (status, day) in enumerate(zip(statuses, days, strict=True))
    )
    return Matter(
        id="x",
        document_id="d",
        kind=kind,
        title="A matter",
        subject="things",
        milestones=steps,
        evidence=(PROOF,),
        origin=Origin(coder="rules", version="1"),
        confidence=0.5,
    )


@settings(max_examples=60)
@given(told())
def test_status_at_the_end_is_that_of_the_last_allowed_step(case):
    kind, statuses, days = case
    kept, _ = allowed(kind, [(status, i) for i, status in enumerate(statuses)], BOOK)
    assert status_at(_matter(kind, statuses, days), date(2099, 1, 1), BOOK) == (kept[-1][0] if kept else None)
    assert status_at(_matter(kind, statuses, days), date(1999, 1, 1), BOOK) is None


@settings(max_examples=60)
@given(told())
def test_merging_one_changes_nothing_but_members(case):
    matter = _matter(*case)
    (merged,) = merge([matter], [], BOOK)
    assert merged.milestones == matter.milestones
    assert merged.members == (matter.id,)


@given(kinds=st.tuples(*[st.sampled_from(KINDS)] * 2), data=st.data())
def test_matters_joined_over_kinds_have_the_steps_of_one(kinds, data):
    members = []
    for number, kind in enumerate(kinds):
        states = sorted(BOOK.lifecycles.of(kind).statuses)
        told = data.draw(st.lists(st.sampled_from(states), min_size=1, max_size=4))
        made = _matter(kind, told, [30 * n + number for n in range(len(told))])
        members.append(msgspec.structs.replace(made, id=content_id("matter", str(number)), document_id=str(number)))
    one, other = members
    link = Link(
        id=content_id("link", one.id, other.id),
        matter_id=one.id,
        other_id=other.id,
        judgement="same",
        score=1.0,
        judged_by="someone",
    )
    (joined,) = merge(members, [link], BOOK)
    assert {step.status for step in joined.milestones} <= set(BOOK.lifecycles.of(joined.kind).statuses)
    assert joined.status in (None, *BOOK.lifecycles.of(joined.kind).statuses)
