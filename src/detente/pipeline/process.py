"""The way of one document through the stages: clean, date, annotate, code, find matters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import msgspec

from detente.codebook import Codebook
from detente.coding import DEFAULT
from detente.coding.learned.coder import EncoderCoder
from detente.coding.rules import RuleCoder
from detente.errors import UsageError
from detente.matters import find_matters
from detente.model import Coder, Coding, Document, Issue, issue
from detente.text.annotate import annotate, prepare

CODERS: dict[str, Callable[[Codebook], Coder]] = {
    "encoder": EncoderCoder,
    "rules": RuleCoder,
    "encoder-alone": partial(EncoderCoder, alone=True),
    "large": partial(EncoderCoder, model="events-large"),
}
"""The coders there are, by name: the encoder with the rules, either alone, and a larger encoder built locally."""

LANGUAGES = ("en", None)
"""What is coded: English, and what is too short to tell."""


def coder_named(name: str) -> Callable[[Codebook], Coder]:
    """What makes the coder of that name.

    Raises:
        UsageError: where there is none.
    """
    if name not in CODERS:
        raise UsageError(f"no coder is called {name!r}", mend=f"these are: {', '.join(CODERS)}")
    return CODERS[name]


class Process:
    """Codes documents one after another; pure for a given codebook and coder.

    Args:
        book: The codebook.
        coder: A name in `CODERS`.

    Raises:
        UsageError: where there is no coder of that name.
    """

    def __init__(self, book: Codebook, coder: str = DEFAULT) -> None:
        self.book = book
        self.coder = coder_named(coder)(book)

    def __call__(self, document: Document) -> Coding | Issue:
        """The coding of a document, or the issue that keeps it from being coded."""
        ready = prepare(document, self.book)
        if not ready.article:
            return issue(
                "clean",
                document.name,
                "holds no article text, only page noise",
                mend="check how the page was saved",
                document_id=document.id,
            )
        if ready.language not in LANGUAGES:
            return issue(
                "language",
                document.name,
                f"is in another language than English ({ready.language})",
                mend="translate it, or leave it out",
                document_id=document.id,
            )
        ready, seen = annotate(ready, self.book)
        coding = self.coder.code(ready, seen)
        matters, issues = find_matters(coding, seen, self.book)
        return msgspec.structs.replace(coding, matters=matters, issues=(*coding.issues, *issues))


BREAKS = (RecursionError, ValueError, LookupError, TypeError, AttributeError)


def coded(document: Document, process: Process, *, catch_memory: bool = True) -> Coding | Issue:
    """The coding of a document; one that breaks a stage gives an issue.

    Args:
        document: What to code.
        process: What codes.
        catch_memory: Whether want of memory is such a break; else it is raised.
    """
    try:
        return process(document)
    except (*BREAKS, MemoryError) as error:
        if isinstance(error, MemoryError) and not catch_memory:
            raise
        return issue(
            "code",
            document.name,
            f"could not be coded: {type(error).__name__}: {error}",
            mend="please report it with the document",
            document_id=document.id,
        )


def code_all(items: Iterable[Document | Issue], process: Process) -> Iterator[Coding | Issue]:
    """Codings of documents in order; issues are handed on."""
    for item in items:
        yield item if isinstance(item, Issue) else coded(item, process)
