"""`detente ref`: browse the codebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.app.cli.common import FormatOption
from detente.app.cli.output import Column, show
from detente.app.sheets import SHEETS, modes
from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.codebook import Codebook

Row = dict[str, Any]


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command()(ref)


def ref(
    sheet: Annotated[
        str | None,
        typer.Argument(
            metavar="[SHEET]",
            help="types, contexts, modalities, quads, sectors, lifecycles, "
            "crosswalk, units, actors; without it, the list of sheets.",
        ),
    ] = None,
    entry: Annotated[
        str | None, typer.Argument(metavar="[ENTRY]", help="One entry, such as SANCTION, JPN or measure.")
    ] = None,
    codebook: Annotated[Path | None, typer.Option(help="Another folder of data files than detente's own.")] = None,
    format: FormatOption = None,
) -> int:
    """Browse the codebook: what may be coded, and what each word means.

    Example: detente ref types SANCTION
    """
    from detente.codebook import Codebook

    book = Codebook.load(codebook)
    if sheet is None:
        rows = [{"sheet": name, "entries": len(make(book))} for name, make in SHEETS.items()]
    else:
        name = {"events": "types", "event": "types", "type": "types"}.get(sheet.lower(), sheet.lower())
        if name not in SHEETS:
            raise UsageError(f"the codebook has no sheet {sheet!r}", mend=f"these are: {', '.join(SHEETS)}")
        rows = _chosen(SHEETS[name](book), entry, name, book)
    heads = list(rows[0]) if rows else []
    show(
        rows,
        [
            Column(head, lambda row, head=head: _cell(row[head]), ratio=2 if i else None, wrap=bool(i))  # type: ignore[misc]
            for i, head in enumerate(heads)
        ],
        format,
    )
    return 0


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _chosen(rows: list[Row], entry: str | None, sheet: str, book: Codebook) -> list[Row]:
    if entry is None:
        return rows
    wanted = entry.lower()
    key = next(iter(rows[0]))
    if sheet == "types" and entry.upper() in book.ontology.types:
        return modes(book, entry.upper())
    found = [row for row in rows if str(row[key]).lower() == wanted]
    found = found or [row for row in rows if any(wanted in str(value).lower() for value in row.values())]
    if not found:
        from difflib import get_close_matches

        near = get_close_matches(entry, [str(row[key]) for row in rows], n=3)
        raise UsageError(
            f"{sheet} has no entry {entry!r}",
            mend=f"did you mean {', '.join(near)}?" if near else f"detente ref {sheet} lists all",
        )
    return found
