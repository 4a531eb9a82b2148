"""A cluster of mentions with its parties, events and steps, and whether it is worth a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from detente.codebook import Codebook
from detente.matters.gather import Cluster
from detente.matters.moves import Step, read_steps
from detente.matters.phrase import Phrase
from detente.matters.terms import weight
from detente.model import Annotations, Coding, Event, Evidence

PARAGRAPH = 4
"""How many mentions a further paragraph counts for when the document's two states are chosen."""

TOLD = 2
"""Mentions from which a matter without a subject is kept if a state is told."""

_ELSEWHERE = frozenset(("dateline", "publisher", "media"))
_HOSTILE = frozenset(("SANCTION", "THREATEN", "CONCEDE", "COERCE"))
_CLAIMS = frozenset(("claim", "disputed", "dispute", "contested", "contest", "sovereignty", "territorial"))


@dataclass(slots=True)
class Draft:
    """A matter in the making. `known` counts the parties that the text itself ties to it."""

    cluster: Cluster
    events: list[Event]
    figures: list[str]
    parties: list[str]
    imposers: list[str]
    targets: list[str]
    known: int
    steps: list[Step]

    @classmethod
    def of(cls, cluster: Cluster, coding: Coding, seen: Annotations, book: Codebook) -> Draft:
        """A draft of a cluster: what is tied to it by position, its sides, its steps."""
        spans = [(phrase.start, phrase.end) for phrase in cluster.phrases]
        events = [event for event in coding.events if _touches(event.evidence, spans)]
        figures = [figure.id for figure in coding.figures if _touches(figure.evidence, spans)]
        parties, imposers, targets, known = _sides(cluster, events, _dyad(seen))
        published = coding.document.published.interval if coding.document.published else None
        steps = [step for phrase in cluster.phrases for step in read_steps(phrase, book, published)]
        for step in steps:
            event = _event_of(step, events)
            if event is not None:
                step.event_id = event.id
                step.interval = step.interval or event.date
        return cls(cluster, events, figures, parties, imposers, targets, known, steps)


def _dyad(seen: Annotations) -> list[str]:
    """The two states that a document is about: those told in most paragraphs, of equals the more often told."""
    counts: Counter[str] = Counter()
    around: set[tuple[int, str]] = set()
    number = 0
    for mention in seen.mentions:
        while number + 1 < len(seen.paragraphs) and seen.paragraphs[number + 1].start <= mention.start:
            number += 1
        if mention.how in _ELSEWHERE:
            continue
        for code in {actor.code for actor in mention.actors if not actor.code.startswith("IGO.")}:
            counts[code] += 1
            if (number, code) not in around:
                around.add((number, code))
                counts[code] += PARAGRAPH
    order = {code: i for i, code in enumerate(counts)}
    states = sorted(counts, key=lambda code: (-counts[code], order[code]))
    return (states + [code for code in seen.countries if code not in counts])[:2]


def _touches(evidence: Sequence[Evidence], spans: list[tuple[int, int]]) -> bool:
    return any(one.start < end and start < one.end for one in evidence for start, end in spans)


def _event_of(step: Step, events: list[Event]) -> Event | None:
    return next(
        (
            event
            for event in events
            if event.modality in ("occurred", "ongoing")
            and any(one.start < step.end and step.start < one.end for one in event.evidence)
        ),
        None,
    )


def _sides(cluster: Cluster, events: list[Event], dyad: list[str]) -> tuple[list[str], list[str], list[str], int]:
    """Parties, imposers and targets, and how many of the parties the text itself ties to the matter."""
    imposers, targets = _most(cluster, "imposers"), _most(cluster, "targets")
    fixed = next((phrase.named.parties for phrase in cluster.phrases if phrase.named and phrase.named.parties), None)
    if fixed:
        return list(fixed), imposers, targets, len(fixed)
    if cluster.kind == "measure":
        return _of_measure(cluster, events, dyad, (imposers, targets))
    told = list(dict.fromkeys(code for phrase in cluster.phrases for code in phrase.parties))
    clause = list(dict.fromkeys(code for phrase in cluster.phrases for code in phrase.clause if code not in told))
    known = len(told) + len(clause[:1])
    if len(told) >= 2:
        return told[:8], [], [], known
    if cluster.kind == "dispute":  # a court is none to the case that it hears
        clause = [code for code in clause if not code.startswith("IGO.")]
    near = [] if told else _near(cluster)
    if len(near) == 2:
        return near, [], [], known
    return _completed(told, clause, dyad), [], [], known


def _near(cluster: Cluster) -> list[str]:
    """The states of the first sentence with a mention in which any is named."""
    for phrase in cluster.phrases:
        found = [code for code in phrase.page.codes(*phrase.page.sentence(phrase.head)) if not code.startswith("IGO.")]
        if found:
            return found
    return []


def _completed(told: list[str], clause: list[str], dyad: list[str]) -> list[str]:
    """Fewer than two parties told by the phrase: those of the clause, unless the document's dyad fits as well."""
    if not told:
        inside = [code for code in clause if code in dyad]
        if len(clause) > 2 and len(inside) == 2:
            return clause[:4]
        return clause[:3] if len(clause) >= 2 and len(inside) < 2 and not inside else list(dyad)
    other = [code for code in dyad if code not in told]
    if told[0] in dyad:
        outside = [code for code in clause if code not in dyad]
        return told + (outside[:1] if len(clause) == 1 and outside else other[:1])
    return told + (clause[:1] or dyad[:1])


