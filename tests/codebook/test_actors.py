"""The actor tables: what loads, what is refused and how, what the lexicon finds."""

from __future__ import annotations

import shutil
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from detente.codebook.actors import ActorBook
from detente.codebook.actors_lexicon import fold, surnames
from detente.codebook.actors_rows import day
from detente.errors import CodebookError

OWN = Path(str(resources.files("detente") / "data" / "actors"))


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return ActorBook.load()


def test_every_row_of_the_own_tables_loads(book: ActorBook) -> None:
    assert len(book.states) > 190
    assert len({state.code for state in book.states}) == len(book.states)
    assert len(book.organisations) > 100
    assert {holder.state for holder in book.holders} - set(book.state) - set(book.organisation) == set()


def test_heads_of_at_least_sixty_states(book: ActorBook) -> None:
    for office in ("head of government", "foreign minister"):
        kept = {"head of government", "head of state"} if office == "head of government" else {office}
        assert len({holder.state for holder in book.holders if holder.office in kept}) >= 60


def test_four_states_have_trade_defence_finance_and_bank(book: ActorBook) -> None:
    for state in ("JPN", "CHN", "KOR", "USA"):
        held = {holder.office for holder in book.holders if holder.state == state}
        assert {"trade minister", "defence minister", "finance minister", "central bank governor"} <= held, state


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("states.tsv", "JPN\tJapan", "JP\tJapan", "'JP' is no actor code"),
        ("states.tsv", "the Diet(LEG)", "the Diet", "seat 'the Diet' has no sector"),
        ("holders.tsv", "JPN\thead of government\tYasuhiro", "XXX\thead of government\tYasuhiro", "is no state or"),
        ("holders.tsv", "JPN\thead of government\tYasuhiro", "JPN\tboss\tYasuhiro", "'boss' is not allowed"),
        ("holders.tsv", "1982-11-27\t1987-11-06", "1988-11-27\t1987-11-06", "ends (1987-11-06) before it starts"),
        ("holders.tsv", "1982-11-27\t1987-11-06", "27.11.1982\t1987-11-06", "'27.11.1982' is no date"),
        ("nouns.tsv", "\tdeed\t", "\tdeeed\t", "'deeed' is not allowed"),
        ("heads.tsv", "\twater\t", "\twett\t", "'wett' is not allowed"),
        ("anaphors.tsv", "\tbloc\t1", "\tbloc\t7", "number '7' is not allowed"),
        ("offices.tsv", "\tGOV\t1\tperson", "\tGOV\tI\tperson", "rank 'I' is no number"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    folder = tmp_path / "actors"
    shutil.copytree(OWN, folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CodebookError) as caught:
        ActorBook.load(folder)
    assert message in str(caught.value)
    line = text[: text.index(old)].count("\n") + 1
    assert f"{file}:{line}" in str(caught.value)


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"states\.tsv"):
        ActorBook.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "form", "code"),
    [
        ("In the United States it rained.", "the United States", "USA"),
        ("the U.S. said", "U.S.", "USA"),
        ("the U.S-led force", "U.S", "USA"),
        ("Cote d’Ivoire and Mali", "Cote d’Ivoire", "CIV"),
        ("São Tomé and Príncipe", "São Tomé and Príncipe", "STP"),
        ("South\nKorea", "South\nKorea", "KOR"),
        ("Asia Pacific Economic Cooperation", "Asia Pacific Economic Cooperation", "IGO.APEC"),
        ("a G-7 paper", "G-7", "IGO.G7"),
    ],
)
def test_forms_are_found_as_written(book: ActorBook, text: str, form: str, code: str) -> None:
    hits = [hit for hit in book.lexicon.find(text) if text[hit.start : hit.end] == form]
    assert hits, [text[hit.start : hit.end] for hit in book.lexicon.find(text)]
    assert code in {entry.code for entry in hits[0].entries}


@pytest.mark.parametrize("text", ["they told us", "turkey soup", "china plates", "visit china.com", "who said so"])
def test_case_and_addresses_are_minded(book: ActorBook, text: str) -> None:
    assert not [
        entry
        for hit in book.lexicon.find(text)
        for entry in hit.entries
        if entry.kind in ("state", "capital", "organisation")
    ]


@pytest.mark.parametrize(
    ("name", "state", "short"),
    [
        ("Xi Jinping", "CHN", "Xi"),
        ("Fumio Kishida", "JPN", "Kishida"),
        ("Ursula von der Leyen", "EUR", "von der Leyen"),
        ("Moon Jae-in", "KOR", "Moon"),
        ("Abiy Ahmed", "ETH", "Abiy"),
        ("Mohammed bin Salman", "SAU", "Mohammed"),
        ("Viktor Orban", "HUN", "Orban"),
    ],
)
def test_short_forms(name: str, state: str, short: str) -> None:
    assert short in surnames([name], state)


def test_dates_may_be_partial() -> None:
    assert day("2019", "here") == date(2019, 1, 1)
    assert day("2019-02", "here", last=True) == date(2019, 2, 28)
    assert day("2019", "here", last=True) == date(2019, 12, 31)
    assert day("", "here") is None


def test_folding() -> None:
    assert [fold(word) for word in ("Erdoğan", "Wałęsa", "Şahin", "Ørsted", "İzmir")] == [
        "erdogan",
        "walesa",
        "sahin",
        "orsted",
        "izmir",
    ]
