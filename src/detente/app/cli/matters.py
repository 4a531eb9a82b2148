"""Commands that follow matters: one with all that is known of it, what moved, and what a person has to judge."""

from __future__ import annotations

import getpass
import json
import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.app.cli.common import (
    ARCHIVE,
    ArchiveOption,
    AsOfOption,
    FormatOption,
    PartiesArgument,
    SinceOption,
    UntilOption,
    day,
    note,
    open_archive,
    resolved,
)
from detente.app.cli.output import Column, Format, Row, chosen, dated, quoted, short, show
from detente.errors import UsageError
from detente.model import Matter, to_dict

if TYPE_CHECKING:
    from detente.pipeline import Archive


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    for command in (matter, changes, judge):
        app.command()(command)


def matter(
    which: Annotated[
        str, typer.Argument(metavar="ID|WORDS", help="The id of a matter, its beginning, or words of its title.")
    ],
    archive: ArchiveOption = ARCHIVE,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="Also the status on that day.")] = None,
    as_of: AsOfOption = None,
    format: FormatOption = None,
) -> int:
    """Show one matter: its status, its steps with the words that prove them, figures, statements, links and reasons.

    Example: detente matter "currency swap"
    """
    from detente.codebook import Codebook
    from detente.matters import status_at

    opened = open_archive(archive, as_of)
    found = _asked(opened, which)
    moment = day(on, last=True)
    then = status_at(found, moment, Codebook.load()) if moment else None
    row: Row = {**to_dict(found), **({"status_on": {"day": str(moment), "status": then}} if moment else {})}
    row["said"] = [to_dict(statement) for statement in opened.said_of(found)]
    row["numbers"] = [to_dict(figure) for figure in opened.figures(ids=found.figures)] if found.figures else []
    if chosen(format) is Format.table:
        _print(opened, found, row, moment)
    elif chosen(format) in (Format.json, Format.jsonl):
        print(json.dumps(row, ensure_ascii=False, indent=1 if format is Format.json else None))
    else:
        raise UsageError(f"a single matter has no {format} form", mend="--format table, json or jsonl")
    return 0


def _asked(archive: Archive, which: str) -> Matter:
    if re.fullmatch(r"[0-9a-f]{2,16}", which):
        return archive.matter(which)
    found = archive.called(which)
    if not found:
        raise UsageError(f"no matter is called {which!r}", mend="`detente matters` lists them")
    if len(found) > 1:
        others = "; ".join(f"{one.id[:8]} {short(one.title, 50)}" for one in found[1:4])
        note(f"the most told of {len(found)}; others: {others}")
    return found[0]


def _print(archive: Archive, found: Matter, row: Row, moment: date | None) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)

    def line(text: str, style: str = "") -> None:
        console.print(Text(text, style=style), soft_wrap=True)

    console.rule(found.title, align="left")
    documents = {piece.document_id for piece in found.evidence}
    line(f"{found.kind} · {', '.join(found.parties)} · {found.status or 'status unknown'} {_since(row)}")
    for name in ("imposers", "targets", "aliases"):
        if row[name]:
            line(f"{name}: {', '.join(row[name])}")
    line(f"about {found.subject} · told in {len(documents)} document{'s' * (len(documents) != 1)} · {found.id}", "dim")
    if moment:
        line(f"on {moment}: {row['status_on']['status'] or 'unknown'}")
    names = {document.id: document.title or document.name for document in archive.documents(ids=sorted(documents))}
    _part(
        console, "steps", [(f"{dated(step['date']):<22} {step['status']}", step) for step in row["milestones"]], names
    )
    _part(
        console, "figures", [(f"{n['value']:,.10g} {n['unit']}: {short(n['subject'], 70)}", n) for n in row["numbers"]]
    )
    _part(console, "said of it", [(f"{said['speaker']} (outlook {said['outlook']})", said) for said in row["said"]])
    console.rule("links", align="left")
    for link in found.links:
        who = (
            ""
            if link.judged_by == "detente"
            else f", judged by {link.judged_by}{f': {link.note}' if link.note else ''}"
        )
        line(f"{link.judgement:<10} {link.score:6.2f}  {link.matter_id[:8]} – {link.other_id[:8]}{who}")
        line(
            "           " + "; ".join(f"{reason.name} {reason.score:+.2f} ({reason.detail})" for reason in link.reasons)
        )


