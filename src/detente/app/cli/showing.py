"""Shows a document with its evidence highlighted, and single records with the words that prove them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from detente.app.cli.output import dated, parties, short
from detente.model import Document, Record, to_dict

if TYPE_CHECKING:
    from detente.pipeline import Archive

LAYERS = ("events", "statements", "figures", "drivers", "matters")
_STYLES = {
    "events": "bold",
    "statements": "italic cyan",
    "figures": "green",
    "drivers": "magenta",
    "matters": "underline",
}


def show_document(archive: Archive, document: Document, layers: tuple[str, ...]) -> None:
    """Prints a document's text, page noise dimmed and evidence marked, then the records in order of their words.

    Args:
        archive: Where its findings are.
        document: The document.
        layers: The layers to mark; all if empty.
    """
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    rows = _rows(archive, document, layers or LAYERS)
    text = Text(document.text)
    at = 0
    for span in (*document.article, None):
        end = span.start if span else len(document.text)
        text.stylize("dim strike" if console.is_terminal else "", at, end)
        at = span.end if span else end
    for layer, row in rows:
        for piece in row["evidence"]:
            if piece["document_id"] == document.id:
                text.stylize(_STYLES[layer], piece["start"], piece["end"])
    console.rule(document.title or document.name, align="left")
    console.print(Text(_head(document)))
    console.print(text, soft_wrap=True)
    console.rule("what it says", align="left")
    for layer, row in rows:
        piece = row["evidence"][0]
        console.print(Text(f"{piece['start']:>6}  {layer[:-1]:<9} {_told(layer, row)}"), soft_wrap=True)
        console.print(Text(f"        “{short(piece['text'], 160)}”  {row['id'][:8]}", style="dim"), soft_wrap=True)


def show_record(archive: Archive, record: Record, *, as_json: bool) -> None:
    """Prints one record, and under it the sentences around its evidence."""
    plain = to_dict(record)
    if as_json:
        print(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    for key, value in plain.items():
        if key not in ("evidence", "text") and value not in (None, [], ""):
            print(
                f"{key:>14}  {value if isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False)}"
            )
    for piece in plain.get("evidence", []):
        text = archive.text(piece["document_id"])
        before, after = text[max(0, piece["start"] - 80) : piece["start"]], text[piece["end"] : piece["end"] + 80]
        around = " ".join(f"…{before}[{piece['text']}]{after}…".split())
        print(f"\n  {piece['document_id'][:8]} {piece['start']}–{piece['end']}  {around}")


def _rows(archive: Archive, document: Document, layers: tuple[str, ...]) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    for layer in layers:
        read = archive.matter_records if layer == "matters" else getattr(archive, layer)
        found += [(layer, row) for row in read(document=document.id).to_dicts()]
    return sorted(found, key=lambda pair: (pair[1]["evidence"][0]["start"], LAYERS.index(pair[0])))


def _head(document: Document) -> str:
    published = document.published
    when = f"{dated(to_dict(published.interval))} ({published.known})" if published else "unknown"
    place = document.publisher or document.url or document.path or ""
    return f"published {when} · {place} · {','.join(document.countries)} · {document.id}\n"


def _told(layer: str, row: dict[str, Any]) -> str:
    if layer == "events":
        sign = "↔" if row["reciprocal"] else "→"
        who = f"{parties(row['actors'])} {sign} {parties(row['recipients'])}"
        return f"{row['type']} {who} {dated(row['date'])} {row['modality']}"
    if layer == "statements":
        return f"{row['speaker']} ({row['affiliation'] or row['country'] or 'unknown'}), outlook {row['outlook']}"
    if layer == "figures":
        return f"{row['value']:,.10g} {row['unit']}: {short(row['subject'], 70)}"
    if layer == "drivers":
        return f"{short(row['cause'], 60)} {row['direction']} {short(row['effect'], 60)} ({row['hedge']})"
    return f"{row['kind']} “{row['title']}” {','.join(row['parties'])} {row['status'] or 'status unknown'}"
