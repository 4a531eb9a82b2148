"""The rules coder: one function for each layer, composed."""

from __future__ import annotations

from detente.codebook import Codebook
from detente.coding.drivers import code_drivers
from detente.coding.events import code_events
from detente.coding.figures import code_figures
from detente.coding.statements import code_statements
from detente.model import Annotations, Coding, Document


class RuleCoder:
    """Codes by lexicon and grammar alone; needs no model."""

    name = "rules"
    version = "1"

    def __init__(self, book: Codebook) -> None:
        self.book = book

    def code(self, document: Document, seen: Annotations, /, *, events: bool = True) -> Coding:
        """All findings in an annotated document; without its events where another coder finds them."""
        statements = code_statements(document, seen, self.book)
        return Coding(
            document=document,
            events=code_events(document, seen, self.book) if events else (),
            figures=code_figures(document, seen, self.book),
            statements=statements,
            drivers=code_drivers(document, seen, self.book, statements),
        )
