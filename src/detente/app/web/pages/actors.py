"""An actor: with whom it deals, what it did last, and what its people say."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from detente.app.http import asking
from detente.app.http.answering import edition_of
from detente.app.web import charts
from detente.app.web.view import View, answer, split

router = APIRouter()
EVENTS, STATEMENTS, MATTERS = 15, 6, 10


@router.get("/actors/{name}")
def actor(request: Request, name: str) -> Response:
    """The page of one country or body, given by code or name."""
    stem, form = split(name)
    edition = edition_of(request)
    (code,) = asking.parties([stem], edition.book)
    archive = edition.archive
    relations = edition.relations(code)
    events = edition.once(("actor events", code), lambda: list(archive.events([code], newest=True).page(0, EVENTS)))
    total = edition.once(("actor total", code), lambda: len(archive.events([code])))
    statements = edition.once(
        ("actor statements", code), lambda: list(archive.statements([code], newest=True).page(0, STATEMENTS))
    )
    matters = list(edition.matters([code])[:MATTERS])
    ids = {piece.document_id for record in (*events, *statements) for piece in record.evidence[:1]}
    facts: dict[str, Any] = {
        "code": code,
        "relations": relations,
        "events": events,
        "total": total,
        "statements": statements,
        "matters": matters,
        "matter_total": len(edition.matters([code])),
    }
    shown = {
        "sources": edition.sources(ids),
        "axis": charts.span(matters),
        "looks": edition.book.phrases.looks,
        "written": _written(edition.book, code),
    }
    return answer(request, View("actor", edition.book.actors.name(code), facts, relations, shown), form)


def _written(book: Any, code: str) -> list[str]:
    """How the actor is written, as the codebook has it."""
    for row in (*book.actors.states, *book.actors.organisations):
        if row.code == code:
            return [form.text for form in row.names][:12]
    return []
