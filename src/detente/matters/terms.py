"""Terms by which matters are compared: words of title, subject and aliases, brought to one form, each with a weight."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from detente.codebook import Codebook
from detente.codebook.actors import SHORT_NAMES

_WORD = re.compile(r"[^\W_]+(?:['’.&/-][^\W_]+)*")


def common(terms: Iterable[str], book: Codebook, parties: Collection[str] | None = None) -> frozenset[str]:
    """Terms brought to one form: synonyms become the first of their row; longer ones are tried before single words.

    Args:
        terms: Words and phrases.
        book: The codebook.
        parties: Codes of the states whose names say only who ("the Timor Sea treaty" of two other states is about
            Timor); None where any state's do.
    """
    rows = [term.lower().replace("’", "'") for term in terms]
    same = book.matters.same
    found: set[str] = set()
    joined = " ".join(rows)
    rest = f" {joined} "
    for form in book.matters.long_forms:
        if f" {form} " in rest or f" {form}s " in rest:
            found.add(same[form])
            rest = rest.replace(f" {form} ", " | ").replace(f" {form}s ", " | ")
    for word in _words(rest, book):
        lemma = _singular(word)
        if lemma in book.matters.empty or word in book.matters.empty or len(lemma) < 2 or lemma.isdigit():
            continue
        found.add(same.get(word) or same.get(lemma) or lemma)
    return frozenset(found - _who(parties, book))


def _words(text: str, book: Codebook) -> Iterator[str]:
    """Words without the possessor's ending; "high-speed" is two, as parses have it, unless it is in the tables."""
    for word in _WORD.findall(text):
        word = word.removesuffix("'s")
        whole = "-" not in word or word in book.matters.same or word in book.matters.empty
        yield from (word,) if whole else word.split("-")


def _who(parties: Collection[str] | None, book: Codebook) -> frozenset[str]:
    if parties is None:
        return book.actors.naming_words
    own = book.actors.named_by
    return frozenset(word for code in parties for word in own.get(code, ())) | SHORT_NAMES


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
