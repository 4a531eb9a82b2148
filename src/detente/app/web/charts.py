"""Small pictures in SVG: without script or style, so that the page's own colours and themes hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup, escape

from detente.briefing.wording import when
from detente.model import Matter
from detente.store import Month

WIDTH = 1000


def span(matters: Sequence[Matter]) -> tuple[date, date] | None:
    """The first and the last day of the dated steps of some matters."""
    dates = [step.date for matter in matters for step in matter.milestones if step.date]
    days = [day for date_ in dates for day in (date_.start, date_.end)]
    return (min(days), max(days)) if days else None


def strip(matter: Matter, axis: tuple[date, date] | None, looks: dict[str, str]) -> Markup:
    """A matter's course: a bar whose colour is the status that held, with a mark at each dated step.

    Args:
        matter: The matter.
        axis: The first and last day of the whole width.
        looks: The look of each status.
    """
    steps = sorted(((step.date, step.status) for step in matter.milestones if step.date), key=lambda s: s[0].end)
    if axis is None or not steps:
        return Markup("")
    length = max(1, (axis[1] - axis[0]).days)

    def x(day: date) -> float:
        return round(4 + (day - axis[0]).days / length * (WIDTH - 8), 1)

    parts = []
    for (begins, status), following in zip(steps, [*steps[1:], None], strict=True):
        end = x(following[0].start) if following else float(WIDTH)
        start = x(begins.start)
        look, width = escape(looks.get(status, "unknown")), max(2.0, round(end - start, 1))
        parts.append(f'<rect class="s-{look}" x="{start}" y="7" width="{width}" height="6"/>')
    for when_, status in steps:
        parts.append(
            f'<line class="step" x1="{x(when_.start)}" x2="{x(when_.start)}" y1="2" y2="18">'
            f"<title>{escape(status)}, {escape(when(when_))}</title></line>"
        )
    label = escape("; ".join(f"{status} {when(day)}" for day, status in steps))
    return Markup(
        f'<svg class="strip" viewBox="0 0 {WIDTH} 20" preserveAspectRatio="none" role="img" aria-label="{label}">'
        f'<line class="axis" x1="0" x2="{WIDTH}" y1="10" y2="10"/>{"".join(parts)}</svg>'
    )


def spark(months: Sequence[Month], first: date, last: date) -> Markup:
    """Events by month in the height of a line: cooperation above, conflict below."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    most = max((max(m.cooperation, m.conflict) for m in months), default=0)
    if not most:
        return Markup("")
    step = 240 / max(count, 1)
    bars: dict[str, list[str]] = {"coop": [], "conf": []}
    for month in months:
        at = (month.month.year - first.year) * 12 + month.month.month - first.month
        if 0 <= at < count:
            for kind, value, sign in (("coop", month.cooperation, "-"), ("conf", month.conflict, "")):
                if value:
                    bars[kind].append(f"M{round((at + 0.5) * step, 1)} 14v{sign}{round(13 * value / most, 1)}")
    thick = round(max(1.6, step - 0.3), 2)
    drawn = "".join(f'<path class="{kind}" stroke-width="{thick}" d="{"".join(d)}"/>' for kind, d in bars.items() if d)
    head = '<svg class="spark" viewBox="0 0 240 28" preserveAspectRatio="none" aria-hidden="true">'
    return Markup(f'{head}<line class="axis" x1="0" x2="240" y1="14" y2="14"/>{drawn}</svg>')


def monthly(months: Sequence[Month], title: str) -> Markup:
    """Events of a dyad by month: cooperation above the line, conflict below, years marked.

    Args:
        months: The months in which something happened.
        title: What it shows, for those who do not see it.
    """
    if not months:
        return Markup("")
    first, last = date(months[0].month.year, 1, 1), months[-1].month
    count = (last.year - first.year) * 12 + last.month
    most = max(max(m.cooperation, m.conflict) for m in months)
    step, middle, height = WIDTH / count, 90, 78
    parts = [*_years(first.year, last.year, 12 * step)]
    for month in months:
        x = round(((month.month.year - first.year) * 12 + month.month.month - 1) * step, 1)
        width = round(max(1.2, step - 0.6), 1)
        for kind, value, up in (("coop", month.cooperation, True), ("conf", month.conflict, False)):
            tall = round(height * value / most, 1)
            if value:
                told = f"{month.month:%Y-%m}: {value} {'cooperation' if up else 'conflict'}"
                parts.append(
                    f'<rect class="{kind}" x="{x}" y="{round(middle - tall, 1) if up else middle}" '
                    f'width="{width}" height="{tall}"><title>{told}</title></rect>'
                )
    parts.append(f'<line class="zero" x1="0" x2="{WIDTH}" y1="{middle}" y2="{middle}"/>')
    head = f'<svg class="chart" viewBox="0 0 {WIDTH} 196" role="img" aria-label="{escape(title)}">'
    return Markup(f"{head}{''.join(parts)}</svg>")


def _years(first: int, last: int, wide: float) -> Iterator[str]:
    every = max(1, -(-(last - first + 1) // 14))
    for year in range(first, last + 1, every):
        x = round((year - first) * wide, 1)
        yield f'<line class="grid" x1="{x}" x2="{x}" y1="8" y2="172"/>'
        if x < WIDTH - 36:
            yield f'<text class="tick" x="{x + 3}" y="188">{year}</text>'
