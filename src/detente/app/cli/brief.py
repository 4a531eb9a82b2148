"""`detente brief`: the written summary of a relation."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from detente.app.cli.common import (
    ARCHIVE,
    ArchiveOption,
    AsOfOption,
    SinceOption,
    UntilOption,
    day,
    open_archive,
    resolved,
)
from detente.errors import UsageError


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command()(brief)


def brief(
    actors: Annotated[
        list[str], typer.Argument(metavar="PARTY PARTY…", help="Two or more countries or bodies; ISO codes or names.")
    ],
    archive: ArchiveOption = ARCHIVE,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    format: Annotated[str, typer.Option("--format", "-f", help="md, html or json.")] = "md",
) -> int:
    """Write the brief on a relation: where it stands, what moved, who expects what; every line cited.

    Example: detente brief JPN CHN --since 2023
    """
    from detente.app.gauges import brief_figure, brief_rows, for_brief, gauge
    from detente.briefing import to_html, to_markdown
    from detente.model import to_dict

    parties = resolved(actors)
    if len(parties) < 2:
        raise UsageError("a brief needs two parties or more", mend="detente brief JPN CHN")
    if format not in ("md", "html", "json"):
        raise UsageError(f"no format {format!r}", mend="md, html or json")
    opened, first, last = open_archive(archive, as_of), day(since), day(until, last=True)
    made = opened.brief(*parties, since=first, until=last)
    found = for_brief(opened, parties, since=first, until=last)
    if format == "json":
        row = {**to_dict(made), "barometer": [to_dict(gauge(each)) for each in found]}
        print(json.dumps(row, ensure_ascii=False, indent=1))
    elif format == "html":
        print(to_html(made, chart=brief_figure(found)), end="")
    else:
        print(to_markdown(made, barometer=brief_rows(found)), end="")
    return 0
