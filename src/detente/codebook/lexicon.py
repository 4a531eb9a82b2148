"""The lexicon of deeds and words: which verbs and nouns name which event, as `data/lexicon/` says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from detente.codebook.ontology import Ontology
from detente.codebook.reading import Lines, load_tsv, load_yaml, nearest
from detente.codebook.weights import load_weights
from detente.errors import CodebookError

ACTOR_CLASSES = frozenset(("actor", "clause", "any", "none", "owned", "place"))
"""Classes that no list holds: an actor, a clause, any object at all, no object."""
MODALITY_KINDS = frozenset(
    "planned wanted doubted ongoing proposed denied begun ended failed attempted conditional done".split()
)


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of clause that names an event. See the head of `data/lexicon/frames.yml` for each field."""

    name: str
    type: str
    mode: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    object: frozenset[str] = frozenset()
    object_actor: bool = False
    object_any: bool = False
    object_clause: bool = False
    object_none: bool = False
    unless: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, frozenset[str]], ...] = ()
    complement: str = ""
    turns: bool = False
    infer: bool = True
    states: bool = False
    hostile: bool = False
    says: frozenset[str] = frozenset()
    to: tuple[str, ...] = ()
    reciprocal: bool = False
    content: str = "keep"
    modality: str | None = None
    contexts: tuple[str, ...] = ()
    actor: str = "agent"
    alone: bool = False
    pronoun: bool = False
    refusal: bool = False
    weight: float = 1.0


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    type: str
    mode: str | None = None
    verbs: str = ""
    nouns: str = ""
    object: str = ""
    unless: str = ""
    subject: str = ""
    phrases: dict[str, str] = {}
    complement: str = ""
    turns: bool = False
    infer: bool = True
    states: bool = False
    hostile: bool = False
    says: str = ""
    to: str = ""
    reciprocal: bool = False
    content: str = "keep"
    modality: str | None = None
    contexts: str = ""
    actor: str = "agent"
    alone: bool = False
    pronoun: bool = False
    refusal: bool = False
    weight: float = 1.0


class _Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    frames: dict[str, _Row]


class _Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    governors: dict[str, str]
    adjectives: dict[str, str]
    light: str
    report: str
    retold: str
    synonyms: dict[str, str]
    inverse: dict[str, str]


