"""What a bare number counts: the plural noun after it, by the parse."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import Any

from detente.codebook.units import Units

_INSIDE = frozenset(("ADJ", "NOUN", "PROPN", "ADV", "DET"))
_PLURAL = frozenset(("NNS", "NNPS"))
_CLASSES = frozenset(("kind", "type", "category", "variety"))
_SAME = frozenset(("aircraft", "spacecraft", "sheep", "cattle"))
"""Nouns whose plural is like their singular."""
WINDOW = 7


@dataclass(frozen=True)
class Counted:
    """The noun that is counted: its unit, and where its phrase ends."""

    unit: str
    end: int


class Page:
    """A paragraph's tokens by offset; attributes are read only where a number stands."""

    def __init__(self, parse: Any, base: int) -> None:
        self.parse, self.base = parse, base
        self.starts = [token.idx for token in parse]

    def after(self, offset: int) -> int:
        """The number of the first token that begins at or after a document offset."""
        return bisect.bisect_left(self.starts, offset - self.base)

    def __len__(self) -> int:
        return len(self.starts)

    def end_of(self, i: int) -> int:
        """The document offset after token `i`."""
        return self.base + int(self.starts[i]) + len(self.parse[i].text)


def counted(page: Page, end: int, value: float, units: Units) -> Counted | None:
    """The plural noun that a number ending at `end` counts, None where there is none or its count says nothing."""
    i, last = page.after(end), len(page)
    if (
        i + 1 < last
        and page.parse[i].lower_ == "of"
        and page.parse[i + 1].lower_ in ("them", "which", "these", "those", "whom")
        and (i + 2 >= last or page.parse[i + 2].pos_ not in ("NOUN", "ADJ", "PROPN"))
    ):
        for k in range(i - 1, max(-1, i - 60), -1):
            if page.parse[k].tag_ == "NNS":
                return Counted(_unit(page, k, value, units), page.end_of(i + 1))
        return None
    if i < last and page.parse[i].lower_ == "of":  # "20 of the 59 apps", "three of its soldiers"
        i += 1
        while i < last and (page.parse[i].pos_ in ("DET", "NUM") or page.parse[i].tag_ == "PRP$"):
            i += 1
    if 0 < i < last and page.parse[i].pos_ == "VERB" and page.parse[i - 1].dep_ in ("nsubj", "nsubjpass"):
        return None
    head: int | None = None
    for k in range(i, min(i + WINDOW, last)):
        token = page.parse[k]
        if token.tag_ in _PLURAL or token.lower_ in units.people or token.lower_ in _SAME:
            head = k
            nearest = page.parse[k + 1] if k + 1 < last else None
            if nearest is None or nearest.tag_ not in _PLURAL or nearest.lower_ in ("people",):
                break
            continue
        if head is not None:
            break
        if (token.pos_ in _INSIDE and token.tag_ not in ("PDT", "WDT")) or token.tag_ in ("VBN", "VBG", "JJ", "POS"):
            continue
        if token.text in ("-", "–", "/") or (token.text == "," and k > i and page.parse[k - 1].pos_ == "ADJ"):
            continue
        if token.pos_ == "CCONJ" and k > i and page.parse[k - 1].pos_ == "ADJ":
            continue
        break
    if head is None:
        return _demonym(page, i, value)
    if (
        page.parse[head].text[:1].isupper()
        and i > 1
        and page.parse[i - 1].text[:1].isupper()
        and page.parse[i - 2].pos_ not in ("PUNCT", "SPACE")
        and page.parse[head].tag_ in ("NNPS", "NNP")
        and (page.parse[head].ent_type_ != "NORP")
    ):
        return None  # "the Four Islands"
    return Counted(_unit(page, head, value, units), page.end_of(head))


def _demonym(page: Page, i: int, value: float) -> Counted | None:
    """A people's name without a plural: "four hundred Japanese", "800 homeless Burmese"."""
    if i + 1 < len(page) and page.parse[i].pos_ == "ADJ" and page.parse[i].text.islower():
        i += 1
    if i < len(page) and value >= 2:
        token = page.parse[i]
        following = page.parse[i + 1].pos_ if i + 1 < len(page) else "PUNCT"
        if (
            token.text[:1].isupper()
            and (token.ent_type_ == "NORP" or token.lower_.endswith(("ese", "ish", "ans", "is")))
            and following not in ("NOUN", "PROPN", "ADJ")
        ):
            return Counted("person", page.end_of(i))
    return None


def _unit(page: Page, head: int, value: float, units: Units) -> str:
    """The singular of the counted noun; nouns and names for people at large are `person`."""
    token = page.parse[head]
    lemma, word = str(token.lemma_).lower(), str(token.lower_)
    if lemma in units.idle and value < units.idle_below:
        return lemma
    if token.pos_ == "PROPN" and head and page.parse[head - 1].pos_ == "PROPN" and lemma in ("fighters", "fighter"):
        return "aircraft"
    if lemma == word and word.endswith("s") and token.tag_ in _PLURAL and not word.endswith("ss"):
        lemma = word[:-1]
    lemma = units.irregular.get(lemma, lemma)
    for kind, nouns in units.kinds.items():
        if lemma in nouns or (lemma in ("fighter", "bomber") and head and page.parse[head - 1].pos_ == "PROPN"):
            return kind
    if (
        word in units.people
        or lemma in units.people
        or token.ent_type_ == "NORP"
        or (token.text[:1].isupper() and word.endswith(("ans", "is", "ese")))
    ):
        return "person"
    if (
        head + 2 < len(page)
        and page.parse[head + 1].lower_ == "and"
        and page.parse[head + 2].lemma_.lower() in units.people
    ):
        return "person"
    if lemma in _CLASSES and head + 2 < len(page) and page.parse[head + 1].lower_ == "of":
        return f"{page.parse[head + 2].lemma_.lower()} {lemma}"
    pair = f"{page.parse[head - 1].lemma_.lower()} {lemma}" if head else ""
    if lemma in units.generic and head and page.parse[head - 1].pos_ == "NOUN":
        return pair
    return pair if pair in units.compounds else lemma
