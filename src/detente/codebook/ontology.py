"""The ontology: event types, modes, contexts, quadrants, sectors and the CAMEO crosswalk, from `data/`."""

from __future__ import annotations

from pathlib import Path

import msgspec

from detente.codebook.reading import Lines, load_yaml, nearest
from detente.errors import CodebookError


class Mode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How an event of a type was done. `score` is None where the type's own counts."""

    gloss: str
    score: float | None = None


class EventType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of PLOVER's 16 event types. `score` is its intensity from -10 to 10."""

    code: str
    quad: str
    needs_recipient: bool
    score: float
    gloss: str
    modes: dict[str, Mode]


class Quad(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A quadrant: verbal or material, cooperation or conflict."""

    name: str
    tendency: str


class CrosswalkRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a CAMEO code becomes."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]


class Crosswalk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """CAMEO to PLOVER. Codes under `swap_actor_recipient` name the host first; `dropped` roots are no events."""

    swap_actor_recipient: tuple[str, ...]
    dropped: tuple[str, ...]
    codes: dict[str, CrosswalkRow]


class Ontology(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may be said of an event."""

    source: str
    licence_of_source: str
    quads: dict[str, Quad]
    types: dict[str, EventType]
    contexts: dict[str, str]
    modalities: dict[str, str]
    aliases: dict[str, str]
    sectors: dict[str, str]

    def quad(self, type: str) -> str:
        """The name of a type's quadrant, such as `verbal cooperation`."""
        return self.quads[self.types[type].quad].name

    def tendency(self, type: str) -> str:
        """`cooperation` or `conflict`."""
        return self.quads[self.types[type].quad].tendency

    def intensity(self, type: str, mode: str | None = None) -> float:
        """The score of a type's mode, or of the type where the mode has none; from -10 to 10."""
        entry = self.types[type]
        score = entry.modes[mode].score if mode in entry.modes else None
        return entry.score if score is None else score

    @classmethod
    def load(cls, path: Path) -> Ontology:
        """Loads and checks `ontology.yml`.

        Raises:
            CodebookError: naming file, line and what is allowed.
        """
        ontology, lines = load_yaml(path, cls)
        for name, entry in ontology.types.items():
            where = ("types", name, "quad")
            _allow(path, lines, where, entry.quad, ontology.quads)
            if not -10 <= entry.score <= 10:
                raise CodebookError(
                    f"score {entry.score} of {name} is outside -10 to 10",
                    where=f"{path}:{nearest(lines, ('types', name, 'score'))}",
                )
        for alias, name in ontology.aliases.items():
            _allow(path, lines, ("aliases", alias), name, ontology.types)
        return ontology


def load_crosswalk(path: Path, ontology: Ontology) -> Crosswalk:
    """Loads `crosswalk.yml` and checks each row against the ontology.

    Raises:
        CodebookError: naming file, line and what is allowed.
    """
    crosswalk, lines = load_yaml(path, Crosswalk)
    for code, row in crosswalk.codes.items():
        here = ("codes", code)
        _allow(path, lines, (*here, "type"), row.type, ontology.types)
        if row.mode is not None:
            _allow(path, lines, (*here, "mode"), row.mode, ontology.types[row.type].modes)
        for context in row.contexts:
            _allow(path, lines, (*here, "contexts"), context, ontology.contexts)
    return crosswalk


def _allow(
    path: Path,
    lines: Lines,
    keys: tuple[str, ...],
    value: str,
    allowed: dict[str, object] | dict[str, str] | dict[str, Quad] | dict[str, EventType] | dict[str, Mode],
) -> None:
    if value not in allowed:
        raise CodebookError(
            f"{'.'.join(keys)} is {value!r}",
            where=f"{path}:{nearest(lines, keys)}",
            mend=f"allowed: {', '.join(allowed)}",
        )
