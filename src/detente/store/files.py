"""Files that are there whole or not at all, whatever is killed or fails."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.store.trouble import guarded

_PART = re.compile(r"\..*\.(?P<host>[\w-]+)\.(?P<pid>\d+)\.[0-9a-f]{8}\.part$")


def host() -> str:
    """This machine's name, as it stands in the names of unfinished files."""
    return re.sub(r"[^\w-]", "-", socket.gethostname())


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A path to write to; it becomes `target`, synced to the disk, when the block ends without an error.

    Args:
        target: Where the file shall be; its folder is made if it is missing, a file there is replaced.

    Raises:
        ArchiveError: if it cannot be written; `target` is then as it was.
    """
    with guarded(str(target)):
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.{host()}.{os.getpid()}.{uuid.uuid4().hex[:8]}.part")
        try:
            yield part
            _sync(part)
            part.replace(target)
            _sync(target.parent)
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def sweep_parts(folder: Path) -> int:
    """Delete what killed processes of this machine left unfinished below a folder: the number of files."""
    gone = 0
    for path in folder.rglob(".*.part"):
        named = _PART.match(path.name)
        if named and named["host"] == host() and not _alive(int(named["pid"])):
            with contextlib.suppress(OSError):
                path.unlink()
                gone += 1
    return gone


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
