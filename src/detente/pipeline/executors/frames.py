"""How two processes of ours speak over a pipe: pickled values, each with its length before it."""

from __future__ import annotations

import os
import pickle
import select
import struct
import time
from typing import Any, BinaryIO

_HEAD = struct.Struct(">Q")


def send(pipe: BinaryIO, value: Any) -> None:
    """Write a value.

    Raises:
        OSError: if nobody reads any more.
    """
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_HEAD.pack(len(body)))
    pipe.write(body)
    pipe.flush()


def receive(descriptor: int, deadline: float | None = None) -> Any:
    """Read a value.

    Args:
        descriptor: A pipe's file descriptor.
        deadline: The moment, by `time.monotonic`, until which to wait; None waits on.

    Raises:
        EOFError: if the other side has gone.
        TimeoutError: at the deadline.
    """
    (length,) = _HEAD.unpack(_exactly(descriptor, _HEAD.size, deadline))
    return pickle.loads(_exactly(descriptor, length, deadline))


def _exactly(descriptor: int, size: int, deadline: float | None) -> bytes:
    pieces = []
    while size:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0 or not _readable(descriptor, left):
                raise TimeoutError
        piece = os.read(descriptor, min(size, 1 << 20))
        if not piece:
            raise EOFError
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _readable(descriptor: int, seconds: float) -> bool:
    # poll, not select: descriptors above 1,023 are common in a server.
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    return bool(waiting.poll(max(1, int(seconds * 1000))))
