"""Answers kept: what was answered once of an edition is answered again from memory, or with 304 where it is known."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.app.http.edition import Edition, Library

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATIC = "/static/"
_LARGEST = 8 << 20
_AT_ONCE = 4
"""So many answers are worked out at once: more threads only keep from what is ready those who ask for that."""


@dataclass(frozen=True)
class Answer:
    """A whole answer."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    tag: bytes


class Shelf:
    """Gives every request its edition, keeps whole answers, and answers conditional requests.

    Args:
        app: What answers; it finds the edition in `scope["state"]["edition"]`.
        library: Where editions come from.
        size: How many bytes of answers are kept.
    """

    def __init__(self, app: ASGIApp, library: Library, size: int) -> None:
        self._app, self._library, self._size = app, library, size
        self._kept: OrderedDict[tuple[str, ...], Answer] = OrderedDict()
        self._bytes = 0
        self._busy: dict[tuple[str, ...], asyncio.Lock] = {}
        self._working = asyncio.Semaphore(_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application."""
        if scope["type"] != "http" or scope["path"].startswith(STATIC):
            await self._app(scope, receive, send)
            return
        edition = self._library.held()
        if edition is None:
            edition = await asyncio.to_thread(self._library.now)
        answer = await self._answer(edition, scope, receive)
        wanted = dict(scope["headers"]).get(b"if-none-match", b"")
        if answer.status == 200 and answer.tag in [tag.strip().removeprefix(b"W/") for tag in wanted.split(b",")]:
            kept = [pair for pair in answer.headers if pair[0] not in (b"content-length", b"content-type")]
            await send({"type": "http.response.start", "status": 304, "headers": kept})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": answer.status, "headers": list(answer.headers)})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(self, edition: Edition, scope: Scope, receive: Receive) -> Answer:
        key = (edition.id, scope["path"], scope["query_string"].decode("latin-1"))
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        lock = self._busy.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                if key in self._kept:
                    return self._kept[key]
                async with self._working:
                    answer = await self._ask(edition, scope, receive)
                self._keep(key, answer)
                return answer
        finally:
            self._busy.pop(key, None)

    def _keep(self, key: tuple[str, ...], answer: Answer) -> None:
        if answer.status != 200 or len(answer.body) > min(_LARGEST, self._size):
            return
        self._kept[key] = answer
        self._bytes += len(answer.body)
        while self._bytes > self._size:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= len(gone.body)

    async def _ask(self, edition: Edition, scope: Scope, receive: Receive) -> Answer:
        status, headers, parts = 500, [], []

        async def take(message: Message) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status, headers = message["status"], list(message["headers"])
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))

        await self._app({**scope, "state": {**scope.get("state", {}), "edition": edition}}, receive, take)
        body = b"".join(parts)
        tag = b'"' + hashlib.sha256(body).hexdigest()[:32].encode() + b'"'
        if status == 200:
            headers += [(b"etag", tag), (b"cache-control", b"no-cache"), (b"x-snapshot", edition.id.encode())]
        return Answer(status, tuple(headers), body, tag)
