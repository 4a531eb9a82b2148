"""One item after another, in this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from detente.errors import DetenteError
from detente.pipeline.executors.work import Outcome, Work, close, described


class Inline:
    """Runs work where it is called."""

    workers = 1

    def map(self, work: Work, items: Iterable[Any]) -> Iterator[Outcome]:
        """Outcomes, in the order of `items`.

        Raises:
            DetenteError: what the work raised on purpose; nothing more is done then.
        """
        function = work.start()
        try:
            for item in items:
                try:
                    yield Outcome(item=item, result=function(item))
                except DetenteError:
                    raise
                except Exception as error:
                    yield Outcome(item=item, lost=described(error))
        finally:
            close(function)
