from __future__ import annotations

import random
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.barometer import Asked, Counts, balance, gauge, turns
from detente.barometer.periods import PERIODS, following, last, named, parse, starts
from detente.codebook import Codebook
from detente.errors import UsageError
from detente.model import Reading

BOOK = Codebook.load()
OWN = BOOK.barometer
TENDENCY = {type: BOOK.ontology.tendency(type) for type in BOOK.ontology.types}
MONTHS = starts(date(2010, 1, 1), date(2019, 12, 31), "month")
ASKED = Asked("CHN-JPN", "made up")
Row = tuple[date, str, str | None, bool, float, int, float, float]


def row(month: date, type: str, n: int = 1, mode: str | None = None, doubted: bool = False, c: float = 0.8) -> Row:
    return (month, type, mode, doubted, float(n), n, n * c, n * c * c)


def quiet_years() -> list[Row]:
    """Ten years like any: some meetings, an agreement or two, some quarrels, now and then a deed."""
    rng = np.random.default_rng(7)
    often = {"CONSULT": 6, "AGREE": 2, "SUPPORT": 1, "ACCUSE": 2, "REJECT": 0.5, "SANCTION": 0.15, "COOPERATE": 0.6}
    drawn = ((month, type, int(rng.poisson(rate))) for month in MONTHS for type, rate in often.items())
    return [row(month, type, n) for month, type, n in drawn if n]


def read(rows: list[Row], asked: Asked = ASKED, **more: object) -> list[Reading]:
    return gauge(Counts.of(rows), asked, OWN, TENDENCY, **more)


def at(readings: list[Reading], name: str) -> Reading:
    return next(reading for reading in readings if reading.period == name)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_neither_order_nor_batching_matters(seed: int, batches: int) -> None:
    rows = quiet_years()
    shuffled = rows.copy()
    random.Random(seed).shuffle(shuffled)
    assert read(shuffled) == read(rows)
    # The same events, counted apart and put together.
    halves = [(*r[:4], r[4] / batches, r[5] / batches, r[6] / batches, r[7] / batches) for r in rows]
    for one, other in zip(read(halves * batches), read(rows), strict=True):
        assert one.tone == pytest.approx(other.tone, abs=1e-6)
        assert one.level == pytest.approx(other.level, abs=1e-6)


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize("context", [None, "economic"])
def test_the_parts_of_a_reading_add_up_to_it(live: bool, context: str | None) -> None:
    whole = Counts.of(quiet_years()) if context else None
    part = [r for r in quiet_years() if r[1] in ("CONSULT", "SANCTION", "COOPERATE")] if context else quiet_years()
    for reading in read(part, Asked("CHN-JPN", "made up", context=context, live=live), whole=whole):
        if reading.tone is not None:
            added = reading.cooperation * reading.per_cooperation + reading.conflict * reading.per_conflict
            assert added + reading.quiet == pytest.approx(reading.tone, abs=1e-9)


def test_a_month_of_threats_and_tariffs_with_much_talk_does_not_read_warm() -> None:
    """The trap of event data: April 2018 was among the highest months of sums of scores between two states in a trade war."""
    month = date(2018, 4, 1)
    acts = {"SANCTION": 2, "THREATEN": 8, "ACCUSE": 6, "CONSULT": 45, "AGREE": 3, "REQUEST": 10}
    rows = [r for r in quiet_years() if r[0] != month] + [row(month, type, n) for type, n in acts.items()]
    scores = sum(n * BOOK.ontology.intensity(type) for type, n in acts.items())
    usual = [
        sum(r[4] * BOOK.ontology.intensity(r[1]) for r in rows if r[0] == other) for other in MONTHS if other != month
    ]
    assert scores > max(usual)  # the sum of scores calls it the warmest month of ten years
    reading = at(read(rows), "2018-04")
    assert reading.tone is not None
    assert reading.tone < -15
    colder = [r for r in read(rows) if r.tone is not None and r.tone < reading.tone]
    assert len(colder) <= len(MONTHS) / 10
    assert reading.engagement is not None
    assert reading.engagement > 0  # that there was much talk is said, beside the tone and not in it
    assert reading.deeds is not None
    assert reading.deeds < 0


def test_a_month_without_events_is_unknown_and_leaves_the_others_alone() -> None:
    rows = [r for r in quiet_years() if r[0] != date(2014, 6, 1)]
    readings = read(rows)
    silent = at(readings, "2014-06")
    assert (silent.n, silent.tone, silent.shock, silent.engagement, silent.thin) == (0, None, None, None, True)
    before = at(readings, "2014-05")
    assert silent.level == pytest.approx(before.level)
    assert silent.high - silent.low >= before.high - before.low - 1e-9
    longer = read(rows, Asked("CHN-JPN", "made up", last=date(2020, 6, 30)))
    assert [r.period for r in longer[len(readings) :]] == [f"2020-0{i}" for i in range(1, 7)]
    assert longer[: len(readings)] == readings
    widths = [r.high - r.low for r in longer[len(readings) - 1 :]]
    assert widths == sorted(widths)
    assert widths[-1] > widths[0]


