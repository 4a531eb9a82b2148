"""Shows why an event is on record: `detente why EVENT`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from detente.app.cli.output import dated, parties, short
from detente.model import Event, Explanation, to_dict

if TYPE_CHECKING:
    from detente.pipeline import Archive


def why_event(archive: Archive, event_id: str, *, as_json: bool) -> None:
    """Prints the explanation of an event.

    Raises:
        UsageError: if it is no event.
        ArchiveError: if there is none of that id.
    """
    told = archive.why(event_id)
    if as_json:
        print(json.dumps(to_dict(told), ensure_ascii=False, indent=1))
        return
    event = archive.get(told.event_id)
    assert isinstance(event, Event)
    row = to_dict(event)
    who = f"{parties(row['actors'])} {'↔' if event.reciprocal else '→'} {parties(row['recipients']) or '?'}"
    kind = "/".join(part for part in (event.type, event.mode) if part)
    print(f"{kind} {who} {dated(row['date'])} {event.modality}{', retold' if event.retold else ''}  {event.id[:8]}")
    for name, text in _lines(told, row):
        print(f"{name:>12}  {text}")


def _lines(told: Explanation, row: dict[str, Any]) -> list[tuple[str, str]]:
    lines = [("words", f"“{short(piece['text'], 200)}”") for piece in row["evidence"]]
    lines.append(("by", f"{told.by}{f', rule {told.rule}' if told.rule else ''}"))
    if told.construction and told.cue:
        lines.append(("cue", f"“{told.cue.text}”, {told.construction}"))
    lines += [(side.side, f"{side.code} {side.name}: {side.how}") for side in told.sides]
    if told.modality_why:
        lines.append(("modality", f"{row['modality']}: {told.modality_why}"))
    if told.parts:
        sums = " × ".join(f"{part.value:.2f} {part.name}" for part in told.parts)
        lines.append(("confidence", f"{told.confidence:.2f} = {sums}"))
        lines += [("", f"{part.name}: {part.meaning}") for part in told.parts if part.meaning != part.name]
    else:
        lines.append(("confidence", f"{told.confidence:.2f}"))
    if told.restated:
        lines.append(("restated", f"{told.restated} more {'time' if told.restated == 1 else 'times'} in the document"))
    for other in told.alternatives:
        fits = f"{other.score:.2f}" if other.score is not None else f"rule {other.rule}, whose conditions did not hold"
        lines.append(("or", f"{other.type}: {fits}"))
    if not told.alternatives and told.parts and told.rule != "encoder":
        lines.append(("or", "no other rule has this cue"))
    return [*lines, *(("gap", gap) for gap in told.gaps)]
