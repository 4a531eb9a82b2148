"""Relations: which dyads there are, and the written brief on one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from detente.app.cli.common import day
from detente.app.gauges import gauge
from detente.app.http import asking
from detente.app.http.answering import as_json, edition_of, listed
from detente.app.http.problems import InvalidError, NotFoundError
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


class Gauging(asking.Strict):
    """Which relation, and by whose events."""

    party: list[asking.Party] = Field(min_length=2, max_length=2, description="Two countries or bodies.")
    source: asking.Text | None = Field(None, description="A coder or an imported dataset; needed if there are several.")


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


@router.get("/barometer")
def barometer(request: Request, asked: Annotated[Gauging, Query()]) -> Response:
    """How warm a relation is, month by month: tone, level with its 90 % band, engagement, stock, turning points."""
    edition = edition_of(request)
    codes = asking.parties(asked.party, edition.book)
    if len(codes) < 2:
        raise InvalidError("a barometer is of two parties that differ", where="party", mend="party=JPN&party=CHN")
    found = {each.source: each for each in edition.barometers(codes)}
    if not found:
        raise NotFoundError("nothing dated that weighs is recorded between these two")
    if asked.source is None and len(found) > 1:
        raise InvalidError(f"there are several sources: {', '.join(found)}", where="source", mend="name one of them")
    source = asked.source or next(iter(found))
    if source not in found:
        raise NotFoundError(f"no source {source!r} on this relation", mend=f"there is: {', '.join(found)}")
    return as_json(to_dict(gauge(found[source])))
