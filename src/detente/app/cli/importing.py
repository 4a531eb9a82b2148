"""`detente import`: rows of event datasets into the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from detente.app.cli.add import progress_steps, report_issues
from detente.app.cli.common import ARCHIVE, ArchiveOption, note, open_archive
from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.pipeline import Imported, Tally


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("import")(import_)


def import_(
    dataset: Annotated[str, typer.Argument(metavar="DATASET", help="icews, polecat, gdelt or table.")],
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|FOLDER…", help="Files as they are published, zipped, gzipped or unpacked; folders."
        ),
    ],
    archive: ArchiveOption = ARCHIVE,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN,…",
            help="For table: which column holds what: date, actor, recipient and cameo or type; also mode, context, "
            "id, place, publisher, story, articles, published, actor_country, actor_sectors and the like.",
        ),
    ] = None,
    encoding: Annotated[str, typer.Option(help="How the files are encoded.")] = "utf-8",
    name: Annotated[str | None, typer.Option(help="For table: what to call the dataset.")] = None,
    licence: Annotated[str | None, typer.Option(help="For table: on what terms it may be used.")] = None,
    citation: Annotated[str | None, typer.Option(help="For table: how to cite it.")] = None,
) -> int:
    """Take the rows of an event dataset over as events, each with its row as evidence. Safe to repeat or to kill.

    Example: detente import icews events.2018.tab.zip
    """
    given = _mapping(map_)
    about = {"name": name, "title": name, "licence": licence, "citation": citation}
    if dataset != "table" and (given or any(about.values())):
        raise UsageError("--map, --name, --licence and --citation are for tables", mend=f"leave them out for {dataset}")
    into = open_archive(archive, create=True)
    with progress_steps() as step:
        done = into.import_dataset(dataset, *inputs, mapping=given, about=about, encoding=encoding, progress=step)
    report_issues(done.issues)
    for tally in done.tallies:
        note(_told(tally))
    note(_sum(done, into.location))
    return 1 if any(issue.level == "error" for issue in done.issues) else 0


def _mapping(given: list[str] | None) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in ",".join(given or ()).split(",") if pair.strip()]
    for field, equals, column in pairs:
        if not equals or not column.strip():
            raise UsageError(f"--map {field.strip()!r} names no column", mend="write date=day,actor=who")
    return {field.strip(): column.strip() for field, _, column in pairs}


def _told(tally: Tally) -> str:
    counts = (
        (tally.dropped, "that PLOVER does not count as events"),
        (tally.nobody, "that name no country or body"),
        (tally.again, "told before"),
        (tally.bad, "that cannot be read"),
    )
    left = ", ".join(f"{count:,} {what}" for count, what in counts if count)
    return f"{tally.file}: {tally.events:,} events from {tally.rows:,} rows{f'; left out {left}' if left else ''}"


def _sum(done: Imported, location: str) -> str:
    parts = [f"{done.events:,} events added"]
    if done.known:
        parts.append(f"{done.known:,} pages of rows there already")
    failed = sum(issue.level == "error" for issue in done.issues)
    if failed:
        parts.append(f"{failed:,} files not taken")
    return f"{', '.join(parts)} · {location}"
