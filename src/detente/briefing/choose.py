"""Chooses and orders the lines of a brief, by rules that the brief states.

Each rule takes records and gives a section; a record without evidence never becomes a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from detente.briefing.contradict import contradictions
from detente.briefing.joined import acts, changes, courses
from detente.briefing.record import Citation, Line, Material, Section
from detente.briefing.wording import named, number, state, step, told, when
from detente.codebook import Codebook
from detente.model import Driver, Event, Evidence, Figure, Finding, Matter, MatterKind, Milestone, Statement, codes

T = TypeVar("T")
F = TypeVar("F", bound=Finding)
KINDS: tuple[MatterKind, ...] = ("agreement", "measure", "dispute", "channel")
MOST = {
    "takeaways": 8,
    "moved": 15,
    "meetings": 10,
    "matters": 12,
    "irritants": 12,
    "figures": 12,
    "outlooks": 12,
    "drivers": 8,
}
"""The most lines of each section; what is left out is counted."""


class Numbering:
    """Gives each piece of evidence its number, in the order of first use."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}

    def cite(self, evidence: Iterable[Evidence], most: int = 3) -> tuple[Citation, ...]:
        """Citations for some evidence, at most `most`, one for each document first."""
        pieces = list(evidence)
        documents: set[str] = set()
        first = [piece for piece in pieces if not (piece.document_id in documents or documents.add(piece.document_id))]  # type: ignore[func-returns-value]
        chosen = (first + [piece for piece in pieces if piece not in first])[:most]
        return tuple(
            Citation(
                number=self._numbers.setdefault((piece.document_id, piece.start, piece.end), len(self._numbers) + 1),
                evidence=piece,
            )
            for piece in chosen
        )


def quoted(evidence: Evidence, width: int = 240) -> str:
    """The words of some evidence in quotation marks, on one line, cut at a word if long."""
    flat = " ".join(evidence.text.split()).strip('“”"')
    if len(flat) > width:
        flat = flat[:width].rsplit(" ", 1)[0] + " …"
    return f"“{flat}”"


def _limited(items: Sequence[T], name: str, line: Callable[[T], Line]) -> tuple[tuple[Line, ...], int]:
    most = MOST[name]
    return tuple(line(item) for item in items[:most]), max(0, len(items) - most)


def _day(event: Event) -> date:
    return event.date.end if event.date else date.min


def _about_parties(event: Event, parties: Sequence[str]) -> bool:
    return set(parties) <= {*codes(event.actors), *codes(event.recipients)}


def _event_line(event: Event, book: Codebook, numbers: Numbering) -> Line:
    return Line(
        text=f"{when(event.date)}: {told(event, book)}: {quoted(event.evidence[0])}",
        citations=numbers.cite(event.evidence),
        records=(event.id,),
    )


def _act_line(told: Sequence[Event], book: Codebook, numbers: Numbering) -> Line:
    """One line for acts that belong together: the words of the first, or of the first two where there are several."""
    first = _event_line(told[0], book, numbers)
    if len(told) == 1:
        return first
    more = f" and {len(told) - 2} more" if len(told) > 2 else ""
    return Line(
        text=f"{first.text}; also {quoted(told[1].evidence[0])}{more}",
        citations=numbers.cite([event.evidence[0] for event in told], most=4),
        records=tuple(event.id for event in told),
    )


def _course_line(course: Sequence[Milestone], numbers: Numbering) -> Line:
    """Steps of one status as one line: the first with its words, how often it is told again, and when last."""
    first, last = course[0], course[-1]
    again = ""
    if len(course) > 1:
        until = f", last {when(last.date)}" if last.date and last.date != first.date else ""
        again = f" (told again {len(course) - 1}×{until})"
    evidence = (first.evidence[0], *(one.evidence[0] for one in reversed(course[1:])), *first.evidence[1:])
    return Line(
        text=f"{step(first)}{again}: {quoted(first.evidence[0], 160)}",
        citations=numbers.cite(evidence),
        records=tuple(one.id for one in course),
        indent=1,
    )


def meetings(material: Material, book: Codebook, numbers: Numbering) -> Section:
    """Meetings held and due, newest first; what was planned for a day that is past stands in its place."""
    now = max((document.published.interval.end for document in material.documents if document.published), default=None)
    found = [
        event
        for event in material.events
        if event.type == "CONSULT"
        and _about_parties(event, material.parties)
        and event.modality in ("occurred", "ongoing", "planned")
        and not event.retold
    ]
    due = {event.id for event in found if event.modality == "planned" and (now is None or _day(event) >= now)}
    found.sort(key=lambda event: (event.id not in due, -_day(event).toordinal(), event.id))
    lines, left = _limited(acts(found), "meetings", lambda told: _act_line(told, book, numbers))
    return Section(
        title="Meetings held and due",
        rule="meetings, calls and visits between the parties; due ones first, then newest first; "
        "those of one day between the same parties in one line",
        lines=lines,
        left_out=left,
    )


