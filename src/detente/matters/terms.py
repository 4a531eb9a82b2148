"""Terms by which matters are compared: words of title, subject and aliases, brought to one form, each with a weight."""

from __future__ import annotations

import re
from collections.abc import Iterable

from detente.codebook import Codebook

_WORD = re.compile(r"[^\W_]+(?:['’.&/-][^\W_]+)*")


def common(terms: Iterable[str], book: Codebook) -> frozenset[str]:
    """Terms brought to one form: synonyms become the first of their row; longer ones are tried before single words."""
    rows = [term.lower().replace("’", "'") for term in terms]
    same = book.matters.same
    found: set[str] = set()
    joined = " ".join(rows)
    rest = f" {joined} "
    for form in book.matters.long_forms:
        if f" {form} " in rest or f" {form}s " in rest:
            found.add(same[form])
            rest = rest.replace(f" {form} ", " | ").replace(f" {form}s ", " | ")
    for word in _WORD.findall(rest):
        word = word.removesuffix("'s")
        lemma = _singular(word)
        if lemma in book.matters.empty or word in book.matters.empty or len(lemma) < 2 or lemma.isdigit():
            continue
        found.add(same.get(word) or same.get(lemma) or lemma)
    return frozenset(found - book.actors.naming_words)


def wording_of(title: str, book: Codebook) -> frozenset[str]:
    """The words of a title in one form, without states and small words."""
    words = {_singular(word.removesuffix("'s")) for word in _WORD.findall(title.lower().replace("’", "'"))}
    return frozenset(words - book.actors.naming_words - book.matters.small)


def weight(term: str, book: Codebook) -> float:
    """How much it says that two matters share a term: 1 for an unusual word, little for "trade" or "agreement"."""
    return book.matters.weights.get(term, 1.0)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
