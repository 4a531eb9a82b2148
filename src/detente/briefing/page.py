"""The brief as one HTML page that needs nothing else: works offline, prints well, follows the reader's theme."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from detente.briefing.record import Brief, Line, Section, Source
from detente.briefing.render import cited, told

_STYLE = """
:root{color-scheme:light dark;--bg:light-dark(#fbfaf7,#12161a);--ink:light-dark(#1c2228,#e7e5e0);
--soft:light-dark(#57606b,#a7afb8);--line:light-dark(#e2ded5,#2d353c);--accent:light-dark(#0b5a7a,#86c8e6)}
*{box-sizing:border-box}
body{margin:0 auto;max-width:46rem;padding:2.5rem 1.25rem 4rem;background:var(--bg);color:var(--ink);
font:17px/1.6 "Iowan Old Style",Palatino,"Book Antiqua",Georgia,serif;font-variant-numeric:tabular-nums;
overflow-wrap:break-word}
h1{font-size:2rem;line-height:1.15;margin:0 0 .5rem;text-wrap:balance}h2{font-size:1.25rem;margin:2.2rem 0 .2rem}
a{color:var(--accent);text-underline-offset:.18em}
p,ul,ol{margin:.4rem 0}ul,ol{padding-left:1.2rem}li{margin:.35rem 0}
.time,.rule,.omitted,.src,nav,footer{font:.85rem/1.55 system-ui,"Segoe UI",Roboto,sans-serif;color:var(--soft)}
nav{border-block:1px solid var(--line);padding:.6rem 0;margin:1.2rem 0}nav a{margin-right:1rem;white-space:nowrap}
ul.lines>li.step{margin-left:1.4rem;font-size:.95em;list-style:circle}
.cite{font:.7rem system-ui,sans-serif;vertical-align:super;text-decoration:none;padding:0 .12rem}
.src li{scroll-margin-top:1rem}.src li:target{background:light-dark(#fff3bf,#4b4213)}
.src{padding-left:2.4rem}figure{margin:1.2rem 0;overflow-x:auto}figure svg{width:100%;min-width:40rem;height:auto}
figure .dt-chart{--chart-paper:var(--bg);--chart-ink:var(--ink)}
details{font:.85rem/1.5 system-ui,sans-serif}summary{cursor:pointer;color:var(--soft)}
.numbers{overflow-x:auto}.numbers table{border-collapse:collapse;margin-top:.6rem}caption{text-align:left}
.numbers th,.numbers td{text-align:right;font-weight:400;padding:.15rem .8rem .15rem 0;white-space:nowrap}
.numbers tr>:first-child{text-align:left}
footer{border-top:1px solid var(--line);margin-top:3rem;padding-top:.8rem}
@media print{:root{color-scheme:light}body{max-width:none;padding:0;background:#fff;font-size:10.5pt}
nav,details{display:none}figure svg{min-width:0}
h2{break-after:avoid}li,figure{break-inside:avoid}a{color:inherit;text-decoration:none}@page{margin:20mm 18mm}}
"""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def to_html(brief: Brief, *, chart: str = "") -> str:
    """The brief as one self-contained page; all text from documents is escaped.

    Args:
        brief: The brief.
        chart: A `<figure>` of our own drawing, shown above the sections; none if empty.
    """
    parts = [f"<h1>{escape(brief.title)}</h1>", _time(brief)]
    if chart:
        parts.append(f'<section id="barometer" aria-label="Barometer">{chart}</section>')
    parts.append(_contents(brief))
    parts += [_section(number, section) for number, section in enumerate(brief.sections, 1)]
    if brief.omitted:
        parts.append(_part("omitted", "Left out", _list("omitted", brief.omitted)))
    notes = "".join(f'<li id="c{number}" value="{number}">{escape(text)}</li>' for number, text in cited(brief))
    parts.append(_part("citations", "Citations", f'<ol class="src">{notes}</ol>'))
    sources = "".join(f"<li>{_source(source)}</li>" for source in brief.sources)
    parts.append(_part("sources", "Sources", f'<ul class="src">{sources}</ul>'))
    parts.append("<footer>Written by detente. Every line is proved by the words its numbers lead to.</footer>")
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(brief.title)}</title><style>{_STYLE}</style>"
    )
    return f'<!doctype html><html lang="en"><head>{head}</head><body><main>{"".join(parts)}</main></body></html>\n'


def _time(brief: Brief) -> str:
    if not (brief.since or brief.until):
        return ""
    return f'<p class="time">From {brief.since or "the beginning"} to {brief.until or "now"}.</p>'


def _contents(brief: Brief) -> str:
    links = "".join(f'<a href="#s{number}">{escape(part.title)}</a> ' for number, part in enumerate(brief.sections, 1))
    return f'<nav aria-label="Contents">{links}<a href="#sources">Sources</a></nav>' if brief.sections else ""


def _section(number: int, section: Section) -> str:
    lines = "".join(map(_line, section.lines))
    rule = f'<p class="rule">{escape(section.rule)}</p>'
    return _part(f"s{number}", section.title, f'{rule}<ul class="lines">{lines}</ul>')


def _part(name: str, title: str, inner: str) -> str:
    return f'<section id="{name}"><h2>{escape(title)}</h2>{inner}</section>'


def _list(kind: str, texts: Sequence[str]) -> str:
    return f'<ul class="{kind}">{"".join(f"<li>{escape(text)}</li>" for text in texts)}</ul>'


def _line(line: Line) -> str:
    marks = "".join(
        f' <a class="cite" href="#c{one.number}" aria-label="citation {one.number}">{one.number}</a>'
        for one in line.citations
    )
    kind = ' class="step"' if line.indent else ""
    return f"<li{kind}>{escape(line.text)}{marks}</li>"


def _source(source: Source) -> str:
    """A source in one line; its address is a link only where it is a web address."""
    if source.url and source.url.startswith(("http://", "https://")):
        plain = told(source).removesuffix(f", {source.url}")
        return f'{escape(plain)}, <a href="{escape(source.url)}" rel="noreferrer">{escape(source.url)}</a>'
    return escape(told(source))
