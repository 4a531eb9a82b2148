from __future__ import annotations

import os
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

DEMO = Path(str(resources.files("detente") / "data" / "demo"))
SOME = ("08", "21", "31", "36", "46", "48", "49", "51", "57")


def detente(
    *arguments: str, archive: Path | None = None, cwd: Path | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    """Runs the command as a user does, in a process of its own."""
    settings = {**os.environ, "COLUMNS": "120", **env}
    if archive is not None:
        settings["DETENTE_ARCHIVE"] = str(archive)
    return subprocess.run(
        [sys.executable, "-m", "detente", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=settings,
    )


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of some demonstration dispatches."""
    place = tmp_path_factory.mktemp("cli") / "relations"
    files = [str(path) for path in sorted(DEMO.glob("*.txt")) if path.name.startswith(SOME)]
    done = detente("add", *files, archive=place)
    assert done.returncode == 0, done.stderr
    return place
