"""A process of its own in which one item at a time is worked on, so that what kills it kills nothing else."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, Any, Literal

from detente.errors import EngineError
from detente.pipeline.executors.frames import receive, send
from detente.pipeline.executors.work import Work, raised

STARTS = 3
"""How often a process is started that dies before it is ready."""

START_SECONDS = 600.0
"""The longest that loading what the work needs may take."""

How = Literal["crashed", "stalled", "memory", "failed"]


class Died(Exception):  # noqa: N818  never leaves the pipeline
    """The item was not done: its process died, ran over its budget, or met an exception nobody foresaw.

    Args:
        how: Which of these.
        why: In words; the same for the same cause.
    """

    def __init__(self, how: How, why: str) -> None:
        self.how, self.why = how, why
        super().__init__(why)


class Cell:
    """Runs work in a process of its own, which is started when first needed and again after each death.

    Args:
        work: What to do with each item.
        seconds: The longest an item may take; None for any time.
        megabytes: How much memory an item may take beyond what was in use before it; None for any. Held where the
            system knows limits of address space, as Linux does.
        recycle: After so many items a new process is started, so that no library's memory grows for ever; None never.
    """

    def __init__(
        self, work: Work, *, seconds: float | None = None, megabytes: int | None = None, recycle: int | None = None
    ) -> None:
        self._work, self._seconds, self._megabytes, self._recycle = work, seconds, megabytes, recycle
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0
        self._closed, self._starting = False, threading.Lock()

    def __call__(self, item: Any) -> Any:
        """The result for an item.

        Raises:
            Died: where there is none; the next call starts a new process.
            DetenteError: what the work raised on purpose.
        """
        if self._recycle is not None and self._done >= self._recycle:
            self._end()
        process = self._process or self._start()
        try:
            send(_pipe(process.stdin), item)
            kind, value = self._answer(process, self._seconds)
        except OSError:
            raise self._died(process) from None
        self._done += 1
        return self._judged(kind, value)

    def _judged(self, kind: str, value: Any) -> Any:
        if kind == "refused":
            raise raised(value)
        if kind == "memory":
            self._end()
            raise Died("memory", f"needs more than {self._megabytes:,} MB of memory")
        if kind == "failed":
            raise Died("failed", value)
        return value

    def _start(self) -> subprocess.Popen[bytes]:
        for turn in range(STARTS):
            try:
                return self._launch()
            except EngineError:  # something may have killed it; what fails for good does so each time
                if turn == STARTS - 1:
                    raise
        raise AssertionError("a process starts or does not")

    def _launch(self) -> subprocess.Popen[bytes]:
        environment = {
            "OMP_NUM_THREADS": "1",
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path),
        }
        with tempfile.TemporaryFile() as complaints:
            process = self._spawn(environment, complaints)
            self._done = 0
            try:
                send(_pipe(process.stdin), (self._work, self._seconds, self._megabytes))
                kind, value = self._answer(process, START_SECONDS)
            except (OSError, Died) as death:
                self._end()
                if self._closed:
                    raise Died("crashed", "was stopped") from None
                raise _unstarted(death, complaints) from None
        if kind == "refused":
            self._end()
            raise raised(value)
        if kind != "ready":
            self._end()
            raise _unstarted(Died("failed", str(value)), None)
        return process

    def _spawn(self, environment: dict[str, str], complaints: IO[bytes]) -> subprocess.Popen[bytes]:
        with self._starting:  # either the process is there when another thread closes the cell, or it is not started
            if self._closed:
                raise Died("crashed", "was stopped")
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "detente.pipeline.executors.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env=environment,
                start_new_session=True,
            )
            return self._process

    def _answer(self, process: subprocess.Popen[bytes], seconds: float | None) -> tuple[str, Any]:
        deadline = None if seconds is None else time.monotonic() + seconds
        try:
            kind, value = receive(_pipe(process.stdout).fileno(), deadline)
        except TimeoutError:
            self._end()
            raise Died("stalled", f"takes longer than {seconds:g} s") from None
        except EOFError:
            raise self._died(process) from None
        return kind, value

    def _died(self, process: subprocess.Popen[bytes]) -> Died:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        status = process.poll()
        self._end()
        if status is not None and status < 0:
            return Died("crashed", f"killed by {signal.Signals(-status).name}")
        return Died("crashed", f"ended with status {status}")

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    _pipe(pipe).close()

    def close(self) -> None:
        """End the process, for good."""
        with self._starting:
            self._closed = True
        self._end()


def _unstarted(death: Exception, complaints: IO[bytes] | None) -> EngineError:
    """That a process does not even start is no fault of the item: the run must stop, or all would be set aside."""
    said = b""
    if complaints is not None:
        complaints.seek(0)
        said = complaints.read().strip().rpartition(b"\n")[2][-300:]
    return EngineError(
        f"a worker does not start: {said.decode('utf-8', 'replace') or death}",
        mend="`detente doctor` looks at the installation; too little memory can be the cause, too",
    )


def _pipe(pipe: Any) -> Any:
    assert pipe is not None
    return pipe
