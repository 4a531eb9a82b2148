"""The codebook, and the state of the archive."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from detente.app import sheets
from detente.app.http.answering import edition_of, library_of
from detente.app.http.problems import NotFoundError
from detente.app.web.view import View, answer, split
from detente.model import to_dict

router = APIRouter()
ISSUES, RUNS = 50, 20


@router.get("/codebook")
def codebook(request: Request) -> Response:
    """The sheets of the codebook."""
    return answer(request, _sheets(request), "html")


@router.get("/codebook.{form}")
def codebook_as(request: Request, form: str) -> Response:
    """The same in another form."""
    return answer(request, _sheets(request), form)


@router.get("/codebook/{name}")
def sheet(request: Request, name: str) -> Response:
    """One sheet of the codebook."""
    name, form = split(name)
    if name not in sheets.SHEETS:
        raise NotFoundError(f"the codebook has no sheet {name!r}", mend=f"these are: {', '.join(sheets.SHEETS)}")
    rows = sheets.SHEETS[name](edition_of(request).book)
    return answer(request, View("sheet", f"Codebook: {name}", {"sheet": name, "items": rows}, rows), form)


@router.get("/status")
def status(request: Request) -> Response:
    """How much the archive holds, how fresh it is, and what went wrong."""
    return answer(request, _status(request), "html")


@router.get("/status.{form}")
def status_as(request: Request, form: str) -> Response:
    """The same in another form."""
    return answer(request, _status(request), form)


def _sheets(request: Request) -> View:
    book = edition_of(request).book
    rows = [{"sheet": name, "entries": len(make(book))} for name, make in sheets.SHEETS.items()]
    return View("codebook", "Codebook", {"sheets": rows, "types": sheets.SHEETS["types"](book)}, rows)


def _status(request: Request) -> View:
    edition = edition_of(request)
    archive = edition.archive
    issues = archive.issues()
    total = len(issues)
    facts: dict[str, Any] = {
        "snapshot": edition.id,
        "archive_version": edition.version,
        "tables": edition.once("sizes", archive.sizes),
        "issue_total": total,
        "issues": list(issues.page(max(0, total - ISSUES), ISSUES))[::-1],
        "runs": list(archive.runs())[-RUNS:][::-1],
        "datasets": list(archive.datasets()),
    }
    rows = [to_dict(size) for size in facts["tables"]]
    shown = {"location": library_of(request).location, "taken": edition.taken}
    return View("status", "State of the archive", facts, rows, shown)
