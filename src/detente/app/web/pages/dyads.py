"""A relation: where it stands, what is open, what moved, who expects what, and each list of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup
from pydantic import Field

from detente.app import gauges
from detente.app.cli.common import day
from detente.app.http import asking
from detente.app.http.answering import edition_of
from detente.app.http.edition import Edition
from detente.app.http.problems import NotFoundError
from detente.app.http.routers.matters import chosen
from detente.app.web import charts
from detente.app.web.view import PER_PAGE, View, answer, pages, split
from detente.briefing import to_markdown
from detente.model import Direction, Document, Event, MatterKind, Modality, Outlook, Record, Turn
from detente.pipeline import Barometer
from detente.store import dyad
from detente.store.gauging import OWN_CODERS

router = APIRouter()
TOP = {"matters": 8, "events": 12, "statements": 6, "drivers": 4, "figures": 6}
"""How many of each the overview shows."""


class Filters(asking.Strict):
    """What narrows a list; an empty field of a form is no filter."""

    since: asking.Day | None = None
    until: asking.Day | None = None
    type: asking.Text | None = None
    modality: Modality | None = None
    context: asking.Text | None = None
    kind: MatterKind | None = None
    status: asking.Text | None = None
    outlook: Outlook | None = None
    speaker: asking.Text | None = None
    unit: asking.Text | None = None
    direction: Direction | None = None
    page: Annotated[int, Field(ge=1, le=10_000)] = 1


def filters(request: Request) -> Filters:
    """The filters of a request.

    Raises:
        ValidationError: where one is not as it must be; the server words it.
    """
    from fastapi.exceptions import RequestValidationError
    from pydantic import ValidationError

    given = {key: value for key, value in request.query_params.items() if value.strip()}
    try:
        return Filters(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise RequestValidationError([dict(one) | {"loc": ("query", *one["loc"])} for one in error.errors()]) from None


@dataclass(frozen=True)
class Listing:
    """One stretch of rows, and how many there are in all."""

    rows: list[Any]
    total: int


def listing(edition: Edition, codes: tuple[str, ...], section: str, asked: Filters, skip: int, most: int) -> Listing:
    """The rows of a section."""
    time = asking.days(asked.since, asked.until)
    if section == "matters":
        found = chosen(edition, codes, asked.kind, asked.status)
        return Listing(found[skip : skip + most], len(found))
    archive = edition.archive
    questions: dict[str, Callable[[], Any]] = {
        "events": lambda: archive.events(
            codes, **time, type=asked.type, modality=asked.modality, context=asked.context, newest=True
        ),
        "statements": lambda: archive.statements(
            codes, **time, speaker=asked.speaker, outlook=asked.outlook, newest=True
        ),
        "figures": lambda: archive.figures(codes, **time, unit=asked.unit),
        "drivers": lambda: archive.drivers(codes, direction=asked.direction),
    }
    key = (section, codes, asked.model_dump_json(exclude={"page"}))
    total = edition.once(("total", *key), lambda: len(questions[section]()))
    if total <= skip:
        return Listing([], total)
    rows = edition.once(("rows", *key, skip, most), lambda: list(questions[section]().page(skip, most)))
    return Listing(rows, total)


@router.get("/dyads/{pair}")
def overview(request: Request, pair: str, source: asking.Text | None = None) -> Response:
    """The relation at a glance; `source` says by whose events the barometer reads, where there are several."""
    pair, form = split(pair)
    edition = edition_of(request)
    codes, elsewhere = _parties(pair, edition)
    if elsewhere:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/dyads/{elsewhere}{'' if form == 'html' else f'.{form}'}{query}", 308)
    asked = Filters()
    parts = {name: listing(edition, codes, name, asked, 0, most) for name, most in TOP.items() if name != "drivers"}
    sides = {
        side: listing(edition, codes, "drivers", Filters(direction=side), 0, TOP["drivers"])
        for side in ("helps", "hinders")
    }
    relation = edition.relation(dyad(codes))
    months = edition.months(pair)
    open_, closed = _standing(edition, codes)
    course = edition.once(("course", codes, source), lambda: _course(edition, codes, source))
    led = [event for _, events in course.turns for event in events]
    records = [*led, *(row for part in (*parts.values(), *sides.values()) for row in part.rows)]
    facts: dict[str, Any] = {
        "parties": codes,
        "relation": relation,
        "months": months,
        "barometer": course.gauge,
        **{name: part.rows for name, part in parts.items()},
        **{side: part.rows for side, part in sides.items()},
        "totals": {
            **{name: part.total for name, part in parts.items()},
            "drivers": sum(s.total for s in sides.values()),
        },
        "running": open_,
        "ended": closed,
    }
    shown = _shown(edition, codes, records) | {
        "chart": charts.monthly(
            months,
            f"Events between {edition.book.actors.name(codes[0])} and "
            f"{edition.book.actors.name(codes[1])} by month: cooperation above the line, conflict below",
        ),
        "section": "overview",
        "course": course,
    }
    return answer(request, View("dyad", _title(edition, codes), facts, parts["events"].rows, shown), form)


@dataclass(frozen=True)
class Course:
    """A relation's barometer: its data, picture and table, and each turning point with the events that lead it."""

    gauge: gauges.Gauge | None = None
    picture: str = ""
    table: str = ""
    turns: tuple[tuple[Turn, tuple[Event, ...]], ...] = ()
    sources: tuple[str, ...] = ()


