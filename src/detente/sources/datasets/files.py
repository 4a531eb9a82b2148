"""Where a dataset's rows are: files as they are, gzipped or zipped, and folders of these."""

from __future__ import annotations

import gzip
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import BinaryIO

from detente.codebook.datasets import Layout
from detente.errors import SourceError
from detente.model import Record

PACKED = (".zip", ".gz")


class File(Record, frozen=True, kw_only=True):
    """A file of a dataset: its path, and its name in a zip archive where it is in one."""

    path: Path
    member: str | None = None

    @property
    def name(self) -> str:
        """What to call it: the file's name, and the member's where a zip archive holds several."""
        return f"{self.path.name}/{self.member}" if self.member else self.path.name


def find(locations: Iterable[str | Path], layout: Layout) -> Iterator[File]:
    """All files of a dataset at some locations, in a fixed order.

    Args:
        locations: Files, taken whatever they are called, and folders, of which only files named like the dataset's.
        layout: The dataset.

    Raises:
        SourceError: where a location is not there, cannot be read, or a folder holds nothing of the dataset.
    """
    for location in locations:
        path = Path(location)
        if path.is_dir():
            found = [file for file in sorted(path.rglob("*")) if file.is_file() and _wanted(file, path, layout)]
            if not found:
                raise SourceError(
                    f"holds no file named like one of {layout.name}",
                    where=str(path),
                    mend=f"these are {' '.join(layout.files)} with {' '.join(layout.suffixes)}, or zipped or gzipped",
                )
            for file in found:
                yield from _members(file)
        elif path.exists():
            yield from _members(path)
        else:
            raise SourceError("is not there", where=str(location), mend="check the path")


def _wanted(file: Path, root: Path, layout: Layout) -> bool:
    name = file.name.lower()
    if any(part.startswith(".") for part in file.relative_to(root).parts):
        return False
    bare = name
    for packed in PACKED:
        bare = bare.removesuffix(packed)
    named = any(fnmatch(name, pattern.lower()) for pattern in layout.files)
    # A zip archive is often named without the suffix of what it holds.
    return named and (bare.endswith(layout.suffixes) or (name.endswith(".zip") and "." not in bare))


def _members(path: Path) -> Iterator[File]:
    if path.suffix.lower() != ".zip":
        yield File(path=path)
        return
    try:
        with _read(path), zipfile.ZipFile(path) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir() and not _hidden(info.filename)]
    except SourceError:
        yield File(path=path)  # the trouble is told when it is opened, and other files are read
        return
    for name in names:
        yield File(path=path, member=name)


def _hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


@contextmanager
def opened(file: File) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked as they are read; nothing is written to disk.

    Raises:
        SourceError: where it cannot be read, also while it is read: damaged, cut short, encrypted.
    """
    with _read(file.path):
        if file.member is not None:
            with zipfile.ZipFile(file.path) as archive, archive.open(file.member) as stream:
                yield stream  # type: ignore[misc]
        elif file.path.suffix.lower() == ".zip":
            zipfile.ZipFile(file.path).close()
            raise SourceError("is a zip archive without files", where=str(file.path), mend="fetch it again")
        elif file.path.suffix.lower() == ".gz":
            with gzip.open(file.path) as stream:
                yield stream  # type: ignore[misc]
        else:
            with file.path.open("rb") as stream:
                yield stream


@contextmanager
def unpacked(file: File) -> Iterator[Path]:
    """A path under which a file lies as itself: a member of a zip archive is copied out for as long as it is read.

    Raises:
        SourceError: where it cannot be read.
    """
    if file.member is None:
        yield file.path
        return
    with tempfile.TemporaryDirectory(prefix="detente-import-") as folder:
        path = Path(folder) / Path(file.member).name
        with opened(file) as stream, path.open("wb") as copy:
            shutil.copyfileobj(stream, copy)
        yield path


@contextmanager
def _read(path: Path) -> Iterator[None]:
    try:
        yield
    except (EOFError, zipfile.BadZipFile, gzip.BadGzipFile, zlib.error) as error:
        raise SourceError(
            f"is damaged or cut short: {error}", where=str(path), mend="fetch it again; what was imported is kept"
        ) from None
    except (RuntimeError, NotImplementedError) as error:
        if "password" in str(error) or isinstance(error, NotImplementedError):
            raise SourceError(
                f"cannot be unpacked: {error}", where=str(path), mend="unpack it and name what it holds"
            ) from None
        raise
    except OSError as error:
        raise SourceError(
            f"cannot be read: {error.strerror or error}", where=str(path), mend="check its permissions"
        ) from None
