"""The brief as Markdown, and how sources and citations are worded in all its forms."""

from __future__ import annotations

from collections.abc import Iterator

from detente.briefing.record import Brief, Source
from detente.briefing.wording import when


def to_markdown(brief: Brief, *, barometer: str = "") -> str:
    """The brief as Markdown, with numbered citations to document and offset.

    Args:
        brief: The brief.
        barometer: A section of its own with readings, after the takeaways; none if empty.
    """
    out = [f"# {brief.title}", ""]
    if brief.since or brief.until:
        out += [f"From {brief.since or 'the beginning'} to {brief.until or 'now'}.", ""]
    for section in brief.sections:
        out += [f"## {section.title}", ""]
        for line in section.lines:
            marks = "".join(f" [{citation.number}]" for citation in line.citations)
            out.append(f"{'  ' * line.indent}- {line.text}{marks}")
        out.append("")
        if section is brief.sections[0] and barometer:
            out += [barometer]
    out += ["## Citations", "", *(f"[{number}] {text}" for number, text in cited(brief))]
    out += ["", "## Sources", "", *(f"- {told(source)}" for source in brief.sources)]
    if brief.omitted:
        out += ["", "## Left out", "", *(f"- {note}" for note in brief.omitted)]
    return "\n".join(out) + "\n"


def told(source: Source) -> str:
    """A source in one line."""
    published = when(source.published) if source.published else "publication date unknown"
    parts = [f"{source.name}: {source.title or 'no title'}", source.publisher, published, source.url]
    return ", ".join(part for part in parts if part)


def cited(brief: Brief) -> Iterator[tuple[int, str]]:
    """Each citation's number, and its document, offsets and words."""
    names = {source.document_id: source.name for source in brief.sources}
    lines = [line for section in brief.sections for line in section.lines]
    found = {citation.number: citation.evidence for line in lines for citation in line.citations}
    for number, evidence in sorted(found.items(), key=lambda pair: pair[0]):
        flat = " ".join(evidence.text.split())
        yield number, f"{names[evidence.document_id]}, {evidence.start}–{evidence.end}: “{flat}”"
