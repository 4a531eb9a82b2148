"""One browser and one server for all browser tests. Debian's Chromium is driven; where it is missing, it is said."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from detente.pipeline import Archive
from tests.app.browser.hostile import ATTACKS, coding

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--disable-default-apps", "--no-first-run"]  # fmt: skip


def missing(what: str) -> None:
    """Skips, saying why; fails instead where nothing may be skipped (CI)."""
    if os.environ.get("DETENTE_NO_SKIP"):
        pytest.fail(f"{what}, and nothing may be skipped here")
    pytest.skip(f"browser tests skipped: {what}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing("there is no chromium (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def server(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server in a process of its own, on demonstration dispatches and hostile documents."""
    place = tmp_path_factory.mktemp("served") / "relations"
    shutil.copytree(archive, place)
    Archive.open(place).append([coding(name) for name in ATTACKS])
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path_factory.mktemp("cache"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "detente", "serve", "--archive", str(place), "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env=env,
    )
    assert process.stderr is not None
    line = process.stderr.readline()
    found = re.search(r"(http://127\.0\.0\.1:\d+)/", line)
    assert found, line + process.stderr.read()
    yield found.group(1)
    process.terminate()
    process.wait(20)
    process.stderr.close()


class Visit:
    """A page of the browser that notes what must not happen: requests elsewhere, errors, dialogs."""

    def __init__(self, context: Any, server: str) -> None:
        self.server, self.page = server, context.new_page()
        self.elsewhere: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", self._asked)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("dialog", lambda dialog: (self.errors.append(f"dialog {dialog.message}"), dialog.dismiss()))

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.server, "data:")):
            self.elsewhere.append(request.url)

    def go(self, address: str) -> Any:
        """Opens an address of the server."""
        answer = self.page.goto(self.server + address)
        assert answer is None or answer.status == 200, (address, answer.status)
        return self.page

    def quiet(self) -> None:
        """Fails if anything happened that must not."""
        assert not self.elsewhere
        assert not self.errors


@pytest.fixture
def visit(browser: Any, server: str) -> Iterator[Callable[..., Visit]]:
    """Opens a visit with a context of its own: `visit(color_scheme="dark", viewport=…)`."""
    contexts = []

    def start(**settings: Any) -> Visit:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | settings))
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visit(context, server)

    yield start
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def addresses(server: str) -> dict[str, str]:
    """Every kind of page, by name."""
    import json
    import urllib.request

    def get(path: str) -> Any:
        with urllib.request.urlopen(server + path) as answer:
            return json.load(answer)

    dyad = get("/dyads/CHN-JPN.json")
    evidence = dyad["events"][0]["evidence"][0]
    return {
        "start": "/",
        "dyad": "/dyads/CHN-JPN",
        "events": "/dyads/CHN-JPN/events",
        "matters": "/dyads/CHN-JPN/matters",
        "statements": "/dyads/CHN-JPN/statements",
        "drivers": "/dyads/CHN-JPN/drivers",
        "figures": "/dyads/CHN-JPN/figures",
        "brief": "/dyads/CHN-JPN/brief",
        "matter": f"/matters/{max(dyad['matters'], key=lambda one: len(one['milestones']))['id']}",
        "actor": "/actors/JPN",
        "documents": "/documents",
        "document": f"/documents/{evidence['document_id']}",
        "search": "/search?q=seafood",
        "nothing": "/search?q=zyzzyva",
        "codebook": "/codebook",
        "sheet": "/codebook/types",
        "status": "/status",
        "empty": "/dyads/FJI-PER",
        "hostile": "/dyads/TON-VUT",
    }
