"""The pages in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from tests.app.browser.hostile import ATTACKS

pytestmark = pytest.mark.slow
PHONE, HALVED = {"width": 390, "height": 844}, {"width": 640, "height": 450}


def _axe(page: Any, **options: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_quiet_and_local(
    visit: Callable[..., Any], addresses: dict[str, str], scheme: str
) -> None:
    seen = visit(color_scheme=scheme)
    for name, address in addresses.items():
        page = seen.go(address)
        assert page.locator("h1").count() == 1, name
        # The dark theme differs in its colours only.
        assert _axe(page, **({"runOnly": ["color-contrast"]} if scheme == "dark" else {})) == [], name
    seen.quiet()


@pytest.mark.parametrize(("viewport", "scale"), [(PHONE, 3), (HALVED, 2)], ids=["phone", "zoom 200 %"])
def test_nothing_is_cut_off_on_a_phone_and_at_double_size(
    visit: Callable[..., Any], addresses: dict[str, str], viewport: dict[str, int], scale: int
) -> None:
    seen = visit(viewport=viewport, device_scale_factor=scale)
    for name, address in addresses.items():
        page = seen.go(address)
        wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide[0] <= wide[1], (name, wide)
        assert page.locator("h1").is_visible(), name
    seen.quiet()


def test_the_keyboard_alone_leads_from_start_to_proof(visit: Callable[..., Any]) -> None:
    page = visit().go("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.pathname?.startsWith('/dyads/')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/dyads/**")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('main a')")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    while not page.evaluate("document.activeElement.pathname.startsWith('/documents/')"):
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")
    assert page.locator("mark:target").count() == 1
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"


def test_back_and_forward_restore_filters(visit: Callable[..., Any]) -> None:
    page = visit().go("/dyads/CHN-JPN/events")
    everything = page.locator("ol.events > li").count()
    page.select_option("#f-type", "CONSULT")
    page.wait_for_url("**/events?type=CONSULT*")
    fewer = page.locator("ol.events > li").count()
    assert 0 < fewer < everything
    page.select_option("#f-modality", "planned")
    page.wait_for_url("**modality=planned*")
    page.go_back()
    assert page.input_value("#f-type") == "CONSULT"
    assert page.input_value("#f-modality") == ""
    assert page.locator("ol.events > li").count() == fewer
    page.go_back()
    assert page.input_value("#f-type") == ""
    assert page.locator("ol.events > li").count() == everything
    page.go_forward()
    assert page.input_value("#f-type") == "CONSULT"


def test_a_link_lands_on_its_highlighted_sentence(visit: Callable[..., Any]) -> None:
    seen = visit(reduced_motion="reduce", viewport={"width": 1280, "height": 420})
    page = seen.go("/dyads/CHN-JPN/events")
    for at in (0, 3, 7):
        link = page.locator("a.proof").nth(at)
        words = link.inner_text().strip("“”")
        address = link.get_attribute("href")
        link.click()
        page.wait_for_url("**/documents/**")
        mark = page.locator("mark:target")
        assert mark.count() == 1, address
        assert " ".join(mark.inner_text().split()).startswith(words.removesuffix(" …"))
        box = mark.bounding_box()
        assert 0 <= box["y"] < 420
        other = page.locator("article.text").evaluate("e => getComputedStyle(e).backgroundColor")
        assert mark.evaluate("e => getComputedStyle(e).backgroundColor") != other
        page.go_back()
    seen.quiet()


def test_pages_are_complete_without_a_script(visit: Callable[..., Any], addresses: dict[str, str]) -> None:
    seen = visit(java_script_enabled=False)
    for name, address in addresses.items():
        page = seen.go(address)
        assert page.locator("h1").is_visible(), name
        assert len(page.locator("main").inner_text()) > 60, name
    page = seen.go("/dyads/CHN-JPN/events")
    page.select_option("#f-type", "CONSULT")
    page.click("form.filters button")
    page.wait_for_url("**type=CONSULT*")
    assert page.locator("ol.events > li").count() > 0


def test_a_chosen_theme_holds_on_the_next_page(visit: Callable[..., Any]) -> None:
    page = visit(color_scheme="light").go("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("button.theme")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.click("nav >> text=Codebook")
    page.wait_for_url("**/codebook")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_print_leaves_out_what_is_for_the_screen(visit: Callable[..., Any]) -> None:
    page = visit().go("/dyads/CHN-JPN/brief")
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert not page.locator("form.filters").is_visible()
    assert page.locator("article.brief").is_visible()


def test_hostile_documents_are_inert(visit: Callable[..., Any]) -> None:
    seen = visit()
    page = seen.go("/dyads/TON-VUT")
    documents = {
        link.split("#")[0]
        for link in page.eval_on_selector_all("a.proof", "all => all.map(a => a.getAttribute('href'))")
    }
    matters = set(page.eval_on_selector_all(".matter .head a", "all => all.map(a => a.getAttribute('href'))"))
    assert len(documents) == len(ATTACKS)
    lists = [f"/dyads/TON-VUT/{part}" for part in ("events", "matters", "statements", "drivers", "figures", "brief")]
    for address in (
        "/",
        "/dyads/TON-VUT",
        *lists,
        "/documents",
        "/search?q=tonga",
        "/actors/VUT",
        *sorted(documents | matters),
    ):
        page = seen.go(address)
        page.mouse.move(300, 300)
        assert page.evaluate("window.pwned === undefined"), address
        assert (
            page.locator("main script, main iframe, main img, main base, main style, main link, main [onload]").count()
            == 0
        )
        assert page.evaluate("[...document.querySelectorAll('a')].every(a => a.protocol === 'http:')")
        assert len(page.title()) < 200
        assert page.locator("h1").evaluate("e => e.textContent.length") < 300
        assert page.evaluate("getComputedStyle(document.body).display") == "block"
    seen.quiet()


def test_text_that_turns_direction_stays_in_its_place(visit: Callable[..., Any]) -> None:
    page = visit().go("/documents")
    row = page.locator("td, th", has_text="gnp.exe").first
    assert row.locator("bdi").count() >= 1
    assert page.evaluate("getComputedStyle(document.querySelector('bdi')).unicodeBidi") == "isolate"


def test_what_stands_first_for_a_screen_reader(visit: Callable[..., Any]) -> None:
    page = visit().go("/dyads/CHN-JPN")
    told = page.locator("body").aria_snapshot()
    for line in (
        'link "Skip to content"',
        'navigation "Main"',
        "search",
        "main:",
        'navigation "This relation"',
        "contentinfo",
    ):
        assert line in told, line
    levels = page.eval_on_selector_all("h1, h2, h3", "all => all.map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
