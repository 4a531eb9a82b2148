"""The codebook, the trouble met, and the state of the archive."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from detente.app import sheets
from detente.app.http import asking
from detente.app.http.answering import as_json, edition_of, listed
from detente.app.http.problems import NotFoundError
from detente.model import to_dict
from detente.version import VERSION

router = APIRouter(tags=["reference"])


@router.get("/codebook")
def codebook(request: Request) -> Response:
    """The sheets of the codebook: what may be coded."""
    book = edition_of(request).book
    return as_json({"items": [{"sheet": name, "entries": len(make(book))} for name, make in sheets.SHEETS.items()]})


@router.get("/codebook/{sheet}")
def sheet(request: Request, sheet: Annotated[asking.Id, Path()]) -> Response:
    """The entries of one sheet."""
    if sheet not in sheets.SHEETS:
        raise NotFoundError(f"no sheet {sheet!r}", mend=f"these are: {', '.join(sheets.SHEETS)}")
    return as_json({"items": sheets.SHEETS[sheet](edition_of(request).book)})


@router.get("/issues")
def issues(request: Request, asked: Annotated[asking.Paging, Query()]) -> Response:
    """Trouble met in inputs and records, in the order of recording."""
    return listed(request, "issues", asked, lambda edition: edition.archive.issues())


@router.get("/status")
def status(request: Request) -> Response:
    """The versions of program and archive, the snapshot, and how much each table holds."""
    edition = edition_of(request)
    return as_json(
        {
            "detente": VERSION,
            "version": edition.version,
            "snapshot": edition.id,
            "tables": [to_dict(size) for size in edition.once("sizes", edition.archive.sizes)],
        }
    )
