"""The tools. Each answers from one snapshot, has a cap on its rows, and changes nothing."""

# Annotations are evaluated here, because the library derives the tools' schemas from them.
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import BaseModel, Field

from detente.app import sheets
from detente.app.http import asking
from detente.app.http.edition import Edition, Library
from detente.app.http.finding import find
from detente.app.http.problems import NotFoundError
from detente.app.http.routers.matters import chosen
from detente.app.mcp import shapes
from detente.briefing import to_markdown
from detente.errors import DetenteError
from detente.model import MatterKind, Modality, Outlook
from detente.store import dyad
from detente.version import VERSION

AROUND, BRIEF = 600, 60_000
"""How many characters around a piece of evidence are given, and how many a brief may have."""

Party = Annotated[str, Field(description="A country or body: code or name.", min_length=1, max_length=80)]
Parties = Annotated[list[Party], Field(description="Two for a dyad, more for what involves all.", max_length=6)]
Limit = Annotated[int, Field(ge=1, le=50)]
Date = Annotated[str | None, Field(description="2023, 2023-11 or 2023-11-17", max_length=10)]
READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

INSTRUCTIONS = (
    "The file on relations between states: events, long-lived matters (agreements, measures, disputes, channels of "
    "talks), statements and figures, each with the words of the document that prove it. Cite the proof of what you "
    "tell. What is not here is unknown, not false. " + shapes.NOTICE
)


class Overview(BaseModel):
    """A relation at a glance."""

    notice: str = shapes.NOTICE
    dyad: str
    events: int
    cooperation: int
    conflict: int
    newest: str | None
    matters: int
    running: int
    latest: list[shapes.EventRow]
    moved: list[shapes.MatterRow]
    snapshot: str


class Words(BaseModel):
    """The words of a document around some offsets."""

    notice: str = shapes.NOTICE
    document_id: str
    title: str | None
    url: str | None
    published: str | None
    before: str
    quote: str
    after: str


class Months(BaseModel):
    """Events by month."""

    dyad: str
    months: list[dict[str, Any]] = Field(description="month, cooperation, conflict: events that happened")
    snapshot: str


class Brief(BaseModel):
    """The brief, as Markdown."""

    notice: str = shapes.NOTICE
    markdown: str
    cut: bool


class Found(BaseModel):
    """What a search found."""

    notice: str = shapes.NOTICE
    actor: str | None
    matters: list[shapes.MatterRow]
    documents: list[dict[str, Any]]


def server(library: Library) -> MCPServer:
    """The server with its tools."""
    made = MCPServer("detente", version=VERSION, instructions=INSTRUCTIONS, log_level="WARNING")
    for tool in (*_relations(library), *_records(library), *_sayings(library), *_texts(library)):
        made.tool(annotations=READS)(_taught(tool))

    @made.resource("codebook://{sheet}", mime_type="application/json")
    def codebook(sheet: str) -> str:
        """A sheet of the codebook: types, contexts, modalities, lifecycles, units, actors …"""
        import json

        if sheet not in sheets.SHEETS:
            raise NotFoundError(f"no sheet {sheet!r}", mend=f"these are: {', '.join(sheets.SHEETS)}")
        return json.dumps(sheets.SHEETS[sheet](library.now().book), ensure_ascii=False)

    return made


def _taught(tool: Callable[..., Any]) -> Callable[..., Any]:
    """The tool with its mistakes worded: the library hides what other errors say."""

    @wraps(tool)
    def careful(*given: Any, **named: Any) -> Any:
        try:
            return tool(*given, **named)
        except DetenteError as error:
            raise ToolError(str(error)) from error

    return careful


def _relations(library: Library) -> tuple[Callable[..., Any], ...]:
    def get_dyad(a: Party, b: Party) -> Overview:
        """Where the relation of two countries stands: counts, the newest events, the matters that moved last."""
        edition = library.now()
        codes = _pair(a, b, edition)
        events = list(edition.archive.events(codes, newest=True).page(0, 10))
        matters = list(edition.matters(codes))
        moved = matters[:10]
        relation = edition.relation(dyad(codes))
        sources = edition.sources(shapes.documents_of(events, moved))
        return Overview(
            dyad=dyad(codes),
            events=relation.events if relation else 0,
            cooperation=relation.cooperation if relation else 0,
            conflict=relation.conflict if relation else 0,
            newest=str(relation.newest) if relation and relation.newest else None,
            matters=len(matters),
            running=sum(edition.book.lifecycles.of(one.kind).is_open(one.status) for one in matters),
            latest=[shapes.event_row(one, sources, edition.book) for one in events],
            moved=[shapes.matter_row(one, sources, steps=1) for one in moved],
            snapshot=edition.id,
        )

    def months(a: Party, b: Party) -> Months:
        """Events between two countries by month, cooperation and conflict: the course of the relation in numbers."""
        edition = library.now()
        name = dyad(_pair(a, b, edition))
        rows = [
            {"month": f"{one.month:%Y-%m}", "cooperation": one.cooperation, "conflict": one.conflict}
            for one in edition.months(name)
        ]
        return Months(dyad=name, months=rows, snapshot=edition.id)

    def get_brief(a: Party, b: Party, since: Date = None, until: Date = None) -> Brief:
        """The written summary of a relation; every line is cited to document and offset."""
        edition = library.now()
        made = edition.archive.brief(*_pair(a, b, edition), **asking.days(since, until), book=edition.book)
        text = to_markdown(made)
        return Brief(markdown=text[:BRIEF], cut=len(text) > BRIEF)

    return get_dyad, months, get_brief


