"""What of a matter is compared when matters of two documents are linked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from detente.codebook import Codebook
from detente.matters.terms import common, weight, wording_of
from detente.model import Interval, Matter

_BEGINS = {
    "agreement": ("signed", "agreed", "in force"),
    "measure": ("in force", "announced"),
    "dispute": ("open", "escalating"),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """A matter's parts that are compared. `terms` are those of its title and of the subject as its own words tell it,
    `more` those of its aliases, `around` those of the words around it. `wording` are the words of the title but for
    parties and small ones; `family` is empty where a name stands for the noun.
    """

    id: str
    document_id: str
    kind: str
    family: str
    names: frozenset[str]
    terms: frozenset[str]
    more: frozenset[str]
    around: frozenset[str]
    wording: frozenset[str]
    parties: frozenset[str]
    imposers: frozenset[str]
    targets: frozenset[str]
    begin: Interval | None
    years: frozenset[int]


def profile(matter: Matter, book: Codebook) -> Profile:
    """The profile of a matter as one document tells it."""
    told = " ".join((matter.title, *matter.aliases)).lower()
    subject = matter.subject.split(", ")
    parties = frozenset((*matter.parties, *matter.imposers, *matter.targets))
    terms = common((matter.title, *(word for word in subject if word.lower() in told)), book, parties)
    more = common(matter.aliases, book, parties) - terms
    return Profile(
        id=matter.id,
        document_id=matter.document_id,
        kind=matter.kind,
        family="" if matter.origin.rule == "named" else matter.origin.rule or "",
        names=frozenset(_names(matter, book)),
        terms=terms,
        more=more,
        around=common(subject, book, parties) - terms - more,
        wording=wording_of(matter.title, book),
        parties=parties,
        imposers=frozenset(matter.imposers),
        targets=frozenset(matter.targets),
        begin=_begin(matter),
        years=frozenset(
            int(word)
            for word in matter.title.replace("(", " ").replace(")", " ").split()
            if word.isdigit() and 1900 < int(word) < 2100
        ),
    )


def _names(matter: Matter, book: Codebook) -> Iterable[str]:
    """Names that stand for the matter alone: those of `names.tsv`, and acronyms that a document introduces."""
    for text in (matter.title, *matter.aliases):
        known = book.matters.by_alias.get(text.lower())
        if known is not None:
            yield known.lower()
    for text in matter.aliases:
        if (
            text.isupper()
            and 3 <= len(text) <= 12
            and " " not in text
            and text.lower() not in book.matters.same
            and text not in ("MOU", "MOUS", "WTO", "NATO", "ASEAN", "IAEA", "ICJ", "EPA")
        ):
            yield text.lower()


def _begin(matter: Matter) -> Interval | None:
    wanted = _BEGINS.get(matter.kind, ())
    return next((step.date for step in matter.milestones if step.date is not None and step.status in wanted), None)


def party_groups(matter: Matter) -> tuple[tuple[str, ...], ...]:
    """The pairs of a matter's parties, or its only party: two matters that share none of these are never compared."""
    parties = sorted({*matter.parties, *matter.imposers, *matter.targets})[:8]
    return tuple(combinations(parties, 2)) or tuple((party,) for party in parties)


def keys(matter: Matter, book: Codebook) -> frozenset[str]:
    """Blocking keys: two matters that share none are never compared.

    Each is a pair of parties with a name, or with the kind and a telling term or the family of the noun.
    """
    return keys_of(profile(matter, book), party_groups(matter), book)


def keys_of(one: Profile, groups: Iterable[tuple[str, ...]], book: Codebook) -> frozenset[str]:
    """`keys`, of a profile that is known already."""
    telling = [term for term in one.terms | one.more if weight(term, book) >= 0.5]
    found: set[str] = set()
    alike = book.matters.alike
    for group in groups:
        pair = "-".join(group)
        found.update(f"name|{pair}|{name}" for name in one.names)
        found.update(f"{one.kind}|{pair}|{term}" for term in telling)
        found.add(f"{one.kind}|{pair}|family {alike.get(one.family, one.family)}")
    return frozenset(found)
