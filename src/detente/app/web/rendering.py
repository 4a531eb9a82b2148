"""Templates: everything that is put into a page is escaped, and what is missing is an error, not an empty place."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from detente.app.web import charts
from detente.briefing.wording import named, number, state, told, when
from detente.charts import css
from detente.model import Document, Evidence, Interval
from detente.store.search import CLOSE, OPEN
from detente.version import VERSION

if TYPE_CHECKING:
    from fastapi import Request

PART = 200_000
"""How many characters of a document a page shows."""


@cache
def environment() -> Environment:
    """The templates and what they can use."""
    made = Environment(
        loader=PackageLoader("detente.app.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(when=when, short=short, number=number, state=state, day=day, moment=moment, found=found)
    made.globals.update(
        link=link, source=source, static=static, version=VERSION, strip=charts.strip, spark=charts.spark, here=here
    )
    return made


def render(request: Request, template: str, facts: dict[str, Any]) -> str:
    """A page."""
    book = request.app.state.book
    edition = request.state.edition
    return (
        environment()
        .get_template(f"{template}.html.j2")
        .render(
            **facts,
            edition=edition,
            book=book,
            query=request.query_params,
            path=request.url.path,
            name=book.actors.name,
            named=lambda codes: named(codes, book),
            told=lambda event: told(event, book),
            look=lambda status: book.phrases.looks.get(status, "unknown"),
            tendency=book.ontology.tendency,
        )
    )


def link(evidence: Evidence) -> str:
    """The address of the words of some evidence: its document, at its sentence."""
    part = evidence.start // PART
    query = f"?part={part + 1}" if part else ""
    return f"/documents/{quote(evidence.document_id, safe='')}{query}#c{evidence.start}-{evidence.end}"


def here(path: str, **parameters: Any) -> str:
    """An address with a query; parameters that are None or empty are left out."""
    pairs = [(key, value) for key, value in parameters.items() if value not in (None, "")]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def source(document: Document | None) -> str:
    """A document in few words: publisher or name, and day."""
    if document is None:
        return "document"
    head = document.publisher or document.title or document.name
    published = f", {when(document.published.interval)}" if document.published else ""
    return f"{short(head, 60)}{published}"


def short(text: str, width: int = 160) -> str:
    """Text on one line, cut at a word if it is longer than `width` characters."""
    flat = " ".join(text[: width * 8 + 64].split())
    if len(flat) <= width:
        return flat
    cut = flat[:width]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut} …"


def day(value: date | Interval | None) -> str:
    """A day as it stands in tables: `2023-11-17`, or the stretch by which it is known."""
    if value is None:
        return "—"
    if isinstance(value, date):
        return value.isoformat()
    if value.start == value.end:
        return value.start.isoformat()
    first, last = value.start.isoformat(), value.end.isoformat()
    if value.precision == "month" and first[:7] == last[:7]:
        return first[:7]
    if value.precision == "year" and first[:4] == last[:4]:
        return first[:4]
    return when(value)


def moment(value: datetime | None) -> str:
    """An instant, in UTC."""
    return value.strftime("%Y-%m-%d %H:%M UTC") if value else "never"


def found(snippet: str) -> Markup:
    """A snippet with the words found marked."""
    text = str(escape(snippet))
    return Markup(text.replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))


@cache
def static(name: str) -> str:
    """The address of a file of the pages; it changes with the file."""
    return f"/static/{hashlib.sha256(content(name)).hexdigest()[:10]}/{name}"


@cache
def content(name: str) -> bytes:
    """A file of the pages; the style of the charts is the charts' own."""
    if name == "charts.css":
        return css().encode()
    return (files("detente.app.web") / "static" / name).read_bytes()


def warm() -> None:
    """Compile all templates, so that the first page does not take that long."""
    for name in environment().list_templates():
        environment().get_template(name)
