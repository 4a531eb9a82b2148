"""The brief as Markdown and as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from detente.briefing.record import Brief, Line, Source
from detente.briefing.wording import when

_STYLE = """:root{color-scheme:light dark}
body{font:16px/1.55 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:1.8rem}li{margin:.25rem 0}
.rule,.omitted,.src{font-size:.85rem;opacity:.75}
li.step{list-style:none;margin-left:1rem}sup a{text-decoration:none}@media print{body{max-width:none;font-size:11pt}}"""


def to_markdown(brief: Brief) -> str:
    """The brief as Markdown, with numbered citations to document and offset."""
    out = [f"# {brief.title}", ""]
    if brief.since or brief.until:
        out += [f"From {brief.since or 'the beginning'} to {brief.until or 'now'}.", ""]
    for section in brief.sections:
        out += [f"## {section.title}", ""]
        for line in section.lines:
            marks = "".join(f" [{citation.number}]" for citation in line.citations)
            out.append(f"{'  ' * line.indent}- {line.text}{marks}")
        out.append("")
    out += ["## Citations", "", *(f"[{number}] {text}" for number, text in _cited(brief))]
    out += ["", "## Sources", "", *(f"- {_told(source)}" for source in brief.sources)]
    if brief.omitted:
        out += ["", "## Left out", "", *(f"- {note}" for note in brief.omitted)]
    return "\n".join(out) + "\n"


def to_html(brief: Brief) -> str:
    """The brief as one self-contained HTML page; all text from documents is escaped."""
    body = [f"<h1>{escape(brief.title)}</h1>"]
    for section in brief.sections:
        items = "".join(_item(line) for line in section.lines)
        body.append(_section(section.title, f"<p class=rule>{escape(section.rule)}</p><ul>{items}</ul>"))
    cited = "".join(f'<li id="c{number}" value="{number}">{escape(text)}</li>' for number, text in _cited(brief))
    body.append(_section("Citations", f"<ol class=src>{cited}</ol>"))
    body.append(_section("Sources", _list("src", [_told(source) for source in brief.sources])))
    if brief.omitted:
        body.append(_section("Left out", _list("omitted", brief.omitted)))
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    title = f"<title>{escape(brief.title)}</title><style>{_STYLE}</style>"
    return f'<!doctype html><html lang="en"><head>{head}{title}</head><body>{"".join(body)}</body></html>\n'


def _section(title: str, inner: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{inner}</section>"


def _list(kind: str, texts: Sequence[str]) -> str:
    return f"<ul class={kind}>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"


def _item(line: Line) -> str:
    marks = "".join(f' <sup><a href="#c{citation.number}">{citation.number}</a></sup>' for citation in line.citations)
    return f"<li{' class=step' if line.indent else ''}>{escape(line.text)}{marks}</li>"


def _told(source: Source) -> str:
    """A source in one line."""
    published = when(source.published) if source.published else "publication date unknown"
    parts = [f"{source.name}: {source.title or 'no title'}", source.publisher, published, source.url]
    return ", ".join(part for part in parts if part)


def _cited(brief: Brief) -> Iterator[tuple[int, str]]:
    """Each citation's number, and its document, offsets and words."""
    names = {source.document_id: source.name for source in brief.sources}
    lines = [line for section in brief.sections for line in section.lines]
    found = {citation.number: citation.evidence for line in lines for citation in line.citations}
    for number, evidence in sorted(found.items(), key=lambda pair: pair[0]):
        flat = " ".join(evidence.text.split())
        yield number, f"{names[evidence.document_id]}, {evidence.start}–{evidence.end}: “{flat}”"
