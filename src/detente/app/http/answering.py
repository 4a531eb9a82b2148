"""How rows become answers of the API."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from fastapi import Request, Response

from detente.app.http import asking
from detente.app.http.edition import Edition, Library
from detente.model import Record, to_dict
from detente.store import Result

JSON = "application/json"


def edition_of(request: Request) -> Edition:
    """The edition that a request is answered from."""
    found: Edition = request.state.edition
    return found


def library_of(request: Request) -> Library:
    """Where editions come from."""
    found: Library = request.app.state.library
    return found


def as_json(value: Any) -> Response:
    """A value as JSON."""
    return Response(msgspec.json.encode(value), media_type=JSON)


def listed(
    request: Request, name: str, asked: asking.Paging, find: Callable[[Edition], Result[Any] | Sequence[Any]]
) -> Response:
    """A stretch of a list: `items`, the `snapshot` they are of, and `next`, the address of what follows.

    Args:
        request: The request.
        name: The name of the list.
        asked: The query.
        find: Gives all rows of an edition.
    """
    edition, skip, query = asking.place(library_of(request), edition_of(request), name, asked)
    rows = _stretch(find(edition), skip, asked.limit + 1)
    more = len(rows) > asked.limit
    following = _next(request, asking.cursor(edition, skip + asked.limit, query)) if more else None
    answer = as_json({"items": rows[: asked.limit], "next": following, "snapshot": edition.id})
    if following:
        answer.headers["link"] = f'<{following}>; rel="next"'
    return answer


def _stretch(found: Result[Any] | Sequence[Any], skip: int, most: int) -> list[Any]:
    if isinstance(found, Result):
        return found.page(skip, most).to_dicts()
    return [to_dict(row) if isinstance(row, Record) else row for row in found[skip : skip + most]]


def _next(request: Request, cursor: str) -> str:
    pairs = [(key, value) for key, value in request.query_params.multi_items() if key != "cursor"]
    return f"{request.url.path}?{urlencode([*pairs, ('cursor', cursor)])}"
