"""Why an event is on record: its document is read anew, and the rules tell what they see in its words."""

from __future__ import annotations

from detente import store
from detente.codebook import Codebook
from detente.coding.events.why import explain
from detente.coding.learned.load import event_model
from detente.coding.learned.why import explain as explain_learned
from detente.errors import DetenteError, UsageError
from detente.model import Annotations, Document, Event, Explanation
from detente.pipeline.process import CODERS
from detente.text.annotate import annotate, prepare


class Explaining(store.Archive):
    """An archive whose events explain themselves."""

    def why(self, event_id: str, *, book: Codebook | None = None) -> Explanation:
        """Why an event is what it is: rule or model, words, parties, modality, confidence, and what else it might be.

        Args:
            event_id: The event's id, or the beginning of it.
            book: The codebook; it must be the one the event was coded with for the same answer.

        Returns:
            The explanation; of an imported event, what its row says. Where the document coded anew does not give the
            event any more, `gaps` says so, and only what is on record is told.

        Raises:
            UsageError: if the id is that of something else than an event.
            ArchiveError: if there is no such record.
        """
        event = self.get(event_id)
        if not isinstance(event, Event):
            what = type(event).__name__.lower()
            raise UsageError(f"{event_id!r} is a {what}, not an event", mend=f"detente show {event_id}")
        if event.origin.coder not in CODERS:
            return _imported(event)
        own = book or Codebook.load()
        document = next(iter(self.documents(ids=[event.document_id])))
        ready, seen = annotate(prepare(document, own), own)
        found = explain(event, ready, seen, own)
        if found is None and event.origin.model:
            return _by_model(event, ready, seen, own)
        if found is not None:
            return found
        return _recorded(
            event,
            "the rules find no such event in these words now: it was coded with other rules, or with other cleaning",
        )


def _by_model(event: Event, ready: Document, seen: Annotations, book: Codebook) -> Explanation:
    told = event.origin.model or ""
    try:
        model = event_model(told.split()[0], alone=event.origin.coder == "encoder-alone")
    except DetenteError as error:
        return _recorded(event, f"the model {told} found it, and cannot be asked: {error}")
    if model.origin.model != told:
        return _recorded(event, f"the model {told} found it; here is {model.origin.model}")
    return explain_learned(event, ready, seen, book, model) or _recorded(
        event, f"the model {told} found it, but not in these words as they are read now"
    )


def _imported(event: Event) -> Explanation:
    what = f"imported from {event.origin.coder}; it was coded there, and its reasons are not in the row"
    return _recorded(event, what)


def _recorded(event: Event, gap: str) -> Explanation:
    return Explanation(
        event_id=event.id,
        by=event.origin.model or event.origin.coder,
        rule=event.origin.rule,
        cue=event.evidence[0],
        confidence=event.confidence,
        gaps=(gap,),
    )
