"""Commands that list what the archive holds: events, matters, statements, figures, drivers, documents."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated, Any

import typer

from detente.app.cli.common import (
    ARCHIVE,
    ArchiveOption,
    AsOfOption,
    FormatOption,
    LimitOption,
    PartiesArgument,
    SinceOption,
    UntilOption,
    day,
    open_archive,
    resolved,
)
from detente.app.cli.output import Column, Row, dated, parties, quoted, short, show
from detente.briefing import contradictions
from detente.codebook.choices import checked
from detente.errors import UsageError
from detente.model import Figure
from detente.model.codec import from_dict


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    for command in (events, matters, statements, figures, drivers, documents):
        app.command()(command)


def events(
    actors: PartiesArgument = None,
    archive: ArchiveOption = ARCHIVE,
    since: SinceOption = None,
    until: UntilOption = None,
    type_: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="A PLOVER type; see detente ref types.")
    ] = None,
    modality: Annotated[
        str | None, typer.Option(help="occurred, ongoing, planned, proposed, conditional or denied.")
    ] = None,
    context: Annotated[str | None, typer.Option(help="A context; see detente ref contexts.")] = None,
    dataset: Annotated[
        list[str] | None,
        typer.Option(help="Only events imported from this dataset; own for those coded here. May be repeated."),
    ] = None,
    limit: LimitOption = None,
    together: Annotated[
        bool, typer.Option("--together", help="Each event once, with the documents that report it and their sources.")
    ] = False,
    as_of: AsOfOption = None,
    format: FormatOption = None,
) -> int:
    """List events: who did what to whom, when, and the words that say so.

    Example: detente events JPN CHN --type SANCTION --since 2023
    """
    checked("type", type_.upper() if type_ else None)
    checked("modality", modality)
    checked("context", context)
    if together:
        if modality or context:
            raise UsageError("--together takes no --modality or --context", mend="leave them out")
        joined = open_archive(archive, as_of).occasions(
            *resolved(actors), since=day(since), until=day(until, last=True)
        )
        rows = [row for row in joined.to_dicts() if not type_ or row["type"] == type_.upper()]
        show(rows[:limit], _OCCASIONS, format)
        return 0
    opened = open_archive(archive, as_of)
    _held("dataset", dataset, ("own", *opened.words("events", "dataset")) if dataset else ())
    found = opened.events(
        resolved(actors),
        since=day(since),
        until=day(until, last=True),
        type=type_.upper() if type_ else None,
        modality=modality,
        context=context,
        dataset=dataset,
        limit=limit,
    )
    show(found.to_dicts(), _EVENTS, format, arrow=found)
    return 0


_EVENTS = (
    Column("date", lambda row: dated(row["date"])),
    Column("type", lambda row: row["type"] + (f"/{row['mode']}" if row["mode"] else "")),
    Column("who", lambda row: _whom(row)),
    Column("modality", lambda row: row["modality"]),
    Column("from", lambda row: (row["report"] or {}).get("dataset", "")),
    Column("words", lambda row: quoted(row, 200), ratio=1, wrap=True),
    Column("id", lambda row: row["id"][:8], style="dim"),
)


_OCCASIONS = (
    Column("date", lambda row: dated(row["date"])),
    Column("type", lambda row: row["type"]),
    Column("who", lambda row: f"{','.join(row['actors'])} – {','.join(row['recipients'])}".removesuffix(" – ")),
    Column("reports", lambda row: str(row["reports"])),
    Column("independent", lambda row: str(row["independent"])),
    Column("words", lambda row: quoted(row, 160), ratio=1, wrap=True),
)


def _whom(row: Row) -> str:
    actors, recipients = parties(row["actors"]), parties(row["recipients"])
    if row["reciprocal"]:
        return f"{actors} ↔ {recipients}" if recipients else actors
    return f"{actors} → {recipients}" if recipients else actors


def matters(
    actors: PartiesArgument = None,
    archive: ArchiveOption = ARCHIVE,
    kind: Annotated[str | None, typer.Option(help="agreement, measure, dispute or channel.")] = None,
    status: Annotated[str | None, typer.Option(help="A state; see detente ref lifecycles.")] = None,
    since: SinceOption = None,
    as_of: AsOfOption = None,
    format: FormatOption = None,
) -> int:
    """List long-lived matters with their status: agreements, measures, disputes, channels of talks.

    Example: detente matters JPN CHN --kind measure
    """
    found = open_archive(archive, as_of).matters(*resolved(actors), kind=kind, status=status, since=day(since))  # type: ignore[arg-type]
    show(found.to_dicts(), _MATTERS, format, arrow=found)
    return 0


_MATTERS = (
    Column("kind", lambda row: row["kind"]),
    Column("matter", lambda row: row["title"], ratio=2, wrap=True),
    Column("parties", lambda row: ",".join(row["parties"])),
    Column("status", lambda row: row["status"] or "unknown"),
    Column("since", lambda row: dated(row["status_date"])),
    Column(
        "steps",
        lambda row: " → ".join(f"{step['status']} {dated(step['date'])}" for step in row["milestones"]),
        ratio=3,
        wrap=True,
    ),
    Column("documents", lambda row: str(len({piece["document_id"] for piece in row["evidence"]}))),
    Column("id", lambda row: row["id"][:8], style="dim"),
)


def statements(
    actors: PartiesArgument = None,
    archive: ArchiveOption = ARCHIVE,
    speaker: Annotated[str | None, typer.Option(help="Only speakers whose name contains this.")] = None,
    outlook: Annotated[str | None, typer.Option(help="improving, worsening, mixed or none.")] = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    format: FormatOption = None,
) -> int:
    """List statements: who said what, and what they expect.

    Example: detente statements JPN CHN --outlook worsening
    """
    checked("outlook", outlook)
    opened = open_archive(archive, as_of)
    if speaker and not opened.statements(speaker=speaker, limit=1):
        _held("speaker", [speaker], opened.words("statements", "speaker"))
    found = opened.statements(resolved(actors), speaker=speaker, outlook=outlook, limit=limit)
    show(
        found.to_dicts(),
        (
            Column("speaker", lambda row: row["speaker"], ratio=1, wrap=True),
            Column("of", lambda row: row["affiliation"] or row["country"] or "", ratio=1, wrap=True),
            Column("outlook", lambda row: row["outlook"]),
            Column(
                "said",
                lambda row: f"“{short(row['content'], 220)}”" if row["direct"] else short(row["content"], 220),
                ratio=4,
                wrap=True,
            ),
            Column("id", lambda row: row["id"][:8], style="dim"),
        ),
        format,
        arrow=found,
    )
    return 0


def figures(
    actors: PartiesArgument = None,
    archive: ArchiveOption = ARCHIVE,
    unit: Annotated[str | None, typer.Option(help="Only this unit: percent, tonne, USD …")] = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    format: FormatOption = None,
) -> int:
    """List figures: numbers about relations and matters, in base units; those that contradict each other say so.

    Example: detente figures JPN CHN --unit percent
    """
    opened = open_archive(archive, as_of)
    _held("unit", [unit] if unit else None, opened.words("figures", "unit") if unit else ())
    found = opened.figures(resolved(actors), unit=unit, limit=limit)
    rows = list(found.to_dicts())
    against = contradictions(from_dict(Figure, row) for row in rows)
    show(
        [row | {"contradicts": list(against.get(row["id"], ()))} for row in rows],
        (
            Column("value", lambda row: f"{'~' if row['approximate'] else ''}{row['value']:,.10g}"),
            Column("unit", lambda row: row["unit"]),
            Column("subject", lambda row: row["subject"], ratio=2, wrap=True),
            Column("period", lambda row: dated(row["period"]) if row["period"] else ""),
            Column("words", lambda row: quoted(row, 160), ratio=3, wrap=True),
            Column("contradicts", lambda row: " ".join(other[:8] for other in row["contradicts"])),
            Column("id", lambda row: row["id"][:8], style="dim"),
        ),
        format,
        arrow=found,
    )
    return 0


def drivers(
    actors: PartiesArgument = None,
    archive: ArchiveOption = ARCHIVE,
    direction: Annotated[str | None, typer.Option(help="helps or hinders.")] = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    format: FormatOption = None,
) -> int:
    """List drivers: what is said to help or hinder a relation or a matter.

    Example: detente drivers JPN CHN --direction hinders
    """
    checked("direction", direction)
    found = open_archive(archive, as_of).drivers(resolved(actors), direction=direction, limit=limit)
    show(
        found.to_dicts(),
        (
            Column("direction", lambda row: row["direction"]),
            Column("cause", lambda row: short(row["cause"], 120), ratio=2, wrap=True),
            Column("effect", lambda row: short(row["effect"], 120), ratio=2, wrap=True),
            Column("hedge", lambda row: row["hedge"]),
            Column("claimed by", lambda row: row["claimed_by"] or "", ratio=1, wrap=True),
            Column("id", lambda row: row["id"][:8], style="dim"),
        ),
        format,
        arrow=found,
    )
    return 0


def documents(
    actors: PartiesArgument = None,
    archive: ArchiveOption = ARCHIVE,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    format: FormatOption = None,
) -> int:
    """List the documents of the archive.

    Example: detente documents JPN CHN
    """
    found = open_archive(archive, as_of).documents(resolved(actors), limit=limit)
    show(
        (_without_text(row) for row in found.to_dicts()),
        (
            Column("published", lambda row: dated(row["published"]["interval"]) if row["published"] else "unknown"),
            Column("known by", lambda row: row["published"]["known"] if row["published"] else ""),
            Column("title", lambda row: row["title"] or "", ratio=2, wrap=True),
            Column("countries", lambda row: ",".join(row["countries"][:6]), ratio=1, wrap=True),
            Column("from", lambda row: row["url"] or row["path"] or "", ratio=1, wrap=True),
            Column("id", lambda row: row["id"][:8], style="dim"),
        ),
        format,
    )
    return 0


_NAMED = 24


def _held(what: str, given: list[str] | None, known: Sequence[str]) -> None:
    """Refuses a word that nothing in the archive has; names the nearest of those it has, or the most frequent."""
    for word in given or ():
        if word not in known:
            near = get_close_matches(word, known, n=5, cutoff=0.5)
            told = f"nearest: {', '.join(near)}" if near else f"there is: {', '.join(known[:_NAMED]) or 'none'}"
            raise UsageError(f"no {what} {word!r} in this archive", mend=told)


def _without_text(row: Row) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "text"}
