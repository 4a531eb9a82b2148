"""The description of the API (OpenAPI 3.1): what each answer looks like comes from the record classes themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from fastapi.openapi.utils import get_openapi

from detente.app.gauges import Gauge
from detente.app.http.problems import Problem
from detente.briefing import Brief
from detente.model import Document, Driver, Event, Figure, Issue, Matter, Statement
from detente.store import Relation
from detente.version import VERSION

if TYPE_CHECKING:
    from fastapi import FastAPI

    from detente.codebook import Codebook

LISTS: dict[str, type[Any]] = {
    "events": Event,
    "matters": Matter,
    "statements": Statement,
    "figures": Figure,
    "drivers": Driver,
    "documents": Document,
    "relations": Relation,
    "issues": Issue,
}
SINGLE: dict[str, type[Any]] = {
    "matters/{matter_id}": Matter,
    "documents/{document_id}": Document,
    "brief": Brief,
    "barometer": Gauge,
}
PREFIX = "/api/v1"
_REFERENCE = "#/components/schemas/"
_TEXT = (
    "Read only. Every record has `evidence`: a document, a start and an end in characters of that document's text, and "
    "the words. Lists come in stretches: `next` leads to the following one, of the same snapshot. Answers carry an "
    "`ETag`; errors are problem details (RFC 9457)."
)


def describe(app: FastAPI, book: Codebook) -> dict[str, Any]:
    """The whole description."""
    found: dict[str, Any] = get_openapi(
        title="detente",
        version=VERSION,
        openapi_version="3.1.0",
        summary="Relations between states, with the words that prove each claim",
        description=_TEXT,
        routes=app.routes,
        servers=[{"url": "/", "description": "the server itself"}],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    kinds = {*LISTS.values(), *SINGLE.values(), Problem}
    _, components = msgspec.json.schema_components(
        sorted(kinds, key=lambda kind: kind.__name__), ref_template=_REFERENCE + "{name}"
    )
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas.update(components)
    found["components"]["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer", "description": "Where the server was started with --token."}
    }
    found["security"] = [{}, {"bearer": []}]
    for path, methods in found["paths"].items():
        for operation in methods.values():
            _answers(path.removeprefix(f"{PREFIX}/"), operation)
            _allowed(operation, book)
    return found


def _answers(name: str, operation: dict[str, Any]) -> None:
    schema: dict[str, Any] = {"type": "object"}
    if name in LISTS:
        schema = {
            "type": "object",
            "required": ["items", "next", "snapshot"],
            "properties": {
                "items": {"type": "array", "items": {"$ref": _REFERENCE + LISTS[name].__name__}},
                "next": {"type": ["string", "null"], "description": "The address of the rows that follow."},
                "snapshot": {"type": "string"},
            },
        }
    elif name in SINGLE:
        schema = {"$ref": _REFERENCE + SINGLE[name].__name__}
    told = {"schema": {"$ref": f"{_REFERENCE}Problem"}}
    tag = {"schema": {"type": "string"}}
    operation["operationId"] = name.replace("/{", "_by_").replace("}", "").replace("/", "_")
    operation["responses"] = {
        "200": {
            "description": "The answer.",
            "headers": {"ETag": tag, "X-Snapshot": tag},
            "content": {"application/json": {"schema": schema}},
        },
        "304": {"description": "The same as the ETag given in If-None-Match."},
        **{
            status: {"description": text, "content": {"application/problem+json": told}}
            for status, text in (
                ("400", "The request cannot be answered."),
                ("401", "A token is needed."),
                ("404", "There is no such thing, party or cursor."),
                ("405", "The server only reads."),
                ("413", "The server takes no bodies."),
                ("414", "The address is too long."),
                ("422", "A parameter is not as it must be."),
                ("503", "The archive cannot be read, or it took too long."),
            )
        },
    }


def _allowed(operation: dict[str, Any], book: Codebook) -> None:
    """Words that the codebook allows, which the query classes cannot know."""
    from typing import get_args

    from detente.model import MatterKind

    states = sorted({name for kind in get_args(MatterKind) for name in book.lifecycles.of(kind).statuses})
    known = {"type": list(book.ontology.types), "context": list(book.ontology.contexts), "status": states}
    for parameter in operation.get("parameters", []):
        if parameter["name"] in known:
            schema = parameter["schema"]
            holder = schema.get("items") or next(iter(schema.get("anyOf", [schema])))
            for limit in ("minLength", "maxLength"):
                holder.pop(limit, None)
            holder["enum"] = known[parameter["name"]]
