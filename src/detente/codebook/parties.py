"""Parties as a user writes them: ISO codes, names, demonyms, capitals, acronyms."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache

from detente.codebook.actors import ActorBook
from detente.errors import UsageError


def party_code(party: str, actors: ActorBook) -> str:
    """The code of a state or body given as code or name, without regard to case and accents.

    Args:
        party: `JPN`, `Japan`, `japanese`, `Tokyo`, `WTO`, `IGO.WTO` …
        actors: The actors there are.

    Raises:
        UsageError: where nothing is called so; the message names the nearest.
    """
    known = party_index(actors)
    wanted = fold(party)
    if wanted in known:
        return known[wanted]
    near = get_close_matches(wanted, known, n=3, cutoff=0.6)
    told = ", ".join(f"{name} ({known[name]})" for name in near)
    raise UsageError(
        f"no country or body is called {party!r}",
        mend=f"did you mean {told}?" if told else "detente ref actors lists them",
    )


@lru_cache(maxsize=4)
def party_index(actors: ActorBook) -> Mapping[str, str]:
    """The codes of states and bodies by every code and name of theirs, folded; states come first."""
    known = {fold(state.code): state.code for state in actors.states}
    for body in actors.organisations:
        known.setdefault(fold(body.code), body.code)
        known.setdefault(fold(body.code.removeprefix("IGO.")), body.code)
    for group in ("names", "adjectives", "people", "capital"):
        for state in actors.states:
            for form in getattr(state, group):
                known.setdefault(fold(form.text), state.code)
    for body in actors.organisations:
        for form in body.names:
            known.setdefault(fold(form.text), body.code)
    return known


def fold(text: str) -> str:
    """A name without case, accents, outer blanks and `the`, for looking it up."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().strip().removeprefix("the ")
