"""A matter: its status, its steps with their words, and why documents are thought to tell of the same."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from detente.app.http.answering import edition_of
from detente.app.web import charts
from detente.app.web.view import View, answer, split
from detente.codebook import Codebook
from detente.model import Matter

router = APIRouter()


@router.get("/matters/{name}")
def matter(request: Request, name: str) -> Response:
    """The page of one matter."""
    name, form = split(name)
    edition = edition_of(request)
    found = edition.matter(name)
    archive = edition.archive
    figures = list(archive.figures(ids=found.figures)) if found.figures else []
    about = list(archive.events(ids=found.events, newest=True)) if found.events else []
    pieces = [*found.evidence, *(piece for step in found.milestones for piece in step.evidence)]
    pieces += [piece for record in (*figures, *about) for piece in record.evidence[:1]]
    rows = [
        {
            "date": step.date,
            "status": step.status,
            "document": piece.document_id,
            "start": piece.start,
            "end": piece.end,
            "words": piece.text,
        }
        for step in found.milestones
        for piece in step.evidence
    ]
    facts = {"matter": found, "figures": figures, "events": about}
    shown = {
        "sources": edition.sources([piece.document_id for piece in pieces]),
        "axis": charts.span([found]),
        "looks": edition.book.phrases.looks,
        "pairs": _pairs(found, edition.book),
        "proved": any(step.status == found.status for step in found.milestones),
        "running": edition.book.lifecycles.of(found.kind).is_open(found.status),
    }
    rows_plain = [{**row, "date": str(row["date"]) if row["date"] else None} for row in rows]
    return answer(request, View("matter", found.title, facts, rows_plain, shown), form)


def _pairs(matter: Matter, book: Codebook) -> list[tuple[str, str]]:
    """The dyads of a matter's parties, with their names, the first four parties only."""
    codes = sorted({*matter.parties, *matter.imposers, *matter.targets})[:4]
    return [
        (f"{a}-{b}", f"{book.actors.name(a)} – {book.actors.name(b)}")
        for i, a in enumerate(codes)
        for b in codes[i + 1 :]
    ]
