"""A page before it has a form: the facts, the rows of its main table, and the template that shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import msgspec
from fastapi import Request, Response

from detente.app.http.problems import NotFoundError
from detente.app.tables import csv_text
from detente.app.web.rendering import render
from detente.model import Record, to_dict

FORMS = ("json", "csv", "md")
PER_PAGE = 50


@dataclass(frozen=True)
class View:
    """What a page tells.

    `facts` are what the template and the JSON form show, `rows` the main table, which is the CSV form, `shown` is for
    the template only (charts), `markdown` is there where the page has such a form.
    """

    template: str
    title: str
    facts: dict[str, Any]
    rows: Sequence[Record | dict[str, Any]] = ()
    shown: dict[str, Any] = field(default_factory=dict)
    markdown: Callable[[], str] | None = None


def split(name: str) -> tuple[str, str]:
    """The last part of an address and the form it asks for: `CHN-JPN.json` is `CHN-JPN` and `json`."""
    stem, dot, form = name.rpartition(".")
    return (stem, form) if dot and form in FORMS else (name, "html")


def answer(request: Request, view: View, form: str) -> Response:
    """A page in the form asked for.

    Raises:
        NotFoundError: where the page has no such form.
    """
    if form == "json":
        return Response(msgspec.json.encode(view.facts), media_type="application/json")
    if form == "csv" and view.rows is not None:
        rows = [to_dict(row) if isinstance(row, Record) else row for row in view.rows]
        return Response(csv_text(rows, spreadsheet=True), media_type="text/csv; charset=utf-8")
    if form == "md" and view.markdown is not None:
        return Response(view.markdown(), media_type="text/markdown; charset=utf-8")
    if form != "html":
        raise NotFoundError(f"this page has no form .{form}", mend="try .json or .csv")
    own = {"title": view.title, "forms": forms(request, view), **view.shown}
    return Response(render(request, view.template, {**view.facts, **own}), media_type="text/html; charset=utf-8")


def forms(request: Request, view: View) -> list[tuple[str, str]]:
    """The other forms of a page, with their addresses: the same query."""
    path, query = request.url.path, request.url.query
    stem = "/index" if path == "/" else path
    names = ["json", "csv", *(["md"] if view.markdown else [])]
    return [(name.upper(), f"{stem}.{name}{f'?{query}' if query else ''}") for name in names]


@dataclass(frozen=True)
class Pages:
    """A stretch of a list on a page: which it is, how many rows there are, and the addresses before and after."""

    number: int
    total: int
    before: str | None
    after: str | None

    @property
    def first(self) -> int:
        """The number of the first row shown, from 1."""
        return (self.number - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.number * PER_PAGE, self.total)


def pages(request: Request, number: int, total: int) -> Pages:
    """Where a stretch stands in its list."""

    def address(to: int) -> str:
        rest = [(key, value) for key, value in request.query_params.multi_items() if key != "page" and value]
        return f"{request.url.path}?{urlencode([*rest, ('page', to)])}"

    return Pages(
        number=number,
        total=total,
        before=address(number - 1) if number > 1 else None,
        after=address(number + 1) if number * PER_PAGE < total else None,
    )
