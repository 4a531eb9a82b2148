"""Properties of times: any date in any supported style means itself; offsets are exact; nothing raises."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.codebook import Codebook
from detente.model import Document, Interval, Publication
from detente.text.parse import parse
from detente.text.times import as_interval, resolve_dates, resolve_mentions, times

MONTHS = ("January February March April May June July August September October November December").split()
WEEKDAYS = ("Monday Tuesday Wednesday Thursday Friday Saturday Sunday").split()
STYLES = (
    "{d} {month} {y}",
    "{month} {d}, {y}",
    "{d}{th} {month} {y}",
    "{month} {d}{th}, {y}",
    "{wd}, {d} {month} {y}",
    "{wd}, {month} {d}, {y}",
    "{y}-{m:02}-{d:02}",
    "{y}/{m:02}/{d:02}",
    "{d} {abbr} {y}",
    "{abbr}. {d}, {y}",
    "the {d}{th} of {month}, {y}",
    "{wd} {d}{th} {month}, {y}",
)
DAYS = st.dates(date(1601, 1, 1), date(2149, 12, 31))
PUBLISHED = st.one_of(st.none(), st.dates(date(1985, 1, 1), date(2030, 1, 1)))


def ending(day):
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def printed(style, at):
    return style.format(
        d=at.day,
        m=at.month,
        y=at.year,
        month=MONTHS[at.month - 1],
        abbr=MONTHS[at.month - 1][:3],
        th=ending(at.day),
        wd=WEEKDAYS[at.weekday()],
    )


@settings(deadline=None)
@given(DAYS, st.sampled_from(STYLES), PUBLISHED)
def test_a_printed_date_means_itself(at, style, published):
    words = printed(style, at)
    text = f"It was signed on {words}."
    found = resolve_dates(text, published)
    assert len(found) == 1
    start, end, interval = found[0]
    assert words.removeprefix("the ").rstrip(".") in text[start:end]
    assert interval is not None
    assert (interval.start, interval.end) == (at, at)


@settings(deadline=None)
@given(st.dates(date(1985, 1, 1), date(2030, 1, 1)), st.integers(0, 6))
def test_a_weekday_in_the_past_is_within_the_week_before(published, number):
    ((_, _, interval),) = resolve_dates(f"They met on {WEEKDAYS[number]}.", published)
    assert interval.start.weekday() == number
    assert 0 <= (published - interval.start).days <= 6


@settings(deadline=None)
@given(st.dates(date(1985, 1, 1), date(2030, 1, 1)), st.integers(0, 6))
def test_a_weekday_in_the_future_is_within_the_week_after(published, number):
    ((_, _, interval),) = resolve_dates(f"They will meet on {WEEKDAYS[number]}.", published)
    assert 0 <= (interval.start - published).days <= 6


@settings(deadline=None)
@given(st.dates(date(1985, 1, 1), date(2030, 1, 1)), st.integers(2, 400))
def test_days_ago(published, count):
    ((_, _, interval),) = resolve_dates(f"It closed {count} days ago.", published)
    assert interval.start == interval.end == published - timedelta(days=count)


WORDS = st.sampled_from(
    """the last next this May march Friday on 27 3rd 2012 '98 1990s two weeks ago later after between and of in late
early mid - – . , : \n \n\n quarter third second week year years spring fall half a an until since by past few from to Q3 12/12/00
31/02/2011 0000 9999 99999999999 twenty-four hundred dozen Christmas anniversary 45th day the_ é ’ “ ( ) % $ hours 10:30 a.m. fiscal
century decade January Sun sat.""".split(" ")
)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=25).map(" ".join)), PUBLISHED)
def test_never_raises_and_offsets_are_exact(text, published):
    last = 0
    for start, end, interval in resolve_dates(text, published):
        assert last <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        assert interval is None or interval.start <= interval.end
        last = end


@pytest.mark.parametrize(
    ("given_as", "start", "end"),
    [
        ("2023-11-17", "2023-11-17", "2023-11-17"),
        ("2023-11", "2023-11-01", "2023-11-30"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-11-01/2023-12-31", "2023-11-01", "2023-12-31"),
        ("2024-12", "2024-12-01", "2024-12-31"),
    ],
)
def test_publication_can_be_given_as_iso(given_as, start, end):
    interval = as_interval(given_as)
    assert (str(interval.start), str(interval.end)) == (start, end)


def test_what_is_no_iso_date_is_refused():
    with pytest.raises(ValueError, match=r"."):
        as_interval("last Tuesday")


def test_named_interval_is_kept_beside_the_open_one():
    (item,) = resolve_mentions("Talks have gone on since 2012.", "2023-11-17")
    assert str(item.named) == "2012-01-01/2012-12-31"
    assert item.interval.open_end


@pytest.fixture(scope="module")
def book():
    return Codebook.load()


def annotated(text, published, book):
    interval = as_interval(published)
    document = Document(id="d", text=text, published=interval and Publication(interval=interval, known="given"))
    paragraphs, sentences = parse(document, book=book.actors)
    return {mention.text: mention for mention in times(document, paragraphs, sentences, interval, book)}


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        ("The foreign minister is planning to travel to Lima on Monday.", "Monday", "2023-11-20"),
        ("The foreign minister travelled to Lima on Monday.", "Monday", "2023-11-13"),
        ("Beijing threatened to suspend the pact in January.", "January", "2024-01-01/2024-01-31"),
        ("The talks, broken off in January, have resumed.", "January", "2023-01-01/2023-01-31"),
        ("A summit scheduled for December was put off.", "December", "2023-12-01/2023-12-31"),
    ],
)
def test_the_parse_tells_the_tense(book, text, words, meant):
    assert str(annotated(text, "2023-11-17", book)[words].interval) == meant


def test_mentions_of_a_document_are_exact(book):
    text = "Tokyo, Friday\n\nIn late August Beijing imposed a ban.\nTwo weeks earlier it had warned Tokyo; talks run annually, for five years."
    found = annotated(text, "2023-11-17", book)
    assert {words: mention.kind for words, mention in found.items()} == {
        "Friday": "date",
        "late August": "date",
        "Two weeks earlier": "date",
        "annually": "set",
        "five years": "duration",
    }
    assert all(text[mention.start : mention.end] == words for words, mention in found.items())
    assert isinstance(found["late August"].interval, Interval)
