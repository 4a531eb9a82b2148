from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date

import pytest

from detente.barometer import periods
from detente.charts import THEMES, css, data_table, draw_barometer, draw_comparison, to_png
from detente.errors import UsageError
from detente.model import Balance, Reading, Turn

NS = "{http://www.w3.org/2000/svg}"


def reading(i: int, **fields: object) -> Reading:
    start = date(2020 + i // 12, i % 12 + 1, 1)
    given = {
        "tone": 10.0 - i,
        "level": 5.0 - i / 2,
        "low": -i,
        "high": 10.0,
        "n": 4,
        "engagement": 3.0,
        "stock": i / 10,
        "thin": False,
    } | fields
    return Reading(
        dyad="CHN-JPN",
        source="rules",
        period=periods.named(start, "month"),
        start=start,
        end=periods.last(start, "month"),
        reports=5,
        cooperation=3,
        conflict=1,
        **given,
    )


EMPTY = {"tone": None, "level": None, "low": None, "high": None, "engagement": None, "n": 0, "thin": True}
READINGS = [reading(0, **EMPTY), *(reading(i) for i in range(1, 20)), reading(20, **EMPTY), reading(21)]
TURN = Turn(
    period="2020-09", start=date(2020, 9, 1), probability=0.93, before=2, after=-30, because=('<ban> & "levy"',)
)


def test_it_is_labelled_focusable_and_has_its_data() -> None:
    svg = ET.fromstring(draw_barometer(READINGS, title="Japan & China", turns=[TURN]))
    assert svg.get("role") == "group"
    labels = {element.get("id") for element in svg.iter() if element.get("id")}
    assert set(svg.get("aria-labelledby", "").split()) == labels
    (flag,) = [element for element in svg.iter(f"{NS}g") if element.get("tabindex") == "0"]
    assert '2020-09 colder, +2 to −30 (p 0.93): <ban> & "levy"' in flag.get("aria-label", "")
    (table,) = [element for element in svg.iter() if element.get("role") == "table"]
    assert len([row for row in table if row.get("role") == "row"]) == len(READINGS) + 1
    assert "Japan & China" in "".join(svg.itertext())


def test_it_is_the_same_each_time_and_needs_nothing_from_outside() -> None:
    one, two = (draw_barometer(READINGS, title="Japan and China", turns=[TURN]) for _ in range(2))
    assert one == two
    assert "href" not in one
    assert "@import" not in one
    assert "url(" not in one


def test_colours_are_variables_in_both_themes_or_left_to_the_page() -> None:
    svg = draw_barometer(READINGS, title="x")
    assert "prefers-color-scheme:dark" in svg
    assert "var(--chart-ink)" in svg
    bare = draw_barometer(READINGS, title="x", styled=False)
    assert "<style" not in bare
    assert "style=" not in bare
    for theme in THEMES.values():
        for name, colour in theme.items():
            assert f"--chart-{name}:{colour}" in css()


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["ink", "muted", "level", "warm", "cold"])
def test_text_and_marks_stand_out(theme: str, name: str) -> None:
    dark, light = sorted(_luminance(THEMES[theme][part]) for part in (name, "paper"))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_where_nothing_is_known_nothing_is_drawn() -> None:
    svg = ET.fromstring(draw_barometer(READINGS, title="x"))
    dots = [element for element in svg.iter(f"{NS}circle") if "tone" in element.get("class", "")]
    assert len(dots) == sum(reading.tone is not None for reading in READINGS)
    assert sum(element.get("class") == "level" for element in svg.iter(f"{NS}path")) == 2  # a gap breaks the line


def test_sources_are_never_mixed() -> None:
    import msgspec

    other = msgspec.structs.replace(READINGS[3], source="icews")
    with pytest.raises(UsageError, match="several sources: icews, rules"):
        draw_barometer([*READINGS, other], title="x")
    with pytest.raises(UsageError, match="no readings"):
        draw_barometer([], title="x")


def test_the_comparison_says_each_pair() -> None:
    pairs = [
        ("Japan and China", READINGS, Balance(dyad="CHN-JPN", net=40.0, low=20.0, high=55.0, n=80)),
        ("Chile and Peru", READINGS[:5], Balance(dyad="CHL-PER")),
    ]
    svg = ET.fromstring(draw_comparison(pairs, title="Two"))
    said = [element.get("aria-label") for element in svg.iter(f"{NS}g") if element.get("role") == "img"]
    assert said[0] == "Japan and China: level −6 in 2021-10, balance +40 from 80 events."
    assert said[1].endswith("balance – from 0 events.")


def test_the_data_table_has_heads_and_escapes() -> None:
    table = ET.fromstring(data_table(READINGS, caption="a < b"))
    assert table.findtext("caption") == "a < b"
    assert len(table.findall("tbody/tr")) == len(READINGS)
    assert all(cell.get("scope") == "col" for cell in table.findall("thead/tr/th"))


def test_png_is_a_png() -> None:
    pytest.importorskip("resvg_py")
    svg = draw_barometer(READINGS, title="x", turns=[TURN])
    for theme in THEMES:
        assert to_png(svg, theme=theme, scale=0.5).startswith(b"\x89PNG")
    with pytest.raises(UsageError, match="no theme"):
        to_png(svg, theme="sepia")
