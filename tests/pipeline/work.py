"""Work for the tests of executors and bulk coding. Named as `tests.pipeline.work:…`, so that any process can make it."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from detente.errors import SourceError
from detente.model import Actor, Coding, Document, Event, Interval, Issue, Origin, Publication, content_id, issue


def make_square(folder: str) -> Callable[[int], int]:
    """Squares; some numbers are deadly: 3 once, 13 always, 17 raises, 19 is refused."""

    def square(number: int) -> int:
        Path(folder, f"{os.getpid()}.worker").touch()
        once = Path(folder, "once")
        if number == 13 or (number == 3 and not once.exists()):
            once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if number == 17:
            raise ZeroDivisionError("seventeen")
        if number == 19:
            raise SourceError("nineteen", where="here", mend="leave it out")
        return number * number

    return square


def make_refusing() -> Callable[[int], int]:
    """What cannot be made."""
    raise SourceError("no model", mend="install it")


def make_coder(pids: str | None = None, delay: float = 0.0) -> Callable[[Document], Coding | Issue]:
    """A coder without a language model, with one event a document; some words do what bad documents do.

    It notes its process and the worker's in the folder `pids`, and takes `delay` seconds for a document.
    """
    if pids is not None:
        Path(pids, f"{os.getppid()}.worker").touch()
        Path(pids, f"{os.getpid()}.coder").touch()

    def code(document: Document) -> Coding | Issue:
        time.sleep(delay)
        if "SEGFAULT" in document.text:
            ctypes.string_at(0)
        if "ENDLESS" in document.text:
            while True:
                pass
        if "HUNGRY" in document.text:
            return Coding(document=Document(id="x", text="x" * 4_000_000_000))
        if "BREAKS" in document.text:
            raise ZeroDivisionError("a document that breaks the coder")
        if "FRENCH" in document.text:
            return issue("language", document.name, "is in another language than English", document_id=document.id)
        year = 1980 + len(document.text) % 5
        day = date(year, 1, 15)
        known = Publication(interval=Interval(start=day, end=day), known="given") if year % 5 else None
        event = Event(
            id=content_id("event", document.id),
            document_id=document.id,
            type="CONSULT",
            quad="verbal cooperation",
            intensity=1.0,
            origin=Origin(coder="test", version="1"),
            confidence=0.5,
            evidence=(document.quote(0, min(5, len(document.text))),),
            actors=(Actor(code="JPN", country="JPN", name="Japan", sector="GOV"),),
        )
        return Coding(
            document=Document(id=document.id, text=document.text, path=document.path, published=known), events=(event,)
        )

    return code
