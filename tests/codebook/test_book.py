from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from detente.codebook import Codebook
from detente.codebook.parties import party_code
from detente.errors import CodebookError, UsageError

DATA = Codebook.load().folder


def test_the_ontology_is_plovers() -> None:
    ontology = Codebook.load().ontology
    assert len(ontology.types) == 16
    assert sum(len(entry.modes) for entry in ontology.types.values()) == 67
    assert len(ontology.contexts) == 37
    assert ontology.quad("SANCTION") == "material conflict"
    assert ontology.intensity("ACCUSE") == -3
    assert ontology.intensity("PROTEST", "vandalize") == ontology.types["PROTEST"].score


def test_the_crosswalk_reaches_every_type() -> None:
    book = Codebook.load()
    assert {row.type for row in book.crosswalk.codes.values()} == set(book.ontology.types)
    assert book.crosswalk.codes["055"].type == "CONCEDE"


@pytest.mark.parametrize(
    ("kind", "before", "after", "allowed"),
    [
        ("measure", "lifted", "eased", False),
        ("measure", "in force", "lifted", True),
        ("agreement", "stalled", "revived", True),
        ("agreement", "in force", "proposed", False),
        ("channel", "suspended", "resumed", True),
        ("dispute", "settled", "eased", False),
        ("dispute", None, "open", True),
        ("channel", "active", "active", True),
    ],
)
def test_lifecycles_allow_what_they_list(kind: str, before: str | None, after: str, allowed: bool) -> None:
    assert Codebook.load().lifecycles.of(kind).allows(before, after) is allowed  # type: ignore[arg-type]


MISTAKES = [
    (
        "lifecycles.yml",
        "expired: [revived",
        "expired: [revivd",
        r"lifecycles\.yml:\d+: 'revivd' is no state .*allowed: proposed",
    ),
    (
        "ontology.yml",
        "score: -3.5, gloss: 'inquiry",
        "score: high, gloss: 'inquiry",
        r"ontology\.yml:\d+: Expected .* \(at types\.ACCUSE\.modes\.investigate\.score",
    ),
    (
        "ontology.yml",
        "    quad: '4'",
        "    quad: '9'",
        r"ontology\.yml:\d+: types\.\w+\.quad is '9' \(allowed: 1, 2, 3, 4\)",
    ),
    (
        "crosswalk.yml",
        "type: PROTEST, mode: demo",
        "type: PROTEST, mode: dance",
        r"crosswalk\.yml:\d+: codes\.141\.mode is 'dance' \(allowed: demo",
    ),
    ("units.yml", "kg], of: tonne", "kg], of: stone", r"units\.yml:\d+: kilogram is in terms of 'stone'"),
    (
        "boilerplate.yml",
        "\\bcookies? (policy",
        "\\bcookies? (((policy",
        r"boilerplate\.yml:\d+: is no regular expression",
    ),
    ("brief.yml", "alone: '{a} promised'", "only: '{a} promised'", r"brief\.yml:\d+: AGREE has no phrase for alone"),
    ("ontology.yml", "quads:", "quads: [", r"ontology\.yml:\d+: is not YAML"),
]


@pytest.mark.parametrize(
    ("file", "right", "wrong", "message"), MISTAKES, ids=[f"{m[0]}-{i}" for i, m in enumerate(MISTAKES)]
)
def test_a_wrong_file_is_refused_with_file_line_and_what_is_allowed(
    tmp_path: Path, file: str, right: str, wrong: str, message: str
) -> None:
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("demo"))
    sheet = tmp_path / "data" / file
    text = sheet.read_text("utf-8")
    assert right in text
    sheet.write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(CodebookError, match=message):
        Codebook.load(tmp_path / "data")


def test_the_line_named_is_the_line_that_is_wrong(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("demo"))
    sheet = tmp_path / "data" / "lifecycles.yml"
    lines = sheet.read_text("utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if "lifted: [threatened" in line)
    lines[at] = lines[at].replace("threatened", "threatend")
    sheet.write_text("\n".join(lines), "utf-8")
    with pytest.raises(CodebookError) as caught:
        Codebook.load(tmp_path / "data")
    assert caught.value.where == f"{sheet}:{at + 1}"


def test_no_folder_is_said() -> None:
    with pytest.raises(CodebookError, match="is no folder"):
        Codebook.load("/no/such/folder")


@pytest.mark.parametrize(
    ("party", "code"),
    [
        ("JPN", "JPN"),
        ("japan", "JPN"),
        ("Tokyo", "JPN"),
        ("the United States", "USA"),
        ("Chinese", "CHN"),
        ("WTO", "IGO.WTO"),
        ("European Union", "EUR"),
        ("Côte d'Ivoire", "CIV"),
        ("cote d'ivoire", "CIV"),
        ("South Korea", "KOR"),
    ],
)
def test_parties_are_taken_as_people_write_them(party: str, code: str) -> None:
    assert party_code(party, Codebook.load().actors) == code


def test_an_unknown_party_gets_a_suggestion() -> None:
    with pytest.raises(UsageError, match=r"did you mean japan \(JPN\)"):
        party_code("Jappan", Codebook.load().actors)
