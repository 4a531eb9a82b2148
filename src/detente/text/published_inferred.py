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
from detente.text.published_facts import LEAD, Facts, Partial, gather
from detente.text.published_lines import DatedLine, partly_today
from detente.text.published_years import years
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


GAP = (0.56, 0.28, 0.04, 0.03, 0.03, 0.03, 0.03)
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
    return not (facts.first and at.end < facts.first)


def _of_line(line: DatedLine, facts: Facts) -> Publication | None:
    """A date line that lacks the year: the year that weekdays, terms of office and dates told leave."""
    month = line.form.one("month", line.form.one("sure_month"))
    number = line.form.one("day", line.form.one("ordw"))
    weekday = line.form.one("wday", line.form.one("sure_wday"))
    prior, reasons = years(facts, month, number)
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


def _latest(facts: Facts) -> tuple[int | None, int | None]:
    """The latest day of a month that is told as past without its year, if any."""
    behind = [(partial.month, partial.day) for partial in facts.partials if partial.way < 0 and partial.day]
    return max(behind, default=(None, None))


def _of_facts(facts: Facts) -> Publication | None:
    """No date line: the stretch of days that all facts leave, if it is short enough."""
    month, number = _latest(facts)
    prior, reasons = years(facts, month, number)
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


def _this_year(behind: list[tuple[Partial, date]], facts: Facts, year: int) -> list[tuple[Partial, date]]:
    """Those of the dates told without a year that are of the year itself: a month that lies beyond every day told is
    last year's, and so is a day far beyond that of the news.
    """
    days = [at for partial, at in behind if partial.day]
    if facts.first is not None and facts.fine == 1 and facts.first.year == year:
        days.append(facts.first)
    if not days:
        return behind
    news = [at for partial, at in behind if partial.day and partial.weekday == at.weekday() and partial.start < LEAD]
    last = max(days) if not news or facts.chronicle else max(at for at in days if at <= cal.safe(news[0], NEAR))
    far = cal.safe(last, 0 if news else BEYOND)
    return [(partial, at) for partial, at in behind if at <= (last if partial.day else far)]


BEYOND = 100
"""Days after the last day told within which a month told alone can still be of the same year."""
NEAR = 45
"""Days after the day of the news that a date told as past can lie."""


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
    behind = _this_year(behind, facts, year)
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
    for person in facts.people:  # who is called by an office bounds the days to when it was held
        held = [(a, b) for a, b in person.terms if a <= end and start <= b]
        if person.weight >= 1 and held:
            start, end = max(start, min(a for a, _ in held)), min(end, max(b for _, b in held))
    return fit, cal.make(start, end), reasons
