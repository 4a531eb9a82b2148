"""The server as its own process, for benchmarks and pictures."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(archive: Path, cache: Path) -> Iterator[tuple[str, int]]:
    """The address of a server on an archive, and its process; it ends with the block.

    Args:
        archive: What is served.
        cache: Where it may keep its index of words.
    """
    command = [sys.executable, "-m", "detente", "serve", "--port", "0", "--archive", str(archive)]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, "XDG_CACHE_HOME": str(cache)}
    ) as server:
        try:
            assert server.stderr is not None
            found = re.search(r"http://127\.0\.0\.1:\d+", server.stderr.readline())
            assert found
            yield found.group(0), server.pid
        finally:
            server.terminate()
