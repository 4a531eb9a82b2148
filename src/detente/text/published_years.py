"""In which year a text was written that does not say so: how likely each year is by all that the text names.

Each fact multiplies the chance of every year: how far the latest year told lies back, who is in office, what exists
already or still, "four years after 2012", copyright lines. No fact rules a year out alone but a later date that is told
as past, so that one name wrongly taken for somebody's cannot decide.
"""

from __future__ import annotations

from datetime import date

from detente.text.published_facts import Facts
from detente.text.published_terms import Person

GAP = (0.27, 0.14, 0.14, 0.1, 0.075, 0.07, 0.035, 0.04, 0.02)
"""Chance that a text was written so many years after the latest year it tells as past; the last for any more."""
GAP_MONTH = (0.42, 0.2, 0.1, 0.07, 0.05, 0.04, 0.03, 0.03, 0.015)
"""The same where that year is told with its month."""
GAP_FINE = (0.62, 0.16, 0.06, 0.04, 0.03, 0.03, 0.02, 0.02, 0.01)
"""The same where it is told with its day."""
AHEAD = (0.2, 0.18, 0.18, 0.12, 0.08, 0.08, 0.05, 0.03)
"""Chance that the earliest year told as still to come lies so many years ahead."""
LATEST = (0.6, 0.1)
"""Chances, against 1, of the last two years that the table of office holders reaches."""
FIRST_YEAR = 1985
"""Before this the table of office holders says nothing."""
OUT_OF_OFFICE, NOT_YET = 0.02, 0.01
"""Chances, against 1, that somebody is named with an office not held, and somebody who never held one so far."""
NAMED_AFTER = {0.5: 0.25, 0.3: 0.5}
"""Chance that somebody named without an office has left it, by how much the name weighs."""
TOO_EARLY, TOO_LATE = 0.06, 0.45
"""Chances that something is named before there was news of it, and after it was gone."""


def years(facts: Facts, month: int | None, day: int | None) -> tuple[dict[int, float], list[str]]:
    """How likely each year is, and why.

    Args:
        facts: What the text fixes.
        month: The month in which it was written, if that is known.
        day: The day of that month, if that is known.

    Returns:
        Weights that need not add up to one, and the facts that had a say in them.
    """
    if facts.year:
        return {facts.year: 1.0}, [facts.year_words]
    if facts.anniversary:
        return {facts.anniversary: 1.0}, [f"an anniversary falls in {facts.anniversary}"]
    low = facts.first.year if facts.first else None
    if facts.chronicle and low is not None:
        return {low: 1.0}, [f"the latest year told is in “{facts.first_words}”", "a chronology that goes no further"]
    weights = dict.fromkeys(range(max(FIRST_YEAR, low or 0), facts.known.year + 1), 1.0)
    weights |= {year: chance for year, chance in _latest(facts).items() if year in weights}
    if not facts.people and not facts.told_years and not facts.eras and facts.copyright is None:
        return {}, []
    reasons = [f"the latest year told is in “{facts.first_words}”"] if facts.first_words else []
    for year in weights:
        weights[year] *= _told(year, facts)
        for person in facts.people:
            weights[year] *= _office(person, _days(year, month, day))
        for era in facts.eras.values():
            weights[year] *= TOO_EARLY if era.first and year < era.first else 1.0
            weights[year] *= TOO_LATE if era.last and year > era.last else 1.0
    return weights, [*reasons, *_why(facts)]


def _latest(facts: Facts) -> dict[int, float]:
    return {facts.known.year - 1: LATEST[0], facts.known.year: LATEST[1]}


def _days(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, 28)
    at = date(year, month, min(day, 28))
    return at, at


def _told(year: int, facts: Facts) -> float:
    chance = 1.0
    if facts.first is not None:
        gaps = GAP_FINE if facts.fine == 1 else GAP_MONTH if facts.fine <= 31 else GAP
        back = year - facts.first.year
        chance *= gaps[back] if back < len(gaps) - 1 else gaps[-1] / (1 + (back - len(gaps) + 1) / 10)
    if facts.last is not None and facts.last.year >= FIRST_YEAR and (facts.first is None or facts.last >= facts.first):
        ahead = facts.last.year - year
        chance *= 0.02 if ahead < 0 else AHEAD[ahead] if ahead < len(AHEAD) else 0.01
    for number, told in facts.since:
        chance *= {0: 4.0, -1: 1.3, 1: 1.3}.get(year - told - number, 1.0)
    if any(year - told in facts.spans for told in facts.told_years):
        chance *= 1.5
    if facts.copyright is not None:
        chance *= {0: 8.0, 1: 1.5}.get(facts.copyright - year, 1.0 if facts.copyright > year else 0.1)
    return chance


def _office(person: Person, days: tuple[date, date]) -> float:
    """How well the days fit somebody's terms: 1 if in office on all of them."""
    start, end = days
    whole = (end - start).days + 1
    held = sum(max(0, (min(end, b) - max(start, a)).days + 1) for a, b in person.terms)
    share = min(1.0, held / whole)
    if end < person.first:
        out = NOT_YET
    elif person.weight >= 1:
        out = OUT_OF_OFFICE
    else:
        out = NAMED_AFTER[person.weight] if start > person.terms[0][0] else 0.2
    return out + (1 - out) * min(1.0, share * 1.5)


def _why(facts: Facts) -> list[str]:
    reasons = []
    named = [person.name for person in sorted(facts.people, key=lambda person: -person.weight)]
    if named:
        reasons.append("in office: " + ", ".join(named[:4]))
    if facts.last_words:
        reasons.append(f"“{facts.last_words}” is still ahead")
    bound = [words for words, era in facts.eras.items() if era.first and era.first > FIRST_YEAR]
    gone = [words for words, era in facts.eras.items() if era.last]
    if bound:
        reasons.append("names " + ", ".join(bound[:3]))
    if gone:
        reasons.append("still names " + ", ".join(gone[:3]))
    if facts.copyright is not None:
        reasons.append(f"copyright {facts.copyright}")
    return reasons