def _course(edition: Edition, codes: tuple[str, ...], source: str | None) -> Course:
    found = {each.source: each for each in edition.barometers(codes)}
    if source is not None and source not in found:
        raise NotFoundError(f"no source {source!r} on this relation", mend=f"there is: {', '.join(found) or 'none'}")
    if not found:
        return Course()
    own = [name for name in OWN_CODERS if name in found]
    chosen = found[source or next(iter([*own, *found]))]
    return Course(
        gauge=gauges.gauge(chosen),
        picture=Markup(gauges.picture([chosen], styled=False, table=False)),
        table=Markup(gauges.numbers([chosen])),
        turns=_turned(edition, chosen),
        sources=tuple(found),
    )


def _turned(edition: Edition, found: Barometer) -> tuple[tuple[Turn, tuple[Event, ...]], ...]:
    """Each turning point with the events that lead it."""
    ids = [(turn, [cause.event_ids[0] for cause in found.leading(turn)]) for turn in found.turns]
    wanted = sorted({name for _, names in ids for name in names})
    there = {event.id: event for event in edition.archive.events(ids=wanted)} if wanted else {}
    return tuple((turn, tuple(there[name] for name in names if name in there)) for turn, names in ids)


@router.get("/dyads/{pair}/{section}")
def section(request: Request, pair: str, section: str) -> Response:
    """One list of the relation, or its brief."""
    section, form = split(section)
    edition = edition_of(request)
    codes, elsewhere = _parties(pair, edition)
    if elsewhere:
        return RedirectResponse(f"/dyads/{elsewhere}/{section}{'' if form == 'html' else f'.{form}'}", 308)
    if section == "brief":
        return _brief(request, edition, codes, form)
    if section not in TOP:
        raise NotFoundError(f"a relation has no list {section!r}", mend=f"these are: {', '.join(TOP)}, brief")
    asked = filters(request)
    most = PER_PAGE if form != "csv" else 5000
    skip = (asked.page - 1) * PER_PAGE if form != "csv" else 0
    found = listing(edition, codes, section, asked, skip, most)
    shown = _shown(edition, codes, found.rows) | {"pages": pages(request, asked.page, found.total), "section": section}
    facts = {
        "parties": codes,
        "section": section,
        "items": found.rows,
        "total": found.total,
        "asked": asked.model_dump(),
    }
    title = f"{_title(edition, codes)}: {section}"
    return answer(request, View("listing", title, facts, found.rows, shown), form)


def _brief(request: Request, edition: Edition, codes: tuple[str, ...], form: str) -> Response:
    asked = filters(request)
    since, until = day(asked.since), day(asked.until, last=True)
    made = edition.once(
        ("brief", codes, since, until),
        lambda: edition.archive.brief(*codes, since=since, until=until, book=edition.book),
    )
    rows = [
        {"section": part.title, "text": line.text, "citations": [c.number for c in line.citations]}
        for part in made.sections
        for line in part.lines
    ]
    found = edition.once(
        ("brief barometers", codes, since, until),
        lambda: gauges.for_brief(edition.archive, codes, since=since, until=until, book=edition.book),
    )
    facts = {"parties": codes, "brief": made, "barometer": [gauges.gauge(each) for each in found]}
    shown = {
        "section": "brief",
        "asked": asked.model_dump(),
        "chart": Markup(gauges.picture(found, styled=False, table=False) if found else ""),
        "table": Markup(gauges.numbers(found)),
        **_shown(edition, codes, []),
    }
    view = View(
        "brief", made.title, facts, rows, shown, markdown=lambda: to_markdown(made, barometer=gauges.brief_rows(found))
    )
    return answer(request, view, form)


def _parties(pair: str, edition: Edition) -> tuple[tuple[str, ...], str | None]:
    """The codes of `JPN-CHN` in order, and the name of the page where they stand in that order, if it is another."""
    codes = tuple(sorted(asking.parties(pair.split("-"), edition.book)))
    if len(codes) != 2:
        raise NotFoundError(f"{pair!r} does not name two parties", mend="write /dyads/CHN-JPN")
    name = dyad(codes)
    return codes, None if name == pair else name


def _title(edition: Edition, codes: tuple[str, ...]) -> str:
    return " – ".join(edition.book.actors.name(code) for code in codes)


def _standing(edition: Edition, codes: tuple[str, ...]) -> tuple[int, int]:
    """How many matters still run, and how many have ended."""
    running = [edition.book.lifecycles.of(one.kind).is_open(one.status) for one in edition.matters(codes)]
    return sum(running), len(running) - sum(running)


def _shown(edition: Edition, codes: tuple[str, ...], records: list[Record]) -> dict[str, Any]:
    ids = {piece.document_id for record in records for piece in getattr(record, "evidence", ())[:1]}
    sources: dict[str, Document] = edition.sources(ids)
    return {
        "sources": sources,
        "axis": charts.span(edition.matters(codes)),
        "looks": edition.book.phrases.looks,
        "pair": dyad(codes),
        "sections": list(TOP),
    }
