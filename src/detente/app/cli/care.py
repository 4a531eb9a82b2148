"""Commands that look after the archive: show, export, doctor, evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.app.cli.common import ARCHIVE, ArchiveOption, AsOfOption, FormatOption, existing, note, open_archive
from detente.app.cli.output import Column, show
from detente.coding import DEFAULT
from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.pipeline import Archive


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command("show")(show_)
    app.command()(export)
    app.command()(doctor)
    app.command()(evaluate)


def show_(
    record: Annotated[
        str,
        typer.Argument(
            metavar="DOCUMENT|ID", help="A document's name, or the id of any record (its first digits suffice)."
        ),
    ],
    archive: ArchiveOption = ARCHIVE,
    as_of: AsOfOption = None,
    layer: Annotated[
        list[str] | None, typer.Option(help="Mark only these layers: events, statements, figures, drivers, matters.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
) -> int:
    """Show a document with its evidence highlighted, or any record with the words that prove it.

    Example: detente show 48-2023-08-seafood-ban.txt
    """
    from detente.app.cli.showing import show_document, show_record
    from detente.model import Document

    opened = open_archive(archive, as_of)
    found = _found(opened, record)
    if isinstance(found, Document) and not json_:
        show_document(opened, found, tuple(layer or ()))
    else:
        show_record(opened, found, as_json=json_)
    return 0


def _found(opened: Archive, name: str) -> Any:
    from detente.errors import ArchiveError

    document = opened.named(name)
    if document is not None:
        return document
    try:
        return opened.get(name)
    except ArchiveError as error:
        raise UsageError(error.what, where=name, mend="`detente documents` lists names and ids") from None


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write; made if it is missing.")],
    archive: ArchiveOption = ARCHIVE,
    as_of: AsOfOption = None,
    format: Annotated[str, typer.Option("--format", "-f", help="jsonl, parquet or csv.")] = "jsonl",
) -> int:
    """Write the whole archive as files, one for each layer, with datapackage.json.

    Example: detente export out --format jsonl
    """
    opened = open_archive(archive, as_of)
    written = opened.export(folder, format=format, matters=opened.merged())
    note(f"written to {written.parent if written.is_file() else written}")
    return 0


def doctor(
    archive: ArchiveOption = ARCHIVE,
    repair: Annotated[bool, typer.Option("--repair", help="Sweep orphans, compact and vacuum.")] = False,
    format: FormatOption = None,
) -> int:
    """Check the installation and the archive, and say what to mend.

    Example: detente doctor
    """
    from detente.errors import ArchiveMissingError
    from detente.pipeline import Archive, health

    rows: list[dict[str, Any]] = [
        {"level": "ok" if found.ok else "note", "where": found.what, "what": found.says, "mend": found.mend}
        for found in health()
    ]
    status = 0
    try:
        if repair:
            done = Archive.repair(archive)
            note(", ".join(f"{count} {what}" for what, count in done.items()))
        troubles = Archive.diagnose(archive)
    except ArchiveMissingError as error:
        rows.append({"level": "note", "where": error.where, "what": error.what, "mend": error.mend})
    else:
        status = 1 if any(trouble.level == "error" for trouble in troubles) else 0
        rows += [
            {"level": trouble.level, "where": trouble.where, "what": trouble.what, "mend": trouble.mend}
            for trouble in troubles
        ]
        if not troubles:
            rows.append({"level": "ok", "where": archive, "what": "the archive has nothing to mend", "mend": None})
    show(
        rows,
        (
            Column("level", lambda row: row["level"]),
            Column("where", lambda row: row["where"] or "", ratio=1, wrap=True),
            Column("what", lambda row: row["what"], ratio=2, wrap=True),
            Column("mend", lambda row: row["mend"] or "", ratio=1, wrap=True),
        ),
        format,
    )
    return status


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD", help="A folder of NAME.txt and NAME.json pairs, as docs/annotation.md says."),
    ],
    coder: Annotated[str, typer.Option(help="encoder, rules, encoder-alone or large.")] = DEFAULT,
    misses: Annotated[
        str | None, typer.Option(metavar="LAYER", help="Also list every miss and invention of a layer.")
    ] = None,
    format: FormatOption = None,
) -> int:
    """Code a folder of annotated documents and score every layer against its annotation.

    Example: detente evaluate gold --misses events
    """
    from detente.pipeline import score_folder

    scores = score_folder(existing(gold), coder=coder)
    show(
        scores.rows(),
        (
            Column("layer", lambda row: row["layer"]),
            *(
                Column(head, lambda row, head=head: _number(row.get(head)))  # type: ignore[misc]
                for head in ("precision", "recall", "f1", "gold", "found", "date", "modality", "status", "outlook")
            ),
            Column(
                "more",
                lambda row: "  ".join(f"{k} {_number(v)}" for k, v in row.items() if k in _MORE),
                ratio=1,
                wrap=True,
            ),
        ),
        format,
    )
    if misses:
        for kind, document, text in scores.misses(misses):
            print(f"{kind}  {document}  {text}")
    return 0


_MORE = ("published", "boilerplate_removed", "text_kept", "duplicates", "linked_across", "kept_apart")


def _number(value: Any) -> str:
    return "" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
