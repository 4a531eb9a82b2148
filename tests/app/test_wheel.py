"""The built wheel, installed elsewhere with nothing but the core's dependencies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.conftest import DEMO

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment with the wheel and the locked core dependencies."""
    place = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), str(ROOT))
    (wheel,) = place.glob("detente-*.whl")
    _run(sys.executable, "-m", "venv", str(place / "venv"))
    pip = (str(place / "venv" / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    _run(*pip, "--require-hashes", "-r", str(ROOT / "requirements" / "core.lock"))
    _run(*pip, "--no-deps", str(wheel))
    return place / "venv" / "bin"


def _run(*command: str, cwd: Path | None = None, ok: bool = True) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "DETENTE_ARCHIVE")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=env)
    assert not ok or done.returncode == 0, done.stderr[-2000:]
    return done


def test_the_main_job_runs_from_the_wheel(core: Path, tmp_path: Path) -> None:
    detente = str(core / "detente")
    _run(detente, "add", str(next(DEMO.glob("48-*.txt"))), str(next(DEMO.glob("51-*.txt"))), cwd=tmp_path)
    brief = _run(detente, "brief", "JPN", "CHN", cwd=tmp_path).stdout
    assert "seafood" in brief
    assert "## Citations" in brief
    _run(detente, "export", "out", cwd=tmp_path)
    assert (tmp_path / "out" / "datapackage.json").exists()
    assert _run(detente, "ref", "types", "--format", "table", cwd=tmp_path).stdout.count("\n") >= 16
    assert len(_run(detente, "doctor", "--format", "json", cwd=tmp_path).stdout) > 100


def test_without_its_extra_a_command_says_which_it_needs(core: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><body><p>Words.</p></body></html>")
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4 nothing")
    for inputs, extra in ((("page.html",), "html"), (("paper.pdf",), "pdf")):  # tokenizers brings an HTTP client
        done = _run(str(core / "detente"), "add", *inputs, cwd=tmp_path, ok=False)
        assert done.returncode == 1
        assert f"pip install 'detente[{extra}]'" in done.stderr
        assert "Traceback" not in done.stderr


def test_the_server_and_the_tools_say_which_extra_they_need(core: Path, tmp_path: Path) -> None:
    for command in ("serve", "mcp"):
        done = _run(str(core / "detente"), command, "--check", cwd=tmp_path, ok=False)
        assert done.returncode == 1
        assert f"pip install 'detente[{command}]'" in done.stderr
        assert "Traceback" not in done.stderr
