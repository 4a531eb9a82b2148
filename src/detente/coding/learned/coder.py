"""The encoder as a coder: its events, and the other layers by rules."""

from __future__ import annotations

import msgspec

from detente.codebook import Codebook
from detente.coding.learned.code import code_events
from detente.coding.learned.load import event_model
from detente.coding.rules import RuleCoder
from detente.model import Annotations, Coding, Document


class EncoderCoder:
    """Codes events by the encoder that was trained on the bank; statements, figures and drivers by rules.

    Args:
        book: The codebook.
        model: The model's name, a folder of `data/models`.
        alone: Whether the encoder works without what the rules find.

    Raises:
        UsageError: where the model is not there.
        EngineError: where onnxruntime or tokenizers is not installed.
    """

    def __init__(self, book: Codebook, model: str = "events", *, alone: bool = False) -> None:
        self.book = book
        self.model = event_model(model, alone=alone)
        self.name, self.version = self.model.origin.coder, self.model.origin.version
        self.rest = RuleCoder(book)

    def code(self, document: Document, seen: Annotations, /) -> Coding:
        """All findings in an annotated document."""
        events = code_events(document, seen, self.book, self.model)
        return msgspec.structs.replace(self.rest.code(document, seen, events=False), events=events)
