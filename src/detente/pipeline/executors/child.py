"""The other side of a `Cell`: the process that does the work. Started as `python -m detente.pipeline.executors.child`.

It ends by itself when the process that started it is gone, also in the midst of an item.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import queue
import resource
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from detente.errors import DetenteError
from detente.pipeline.executors.frames import receive, send
from detente.pipeline.executors.work import Work, described, told

GRACE = 30.0
"""So many seconds over its budget the process ends itself, should nobody be left to end it."""


def main() -> None:
    """Does items one after another until there are none."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one is asked, and decides
    incoming, outgoing = os.dup(0), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(2, 1)  # what a library prints is not taken for an answer
    work, seconds, megabytes = receive(incoming)
    items: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(incoming, items), daemon=True).start()
    try:
        with contextlib.suppress(OSError):  # nobody listens any more
            _serve(work, items, outgoing, (seconds, megabytes))
    finally:
        outgoing.close()


def _listen(incoming: int, items: queue.SimpleQueue[Any]) -> None:
    try:
        while True:
            items.put(receive(incoming))
    except (EOFError, OSError):
        os._exit(0)


def _serve(work: Work, items: queue.SimpleQueue[Any], outgoing: Any, budget: tuple[float | None, int | None]) -> None:
    try:
        function = work.start()
    except DetenteError as error:
        send(outgoing, ("refused", told(error)))
        return
    except Exception as error:
        send(outgoing, ("failed", described(error)))
        return
    send(outgoing, ("ready", None))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # nobody listens to complaints any more
    os.dup2(2, 1)
    seconds, megabytes = budget
    with Path(os.devnull).open("w") as nowhere:
        while True:
            item = items.get()
            if seconds is not None:
                faulthandler.dump_traceback_later(seconds + GRACE, exit=True, file=nowhere)
            reply = _done(function, item, megabytes)
            faulthandler.cancel_dump_traceback_later()
            send(outgoing, reply)
            if reply[0] == "memory":
                return  # what was half made when memory ran out is not to be trusted


def _done(function: Any, item: Any, megabytes: int | None) -> tuple[str, Any]:
    if megabytes is not None:
        _limit(_in_use() + megabytes * 1_000_000)
    try:
        return "done", function(item)
    except MemoryError:
        return "memory", None
    except DetenteError as error:
        return "refused", told(error)
    except Exception as error:
        return "failed", described(error)
    finally:
        if megabytes is not None:
            _limit(resource.RLIM_INFINITY)


def _limit(size: int) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    soft = size if most == resource.RLIM_INFINITY else most if size == resource.RLIM_INFINITY else min(size, most)
    with contextlib.suppress(ValueError, OSError):  # some systems know no such limit
        resource.setrlimit(resource.RLIMIT_AS, (soft, most))


def _in_use() -> int:
    """Bytes of address space in use; where the system does not say, the most that was ever resident."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text("ascii").split()[0]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
