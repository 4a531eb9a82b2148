"""Relations: which dyads there are, and the written brief on one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from detente.app.cli.common import day
from detente.app.http import asking
from detente.app.http.answering import as_json, edition_of, listed
from detente.app.http.problems import InvalidError
from detente.model import to_dict

router = APIRouter(tags=["relations"])


class Relations(asking.Paging):
    """Which dyads."""

    party: asking.Party | None = Field(None, description="Only dyads of this country or body.")


class Briefing(asking.Strict):
    """Which relation, and in which time."""

    party: list[asking.Party] = Field(min_length=2, max_length=4, description="Two countries or bodies, or more.")
    since: asking.Day | None = None
    until: asking.Day | None = None


@router.get("/relations")
def relations(request: Request, asked: Annotated[Relations, Query()]) -> Response:
    """Dyads at a glance, those with most events first."""
    codes = asking.parties([asked.party] if asked.party else [], edition_of(request).book)
    return listed(request, "relations", asked, lambda edition: edition.relations(codes[0] if codes else None))


@router.get("/brief")
def brief(request: Request, asked: Annotated[Briefing, Query()]) -> Response:
    """The written summary of a relation; every line has citations to document and offset."""
    edition = edition_of(request)
    codes = asking.parties(asked.party, edition.book)
    if len(codes) < 2:
        raise InvalidError("a brief needs two parties that differ", where="party", mend="party=JPN&party=CHN")
    made = edition.archive.brief(*codes, since=day(asked.since), until=day(asked.until, last=True), book=edition.book)
    return as_json(to_dict(made))
