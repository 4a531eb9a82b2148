"""The event layer: from an annotated document to its events."""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from detente.codebook import Codebook
from detente.coding.events.candidate import Candidate, Page
from detente.coding.events.cues import contexts, is_remembrance, place
from detente.coding.events.dating import dated
from detente.coding.events.detect import candidates, pages
from detente.coding.events.discourse import Discourse
from detente.coding.events.meeting import at_meetings
from detente.coding.events.merge import clusters
from detente.coding.events.when import act_date, is_history, times_of
from detente.model import Annotations, Document, Event, Evidence, Interval, Origin, TimeMention, content_id

NAME, VERSION = "rules", "1"
CEILING = 0.97
MOVING = frozenset(("CONSULT", "COOPERATE", "AID"))
"""Types that are arranged ahead: their present tense with a day is a plan."""


def code_events(document: Document, seen: Annotations, book: Codebook) -> tuple[Event, ...]:
    """The events of a document, each once, in order of their first words.

    Args:
        document: The document; its publication date ends what is still going on.
        seen: Its annotations: parses, mentions, times and quotations are used.
        book: The codebook: lexicon and ontology.
    """
    discourse = Discourse(seen, book.lexicon)
    found = [(page, candidates(page, book.lexicon, discourse, book.ontology)) for page in pages(seen, book)]
    return finish(document, seen, book, found, Origin(coder=NAME, version=VERSION))


def finish(
    document: Document, seen: Annotations, book: Codebook, found: Iterable[tuple[Page, list[Candidate]]], origin: Origin
) -> tuple[Event, ...]:
    """Events of possible events: dated, each once, in order of their first words.

    Args:
        document: The document.
        seen: Its annotations.
        book: The codebook.
        found: The possible events of each page, with their parties and modality.
        origin: Which coder found them.
    """
    told = tell(document, seen, book, found, origin)
    return tuple(dated([event for event, _ in told], [group for _, group in told], document, seen, book.lexicon.dating))


def tell(
    document: Document, seen: Annotations, book: Codebook, found: Iterable[tuple[Page, list[Candidate]]], origin: Origin
) -> list[tuple[Event, list[Candidate]]]:
    """Events of possible events with what tells each; dated where their own words or a meeting date them."""
    published = document.published.interval if document.published else None
    ready: list[Candidate] = []
    for page, here in found:
        _dates(page, here, seen, book.lexicon.report, published)
        ready.extend(here)
    told = [(_event(group, document, seen, book, published, origin), group) for group in clusters(ready)]
    told.sort(key=lambda pair: (pair[0].evidence[0].start, pair[0].type))
    events = at_meetings([event for event, _ in told], document)
    return [(event, group) for event, (_, group) in zip(events, told, strict=True)]


def _dates(
    page: Page, found: list[Candidate], seen: Annotations, report: frozenset[str], published: Interval | None
) -> None:
    if not found:
        return
    times = times_of(seen, page.paragraph.start, page.paragraph.end)
    if not times:
        return
    entry = _entry(page, times)
    triggers = {at for candidate in found for at in (candidate.match.clause.trigger, candidate.match.clause.verb)}
    for candidate in found:
        candidate.date = act_date(candidate, times, triggers, report, published)
        if candidate.date is None and entry is not None and candidate.modality in ("occurred", "ongoing"):
            candidate.date = entry
        if candidate.modality == "ongoing" and candidate.present and (entry or _past(candidate.date, published)):
            candidate.modality = "occurred"  # the present tense of chronicles
        if candidate.modality in ("occurred", "ongoing") and entry is None and _to_come(candidate, published):
            candidate.modality = "planned"


def _to_come(candidate: Candidate, published: Interval | None) -> bool:
    """Whether the present tense speaks of what is still to come ("talks resume on Monday")."""
    if not candidate.present:
        return False
    after = candidate.date is not None and published is not None and candidate.date.start > published.end
    return after or (candidate.later and candidate.type in MOVING and not candidate.page.paragraph.heading)


def _entry(page: Page, times: list[TimeMention]) -> Interval | None:
    """The date that heads an entry of a chronology."""
    first = min(times, key=lambda time: time.start)
    head = first.start - page.paragraph.start
    after = page.paragraph.parse.text[first.end - page.paragraph.start :][:2].strip() if head <= 2 else "x"
    return (
        first.interval
        if first.interval and head <= 2 and (not after or not after[0].isalnum()) and after[:1] != ","
        else None
    )


def _past(interval: Interval | None, published: Interval | None) -> bool:
    return interval is not None and published is not None and interval.end < published.start and not interval.open_end


def _event(
    group: list[Candidate],
    document: Document,
    seen: Annotations,
    book: Codebook,
    published: Interval | None,
    origin: Origin,
) -> Event:
    best = group[0]
    when = next((candidate.date for candidate in group if candidate.date is not None), None)
    where = next((found for found in map(place, group) if found), None)
    mode = best.mode
    quotes = tuple(dict.fromkeys(_evidence(candidate, document) for candidate in group))
    retold = is_history(when, published) or is_remembrance(best.page, best.match.clause.trigger, book.lexicon)
    actors, recipients = best.actors, best.recipients
    codes = (*(a.code for a in actors), ">", *(a.code for a in recipients))
    return Event(
        id=content_id("event", document.id, best.type, *codes, quotes[0].start, quotes[0].end, best.modality),
        document_id=document.id,
        evidence=quotes,
        origin=msgspec.structs.replace(origin, rule=best.rule),
        confidence=_confidence(group, seen, book) if best.score is None else round(best.score, 3),
        type=best.type,
        mode=mode,
        contexts=contexts(best, book.lexicon),
        quad=book.ontology.quad(best.type),
        intensity=book.ontology.intensity(best.type, mode),
        actors=actors,
        recipients=recipients,
        reciprocal=best.reciprocal,
        date=when,
        place=where,
        modality=best.modality,  # type: ignore[arg-type]
        retold=retold,
    )


def _evidence(candidate: Candidate, document: Document) -> Evidence:
    tree, base = candidate.page.tree, candidate.page.paragraph.start
    start, end = base + tree.idx[candidate.start], base + tree.end[candidate.end]
    return document.quote(start, end)


def _confidence(group: list[Candidate], seen: Annotations, book: Codebook) -> float:
    """The product of the figures of `data/lexicon/confidence.yml` that apply to the best-told mention."""
    lexicon, best = book.lexicon, group[0]
    base = lexicon.constructions.get(best.match.clause.construction, lexicon.constructions["none"])
    value = base * math.sqrt(best.frame.weight)
    factors = list(best.factors)
    at = best.page.paragraph.start + best.page.tree.idx[best.match.clause.trigger]
    if any(quotation.start <= at < quotation.end for quotation in seen.quotations):
        factors.append("quoted")
    if len(group) > 1:
        factors.append("restated")
    for name in factors:
        value *= lexicon.factors[name]
    return round(min(CEILING, value), 3)
