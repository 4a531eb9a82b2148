"""A pool of processes on this machine. A worker that is killed is replaced, and its item done again."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterable, Iterator
from typing import Any

from detente.pipeline.executors.cell import Cell, Died
from detente.pipeline.executors.work import ATTEMPTS, Outcome, Work


class Local:
    """Runs work in processes beside this one, each looked after by a thread.

    Args:
        workers: How many; as many as this process may use processors if None.
    """

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or len(os.sched_getaffinity(0))

    def map(self, work: Work, items: Iterable[Any]) -> Iterator[Outcome]:
        """Outcomes, as they come. Items are taken only as workers are free.

        Raises:
            DetenteError: what the work raised on purpose; nothing more is done then.
        """
        pool = _Pool(work, iter(items), self.workers)
        try:
            yield from pool.outcomes()
        finally:
            pool.stop()


class _Pool:
    def __init__(self, work: Work, items: Iterator[Any], workers: int) -> None:
        self._items, self._lock, self._stopped = items, threading.Lock(), False
        self._found: queue.SimpleQueue[Outcome | BaseException | None] = queue.SimpleQueue()
        self._cells = [Cell(work) for _ in range(workers)]
        self._threads = [threading.Thread(target=self._look_after, args=(cell,), daemon=True) for cell in self._cells]

    def outcomes(self) -> Iterator[Outcome]:
        """Outcomes as they come; raises what stopped a worker."""
        for thread in self._threads:
            thread.start()
        left = len(self._threads)
        while left:
            found = self._found.get()
            if isinstance(found, BaseException):
                raise found
            if found is None:
                left -= 1
            else:
                yield found

    def stop(self) -> None:
        """End all workers, also those at work."""
        self._stopped = True
        for cell in self._cells:
            cell.close()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    def _look_after(self, cell: Cell) -> None:
        try:
            while not self._stopped:
                with self._lock:
                    item = next(self._items, self)
                if item is self:
                    break
                self._found.put(self._tried(cell, item))
        except BaseException as error:  # handed to the thread that asked
            self._found.put(error)
        else:
            self._found.put(None)

    def _tried(self, cell: Cell, item: Any) -> Outcome:
        for turn in range(1, ATTEMPTS + 1):
            try:
                return Outcome(item=item, result=cell(item))
            except Died as death:
                if death.how == "failed" or turn == ATTEMPTS or self._stopped:
                    return Outcome(item=item, lost=death.why)
        raise AssertionError("an item is done or lost")
