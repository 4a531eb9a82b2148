from __future__ import annotations

import pytest

import detente

LEAD = "LIMA, 3 March 2021 — Foreign Minister Elizabeth Astete of Peru met her Chilean counterpart Andrés Allamand in Lima on Tuesday."


@pytest.mark.parametrize(
    ("rest", "type", "date"),
    [
        ("Peru asked Chile to share the data on the catch.", "REQUEST", "2021-03-02"),
        ("Peru asked Chile in 2019 to share the data on the catch.", "REQUEST", "2019-01-01/2019-12-31"),
        ("Bolivia asked Chile to share the data on the catch.", "REQUEST", None),
    ],
)
def test_what_is_told_of_a_meeting_has_its_date(rest: str, type: str, date: str | None) -> None:
    coding = detente.code(f"{LEAD}\n\n{rest}")
    (event,) = [event for event in coding.events if event.type == type]
    assert (str(event.date) if event.date else None) == date


def test_a_meeting_long_ago_dates_nothing() -> None:
    text = (
        "LIMA, 3 March 2021 — Peru met Chile in Lima in June 2019, when the ministers talked for two days. "
        "Peru has asked Chile to share the data on the catch."
    )
    (event,) = [event for event in detente.code(text).events if event.type == "REQUEST"]
    assert event.date is None
