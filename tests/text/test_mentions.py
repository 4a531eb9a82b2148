"""What always holds of paragraphs, sentences and mentions, whatever the text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.codebook.actors import ActorBook
from detente.model import Document, Interval, Mention, Span
from detente.text.mentions import countries, mentions
from detente.text.parse import parse, parse_many

WORDS = (
    "Tokyo Beijing Japan China the two leaders it he they premier Li Mr. Xi Jinping foreign minister of and , . said "
    "met in to bloc EU North Korea's U.S. - — \n \n\n ( ) Kishida counterpart former president İstanbul ’s army"
).split(" ")
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
DAY = Interval(start=date(2023, 11, 17), end=date(2023, 11, 17), precision="day")


def see(text: str, published: Interval | None = DAY, article: tuple[Span, ...] = ()) -> tuple[Mention, ...]:
    book = ActorBook.load()
    document = Document(id="x", text=text, article=article)
    return mentions(document, *parse(document, book=book), book, published)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, dated=st.booleans())
def test_mentions_lie_in_the_text_in_order(text: str, dated: bool) -> None:
    last = 0
    for mention in see(text, DAY if dated else None):
        assert mention.start >= last
        assert text[mention.start : mention.end] == mention.text
        last = mention.end


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_tokens_and_sentences_keep_their_offsets(text: str) -> None:
    document = Document(id="x", text=text)
    paragraphs, sentences = parse(document, book=ActorBook.load())
    for paragraph in paragraphs:
        assert len(paragraph.parse.text) == paragraph.end - paragraph.start
        for token in paragraph.parse:
            here = text[paragraph.start + token.idx : paragraph.start + token.idx + len(token.text)]
            assert len(here) == len(token.text)
    for sentence in sentences:
        paragraph = paragraphs[sentence.paragraph]
        assert paragraph.start <= sentence.start < sentence.end <= paragraph.end
        assert paragraph.parse[sentence.first].idx + paragraph.start == sentence.start


def test_only_article_spans_are_read() -> None:
    text = "Beijing | Menu\n\nTokyo protested.\n\nMoscow weather"
    start = text.index("Tokyo")
    found = see(text, article=(Span(start=start, end=start + len("Tokyo protested.")),))
    assert [mention.text for mention in found] == ["Tokyo"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line.\nAnother line.", ["One line.", "Another line."]),
        ("Ministers met in the capital on Monday and\nagreed to talk again.", None),
        ("First.\n\nSecond.", ["First.", "Second."]),
        (
            "    The talks in the capital went on for two days and ended in\nfailure, both governments said on Friday "
            "night.\n    A second round will follow in the spring if the weather is\nfair.",
            [
                "The talks in the capital went on for two days and ended in\nfailure, both governments said on Friday "
                "night.",
                "A second round will follow in the spring if the weather is\nfair.",
            ],
        ),
        ("• one\n• two", ["• one", "• two"]),
    ],
)
def test_paragraphs(text: str, expected: list[str] | None) -> None:
    paragraphs, _ = parse(Document(id="x", text=text), book=ActorBook.load())
    assert [text[one.start : one.end] for one in paragraphs] == (expected or [text])


def test_headings_are_flagged_and_capitals_recased() -> None:
    text = "TAIWAN REJECTS THE PLEA OF TEXTILE MAKERS\n\nThe bank refused the request on Tuesday."
    paragraphs, _ = parse(Document(id="x", text=text), book=ActorBook.load())
    assert [one.heading for one in paragraphs] == [True, False]
    assert paragraphs[0].parse.text == "Taiwan rejects the plea of textile makers"
    assert [mention.actors[0].code for mention in see(text)][:1] == ["TWN"]


def test_many_documents_keep_their_order() -> None:
    documents = [Document(id=str(n), text=f"Para one of {n}.\n\nPara two." if n % 3 else "") for n in range(50)]
    parsed = list(parse_many(documents, book=ActorBook.load()))
    assert [len(paragraphs) for paragraphs, _ in parsed] == [2 if n % 3 else 0 for n in range(50)]


def test_countries_are_those_that_act_first() -> None:
    text = "ROME, Nov 17 - Tokyo warned Beijing. Beijing rejected the warning. A film from Peru was shown."
    assert countries(see(text))[:2] == ("CHN", "JPN")
    assert "ITA" not in countries(see(text))
