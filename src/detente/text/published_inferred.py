"""Publication dates by reasoning: what the text fixes without saying when it was written.

Facts narrow a stretch of days: terms of office of those called by their title, dates told with their year, dates told
without one together with weekdays, anniversaries of known years, dates still ahead. Each fact that was used is kept as
a reason.
"""

from __future__ import annotations

from datetime import date

from detente.codebook import Codebook
from detente.codebook.times import TimeBook
from detente.model import Document, Interval, Publication
from detente.text.published_facts import LEAD, Facts, gather
from detente.text.published_lines import DatedLine, partly_today
from detente.text.times import calendar as cal


def inferred(document: Document, lines: list[DatedLine], words: TimeBook, book: Codebook | None) -> Publication | None:
    """What follows from datelines without a year, weekdays, terms of office, anniversaries and the dates told.

    Args:
        document: The document.
        lines: Its date lines, of which none is whole.
        words: The words of time.
        book: The codebook; the package's own if None.
    """
    facts = gather(document, words, book)
    partial = next((line for line in lines if line.form.one("month", line.form.one("sure_month")) is not None), None)
    partial = partial or partly_today(document.text, words)
    if partial is not None:
        return _of_line(partial, facts)
    if facts.updated is not None and facts.updated.days == 1 and not facts.chronicle:
        return Publication(interval=facts.updated, known="header", reasons=(facts.year_words, "no other date line"))
    return _of_facts(facts)


def narrowed(document: Document, month: Interval, words: TimeBook, book: Codebook | None) -> Interval:
    """A month of publication cut to the days from the last day of it that the text tells as past."""
    facts = gather(document, words, book)
    told = [
        partial.day
        for partial in facts.partials
        if partial.day and partial.way < 0 and partial.month == month.start.month
    ]
    told += [day for day in facts.days if day]
    if facts.first and month.start <= facts.first <= month.end:
        told.append(facts.first.day)
    last = max((day for day in told if day <= month.end.day), default=1)
    return cal.make(month.start.replace(day=last), month.end, "part" if last > 1 else month.precision)


def _prior(facts: Facts) -> tuple[dict[int, float], list[str]]:
    """How likely each year is before weekdays are looked at, and why.

    News rarely names no year of the last few, so years soon after the latest one told are the likeliest; those called
    by their title must be in office.
    """
    reasons: list[str] = []
    if facts.first_words:
        reasons.append(f"the latest year told is in “{facts.first_words}”")
    if facts.year:
        facts.offices = [window for window in facts.offices if window.start.year <= facts.year <= window.end.year]
        return {facts.year: 1.0}, [facts.year_words]
    if facts.anniversary:
        return {facts.anniversary: 1.0}, [f"an anniversary falls in {facts.anniversary}"]
    low = facts.first.year if facts.first else None
    years: set[int] = set()
    for window in facts.offices:
        years |= set(range(window.start.year, min(window.end.year, window.start.year + 25) + 1))
    if years:
        reasons.append("in office: " + ", ".join(facts.offices[0].people))
    elif low is not None:
        years = set(range(low, min(low + 60, facts.known.year) + 1))
    high = facts.last.year if facts.last and (low is None or facts.last.year >= low) else None
    kept = [year for year in sorted(years) if (low is None or year >= low) and (high is None or year <= high)]
    if facts.chronicle and low is not None and low in kept:
        return {low: 1.0}, [*reasons, "a chronology that goes no further"]
    chances = PRIOR_OFFICE if facts.offices else PRIOR
    weights = {year: chances[min(year - low, len(chances) - 1)] if low is not None else 0.1 for year in kept}
    for year in weights:
        if any(year - told in facts.spans for told in facts.told_years):
            weights[year] *= 1.8
        if facts.copyright is not None:
            weights[year] *= {0: 8.0, 1: 1.5}.get(facts.copyright - year, 1.0 if facts.copyright > year else 0.1)
    if facts.copyright in weights:
        reasons.append(f"copyright {facts.copyright}")
    return weights, reasons


PRIOR = (0.5, 0.18, 0.1, 0.06, 0.04, 0.03, 0.02, 0.02, 0.01)
"""Chance that a text was written so many years after the latest year it tells."""


PRIOR_OFFICE = (0.2, 0.14, 0.12, 0.1, 0.09, 0.08, 0.06, 0.05, 0.04)
"""The same where terms of office already say roughly when."""


GAP = (0.55, 0.25, 0.05, 0.04, 0.04, 0.04, 0.03)
"""Chance that the first weekday told lies so many days before publication."""


LONGEST_TERM = 7 * 366
"""Days in office together that still say something of when a text was written."""
SURE = 0.5
"""How likely a year must be to be told."""


def _decide(weights: dict[int, float]) -> int | None:
    """The likeliest year, if it is likely enough."""
    total = sum(weights.values())
    if not total:
        return None
    best = max(weights, key=lambda year: weights[year])
    return best if weights[best] >= SURE * total else None


def _holds(at: Interval, facts: Facts) -> bool:
    if facts.offices and not any(window.start <= at.end and at.start <= window.end for window in facts.offices):
        return False
    return not (facts.first and at.end < facts.first)


