"""Words that must be one of a few: asking by a word that is not among them is a mistake, not an empty answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import get_args

from detente.codebook.book import Codebook
from detente.errors import ChoiceError
from detente.model import Direction, Hedge, MatterKind, Modality, Outlook

Words = str | Collection[str] | None


def checked(what: str, given: Words, book: Codebook | None = None) -> None:
    """Refuses words that `what` may not be.

    Args:
        what: `type`, `modality`, `context`, `outlook`, `direction`, `hedge`, `kind` or `status`.
        given: A word or several.
        book: The codebook; the package's own if None.

    Raises:
        ChoiceError: for a word that is not one of these; lists them.
    """
    if given is None:
        return
    known = choices(what, book)
    for word in [given] if isinstance(given, str) else given:
        if word not in known:
            raise ChoiceError(f"no {what} is called {word!r}", where=what, mend=f"these are: {', '.join(known)}")


def choices(what: str, book: Codebook | None = None) -> list[str]:
    """All words that `what` may be, in the order of the codebook."""
    if what in _FIXED:
        return list(_FIXED[what])
    own = book or Codebook.load()
    if what == "status":
        return list(_once(name for kind in get_args(MatterKind) for name in own.lifecycles.of(kind).statuses))
    return list(own.ontology.types) if what == "type" else list(own.ontology.contexts)


def _once(words: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(words)


_FIXED = {
    "modality": get_args(Modality),
    "outlook": get_args(Outlook),
    "direction": get_args(Direction),
    "hedge": get_args(Hedge),
    "kind": get_args(MatterKind),
}