class _Trust(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    constructions: dict[str, float]
    factors: dict[str, float]


class Lexicon(msgspec.Struct, frozen=True, kw_only=True):
    """All frames, indexed by the first word of their triggers, with the word lists that go with them."""

    frames: tuple[Frame, ...]
    verbs: dict[str, tuple[tuple[tuple[str, ...], Frame], ...]]
    nouns: dict[str, tuple[tuple[str, Frame], ...]]
    classes: dict[str, frozenset[str]]
    governors: dict[str, str]
    adjectives: dict[str, str]
    light: frozenset[str]
    report: frozenset[str]
    retold: frozenset[str]
    synonyms: dict[str, str]
    inverse: dict[str, tuple[str, str | None]]
    contexts: dict[str, tuple[str, ...]]
    constructions: dict[str, float]
    factors: dict[str, float]
    dating: dict[str, float]
    """The weights of what speaks for a time as the date of an act."""

    @classmethod
    def load(cls, folder: Path, ontology: Ontology) -> Lexicon:
        """The lexicon in a folder of the form of the package's own `data/lexicon/`.

        Raises:
            CodebookError: a file is absent or wrong; names file, line and what is allowed.
        """
        classes = _classes(folder / "classes.yml")
        frames = _frames(folder / "frames.yml", classes, ontology)
        cues, lines = load_yaml(folder / "cues.yml", _Cues)
        trust, _ = load_yaml(folder / "confidence.yml", _Trust)
        for group in ("governors", "adjectives"):
            for word, kind in getattr(cues, group).items():
                if kind not in MODALITY_KINDS:
                    raise CodebookError(
                        f"{group}.{word} is {kind!r}",
                        where=f"{folder / 'cues.yml'}:{nearest(lines, (group, word))}",
                        mend=f"allowed: {', '.join(sorted(MODALITY_KINDS))}",
                    )
        verbs: dict[str, list[tuple[tuple[str, ...], Frame]]] = {}
        nouns: dict[str, list[tuple[str, Frame]]] = {}
        for frame in frames:
            for words in frame.verbs:
                first, *rest = words.split()
                verbs.setdefault(first, []).append((tuple(rest), frame))
            for noun in frame.nouns:
                nouns.setdefault(noun.split()[-1], []).append((noun, frame))
        return cls(
            frames=frames,
            classes=classes,
            # The more a trigger asks for, the earlier it is tried.
            verbs={
                word: tuple(sorted(found, key=lambda item: -_narrow(item[0], item[1]))) for word, found in verbs.items()
            },
            nouns={
                word: tuple(sorted(found, key=lambda item: -_narrow(tuple(item[0].split()[1:]), item[1])))
                for word, found in nouns.items()
            },
            governors={word: kind for words, kind in cues.governors.items() for word in _split(words)},
            adjectives={word: kind for words, kind in cues.adjectives.items() for word in _split(words)},
            light=frozenset(_split(cues.light)),
            dating=load_weights(folder / "dating.tsv"),
            report=frozenset(_split(cues.report)),
            retold=frozenset(_split(cues.retold)),
            synonyms={word: name for name, words in cues.synonyms.items() for word in _split(words)},
            inverse={of: _typed(to) for of, to in cues.inverse.items()},
            contexts=_contexts(folder / "contexts.tsv", ontology),
            constructions=trust.constructions,
            factors=trust.factors,
        )


def _narrow(rest: tuple[str, ...], frame: Frame) -> int:
    return (
        4 * len(rest)
        + 8 * bool(frame.object)
        + 8 * len(frame.phrases)
        + 9 * bool(frame.subject)
        + 3 * bool(frame.complement)
        + 7 * bool(frame.says)
        + 2 * frame.object_actor
    )


def _split(words: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in words.split(",") if word.strip())


def _typed(text: str) -> tuple[str, str | None]:
    kind, _, mode = text.partition("/")
    return kind, mode or None


def _classes(path: Path) -> dict[str, frozenset[str]]:
    plain, lines = load_yaml(path, dict[str, str])
    found: dict[str, frozenset[str]] = {}

    def expand(name: str, seen: tuple[str, ...]) -> frozenset[str]:
        if name not in plain or name in seen:
            raise CodebookError(
                f"class '{name}' is unknown or holds itself",
                where=f"{path}:{nearest(lines, seen[-1:])}",
                mend=f"classes: {', '.join(plain)}",
            )
        if name not in found:
            words: set[str] = set()
            for word in _split(plain[name]):
                words |= expand(word[1:], (*seen, name)) if word.startswith("@") else {word}
            found[name] = frozenset(words)
        return found[name]

    for name in plain:
        expand(name, ())
    return found


def _frames(path: Path, classes: dict[str, frozenset[str]], ontology: Ontology) -> tuple[Frame, ...]:
    sheet, lines = load_yaml(path, _Sheet)
    reader = _FrameReader(path, lines, classes, ontology)
    return tuple(reader.read(name, row) for name, row in sheet.frames.items())


@dataclass(frozen=True)
class _FrameReader:
    """Turns rows of `frames.yml` into frames and checks their words against classes and ontology."""

    path: Path
    lines: Lines
    classes: dict[str, frozenset[str]]
    ontology: Ontology

    def read(self, name: str, row: _Row) -> Frame:
        """The frame of a row. Raises CodebookError where a word is not allowed."""
        self._check(name, row)
        asked = _split(row.object)
        lists: dict[str, Any] = {
            field: self._members(name, field, getattr(row, field)) for field in ("object", "unless", "subject", "says")
        }
        phrases = tuple((prep, self._members(name, "phrases", words)) for prep, words in row.phrases.items())
        plain = (
            "type",
            "mode",
            "complement",
            "turns",
            "infer",
            "states",
            "hostile",
            "reciprocal",
            "content",
            "modality",
            "actor",
            "alone",
            "pronoun",
            "refusal",
            "weight",
        )
        return Frame(
            name=name,
            verbs=_split(row.verbs),
            nouns=_split(row.nouns),
            to=_split(row.to),
            contexts=_split(row.contexts),
            object_actor="actor" in asked,
            object_any="any" in asked,
            object_clause="clause" in asked,
            object_none="none" in asked,
            phrases=phrases,
            **lists,
            **{field: getattr(row, field) for field in plain},
        )

    def _check(self, name: str, row: _Row) -> None:
        allowed: dict[str, Any] = {
            "type": self.ontology.types,
            "mode": (),
            "modality": self.ontology.modalities,
            "complement": ("", "to", "that", "any"),
            "content": ("keep", "drop", "yield"),
            "actor": ("agent", "object", "none"),
        }
        for field, choices in allowed.items():
            value = getattr(row, field)
            if field == "mode":
                choices = self.ontology.types[row.type].modes
            if value is not None and value not in choices:
                raise self._wrong(name, field, value, choices)
        for context in _split(row.contexts):
            if context not in self.ontology.contexts:
                raise self._wrong(name, "contexts", context, self.ontology.contexts)

    def _wrong(self, name: str, field: str, what: str, allowed: Any) -> CodebookError:
        return CodebookError(
            f"frames.{name}.{field} is {what!r}",
            where=f"{self.path}:{nearest(self.lines, ('frames', name, field))}",
            mend=f"allowed: {', '.join(sorted(allowed))}",
        )

    def _members(self, name: str, field: str, text: str) -> frozenset[str]:
        """The words that a field asks for: of classes, `=word`, the marks `*` (any noun), `*place`, `*owned`."""
        found: set[str] = set()
        for word in _split(text):
            if word in ("place", "owned"):
                found.add(f"*{word}")
            elif field == "phrases" and word == "any":
                found.add("*")
            elif word.startswith("="):
                found.add(word[1:])
            elif (field == "unless" and word[:1] != "@") or (field == "says" and word not in self.classes):
                found.add(word)
            elif word.lstrip("@") in self.classes:
                found |= self.classes[word.lstrip("@")]
            elif word not in ACTOR_CLASSES:
                raise self._wrong(name, field, word, {*self.classes, *ACTOR_CLASSES, "=word"})
        return frozenset(found)


def _contexts(path: Path, ontology: Ontology) -> dict[str, tuple[str, ...]]:
    """Cue lemma to the contexts it speaks for."""
    found: dict[str, list[str]] = {}
    for number, row in load_tsv(path, ("context", "cues")):
        if row["context"] not in ontology.contexts:
            raise CodebookError(
                f"context is {row['context']!r}",
                where=f"{path}:{number}",
                mend=f"allowed: {', '.join(ontology.contexts)}",
            )
        for cue in _split(row["cues"]):
            found.setdefault(cue, []).append(row["context"])
    return {cue: tuple(dict.fromkeys(names)) for cue, names in found.items()}
