"""Temporal link forecasts on a simulated world: what they may see, how they rank, what they cite."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.barometer.links import History, LinkScorer, Quads, both_ways, learn, questions, read_rows, train
from detente.errors import SourceError
from eval.links import evaluate, main, rank, ranks_of, recurrency_alone
from tests.barometer.simulate import World, simulate, write

WORLD = World(entities=120, relations=6, days=60, per_day=30, countries=8, repeat=0.15, answer=0.45, seed=3)


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    return simulate(WORLD)


@pytest.fixture(scope="module")
def quads(rows: np.ndarray) -> Quads:
    return both_ways(rows)


@pytest.fixture(scope="module")
def scorer(quads: Quads) -> LinkScorer:
    rules, weights = train(quads, 40, 50, most=900)
    history = History(quads)
    history.move_to(50)
    return LinkScorer(history, rules, weights)


def test_both_ways_counts_a_row_once_and_turns_it() -> None:
    rows = np.array([[0, 0, 1, 48], [2, 1, 0, 24], [0, 0, 1, 48]])
    quads = both_ways(rows)
    assert (len(quads), quads.unit, quads.start, quads.relations) == (4, 24, 24, 2)
    assert {quads.given(i) for i in range(4)} == {(0, 0, 1, 48), (2, 1, 0, 24)}
    assert sorted(quads.r.tolist()) == [0, 1, 2, 3]


@given(st.lists(st.tuples(*[st.integers(0, 4)] * 3, st.integers(0, 9)), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_counts_are_those_of_the_events_before_now(listed: list[tuple[int, int, int, int]]) -> None:
    quads = both_ways(np.array(listed, dtype=np.int64), entities=5, relations=5)
    history = History(quads)
    for now in range(int(quads.t[-1]) + 2):
        history.move_to(now)
        for s in range(5):
            mine = history.triples_of(s)
            counted = {
                (int(r), int(o)): round(float(n))
                for r, o, n in zip(
                    history.triple_r[mine],
                    history.triple_o[mine],
                    history.triple_counts(mine)[:, -1],
                    strict=True,
                )
            }
            before = [
                (int(r), int(o))
                for a, r, o, t in zip(quads.s, quads.r, quads.o, quads.t, strict=True)
                if a == s and t < now
            ]
            assert counted == {pair: before.count(pair) for pair in before}


def test_a_history_fades_and_never_goes_back() -> None:
    history = History(both_ways(np.array([[0, 0, 1, 0], [0, 0, 2, 500]])))
    history.move_to(9)
    counts = history.triple_counts(history.triples_of(0))[0]
    assert counts == pytest.approx([0.5**4, 0.5**1, 0.5 ** (8 / 25), 0.5 ** (8 / 70), 1.0], rel=1e-4)
    history.move_to(500)
    assert history.pair_counts(history.pairs_of(0))[0, -1] == pytest.approx(1.0)
    with pytest.raises(ValueError, match="cannot go back"):
        history.move_to(3)


@pytest.mark.slow
def test_the_future_changes_nothing(rows: np.ndarray) -> None:
    """Other events from step 50 on, and the same forecasts at 50: rules, weights and counts see the past only."""
    altered = rows.copy()
    later = altered[:, 3] >= 50
    altered[later, 2] = (altered[later, 2] + 7) % WORLD.entities
    altered[later, 1] = (altered[later, 1] + 3) % WORLD.relations
    found = []
    for given_rows in (rows, altered):
        quads = both_ways(given_rows, entities=WORLD.entities, relations=WORLD.relations)
        rules, weights = train(quads, 40, 50, most=60)
        history = History(quads)
        history.move_to(50)
        scorer = LinkScorer(history, rules, weights)
        found.append(np.stack([scorer.scores(s, r) for s in range(0, 20, 4) for r in (0, 9)]))
    np.testing.assert_allclose(found[0], found[1], rtol=1e-4, atol=1e-4)


def test_rules_are_found_with_their_confidence() -> None:
    """Relation 1 answers relation 0 the other way round, two steps later, three times in four."""
    rng = np.random.default_rng(0)
    listed = []
    for i in range(400):
        s, o, t = rng.integers(40), 40 + rng.integers(40), int(rng.integers(0, 300))
        listed.append((s, 0, o, t))
        if i % 4:
            listed.append((o, 1, s, t + 2))
        listed.append((int(rng.integers(80)), 2, int(rng.integers(80)), t))
    rules = learn(both_ways(np.array(listed), entities=80, relations=3), 400, window=4, walks=10_000)
    answer = rules.one[0, 1 + 3]
    assert answer == pytest.approx(0.75, abs=0.06)
    assert answer > 5 * max(rules.one[0, 2], rules.one[2, 1], rules.one[2, 4])


def test_two_step_rules_are_found() -> None:
    """Whoever meets a partner's partner: (s 0 x), (x 1 o) → (s 2 o)."""
    rng = np.random.default_rng(1)
    listed = []
    for _ in range(300):
        s, x, o = rng.choice(60, size=3, replace=False).tolist()
        t = int(rng.integers(0, 200))
        listed += [(s, 0, x, t), (x, 1, o, t + 1), (s, 2, o, t + 2)]
    rules = learn(both_ways(np.array(listed), entities=60, relations=3), 300, window=5, walks=60_000)
    wanted, other = rules.of(2, np.array([0 * 6 + 1, 1 * 6 + 1]))
    assert wanted > 0.2
    assert wanted > 5 * other


