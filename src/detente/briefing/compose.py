"""Composes the brief: calls the rules in order, gathers the sources, and says what was left out."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import msgspec

from detente.briefing import choose
from detente.briefing.record import Brief, Material, Section, Source
from detente.briefing.wording import named
from detente.codebook import Codebook
from detente.model import Finding

F = TypeVar("F", bound=Finding)


def compose(material: Material, book: Codebook, *, since: date | None = None, until: date | None = None) -> Brief:
    """The brief on a relation.

    Args:
        material: The records of the relation.
        book: The codebook, for names, words and lifecycles.
        since: Only changes and events from this day on were asked for.
        until: And up to this day.

    Returns:
        A brief without empty sections, in which every line has at least one citation.
    """
    given, material = material, _proved(material)
    numbers = choose.Numbering()
    sections = [
        choose.takeaways(material, book, numbers),
        choose.moved(material, book, numbers, since, until),
        choose.meetings(material, book, numbers),
        *(choose.matters(material, book, numbers, kind) for kind in choose.KINDS),
        choose.irritants(material, book, numbers),
        choose.figures(material, book, numbers),
        choose.outlooks(material, book, numbers),
        choose.drivers(material, book, numbers, "helps"),
        choose.drivers(material, book, numbers, "hinders"),
    ]
    kept = tuple(section for section in sections if section.lines)
    return Brief(
        title=f"{named(material.parties, book)}: the relation in brief",
        parties=material.parties,
        since=since,
        until=until,
        sections=kept,
        sources=_sources(material, kept),
        omitted=(*_omitted(material, sections), *_unproved(given)),
    )


def _sources(material: Material, sections: tuple[Section, ...]) -> tuple[Source, ...]:
    cited = {
        citation.evidence.document_id for section in sections for line in section.lines for citation in line.citations
    }
    found = [
        Source(
            document_id=document.id,
            name=document.name,
            title=document.title,
            publisher=document.publisher,
            published=document.published.interval if document.published else None,
            url=document.url,
        )
        for document in material.documents
        if document.id in cited
    ]
    return tuple(
        sorted(found, key=lambda source: (source.published.end if source.published else date.max, source.name))
    )


def _omitted(material: Material, sections: list[Section]) -> list[str]:
    notes = [
        f"{section.title}: {section.left_out} more, left out for length or by the section's rule"
        for section in sections
        if section.left_out
    ]
    notes += [
        f"{section.title}: nothing found in these documents"
        for section in sections
        if not section.lines and not section.left_out
    ]
    undated = sum(event.date is None for event in material.events)
    if undated:
        notes.append(f"{undated} events have no date in their texts, so they stand in no order of time")
    unknown = sum(matter.status is None for matter in material.matters)
    if unknown:
        notes.append(f"{unknown} matters have no status in their texts")
    unpublished = sum(document.published is None for document in material.documents)
    if unpublished:
        notes.append(f"{unpublished} documents do not say when they were published")
    return notes


def _proved(material: Material) -> Material:
    """The records that have words; the others become no line."""

    def kept(records: tuple[F, ...]) -> tuple[F, ...]:
        return tuple(record for record in records if record.evidence)

    return msgspec.structs.replace(
        material,
        events=kept(material.events),
        statements=kept(material.statements),
        figures=kept(material.figures),
        drivers=kept(material.drivers),
        matters=tuple(matter for matter in material.matters if matter.evidence),
    )


def _unproved(material: Material) -> list[str]:
    """What is not told, or told with care, because no words prove it."""
    groups = (material.events, material.statements, material.figures, material.drivers, material.matters)
    bare = sum(not record.evidence for group in groups for record in group)
    steps = sum(not step.evidence for matter in material.matters for step in matter.milestones)
    spoken = sum(
        matter.status is not None and not any(step.status == matter.status for step in matter.milestones)
        for matter in material.matters
    )
    notes = [f"For want of evidence: {bare + steps or 'no'} records or steps"]
    if spoken:
        what = "matter is" if spoken == 1 else "matters are"
        notes.append(f"{spoken} {what} only spoken of as being in a state: no step, with its words, proves it")
    return notes
