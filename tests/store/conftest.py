from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from detente.model import Coding
from detente.store import Archive

SAMPLES = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("samples.py"))))


@pytest.fixture
def coding() -> Callable[[int], Coding]:
    return SAMPLES.coding


@pytest.fixture
def samples() -> SimpleNamespace:
    return SAMPLES


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.open(tmp_path / "my relations é", create=True)


@pytest.fixture
def filled(archive: Archive, coding: Callable[[int], Coding]) -> Archive:
    archive.append([coding(number) for number in range(3)], run="run-1")
    return archive


@pytest.fixture
def files() -> Callable[[Archive], dict[str, int]]:
    """Counts every file under an archive, by table: the log's and the data's."""

    def count(archive: Archive) -> dict[str, int]:
        root = Path(archive.location)
        return {table.name: sum(1 for path in table.rglob("*") if path.is_file()) for table in root.iterdir()}

    return count
