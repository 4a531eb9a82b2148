"""What `detente doctor` says of the installation."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
from collections.abc import Iterator

from detente.errors import DetenteError
from detente.model import Record
from detente.version import VERSION

EXTRAS = {
    "html": (("trafilatura", "httpx2"), "web pages and addresses"),
    "pdf": (("pypdf",), "PDF files"),
    "serve": (("fastapi", "uvicorn", "jinja2"), "pages and HTTP API"),
    "mcp": (("mcp",), "answers for language-model clients"),
    "ray": (("ray",), "bulk coding on a cluster"),
    "llm": (("httpx2",), "coding by a language model"),
    "png": (("resvg_py",), "charts as PNG"),
}
"""The extras, the modules each brings, and what it is for."""


class Finding(Record, frozen=True, kw_only=True):
    """One thing looked at: whether it is well, what it is, and what to do about it."""

    what: str
    ok: bool
    says: str
    mend: str | None = None


def health() -> Iterator[Finding]:
    """The installation: versions, the language model, the codebook, and which extras are there."""
    from detente.codebook import Codebook
    from detente.text.parse import pipeline

    yield Finding(
        what="detente",
        ok=True,
        says=f"{VERSION}, Python {platform.python_version()}, {platform.system()} {platform.machine()}",
    )
    for name in ("spacy", "duckdb", "deltalake"):
        yield Finding(what=name, ok=True, says=importlib.metadata.version(name))
    try:
        meta = pipeline().meta
        yield Finding(what="language model", ok=True, says=f"{meta['lang']}_{meta['name']} {meta['version']}")
    except DetenteError as error:
        yield Finding(what="language model", ok=False, says=error.what, mend=error.mend)
    try:
        Codebook.load().check()
        yield Finding(what="codebook", ok=True, says="all files are as they must be")
    except DetenteError as error:
        yield Finding(what="codebook", ok=False, says=str(error))
    for extra, (modules, use) in EXTRAS.items():
        there = all(importlib.util.find_spec(module) is not None for module in modules)
        yield Finding(
            what=f"extra {extra}",
            ok=there,
            says=f"{use}: {'there' if there else 'not installed'}",
            mend=None if there else f"pip install 'detente[{extra}]'",
        )
