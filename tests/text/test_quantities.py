"""Quantities: numbers in any form are read to their value, in base units, with offsets that stay true."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.codebook import Codebook
from detente.model import Document, Paragraph
from detente.text.quantities import amounts, quantities
from detente.text.quantities.numbers import NumberGrammar

UNITS = Codebook.load().units
GRAMMAR = NumberGrammar(UNITS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,300,000", 1300000),
        ("12.5", 12.5),
        ("1.3 million", 1300000),
        ("three", 3),
        ("twenty-five", 25),
        ("a hundred", 100),
        ("two hundred and thirty", 230),
        ("three thousand five hundred", 3500),
        ("half a million", 500000),
        ("one and a half million", 1500000),
        ("a dozen", 12),
        ("two dozen", 24),
        ("2½", 2.5),
        ("1,00,000", 100000),
        ("five hundred thousand", 500000),
        ("ninety-nine", 99),
        ("1.3-million", 1300000),
        ("four million two hundred thousand", 4200000),
    ],
)
def test_numbers(text: str, value: float) -> None:
    (found,) = GRAMMAR.find(f"about {text} of")
    assert found.value == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["dozens", "several hundred", "a few thousand", "millions", "tenth", "someone", "often"]
)
def test_what_is_no_number(text: str) -> None:
    assert GRAMMAR.find(f"There were {text} there") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$1.2bn", (1.2e9, "USD")),
        ("US$ 5 million", (5e6, "USD")),
        ("A$916 million", (916e6, "AUD")),
        ("€750m", (750e6, "EUR")),
        ("3 trillion yen", (3e12, "JPY")),
        ("4.5 billion US dollars", (4.5e9, "USD")),
        ("42%", (42, "percent")),
        ("42 per cent", (42, "percent")),
        ("7 bcm", (7e9, "cubic metre")),
        ("500 kg", (0.5, "tonne")),
        ("1.3 million tons", (1.3e6, "tonne")),
        ("two decades", (2, "decade")),
        ("six-month", (6, "month")),
        ("8 GW", (8000, "megawatt")),
        ("300 km", (300, "km")),
        ("1.5 m", (1.5, "metre")),
        ("2 percentage points", (2, "percentage point")),
        ("Rs 500 crore", (5e9, "INR")),
        ("four-fifths of", (80, "percent")),
    ],
)
def test_amounts(text: str, expected: tuple[float, str]) -> None:
    ((value, unit),) = amounts(f"It is {text} in all", UNITS)
    assert (value, unit) == (pytest.approx(expected[0]), expected[1])


@settings(deadline=None)
@given(
    st.integers(min_value=2, max_value=10**12),
    st.sampled_from(["{:,} dollars", "${:,}", "US${}", "USD {}", "{} dollars"]),
)
def test_a_printed_amount_is_read_back(value: int, form: str) -> None:
    assert amounts(f"They paid {form.format(value)} for it.", UNITS) == [(float(value), "USD")]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789 ,.$€%tonkmillybdefar-–(½)\n"), max_size=60))
def test_offsets_are_true_for_any_text(text: str) -> None:
    document = Document(id="d", text=text)
    for found in quantities(document, (Paragraph(start=0, end=len(text), parse=None),), UNITS):
        assert text[found.start : found.end] == found.text
        assert found.text
