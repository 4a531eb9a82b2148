"""Statements, figures and drivers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from detente.app.http import asking
from detente.app.http.answering import edition_of, listed
from detente.model import Direction, Hedge, Outlook

router = APIRouter(tags=["findings"])


class Statements(asking.Period):
    """Which statements."""

    speaker: asking.Text | None = Field(None, description="Only speakers whose name contains this.")
    outlook: list[Outlook] = Field(default_factory=list, max_length=4)


class Figures(asking.Period):
    """Which figures."""

    unit: asking.Text | None = Field(None, description="Only this unit: percent, tonne, USD …")


class Drivers(asking.Relation):
    """Which drivers."""

    direction: Direction | None = None
    hedge: list[Hedge] = Field(default_factory=list, max_length=4)


@router.get("/statements")
def statements(request: Request, asked: Annotated[Statements, Query()]) -> Response:
    """Statements: who said what, and what they expect."""
    codes = asking.parties(asked.party, edition_of(request).book)
    return listed(
        request,
        "statements",
        asked,
        lambda edition: edition.archive.statements(
            codes, speaker=asked.speaker, outlook=asked.outlook or None, **asked.days()
        ),
    )


@router.get("/figures")
def figures(request: Request, asked: Annotated[Figures, Query()]) -> Response:
    """Figures about relations and matters, in base units."""
    codes = asking.parties(asked.party, edition_of(request).book)
    return listed(
        request,
        "figures",
        asked,
        lambda edition: edition.archive.figures(codes, unit=asked.unit, **asked.days()),
    )


@router.get("/drivers")
def drivers(request: Request, asked: Annotated[Drivers, Query()]) -> Response:
    """Drivers: what is said to help or hinder a relation or a matter."""
    codes = asking.parties(asked.party, edition_of(request).book)
    return listed(
        request,
        "drivers",
        asked,
        lambda edition: edition.archive.drivers(codes, direction=asked.direction, hedge=asked.hedge or None),
    )
