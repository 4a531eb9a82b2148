"""`detente demo`: the main job on the bundled dispatches."""

from __future__ import annotations

import shutil
import tempfile
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from detente.app.cli.common import note


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command()(demo)


def demo(
    keep: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Keep the archive there instead of throwing it away.")
    ] = None,
) -> int:
    """Read the bundled dispatches on Japan and China, 2006 to 2026, and print the brief.

    Example: detente demo --keep demo-relations
    """
    from detente.app.cli.add import add
    from detente.app.cli.brief import brief

    folder = Path(str(resources.files("detente") / "data" / "demo"))
    dispatches = sorted(str(path) for path in folder.glob("*.txt"))
    place = str(keep) if keep else tempfile.mkdtemp(prefix="detente-demo-")
    note(f"reading {len(dispatches)} dispatches, written for this project, into {place}")
    try:
        status = add(dispatches, archive=place)
        brief(["JPN", "CHN"], archive=place)
    finally:
        if keep is None:
            shutil.rmtree(place, ignore_errors=True)
    if keep:
        note(f"the archive is kept: detente matters JPN CHN --archive {keep}")
    return status
