"""Events: who did what to whom, when, and whether it happened."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from detente.app.http import asking
from detente.app.http.answering import edition_of, listed
from detente.codebook.choices import checked
from detente.model import Modality

router = APIRouter(tags=["events"])


class Events(asking.Period):
    """Which events."""

    type: list[asking.Text] = Field(default_factory=list, max_length=16, description="PLOVER types.")
    modality: list[Modality] = Field(default_factory=list, max_length=6)
    context: list[asking.Text] = Field(default_factory=list, max_length=40, description="PLOVER contexts.")
    retold: bool | None = Field(None, description="Only history told as background, or only the rest.")
    newest: bool = Field(False, description="The newest first.")


@router.get("/events")
def events(request: Request, asked: Annotated[Events, Query()]) -> Response:
    """Events, by date; those without a date last, and left out where a time is asked for."""
    book = edition_of(request).book
    checked("type", asked.type, book)
    checked("context", asked.context, book)
    codes = asking.parties(asked.party, book)
    return listed(
        request,
        "events",
        asked,
        lambda edition: edition.archive.events(
            codes,
            **asked.days(),
            type=asked.type or None,
            modality=asked.modality or None,
            context=asked.context or None,
            retold=asked.retold,
            newest=asked.newest,
        ),
    )