def _records(library: Library) -> tuple[Callable[..., Any], ...]:
    def search_events(
        parties: Parties,
        since: Date = None,
        until: Date = None,
        type: Annotated[str | None, Field(description="A PLOVER type such as SANCTION", max_length=20)] = None,
        modality: Modality | None = None,
        limit: Limit = 20,
    ) -> shapes.Events:
        """Events between parties, the newest first: who did what to whom, when, and whether it happened."""
        edition = library.now()
        if type is not None and type.upper() not in edition.book.ontology.types:
            raise NotFoundError(f"no type {type!r}", mend=f"allowed: {', '.join(edition.book.ontology.types)}")
        found = edition.archive.events(
            asking.parties(parties, edition.book),
            **asking.days(since, until),
            type=type.upper() if type else None,
            modality=modality,
            newest=True,
        )
        rows = list(found.page(0, limit))
        sources = edition.sources(shapes.documents_of(rows))
        shown = [shapes.event_row(one, sources, edition.book) for one in rows]
        return shapes.Events(total=len(found), snapshot=edition.id, rows=shown)

    def list_matters(
        parties: Parties,
        kind: MatterKind | None = None,
        status: Annotated[str | None, Field(description="A status such as in force", max_length=30)] = None,
        limit: Limit = 20,
    ) -> shapes.Matters:
        """Agreements, measures, disputes and channels of talks between parties, the newest change first."""
        edition = library.now()
        if not parties:
            raise NotFoundError("name a country", mend='parties: ["JPN", "CHN"]')
        found = chosen(edition, asking.parties(parties, edition.book), kind, status)
        sources = edition.sources(shapes.documents_of(found[:limit]))
        rows = [shapes.matter_row(one, sources, steps=2) for one in found[:limit]]
        return shapes.Matters(total=len(found), snapshot=edition.id, rows=rows)

    def get_matter(id: Annotated[str, Field(max_length=80)]) -> shapes.MatterRow:
        """One matter with all its steps and their words."""
        edition = library.now()
        found = edition.matter(id)
        return shapes.matter_row(found, edition.sources(shapes.documents_of([found])), steps=40)

    return search_events, list_matters, get_matter


def _sayings(library: Library) -> tuple[Callable[..., Any], ...]:
    def get_statements(
        parties: Parties,
        speaker: Annotated[str | None, Field(max_length=80)] = None,
        outlook: Outlook | None = None,
        limit: Limit = 20,
    ) -> shapes.Statements:
        """Who said what about a relation, and what they expect of it; from the newest documents first."""
        edition = library.now()
        codes = asking.parties(parties, edition.book)
        found = edition.archive.statements(codes, speaker=speaker, outlook=outlook, newest=True)
        rows = list(found.page(0, limit))
        sources = edition.sources(shapes.documents_of(rows))
        shown = [shapes.statement_row(one, sources) for one in rows]
        return shapes.Statements(total=len(found), snapshot=edition.id, rows=shown)

    def get_figures(
        parties: Parties,
        unit: Annotated[str | None, Field(description="percent, tonne, USD …", max_length=30)] = None,
        limit: Limit = 20,
    ) -> shapes.Figures:
        """Numbers about a relation and its matters, in base units."""
        edition = library.now()
        found = edition.archive.figures(asking.parties(parties, edition.book), unit=unit)
        rows = list(found.page(0, limit))
        sources = edition.sources(shapes.documents_of(rows))
        shown = [shapes.figure_row(one, sources) for one in rows]
        return shapes.Figures(total=len(found), snapshot=edition.id, rows=shown)

    return get_statements, get_figures


def _texts(library: Library) -> tuple[Callable[..., Any], ...]:
    def get_evidence(document_id: Annotated[str, Field(max_length=120)], start: int, end: int) -> Words:
        """The words of a document between two offsets, and what stands around them: for checking a proof."""
        document = library.now().document(document_id)
        if not 0 <= start < end <= len(document.text):
            raise NotFoundError(f"the document has {len(document.text)} characters", mend="take offsets from a proof")
        stop = min(end, start + 4 * AROUND)
        return Words(
            document_id=document.id,
            title=document.title[:300] if document.title else None,
            url=document.url[:400] if document.url else None,
            published=str(document.published.interval) if document.published else None,
            before=document.text[max(0, start - AROUND) : start],
            quote=document.text[start:stop],
            after=document.text[end : end + AROUND],
        )

    def search(query: Annotated[str, Field(max_length=200)], limit: Annotated[int, Field(ge=1, le=20)] = 10) -> Found:
        """Finds an actor, matters and documents by words; a phrase in quotation marks, a beginning with * after it."""
        edition = library.now()
        found = find(library, edition, query, limit=limit)
        sources = edition.sources(shapes.documents_of(found.matters))
        documents: list[dict[str, Any]] = [
            {"document_id": hit.document_id, "title": (one.title or one.name)[:300], "quote": hit.snippet[:800]}
            for hit, one in zip(found.hits, found.documents, strict=True)
        ]
        return Found(
            actor=found.actor,
            matters=[shapes.matter_row(one, sources, steps=1) for one in found.matters],
            documents=documents,
        )

    return get_evidence, search


def _pair(a: str, b: str, edition: Edition) -> tuple[str, ...]:
    codes = asking.parties([a, b], edition.book)
    if len(codes) != 2:
        raise NotFoundError("a relation has two parties that differ", mend="name two countries")
    return codes
