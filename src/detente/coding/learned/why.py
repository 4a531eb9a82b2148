"""Why the encoder coded an event: the word, the likeliest other types, where the parties were found."""

from __future__ import annotations

from collections.abc import Iterable

from detente.codebook import Codebook
from detente.coding.events.why import CONSTRUCTIONS, cue, made
from detente.coding.learned.code import NOBODY, EventModel, View, in_sentence, views
from detente.model import Alternative, Annotations, Document, Event, Explanation, Part, Side


def explain(
    event: Event, document: Document, seen: Annotations, book: Codebook, model: EventModel
) -> Explanation | None:
    """Why an event that the encoder found is what it is; None where it does not find it in these words.

    Args:
        event: The event.
        document: Its document, prepared.
        seen: The document's annotations.
        book: The codebook it was coded with.
        model: The model it was coded with.
    """
    before = NOBODY
    for view in views(seen, book, model)[1]:
        ready, before = in_sentence(view, model, before)
        best = next((candidate for candidate in ready if candidate.score is not None and made(event, candidate)), None)
        if best is None:
            continue
        construction = best.match.clause.construction
        return Explanation(
            event_id=event.id,
            by=event.origin.model or event.origin.coder,
            rule=event.origin.rule,
            cue=cue(best, document),
            construction=CONSTRUCTIONS.get(construction, construction),
            modality_why="the likeliest of the six by the encoder"
            if event.modality == best.modality
            else f"{best.modality} by the encoder, then {event.modality} by its date",
            sides=tuple(_sides(event, view)),
            confidence=event.confidence,
            parts=(Part(name="calibrated", value=event.confidence, meaning="the share of such scores that are right"),),
            alternatives=tuple(Alternative(type=kind, score=score) for kind, score in best.alternatives),
            restated=len(event.evidence) - 1,
        )
    return None


def _sides(event: Event, view: View) -> Iterable[Side]:
    named = {party.actor.code for party in view.sight.parties if party.spots}
    for side, actors in (("actor", event.actors), ("recipient", event.recipients)):
        for actor in actors:
            how = (
                "named in the sentence" if actor.code in named else "not named in the sentence, known from the document"
            )
            yield Side(side=side, code=actor.code, name=actor.person or actor.name, how=how)
