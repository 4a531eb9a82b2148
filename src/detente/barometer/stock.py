"""The stock of a relation: its live matters, each worth something by kind and state, fading without news."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from detente.codebook.barometer import BarometerBook, StockOf
from detente.model import Matter, Record


class Holding(Record, frozen=True, kw_only=True):
    """What one matter is worth on a day."""

    matter_id: str
    title: str
    kind: str
    status: str
    since: date
    worth: float


def holdings(matters: Iterable[Matter], day: date, book: BarometerBook) -> list[Holding]:
    """The live matters on a day and what each is worth, the weightiest first. Nothing later than the day counts.

    A matter is in the state of its latest dated milestone; one that has none dated is left out.
    """
    found = []
    for matter in matters:
        known = [(step.date.end, i, step.status) for i, step in enumerate(matter.milestones) if step.date]
        past = [step for step in known if step[0] <= day]
        if not past:
            continue
        since, _, status = max(past)
        rule: StockOf = getattr(book.stock, matter.kind)
        worth = rule.worth[status] * 2.0 ** (-(day - since).days / rule.halflife_days)
        if worth:
            found.append(
                Holding(
                    matter_id=matter.id, title=matter.title, kind=matter.kind, status=status, since=since, worth=worth
                )
            )
    return sorted(found, key=lambda holding: (-abs(holding.worth), holding.matter_id))


def stock(matters: Sequence[Matter], days: Sequence[date], book: BarometerBook) -> list[float]:
    """The stock on each of some days: the sum of what live matters are worth."""
    return [sum(holding.worth for holding in holdings(matters, day, book)) for day in days]
