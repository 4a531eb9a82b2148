"""Documents: the list, and a text with everything that was read out of it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from detente.app.cli.showing import LAYERS
from detente.app.http.answering import edition_of
from detente.app.http.edition import Edition
from detente.app.http.problems import NotFoundError
from detente.app.web.marks import marked
from detente.app.web.rendering import PART
from detente.app.web.view import PER_PAGE, View, answer, pages, split
from detente.model import Evidence, to_dict

router = APIRouter()


@router.get("/documents")
def documents(request: Request, page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    """The documents of the archive, the newest first."""
    return answer(request, _list(request, page), "html")


@router.get("/documents.{form}")
def documents_as(request: Request, form: str, page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    """The same in another form."""
    return answer(request, _list(request, page), form)


def _list(request: Request, page: int) -> View:
    edition = edition_of(request)
    found = edition.archive.documents(bare=True)
    total = edition.once("documents", lambda: len(found))
    last = total - (page - 1) * PER_PAGE
    rows = list(found.page(max(0, last - PER_PAGE), max(0, min(PER_PAGE, last))))[::-1]
    facts = {"items": rows, "total": total}
    plain = [{key: value for key, value in to_dict(row).items() if key not in ("text", "article")} for row in rows]
    return View("documents", "Documents", facts, plain, {"pages": pages(request, page, total)})


@router.get("/documents/{name}")
def document(
    request: Request,
    name: str,
    part: Annotated[int, Query(ge=1, le=100_000)] = 1,
    layer: Annotated[list[str] | None, Query(max_length=8)] = None,
) -> Response:
    """One document with its evidence marked; each piece has an address that ends in `#cSTART-END`."""
    name, form = split(name)
    edition = edition_of(request)
    found = edition.document(name)
    parts = max(1, -(-len(found.text) // PART))
    if part > parts:
        raise NotFoundError(f"the document has {parts} parts", mend="open it without part")
    chosen = [one for one in LAYERS if not layer or one in layer]
    records = edition.once(("findings", name), lambda: _records(edition, name))
    start, end = (part - 1) * PART, min(part * PART, len(found.text))
    evidence = [(one, piece) for one, record in records if one in chosen for piece in pieces(record)]
    said = [
        {"layer": one, "record": record, "at": piece}
        for one, record in records
        if one in chosen
        for piece in record.evidence[:1]
        if start <= piece.start < end
    ]
    facts: dict[str, Any] = {
        "document": found,
        "findings": [{"layer": s["layer"], **to_dict(s["record"])} for s in said],
    }
    shown = {
        "text": marked(found, evidence, start, end),
        "said": said,
        "part": part,
        "pieces": parts,
        "layers": LAYERS,
        "chosen": chosen,
        "counts": {one: sum(kind == one for kind, _ in records) for one in LAYERS},
    }
    rows = [_row(s["layer"], s["record"], s["at"]) for s in said]
    return answer(request, View("document", found.title or found.name, facts, rows, shown), form)


def pieces(record: Any) -> list[Evidence]:
    """All evidence of a record, that of a matter's steps included."""
    steps = [piece for step in getattr(record, "milestones", ()) for piece in step.evidence]
    return [*record.evidence, *steps]


def _records(edition: Edition, document_id: str) -> list[tuple[str, Any]]:
    archive = edition.archive
    found: list[tuple[str, Any]] = []
    for layer in LAYERS:
        read = archive.matter_records if layer == "matters" else getattr(archive, layer)
        found += [(layer, record) for record in read(document=document_id)]
    return sorted(found, key=lambda pair: (pair[1].evidence[0].start, LAYERS.index(pair[0]), pair[1].id))


def _row(layer: str, record: Any, at: Evidence) -> dict[str, Any]:
    return {"layer": layer, "id": record.id, "start": at.start, "end": at.end, "words": at.text}
