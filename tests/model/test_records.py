from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model import Actor, Event, Evidence, Interval, Origin, Span, codes, content_id, from_json, to_dict, to_json

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))


def _event(**more: object) -> Event:
    evidence = Evidence(document_id="d", start=0, end=5, text="Tokyo")
    return Event(
        id="e",
        document_id="d",
        evidence=(evidence,),
        origin=Origin(coder="rules", version="1"),
        confidence=0.5,
        type="AGREE",
        quad="verbal cooperation",
        intensity=2.5,
        actors=(Actor(code="JPN", name="Japan", country="JPN"),),
        **more,
    )


@given(days, days)
def test_an_interval_knows_its_length_and_its_order(one: date, other: date) -> None:
    if one > other:
        with pytest.raises(ValueError, match="starts after it ends"):
            Interval(start=one, end=other)
    else:
        interval = Interval(start=one, end=other)
        assert interval.days == (other - one).days + 1
        assert interval.overlaps(interval)


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_spans_overlap_as_sets_of_places_do(start: int, length: int, other_start: int, other_length: int) -> None:
    one, other = Span(start=start, end=start + length), Span(start=other_start, end=other_start + other_length)
    places, others = set(range(one.start, one.end)), set(range(other.start, other.end))
    assert one.overlaps(other) == bool(places & others)
    assert one.covers(other) == (others <= places)


@given(st.lists(st.text(), min_size=1))
def test_ids_are_stable_and_sixteen_digits(parts: list[str]) -> None:
    assert content_id(*parts) == content_id(*parts)
    assert len(content_id(*parts)) == 16


def test_parts_of_an_id_are_kept_apart() -> None:
    assert content_id("ab", "c") != content_id("a", "bc")


@given(st.none() | days)
def test_records_survive_json(day: date | None) -> None:
    event = _event(date=None if day is None else Interval(start=day, end=day))
    assert from_json(Event, to_json(event)) == event
    assert to_dict(event)["date"] == (
        None
        if day is None
        else {
            "start": day.isoformat(),
            "end": day.isoformat(),
            "precision": "day",
            "approximate": False,
            "open_start": False,
            "open_end": False,
        }
    )


def test_records_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        _event().type = "AID"  # type: ignore[misc]


def test_codes_are_given_once_in_order() -> None:
    chn, jpn = Actor(code="CHN", name="China"), Actor(code="JPN", name="Japan")
    assert codes((chn, jpn, chn)) == ("CHN", "JPN")
