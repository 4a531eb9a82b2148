"""`detente serve`: the pages and the HTTP API; `detente mcp`: the same answers for language-model clients."""

from __future__ import annotations

import importlib.util
from typing import Annotated

import typer

from detente.app.cli.common import ARCHIVE, ArchiveOption, AsOfOption, note, open_archive
from detente.errors import MissingExtraError


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command()(serve)
    app.command("mcp")(mcp_)


def serve(
    archive: ArchiveOption = ARCHIVE,
    as_of: AsOfOption = None,
    address: Annotated[str, typer.Option(help="The address to listen on; others than this machine's need --token.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 lets the system choose.")] = 8765,
    token: Annotated[
        str | None,
        typer.Option(envvar="DETENTE_TOKEN", help="What clients must show: as bearer token, or as a password."),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A name by which clients may call the server. May be repeated."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Set everything up, say so, and stop.")] = False,
) -> int:
    """Serve the pages and the HTTP API on this machine. The server only reads, beside any writer.

    Example: detente serve --check
    """
    _need(("fastapi", "uvicorn", "jinja2"), "serve", "detente serve")
    from detente.app.http.settings import checked
    from detente.codebook import Codebook

    settings = checked(address, port, token, allow_host or ())
    opened, book = open_archive(archive, as_of), Codebook.load()
    from detente.app.http.server import create_app

    app = create_app(opened, book, settings)
    if check:
        print(f"ready to serve {opened.location} on {settings.address}:{settings.port}")
        return 0
    from detente.app.http.running import run

    return run(
        app, settings, lambda url: note(f"{opened.location} is at {url}  (API {url}api/v1/openapi.json; Ctrl-C stops)")
    )


def mcp_(
    archive: ArchiveOption = ARCHIVE,
    as_of: AsOfOption = None,
    check: Annotated[bool, typer.Option("--check", help="List the tools, and stop.")] = False,
) -> int:
    """Answer a language-model client over standard input and output (Model Context Protocol); reads only.

    Example: detente mcp --check
    """
    _need(("mcp",), "mcp", "detente mcp")
    import asyncio

    from detente.app.http.edition import Library
    from detente.app.mcp.tools import server
    from detente.codebook import Codebook

    made = server(Library(open_archive(archive, as_of), Codebook.load()))
    if check:
        for tool in asyncio.run(made.list_tools()):
            print(f"{tool.name}: {tool.description}")
        return 0
    made.run("stdio")
    return 0


def _need(modules: tuple[str, ...], extra: str, needed_by: str) -> None:
    if any(importlib.util.find_spec(module) is None for module in modules):
        raise MissingExtraError(extra, needed_by)
