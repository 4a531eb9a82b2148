"""The words of matters, from `data/matters/`: nouns that head them, named ones, words that move them, terms."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import cast

import msgspec

from detente.codebook.lifecycles import Lifecycles
from detente.codebook.reading import load_tsv, load_yaml
from detente.errors import CodebookError
from detente.model import MatterKind

KINDS: tuple[MatterKind, ...] = ("agreement", "measure", "dispute", "channel")
NOUN_WEIGHT = 0.05
"""Nouns that head a name say little of what it is about."""
NEEDS = ("none", "subject", "recurring", "name", "project", "claim", "move", "incident", "strict")
ROLES = ("object", "subject", "noun", "modifier", "state")


class MatterNoun(msgspec.Struct, frozen=True):
    """A noun that heads the name of a matter; `words` are its lemmas, the head last."""

    words: tuple[str, ...]
    kind: MatterKind
    family: str
    need: str


class NamedMatter(msgspec.Struct, frozen=True):
    """A matter with a name of its own; `unsure` aliases count only where a party is named too."""

    kind: MatterKind
    name: str
    aliases: tuple[str, ...]
    unsure: frozenset[str]
    parties: tuple[str, ...]
    subject: str


class Act(msgspec.Struct, frozen=True):
    """An act that is a matter by itself: what is done (`verbs`) to what (`objects`), and the state that gives."""

    kind: MatterKind
    family: str
    status: str
    label: str
    words: tuple[str, ...]
    objects: frozenset[str]
    foreign: bool


class Implied(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The matter that an event implies where no phrase names one."""

    kind: MatterKind
    family: str
    status: str


class _Modal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    planned: dict[str, dict[str, str]]
    promised: dict[str, dict[str, str]]
    proposed: dict[str, dict[str, str]]
    conditional: dict[str, dict[str, str]]
    threatened: dict[str, dict[str, str]]
    negated: dict[str, dict[str, str]]
    implied: dict[str, Implied]
    promisers: str
    planners: str
    threateners: str
    idle: str
    vague: str
    indefinite: dict[str, str]
    wished: dict[str, str]
    default_of: dict[str, str]
    default: dict[str, str]


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    about: str
    with_: str = msgspec.field(name="with")
    recurring: str
    first: str
    empty: str
    several: str
    three: str
    ground: str
    episodes: str
    small: str
    weights: dict[float, str]
    same: list[str]
    alike: list[str]


class Worth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Points for what a text says of a matter and for its kind of noun, kept above 0; see `worth.yml`."""

    start: float
    points: dict[str, float]
    families: dict[str, float]


class Linking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What agreements and disagreements of two matters add to the score of their link; see `linking.yml`."""

    base: float
    same: float
    open: float
    near: float
    kind: float
    name: float
    other_name: float
    subject: float
    missing: float
    telling: float
    around: float
    missing_more: float
    no_subject: float
    other_subject: float
    parties: float
    one_party: float
    more_parties: float
    some_parties: float
    no_party: float
    imposer: float
    other_imposer: float
    target: float
    other_target: float
    wording: float
    family: float
    other_family: float
    year: float
    other_year: float
    begin: float
    begin_days: int
    other_begin: float
    other_begin_measure: float
    no_occasion: float
    other_occasion: float