def _of_line(line: DatedLine, facts: Facts) -> Publication | None:
    """A date line that lacks the year: the year that weekdays, terms of office and dates told leave."""
    month = line.form.one("month", line.form.one("sure_month"))
    number = line.form.one("day", line.form.one("ordw"))
    weekday = line.form.one("wday", line.form.one("sure_wday"))
    prior, reasons = _prior(facts)
    weights: dict[int, float] = {}
    for year, chance in prior.items():
        found = cal.month(year, month) if number is None else cal.day(year, month, number)
        if found is None or not _holds(found, facts):
            continue
        if number is not None:
            if weekday is not None:
                chance *= 1.0 if found.start.weekday() == weekday else 0.01
            elif facts.weekdays:
                chance *= GAP[(found.start.weekday() - facts.weekdays[0]) % 7]
            elif facts.coming:
                chance *= GAP[(facts.coming[0] - found.start.weekday()) % 7]
            chance *= _pairs(year, facts)
        weights[year] = chance
    year_of = _decide(weights)
    if year_of is None:
        return None
    interval = cal.month(year_of, month) if number is None else cal.day(year_of, month, number)
    assert interval is not None
    return Publication(interval=interval, known=line.known, reasons=(*line.reasons, f"the year is {year_of}", *reasons))


def _pairs(year: int, facts: Facts) -> float:
    """How well a year fits the weekdays told with a day of a month ("Friday, Oct. 26")."""
    chance = 1.0
    for partial in facts.partials:
        if partial.weekday is not None and partial.day is not None:
            fits = any(
                there.start.weekday() == partial.weekday
                for there in (cal.day(year, partial.month, partial.day),)
                if there
            )
            chance *= 1.0 if fits else 0.02
    return chance


def _of_facts(facts: Facts) -> Publication | None:
    """No date line: the stretch of days that all facts leave, if it is short enough."""
    prior, reasons = _prior(facts)
    options: dict[int, tuple[Interval, list[str]]] = {}
    weights: dict[int, float] = {}
    for year, chance in prior.items():
        option = _in_year(year, facts)
        if option is None:
            continue
        fit, whole, why = option
        weights[year] = chance * fit * _pairs(year, facts)
        options[year] = (whole, why)
    year_of = _decide(weights)
    if year_of is None:
        return _of_terms(facts)
    whole, why = options[year_of]
    return Publication(interval=whole, known="inferred", reasons=(*reasons, *why))


def _of_terms(facts: Facts) -> Publication | None:
    """Nothing but terms of office: the one stretch in which all those named were in office, if it is not too long."""
    if len(facts.offices) != 1 or facts.offices[0].weight < 1:
        return None
    window = facts.offices[0]
    end = min(window.end, facts.last) if facts.last and facts.last >= window.start else window.end
    if (end - window.start).days > LONGEST_TERM or end >= facts.known:
        return None
    reasons = (f"in office: {', '.join(window.people)}",)
    return Publication(interval=cal.make(window.start, end), known="inferred", reasons=reasons)


def _in_year(year: int, facts: Facts) -> tuple[float, Interval, list[str]] | None:
    """The days of a year on which the text can have been written, how well they fit, and why."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    reasons: list[str] = []
    fit = 1.0
    behind = [
        (partial, at.start)
        for partial in facts.partials
        if partial.way < 0 and (at := cal.day(year, partial.month, partial.day or 1))
    ]
    if behind:
        start = max(at for _, at in behind)
        later = [day for day in facts.days if day and start.day < day <= 28]
        start = start.replace(day=max(later)) if later else start
        reasons.append(f"not before {start.day} {start:%B}, which it tells without a year")
        lead = [partial for partial, at in behind if partial.day and at == start and partial.start < LEAD]
        if any(partial.weekday == start.weekday() for partial in lead):
            end = start if facts.same_day else cal.safe(start, 1)
            reasons.append(f"the news is of {start:%A}, {start.day} {start:%B %Y}")
        elif facts.weekdays and lead:
            if start.weekday() in facts.weekdays[:2]:
                end = start if facts.same_day else cal.safe(start, 1)
                reasons.append(f"the weekday told is that of {start.day} {start:%B %Y}")
            else:
                fit = 0.05
    if facts.first and facts.first > start:
        start = facts.first
    if facts.last and start <= facts.last < end:
        end = facts.last
    ahead = [
        at.start
        for p in facts.partials
        if p.way > 0 and p.day and (at := cal.day(year, p.month, p.day)) and at.start >= start
    ]
    if ahead and min(ahead) < end:
        end = min(ahead)
        reasons.append(f"{end.day} {end:%B} is still ahead")
    if start > end:
        return None
    if facts.offices:
        window = next((w for w in facts.offices if w.start <= end and start <= w.end), None)
        if window is None:
            return None
        if behind and start < window.start:  # told without a year, but from before they were in office
            fit *= 0.4
        start, end = max(start, window.start), min(end, window.end)
    return fit, cal.make(start, end), reasons
