"""Datelines and date lines: candidates for the publication date, best first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.codebook.times import TimeBook
from detente.model import Interval, Known, Publication, Record
from detente.text.times.context import Context
from detente.text.times.grammar import Form, Found, grammar
from detente.text.times.operations import resolve

HEAD = 12
"""Lines at the top that may be a date line or hold the dateline."""
_PROSE = 14
"""A line of this many words is running text."""
_READS = re.compile(r"(?:\b[a-z]+ ){3}[^\n]*[a-z]{2,}[.!?][”\"’)]*(?:\s+[A-Z“\"]|\s*$)|(?:\b[a-z]+ ){8}")
_LABEL = re.compile(
    r"\b(?:week\s+ending|statement\s+of|communiqu[eé]\s+of|press\s+release\s+of|as\s+of|published|posted|issued|circulated|released|dated?|compiled|transmitted|filed|broadcast|recorded|"
    r"delivered|first\s+appeared|print\s+edition|uploaded|written|online|publication\s+date|checked|"
    r"translated|received|adopted|distributed|wire|edition|printed|appeared|ran)\b[^.;!?]{0,28}$",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:updated?|modified|revised|corrected|copyright|ends?|expires?|expiry|effective|until|accessed|retrieved|"
    r"archived|renew|subscribe|valid|before|deadline|register|born|founded|established|since|est|offer|sale|"
    r"through|next\s+issue|embargo(?:ed)?|reviewed|closes?|rsvp|join\s+us)\b[^.;!?|]{0,24}$|©[^|]{0,30}$|\(c\)[^|]{0,20}$",
    re.IGNORECASE,
)
_HINT = re.compile(r"\d|day\b|DAY\b")
_LABELS = re.compile(
    r"(?i)\b(?:published|posted|issued|circulated|released|date|dated|compiled|filed|printed|appeared)\b"
)
_DASH = re.compile(
    r"\s*,?\s*(?:\d{4})?\s*(?:\([^()]{0,40}\)|/[\w .]{2,30}/|\[[^\]]{0,40}\])?\s*"
    r"(?:,?\s*\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*\w{0,4})?\s*(?:[—–:]|-{1,2}\s)"
)
_PLACED = re.compile(r"\s*[A-ZÀ-Þ]{3}[A-ZÀ-Þ .'’-]*(?:, [A-Z][\w .]+)?,\s*$")
_STOP = re.compile(r"\.\s+[A-Z“\"]")
_PLACE = re.compile(
    r"^[^\w(\[]{0,4}(?:\w+\s+\d+\.\s*)?(?:[A-ZÀ-Þ][\w'’.\-À-ÿ]*(?:[ ,/;-]+|\s*\(\w+\)\s*)){1,7}(?:on\s+)?$"
)
_TAIL_WORDS = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|\d+[:.]?\d*|\b(?:am|pm|gmt|utc|local|update|evening|morning|afternoon|night|noon|"
    r"midnight|edition|extracts?|excerpts?|page|pages|of|no|vol|issue|eat|edt|est|cdt|jst|kst|cet|bst|[a-z]{1,3}t)\b",
    re.IGNORECASE,
)
_BEFORE_BAD = frozenset(
    {
        "after",
        "since",
        "until",
        "till",
        "by",
        "from",
        "before",
        "between",
        "to",
        "for",
        "in",
        "during",
        "on",
        "than",
        "through",
        "and",
        "the",
        "late",
        "against",
        "following",
    }
)


_SLUG = re.compile(r"\b(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\s+\d{4}\s*$")
_MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_ENTRY = re.compile(
    rf"\s*(?:[•●▪*>»–—-]\s*)?(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[–—-]\s?\d{{1,2}})?[ -])?"
    rf"(?:{_MONTHS}\.?,?\s*(?:\d{{1,2}})?,?\s*(?:\d{{4}})?|\d{{4}})"
    rf"(?:\s*(?:[–—-]|to)\s*[\w .]{{2,18}}?)?(?:\s*(?:[–—:.|-]|\s[A-Z])|\s*$)"
)


class DatedLine(Record, frozen=True, kw_only=True):
    """A line that says when the document was written. `interval` is None where it leaves the year or the day open."""

    form: Form
    start: int
    end: int
    known: Known
    rank: int
    interval: Interval | None
    reasons: tuple[str, ...]


def _line(form: Form, span: tuple[int, int], known: Known, rank: int, found: tuple[Interval | None, str]) -> DatedLine:
    """A dated line with one reason; `found` holds its interval and that reason."""
    interval, reason = found
    return DatedLine(
        form=form, start=span[0], end=span[1], known=known, rank=rank, interval=interval, reasons=(reason,)
    )


def dated_lines(text: str, book: TimeBook) -> list[DatedLine]:
    """All lines that date the document, the most trustworthy first; whole dates before dates that lack a year."""
    out: list[DatedLine] = []
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
    opened = False
    prose = [len(text[a:b].split()) >= _PROSE and bool(_READS.search(text, a, b)) for a, b in spans]
    first = next((i for i, flag in enumerate(prose) if flag), len(spans))
    last = max((i for i, flag in enumerate(prose) if flag), default=-1)
    entries = sum(bool(_ENTRY.match(text, start)) for start, _ in spans) >= 3
    for i, (start, end) in enumerate(spans):
        if entries and _ENTRY.match(text, start):
            continue
        if i > first + 8 and i <= last and not _LABELS.search(text, start, end):
            continue
        zone = "head" if i < first and i < HEAD else "tail" if i > last else "body"
        if not _HINT.search(text, start, min(end, start + 400)):
            continue
        found = [item for item in grammar(book).find(text, start, min(end, start + 400)) if _is_date(item.form)]
        if not found:
            continue
        if not opened and i <= first + 8 and len(text[start:end].split()) >= _PROSE:
            line = _dateline(text, start, found) or (_opening(text, start, found) if i <= first + 1 else None)
            if line:
                out.append(line)
                opened = True
        if not any(line.start >= start for line in out):
            out += _own_line(text, (start, end), found, zone)
    out += _slug(text, spans[:3])
    out.sort(key=lambda line: (line.interval is None, -line.rank, line.start))
    return out


def _is_date(form: Form) -> bool:
    if form.op == "weekday":
        return "rel" not in form.got and "told_rel" not in form.got and not form.has("that", "before", "after")
    return form.op in ("date", "part", "daytime", "season", "quarter", "days", "between")


def _whole(form: Form) -> Form:
    """The calendar date inside a form with a time of day."""
    if form.op == "daytime":
        inner = form.got.get("dpoint") or form.got.get("wpoint") or []
        return inner[-1] if inner else form
    return form


def _interval(form: Form, text: str) -> Interval | None:
    context = Context(
        published=None, resolver=resolve, day_first=not re.search(r"\bU\.?S\.?\b|Washington|White House", text[:400])
    )
    return resolve(_whole(form), context)


def _dateline(text: str, start: int, found: list[Found]) -> DatedLine | None:
    """As in "BEIJING, March 10 (Agency) —": a place in front, a dash behind."""
    item = found[0]
    lead = text[start : item.start]
    stopped = bool(_PLACED.match(lead) and _STOP.match(text, item.end))
    if len(lead) > 70 or not (_DASH.match(text, item.end) or stopped):
        return None
    if not _PLACE.match(lead) and lead.strip(" \t*•—-–"):
        return None
    if (
        not any(word.isupper() and len(word) > 1 for word in re.findall(r"\w+", lead))
        and not lead.strip().endswith((",", "—", "–"))
        and lead.strip()
    ):
        return None
    form = _whole(item.form)
    interval = _interval(form, text)
    if interval is not None and interval.days > 31:
        return None
    reason = f"dateline: {text[start : item.end].strip()}"
    return _line(form, (item.start, item.end), "dateline", 3, (interval, reason))


def _slug(text: str, spans: list[tuple[int, int]]) -> list[DatedLine]:
    """As in "BC-GULF-PRISONERS 08-18 0311": month and day in the slug of a wire story."""
    for start, end in spans:
        if found := _SLUG.search(text, start, end):
            form = Form("date", {"month": [int(found.group(1))], "day": [int(found.group(2))]})
            reason = f"wire slug: {text[start:end].strip()}"
            return [_line(form, (found.start(1), found.end(2)), "header", 1, (None, reason))]
    return []


def _opening(text: str, start: int, found: list[Found]) -> DatedLine | None:
    """As in "Peking, 7 November 1991. Replying …": a place or a source, a whole date and a full stop in front."""
    item = found[0]
    lead = text[start : item.start]
    if len(lead) > 170 or not re.match(r"\s*[.:;)\]|]\s", text[item.end : item.end + 3] + " "):
        return None
    if lead.strip() and not lead.rstrip().endswith((",", "(", "—", "–", ".", ":", "-", "/", "|")):
        return None
    if re.search(r"[a-z]{2}\.\s+\S+.*\b(?:was|were|had|said|is|are|will|has)\b", lead) or _NOT.search(lead):
        return None
    form = _whole(item.form)
    interval = _interval(form, text)
    if interval is None or interval.days > 31:
        return None
    reason = f"opens with {text[start : item.end].strip()[-80:]}"
    return _line(form, (item.start, item.end), "header", 3 if interval.days == 1 else 2, (interval, reason))


def _own_line(text: str, span: tuple[int, int], found: list[Found], zone: str) -> list[DatedLine]:
    """Dates in a line of their own, with a label ("Published …") anywhere, without one at the top or the bottom."""
    start, end = span
    line = text[start:end]
    out = []
    for item in found:
        lead, rest = text[start : item.start], text[item.end : end]
        label, bad = _LABEL.search(lead), _NOT.search(lead)
        if (bad and not (label and label.start() > bad.start())) or re.match(
            r"\s*(?:[-–—]\s*)?(?:deadline|updated?)\b", rest, re.IGNORECASE
        ):
            continue
        form = _whole(item.form)
        interval = _interval(form, text)
        words = len(line.split())
        if label and (zone != "body" or words <= 30) and (interval is not None or form.op in ("date", "weekday")):
            rank = 5 if re.match(r"(?:first )?(?:published|posted|issued|released|date)", label.group().lower()) else 4
        elif zone in ("head", "tail") and words <= 26 and _stands_alone(lead, rest, item, zone):
            rank = 2 if zone == "head" else 1
        else:
            continue
        if interval is not None and interval.days > 100:
            continue
        if interval is not None and interval.days > 1:
            rank -= 1
        out.append(_line(form, (item.start, item.end), "header", rank, (interval, f"date line: {line.strip()[:120]}")))
    return sorted(out, key=lambda found: (found.interval is None, -found.rank))[:1]


def _stands_alone(lead: str, rest: str, item: Found, zone: str) -> bool:
    """Whether a date in a short line dates the document, rather than being told in a headline or an entry."""
    if item.before in _BEFORE_BAD and not re.search(
        r"(?:^|[|•·,/(:])\s*(?:on|in|for|from|the)\s*$", lead, re.IGNORECASE
    ):
        return False
    left = _TAIL_WORDS.sub(" ", rest)
    words = re.findall(r"[^\W\d_]+", left)
    named = item.form.got.keys() & {"year", "day", "isodate", "numdate", "nth"} or item.form.op in (
        "daytime",
        "part",
        "weekday",
    )
    if not named:
        return False
    parted = bool(re.match(r"\s*(?:$|[|•·/,;.—–\[(*»«:)]|--?\s)", rest))
    if not lead.strip(" \t*•>—–-[("):
        dashed = re.match(r"\s*[:—–-]", rest) and not {"day", "year"} <= item.form.got.keys()
        return len(words) <= 3 or (parted and not dashed and len(words) <= 12)
    cut = bool(re.search(r"(?:[|•·/,;:.—–\[(*»«+=●►▸~]|\s-{1,2}|\d|\w)\s*$", lead))
    if not cut:
        return False
    loose = not re.search(r"[|•·/,;:.—–\[(*»«\-+=●►▸~]\s*(?:le|the|on|den|el)?\s*$", lead)
    if loose and len(re.findall(r"\b[a-z]{2,}\b", lead)) > 3:
        return False
    return len(words) <= 2 or (parted and len(words) <= 12)


_UPDATED = re.compile(r"\b(?:updated|modified|revised)\b[^.;!?]{0,20}$", re.IGNORECASE)
_ISSUE = re.compile(
    r"\b(?:[Nn]o|[Nn]r|№|[Ii]ssue|[Vv]ol)\.?\s*\d{1,3}\s*/\s*((?:19|20)\d\d)\b|"
    r"\b((?:19|20)\d\d)/\d{1,2}\b"
)

_SHORT_ISSUE = re.compile(
    r"(?i)\b(?:memo(?:randum)?|brief(?:ing)?|paper|note|report|bulletin|letter|statement|communication|series)"
    r"(?:\s+(?:no|nr)\.?)?\s+(\d\d)/\d{1,3}\b"
)


def updated(text: str, book: TimeBook) -> Interval | None:
    """The date of a line "Updated …", by which a document was written, if it has one."""
    for word in re.finditer(r"(?i)\b(?:updated|modified|revised)\b", text):
        start, end = text.rfind("\n", 0, word.start()) + 1, text.find("\n", word.end())
        end = len(text) if end < 0 else end
        if end - start > 200:
            continue
        for item in grammar(book).find(text, start, end):
            if _UPDATED.search(text[start : item.start]) and (found := _interval(item.form, text)):
                return found if found.days <= 31 else None
    return None


def issue_year(text: str) -> int | None:
    """The year in the number of an issue ("No. 37/2011") at the top."""
    found = _ISSUE.search(text, 0, 500)
    if found:
        return int(found.group(1) or found.group(2))
    short = _SHORT_ISSUE.search(text, 0, 300)
    return (2000 if int(short.group(1)) < 50 else 1900) + int(short.group(1)) if short else None


_TODAY = re.compile(
    r"\b(?:today|tonight|this\s+(?:morning|afternoon|evening|noon|week))\b,?\s*\(?(?:on\s+|the\s+)?$", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_IS_TODAY = re.compile(r"^,?\s*\(?(?:today|tonight|this\s+(?:morning|afternoon|evening))\b", re.IGNORECASE)


def dated_today(text: str, book: TimeBook) -> Publication | None:
    """The date that the text calls today: "today, 3 October 2019", "this morning, 22 May 2002"."""
    return next(
        (
            Publication(interval=line.interval, known="text", reasons=line.reasons)
            for line in _todays(text, book)
            if line.interval is not None and line.interval.days <= 7
        ),
        None,
    )


def partly_today(text: str, book: TimeBook) -> DatedLine | None:
    """What the text calls today without naming the year: "takes effect today, December 29"."""
    return next((line for line in _todays(text, book) if line.interval is None), None)


def _todays(text: str, book: TimeBook) -> Iterator[DatedLine]:
    near = [
        item
        for word in re.finditer(
            r"(?i)\b(?:today|tonight|this\s+(?:morning|afternoon|evening|noon|week))\b", text[:6000]
        )
        if _DIGIT.search(text, max(0, word.start() - 44), word.end() + 44)
        for item in grammar(book).find(text, max(0, word.start() - 44), min(len(text), word.end() + 44))
    ]
    for item in near:
        form = _whole(item.form)
        inner = item.form.got.get("dpoint", []) if item.form.op == "daytime" else []
        if any(part.op == "dayrel" for part in inner if hasattr(part, "op")):
            form = next((part for part in inner if part.op == "date"), form)
        if form.op != "date":
            continue
        if not (
            _TODAY.search(text, max(0, item.start - 24), item.start) or _IS_TODAY.match(text[item.end : item.end + 18])
        ):
            continue
        reason = f"the text calls “{text[item.start : item.end]}” today"
        yield _line(form, (item.start, item.end), "text", 0, (_interval(form, text), reason))
