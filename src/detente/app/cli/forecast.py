"""`detente forecast`: where a relation may go, as distributions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from detente.app.cli.common import (
    ARCHIVE,
    ArchiveOption,
    AsOfOption,
    FormatOption,
    UntilOption,
    day,
    note,
    open_archive,
)
from detente.app.cli.output import Column, Format, Row, show
from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.pipeline import Archive


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command()(forecast)


def forecast(
    one: Annotated[str, typer.Argument(metavar="PARTY", help="A country or body; ISO code or name.")],
    other: Annotated[str, typer.Argument(metavar="PARTY", help="Another.")],
    archive: ArchiveOption = ARCHIVE,
    horizon: Annotated[str, typer.Option("--horizon", metavar="MONTHS", help="Months ahead, with commas.")] = "1,3,6",
    source: Annotated[str | None, typer.Option("--source", help="Whose events, where there are several.")] = None,
    until: UntilOption = None,
    acts: Annotated[
        bool,
        typer.Option("--acts", help="What the first may do to the other in 30 days, and the past events that say so."),
    ] = False,
    format: FormatOption = None,
    as_of: AsOfOption = None,
) -> int:
    """Where the tone of a relation may go: a distribution for each horizon, beside the naive ones.

    Example: detente forecast JPN CHN --horizon 1,3,6
    """
    if acts:
        return _acts(open_archive(archive, as_of), (one, other), source, day(until, last=True), format)
    made = open_archive(archive, as_of).forecast(
        one, other, horizons=_months(horizon), source=source, until=day(until, last=True)
    )
    rows = made.to_dicts()
    first = rows[0]
    title = (
        f"{first['dyad']} by {first['source']}, from {first['origin']} ({first['known']} months known); "
        f"tone -100 to 100, 0 is the pair's normal, the last 12 months mean {first['usual']:+.0f}"
    )
    show(rows, _COLUMNS, format, title=title, arrow=made)
    if not any(row["method"] == "ridge" for row in rows):
        note("too little past to learn from all pairs: the advised distribution is the last 36 months of the pair")
    return 0


def _acts(
    archive: Archive, parties: tuple[str, str], source: str | None, until: date | None, format: Format | None
) -> int:
    made = archive.prospects(*parties, source=source, until=until)
    first = made[0]
    title = f"{first.actor} towards {first.recipient} by {first.source}, {first.days} days from {first.start}"
    show(made.to_dicts(), _ACTS, format, title=title, arrow=made)
    return 0


def _months(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise UsageError(f"{text!r} is no list of months", mend="write --horizon 1,3,6") from None


def _number(name: str) -> Column:
    return Column(name, lambda row: f"{row[name]:+.0f}")


def _method(row: Row) -> str:
    return f"{row['method']}{' (advised)' if row['advised'] else ''}"


_ACTS = (
    Column("type", lambda row: row["type"]),
    Column("chance", lambda row: f"{100 * row['chance']:.0f} %"),
    Column("usual", lambda row: f"{100 * row['usual']:.0f} %"),
    Column("because", lambda row: "; ".join(row["because"]), ratio=3, wrap=True),
)

_COLUMNS = (
    Column("month", lambda row: row["period"]),
    Column("ahead", lambda row: str(row["horizon"])),
    Column("method", _method, ratio=2),
    *map(_number, ("low", "lower", "middle", "upper", "high")),
    Column("warmer than usual", lambda row: f"{100 * row['warmer']:.0f} %"),
)
