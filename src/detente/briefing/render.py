"""The brief as Markdown and as one HTML page that needs nothing else."""

from __future__ import annotations

from html import escape

from detente.briefing.record import Brief, Citation, Line
from detente.briefing.wording import when

_STYLE = """:root{color-scheme:light dark}body{font:16px/1.55 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:1.8rem}.rule,.omitted,.src{font-size:.85rem;opacity:.75}li{margin:.25rem 0}
li.step{list-style:none;margin-left:1rem}sup a{text-decoration:none}@media print{body{max-width:none;font-size:11pt}}"""


def to_markdown(brief: Brief) -> str:
    """The brief as Markdown, with numbered citations to document and offset."""
    out = [f"# {brief.title}", ""]
    if brief.since or brief.until:
        out += [f"From {brief.since or 'the beginning'} to {brief.until or 'now'}.", ""]
    for section in brief.sections:
        out += [f"## {section.title}", ""]
        out += [
            f"{'  ' * line.indent}- {line.text}{''.join(f' [{citation.number}]' for citation in line.citations)}"
            for line in section.lines
        ]
        out.append("")
    out += ["## Citations", ""]
    names = {source.document_id: source for source in brief.sources}
    for citation in _citations(brief):
        source = names[citation.evidence.document_id]
        flat = " ".join(citation.evidence.text.split())
        out.append(f"[{citation.number}] {source.name}, {citation.evidence.start}–{citation.evidence.end}: “{flat}”")
    out += ["", "## Sources", ""]
    out += [
        f"- {source.name}: {source.title or 'no title'}{f', {source.publisher}' if source.publisher else ''}, "
        f"{when(source.published) if source.published else 'publication date unknown'}{f', {source.url}' if source.url else ''}"
        for source in brief.sources
    ]
    if brief.omitted:
        out += ["", "## Left out", "", *(f"- {note}" for note in brief.omitted)]
    return "\n".join(out) + "\n"


def to_html(brief: Brief) -> str:
    """The brief as one self-contained HTML page; all text from documents is escaped."""
    body = [f"<h1>{escape(brief.title)}</h1>"]
    for section in brief.sections:
        body.append(f"<section><h2>{escape(section.title)}</h2><p class=rule>{escape(section.rule)}</p><ul>")
        body += [_item(line) for line in section.lines]
        body.append("</ul></section>")
    names = {source.document_id: source for source in brief.sources}
    body.append("<section><h2>Citations</h2><ol class=src>")
    for citation in _citations(brief):
        where = f"{names[citation.evidence.document_id].name}, {citation.evidence.start}–{citation.evidence.end}"
        body.append(
            f'<li id="c{citation.number}" value="{citation.number}">{escape(where)}: “{escape(" ".join(citation.evidence.text.split()))}”</li>'
        )
    body.append("</ol></section><section><h2>Sources</h2><ul class=src>")
    body += [
        f"<li>{escape(source.name)}: {escape(source.title or 'no title')}, {escape(when(source.published) if source.published else 'publication date unknown')}</li>"
        for source in brief.sources
    ]
    body.append("</ul></section><section><h2>Left out</h2><ul class=omitted>")
    body += [f"<li>{escape(note)}</li>" for note in brief.omitted]
    body.append("</ul></section>")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(brief.title)}</title><style>{_STYLE}</style></head><body>{''.join(body)}</body></html>\n"
    )


def _item(line: Line) -> str:
    marks = "".join(f' <sup><a href="#c{citation.number}">{citation.number}</a></sup>' for citation in line.citations)
    return f"<li{' class=step' if line.indent else ''}>{escape(line.text)}{marks}</li>"


def _citations(brief: Brief) -> list[Citation]:
    found = {
        citation.number: citation for section in brief.sections for line in section.lines for citation in line.citations
    }
    return [found[number] for number in sorted(found)]
