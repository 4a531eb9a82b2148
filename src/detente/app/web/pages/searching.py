"""The search."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from detente.app.http.answering import edition_of, library_of
from detente.app.http.finding import Found, find
from detente.app.web.view import View, answer
from detente.model import to_dict

router = APIRouter()
AT_ONCE = 20
Words = Annotated[str, Query(max_length=200)]
Page = Annotated[int, Query(ge=1, le=500)]


@router.get("/search")
def search(request: Request, q: Words = "", page: Page = 1) -> Response:
    """What the words of a query find."""
    return answer(request, _view(request, q, page), "html")


@router.get("/search.{form}")
def search_as(request: Request, form: str, q: Words = "", page: Page = 1) -> Response:
    """The same in another form."""
    return answer(request, _view(request, q, page), form)


def _view(request: Request, q: str, page: int) -> View:
    edition = edition_of(request)
    found = (
        find(library_of(request), edition, q, limit=AT_ONCE, skip=(page - 1) * AT_ONCE)
        if q.strip()
        else Found(query="", actor=None, matters=(), hits=(), documents=())
    )
    rows = [
        {
            "document_id": hit.document_id,
            "title": one.title,
            "published": to_dict(one.published) if one.published else None,
            "words": hit.snippet,
        }
        for hit, one in zip(found.hits, found.documents, strict=True)
    ]
    title = f"Search: {q[:60]}" if q.strip() else "Search"
    return View("search", title, {"found": found}, rows, {"page": page, "looks": edition.book.phrases.looks})
