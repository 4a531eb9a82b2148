"""The codebook as tables, for the command line, the pages and the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, get_args

if TYPE_CHECKING:
    from detente.codebook import Codebook

Row = dict[str, Any]


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


def modes(book: Codebook, name: str) -> list[Row]:
    """The modes of one event type, the type itself first."""
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
    from detente.model import MatterKind  # here, because the command line's help must come at once

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


SHEETS: dict[str, Callable[[Codebook], list[Row]]] = {
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
