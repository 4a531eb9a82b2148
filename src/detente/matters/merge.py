"""Joins the matters of many documents by their links: clusters computed when read, so order of adding says nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from detente.codebook import Codebook
from detente.matters.lifecycle import allowed
from detente.model import Evidence, Link, Matter, MatterKind, Milestone

PERSON_FIRST = 1_000_000.0
ALIASES = 16


def merge(matters: Iterable[Matter], links: Iterable[Link], book: Codebook) -> tuple[Matter, ...]:
    """Matters joined over documents.

    Two groups are joined by a `same` link unless a person judged two of their members different, or more of the links
    between them say different than same. Stronger links are tried first; the order of adding changes nothing.

    Args:
        matters: Matters as single documents tell them.
        links: All links; of several by one judge for a pair the last counts, and a person's outranks detente's.
        book: The codebook.

    Returns:
        One matter for each group, ordered by id.
    """
    records = {matter.id: matter for matter in matters}
    judged = _judged(link for link in links if link.matter_id in records and link.other_id in records)
    groups = _groups(records, judged)
    by_group: dict[str, list[Link]] = {}
    for pair, link in sorted(judged.items()):
        for one in {groups[pair[0]], groups[pair[1]]}:
            by_group.setdefault(one, []).append(link)
    members: dict[str, list[Matter]] = {}
    for one in sorted(records):
        members.setdefault(groups[one], []).append(records[one])
    return tuple(_join(members[group], by_group.get(group, []), book) for group in sorted(members))


def _judged(links: Iterable[Link]) -> dict[tuple[str, str], Link]:
    found: dict[tuple[str, str], Link] = {}
    for link in links:
        pair = (min(link.matter_id, link.other_id), max(link.matter_id, link.other_id))
        known = found.get(pair)
        if known is None or link.judged_by != "detente" or known.judged_by == "detente":
            found[pair] = link
    return found


def _groups(records: dict[str, Matter], judged: dict[tuple[str, str], Link]) -> dict[str, str]:
    """The smallest id of the group of each matter."""
    group = {one: one for one in records}
    inside: dict[str, list[str]] = {one: [one] for one in records}
    around: dict[str, dict[str, Link]] = {one: {} for one in records}
    for (a, b), link in judged.items():
        around[a][b] = around[b][a] = link

    def strength(item: tuple[tuple[str, str], Link]) -> tuple[float, tuple[str, str]]:
        pair, link = item
        return -(link.score + (PERSON_FIRST if link.judged_by != "detente" else 0.0)), pair

    for (a, b), link in sorted(judged.items(), key=strength):
        one, other = group[a], group[b]
        if link.judgement != "same" or one == other:
            continue
        if len(inside[one]) < len(inside[other]):
            one, other = other, one
        if not _may_join(inside[other], one, group, around, link):
            continue
        for member in inside[other]:
            group[member] = one
        inside[one] += inside.pop(other)
    smallest = {one: min(members) for one, members in inside.items()}
    return {member: smallest[one] for member, one in group.items()}


def _may_join(
    smaller: list[str], larger: str, group: dict[str, str], around: dict[str, dict[str, Link]], link: Link
) -> bool:
    balance = 0
    for member in smaller:
        for other, between in around[member].items():
            if group[other] != larger:
                continue
            if between.judgement == "different":
                if between.judged_by != "detente":
                    return False
                balance -= 1
            elif between.judgement == "same":
                balance += 1
    return balance > 0 or link.judged_by != "detente"


def _join(members: Sequence[Matter], links: Sequence[Link], book: Codebook) -> Matter:
    if len(members) == 1:
        return msgspec.structs.replace(members[0], members=(members[0].id,), links=tuple(links))
    first = members[0]
    best = _best(members)
    milestones = _milestones(members, first.id, best.kind, book)
    last = milestones[-1] if milestones else None
    told = Counter(sorted(m.status for m in members if m.status and m.kind == best.kind)).most_common(1)
    status = last.status if last else told[0][0] if told else None
    if status == "signed" and any(m.status == "in force" for m in members):
        status = "in force"  # a pact named by its year, told as standing
    titles = [title for m in members for title in (m.title, *m.aliases) if title != best.title]
    return msgspec.structs.replace(
        first,
        kind=best.kind,
        title=best.title,
        subject=best.subject,
        aliases=tuple(dict.fromkeys(titles))[:ALIASES],
        parties=_parties(members),
        imposers=_common(members, "imposers"),
        targets=_common(members, "targets"),
        status=status,
        status_date=last.date if last else None,
        milestones=tuple(milestones),
        events=_union(members, "events"),
        figures=_union(members, "figures"),
        members=tuple(m.id for m in members),
        links=tuple(links),
        evidence=tuple(dict.fromkeys(e for m in members for e in m.evidence)),
        origin=best.origin,
        confidence=max(m.confidence for m in members),
    )


def _best(members: Sequence[Matter]) -> Matter:
    """The member with the best title: by the imposer most told, the most frequent, then that which says most, the
    surest, the shortest.
    """
    counts = Counter(m.title for m in members)
    usual = _common(members, "imposers")[:1]

    def rank(m: Matter) -> tuple[bool, int, int, float, int, str]:
        return m.imposers[:1] != usual, -counts[m.title], -_telling(m), -m.confidence, len(m.title), m.id

    return min(members, key=rank)


def _telling(matter: Matter) -> int:
    """How much a title says of its subject, up to three terms."""
    title = matter.title.lower()
    return min(3, sum(term in title for term in matter.subject.lower().split(", ") if len(term) > 2))


def _parties(members: Sequence[Matter]) -> tuple[str, ...]:
    """Parties that at least a third of the members name, in order of frequency."""
    counts = Counter(code for m in members for code in m.parties)
    return tuple(
        code for code, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if 3 * n >= len(members)
    )


def _common(members: Sequence[Matter], side: str) -> tuple[str, ...]:
    counts = Counter(code for m in members for code in getattr(m, side))
    telling = sum(1 for m in members if getattr(m, side))
    return tuple(code for code, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if 2 * n >= telling)


def _union(members: Sequence[Matter], field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for m in members for one in getattr(m, field)))


def _milestones(members: Sequence[Matter], matter_id: str, kind: MatterKind, book: Codebook) -> list[Milestone]:
    """All members' milestones in order, the same state at overlapping dates as one; what the kind forbids is left out.

    An undated step stands after the last dated step of its own document.
    """
    rows: list[tuple[tuple[date, int, date, str], Milestone]] = []
    for m in members:
        after = date.min
        for step in m.milestones:
            if step.date is not None:
                after = max(after, step.date.start)
                rows.append(((step.date.start, 0, step.date.end, step.id), step))
            else:
                rows.append(((after, 1, after, step.id), step))
    joined: list[Milestone] = []
    for _, step in sorted(rows, key=lambda row: row[0]):
        home = next((i for i in range(len(joined) - 1, -1, -1) if _same_step(joined[i], step)), None)
        if home is None:
            joined.append(msgspec.structs.replace(step, matter_id=matter_id))
        else:
            joined[home] = _both(joined[home], step)
    kept, _ = allowed(kind, [(step.status, step) for step in joined], book)
    return [step for _, step in kept]


def _same_step(one: Milestone, other: Milestone) -> bool:
    if one.status != other.status:
        return False
    return (one.date is None and other.date is None) or (
        one.date is not None and other.date is not None and one.date.overlaps(other.date)
    )


def _both(one: Milestone, other: Milestone) -> Milestone:
    """Two tellings of one step: the narrower date, all evidence."""
    when = one.date
    if when is not None and other.date is not None and other.date.days < when.days:
        when = other.date
    evidence: tuple[Evidence, ...] = tuple(dict.fromkeys((*one.evidence, *other.evidence)))
    return msgspec.structs.replace(one, date=when, event_id=one.event_id or other.event_id, evidence=evidence)