def test_ranks_are_filtered_and_ties_stand_in_the_middle() -> None:
    scores = np.array([0.9, 0.5, 0.5, 0.5, 0.1])
    assert ranks_of(scores, np.array([0])) == [1.0]
    assert ranks_of(scores, np.array([1])) == [3.0]
    assert ranks_of(scores, np.array([0, 4])) == [1.0, 4.0]  # the other answer is not in the way


def test_ranks_are_those_of_the_published_protocol() -> None:
    """Both directions, the time-aware filter and ties at their mean rank, counted by hand over every test quadruple."""
    rows = simulate(World(entities=25, relations=4, days=30, per_day=20))
    quads = both_ways(rows)

    def scores(s: int, r: int) -> np.ndarray:
        return ((np.arange(quads.entities) * 7 + s * 3 + r * 11) % 5).astype(float)  # five values, so many ties

    found = rank(quads, (24, 30), lambda _: SimpleNamespace(scores=scores))  # type: ignore[arg-type,return-value]
    turned = [(o, r + quads.relations, s, t) for s, r, o, t in rows.tolist()]
    asked = [row for row in (*map(tuple, rows.tolist()), *turned) if row[3] >= 24]
    counted = []
    for s, r, o, t in asked:
        true = {x[2] for x in asked if (x[0], x[1], x[3]) == (s, r, t)}
        value = scores(s, r)
        others = [value[e] for e in range(quads.entities) if e not in true]
        counted.append(1 + sum(v > value[o] for v in others) + sum(v == value[o] for v in others) / 2)
    assert sorted(found.ranks) == pytest.approx(sorted(counted))


@pytest.mark.slow
def test_the_mix_beats_recurrency_alone(quads: Quads, scorer: LinkScorer) -> None:
    def mrr(make: object) -> float:
        return float(rank(quads, (50, 60), make).figures()["mrr"])  # type: ignore[arg-type]

    mixed = mrr(lambda history: LinkScorer(history, scorer.rules, scorer.weights))
    alone = mrr(lambda history: LinkScorer(history, scorer.rules, recurrency_alone(2 * quads.relations)))
    assert mixed > alone + 1
    assert alone > 10


def test_every_forecast_cites_past_events(quads: Quads, rows: np.ndarray, scorer: LinkScorer) -> None:
    known = {tuple(row) for row in rows.tolist()}
    (step, day), *_ = questions(quads, 50, 51)
    uncited = 0
    for s, r in list(day)[:25]:
        best = int(np.argmax(scorer.scores(s, r)))
        cited = scorer.cite(s, r, best)
        uncited += not cited
        assert all(citation.quad in known and citation.quad[3] < step for citation in cited)
        assert [c.weight for c in cited] == sorted((c.weight for c in cited), reverse=True)
    assert uncited == 0


@pytest.mark.slow
def test_folder_is_scored_under_both_protocols(
    tmp_path: Path, rows: np.ndarray, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, rows)
    report = evaluate(tmp_path, workers=2, recurrency=True, multi=True, most=200)
    single, multi = report["single-step, rules and recurrency"], report["multi-step, rules and recurrency"]
    assert isinstance(single, dict)
    assert isinstance(multi, dict)
    count = len(read_rows(tmp_path / "test.txt"))
    assert single["questions"] == multi["questions"] == 2 * count
    assert single["mrr"] > multi["mrr"]
    assert 0 <= single["hits@1"] <= single["hits@3"] <= single["hits@10"] <= 100
    assert report["unit"] == 24


@pytest.mark.parametrize(
    ("text", "told"), [("0\t1\t2\n", "line 1 is no quadruple"), ("", "holds no quadruple"), ("a b c d", "no quadruple")]
)
def test_what_is_no_table_of_quadruples_is_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "train.txt").write_text(text)
    with pytest.raises(SourceError, match=told):
        read_rows(tmp_path / "train.txt")
    assert main([str(tmp_path)]) == 1
    with pytest.raises(SourceError, match="is not there"):
        read_rows(tmp_path / "valid.txt")
