"""Documents: what was read, and the texts that evidence points into."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from detente.app.http import asking
from detente.app.http.answering import as_json, edition_of, listed
from detente.model import to_dict

router = APIRouter(tags=["documents"])


@router.get("/documents")
def documents(request: Request, asked: Annotated[asking.Period, Query()]) -> Response:
    """Documents by publication, the undated last; their texts are empty here."""
    codes = asking.parties(asked.party, edition_of(request).book)
    return listed(
        request, "documents", asked, lambda edition: edition.archive.documents(codes, **asked.days(), bare=True)
    )


@router.get("/documents/{document_id}")
def document(request: Request, document_id: Annotated[asking.Id, Path()]) -> Response:
    """A document with its text, into which the offsets of all evidence point."""
    return as_json(to_dict(edition_of(request).document(document_id)))
