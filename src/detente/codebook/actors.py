"""The actors: states, international bodies, agencies, offices and those who held them, places and common nouns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path

from detente.codebook.actors_lexicon import Lexicon
from detente.codebook.actors_rows import (
    Agency,
    Anaphor,
    Form,
    Head,
    Holder,
    Noun,
    Office,
    Organisation,
    Place,
    State,
    code,
    forms,
    oneof,
    read,
    sector,
    term,
)
from detente.errors import CodebookError

OFFICE_KINDS = ("person", "body", "group")
NOUN_KINDS = (
    "body",
    "group",
    "person",
    "deed",
    "motion",
    "modifier",
    "thing",
    "side",
    "arriving",
    "saying",
    "country",
    "venue",
)
HEAD_KINDS = ("front", "media", "water", "land", "pact", "firm", "school", "tank", "party", "place", "thing", "event")
ANAPHOR_KINDS = ("persons", "states", "bloc", "half")

SHORT_NAMES = frozenset(
    ("us", "uk", "eu", "un", "south", "north", "sino", "japan-china", "china-japan", "u.s", "korea")
)


@dataclass(frozen=True, eq=False)
class ActorBook:
    """What `data/actors/` says. Load it with `ActorBook.load`."""

    states: tuple[State, ...]
    organisations: tuple[Organisation, ...]
    agencies: tuple[Agency, ...]
    offices: tuple[Office, ...]
    holders: tuple[Holder, ...]
    places: tuple[Place, ...]
    nouns: tuple[Noun, ...]
    heads: tuple[Head, ...]
    anaphors: tuple[Anaphor, ...]

    @classmethod
    def load(cls, folder: Path | str | None = None) -> ActorBook:
        """The actors in a folder of the form of the package's own `data/actors/`, or the package's own.

        Raises:
            CodebookError: a file is absent or a row is wrong; names file, line and what is allowed.
        """
        return _own() if folder is None else _load(Path(folder))

    @cached_property
    def naming_words(self) -> frozenset[str]:
        """Single words of states' names, adjectives and capitals in lower case: they say who, not what."""
        return SHORT_NAMES | frozenset(word for words in self.named_by.values() for word in words)

    @cached_property
    def named_by(self) -> dict[str, frozenset[str]]:
        """The single words of each state's names, adjectives, people and capital in lower case, by its code."""
        return {
            state.code: frozenset(
                part.lower()
                for form in (*state.names, *state.adjectives, *state.people, *state.capital)
                for part in (form.text, *form.text.split())
                if " " not in part and len(part) > 2
            )
            for state in self.states
        }

    @cached_property
    def state(self) -> dict[str, State]:
        """States by code."""
        return {state.code: state for state in self.states}

    @cached_property
    def organisation(self) -> dict[str, Organisation]:
        """International bodies by code; of several rows with one code the first."""
        found: dict[str, Organisation] = {}
        for body in self.organisations:
            found.setdefault(body.code, body)
        return found

    @cached_property
    def office(self) -> dict[str, Office]:
        """Offices by their key."""
        return {office.office: office for office in self.offices}

    @cached_property
    def people(self) -> dict[tuple[str, str], tuple[Holder, ...]]:
        """All terms of each person, by state and name, in order of their start."""
        found: dict[tuple[str, str], list[Holder]] = {}
        for holder in self.holders:
            found.setdefault((holder.state, holder.name), []).append(holder)
        return {key: tuple(sorted(terms, key=lambda term: term.start or date.min)) for key, terms in found.items()}

    def nouns_of(self, kind: str) -> frozenset[str]:
        """All common nouns of one kind, singular and plural."""
        return self._nouns.get(kind, frozenset())

    @cached_property
    def _nouns(self) -> dict[str, frozenset[str]]:
        return {
            kind: frozenset(
                form for noun in self.nouns if noun.kind == kind for form in (noun.noun, noun.plural) if form
            )
            for kind in NOUN_KINDS
        }

    @cached_property
    def heads_by_word(self) -> dict[str, tuple[Head, ...]]:
        """Heads of longer names by their first word, longest first."""
        found: dict[str, list[Head]] = {}
        for head in self.heads:
            found.setdefault(head.head.split()[0], []).append(head)
        return {word: tuple(sorted(heads, key=lambda head: -len(head.head))) for word, heads in found.items()}

    @cached_property
    def state_words(self) -> frozenset[str]:
        """Single words, in small letters, that name a state, its people, its capital or one who leads or led it."""
        forms = [
            form.text
            for state in self.states
            for form in (*state.names, *state.adjectives, *state.people, *state.capital)
        ]
        forms += [state.name for state in self.states]
        surnames = [holder.name.split()[-1] for holder in self.holders]
        return frozenset(form.lower() for form in forms if " " not in form) | frozenset(
            name.lower() for name in surnames if len(name) > 3
        )

    @cached_property
    def lexicon(self) -> Lexicon:
        """All names and nouns, ready to be found in a text."""
        return Lexicon(self)

    def present(self, code: str) -> str:
        """The code under which a state's acts are recorded: its successor's if it is a former state."""
        state = self.state.get(code)
        return state.successor if state is not None and state.successor else code

    def name(self, code: str) -> str:
        """The usual name of a state or body; the code itself where there is none."""
        if code in self.state:
            return self.state[code].name
        return self.organisation[code].name if code in self.organisation else code


