"""Coding in a process of its own: a document that crashes or stalls it is set aside, and nothing else is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from detente.codebook import Codebook
from detente.model import Coding, Document, Issue, Record, issue
from detente.pipeline.executors import Cell, Died, Work
from detente.pipeline.process import Process, coded

STAGE = "quarantine"
"""The stage that issues of documents set aside name."""


class Budget(Record, frozen=True, kw_only=True):
    """What one document may cost. After `recycle` documents the coder starts anew, since spaCy keeps every word."""

    seconds: float = 120.0
    megabytes: int = 2000
    recycle: int | None = 5000


def make_coder(coder: str, codebook: str | None) -> Callable[[Document], Coding | Issue]:
    """What codes documents in a cell; the language model is loaded here, before any document's time runs."""
    from detente.text.parse import pipeline

    process = Process(Codebook.load(codebook), coder)
    pipeline()
    return lambda document: coded(document, process, catch_memory=False)


def coding_work(coder: str, codebook: Path | None) -> Work:
    """The work of coding documents.

    Args:
        coder: The coder's name.
        codebook: Its folder; the package's own if None.
    """
    return Work(
        make="detente.pipeline.bulk.coder:make_coder",
        arguments={"coder": coder, "codebook": None if codebook is None else str(codebook)},
    )


class GuardedCoder:
    """Codes documents one after another, each within a budget.

    Args:
        work: What codes a document.
        budget: The budget.
    """

    def __init__(self, work: Work, budget: Budget) -> None:
        self._cell = Cell(
            work,
            seconds=budget.seconds,
            megabytes=budget.megabytes,
            recycle=budget.recycle,
        )

    def __call__(self, document: Document) -> Coding | Issue:
        """The coding of a document, or the issue that keeps it from being coded.

        A document whose process dies is tried once more, because something else may have killed it.
        """
        try:
            try:
                found = self._cell(document)
            except Died as death:
                if death.how != "crashed":
                    raise
                found = self._cell(document)
        except Died as death:
            return _set_aside(document, death)
        assert isinstance(found, Coding | Issue)
        return found

    def close(self) -> None:
        """End the process."""
        self._cell.close()


_MENDS = {
    "crashed": "please report it with the document",
    "failed": "please report it with the document",
    "stalled": "split it, or give it more time with --seconds",
    "memory": "split it, or give it more memory with --memory",
}


def _set_aside(document: Document, death: Died) -> Issue:
    what = f"crashes the coder: {death.why}" if death.how == "crashed" else death.why
    return issue(STAGE, document.name, f"was set aside: {what}", mend=_MENDS[death.how], document_id=document.id)