class MatterBook(msgspec.Struct, frozen=True, dict=True):
    """What `data/matters/` says, indexed for the reader of matters.

    `nouns` and `verbs` are by head lemma, longest first; `named` by the first word of an alias.
    """

    nouns: dict[str, tuple[MatterNoun, ...]]
    named: dict[str, tuple[tuple[tuple[str, ...], NamedMatter], ...]]
    moves: dict[tuple[MatterKind, str], dict[str, tuple[tuple[tuple[str, ...], str], ...]]]
    acts: dict[str, tuple[Act, ...]]
    modal: _Modal
    words: _Words
    linking: Linking
    worth: Worth

    @cached_property
    def by_alias(self) -> dict[str, str]:
        """Names and aliases of named matters in lower case, each to the name."""
        rows = [entry for found in self.named.values() for _, entry in found]
        return {form.lower(): entry.name for entry in rows for form in (entry.name, *entry.aliases)}

    @cached_property
    def about(self) -> frozenset[str]:
        """Prepositions that lead to what a matter is about."""
        return split(self.words.about)

    @cached_property
    def recurring(self) -> frozenset[str]:
        """Words that show that a meeting recurs."""
        return split(self.words.recurring)

    @cached_property
    def empty(self) -> frozenset[str]:
        """Words that say nothing of what a matter is about."""
        return split(self.words.empty) | split(self.words.first) | split(self.words.small)

    @cached_property
    def small(self) -> frozenset[str]:
        """Prepositions, articles and the like."""
        return split(self.words.small)

    @cached_property
    def several(self) -> frozenset[str]:
        """Words for more than two parties."""
        return split(self.words.several)

    @cached_property
    def three(self) -> frozenset[str]:
        """Words for exactly three parties."""
        return split(self.words.three)

    @cached_property
    def ground(self) -> frozenset[str]:
        """Words for quarrels over territory."""
        return split(self.words.ground)

    @cached_property
    def episodes(self) -> frozenset[str]:
        """Families of matters that are single occasions."""
        return split(self.words.episodes)

    @cached_property
    def promisers(self) -> frozenset[str]:
        """Words whose infinitive is promised."""
        return split(self.modal.promisers)

    @cached_property
    def planners(self) -> frozenset[str]:
        """Verbs whose infinitive is planned."""
        return split(self.modal.planners)

    @cached_property
    def threateners(self) -> frozenset[str]:
        """Verbs whose infinitive is threatened."""
        return split(self.modal.threateners)

    @cached_property
    def idle(self) -> frozenset[str]:
        """Words under which a move changes nothing."""
        return split(self.modal.idle)

    @cached_property
    def vague(self) -> frozenset[str]:
        """Verbs that say too little of a pronoun to make it a matter."""
        return split(self.modal.vague)

    @cached_property
    def weights(self) -> dict[str, float]:
        """How much a shared word says when matters are compared."""
        nouns = {words[-1].words[-1]: NOUN_WEIGHT for words in self.nouns.values()}
        return nouns | {word: weight for weight, text in self.words.weights.items() for word in split(text)}

    @cached_property
    def same(self) -> dict[str, str]:
        """Other words for the same thing, each to the first of its row."""
        found = {}
        for row in self.words.same:
            terms = [term.strip() for term in row.split(",")]
            found.update(dict.fromkeys(terms, terms[0]))
        return found

    @cached_property
    def long_forms(self) -> tuple[str, ...]:
        """The forms of `same` that are several words, the longest first."""
        several = (form for form in self.same if " " in form or "-" in form)
        return tuple(sorted(several, key=lambda form: (-len(form), form)))

    @cached_property
    def alike(self) -> dict[str, str]:
        """Families whose nouns may name one matter in different documents, each to the first of its row."""
        found = {}
        for row in self.words.alike:
            terms = [term.strip() for term in row.split(",")]
            found.update(dict.fromkeys(terms, terms[0]))
        return found

    @cached_property
    def families(self) -> dict[str, str]:
        """Family of each single noun."""
        return {words[-1].words[-1]: words[-1].family for words in self.nouns.values()}

    @classmethod
    def load(cls, folder: Path, lifecycles: Lifecycles, classes: dict[str, frozenset[str]]) -> MatterBook:
        """The words in `folder`, checked against the lifecycles; `classes` are the lexicon's classes of nouns.

        Raises:
            CodebookError: where a file is absent or a cell is wrong; names file, line and what is allowed.
        """
        modal, _ = load_yaml(folder / "modal.yml", _Modal)
        words, _ = load_yaml(folder / "words.yml", _Words)
        worth, _ = load_yaml(folder / "worth.yml", Worth)
        linking, _ = load_yaml(folder / "linking.yml", Linking)
        return cls(
            nouns=_nouns(folder / "nouns.tsv"),
            named=_named(folder / "names.tsv"),
            moves=_moves(folder / "moves.tsv", lifecycles),
            acts=_acts(folder / "acts.tsv", lifecycles, classes),
            modal=modal,
            words=words,
            linking=linking,
            worth=worth,
        )


