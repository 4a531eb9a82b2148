"""People: which holder of an office a name means, by date, office and state; and who has been introduced."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from detente.codebook.actors_lexicon import fold, surnames
from detente.codebook.actors_rows import Holder
from detente.text.mentions_page import Draft, Page

Terms = tuple[Holder, ...]
SLACK = timedelta(days=45)
"""A new holder is news, and an old one still named, about this long around the change."""
MEMORY = timedelta(days=3650)
"""How long after leaving office a surname alone is still that person's."""


def office_at(page: Page, terms: Terms) -> Holder | None:
    """The highest office a person holds when the document is published; None where none or where that is unknown."""
    if page.first is None or page.last is None:
        open_terms = [term for term in terms if term.end is None]
        return _highest(page, open_terms) if len({term.office for term in terms}) == 1 else None
    return _highest(page, [term for term in terms if term.holds(page.first, page.last)])


def _highest(page: Page, terms: Iterable[Holder]) -> Holder | None:
    offices = page.book.office
    return min(terms, key=lambda term: offices[term.office].rank if term.office in offices else 3, default=None)


def choose(
    page: Page, candidates: Iterable[Terms], *, office: str | None, codes: Iterable[str], past: bool
) -> Terms | None:
    """The one person out of several that a name means.

    Args:
        page: Gives the date of publication.
        candidates: Each person's terms.
        office: The office the text gives the person, if any.
        codes: The states the text gives the person; none if it gives none.
        past: Whether the text says "former", "ex-" or "then".

    Returns:
        The person's terms, or None where two fit equally well or none fits.
    """
    wanted = set(codes)
    scored = []
    for terms in {id(terms): terms for terms in candidates}.values():
        if wanted and terms[0].state not in wanted:
            continue
        score = _fit(page, terms, office, past)
        if score is not None:
            scored.append((score, terms))
    scored.sort(key=lambda pair: -pair[0])
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


def _fit(page: Page, terms: Terms, office: str | None, past: bool) -> int | None:
    """How well a person fits an office at the document's date; None where they cannot be meant."""
    day: date | None = page.last
    same = [term for term in terms if same_office(term.office, office)] if office else list(terms)
    if office and not same:
        return None if any(term.office in page.book.office for term in terms) and day is None else 0
    if day is None:
        return 2
    first = page.first or day
    if all(term.start is not None and term.start > day + SLACK for term in same):
        return 0 if not office and any(term.start is None or term.start <= day for term in terms) else None
    exact = int(any(term.office == office for term in same))
    if past:
        return exact + 4 if any(term.end is not None and term.end <= day for term in same) else 2
    if any(term.holds(first - SLACK, day + SLACK) for term in same):
        return exact + (8 if any(term.holds(first, day) for term in same) else 6)
    latest = max(term.end or day for term in same)
    return exact + (3 if day - latest < MEMORY else 1)


_ALIKE = (
    {"head of state", "monarch", "supreme leader", "party leader", "leader", "paramount leader"},
    {"head of government", "leader", "acting head of government"},
    {
        "trade minister",
        "commerce secretary",
        "commerce minister",
        "economy minister",
        "industry minister",
        "minister of trade, industry and energy",
    },
    {"foreign minister", "foreign secretary", "state councillor"},
    {"spokesperson", "foreign ministry spokesperson", "foreign ministry spokeswoman"},
    {"interior minister", "home minister"},
    {"head of state", "acting head of government"},
    {"deputy head of government", "vice premier"},
    {"vice president", "president-elect", "head of state"},
    {"adviser", "national security adviser"},
    {"special envoy", "ambassador"},
)


def same_office(one: str, other: str | None) -> bool:
    """Whether two offices may be one, as newspapers name them ("the Chinese leader" is head of state and of party)."""
    return one == other or any(one in alike and other in alike for alike in _ALIKE if other)


def fill(page: Page, draft: Draft, terms: Terms, *, role_office: str | None = None, past: bool = False) -> None:
    """Writes who a person is into a draft."""
    draft.person, draft.sex, draft.codes = terms[0].name, terms[0].sex, [terms[0].state]
    held = None if past else office_at(page, terms)
    draft.office = held.office if held else role_office
    if held is not None:
        kept = page.book.office.get(held.office)
        draft.sector = (kept.sector if kept else None) or "GOV"
    elif role_office:
        draft.sector = draft.sector or "GOV"
    elif past or (page.first is not None and any(term.end is not None and term.end < page.first for term in terms)):
        draft.sector, draft.past = "ELI", True
    else:
        draft.sector = draft.sector or "GOV"


class People:
    """Persons introduced in a document, by their full names and the short forms used later."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._short: dict[str, list[Draft | None]] = {}
        self._full: dict[str, Draft | None] = {}

    def add(self, name: str, draft: Draft | None) -> None:
        """Remembers a person under a name; None for a stranger, whose name must not be taken for somebody else's."""
        key = fold(name)
        known = self._full.get(key)
        if known is not None and (draft is None or known.office or known.codes):
            return
        self._full[key] = draft
        state = draft.codes[0] if draft and draft.codes else ""
        for form in (*surnames([name], state), *(_last(name) if not state else ())):
            others = self._short.setdefault(fold(form), [])
            if known in others:
                others.remove(known)
            if not any(other is draft or (other and draft and other.person == draft.person) for other in others):
                others.append(draft)

    def full(self, name: str) -> Draft | None:
        """The person of this full name, if introduced."""
        return self._full.get(fold(name))

    def known(self, name: str) -> bool:
        """Whether a name or short form has been introduced at all."""
        return fold(name) in self._full or fold(name) in self._short

    def short(self, form: str, *, office: str | None = None, codes: Iterable[str] = ()) -> Draft | None:
        """The one person introduced that a short form means; the office and the states decide between two."""
        found = [draft for draft in self._short.get(fold(form), []) if draft is not None]
        if len(found) < len(self._short.get(fold(form), [])) and len(found) != 1:
            return None
        wanted = set(codes)
        fitting = [
            draft
            for draft in found
            if (not wanted or not draft.codes or draft.codes[0] in wanted)
            and (office is None or draft.office is None or same_office(draft.office, office))
        ]
        return fitting[0] if len(fitting) == 1 else None


def _last(name: str) -> tuple[str, ...]:
    parts = name.split()
    return (parts[-1],) if len(parts) > 1 else (name,)


def copy_person(draft: Draft, known: Draft) -> None:
    """Writes a person already introduced into a draft."""
    draft.person, draft.sex, draft.codes = known.person, known.sex, list(known.codes)
    draft.office, draft.sector, draft.past, draft.name = known.office, known.sector, known.past, known.name


def terms_of(entries: Iterable[Any], *kinds: str) -> list[Terms]:
    """The terms of the persons that some lexicon entries stand for."""
    return [entry.row for entry in entries if entry.kind in kinds]
