from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from detente.codebook import Codebook
from detente.model import Evidence, Interval, Matter, Milestone, Origin
from detente.pipeline.near import NEAREST, Near

DAY = date(2000, 1, 1)


@pytest.fixture(scope="module")
def book() -> Codebook:
    return Codebook.load()


class Shelf:
    """An archive of the matters of one relation."""

    def __init__(self, matters: list[Matter]) -> None:
        self.matters = matters

    def document_count(self) -> int:
        return len(self.matters)

    def matter_records(self, parties=()) -> list[Matter]:
        return self.matters


def _matter(name: str, day: int | None, title: str = "ban on seafood") -> Matter:
    piece = Evidence(document_id=name, start=0, end=len(title), text=title)
    when = DAY + timedelta(days=day) if day is not None else None
    step = Milestone(
        id=f"step {name}",
        matter_id=name,
        status="in force",
        date=Interval(start=when, end=when) if when else None,
        evidence=(piece,),
    )
    return Matter(
        id=name,
        document_id=name,
        kind="measure",
        title=title,
        subject="seafood",
        parties=("CHN", "JPN"),
        milestones=(step,),
        evidence=(piece,),
        origin=Origin(coder="made", version="1", rule="ban"),
        confidence=0.5,
    )


def _near(matters: list[Matter], new: Matter, book) -> list[str]:
    return [matter.id for matter in Near(Shelf(matters), book).to([new])]


def test_all_of_a_few(book):
    matters = [_matter(f"m{n:03}", n) for n in range(NEAREST)]
    assert _near(matters, _matter("new", 4000), book) == [matter.id for matter in matters]


def test_the_nearest_in_time_of_many(book):
    matters = [_matter(f"m{n:05}", n) for n in range(40 * NEAREST)]
    Random(1).shuffle(matters)
    found = _near(matters, _matter("new", 10 * NEAREST), book)
    days = [int(name[1:]) for name in found]
    assert len(found) == NEAREST
    assert max(days) - min(days) == NEAREST - 1
    assert min(days) <= 10 * NEAREST <= max(days)


@pytest.mark.parametrize("day", [None, 500])
def test_those_without_a_date_have_half_of_a_window(book, day):
    matters = [_matter(f"d{n:05}", n) for n in range(1000)] + [_matter(f"u{n:05}", None) for n in range(1000)]
    found = _near(matters, _matter("new", day), book)
    assert len(found) == NEAREST
    assert sum(name.startswith("u") for name in found) == NEAREST // 2


def test_rare_keys_come_first(book):
    matters = [_matter(f"m{n:05}", 0) for n in range(1000)]
    rare = _matter("rare", 9000, "ban on gallium")
    new = _matter("new", 0, "ban on gallium")
    assert "rare" in _near([*matters, rare], new, book)
