"""Options and helpers that commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.app.cli.output import Format
from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.pipeline import Archive

ArchiveOption = Annotated[
    str,
    typer.Option(
        "--archive",
        "-a",
        envvar="DETENTE_ARCHIVE",
        metavar="PATH",
        help="The archive: a folder or an object-store URL.",
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format", "-f", help="How to print: a table on a terminal and JSON lines when piped, unless said here."
    ),
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE|VERSION", help="Read the archive as it was known then.")
]
SinceOption = Annotated[str | None, typer.Option("--since", metavar="DATE", help="From this day, month or year on.")]
UntilOption = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Up to this day, month or year.")]
LimitOption = Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many rows.")]
PartiesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PARTY]…",
        help="Two countries for their dyad in both directions, more for what involves all; ISO codes or names.",
        show_default=False,
    ),
]

ARCHIVE = "relations"


def open_archive(path: str, as_of: str | None = None, *, create: bool = False) -> Archive:
    """The archive, opened."""
    from detente.pipeline import Archive

    return Archive.open(path, as_of=as_of, create=create)


def resolved(parties: list[str] | None) -> tuple[str, ...]:
    """Parties given as codes or names, as codes.

    Raises:
        UsageError: naming what is not known, with the nearest names.
    """
    from detente.pipeline import party_code

    return tuple(dict.fromkeys(party_code(party) for party in parties or ()))


def day(text: str | None, *, last: bool = False) -> date | None:
    """A day from `2023`, `2023-11` or `2023-11-17`: the first of the stretch, or the last.

    Raises:
        UsageError: where it is none of these.
    """
    if text is None:
        return None
    try:
        parts = [int(part) for part in text.split("-")]
        if len(parts) == 3:
            return date(*parts)
        year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
        if not last:
            return date(year, month, 1)
        return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
    except (ValueError, IndexError, TypeError):
        raise UsageError(f"{text!r} is no date", mend="write 2023, 2023-11 or 2023-11-17") from None


def existing(path: Path) -> Path:
    """A path that must be there.

    Raises:
        UsageError: where it is not.
    """
    if not path.exists():
        raise UsageError("is not there", where=str(path), mend="check the path")
    return path


def note(text: str, **style: Any) -> None:
    """A message for the user, on standard error."""
    typer.secho(text, err=True, **style)