def moved(
    material: Material, book: Codebook, numbers: Numbering, since: date | None, until: date | None = None
) -> Section:
    """Dated changes of state of the matters within the time, newest first."""
    steps = [
        (matter, milestone)
        for matter in material.matters
        for milestone in changes(matter)
        if milestone.date is not None and milestone.evidence
        if (since is None or milestone.date.end >= since) and (until is None or milestone.date.start <= until)
    ]
    steps.sort(key=lambda pair: (-pair[1].date.end.toordinal(), pair[0].id, pair[1].id))  # type: ignore[union-attr]
    lines, left = _limited(
        steps,
        "moved",
        lambda pair: Line(
            text=f"{when(pair[1].date)}: {pair[0].title}: {pair[1].status}: {quoted(pair[1].evidence[0])}",
            citations=numbers.cite(pair[1].evidence),
            records=(pair[0].id, pair[1].id),
        ),
    )
    return Section(
        title="What moved" if since is None else f"What moved since {since.isoformat()}",
        rule="every dated change of state of a matter, newest first; "
        "what only says that a state still holds is no change",
        lines=lines,
        left_out=left,
    )


def matters(material: Material, book: Codebook, numbers: Numbering, kind: MatterKind) -> Section:
    """The matters of one kind that have steps or are told of twice: proved ones first, then those that still run."""
    cycle = book.lifecycles.of(kind)
    told_of = [matter for matter in material.matters if matter.kind == kind and matter.evidence]
    found = [matter for matter in told_of if matter.milestones or len(matter.evidence) > 1]
    found.sort(
        key=lambda matter: (
            not _proved(matter),
            not cycle.is_open(matter.status),
            -len(matter.evidence),
            matter.title,
        )
    )
    lines: list[Line] = []
    for matter in found[: MOST["matters"]]:
        who = (
            named(matter.imposers, book) + (f" against {named(matter.targets, book)}" if matter.targets else "")
            if matter.imposers
            else named(matter.parties, book)
        )
        lines.append(
            Line(
                text=f"{matter.title} ({who}): {state(matter)}",
                citations=numbers.cite(matter.evidence),
                records=(matter.id,),
            )
        )
        lines += [_course_line(course, numbers) for course in courses(matter)]
    return Section(
        title=book.phrases.kinds[kind],
        rule="matters with a proved status first, of these those that still run, then by how often they are told of; "
        "those spoken of only once are left out",
        lines=tuple(lines),
        left_out=len(told_of) - min(len(found), MOST["matters"]),
    )


def irritants(material: Material, book: Codebook, numbers: Numbering) -> Section:
    """Acts of conflict between the parties, gravest and newest first."""
    found = [
        event
        for event in material.events
        if book.ontology.tendency(event.type) == "conflict"
        and not event.retold
        and _about_parties(event, material.parties)
        and event.modality in ("occurred", "ongoing")
    ]
    found.sort(key=lambda event: (-_day(event).year, event.intensity, event.id))
    lines, left = _limited(acts(found), "irritants", lambda told: _act_line(told, book, numbers))
    return Section(
        title="Irritants",
        rule="acts of conflict between the parties, by year, gravest first; "
        "those of one kind and day between the same parties in one line",
        lines=lines,
        left_out=left,
    )


def figures(material: Material, book: Codebook, numbers: Numbering) -> Section:
    """Figures, lengths of time last, then those of the newest documents first."""
    found = sorted(
        _once(_newest(material, material.figures)), key=lambda figure: book.units.kind(figure.unit) == "duration"
    )
    known = {figure.id: figure for figure in found}
    against = {name: [known[other] for other in others] for name, others in contradictions(found).items()}
    found.sort(key=lambda figure: figure.id not in against)
    lines, left = _limited(found, "figures", lambda figure: _figure_line(figure, against.get(figure.id, ()), numbers))
    return Section(
        title="Figures",
        rule="numbers about the relation and its matters: first those on which documents contradict each other, "
        "lengths of time last, else the newest document first",
        lines=lines,
        left_out=left,
    )


def _once(figures: Iterable[Figure]) -> list[Figure]:
    """Figures without those that an earlier one of the same document gives as its equivalent."""
    given: set[tuple[str, float, str]] = set()
    kept = []
    for figure in figures:
        if (figure.document_id, figure.value, figure.unit) in given:
            continue
        given |= {(figure.document_id, other.value, other.unit) for other in figure.equivalents}
        kept.append(figure)
    return kept


def _figure_line(figure: Figure, against: Sequence[Figure], numbers: Numbering) -> Line:
    about = "about " if figure.approximate else ""
    same = "".join(f" (= {number(other.value)} {other.unit})" for other in figure.equivalents)
    period = f", {when(figure.period)}" if figure.period else ""
    values = dict.fromkeys(f"{number(other.value)} {other.unit}" for other in against)
    other = f"; contradicted: {' and '.join(values)} elsewhere" if values else ""
    return Line(
        text=f"{figure.subject}{period}: {about}{number(figure.value)} {figure.unit}{same}{other}: "
        f"{quoted(figure.evidence[0], 160)}",
        citations=numbers.cite((figure.evidence[0], *(piece.evidence[0] for piece in against)))
        if against
        else numbers.cite(figure.evidence),
        records=(figure.id, *(piece.id for piece in against)),
    )


