"""The application: routers and pages over one library, behind the shelf and the gate."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import msgspec
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from detente.app.http import openapi
from detente.app.http.edition import Library
from detente.app.http.guard import Guard
from detente.app.http.problems import Problem, of_error, of_validation
from detente.app.http.routers import documents, events, findings, matters, reference, relations, searching
from detente.app.http.settings import Settings
from detente.app.http.shelf import Shelf
from detente.errors import DetenteError
from detente.version import VERSION

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from detente.codebook import Codebook
    from detente.pipeline import Archive

ROUTERS = (events, matters, findings, documents, relations, searching, reference)


def create_app(archive: Archive, book: Codebook, settings: Settings | None = None) -> ASGIApp:
    """The server as an ASGI application.

    Args:
        archive: The archive to read; others may write to it meanwhile.
        book: The codebook.
        settings: What is allowed.
    """
    from detente.app.web import pages
    from detente.app.web.rendering import warm

    given = settings or Settings()
    app = FastAPI(
        title="detente", version=VERSION, docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False
    )
    app.state.library = Library(archive, book, look=given.look)
    app.state.book = book
    api = APIRouter(prefix=openapi.PREFIX)
    for module in ROUTERS:
        api.include_router(module.router)
    app.include_router(api)
    _describe(app, book)
    _health(app)
    pages.install(app)
    _errors(app)
    warm()
    return Guard(Shelf(app, app.state.library, given.cache), given)


def _describe(app: FastAPI, book: Codebook) -> None:
    held: list[bytes] = []

    def description() -> Response:
        if not held:
            held.append(msgspec.json.encode(openapi.describe(app, book)))
        return Response(held[0], media_type="application/json")

    app.add_api_route(f"{openapi.PREFIX}/openapi.json", description, include_in_schema=False)


def _health(app: FastAPI) -> None:
    def healthz(request: Request) -> Response:
        edition = request.state.edition
        body = {"status": "ok", "detente": VERSION, "version": edition.version, "snapshot": edition.id}
        return Response(msgspec.json.encode(body), media_type="application/json")

    app.add_api_route("/healthz", healthz, include_in_schema=False)


def _errors(app: FastAPI) -> None:
    """Every error has one form: a problem for programs, a page for people."""
    from detente.app.web import pages

    def answer(told: Problem, request: Request) -> Response:
        if request.url.path.startswith("/api/") or request.url.path.endswith((".json", ".csv", ".md")):
            return Response(msgspec.json.encode(told), told.status, media_type="application/problem+json")
        return pages.error(told, request)

    async def failed(request: Request, error: Exception) -> Response:
        return answer(of_error(error), request)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return answer(of_validation(list(error.errors())), request)

    handlers: dict[Any, Callable[[Request, Exception], Awaitable[Response]]] = {
        DetenteError: failed,
        HTTPException: failed,
        RequestValidationError: invalid,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)

    @app.middleware("http")
    async def unforeseen(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
        try:
            return await call(request)
        except Exception as error:
            import logging

            logging.getLogger("detente.serve").exception("an answer failed: %s", request.url.path)
            return answer(of_error(error), request)
