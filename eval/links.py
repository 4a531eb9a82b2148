"""Scores temporal link forecasts: `python -m eval.links DIR` reads DIR/train.txt, valid.txt and test.txt.

Each line holds `s r o t`, whole numbers separated by tabs; further columns are not read. Every test quadruple is asked
both ways, (s, r, ?) and (?, r, o), the second as the relation turned round. The rank of the answer is taken among all
entities of the three files, less the other answers true at the same time (time-aware filter); ties count at their mean
rank. **single-step**, the protocol of the published tables: a question at t may use all quadruples before t, of the
test too. **multi-step** (`--multi`): none after the last of valid. Rules are learned on train, weights of the mix on
valid, both read before the first test quadruple. `--recurrency` adds the plain recurrency scorer, nothing learned.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from detente.barometer.links import History, LinkScorer, Quads, both_ways, questions, read_rows, train
from detente.barometer.links.features import EVERYONE, NEAR
from detente.barometer.links.mix import Weights, plain
from detente.errors import DetenteError


@dataclass
class Ranks:
    """Ranks of answers."""

    ranks: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, float | int]:
        """MRR and hits, in percent, and the number of questions."""
        ranks = np.array(self.ranks)
        hits = {f"hits@{k}": round(100 * float((ranks <= k).mean()), 2) for k in (1, 3, 10)}
        return {"mrr": round(100 * float((1 / ranks).mean()), 2), **hits, "questions": len(ranks)}


def recurrency_alone(relations: int) -> Weights:
    """Weights of the recurrency columns alone."""
    return plain({0: 1.0, len(EVERYONE): 1.0}, len(EVERYONE) + len(NEAR), relations)


def ranks_of(scores: np.ndarray, answers: np.ndarray) -> list[float]:
    """The rank of each answer among all that are no other answer; ties at their mean rank."""
    mine = scores[answers]
    others = np.delete(scores, answers)
    return [1.0 + float((others > score).sum()) + float((others == score).sum()) / 2 for score in mine]


def rank(quads: Quads, span: tuple[int, int], make: Callable[[History], LinkScorer], *, multi: bool = False) -> Ranks:
    """The ranks of all answers of the steps in a span, both ways."""
    history, found = History(quads), Ranks()
    scorer = make(history)
    if multi:
        history.move_to(span[0])
    for step, day in questions(quads, *span):
        if not multi:
            history.move_to(step)
        for (s, r), answers in day.items():
            found.ranks += ranks_of(scorer.scores(s, r), answers)
    return found


def _spans(quads: Quads, low: int, high: int, workers: int) -> list[tuple[int, int]]:
    """The steps in runs of about equally many questions."""
    start, stop = np.searchsorted(quads.t, (low, high))
    cuts = [int(quads.t[start + (stop - start) * i // workers]) for i in range(1, workers)]
    edges = [low, *cuts, high]
    return [(a, b) for a, b in pairwise(edges) if a < b]


def evaluate(
    folder: Path, *, workers: int = 2, recurrency: bool = False, multi: bool = False, most: int = 16_000
) -> dict[str, object]:
    """All figures of a folder, by protocol and scorer; weights are learned on at most so many questions of valid.

    Raises:
        SourceError: where a file is missing or no table of quadruples.
    """
    parts = [read_rows(folder / f"{name}.txt") for name in ("train", "valid", "test")]
    quads = both_ways(np.concatenate(parts))
    edges = [(int(part[:, 3].min()) - quads.start) // quads.unit for part in parts]
    low, high, end = edges[1], edges[2], int(quads.t[-1]) + 1
    began = time.perf_counter()
    rules, weights = train(quads, low, high, most=most)
    taught = time.perf_counter() - began
    print(f"learned in {taught:.0f} s; penalty of single relations: {weights.penalty}", file=sys.stderr)
    scorers = {"rules and recurrency": weights}
    if recurrency:
        scorers["recurrency alone"] = recurrency_alone(2 * quads.relations)
    report: dict[str, object] = {"entities": quads.entities, "relations": quads.relations, "unit": quads.unit}
    for protocol in ("single-step", "multi-step")[: 1 + multi]:
        for name, mix in scorers.items():
            began = time.perf_counter()
            jobs = [(span, protocol == "multi-step") for span in _spans(quads, high, end, workers)]
            found = _run(quads, high, lambda history, mix=mix: LinkScorer(history, rules, mix), jobs)
            report[f"{protocol}, {name}"] = {**found.figures(), "seconds": round(time.perf_counter() - began)}
    return report


_JOB: list[Callable[[tuple[tuple[int, int], bool]], list[float]]] = []


def _work(job: tuple[tuple[int, int], bool]) -> list[float]:
    return _JOB[0](job)


def _run(
    quads: Quads, first: int, make: Callable[[History], LinkScorer], jobs: list[tuple[tuple[int, int], bool]]
) -> Ranks:
    def work(job: tuple[tuple[int, int], bool]) -> list[float]:
        (low, high), multi = job
        if not multi:
            return rank(quads, (low, high), make).ranks
        history = History(quads)
        history.move_to(first)
        scorer, ranks = make(history), []
        for _, day in questions(quads, low, high):
            for (s, r), answers in day.items():
                ranks += ranks_of(scorer.scores(s, r), answers)
        return ranks

    _JOB[:] = [work]
    if len(jobs) == 1:
        return Ranks(work(jobs[0]))
    with get_context("fork").Pool(len(jobs)) as pool:  # the events are shared, not copied
        return Ranks([rank for ranks in pool.map(_work, jobs, chunksize=1) for rank in ranks])


def main(arguments: list[str] | None = None) -> int:
    """The command line. Exit 0 scored, 1 there is nothing to score."""
    parser = argparse.ArgumentParser(description="Scores temporal link forecasts on quadruple files.")
    parser.add_argument("folder", type=Path, help="a folder with train.txt, valid.txt and test.txt")
    parser.add_argument("--workers", type=int, default=2, help="processes for the test questions")
    parser.add_argument("--recurrency", action="store_true", help="also the plain recurrency scorer")
    parser.add_argument("--multi", action="store_true", help="also multi-step: nothing after valid is known")
    parser.add_argument("--learn", type=int, default=16_000, help="questions of valid that weights are learned on")
    options = parser.parse_args(arguments)
    try:
        report = evaluate(
            options.folder,
            workers=options.workers,
            recurrency=options.recurrency,
            multi=options.multi,
            most=options.learn,
        )
    except DetenteError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for key, value in report.items():
        print(f"{key}: {json.dumps(value)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
