"""Titles, subjects and aliases of matters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.codebook import Codebook
from detente.matters.phrase import Phrase
from detente.matters.topic import around
from detente.model import MatterKind

_SPACE = re.compile(r"\s+")
_LEAD = re.compile(
    r"^(?:the|a|an|its|their|his|this|that|these|those|such|both|any|some|all|two|new|recent|latest)\s+", re.I
)
_STATE = re.compile(r"\s*[,;]\s*(?:now |still |once )?(?:in force|in place|in effect|suspended|stalled)\b.*$")
_TAIL = re.compile(r"[\s,;:.(–—-]+$")
ALIASES = 10
TERMS = 8
"""Terms of a matter's own mentions in its subject."""

ENOUGH = 5
"""Below so many terms the words of the sentences are added."""


def core(phrase: Phrase, text: str) -> str:
    """The phrase without articles and possessors, at most 90 characters."""
    first, last = phrase.core
    start, end = phrase.page.offsets(first, last)
    words = _SPACE.sub(" ", text[start:end]).strip("\"“”'‘’ ")
    while _LEAD.match(words):
        words = _LEAD.sub("", words)
    words = _STATE.sub("", words)
    if phrase.act is not None:
        words = f"{phrase.act.label} {words}".strip()
    if len(words) > 90:
        words = words[:90].rsplit(" ", 1)[0]
    return _TAIL.sub("", words)


def full(phrase: Phrase, text: str) -> str:
    """The whole phrase as it stands, without a leading article."""
    end = max(phrase.end, phrase.page.offsets(phrase.head, phrase.tail)[1] if phrase.tail > phrase.last else 0)
    words = _SPACE.sub(" ", text[phrase.start : end]).strip("\"“”'‘’ ")
    return _TAIL.sub("", _LEAD.sub("", words))[:140]


def title(
    kind: MatterKind,
    phrase: Phrase,
    text: str,
    sides: tuple[Sequence[str], Sequence[str], Sequence[str]],
    book: Codebook,
) -> str:
    """A short title: "China's ban on Japanese seafood", "Japan–China currency swap".

    Args:
        kind: The kind of matter.
        phrase: Its most telling mention.
        text: The document's text.
        sides: Parties, imposers and targets.
        book: Names of states.
    """
    parties, imposers, _ = sides
    if phrase.named is not None:
        return phrase.named.name
    if phrase.name is not None:
        return (
            f"{phrase.name} ({phrase.acronym})" if phrase.acronym and phrase.acronym not in phrase.name else phrase.name
        )
    words = core(phrase, text) or full(phrase, text)
    if phrase.acronym and phrase.acronym not in words:
        words = f"{words} ({phrase.acronym})"
    if kind == "measure":
        names = [book.actors.name(code) for code in imposers[:2]]
        lead = " and ".join(names)
        return f"{possessive(lead)} {words}" if lead and not words.startswith(lead) else _capital(words)
    names = [book.actors.name(code) for code in parties[:4]]
    if not names or all(name in words for name in names):
        return _capital(words)
    return f"{'–'.join(names)} {words}"


def possessive(name: str) -> str:
    """A name with its apostrophe."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def subject(phrases: Sequence[Phrase], book: Codebook) -> str:
    """What a matter is about: the terms of its mentions, most frequent first, then the words of their sentences.

    Args:
        phrases: Its mentions, the most telling first.
        book: The codebook.
    """
    counts: dict[str, int] = {}
    for phrase in phrases:
        if phrase.named is not None:
            counts[phrase.named.subject] = counts.get(phrase.named.subject, 0) + 2
        for term in phrase.terms:
            counts[term] = counts.get(term, 0) + 1
    best = sorted(counts, key=lambda term: -counts[term])[:TERMS]
    for phrase in phrases[:3]:
        if len(best) >= ENOUGH:
            break
        best += [word for word in around(phrase, book.matters) if word not in best][: ENOUGH - len(best)]
    head = phrases[0]
    return ", ".join(best) if best else head.page.tree.lemma[head.head]


def aliases(phrases: Sequence[Phrase], text: str, chosen: str) -> tuple[str, ...]:
    """Other names: proper names, acronyms, and the wordings of its mentions that say what it is about."""
    found: dict[str, None] = {}
    for phrase in phrases:
        if phrase.acronym:
            found.setdefault(phrase.acronym)
        if phrase.name:
            found.setdefault(phrase.name)
    for phrase in phrases:
        if not phrase.empty or phrase.years or phrase.last - phrase.first >= 2:
            found.setdefault(full(phrase, text))
    found.pop(chosen, None)
    return tuple(alias for alias in found if len(alias) > 2)[:ALIASES]
