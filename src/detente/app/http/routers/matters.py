"""Matters: agreements, measures, disputes and channels of talks, joined over documents, and what became of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from detente.app.http import asking
from detente.app.http.answering import as_json, edition_of, listed
from detente.app.http.edition import Edition
from detente.codebook.choices import checked
from detente.model import Matter, MatterKind, to_dict

router = APIRouter(tags=["matters"])


class Matters(asking.Paging):
    """Which matters."""

    party: list[asking.Party] = Field(min_length=1, max_length=8, description="Countries or bodies.")
    kind: MatterKind | None = None
    status: asking.Text | None = Field(None, description="A state of a lifecycle.")


@router.get("/matters")
def matters(request: Request, asked: Annotated[Matters, Query()]) -> Response:
    """Matters between some parties, each joined over all documents that tell of it, newest change first."""
    book = edition_of(request).book
    codes = asking.parties(asked.party, book)
    return listed(request, "matters", asked, lambda edition: chosen(edition, codes, asked.kind, asked.status))


@router.get("/matters/{matter_id}")
def matter(request: Request, matter_id: Annotated[asking.Id, Path()]) -> Response:
    """The matter that an id belongs to: title, parties, milestones with their words, links with their reasons."""
    return as_json(to_dict(edition_of(request).matter(matter_id)))


def chosen(edition: Edition, codes: tuple[str, ...], kind: str | None, status: str | None) -> list[Matter]:
    """The matters between some parties, of a kind and a status where given.

    Raises:
        UsageError: for a status that no lifecycle has.
    """
    checked("status", status, edition.book)
    return [
        one
        for one in edition.matters(codes)
        if (kind is None or one.kind == kind) and (status is None or one.status == status)
    ]
