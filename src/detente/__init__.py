"""detente keeps the file on relations between states: events, matters, statements and figures, each with its proof.

    >>> import detente
    >>> archive = detente.open("relations", create=True)          # doctest: +SKIP
    >>> archive.add("articles/")                                   # doctest: +SKIP
    >>> archive.matters("JPN", "CHN", kind="measure").to_dicts()   # doctest: +SKIP

Names are loaded when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.codebook import Codebook
    from detente.errors import ArchiveError, CodebookError, DetenteError, MissingExtraError, SourceError, UsageError
    from detente.model import Document, Driver, Event, Evidence, Figure, Interval, Issue, Matter, Statement
    from detente.pipeline import Archive
    from detente.pipeline.face import code, open, rank_types, read, resolve_dates
    from detente.version import VERSION as __version__

_FROM = {
    **dict.fromkeys(
        ("ArchiveError", "CodebookError", "DetenteError", "MissingExtraError", "SourceError", "UsageError"),
        "detente.errors",
    ),
    **dict.fromkeys(
        ("Document", "Driver", "Event", "Evidence", "Figure", "Interval", "Issue", "Matter", "Statement"),
        "detente.model",
    ),
    **dict.fromkeys(("code", "open", "rank_types", "read", "resolve_dates"), "detente.pipeline.face"),
    "Archive": "detente.pipeline",
    "Codebook": "detente.codebook",
}

__all__ = [
    "Archive",
    "ArchiveError",
    "Codebook",
    "CodebookError",
    "DetenteError",
    "Document",
    "Driver",
    "Event",
    "Evidence",
    "Figure",
    "Interval",
    "Issue",
    "Matter",
    "MissingExtraError",
    "SourceError",
    "Statement",
    "UsageError",
    "__version__",
    "code",
    "open",
    "rank_types",
    "read",
    "resolve_dates",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from detente.version import VERSION

        return VERSION
    if name not in _FROM:
        raise AttributeError(f"module 'detente' has no attribute {name!r}")
    value = getattr(importlib.import_module(_FROM[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
