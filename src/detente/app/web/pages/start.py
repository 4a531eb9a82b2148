"""The first page: which relations there are, and what moved last."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from detente.app.http import asking
from detente.app.http.answering import edition_of
from detente.app.http.problems import NotFoundError
from detente.app.web.view import PER_PAGE, View, answer, pages
from detente.store import dyad

router = APIRouter()
CHANGES = 24


@router.get("/")
def start(request: Request, page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Response:
    """The relations of the archive and the newest changes."""
    return answer(request, _view(request, page), "html")


@router.get("/index.{form}")
def start_as(request: Request, form: str, page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Response:
    """The same in another form."""
    return answer(request, _view(request, page), form)


@router.get("/go")
def go(request: Request, a: asking.Party, b: asking.Party) -> Response:
    """Leads from two names to the page of their relation."""
    codes = asking.parties([a, b], edition_of(request).book)
    if len(codes) < 2:
        raise NotFoundError("a relation has two parties that differ", mend="name another country")
    return RedirectResponse(f"/dyads/{dyad(codes)}", 303)


def _view(request: Request, page: int) -> View:
    edition = edition_of(request)
    relations = edition.relations()
    shown = relations[(page - 1) * PER_PAGE : page * PER_PAGE]
    by_dyad = {one.dyad: edition.months(one.dyad) for one in shown}
    months = [month for row in by_dyad.values() for month in row]
    changes = [{"matter": matter, "step": step} for matter, step in edition.changes(CHANGES)]
    last = max((month.month for month in months), default=date.min)
    first = max(min((month.month for month in months), default=last), date(max(1, last.year - 9), 1, 1))
    sizes = {size.table: size.rows for size in edition.once("sizes", edition.archive.sizes)}
    return View(
        template="start",
        title="Relations",
        facts={"relations": shown, "changes": changes, "total": len(relations)},
        rows=relations,
        shown={
            "months": by_dyad,
            "pages": pages(request, page, len(relations)),
            "first": first,
            "last": last,
            "documents": sizes["documents"],
        },
    )
