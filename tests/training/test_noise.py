"""The scorer of page noise: what it is fitted on decides, the same input gives the same weights."""

from __future__ import annotations

from detente.codebook import Codebook
from detente.text.lines import split
from detente.text.pieces import pieces
from training.noise import Page, fit, held_out

BOOK = Codebook.load()
STORY = (
    "The two governments agreed on Monday to reopen the border post that has been shut since the floods of last year."
)


def page(name: str, masthead: str) -> Page:
    text = f"{masthead}\n\nFerries return to the strait\n\n{STORY}"
    found = list(pieces(split(text), BOOK.noise.classes, BOOK.actors.state_words))
    return Page(name, text, [(0, len(masthead))], [], found, [piece.start == 0 for piece in found])


PAGES = [
    page(f"w1-{dyad}-x-{i}", masthead)
    for i, dyad in enumerate(("aaabbb", "cccddd", "eeefff", "ggghhh", "iiijjj", "kkklll"))
    for masthead in ("BAY HERALD", "HILL COURIER", "PORT GAZETTE")
]


def test_mastheads_are_learnt_from_pages_that_have_them() -> None:
    weights = fit(PAGES)
    assert weights["capitals"] > 0 > weights["sentence"]
    assert fit(PAGES) == weights


def test_what_is_held_out_is_told() -> None:
    assert held_out(PAGES, 0.4).startswith("held out: 18 of 18 lines of noise go, 0 of 36 pieces of article text")


def test_what_is_shipped_asks_for_more_where_a_piece_reads_as_text() -> None:
    assert 0 < BOOK.noise.sure < BOOK.noise.surer < 1
