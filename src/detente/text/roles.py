"""Roles in the sentence: whether a name acts, is acted on, or is only a place, a direction or a thing's adjective."""

from __future__ import annotations

from typing import Any

from detente.codebook.actors import ActorBook

LOCATIVE = frozenset(
    {
        "in",
        "at",
        "near",
        "outside",
        "inside",
        "around",
        "across",
        "within",
        "throughout",
        "into",
        "onto",
        "via",
        "through",
        "off",
        "beyond",
        "along",
        "above",
        "below",
        "under",
        "amid",
        "opposite",
    }
)
DEED_ENDINGS = ("tion", "sion", "ment", "ance", "ence", "ing", "al")
DEED_PREFIXED = frozenset(
    {
        "led",
        "backed",
        "imposed",
        "brokered",
        "sponsored",
        "proposed",
        "funded",
        "supplied",
        "mediated",
        "drafted",
        "run",
        "organised",
        "organized",
        "initiated",
        "hosted",
        "issued",
    }
)


def is_deed(token: Any, book: ActorBook) -> bool:
    """Whether a noun stands for something done ("refusal", "sanctions"), so that its possessor acts."""
    deeds = book.nouns_of("deed")
    lemma = token.lemma_.lower()
    if lemma in deeds or token.text.lower() in deeds:
        return True
    if lemma in book.nouns_of("thing"):
        return False
    return len(lemma) > 6 and lemma.endswith(DEED_ENDINGS)


def role(token: Any, kind: str, book: ActorBook) -> tuple[bool, str | None]:
    """Whether a name acts or is acted on, and why not: `place`, `direction`, `topic`, `thing` or `modifier`.

    Args:
        token: The last token of the name, as parsed.
        kind: What sort of name: `state`, `adjective`, `capital`, `seat`, `people` or `organisation`.
        book: Which nouns are deeds and which words mean motion.

    Returns:
        (agentive, reason); the reason is None where it is agentive.
    """
    for _ in range(6):  # climb over coordination and apposition to the word that has the role
        if token.dep_ in ("conj", "appos") and token.head.i != token.i and token.head.pos_ in ("PROPN", "NOUN", "ADJ"):
            token = token.head
        else:
            break
    dep, head = token.dep_, token.head
    if kind == "people" and dep not in ("amod", "compound", "nmod"):
        return True, None
    if dep in ("amod", "compound", "nmod", "poss") or (
        kind == "adjective" and head.pos_ in ("NOUN", "PROPN") and head.i > token.i
    ):
        return _modifier(token, head, kind, book)
    if dep == "pobj" or (dep in ("pcomp", "prep") and head.pos_ == "ADP"):
        return _after_preposition(token, head, kind, book)
    if dep in ("dobj", "obj") and kind == "capital" and head.lemma_.lower() in book.nouns_of("arriving"):
        return False, "direction"
    if dep in ("npadvmod", "advmod") and head.pos_ in ("VERB", "ADJ") and head.i > token.i:
        acting = head.lemma_.lower() in DEED_PREFIXED or head.text.lower() in DEED_PREFIXED
        return acting, None if acting else "modifier"
    return True, None


def _modifier(token: Any, head: Any, kind: str, book: ActorBook) -> tuple[bool, str | None]:
    """Names before a noun: `Tokyo's refusal` acts, `Japanese seafood` does not."""
    if head.i == token.i:
        return True, None
    if head.text.lower() in ("based", "born", "made", "administered", "controlled", "held", "bound", "occupied"):
        return False, "modifier"
    if head.text.lower() in DEED_PREFIXED:
        return True, None
    if kind == "capital" and token.dep_ == "compound" and head.lemma_.lower() in book.nouns_of("venue"):
        return False, "place"
    if head.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM"):
        return True, None
    if head.dep_ == "compound" and head.head.i > head.i and not is_deed(head, book):
        head = head.head
    if is_deed(head, book):
        return True, None
    return False, "thing"


def _after_preposition(token: Any, preposition: Any, kind: str, book: ActorBook) -> tuple[bool, str | None]:
    """Names after a preposition: `in Beijing` is a place, `to Beijing` a direction after a word of motion."""
    word = preposition.lower_
    governor = preposition.head
    lemma = governor.lemma_.lower()
    motion = book.nouns_of("motion")
    if word in LOCATIVE:
        if kind in ("organisation", "agency") and word in ("in", "within", "at"):
            return False, "place"
        return kind in ("people", "group"), "place" if kind not in ("people", "group") else None
    if word in ("to", "toward", "towards", "for") and lemma in motion:
        return False, "direction"
    if word in ("over", "about", "regarding", "concerning"):
        return False, "topic"
    if word == "on" and lemma in book.nouns_of("saying"):
        return False, "topic"
    if word == "from":
        acting = (
            governor.pos_ in ("NOUN", "PROPN")
            and is_deed(governor, book)
            and lemma not in motion
            and lemma not in ("import", "shipment", "export", "withdrawal", "return", "pullout", "evacuation")
        )
        acting = acting or lemma in ("hear", "receive", "come", "seek", "face", "win", "draw", "demand")
        return acting, None if acting else "place"
    if word == "of" and lemma in book.nouns_of("side"):
        return False, "place"
    return True, None