@lru_cache(maxsize=1)
def _own() -> ActorBook:
    return _load(Path(str(resources.files("detente") / "data" / "actors")))


def _load(folder: Path) -> ActorBook:
    states = read(
        folder / "states.tsv",
        ("code", "name", "names", "adjectives", "people", "capital", "seats", "start", "end"),
        _state,
    )
    organisations = read(
        folder / "organisations.tsv", ("code", "name", "names", "kind", "members", "start", "end"), _organisation
    )
    offices = read(folder / "offices.tsv", ("office", "names", "sector", "rank", "kind"), _office)
    known = {state.code for state in states} | {body.code for body in organisations}
    kept = {office.office for office in offices}

    def of_known(text: str, where: str) -> str:
        if text not in known:
            raise CodebookError(
                f"'{text}' is no state or organisation", where=where, mend="a code of states.tsv or organisations.tsv"
            )
        return text

    def holder(row: dict[str, str], where: str) -> Holder:
        office = row["office"].removeprefix("other: ")
        if office == row["office"]:
            oneof(office, tuple(sorted(kept)), where)
        return Holder(
            state=of_known(row["state"], where),
            office=office,
            name=row["name"],
            sex=row["sex"] or None,
            names=forms(row["names"]),
            **term(row, where),
        )

    def place(row: dict[str, str], where: str) -> Place:
        name = forms(row["name"])[0]
        return Place(name=name, state=of_known(row["state"], where) if row["state"] else "", kind=row["kind"])

    return ActorBook(
        states=states,
        organisations=organisations,
        offices=offices,
        agencies=read(folder / "agencies.tsv", ("code", "name", "names", "sector"), _agency),
        holders=read(folder / "holders.tsv", ("state", "office", "name", "names", "start", "end", "sex"), holder),
        places=read(folder / "places.tsv", ("name", "state", "kind"), place),
        nouns=read(folder / "nouns.tsv", ("noun", "plural", "kind", "sector"), _noun),
        heads=read(folder / "heads.tsv", ("head", "kind", "sector"), _head),
        anaphors=read(folder / "anaphors.tsv", ("words", "kind", "number", "codes"), _anaphor),
    )


def _state(row: dict[str, str], where: str) -> State:
    names = forms(row["names"])
    if row["name"] not in {form.text for form in names}:
        names = (Form(text=row["name"]), *names)
    return State(
        code=code(row["code"], where),
        name=row["name"],
        names=names,
        adjectives=forms(row["adjectives"]),
        people=forms(row["people"]),
        capital=forms(row["capital"]),
        successor=code(row["successor"], where) if row.get("successor") else None,
        seats=forms(row["seats"], where, seated=True),
        **term(row, where),
    )


def _organisation(row: dict[str, str], where: str) -> Organisation:
    names = forms(row["names"])
    if row["name"] not in {form.text for form in names}:
        names = (Form(text=row["name"]), *names)
    members = tuple(code(part.strip(), where) for part in row["members"].split("|") if part.strip())
    return Organisation(
        code=code(row["code"], where),
        name=row["name"],
        names=names,
        kind=row["kind"],
        members=members,
        **term(row, where),
    )


def _agency(row: dict[str, str], where: str) -> Agency:
    own = row["code"] if row["code"] in ("*", "") else code(row["code"], where)
    names = forms(row["names"])
    if row["name"] not in {form.text for form in names}:
        names = (Form(text=row["name"]), *names)
    return Agency(code=own or "*", name=row["name"], sector=sector(row["sector"], where), names=names)


def _office(row: dict[str, str], where: str) -> Office:
    if not row["rank"].isdigit():
        raise CodebookError(f"rank '{row['rank']}' is no number", where=where, mend="1 is the highest")
    return Office(
        office=row["office"],
        names=(Form(text=row["office"]), *forms(row["names"])),
        sector=sector(row["sector"], where),
        rank=int(row["rank"]),
        kind=oneof(row["kind"], OFFICE_KINDS, where),
    )


def _noun(row: dict[str, str], where: str) -> Noun:
    return Noun(
        noun=row["noun"],
        plural=row["plural"] or None,
        kind=oneof(row["kind"], NOUN_KINDS, where),
        sector=sector(row["sector"], where),
    )


def _head(row: dict[str, str], where: str) -> Head:
    return Head(head=row["head"], kind=oneof(row["kind"], HEAD_KINDS, where), sector=sector(row["sector"], where))


def _anaphor(row: dict[str, str], where: str) -> Anaphor:
    number = row["number"] or "1"
    if number not in ("1", "2", "3"):
        raise CodebookError(f"number '{number}' is not allowed", where=where, mend="one of 1, 2, 3")
    named = tuple(
        "+".join(code(one.strip(), where) for one in part.split("+"))
        for part in row["codes"].split("|")
        if part.strip()
    )
    return Anaphor(words=row["words"], kind=oneof(row["kind"], ANAPHOR_KINDS, where), number=int(number), codes=named)
