"""Layouts of event datasets: which columns their files have, and what of an event stands in which."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from detente.codebook.actors import ActorBook
from detente.codebook.ontology import Ontology
from detente.codebook.reading import Lines, load_yaml, nearest
from detente.errors import CodebookError

FIELDS = ("id", "date", "code", "mode", "contexts", "publisher", "story", "articles", "published")
"""What of an event may stand in one column; `place` may stand in several, the first that is filled counts."""

SIDES = ("actor", "recipient")
SIDE_FIELDS = ("name", "country", "group", "sectors")


class Side(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The columns that say who acts, or who is acted upon."""

    name: str | None = None
    country: str | None = None
    group: str | None = None
    sectors: str | None = None


class Between(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The characters that part several values in one cell; none where a cell holds one."""

    sectors: str = ""
    countries: str = ""
    contexts: str = ""


class Places(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which column holds what; absent ones are not in the dataset."""

    id: str | None = None
    date: str | None = None
    code: str | None = None
    mode: str | None = None
    contexts: str | None = None
    place: tuple[str, ...] = ()
    publisher: str | None = None
    story: str | None = None
    articles: str | None = None
    published: str | None = None


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event dataset: whose it is, how its files look, and how its rows become events.

    `columns` are the layouts its files may have, by their number of columns where there is no `header`, `also` other
    names that a release gives to some; `ontology` says whether `code` holds CAMEO codes or PLOVER types. `rows_are`
    `reports` where several rows may tell of one act; `ids_are` `unique` where the dataset's id names one row for good,
    else the whole row makes it the one it is. `countries_are` says how countries are written: as codes, as names, or
    either. `countries` and `groups` add to the codebook's own codes and names, '' for what is none; `sectors` maps the
    dataset's words, those first listed deciding.
    """

    name: str
    title: str
    licence: str | None
    citation: str | None
    url: str | None
    ontology: Literal["cameo", "plover"]
    suffixes: tuple[str, ...]
    files: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    header: bool
    missing: tuple[str, ...]
    dates: tuple[str, ...]
    fields: Places
    actor: Side
    recipient: Side
    between: Between
    countries_are: Literal["codes", "names", "any"]
    rows_are: Literal["events", "reports"] = "events"
    ids_are: Literal["unique", "shared"] = "shared"
    publishers_are: Literal["names", "addresses"] = "names"
    also: dict[str, str] = {}
    countries: dict[str, str] = {}
    groups: dict[str, str] = {}
    sectors: dict[str, str] = {}

    @property
    def used(self) -> tuple[str, ...]:
        """All columns that rows are read from."""
        single = [getattr(self.fields, name) for name in FIELDS]
        sides = [getattr(getattr(self, side), name) for side in SIDES for name in SIDE_FIELDS]
        return tuple(name for name in (*single, *self.fields.place, *sides) if name)


def load_layouts(folder: Path, ontology: Ontology, actors: ActorBook) -> dict[str, Layout]:
    """All layouts in a folder, checked against the ontology and the actors.

    Raises:
        CodebookError: naming file, line and what is allowed.
    """
    layouts = {}
    for path in sorted(folder.glob("*.yml")):
        layout, lines = load_yaml(path, Layout)
        _check(layout, path, lines, ontology, actors)
        layouts[layout.name] = layout
    return layouts


def _check(layout: Layout, path: Path, lines: Lines, ontology: Ontology, actors: ActorBook) -> None:
    if layout.name != path.stem:
        raise CodebookError(f"name is {layout.name!r}", where=f"{path}:{nearest(lines, ('name',))}", mend=path.stem)
    if layout.columns:
        for column in layout.used:
            if column not in layout.columns[0]:
                raise CodebookError(
                    f"no column is called {column!r}",
                    where=f"{path}:{nearest(lines, ('fields',))}",
                    mend=f"columns are {', '.join(layout.columns[0])}",
                )
    if any(set(word) & set("'\\\n") for word in layout.missing):
        raise CodebookError(
            "a word for what is missing holds a quotation mark",
            where=f"{path}:{nearest(lines, ('missing',))}",
            mend="leave it out",
        )
    known = {*actors.state, *(body.code for body in actors.organisations)}
    for key, allowed in (("countries", known), ("groups", known), ("sectors", set(ontology.sectors))):
        for word, value in getattr(layout, key).items():
            if value and value not in allowed:
                raise CodebookError(
                    f"{key}.{word} is {value!r}",
                    where=f"{path}:{nearest(lines, (key, word))}",
                    mend="`detente ref` lists what is allowed",
                )
