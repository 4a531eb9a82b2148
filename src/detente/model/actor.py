"""Actors: states, international bodies and those who act for them."""

from __future__ import annotations

from typing import Literal

from detente.model.base import Record

ActorKind = Literal["state", "igo", "other"]


class Actor(Record, frozen=True, kw_only=True):
    """Who acts or is acted upon.

    `code` is the ISO 3166 alpha-3 code of the state the actor belongs to, or `IGO.…` (`EUR` for the European Union);
    `country` repeats it for states and is None for international bodies. `name` is the name as the codebook has it
    ("Japan", "Ministry of Commerce of China"), `person` the person named, `office` the office they hold at the time.
    """

    code: str
    kind: ActorKind = "state"
    name: str
    country: str | None = None
    sector: str | None = None
    person: str | None = None
    office: str | None = None


def codes(actors: tuple[Actor, ...]) -> tuple[str, ...]:
    """The codes of some actors, each once, in their order."""
    return tuple(dict.fromkeys(actor.code for actor in actors))
