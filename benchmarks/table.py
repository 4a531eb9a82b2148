"""The rows that benchmarks print, and the machine they were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("detente", "spacy", "duckdb", "deltalake", "ray")


@dataclass(frozen=True)
class Row:
    """One figure: what was measured, the figure with its unit, its ratio to something else, and what is asked."""

    what: str
    figure: str
    ratio: str = ""
    asked: str = ""


def machine() -> str:
    """The machine, its load, and the versions that count."""
    found = []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except ModuleNotFoundError:
            continue
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; "
        f"Python {platform.python_version()}, {', '.join(found)}"
    )


def forget_peak() -> None:
    """Let the peak of this process's memory begin anew (Linux)."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def peak() -> float:
    """The most memory that this process has held since the peak was forgotten, MB."""
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1000


def show(rows: Iterable[Row]) -> None:
    """Prints a table as Markdown, each row when it is known."""
    print(f"{machine()}\n\n| what | figure | ratio | asked |\n|---|---|---|---|", flush=True)
    for row in rows:
        print(f"| {row.what} | {row.figure} | {row.ratio} | {row.asked} |", flush=True)
