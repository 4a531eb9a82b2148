"""The pages, one module for each resource."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response

from detente.app.http.problems import NotFoundError
from detente.app.web.rendering import content, render
from detente.app.web.view import FORMS

if TYPE_CHECKING:
    from detente.app.http.problems import Problem

STATIC = ("style.css", "charts.css", "app.js", "theme.js", "icon.svg")


def install(app: FastAPI) -> None:
    """Adds the pages to the server."""
    from detente.app.web.pages import actors, documents, dyads, matters, reference, searching, start

    for module in (start, dyads, matters, actors, documents, searching, reference):
        app.include_router(module.router, include_in_schema=False)
    app.add_api_route("/static/{mark}/{name}", static, include_in_schema=False)
    app.add_api_route("/favicon.ico", lambda: static("", "icon.svg"), include_in_schema=False)


def static(mark: str, name: str) -> Response:
    """A file of the pages; its address changes with it, so it may be kept for ever.

    Raises:
        NotFoundError: if there is no such file.
    """
    if name not in STATIC:
        raise NotFoundError("no such file")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(content(name), media_type=kind, headers={"cache-control": "public, max-age=31536000, immutable"})


def error(told: Problem, request: Request) -> Response:
    """A problem as a page for people."""
    title = told.title
    body = render(request, "error", {"title": title, "problem": told, "forms": []})
    return Response(body, told.status, media_type="text/html; charset=utf-8")


__all__ = ["FORMS", "error", "install"]