def _since(row: Row) -> str:
    return f"since {dated(row['status_date'])}" if row["status_date"] else ""


def _part(console: Any, head: str, rows: list[tuple[str, Row]], names: dict[str, str] | None = None) -> None:
    from rich.text import Text

    if rows:
        console.rule(head, align="left")
    for told, row in rows:
        console.print(Text(told), soft_wrap=True)
        for piece in row["evidence"][:4]:
            where = f"  {short(names[piece['document_id']], 60)}" if names and piece["document_id"] in names else ""
            console.print(Text(f"    “{short(piece['text'], 160)}”{where}", style="dim"), soft_wrap=True)


def changes(
    actors: PartiesArgument = None,
    archive: ArchiveOption = ARCHIVE,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    format: FormatOption = None,
) -> int:
    """List what moved: the dated steps of matters, the newest first, each with the state before it.

    Example: detente changes JPN CHN --since 2023
    """
    first = day(since)
    if first is None:
        raise UsageError("changes since when?", mend="--since 2023, 2023-11 or 2023-11-17")
    found = open_archive(archive, as_of).changes(*resolved(actors), since=first, until=day(until, last=True))
    show(found.to_dicts(), _CHANGES, format, arrow=found)
    return 0


_CHANGES = (
    Column("date", lambda row: dated(row["date"])),
    Column("kind", lambda row: row["kind"]),
    Column("matter", lambda row: row["title"], ratio=2, wrap=True),
    Column("parties", lambda row: ",".join(row["parties"])),
    Column(
        "moved",
        lambda row: f"{row['before']} → {row['status']}" if row["before"] else row["status"],
        ratio=1,
        wrap=True,
    ),
    Column("words", lambda row: quoted(row, 120), ratio=2, wrap=True),
    Column("documents", lambda row: str(row["documents"])),
    Column("id", lambda row: row["matter_id"][:8], style="dim"),
)


def judge(
    one: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A matter, by its id or the beginning of it.")
    ] = None,
    other: Annotated[str | None, typer.Argument(metavar="[ID]", help="Another that may be the same.")] = None,
    judgement: Annotated[
        str | None, typer.Argument(metavar="[JUDGEMENT]", help="same, different, or open to leave it undecided.")
    ] = None,
    archive: ArchiveOption = ARCHIVE,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who judges; the user's name unless said.")] = None,
    why: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Why.")] = None,
    format: FormatOption = None,
) -> int:
    """List pairs of matters that may be one, or judge a pair; a person's judgement outranks detente's, erasing nothing.

    Example: detente judge --format table
    """
    opened = open_archive(archive)
    if one is None:
        show((_doubt(to_dict(doubt)) for doubt in opened.doubts()), _DOUBTS, format)
        return 0
    if other is None or judgement is None:
        raise UsageError("a judgement needs two ids and a word", mend="detente judge ID ID same|different|open")
    link = opened.judge(one, other, judgement, by=by or getpass.getuser(), note=why)  # type: ignore[arg-type]
    note(f"recorded: {link.matter_id[:8]} and {link.other_id[:8]} are {link.judgement}, says {link.judged_by}")
    return 0


def _doubt(row: Row) -> Row:
    return {**row["link"], "one": row["one"]["title"], "other": row["other"]["title"]}


_DOUBTS = (
    Column("one", lambda row: row["one"], ratio=2, wrap=True),
    Column("other", lambda row: row["other"], ratio=2, wrap=True),
    Column("score", lambda row: f"{row['score']:.2f}"),
    Column(
        "reasons",
        lambda row: "; ".join(
            f"{reason['name']} {reason['score']:+.1f} ({short(reason['detail'], 40)})" for reason in row["reasons"]
        ),
        ratio=3,
        wrap=True,
    ),
    Column("ids", lambda row: f"{row['matter_id'][:8]} {row['other_id'][:8]}", style="dim"),
)