def test_live_readings_know_nothing_of_what_came_later() -> None:
    rows = quiet_years()
    early = [r for r in rows if r[0] < date(2015, 1, 1)]
    live = Asked("CHN-JPN", "made up", live=True)
    for one, other in zip(read(early, live), read(rows, live), strict=False):
        assert (one.tone, one.engagement) == (other.tone, other.engagement)


def test_twice_the_news_of_everything_is_no_engagement() -> None:
    rows = [(*r[:4], r[4] * 2, r[5] * 2, r[6] * 2, r[7] * 2) if r[0].year == 2017 else r for r in quiet_years()]
    flat, doubled = ({m: 1000.0 * (2 if twice and m.year == 2017 else 1) for m in MONTHS} for twice in (False, True))
    mean = {
        name: np.mean([r.engagement for r in read(rows, volume=volume) if r.start.year == 2017])
        for name, volume in (("flat", flat), ("doubled", doubled))
    }
    assert mean["flat"] > 8
    assert abs(mean["doubled"]) < mean["flat"] / 2


def test_a_change_behind_a_long_silence_has_no_date() -> None:
    def made(silent: int) -> list[Reading]:
        told = [(0.0, 0.0)] * 3 + [(None, 0.0)] * silent + [(40.0, 0.9)] + [(40.0, 0.0)] * 3
        start = date(2016, 1, 1)
        return [
            Reading(
                dyad="CHN-JPN", source="rules", period=str(i), start=start, end=start, n=1, reports=1, thin=False,
                cooperation=0.0, conflict=0.0, tone=tone, level=tone or 0.0, change=change,
            )
            for i, (tone, change) in enumerate(told)
        ]  # fmt: skip

    assert [turn.period for turn in turns(made(3))] == ["6"]
    assert not turns(made(4))


def test_turns_are_dated_and_signed_and_shocks_told_apart() -> None:
    cold = [m for m in MONTHS if date(2012, 9, 1) <= m <= date(2014, 10, 1)]
    rows = [r for r in quiet_years() if r[0] not in cold or r[1] != "CONSULT"]
    rows += [row(m, type, n) for m in cold for type, n in (("ACCUSE", 6), ("SANCTION", 2), ("CONSULT", 2))]
    found = turns(read(rows), OWN.level.turn_above)
    assert [(turn.period, turn.sign, turn.shock) for turn in found] == [("2012-09", -1, False), ("2014-11", 1, False)]
    shaken = [*quiet_years(), row(date(2016, 3, 1), "COERCE", 12), row(date(2016, 3, 1), "THREATEN", 20)]
    assert any(turn.period == "2016-03" and turn.sign < 0 and turn.shock for turn in turns(read(shaken)))


def test_deeds_and_words_apart() -> None:
    month = date(2013, 5, 1)
    rows = [r for r in quiet_years() if r[0] != month]
    rows += [row(month, "SANCTION", 3), row(month, "AGREE", 8), row(month, "CONSULT", 8)]
    reading = at(read(rows), "2013-05")
    assert reading.deeds is not None
    assert reading.words is not None
    assert reading.deeds < 0 < reading.words
    assert reading.divided


def test_what_is_doubted_weighs_as_a_word_and_a_phone_call_as_talk() -> None:
    month = MONTHS[0]
    for counted, weight in (
        (row(month, "ASSAULT", c=1.0), 4.0),
        (row(month, "ASSAULT", doubted=True, c=1.0), 1.0),
        (row(month, "CONSULT", c=1.0), 1.0),
        (row(month, "CONSULT", mode="phone", c=1.0), 0.25),
    ):
        (reading,) = read([counted])
        assert reading.cooperation + reading.conflict == weight


def test_pairs_are_compared_by_the_plain_balance() -> None:
    found = balance("x", read(quiet_years()))
    assert found.net is not None
    assert found.low < found.net < found.high
    (one,) = read([row(MONTHS[0], "AGREE")])
    assert one.net == 100
    assert one.net_low < 0  # one event is no balance
    assert balance("x", []).net is None


@pytest.mark.parametrize("by", PERIODS)
def test_periods_are_named_and_found_again(by: str) -> None:
    for start in starts(date(2019, 12, 25), date(2021, 2, 3), by):
        assert parse(named(start, by)) == (start, by)
        assert last(start, by) < following(start, by)
    with pytest.raises(UsageError, match="no period"):
        parse("2023-13")


def test_days_take_their_level_from_months() -> None:
    rows = [
        row(date.fromordinal(date(2010, 1, 1).toordinal() + i), "CONSULT" if i % 3 else "ACCUSE") for i in range(1500)
    ]
    readings = read(rows, Asked("CHN-JPN", "made up", by="day"))
    assert len(readings) == 1500
    assert len({r.level for r in readings if r.start.month == 5 and r.start.year == 2012}) == 1


def test_nothing_counted_is_no_reading() -> None:
    assert read([]) == []
