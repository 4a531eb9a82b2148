"""Why an event was coded as it was, from the candidates that made it."""

from __future__ import annotations

import math
from collections.abc import Iterable

from detente.codebook import Codebook
from detente.codebook.lexicon import Lexicon
from detente.coding.events.candidate import Candidate
from detente.coding.events.code import CEILING
from detente.coding.events.detect import candidates, pages
from detente.coding.events.discourse import Discourse
from detente.engines.rules import modality
from detente.model import Alternative, Annotations, Document, Event, Evidence, Explanation, Part, Side, codes

CONSTRUCTIONS = {
    "active": "its subject does it, in the active voice",
    "passive": "in the passive voice, the doer named",
    "passive-bare": "in the passive voice, no doer named",
    "relative": "in a relative clause of the doer",
    "participle": "a participle that hangs on the doer",
    "controlled": "an infinitive whose doer is that of the verb above it",
    "coordinated": "one of several verbs of the same subject",
    "light": "a noun with a verb that only carries it",
    "nominal": "a noun, its parties around it",
    "none": "no doer in the grammar",
}
_HOW = {
    "actor_inferred": ("actor", "taken from the sentences around"),
    "recipient_inferred": ("recipient", "taken from the sentences around"),
    "recalled_noun": ("recipient", "recalled from an earlier telling of the same"),
    "guessed_recipient": ("recipient", "guessed from what the document is about"),
    "guessed_doer": ("actor", "guessed from what the document is about"),
    "guessed_voice": ("actor", "guessed from who speaks"),
}
_BOTH = frozenset(("guessed_noun", "guessed_pair", "guessed_both", "guessed_noun_pair", "guessed_each"))


def explain(event: Event, document: Document, seen: Annotations, book: Codebook) -> Explanation | None:
    """Why a rule-coded event is what it is; None where the rules do not find it in these words.

    Args:
        event: The event.
        document: Its document, prepared.
        seen: The document's annotations.
        book: The codebook it was coded with.
    """
    discourse = Discourse(seen, book.lexicon)
    for page in pages(seen, book):
        for candidate in candidates(page, book.lexicon, discourse, book.ontology):
            if made(event, candidate):
                return _explained(event, candidate, document, seen, book.lexicon)
    return None


def made(event: Event, candidate: Candidate) -> bool:
    """Whether an event was made of a candidate: the same words, type and parties."""
    tree, base = candidate.page.tree, candidate.page.paragraph.start
    first, sides = event.evidence[0], (event.actors, event.recipients)
    span = base + tree.idx[candidate.start], base + tree.end[candidate.end]
    return (
        candidate.type == event.type
        and span == (first.start, first.end)
        and (codes(candidate.actors), codes(candidate.recipients)) == (codes(sides[0]), codes(sides[1]))
    )


def _explained(event: Event, best: Candidate, document: Document, seen: Annotations, lexicon: Lexicon) -> Explanation:
    parts = tuple(_parts(event, best, seen, lexicon))
    product = min(CEILING, math.prod(part.value for part in parts))
    gaps = (
        []
        if abs(product - event.confidence) < 0.002
        else [f"these figures make {product:.2f}: it was told more than once, or the figures have changed since"]
    )
    return Explanation(
        event_id=event.id,
        by=event.origin.coder,
        rule=best.rule or None,
        cue=cue(best, document),
        construction=CONSTRUCTIONS.get(best.match.clause.construction, best.match.clause.construction),
        modality_why=_modality(event, best, lexicon),
        sides=tuple(_sides(event, best)),
        confidence=event.confidence,
        parts=parts,
        alternatives=tuple(_alternatives(best, lexicon)),
        restated=len(event.evidence) - 1,
        gaps=tuple(gaps),
    )


def cue(best: Candidate, document: Document) -> Evidence:
    """The word that made a possible event one, as words of the document."""
    tree, base = best.page.tree, best.page.paragraph.start
    at = best.match.clause.trigger
    return document.quote(base + tree.idx[at], base + tree.end[at])


def _modality(event: Event, best: Candidate, lexicon: Lexicon) -> str:
    tree, verb = best.page.tree, best.match.clause.verb
    reading = modality.read(tree, verb, lexicon.governors, heading=best.page.paragraph.heading)
    told = [
        reading.why or "nothing in the clause makes it less than done",
        *([f"modal “{reading.modal}”"] if reading.modal else []),
        *(["negated"] if reading.negated else []),
        *(["ended"] if reading.ended else []),
    ]
    if reading.modality != event.modality:
        told.append(f"then {event.modality} by its date, its noun or its frame")
    return ", ".join(told)


def _sides(event: Event, best: Candidate) -> Iterable[Side]:
    named = {_HOW[name][0]: _HOW[name][1] for name in best.factors if name in _HOW}
    both = "guessed from what the document is about" if _BOTH & set(best.factors) else None
    for side, actors in (("actor", event.actors), ("recipient", event.recipients)):
        how = named.get(side) or both or "named in the clause"
        for actor in actors:
            yield Side(side=side, code=actor.code, name=actor.person or actor.name, how=how)


def _parts(event: Event, best: Candidate, seen: Annotations, lexicon: Lexicon) -> Iterable[Part]:
    construction = best.match.clause.construction
    base = lexicon.constructions.get(construction, lexicon.constructions["none"])
    yield Part(name=construction, value=base, meaning=CONSTRUCTIONS.get(construction, "how the clause is built"))
    if best.frame.weight != 1.0:
        yield Part(name="frame", value=math.sqrt(best.frame.weight), meaning=f"how far “{best.frame.name}” is trusted")
    at = best.page.paragraph.start + best.page.tree.idx[best.match.clause.trigger]
    quoted = any(quotation.start <= at < quotation.end for quotation in seen.quotations)
    told = [*best.factors, *(["quoted"] if quoted else []), *(["restated"] if len(event.evidence) > 1 else [])]
    for name in told:
        yield Part(name=name, value=lexicon.factors[name], meaning=name.replace("_", " "))


def _alternatives(best: Candidate, lexicon: Lexicon) -> Iterable[Alternative]:
    """The other frames that the same word may carry, which did not fit here."""
    lemma = best.page.tree.lemma[best.match.clause.trigger]
    choices = lexicon.nouns.get(lemma, ()) if best.match.noun else lexicon.verbs.get(lemma, ())
    for frame in dict.fromkeys(frame for _, frame in choices):
        if frame.name != best.frame.name:
            yield Alternative(type=frame.type, rule=frame.name)
