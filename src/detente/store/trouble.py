"""What storage libraries raise, turned into `ArchiveError`: one line that says what, where and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from detente.errors import ArchiveError, DetenteError

_MENDS: tuple[tuple[str, str, str], ...] = (
    (
        r"No space left|os error 28|File too large|os error 27|disk quota|os error 122",
        "the disk is full",
        "free some space and run the command again; what was accepted is safe",
    ),
    (
        r"Permission denied|os error 13|Read-only file system|os error 30|Operation not permitted",
        "the folder cannot be written or read",
        "check its permissions, or name another folder",
    ),
    (r"Not a directory|os error 20|File exists|os error 17", "a file is in the way", "name a folder"),
    (
        r"No files? found|No such file|not found|os error 2\b",
        "a file that the archive lists is gone",
        "`detente doctor` names it; restore the folder from a copy",
    ),
    (
        r"(?<!\.)parquet\b(?! file \()|magic bytes|thrift|too small to be|footer|corrupt",
        "a Parquet file is damaged",
        "`detente doctor` names it; restore that file from a copy",
    ),
    (
        r"_delta_log|log segment|protocol|metadata|checkpoint",
        "the table's log is damaged",
        "`detente doctor` says more; restore the folder from a copy",
    ),
)
_LIBRARIES = ("deltalake", "_internal", "duckdb", "_duckdb")


def translate(error: Exception, where: str) -> ArchiveError:
    """The `ArchiveError` for what a storage library raised; its first line is kept as detail."""
    detail = " ".join(str(error).split())
    for pattern, what, mend in _MENDS:
        if re.search(pattern, detail, re.IGNORECASE):
            return ArchiveError(f"{what}: {detail[:160]}", where=where, mend=mend)
    return ArchiveError(f"could not be read or written: {detail[:200]}", where=where, mend="`detente doctor` says more")


@contextmanager
def guarded(where: str) -> Iterator[None]:
    """Turn what storage libraries and the operating system raise inside into `ArchiveError`."""
    try:
        yield
    except DetenteError:
        raise
    except OSError as error:
        raise translate(error, where) from error
    except Exception as error:
        # deltalake raises bare `Exception` for what Arrow refuses.
        if type(error) is Exception or type(error).__module__.partition(".")[0] in _LIBRARIES:
            raise translate(error, where) from error
        raise
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise translate(RuntimeError(str(error)), where) from error
        raise
