from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente.matters import Copies, runs
from detente.matters.copies import independent, is_copy
from detente.model import Document, Span, document_id

STORY = (
    "China lifted its ban on seafood from most Japanese prefectures on Sunday, two years after it was imposed over the "
    "release of treated water from the Fukushima plant. Goods from ten prefectures stay barred, and exporters must "
    "register their plants again, the customs office said. Tokyo welcomed the step and asked for the rest to follow. "
    "The first scallops from Hokkaido are expected in Dalian in November, traders in both countries told reporters."
)
OTHER = (
    "South Korea and Japan agreed on Tuesday to hold their next finance dialogue in Seoul, the two ministries said in "
    "separate notes, and to look at renewing the swap line of a hundred billion dollars that ends in three years."
)


def _document(text: str, name: str) -> Document:
    return Document(id=document_id(text, name), text=text, path=name)


def test_a_copy_with_another_masthead_and_a_cut_end_is_found():
    first = _document(STORY, "a.txt")
    copies = Copies()
    copies.add([_document(OTHER, "o.txt"), first])
    assert copies.original(_document("Valley Sun, Monday\n\n" + STORY, "b.txt")) == first.id
    assert copies.original(_document(STORY.rsplit(". ", 1)[0] + ".", "c.txt")) == first.id
    assert copies.original(_document(OTHER.replace("Tuesday", "Friday").replace("Seoul", "Tokyo"), "d.txt")) is None


def test_a_text_is_no_copy_of_itself_and_short_notes_never_are():
    first = _document(STORY, "a.txt")
    copies = Copies()
    copies.add([first, _document("Talks resume today.", "s.txt")])
    assert copies.original(first) is None
    assert copies.original(_document("Talks resume today.", "t.txt")) is None


def test_only_article_text_counts():
    noise = "Subscribe now. Read more in the app. Follow the paper. " * 6
    whole = noise + STORY
    marked = Document(id="m", text=whole, article=(Span(start=len(noise), end=len(whole)),))
    assert runs(marked) == runs(_document(STORY, "a.txt"))


def test_what_was_rewritten_is_no_copy_but_no_source_of_its_own():
    rewritten = STORY.split(". ")
    text = ". ".join(
        [*rewritten[:2], "Our man in Sapporo says buyers have waited for this since the summer of the ban"]
    )
    one, other = runs(_document(STORY, "a.txt")), runs(_document(text, "b.txt"))
    assert not is_copy(one, other)
    assert independent({"a": one, "b": other, "c": runs(_document(OTHER, "c.txt"))}) == 2


@given(st.permutations(["a", "b", "c", "d"]))
def test_sources_do_not_depend_on_order(order):
    texts = {"a": STORY, "b": STORY + " " + OTHER, "c": OTHER, "d": "One two three four five six."}
    assert independent({name: runs(_document(texts[name], name)) for name in order}) == 2


@given(st.text(max_size=300), st.text(max_size=300))
def test_copying_is_mutual(one, other):
    first, second = runs(_document(one, "a")), runs(_document(other, "b"))
    assert is_copy(first, second) == is_copy(second, first)
