"""Expands the compact notation of `docs/annotation.md` (NAME.ann) to the schema's JSON (NAME.json).

python -m training.expand FOLDER…        writes NAME.json beside each NAME.ann
python -m training.expand --check FOLDER…  writes nothing; fails where a JSON file is not what its .ann says
"""

from __future__ import annotations

import argparse
import calendar
import json
import re
import sys
from pathlib import Path
from typing import Any

QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "verbal cooperation"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "material cooperation"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "verbal conflict"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "material conflict"),
}
LAYERS = ("events", "matters", "statements", "figures", "drivers")


class NotationError(ValueError):
    """A line of an .ann file is not in the notation; the message names file and line."""


def expand(path: Path) -> dict[str, Any]:
    """The schema's JSON value of an .ann file.

    Raises:
        NotationError: naming file and line.
    """
    value: dict[str, Any] = {"doc": f"{path.stem}.txt", "published": None, "boilerplate": [], **{k: [] for k in LAYERS}}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            _line(line, value)
        except (ValueError, KeyError, IndexError) as error:
            raise NotationError(f"{path}:{number}: {error} in {line.strip()[:80]!r}") from None
    return value


def _line(line: str, value: dict[str, Any]) -> None:
    kind = line.strip().split(" ", 1)[0]
    if kind == "B":
        value["boilerplate"].append(line.strip()[2:])
        return
    head, quote, options = _parts(line.strip())
    if kind == "P":
        value["published"] = interval(head[1])
        if "note" in options:
            value["published_note"] = options["note"]
        return
    if quote is None:
        raise ValueError("no ⟦quote⟧")
    if kind == "m":
        value["matters"][-1]["milestones"].append({"status": _spaced(head[1]), **_ends(head[2]), "quote": quote})
        return
    layer, make = {
        "E": ("events", _event),
        "M": ("matters", _matter),
        "S": ("statements", _statement),
        "F": ("figures", _figure),
        "D": ("drivers", _driver),
    }[kind]
    record = make(head[1:], quote, options)
    if options.get("also"):
        record["also"] = options["also"]
    if "optional" in options:
        record["optional"] = True
    value[layer].append(record)


def _parts(line: str) -> tuple[list[str], str | None, dict[str, Any]]:
    """The words before the quote, the quote, and the options after it."""
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match.group(1))
        return f"⟦{len(held) - 1}⟧"

    pieces = [piece.strip() for piece in re.split(r"\s*;\s*", re.sub(r"⟦(.*?)⟧", hold, line))]
    first = pieces[0]
    quote = None
    if match := re.search(r"⟦(\d+)⟧", first):
        quote = held[int(match.group(1))]
        first = first[: match.start()]
    options: dict[str, Any] = {}
    for piece in pieces[1:]:
        key, equals, text = piece.partition("=")
        key = key.strip()
        if key == "also":
            options.setdefault("also", []).extend(held[int(i)] for i in re.findall(r"⟦(\d+)⟧", text))
        elif equals:
            options[key] = re.sub(r"⟦(\d+)⟧", lambda m: held[int(m.group(1))], text).strip()
        elif key:
            options[key] = True
    return first.split(), quote, options


def interval(text: str) -> dict[str, str] | None:
    """`2023-11`, `2023`, `2023-11-16`, `A..B` or `?` as start and end."""
    if text == "?":
        return None
    start, _, end = text.partition("..")
    return {"start": _edge(start, last=False), "end": _edge(end or start, last=True)}


def _edge(text: str, *, last: bool) -> str:
    parts = text.split("-")
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        raise ValueError(f"no date: {text!r}")
    year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else (12 if last else 1)
    day = int(parts[2]) if len(parts) > 2 else (calendar.monthrange(year, month)[1] if last else 1)
    return f"{year:04d}-{month:02d}-{day:02d}"


def _ends(text: str) -> dict[str, str | None]:
    found = interval(text)
    return {"start": None, "end": None} if found is None else {**found}


def _list(text: str | bool | None) -> list[str]:
    return [item.strip() for item in str(text or "").split(",") if item.strip()]


def _spaced(text: str) -> str:
    return text.replace("_", " ")


def _event(head: list[str], quote: str, options: dict[str, Any]) -> dict[str, Any]:
    type_, parties, date, modality, contexts = head
    reciprocal = "<>" in parties
    actors, _, recipients = parties.partition("<>" if reciprocal else ">")
    record = {
        "quote": quote,
        "type": type_,
        "quad": QUAD[type_],
        "actors": _list(actors),
        "recipients": _list(recipients),
        "reciprocal": reciprocal,
        **_ends(date),
        "modality": modality,
        "contexts": _list(contexts),
    }
    if "place" in options:
        record["place"] = options["place"]
    if "alt" in options:
        record["alt_types"] = _list(options["alt"])
    return record


def _matter(head: list[str], quote: str, options: dict[str, Any]) -> dict[str, Any]:
    kind, parties, status, date = head
    record = {
        "kind": kind,
        "label": options["label"],
        "keywords": _list(options["keywords"]),
        "parties": _list(parties),
        "status": _spaced(status),
        "status_date": interval(date),
        "milestones": [],
        "quote": quote,
    }
    if kind == "measure":
        record["imposer"] = _list(options["imposer"])
        record["target"] = _list(options.get("target"))
    for key in ("alt_status", "alt_kinds"):
        if key in options:
            record[key] = [_spaced(item) for item in _list(options[key])]
    return record


def _statement(head: list[str], quote: str, options: dict[str, Any]) -> dict[str, Any]:
    how, outlook = head
    if how not in ("direct", "indirect"):
        raise ValueError(f"neither direct nor indirect: {how!r}")
    record = {
        "speaker": options["speaker"],
        "affiliation": options.get("affiliation"),
        "direct": how == "direct",
        "quote": quote,
        "outlook": outlook,
    }
    if "alt_outlook" in options:
        record["alt_outlook"] = _list(options["alt_outlook"])
    return record


def _figure(head: list[str], quote: str, options: dict[str, Any]) -> dict[str, Any]:
    number = float(head[0].replace(",", ""))
    return {
        "quote": quote,
        "value": int(number) if number == int(number) else number,
        "unit": _spaced(" ".join(head[1:])),
        "subject": options["subject"],
    }


def _driver(head: list[str], quote: str, options: dict[str, Any]) -> dict[str, Any]:
    return {
        "quote": quote,
        "cause": options["cause"],
        "effect": options["effect"],
        "direction": head[0],
        "hedge": head[1],
    }


def main(arguments: list[str] | None = None) -> int:
    """Expands or checks folders; the exit status is 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(arguments)
    wrong = 0
    for path in sorted(file for folder in options.folders for file in folder.glob("*.ann")):
        try:
            text = json.dumps(expand(path), ensure_ascii=False, indent=1) + "\n"
        except NotationError as error:
            print(error)
            wrong += 1
            continue
        target = path.with_suffix(".json")
        if options.check:
            if not target.exists() or target.read_text("utf-8") != text:
                print(f"{target}: is not what {path.name} says; run python -m training.expand {path.parent}")
                wrong += 1
        else:
            target.write_text(text, "utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