def split(text: str) -> frozenset[str]:
    """The terms of a comma-separated list."""
    return frozenset(term.strip() for term in text.split(",") if term.strip())


def _kind(value: str, where: str) -> MatterKind:
    return cast("MatterKind", _oneof(value, KINDS, where))


def _oneof(value: str, allowed: tuple[str, ...], where: str) -> str:
    if value not in allowed:
        raise CodebookError(f"{value!r} is not allowed", where=where, mend=f"one of {', '.join(allowed)}")
    return value


def _nouns(path: Path) -> dict[str, tuple[MatterNoun, ...]]:
    found: dict[tuple[str, ...], MatterNoun] = {}
    for line, row in load_tsv(path, ("nouns", "kind", "family", "need")):
        where = f"{path}:{line}"
        kind, need = _kind(row["kind"], where), _oneof(row["need"], NEEDS, where)
        for noun in row["nouns"].split(","):
            key = tuple(noun.replace("-", " - ").split())
            found[key] = MatterNoun(key, kind, row["family"], need)
    index: dict[str, list[MatterNoun]] = {}
    for entry in found.values():
        index.setdefault(entry.words[-1], []).append(entry)
    return {head: tuple(sorted(rows, key=lambda entry: -len(entry.words))) for head, rows in index.items()}


def _named(path: Path) -> dict[str, tuple[tuple[tuple[str, ...], NamedMatter], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], NamedMatter]]] = {}
    for line, row in load_tsv(path, ("kind", "name", "aliases", "parties", "subject")):
        aliases = [alias.strip() for alias in row["aliases"].split("|") if alias.strip()]
        entry = NamedMatter(
            kind=_kind(row["kind"], f"{path}:{line}"),
            name=row["name"],
            aliases=tuple(alias.lstrip("?") for alias in aliases),
            unsure=frozenset(alias[1:] for alias in aliases if alias.startswith("?")),
            parties=tuple(code for code in row["parties"].split("|") if code),
            subject=row["subject"],
        )
        for alias in entry.aliases:
            words = tuple(alias.replace("-", " - ").replace("'", " '").split())
            index.setdefault(words[0], []).append((words, entry))
    return {word: tuple(sorted(rows, key=lambda pair: -len(pair[0]))) for word, rows in index.items()}


def _moves(
    path: Path, lifecycles: Lifecycles
) -> dict[tuple[MatterKind, str], dict[str, tuple[tuple[tuple[str, ...], str], ...]]]:
    index: dict[tuple[MatterKind, str], dict[str, list[tuple[tuple[str, ...], str]]]] = {}
    for line, row in load_tsv(path, ("kind", "status", "role", "words")):
        where = f"{path}:{line}"
        kind: MatterKind = _kind(row["kind"], where)
        status = _oneof(row["status"], lifecycles.of(kind).statuses, where)
        role = _oneof(row["role"], ROLES, where)
        table = index.setdefault((kind, role), {})
        for phrase in sorted(split(row["words"])):
            words = tuple(phrase.replace("-", " - ").split())
            table.setdefault(words[0], []).append((words, status))
    return {
        key: {first: tuple(sorted(rows, key=lambda pair: -len(pair[0]))) for first, rows in table.items()}
        for key, table in index.items()
    }


def _acts(path: Path, lifecycles: Lifecycles, classes: dict[str, frozenset[str]]) -> dict[str, tuple[Act, ...]]:
    index: dict[str, list[Act]] = {}
    for line, row in load_tsv(path, ("kind", "family", "status", "label", "verbs", "objects", "foreign")):
        where = f"{path}:{line}"
        kind = _kind(row["kind"], where)
        status = _oneof(row["status"], lifecycles.of(kind).statuses, where)
        objects: set[str] = set()
        for one in split(row["objects"]):
            if one.startswith("@"):
                objects |= classes[_oneof(one[1:], tuple(classes), where)]
            else:
                objects.add(one)
        for verb in sorted(split(row["verbs"])):
            words = tuple(verb.split())
            act = Act(kind, row["family"], status, row["label"], words, frozenset(objects), row["foreign"] == "yes")
            index.setdefault(words[0], []).append(act)
    return {first: tuple(sorted(rows, key=lambda act: -len(act.words))) for first, rows in index.items()}
