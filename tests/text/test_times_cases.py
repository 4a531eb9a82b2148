"""Every row of cases/times.tsv: all mentions in a text and what they mean."""

from pathlib import Path

import pytest

from detente.text.times import resolve_dates

CASES = Path(__file__).parent / "cases" / "times.tsv"


def rows():
    lines = [line for line in CASES.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    for number, line in enumerate(lines[1:], 1):
        text, published, expected = line.split("\t")
        yield pytest.param(
            text.replace("\\n", "\n"), None if published == "-" else published, expected, id=f"{number}-{text[:40]}"
        )


def shown(text, found):
    out = []
    for start, end, interval in found:
        if interval is None:
            out.append(f"{text[start:end]} => ?")
            continue
        days = str(interval.start) if interval.start == interval.end else f"{interval.start}..{interval.end}"
        flags = "".join(
            f" {flag}"
            for flag, on in (
                ("~", interval.approximate),
                ("open_start", interval.open_start),
                ("open_end", interval.open_end),
            )
            if on
        )
        out.append(f"{text[start:end]} => {days}{flags}")
    return " ; ".join(out) or "none"


@pytest.mark.parametrize(("text", "published", "expected"), list(rows()))
def test_case(text, published, expected):
    assert shown(text, resolve_dates(text, published)) == expected


def test_there_are_enough_cases():
    assert len(list(rows())) >= 300
