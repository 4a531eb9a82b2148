from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import detente
from detente.codebook.weights import load_weights
from detente.coding.events.dating import Option, choose
from detente.errors import CodebookError
from detente.model import Interval

DAYS = tuple(Interval(start=date(2020, 1, day), end=date(2020, 1, day)) for day in (1, 2, 3))
OPTIONS = st.lists(
    st.builds(Option, st.sampled_from((None, *DAYS)), st.lists(st.sampled_from("abc"), max_size=3).map(tuple)),
    min_size=1,
)
LEAD = "ACCRA, 9 May 2019 (Volta News) — Ghana expelled two Togolese diplomats on Tuesday."


@given(OPTIONS, st.dictionaries(st.sampled_from("abc"), st.floats(-9, 9)))
def test_the_answer_is_one_of_the_options(found: list[Option], weights: dict[str, float]) -> None:
    assert choose(found, weights) in [option.interval for option in found]


def test_answers_that_name_one_day_count_together() -> None:
    found = [Option(None, ("a",)), Option(DAYS[0], ("b",)), Option(DAYS[0], ("b",))]
    assert choose(found, {"a": 1.0, "b": 0.5}) == DAYS[0]
    assert choose(found[:2], {"a": 1.0, "b": 0.5}) is None


def test_a_date_of_its_own_stands() -> None:
    events = detente.code(LEAD).events
    assert events
    assert {str(event.date) for event in events} == {"2019-05-07"}


def test_a_date_that_is_only_chosen_says_so_or_is_told() -> None:
    text = f"{LEAD}\n\nTogo condemned the step. It recalled its ambassador from Ghana and accused Ghana of spying."
    told = {"2019-05-07", "2019-05-09"}
    events = detente.code(text).events
    assert len(events) > 1
    for event in events:
        assert event.date is None or event.date.approximate or str(event.date) in told


def test_a_wrong_weight_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "dating.tsv").write_text("none\t0.5\nnow\theavy\n", "utf-8")
    with pytest.raises(CodebookError, match=r"dating\.tsv:2"):
        load_weights(tmp_path / "dating.tsv")