def _of_measure(
    cluster: Cluster, events: list[Event], dyad: list[str], sides: tuple[list[str], list[str]]
) -> tuple[list[str], list[str], list[str], int]:
    imposers, targets = sides
    for event in events:
        if event.type in _HOSTILE and not event.reciprocal:
            mine, theirs = [a.code for a in event.actors], [a.code for a in event.recipients]
            imposers = imposers or mine[:1]
            targets = targets or [code for code in theirs if code not in imposers]
    targets = [code for code in targets if code not in imposers]
    parties = list(dict.fromkeys((*imposers, *targets)))
    told = [code for phrase in cluster.phrases for code in phrase.parties]
    if len(parties) < 2:
        parties += [code for code in dict.fromkeys(told) if code not in parties][: 2 - len(parties)]
    known = len(parties)
    if len(parties) < 2:
        parties += [code for code in dyad if code not in parties][: 2 - len(parties)]
    return parties[:8], imposers, targets, known


def _most(cluster: Cluster, side: str) -> list[str]:
    counts: dict[str, int] = {}
    for phrase in cluster.phrases:
        for code in getattr(phrase, side):
            counts[code] = counts.get(code, 0) + 1
    best = max(counts.values(), default=0)
    return [code for code in counts if counts[code] == best][:3]


def worth(draft: Draft, seen: Annotations, book: Codebook) -> bool:
    """Whether a draft names a matter between states, and not just a generic noun: by the points of `worth.yml`."""
    parties = set(draft.parties)
    if not parties or (len(parties) < 2 and not draft.imposers and not draft.cluster.names):
        return False
    return not _bare(draft) and points(draft, seen, book) > 0.0


def _bare(draft: Draft) -> bool:
    """Whether no mention says what it is about, between whom or of which year, and none is a name ("a good deal")."""
    cluster = draft.cluster
    if (
        cluster.names
        or cluster.terms
        or any(p.need == "none" or p.years or p.named or p.act or len(p.codes) > 1 for p in cluster.phrases)
    ):
        return False
    return len(cluster.phrases) < TOLD or not draft.steps


def points(draft: Draft, seen: Annotations, book: Codebook) -> float:
    """The points of a draft: those of its features, and those of its noun's family."""
    worth_, cluster = book.matters.worth, draft.cluster
    found = worth_.start + sum(worth_.points[name] for name, holds in features(draft, seen, book).items() if holds)
    return found + worth_.families.get(f"{cluster.kind} {cluster.phrases[0].family}", 0.0)


def features(draft: Draft, seen: Annotations, book: Codebook) -> dict[str, bool]:
    """What the text says of a draft, by the names of `worth.yml`."""
    cluster = draft.cluster
    phrases = cluster.phrases
    needs = {phrase.need for phrase in phrases}
    return {
        "name": bool(cluster.names),
        "known": any(phrase.named for phrase in phrases),
        "proper": any(phrase.proper for phrase in phrases) and not cluster.names,
        "term": bool(cluster.terms),
        "terms": len(cluster.terms) > 1,
        "telling": any(weight(term, book) >= 0.5 for term in cluster.terms),
        "codes": bool(cluster.codes),
        "clause": any(phrase.clause for phrase in phrases),
        "step": bool(draft.steps),
        "dated": any(step.interval for step in draft.steps),
        "event": bool(draft.events),
        "again": len(phrases) > 1,
        "often": len(phrases) > 2,
        "heading": any(phrase.page.heading for phrase in phrases),
        "definite": any(phrase.definite for phrase in phrases),
        "indefinite": all(phrase.indefinite for phrase in phrases),
        "generic": all(_generic(phrase) for phrase in phrases),
        "recurring": any(_recurs(phrase, book) for phrase in phrases),
        "claimed": any(phrase.need == "claim" and _claimed(phrase) for phrase in phrases),
        "joint": any(len(phrase.codes) >= 2 for phrase in phrases),
        "outsiders": bool(cluster.codes) and not cluster.codes & set(seen.countries[:3]),
        "main": len(cluster.codes & set(seen.countries[:2])) >= 2,
        "year": any(phrase.years for phrase in phrases),
        "sides": bool(draft.imposers) and bool(draft.targets),
        "act": all(phrase.act is not None for phrase in phrases),
        "implied": all(
            phrase.act is not None and not phrase.act.objects and phrase.thing == phrase.head for phrase in phrases
        ),
        "subject": any(
            phrase.page.tree.dep[phrase.head] in ("nsubj", "nsubjpass", "dobj", "ROOT") for phrase in phrases
        ),
        "compound": all(phrase.page.tree.dep[phrase.head] in ("compound", "conj", "appos") for phrase in phrases),
        "strict": needs == {"strict"},
        "plural": all(phrase.plural for phrase in phrases),
    }


def _generic(phrase: Phrase) -> bool:
    tree = phrase.page.tree
    determiner = next((tree.lower[kid] for kid in tree.kids[phrase.head] if tree.dep[kid] == "det"), "")
    return determiner in ("no", "any", "every") or (phrase.plural and not phrase.definite and not phrase.codes)


def _recurs(phrase: Phrase, book: Codebook) -> bool:
    tree, recurring = phrase.page.tree, book.matters.recurring
    return phrase.kind == "channel" and any(
        tree.lemma[i] in recurring or tree.lower[i] in recurring
        for i in range(phrase.first, phrase.last + 1)
        if i != phrase.head
    )


def _claimed(phrase: Phrase) -> bool:
    first, last = phrase.page.sentence(phrase.head)
    return any(phrase.page.tree.lemma[i] in _CLAIMS for i in range(first, last + 1))


def confidence(draft: Draft) -> float:
    """How sure a draft is, from 0 to 1: more for parties told, mentions, a state told, a name."""
    cluster = draft.cluster
    value = 0.4 + 0.1 * min(2, draft.known) + 0.1 * min(2, len(cluster.phrases) - 1)
    value += 0.1 * bool(draft.steps) + 0.1 * bool(cluster.names)
    return round(min(0.95, value), 2)
