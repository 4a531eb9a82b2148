"""The matters of one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.codebook import Codebook
from detente.matters import wording
from detente.matters.gather import Cluster, gather
from detente.matters.lifecycle import allowed
from detente.matters.moves import Step, read_steps
from detente.matters.page import pages
from detente.matters.phrase import Phrase
from detente.matters.phrases import phrases
from detente.matters.sides import read_sides
from detente.model import (
    Annotations,
    Coding,
    Document,
    Event,
    Evidence,
    Interval,
    Issue,
    Matter,
    Milestone,
    Origin,
    content_id,
    issue,
)

NAME, VERSION = "rules", "1"
MENTIONS = 12
"""Mentions kept as evidence."""


def find_matters(coding: Coding, seen: Annotations, book: Codebook) -> tuple[tuple[Matter, ...], tuple[Issue, ...]]:
    """The agreements, measures, disputes and channels that one document tells of, with what became of them.

    Args:
        coding: The document with its events and figures; matters are tied to them.
        seen: Its annotations: parses, mentions and times are used.
        book: The codebook.

    Returns:
        Matters in order of their first words, and an issue for each told move that the lifecycle does not allow.
    """
    acronyms: dict[str, Phrase] = {}
    found: list[Phrase] = []
    for page in pages(seen):
        for phrase in phrases(page, book, acronyms):
            read_sides(phrase)
            found.append(phrase)
    matters: list[Matter] = []
    issues: list[Issue] = []
    for cluster in gather(found, book):
        draft = _Draft.of(cluster, coding, seen)
        if not _worth(draft, seen, book):
            continue
        matter, trouble = _matter(draft, coding.document, book)
        matters.append(matter)
        issues.extend(trouble)
    matters.sort(key=lambda matter: matter.evidence[0].start)
    return tuple(matters), tuple(issues)


@dataclass(slots=True)
class _Draft:
    cluster: Cluster
    events: list[Event]
    figures: list[str]
    parties: list[str]
    imposers: list[str]
    targets: list[str]
    known: int
    steps: list[Step]

    @classmethod
    def of(cls, cluster: Cluster, coding: Coding, seen: Annotations) -> _Draft:
        spans = [(phrase.start, phrase.end) for phrase in cluster.phrases]
        events = [event for event in coding.events if _touches(event.evidence, spans)]
        figures = [figure.id for figure in coding.figures if _touches(figure.evidence, spans)]
        parties, imposers, targets, known = _sides(cluster, events, seen)
        return cls(cluster, events, figures, parties, imposers, targets, known, [])


def _touches(evidence: Sequence[Evidence], spans: list[tuple[int, int]]) -> bool:
    return any(one.start < end and start < one.end for one in evidence for start, end in spans)


def _sides(cluster: Cluster, events: list[Event], seen: Annotations) -> tuple[list[str], list[str], list[str], int]:
    """Parties, imposers and targets, and how many of the parties the text itself ties to the matter."""
    kind = cluster.kind
    imposers, targets = _first(cluster, "imposers"), _first(cluster, "targets")
    parties = list(dict.fromkeys(code for phrase in cluster.phrases for code in phrase.parties))
    if kind == "measure":
        for event in events:
            if event.type in ("SANCTION", "THREATEN", "CONCEDE", "COERCE") and not event.reciprocal:
                mine, theirs = [a.code for a in event.actors], [a.code for a in event.recipients]
                imposers = imposers or mine[:1]
                targets = targets or [code for code in theirs if code not in imposers]
        targets = [code for code in targets if code not in imposers]
        parties = list(dict.fromkeys((*imposers, *targets, *(parties if not imposers or not targets else ()))))
    fixed = next(
        (list(phrase.named.parties) for phrase in cluster.phrases if phrase.named and phrase.named.parties), None
    )
    if fixed:
        return fixed, imposers, targets, len(fixed)
    if len(parties) < 2:
        for phrase in cluster.phrases:
            parties += (
                [code for code in phrase.clause if code not in parties][: 3 - len(parties)] if kind != "measure" else []
            )
            if len(parties) >= 2:
                break
    if len(parties) < 2:
        for event in events:
            codes = dict.fromkeys(actor.code for actor in (*event.actors, *event.recipients))
            parties += [code for code in codes if code not in parties]
            if len(parties) >= 2:
                break
    known = len(parties)
    if len(parties) < 2:
        about = list(seen.countries[:2])
        if not parties:
            parties = about
        elif parties[0] in about or not about:
            parties += [code for code in about if code not in parties][:1]
        else:
            parties += about[:1]
    return parties[:8], imposers, targets, known


def _first(cluster: Cluster, side: str) -> list[str]:
    counts: dict[str, int] = {}
    for phrase in cluster.phrases:
        for code in getattr(phrase, side):
            counts[code] = counts.get(code, 0) + 1
    best = max(counts.values(), default=0)
    return [code for code in counts if counts[code] == best][:3]


def _worth(draft: _Draft, seen: Annotations, book: Codebook) -> bool:
    """Whether a cluster names a matter between states, and not just a generic noun. Also reads the steps."""
    cluster = draft.cluster
    if not draft.parties or (
        len(set(draft.parties)) < 2 and not (cluster.kind == "measure" and draft.known) and not cluster.names
    ):
        return False
    return _names_a_matter(cluster, draft, book)


def _names_a_matter(cluster: Cluster, draft: _Draft, book: Codebook) -> bool:
    if cluster.names or any(phrase.proper and phrase.need != "claim" for phrase in cluster.phrases):
        return True
    told = bool(draft.events) or draft.known >= 1
    for phrase in cluster.phrases:
        about = bool(phrase.terms)
        need = phrase.need
        if need == "none" and (about or len(phrase.codes) >= 1 or (told and not phrase.plural)):
            return True
        if need == "subject" and about and (phrase.codes or phrase.clause or draft.events):
            return True
        if need == "recurring" and _recurs(phrase, book) and (phrase.codes or phrase.clause):
            return True
        if need == "project" and len(phrase.codes) >= 2 and about:
            return True
        if need == "claim" and _claimed(phrase):
            return True
        if need == "move" and any(step.status in ("revived", "agreed") for step in read_steps(phrase, book, None)):
            return True
    return False


def _recurs(phrase: Phrase, book: Codebook) -> bool:
    tree = phrase.page.tree
    return any(
        tree.lemma[i] in book.matters.recurring or tree.lower[i] in book.matters.recurring
        for i in range(phrase.first, phrase.last + 1)
        if i != phrase.head
    )


def _claimed(phrase: Phrase) -> bool:
    tree = phrase.page.tree
    first, last = phrase.page.sentence(phrase.head)
    return any(
        tree.lemma[i] in ("claim", "disputed", "dispute", "contested", "contest", "sovereignty", "territorial")
        for i in range(first, last + 1)
    )


def _matter(draft: _Draft, document: Document, book: Codebook) -> tuple[Matter, list[Issue]]:
    cluster, text = draft.cluster, document.text
    telling = sorted(
        cluster.phrases,
        key=lambda phrase: (
            not (phrase.named or phrase.name),
            phrase.empty,
            phrase.page.heading,
            -len(phrase.terms),
            phrase.start,
        ),
    )
    best = telling[0]
    kind = best.kind
    name = wording.title(kind, best, text, (draft.parties, draft.imposers, draft.targets), book)
    evidence = _evidence(telling, document)
    matter_id = content_id("matter", document.id, kind, *(f"{one.start}-{one.end}" for one in evidence[:1]))
    published = document.published.interval if document.published else None
    steps = [step for phrase in cluster.phrases for step in read_steps(phrase, book, published)]
    milestones, issues = _milestones(steps, draft, document, matter_id, (name, book, published))
    last = milestones[-1] if milestones else None
    status = last.status if last else _default(cluster, book)
    return Matter(
        id=matter_id,
        document_id=document.id,
        kind=kind,
        title=name,
        subject=wording.subject(telling),
        aliases=wording.aliases(telling, text, name),
        parties=tuple(draft.parties),
        imposers=tuple(draft.imposers),
        targets=tuple(draft.targets),
        status=status,
        status_date=last.date if last else None,
        milestones=tuple(milestones),
        events=tuple(event.id for event in draft.events),
        figures=tuple(draft.figures),
        evidence=evidence,
        origin=Origin(coder=NAME, version=VERSION, rule=best.family),
        confidence=_confidence(draft, milestones),
    ), issues


def _evidence(telling: list[Phrase], document: Document) -> tuple[Evidence, ...]:
    spans = [_three_words(phrase, document.text) for phrase in telling]
    first, rest = spans[0], sorted(set(spans[1:]) - {spans[0]})
    return tuple(_quote(document, start, end) for start, end in (first, *rest)[:MENTIONS])


def _three_words(phrase: Phrase, text: str) -> tuple[int, int]:
    """The phrase, widened to at least three words of its sentence."""
    page = phrase.page
    low, high = page.sentence(phrase.head)
    first, last = phrase.first, phrase.last
    while len(text[page.base + page.tree.idx[first] : page.base + page.tree.end[last]].split()) < 3:
        if first > low and (last >= high or page.tree.text[last + 1] in ",.;:)—–"):
            first -= 1
        elif last < high:
            last += 1
        elif first > low:
            first -= 1
        else:
            break
    return page.offsets(first, last)


def _quote(document: Document, start: int, end: int) -> Evidence:
    return Evidence(document_id=document.id, start=start, end=end, text=document.text[start:end])


def _milestones(
    steps: list[Step], draft: _Draft, document: Document, matter_id: str, more: tuple[str, Codebook, Interval | None]
) -> tuple[list[Milestone], list[Issue]]:
    title, book, published = more
    for step in steps:
        event = _event_of(step, draft.events)
        if event is not None:
            step.event_id = event.id
            step.interval = step.interval or event.date
    kept, wrong = allowed(
        draft.cluster.kind, [(step.status, step) for step in _joined(_ordered(steps, published))], book
    )
    milestones = [
        Milestone(
            id=content_id("milestone", matter_id, status, step.start, step.end),
            matter_id=matter_id,
            status=status,
            date=step.interval,
            event_id=step.event_id,
            evidence=(_quote(document, step.start, step.end),),
        )
        for status, step in kept
    ]
    issues = [
        issue(
            "matters",
            f"{document.name}: {title}",
            f"is told to be {status!r} after {before!r}, which a {draft.cluster.kind} cannot",
            mend="read the words and correct the matter if they are right",
            level="warning",
            document_id=document.id,
        )
        for before, status, step in wrong
    ]
    return milestones, issues


def _event_of(step: Step, events: list[Event]) -> Event | None:
    return next(
        (
            event
            for event in events
            if event.modality in ("occurred", "ongoing")
            and any(one.start < step.end and step.start < one.end for one in event.evidence)
        ),
        None,
    )


def _ordered(steps: list[Step], published: Interval | None) -> list[Step]:
    """Steps by date; undated ones told as current come last, other undated ones before the dated."""

    def key(step: Step) -> tuple[int, int, tuple[int, int]]:
        if step.interval is not None:
            return 1, step.interval.start.toordinal(), step.order
        return (2 if step.current or step.heading else 0), 0, step.order

    del published
    return sorted(steps, key=key)


def _joined(steps: list[Step]) -> list[Step]:
    """Repeated tellings of the same state as one step, the dated one."""
    kept: list[Step] = []
    for step in steps:
        if (
            kept
            and kept[-1].status == step.status
            and (step.interval is None or kept[-1].interval is None or kept[-1].interval.overlaps(step.interval))
        ):
            if kept[-1].interval is None and step.interval is not None:
                kept[-1] = step
            continue
        kept.append(step)
    return kept


def _default(cluster: Cluster, book: Codebook) -> str | None:
    """What a matter is taken to be where it is told as there and no word says more."""
    return book.matters.modal.default.get(cluster.kind)


def _confidence(draft: _Draft, milestones: list[Milestone]) -> float:
    value = (
        0.4
        + 0.1 * min(2, draft.known)
        + 0.1 * min(2, len(draft.cluster.phrases) - 1)
        + 0.1 * bool(milestones)
        + 0.1 * bool(draft.cluster.names)
    )
    return round(min(0.95, value), 2)
