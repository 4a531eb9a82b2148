"""Checks the bank and prints its tables: `make bank`.

    python -m training.bank training/bank [--against ../shared]

Expands every NAME.ann first. Exit status 1 where a rule of the bank does not hold.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from training import clauses, expand, originality, tables
from training.passages import COLUMNS, SPLITS, Passage, load, sentences

MIN_PASSAGES, MIN_WORDS, WORDS = 300, 45_000, (80, 300)
MIN_STYLES, MIN_DYADS, MIN_SETS, SET_SIZE = 10, 60, 40, (3, 6)
MIN_TYPE, MIN_MODALITY, MIN_DISTINCT, MIN_NOISE = 0.03, 0.04, 0.93, 0.30
MIN_SENTENCES, SHARES = 1500, {"train": 0.70, "dev": 0.15, "test": 0.15}
TYPES = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT"
).split()
MODALITIES = ("occurred", "ongoing", "planned", "proposed", "conditional", "denied")


def problems(bank: Path, passages: Sequence[Passage], against: Path | None) -> Iterator[str]:
    """Every rule that does not hold, in one line each."""
    yield from _size(passages)
    yield from _splits(passages)
    yield from _sets(passages)
    yield from _annotations(passages)
    yield from _sentences(bank)
    yield from _clauses(bank)
    share = originality.distinct_share(passages)
    if share < MIN_DISTINCT:
        yield f"only {share:.1%} of five-word sequences are distinct; {MIN_DISTINCT:.0%} must be"
    for one, other, count in originality.sharing(passages):
        yield f"{one} and {other} share {count} five-word sequences and are not marked as syndicated"
    if against is not None and against.is_dir():
        for id_, name, similarity in originality.near(passages, against):
            yield f"{id_} is too near {name} (similarity {similarity:.2f})"
        yield from _schema(bank, against)


def _size(passages: Sequence[Passage]) -> Iterator[str]:
    total = sum(len(passage.words) for passage in passages)
    if len(passages) < MIN_PASSAGES or total < MIN_WORDS:
        yield f"{len(passages)} passages of {total:,} words; {MIN_PASSAGES} of {MIN_WORDS:,} are needed"
    for passage in passages:
        count = len(passage.text.split())
        if not WORDS[0] <= count <= WORDS[1]:
            yield f"{passage.id} has {count} words; {WORDS[0]} to {WORDS[1]} are asked for"
        missing = [column for column in COLUMNS if column not in passage.row]
        if missing:
            yield f"{passage.id} lacks the columns {', '.join(missing)}"
    styles, dyads = {p.row["style"] for p in passages}, {p.row["dyad"] for p in passages}
    if len(styles) < MIN_STYLES or len(dyads) < MIN_DYADS:
        yield f"{len(styles)} styles and {len(dyads)} dyads; {MIN_STYLES} and {MIN_DYADS} are needed"
    noisy = sum(p.row["noise"] == "yes" for p in passages) / max(1, len(passages))
    if noisy < MIN_NOISE:
        yield f"only {noisy:.0%} of the passages have page noise; {MIN_NOISE:.0%} must"


def _splits(passages: Sequence[Passage]) -> Iterator[str]:
    for column in ("dyad", "set"):
        where: dict[str, set[str]] = defaultdict(set)
        for passage in passages:
            if passage.row[column]:
                where[passage.row[column]].add(passage.row["split"])
        yield from (
            f"{column} {name} is in {' and '.join(sorted(splits))}"
            for name, splits in sorted(where.items())
            if len(splits) > 1
        )
    for split, wanted in SHARES.items():
        share = sum(passage.row["split"] == split for passage in passages) / max(1, len(passages))
        if abs(share - wanted) > 0.03:
            yield f"{split} holds {share:.0%} of the passages; {wanted:.0%} are asked for"


def _sets(passages: Sequence[Passage]) -> Iterator[str]:
    members: dict[str, list[str]] = defaultdict(list)
    for passage in passages:
        if passage.row["set"]:
            members[passage.row["set"]].append(passage.id)
    if len(members) < MIN_SETS:
        yield f"{len(members)} sets; {MIN_SETS} are needed"
    for name, ids in sorted(members.items()):
        if not SET_SIZE[0] <= len(ids) <= SET_SIZE[1]:
            yield f"set {name} has {len(ids)} passages; {SET_SIZE[0]} to {SET_SIZE[1]} are asked for"


def _annotations(passages: Sequence[Passage]) -> Iterator[str]:
    bare = [passage.id for passage in passages if passage.annotation is None and not passage.row["syndicated_of"]]
    if bare:
        yield f"{len(bare)} passages are not annotated: {', '.join(bare[:5])} …"
    events = tables.events(passages)
    for name, allowed, least in (("type", TYPES, MIN_TYPE), ("modality", MODALITIES, MIN_MODALITY)):
        found = {value: share for value, _, share in tables.shares(event[name] for event in events)}
        yield from (
            f"{name} {value} is {found.get(value, 0):.1%} of events; {least:.0%} are needed"
            for value in allowed
            if events and found.get(value, 0) < least
        )


def _sentences(bank: Path) -> Iterator[str]:
    rows = sentences(bank)
    if len(rows) < MIN_SENTENCES:
        yield f"{len(rows)} single sentences; {MIN_SENTENCES} are needed"
    seen: set[str] = set()
    for row in rows:
        if row["type"] not in (*TYPES, "NONE") or row["modality"] not in (*MODALITIES, "none"):
            yield f"sentence {row['id']}: type {row['type']!r}, modality {row['modality']!r}"
        for party in ("actor", "recipient"):
            if row[party] and row[party] not in row["sentence"]:
                yield f"sentence {row['id']}: {party} {row[party]!r} is not in it"
        if row["sentence"] in seen:
            yield f"sentence {row['id']} occurs twice"
        seen.add(row["sentence"])


def _clauses(bank: Path) -> Iterator[str]:
    try:
        clauses.load(bank / "clauses")
    except ValueError as error:
        yield from str(error).splitlines()


def _schema(bank: Path, against: Path) -> Iterator[str]:
    checker = against / "gold" / "check.py"
    for split in SPLITS if checker.exists() else ():
        done = subprocess.run(
            [sys.executable, str(checker), str(bank / split)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            yield from (
                f"{split}: {line}"
                for line in done.stdout.splitlines()
                if ": " in line
                and not line.startswith("note")
                and "problems (counts" not in line
                and "boilerplate" not in line.split(",")[-1]
            )


def report(bank: Path, passages: Sequence[Passage]) -> str:
    """The bank's tables."""
    events = tables.events(passages)
    rows = sentences(bank)
    sets = {passage.row["set"] for passage in passages if passage.row["set"]}
    head = (
        f"{len(passages)} passages, {sum(len(p.text.split()) for p in passages):,} words, "
        f"{len({p.row['dyad'] for p in passages})} dyads, "
        f"{len(sets)} sets, {len(events):,} events, {len(rows):,} single sentences, "
        f"{len(clauses.load(bank / 'clauses')):,} clauses\n"
        f"{originality.distinct_share(passages):.2%} of five-word sequences distinct"
    )
    quotes = [event["quote"] for event in events]
    parts = [
        tables.printed("splits", tables.shares(p.row["split"] for p in passages)),
        tables.printed("event types", tables.shares(event["type"] for event in events)),
        tables.printed("modalities", tables.shares(event["modality"] for event in events)),
        tables.printed("voices", tables.shares(tables.voices(quotes)) if quotes else []),
        *(
            tables.printed(name, tables.shares(p.row[column] for p in passages))
            for name, column in (
                ("styles", "style"),
                ("domains", "domain"),
                ("regions", "region"),
                ("page noise", "noise"),
            )
        ),
        tables.printed("decades", tables.shares(tables.decade(p.row["year"]) for p in passages)),
    ]
    if rows:
        parts += [
            tables.printed("sentence types", tables.shares(row["type"] for row in rows)),
            tables.printed("sentence modalities", tables.shares(row["modality"] for row in rows)),
        ]
    return "\n\n".join([head, *parts])


def main(arguments: list[str] | None = None) -> int:
    """Expands, checks and reports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bank", type=Path)
    parser.add_argument(
        "--against", type=Path, help="a folder with seeds/, gold/ and corpora/ that no passage may be near"
    )
    options = parser.parse_args(arguments)
    status = expand.main([str(options.bank / split) for split in SPLITS])
    passages = load(options.bank)
    print(report(options.bank, passages))
    if options.against is None or not options.against.is_dir():
        print(f"\nnot compared with {options.against or '../shared'}: it is not there")
    found = list(problems(options.bank, passages, options.against))
    print(f"\n{len(found)} problems" if found else "\nno problems")
    for problem in found:
        print(f"  {problem}")
    return 1 if found or status else 0


if __name__ == "__main__":
    sys.exit(main())
