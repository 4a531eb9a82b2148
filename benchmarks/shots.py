"""Takes the pictures of the pages that docs/ and the README show, in both themes, of the demonstration archive.

    python -m benchmarks.shots docs/pictures [--archive PATH]

Needs Debian's Chromium. Without --archive the bundled dispatches are read first, which takes a minute.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

from benchmarks.serving import served

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")
SIZE = {"width": 1280, "height": 860}
TALL = {"dyad": 1240}
"""Pages whose main picture is taller than the rest."""


def pages(home: str) -> dict[str, str]:
    """The addresses of the pages by name: the relation, its matter with most steps, the newest event's document."""
    with urllib.request.urlopen(f"{home}/dyads/CHN-JPN.json") as answer:
        dyad = json.load(answer)
    with urllib.request.urlopen(f"{home}/dyads/CHN-JPN/matters.json?kind=measure") as answer:
        matters = json.load(answer)["items"]
    matter = max(matters, key=lambda one: (len(one["milestones"]), one["id"]))
    proof = next(event for event in dyad["events"] if event["type"] == "SANCTION")["evidence"][0]
    mark = f"#c{proof['start']}-{proof['end']}"
    return {
        "start": "/",
        "dyad": "/dyads/CHN-JPN",
        "matter": f"/matters/{matter['id']}",
        "document": f"/documents/{proof['document_id']}{mark}",
    }


def shoot(home: str, folder: Path) -> None:
    """Writes NAME-THEME.png for every page."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise SystemExit("there is no chromium: apt-get install chromium")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        for theme in ("light", "dark"):
            settings: dict[str, Any] = {"color_scheme": theme, "viewport": SIZE, "reduced_motion": "reduce"}
            page = browser.new_context(**settings).new_page()
            for name, address in pages(home).items():
                page.set_viewport_size({**SIZE, "height": TALL.get(name, SIZE["height"])})
                page.goto(home + address)
                page.screenshot(path=folder / f"{name}-{theme}.png")
        browser.close()


def main(arguments: list[str] | None = None) -> int:
    """Reads the dispatches, serves them, and takes the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--archive", type=Path)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="detente-shots-") as own:
        place = options.archive or Path(own, "relations")
        if options.archive is None:
            subprocess.run(
                [sys.executable, "-m", "detente", "demo", "--keep", str(place)], check=True, stdout=subprocess.DEVNULL
            )
        with served(place, Path(own)) as (address, _):
            shoot(address, options.folder)
    print(f"written to {options.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
