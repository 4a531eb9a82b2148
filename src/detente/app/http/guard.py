"""The gate in front of everything: who calls, what for, how much, how long; and the headers of every answer."""

from __future__ import annotations

import asyncio
import base64
import binascii
import secrets
from typing import TYPE_CHECKING, Any

import msgspec

from detente.app.http.problems import Problem, problem
from detente.app.http.settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""The content security policy: nothing from elsewhere, no script or style inside a page."""

HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), interest-cohort=()"),
)


class Guard:
    """Lets pass what may be answered: GET and HEAD, by a known name, with the token if there is one, and small.

    Args:
        app: What answers.
        settings: What is allowed.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        head = scope["method"] == "HEAD"

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *HEADERS]}
            elif head:
                message = {**message, "body": b""}
            await send(message)

        refused = self._refusal(scope)
        if refused is not None:
            await _say(refused, guarded)
            return
        if head:
            scope = {**scope, "method": "GET"}
        await self._within_time(scope, receive, guarded)

    async def _within_time(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            async with asyncio.timeout(self._settings.answer):
                await self._app(scope, receive, watched)
        except TimeoutError:
            if started:
                raise
            told = problem(
                "unavailable",
                f"the answer took longer than {self._settings.answer:g} seconds",
                mend="ask for less: fewer parties, a shorter time",
            )
            await _say(told, send)

    def _refusal(self, scope: Scope) -> Problem | None:
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1").lower()
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if name not in self._settings.names:
            return problem(
                "bad-request",
                "the server is not called by that name",
                where="Host",
                mend="call it by the address it printed, or start it with --allow-host NAME",
            )
        if scope["method"] not in ("GET", "HEAD"):
            return problem("method-not-allowed", f"{scope['method'][:20]} is not answered", mend="use GET or HEAD")
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > self._settings.target:
            return problem("target-too-long", f"path and query may have {self._settings.target} bytes")
        if headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers:
            return problem("too-large", "the server takes no bodies", where="Content-Length")
        if self._settings.token is not None and not self._shown(headers.get(b"authorization", b"")):
            return problem("unauthorized", "show the token as Bearer token, or as password", where="Authorization")
        return None

    def _shown(self, authorization: bytes) -> bool:
        kind, _, value = authorization.partition(b" ")
        if kind.lower() == b"basic":
            try:
                value = base64.b64decode(value, validate=True).partition(b":")[2]
            except binascii.Error:
                return False
        elif kind.lower() != b"bearer":
            return False
        assert self._settings.token is not None
        return secrets.compare_digest(value, self._settings.token.encode())


async def _say(told: Problem, send: Send) -> None:
    body = msgspec.json.encode(told)
    headers: list[Any] = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    if told.status == 401:
        headers.append((b"www-authenticate", b'Basic realm="detente", charset="UTF-8"'))
    if told.status == 405:
        headers.append((b"allow", b"GET, HEAD"))
    if told.status == 503:
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": told.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
