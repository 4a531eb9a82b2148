"""`detente ref`: browse the codebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from detente.app.cli.common import FormatOption
from detente.app.cli.output import Column, show
from detente.errors import UsageError
from detente.model import MatterKind

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
        return _modes(book, entry.upper())
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


def _types(book: Codebook) -> list[Row]:
    return [
        {
            "type": name,
            "score": entry.score,
            "quad": book.ontology.quad(name),
            "meaning": entry.gloss,
            "modes": list(entry.modes),
        }
        for name, entry in book.ontology.types.items()
    ]


def _modes(book: Codebook, name: str) -> list[Row]:
    entry = book.ontology.types[name]
    head = {"type": name, "mode": None, "score": entry.score, "quad": book.ontology.quad(name), "meaning": entry.gloss}
    return [
        head,
        *(
            {**head, "mode": mode, "score": book.ontology.intensity(name, mode), "meaning": it.gloss}
            for mode, it in entry.modes.items()
        ),
    ]


def _lifecycles(book: Codebook) -> list[Row]:
    return [
        {"kind": kind, "status": status, "may become": list(after), "runs": cycle.is_open(status)}
        for kind in get_args(MatterKind)
        for cycle in [book.lifecycles.of(kind)]
        for status, after in cycle.moves.items()
    ]


def _units(book: Codebook) -> list[Row]:
    rows: list[Row] = [
        {"unit": name, "kind": unit.kind, "written": [*unit.names, *unit.symbols]}
        for name, unit in book.units.units.items()
    ]
    return rows + [
        {"unit": name, "kind": "currency", "written": [*it.names, *it.symbols]}
        for name, it in book.units.currencies.items()
    ]


def _actors(book: Codebook) -> list[Row]:
    states = [(row.code, row.name, row.names) for row in book.actors.states]
    bodies = [(row.code, row.name, row.names) for row in book.actors.organisations]
    return [
        {"code": code, "name": name, "written": [form.text for form in names]} for code, name, names in states + bodies
    ]


SHEETS = {
    "types": _types,
    "contexts": lambda book: [{"context": name, "meaning": gloss} for name, gloss in book.ontology.contexts.items()],
    "modalities": lambda book: [
        {"modality": name, "meaning": gloss} for name, gloss in book.ontology.modalities.items()
    ],
    "quads": lambda book: [
        {"quad": key, "name": quad.name, "tendency": quad.tendency} for key, quad in book.ontology.quads.items()
    ],
    "sectors": lambda book: [{"sector": name, "meaning": gloss} for name, gloss in book.ontology.sectors.items()],
    "lifecycles": _lifecycles,
    "crosswalk": lambda book: [
        {"CAMEO": code, "type": row.type, "mode": row.mode, "contexts": list(row.contexts)}
        for code, row in book.crosswalk.codes.items()
    ],
    "units": _units,
    "actors": _actors,
}