def outlooks(material: Material, book: Codebook, numbers: Numbering) -> Section:
    """Who expects what: every view beside the others, none averaged."""
    found = [statement for statement in _newest(material, material.statements) if statement.outlook != "none"]
    order = ("improving", "worsening", "mixed")
    found.sort(key=lambda statement: order.index(statement.outlook))
    lines, left = _limited(found, "outlooks", lambda statement: _statement_line(statement, book, numbers))
    return Section(
        title="Outlooks, and who disagrees",
        rule=f"{_spread(found, book)}statements that expect something of the relation, by outlook, newest first; "
        "views are set side by side, never averaged",
        lines=lines,
        left_out=left,
    )


def _spread(found: Sequence[Statement], book: Codebook) -> str:
    """How many statements of how many speakers hold each view: the spread, from which no mean is made."""
    told = []
    for view, words in book.phrases.outlooks.items():
        here = [statement for statement in found if statement.outlook == view]
        if here:
            told.append(f"{words.lower()} {len(here)} (speakers: {len({each.speaker for each in here})})")
    return f"spread: {', '.join(told)}; " if told else ""


def _statement_line(statement: Statement, book: Codebook, numbers: Numbering) -> Line:
    of = statement.affiliation or (book.actors.name(statement.country) if statement.country else None)
    said = statement.speaker
    speaker = f"{said} ({of})" if of and of.lower() not in said.lower() else said
    return Line(
        text=f"{book.phrases.outlooks[statement.outlook]}: {speaker}: {quoted(statement.evidence[0])}",
        citations=numbers.cite(statement.evidence),
        records=(statement.id,),
    )


def drivers(material: Material, book: Codebook, numbers: Numbering, direction: str) -> Section:
    """What is said to help, or to hinder."""
    found = [driver for driver in _newest(material, material.drivers) if driver.direction == direction]
    lines, left = _limited(found, "drivers", lambda driver: _driver_line(driver, numbers))
    title = "What helps" if direction == "helps" else "What hinders"
    return Section(
        title=title,
        rule="causes and conditions claimed in the texts, newest document first",
        lines=lines,
        left_out=left,
    )


def _driver_line(driver: Driver, numbers: Numbering) -> Line:
    whose = f", says {driver.claimed_by}" if driver.claimed_by else ""
    return Line(
        text=f"{driver.hedge}{whose}: {quoted(driver.evidence[0])}",
        citations=numbers.cite(driver.evidence),
        records=(driver.id,),
    )


def _newest(material: Material, records: Sequence[F]) -> list[F]:
    days = {
        document.id: document.published.interval.end if document.published else date.min
        for document in material.documents
    }
    return sorted(records, key=lambda one: (-days.get(one.document_id, date.min).toordinal(), one.evidence[0].start))


def takeaways(material: Material, book: Codebook, numbers: Numbering) -> Section:
    """The few lines to read first: where the matters most told of stand, then the strongest recent acts."""
    weight = sorted(
        (matter for matter in material.matters if matter.evidence and _proved(matter)),
        key=lambda matter: (
            -len({piece.document_id for piece in matter.evidence}),
            -len(matter.milestones),
            matter.title,
        ),
    )
    lines = [
        Line(text=f"{matter.title}: {state(matter)}", citations=numbers.cite(_latest(matter)), records=(matter.id,))
        for matter in weight[:5]
    ]
    recent = [
        event
        for event in material.events
        if event.modality == "occurred" and event.date and not event.retold and _about_parties(event, material.parties)
    ]
    recent.sort(key=lambda event: (-_day(event).toordinal(), event.id))
    window = recent[:20]
    for tendency in ("cooperation", "conflict"):
        side = [event for event in window if book.ontology.tendency(event.type) == tendency]
        side.sort(key=lambda event: (-abs(event.intensity), -_day(event).toordinal()))
        lines += [_event_line(event, book, numbers) for event in side[:1]]
    return Section(
        title="Key takeaways",
        rule="where the matters told of in most documents stand, then the strongest recent act of cooperation "
        "and of conflict",
        lines=tuple(lines[: MOST["takeaways"]]),
    )


def _proved(matter: Matter) -> bool:
    """Whether a step of the matter, with its words, proves its status."""
    return any(milestone.status == matter.status and milestone.evidence for milestone in matter.milestones)


def _latest(matter: Matter) -> tuple[Evidence, ...]:
    dated = [milestone for milestone in matter.milestones if milestone.status == matter.status and milestone.evidence]
    return dated[-1].evidence if dated else matter.evidence
