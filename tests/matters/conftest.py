from __future__ import annotations

from collections.abc import Callable

import pytest

from detente.codebook import Codebook
from detente.matters import find_matters
from detente.model import Coding, Document, Issue, Matter, document_id
from detente.text.annotate import annotate, prepare

Finder = Callable[..., tuple[tuple[Matter, ...], tuple[Issue, ...]]]


@pytest.fixture(scope="session")
def book() -> Codebook:
    return Codebook.load()


@pytest.fixture(scope="session")
def find(book: Codebook) -> Finder:
    def run(text: str, name: str = "a.txt") -> tuple[tuple[Matter, ...], tuple[Issue, ...]]:
        document, seen = annotate(prepare(Document(id=document_id(text, name), text=text, path=name), book), book)
        return find_matters(Coding(document=document), seen, book)

    return run
