"""Runs the server: a socket of our own, so that the address is known before anything is served."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from detente.app.http.settings import Settings
from detente.errors import UsageError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

CONNECTIONS = 512
"""The most connections at once; more are answered 503."""


def run(app: ASGIApp, settings: Settings, ready: Callable[[str], None]) -> int:
    """Serves until stopped.

    Args:
        app: The application.
        settings: Address and port.
        ready: Told the server's address once it listens.

    Raises:
        UsageError: if the address cannot be listened on.
    """
    import uvicorn

    family = socket.AF_INET6 if ":" in settings.address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((settings.address, settings.port))
        except OSError as error:
            raise UsageError(
                f"cannot listen there: {error.strerror}",
                where=f"{settings.address}:{settings.port}",
                mend="name another port with --port",
            ) from None
        port = listening.getsockname()[1]
        name = f"[{settings.address}]" if family == socket.AF_INET6 else settings.address
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            limit_concurrency=CONNECTIONS,
            timeout_keep_alive=15,
            lifespan="off",
            ws="none",
            proxy_headers=False,
        )
        listening.listen(2048)
        ready(f"http://{name}:{port}/")
        uvicorn.Server(config).run(sockets=[listening])
    return 0
