"""The matters of one document."""

from __future__ import annotations

from detente.codebook import Codebook
from detente.matters import wording
from detente.matters.acts import acts
from detente.matters.draft import Draft, confidence, worth
from detente.matters.gather import gather
from detente.matters.implied import implied
from detente.matters.lifecycle import allowed
from detente.matters.manner import wished
from detente.matters.moves import Step
from detente.matters.page import Page, pages
from detente.matters.phrase import Phrase
from detente.matters.phrases import phrases
from detente.matters.pronouns import pronouns
from detente.matters.sides import read_sides
from detente.matters.trios import name_three
from detente.model import (
    Annotations,
    Coding,
    Document,
    Evidence,
    Issue,
    Matter,
    Milestone,
    Origin,
    content_id,
    issue,
)

NAME, VERSION = "rules", "1"
WEAK = frozenset(("claim", "project", "move"))
"""Needs of nouns that may be a mere object of an act ("closed its border")."""

_CLOSING = frozenset(" \n\t”’)],;:.!?")  # no piece of evidence begins with these
_AGAIN = frozenset(("revived", "resumed"))
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
        here = read_page(page, book, acronyms, frozenset(seen.countries))
        here += implied(page, coding.events, here, book)
        found += sorted(here, key=lambda phrase: phrase.head)
    name_three(found, seen, book)
    matters: list[Matter] = []
    issues: list[Issue] = []
    for cluster in gather(found, book):
        draft = Draft.of(cluster, coding, seen, book)
        if worth(draft, seen, book):
            matter, trouble = _matter(draft, coding.document, book)
            matters.append(matter)
            issues.extend(trouble)
    matters.sort(key=lambda matter: (matter.evidence[0].start, matter.id))
    return tuple(matters), tuple(issues)


def read_page(page: Page, book: Codebook, acronyms: dict[str, Phrase], about: frozenset[str]) -> list[Phrase]:
    """The phrases of one paragraph with their sides, in order.

    Args:
        page: The paragraph.
        book: The codebook.
        acronyms: Acronyms introduced so far; new ones are added.
        about: Codes of the actors of the whole document.
    """
    named = list(phrases(page, book, acronyms, about))
    for phrase in named:
        read_sides(phrase)
    done = list(acts(page, book, {phrase.head for phrase in named if phrase.need not in WEAK}))
    upon = {phrase.thing for phrase in done}
    heads = {phrase.head: phrase for phrase in named}
    for phrase in named:
        other = heads.get(page.tree.head[phrase.head]) if page.tree.dep[phrase.head] == "appos" else None
        if other is not None and other is not phrase and other.kind == phrase.kind and phrase.empty:
            phrase.like = other  # "restrictions on food, a measure kept in place since 2011"
    told = sorted((*(p for p in named if p.head not in upon), *done), key=lambda phrase: phrase.head)
    return sorted((*told, *pronouns(page, told, book)), key=lambda phrase: phrase.head)


def _matter(draft: Draft, document: Document, book: Codebook) -> tuple[Matter, list[Issue]]:
    cluster, text = draft.cluster, document.text
    telling = sorted(cluster.phrases, key=_telling)
    best = telling[0]
    kind = cluster.kind
    name = wording.title(kind, best, text, (draft.parties, draft.imposers, draft.targets), book)
    evidence = _evidence(telling, document)
    matter_id = content_id("matter", document.id, kind, evidence[0].start, evidence[0].end)
    milestones, issues = _milestones(draft, document, (matter_id, name), book)
    last = milestones[-1] if milestones else None
    matter = Matter(
        id=matter_id,
        document_id=document.id,
        kind=kind,
        title=name,
        subject=wording.subject(telling, book),
        aliases=wording.aliases(telling, text, name),
        parties=tuple(draft.parties),
        imposers=tuple(draft.imposers),
        targets=tuple(draft.targets),
        status=_status(draft, last, best, book),
        status_date=last.date if last else None,
        milestones=tuple(milestones),
        events=tuple(event.id for event in draft.events),
        figures=tuple(draft.figures),
        evidence=evidence,
        origin=Origin(coder=NAME, version=VERSION, rule=best.family),
        confidence=confidence(draft),
    )
    return matter, issues


def _status(draft: Draft, last: Milestone | None, best: Phrase, book: Codebook) -> str | None:
    """The state of the last milestone; where only the year of its name is told, or nothing, what it is taken to be."""
    if last is not None and not all(step.named for step in draft.steps):
        return last.status
    modal = book.matters.modal
    if last is None and all(wished(phrase, book) for phrase in draft.cluster.phrases):
        return modal.wished.get(best.kind, modal.default.get(best.kind))
    if best.kind == "agreement" and best.family not in modal.default_of and best.indefinite:
        return modal.indefinite.get(best.kind)
    return modal.default_of.get(best.family) or modal.default.get(best.kind)


def _telling(phrase: Phrase) -> tuple[bool, bool, bool, bool, bool, int, int]:
    """The order of mentions: names, then those that say most, those in running text before headings."""
    return (
        not (phrase.named or phrase.name),
        phrase.empty and not phrase.years,
        phrase.act is not None,
        phrase.page.heading,
        not phrase.years,
        -len(phrase.terms),
        phrase.start,
    )


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
    """The words between two offsets, without what closes a part of the sentence before them."""
    while start < end and document.text[start] in _CLOSING:
        start += 1
    return document.quote(start, end)


def _milestones(
    draft: Draft, document: Document, names: tuple[str, str], book: Codebook
) -> tuple[list[Milestone], list[Issue]]:
    """The steps in order, as far as the lifecycle allows; each that it does not allow becomes an issue."""
    matter_id, title = names
    kind = draft.cluster.kind
    kept, wrong = allowed(kind, [(step.status, step) for step in _joined(sorted(draft.steps, key=_order))], book)
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
            f"is told to be {status!r} after {before!r}, a move that no {kind} makes",
            mend="read the words and correct the matter if they are right",
            level="warning",
            document_id=document.id,
        )
        for before, status, _ in wrong
    ]
    return milestones, issues


def _order(step: Step) -> tuple[int, int, tuple[int, int]]:
    """Steps by date; undated ones told as current, and those that need an earlier end, come last, others first."""
    if step.interval is not None:
        return 1, step.interval.start.toordinal(), step.order
    return (2 if step.current or step.heading or step.status in _AGAIN else 0), 0, step.order


def _joined(steps: list[Step]) -> list[Step]:
    """Repeated tellings of the same state as one step, the dated one."""
    kept: list[Step] = []
    for step in steps:
        last = kept[-1] if kept else None
        if last is None or last.status != step.status or _two_dates(last, step):
            kept.append(step)
        elif last.interval is None and step.interval is not None:
            kept[-1] = step
    return kept


def _two_dates(one: Step, other: Step) -> bool:
    return one.interval is not None and other.interval is not None and not one.interval.overlaps(other.interval)
