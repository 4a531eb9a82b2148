"""The clause bank: clauses with slots for the two parties, which teach the words of each type of event.

A line of `training/bank/clauses/c*.tsv` names type, modality and a clause with {A} the actor, {R} the recipient (also
{A's}, {A-adj}) and its trigger between asterisks; `around.tsv` holds what may stand before and after a clause.
Sentences are made of them by filling the slots with states drawn by lot.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.codebook import Codebook
from detente.codebook.actors_rows import State
from detente.coding.learned.heads import MODALITIES, TYPES

TURNS = 2
"""How often each clause is filled."""
NONE = "NONE"
CAPITAL = 0.35
"""How often a capital stands for its government."""
_ARTICLED = re.compile(r"(s|Republic|Kingdom|Federation|Union)$|^(United|Holy|Democratic)\b")
_ARTICLE = re.compile(r"\b([Aa]) (?=[AEIO]|Uz)")
_SLOT = re.compile(r"\{([AR])('s|-adj)?\}")


@dataclass(frozen=True)
class Clause:
    """A line of the clause bank; `kind` is a type or NONE."""

    id: str
    kind: str
    modality: str
    text: str


def load(folder: Path) -> list[Clause]:
    """The clauses of a folder, in order.

    Raises:
        ValueError: naming file and line of those that are not in the notation, or stand there twice.
    """
    found, wrong = [], []
    seen: set[str] = set()
    for sheet in sorted(folder.glob("c*.tsv")):
        for number, line in enumerate(sheet.read_text("utf-8").splitlines()[1:], 2):
            kind, modality, text = [*line.split("\t"), "", ""][:3]
            slots = sorted(slot for slot, _ in _SLOT.findall(text))
            marked = text.count("*") == (0 if kind == NONE else 2)
            known = (kind, modality) == (NONE, "none") or (kind in TYPES and modality in MODALITIES)
            if slots != ["A", "R"] or not marked or not known or text in seen:
                wrong.append(f"{sheet}:{number}: not a clause of the bank, or twice: {line!r}")
            seen.add(text)
            found.append(Clause(f"{sheet.stem}-{number:04d}", kind, modality, text))
    if wrong:
        raise ValueError("\n".join(wrong))
    return found


@dataclass(frozen=True)
class Filled:
    """A sentence made of a clause: where its trigger stands (None: it tells of nothing), and the two parties."""

    id: str
    clause: Clause
    text: str
    trigger: tuple[int, int] | None
    phrases: tuple[str, str]
    codes: tuple[str, str]

    def row(self) -> dict[str, str]:
        """The same in the form of the bank's single sentences."""
        return {
            "sentence": self.text,
            "actor": self.phrases[0],
            "recipient": self.phrases[1],
            "type": self.clause.kind,
            "modality": self.clause.modality,
        }


def filled(clauses: Sequence[Clause], around: Sequence[dict[str, str]], book: Codebook, seed: int) -> Iterator[Filled]:
    """Each clause `TURNS` times, with two states and surroundings drawn by lot."""
    lot = random.Random(seed)
    states = [one for one in book.actors.states if one.adjectives and one.capital and one.end is None]
    for clause in clauses:
        for turn in range(TURNS):
            pair = lot.sample(states, 2)
            names = [_name(state, lot) for state in pair]
            frame = lot.choice(around)
            body, phrases = clause.text, []
            for slot, state, name in zip("AR", pair, names, strict=True):
                adjective = _adjective(state)
                phrases.append(adjective if f"{{{slot}-adj}}" in body else name)
                for form, words in (("", name), ("'s", f"{name}'s"), ("-adj", adjective)):
                    body = body.replace(f"{{{slot}{form}}}", words)
            body = _ARTICLE.sub(r"\1n ", body)
            body = frame["lead"] + (body if frame["lead"] else _capital(body)) + frame["tail"]
            first, last = body.find("*"), body.rfind("*")
            trigger = None if first < 0 else (first, last - 1)
            codes = pair[0].code, pair[1].code
            yield Filled(f"{clause.id}-{turn}", clause, body.replace("*", ""), trigger, (phrases[0], phrases[1]), codes)


def _capital(text: str) -> str:
    start = 1 if text.startswith("*") else 0
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def _name(state: State, lot: random.Random) -> str:
    if lot.random() < CAPITAL or _ARTICLED.search(state.name):
        return state.capital[0].text
    return state.name


def _adjective(state: State) -> str:
    return next((form.text for form in state.adjectives if not form.text.endswith("'s")), state.adjectives[0].text)


def around(folder: Path) -> list[dict[str, str]]:
    """What may stand before and after a clause."""
    with (folder / "around.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
