"""Whether two matters told in two documents are the same: a score made of named reasons, all kept.

The score is a sum of weights in the manner of Fellegi and Sunter's record linkage (1969): each agreement speaks for the
two being one, each disagreement against; above one threshold they are the same, below another different, between them
the judgement is left open to a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import fsum

from detente.codebook import Codebook
from detente.matters.profile import Profile, keys_of, party_groups, profile
from detente.matters.terms import weight
from detente.model import Interval, Judgement, Link, Matter, Reason, content_id


def links_between(new: Sequence[Matter], old: Iterable[Matter], book: Codebook) -> tuple[Link, ...]:
    """Links of new matters with old ones and with one another, of all pairs near enough to judge.

    Pairwise and symmetric: a pair gets the same link whichever of the two came first.

    Args:
        new: Matters of documents being added.
        old: Matters that are there already; only those that share a blocking key are compared.
        book: Weights and thresholds.

    Returns:
        Links ordered by ids, each once.
    """
    profiles = {matter.id: profile(matter, book) for matter in new}
    wanted = {matter.id: keys_of(profiles[matter.id], party_groups(matter), book) for matter in new}
    needed = frozenset(key for found in wanted.values() for key in found)
    index: dict[str, list[str]] = {}
    for matter in {matter.id: matter for matter in (*old, *new)}.values():
        if matter.id not in profiles:
            profiles[matter.id] = profile(matter, book)
        mine = wanted.get(matter.id)
        for key in (keys_of(profiles[matter.id], party_groups(matter), book) if mine is None else mine) & needed:
            index.setdefault(key, []).append(matter.id)
    done: dict[tuple[str, str], Link] = {}
    for one, mine in wanted.items():
        for other in {other for key in mine for other in index.get(key, ())}:
            pair = (min(one, other), max(one, other))
            if other == one or pair in done or profiles[other].document_id == profiles[one].document_id:
                continue
            link = compare(profiles[pair[0]], profiles[pair[1]], book)
            if link is not None:
                done[pair] = link
    return tuple(done[pair] for pair in sorted(done))


def compare(one: Profile, other: Profile, book: Codebook) -> Link | None:
    """The link of two profiles; None where they are too far apart to be worth a judgement."""
    w = book.matters.linking
    reasons = tuple(_reasons(one, other, book))
    score = round(w.base + sum(reason.score for reason in reasons), 3)
    if score < w.near:
        return None
    judgement: Judgement = "same" if score >= w.same else "open" if score >= w.open else "different"
    first, second = sorted((one.id, other.id))
    return Link(
        id=content_id("link", first, second, "detente"),
        matter_id=first,
        other_id=second,
        score=score,
        judgement=judgement,
        reasons=reasons,
    )


def _reasons(one: Profile, other: Profile, book: Codebook) -> Iterator[Reason]:
    w = book.matters.linking
    if one.kind != other.kind:
        yield Reason(name="kind", score=w.kind, detail=" / ".join(sorted((one.kind, other.kind))))
    if one.names and other.names:
        shared = sorted(one.names & other.names)
        yield Reason(
            name="name",
            score=w.name if shared else w.other_name,
            detail=", ".join(shared) or _both(one.names, other.names),
        )
    yield from _subject(one, other, book)
    shared_words = one.wording & other.wording
    if len(shared_words) >= 2:
        part = len(shared_words) / len(one.wording | other.wording)
        yield Reason(name="wording", score=round(w.wording * part, 3), detail=" ".join(sorted(shared_words)))
    yield _parties(one, other, book)
    yield from _sides(one, other, book)
    if one.family and other.family:
        yield _noun(one.family, other.family, book)
    yield from _dates(one, other, book)


def _noun(one: str, other: str, book: Codebook) -> Reason:
    w, alike = book.matters.linking, book.matters.alike
    if one == other:
        return Reason(name="noun", score=w.family, detail=one)
    near = one in alike and alike[one] == alike.get(other)
    return Reason(name="noun", score=0.0 if near else w.other_family, detail=_both({one}, {other}))


def _subject(one: Profile, other: Profile, book: Codebook) -> Iterator[Reason]:
    w = book.matters.linking
    wide, wide_other = one.terms | one.more, other.terms | other.more
    shared = (one.terms & wide_other) | (other.terms & wide)
    told = (one.terms & other.around) | (other.terms & one.around)
    total = fsum(weight(term, book) for term in shared) + w.around * fsum(weight(term, book) for term in told)
    mine, theirs = (
        fsum(weight(term, book) for term in rest)
        for rest in (one.terms - wide_other - other.around, other.terms - wide - one.around)
    )
    if (
        min(fsum(weight(term, book) for term in each) for each in (one.terms, other.terms)) < w.telling
        and total < w.telling
    ):
        yield Reason(name="subject", score=w.no_subject, detail="one of the two says no subject")
        return
    if total == 0:
        yield Reason(name="subject", score=w.other_subject, detail=_both(one.terms, other.terms))
        return
    part = total / (total + w.missing * min(mine, theirs) + w.missing_more * max(mine, theirs))
    yield Reason(
        name="subject", score=round(w.subject * part * min(1.0, total), 3), detail=", ".join(sorted(shared | told))
    )


def _parties(one: Profile, other: Profile, book: Codebook) -> Reason:
    w = book.matters.linking
    detail = ", ".join(sorted(one.parties & other.parties)) or "none"
    if one.parties == other.parties:
        return Reason(name="parties", score=w.parties, detail=detail)
    if not one.parties & other.parties:
        return Reason(name="parties", score=w.no_party, detail=_both(one.parties, other.parties))
    smaller, larger = sorted((one.parties, other.parties), key=len)
    if smaller < larger:
        score = w.one_party if len(smaller) == 1 else w.more_parties
        return Reason(name="parties", score=score, detail=_both(one.parties, other.parties))
    return Reason(name="parties", score=w.some_parties, detail=_both(one.parties, other.parties))


def _sides(one: Profile, other: Profile, book: Codebook) -> Iterator[Reason]:
    w = book.matters.linking
    for name, mine, theirs, good, bad in (
        ("imposer", one.imposers, other.imposers, w.imposer, w.other_imposer),
        ("target", one.targets, other.targets, w.target, w.other_target),
    ):
        if mine and theirs:
            shared = mine & theirs
            yield Reason(
                name=name, score=good if shared else bad, detail=", ".join(sorted(shared)) or _both(mine, theirs)
            )


def _dates(one: Profile, other: Profile, book: Codebook) -> Iterator[Reason]:
    w = book.matters.linking
    if one.years and other.years:
        shared = one.years & other.years
        yield Reason(
            name="year named",
            score=w.year if shared else w.other_year,
            detail=", ".join(map(str, sorted(shared))) or _both(map(str, one.years), map(str, other.years)),
        )
    else:
        yield from _named_year(one, other, w.year)
    episode = one.family in book.matters.episodes or other.family in book.matters.episodes
    if one.begin is None or other.begin is None:
        if episode:
            yield Reason(name="occasion", score=w.no_occasion, detail="one of the two has no date")
        return
    if one.begin.overlaps(other.begin):
        yield Reason(name="beginning", score=w.begin, detail=f"{max(one.begin.start, other.begin.start)}")
    elif episode:
        yield Reason(name="occasion", score=w.other_occasion, detail=_both({str(one.begin)}, {str(other.begin)}))
    elif one.kind != "dispute" and _gap(one.begin, other.begin) > w.begin_days:
        yield Reason(
            name="beginning",
            score=w.other_begin_measure if one.kind == "measure" else w.other_begin,
            detail=_both({str(one.begin)}, {str(other.begin)}),
        )


def _named_year(one: Profile, other: Profile, score: float) -> Iterator[Reason]:
    """The year in the name of one agreement, in which the other was signed."""
    for named, dated in ((one, other), (other, one)):
        begin = dated.begin if one.kind == "agreement" else None
        if named.years and begin is not None and begin.start.year == begin.end.year and begin.start.year in named.years:
            yield Reason(name="year named", score=score, detail=str(begin.start.year))
            return


def _gap(one: Interval, other: Interval) -> int:
    """Days between two intervals that do not overlap."""
    return max((one.start - other.end).days, (other.start - one.end).days)


def _both(one: Iterable[str], other: Iterable[str]) -> str:
    return " / ".join(sorted((", ".join(sorted(one)[:6]), ", ".join(sorted(other)[:6]))))
