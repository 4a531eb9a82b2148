"""The lexicon of statements and drivers: reporting words, words of outlook, causal words."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from detente.codebook.lexicon import Lexicon
from detente.codebook.reading import load_tsv, load_yaml
from detente.codebook.weights import LinearModel
from detente.errors import CodebookError


class ReportingVerbs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Reporting verbs by what they take; `about` holds a verb and a preposition."""

    clause: frozenset[str]
    infinitive: frozenset[str]
    request: frozenset[str]
    object: frozenset[str]
    about: frozenset[str]


class Reporting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How words are attributed; `data/lexicon/reporting.yml` explains each list."""

    verbs: ReportingVerbs
    aliases: dict[str, str]
    attitudes: frozenset[str]
    sources: frozenset[str]
    views: frozenset[str]
    unnamed: frozenset[str]
    roles: frozenset[str]
    bodies: frozenset[str]
    askers: frozenset[str]
    speakers: frozenset[str]
    unsaid: frozenset[str]
    wishes: frozenset[str]
    mental: frozenset[str]
    avowals: frozenset[str]
    weak: frozenset[str]
    naming: frozenset[str]
    bound: dict[str, frozenset[str]]
    stances: frozenset[str]
    quoting: frozenset[str]

    @property
    def lemmas(self) -> frozenset[str]:
        """All reporting verbs."""
        verbs = self.verbs
        return (
            verbs.clause | verbs.infinitive | verbs.request | verbs.object | {pair.split()[0] for pair in verbs.about}
        )


class OutlookWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cues, as rows of lemmas, to +1 (towards cooperation) or -1; `lexicon/outlook.yml` explains the other lists."""

    shifters: frozenset[str]
    contrasts: frozenset[str]
    forward: frozenset[str]
    pledges: frozenset[str]
    alarms: frozenset[str]
    demands: frozenset[str]
    cues: dict[tuple[str, ...], int] = {}
    longest: int = 1


class Connective(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word that joins a cause and an effect. `data/lexicon/drivers.yml` explains the fields."""

    words: tuple[str, ...]
    cause: str = "after"
    turn: int = 0
    hedge: Literal["likely", "possible", "conditional"] | None = None
    weight: float = 0.6
    soft: bool = False
    strict: bool = False
    modal: bool = False
    initial: bool = False
    clausal: bool = False


class CausalWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Connectives and the polarity of the words they join."""

    connectives: dict[str, Connective]
    good: frozenset[str]
    bad: frozenset[str]
    subjects: frozenset[str]
    hedges: dict[str, tuple[str, ...]]


class Kinds(msgspec.Struct, frozen=True):
    """Single words to the types of event they may name as verbs and as nouns, and to their classes."""

    verbs: dict[str, tuple[str, ...]]
    nouns: dict[str, tuple[str, ...]]
    classes: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, lexicon: Lexicon) -> Kinds:
        """The words of a lexicon of events."""
        classes: dict[str, set[str]] = {}
        for name, words in lexicon.classes.items():
            for word in words:
                classes.setdefault(word, set()).add(name)
        return cls(
            verbs={
                word: tuple(sorted({frame.type for parts, frame in found if len(parts) == 1}))
                for word, found in lexicon.verbs.items()
            },
            nouns={word: tuple(sorted({frame.type for _, frame in found})) for word, found in lexicon.nouns.items()},
            classes={word: tuple(sorted(names)) for word, names in classes.items()},
        )


class Voices(msgspec.Struct, frozen=True):
    """The lists, the kinds of words, and the weights of drivers without a causal word."""

    reporting: Reporting
    outlook: OutlookWords
    drivers: CausalWords
    kinds: Kinds
    said: LinearModel
    told: LinearModel
    helps: LinearModel

    @classmethod
    def load(cls, folder: Path, lexicon: Lexicon) -> Voices:
        """Loads and checks `reporting.yml`, `outlook.tsv`, `drivers.yml` and `drivers_*.tsv` of the folder `lexicon`.

        Raises:
            CodebookError: naming file, line and what is allowed.
        """
        reporting, _ = load_yaml(folder / "reporting.yml", Reporting)
        drivers, _ = load_yaml(folder / "drivers.yml", CausalWords)
        for name, connective in drivers.connectives.items():
            if connective.cause not in ("before", "after", "subject"):
                raise CodebookError(
                    f"{name}: cause is {connective.cause!r}",
                    where=str(folder / "drivers.yml"),
                    mend="allowed: before, after, subject",
                )
        return cls(
            reporting=reporting,
            outlook=_outlook(folder),
            drivers=drivers,
            kinds=Kinds.of(lexicon),
            said=LinearModel.load(folder / "statements_said.tsv"),
            told=LinearModel.load(folder / "drivers_told.tsv"),
            helps=LinearModel.load(folder / "drivers_helps.tsv"),
        )


def _outlook(folder: Path) -> OutlookWords:
    words, _ = load_yaml(folder / "outlook.yml", OutlookWords)
    path, cues = folder / "outlook.tsv", dict[tuple[str, ...], int]()
    for number, row in load_tsv(path, ("turn", "cues")):
        if row["turn"] not in ("+", "-"):
            raise CodebookError(f"turn is {row['turn']!r}", where=f"{path}:{number}", mend="allowed: +, -")
        for cue in row["cues"].split(","):
            cues[tuple(cue.lower().split())] = 1 if row["turn"] == "+" else -1
    return msgspec.structs.replace(words, cues=cues, longest=max(map(len, cues)))
