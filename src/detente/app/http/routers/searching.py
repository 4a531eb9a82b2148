"""Search: documents by their words."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from detente.app.http import asking
from detente.app.http.answering import as_json, edition_of, library_of
from detente.app.http.finding import find
from detente.model import to_dict

router = APIRouter(tags=["search"])


class Search(asking.Strict):
    """What is looked for."""

    q: asking.Text = Field(description="Words; those in quotation marks as they stand; a * at the end of a beginning.")
    limit: int = Field(20, ge=1, le=100)


@router.get("/search")
def search(request: Request, asked: Annotated[Search, Query()]) -> Response:
    """Actors, matters and documents, best first; documents with the words found, between ⟦ and ⟧."""
    return as_json(to_dict(find(library_of(request), edition_of(request), asked.q, limit=asked.limit)))
