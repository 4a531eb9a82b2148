"""The public surface: what `import detente` gives, and that the README's lines run."""

from __future__ import annotations

from pathlib import Path

import pytest

import detente
from detente.version import VERSION

NAMES = [
    "Archive",
    "ArchiveError",
    "Codebook",
    "CodebookError",
    "DetenteError",
    "Document",
    "Driver",
    "Event",
    "Evidence",
    "Figure",
    "Interval",
    "Issue",
    "Matter",
    "MissingExtraError",
    "SourceError",
    "Statement",
    "UsageError",
    "__version__",
    "code",
    "open",
    "rank_types",
    "read",
    "resolve_dates",
]


def test_the_public_names_are_these_and_no_others() -> None:
    assert detente.__all__ == NAMES == sorted(NAMES)
    assert all(getattr(detente, name) is not None for name in NAMES)
    with pytest.raises(AttributeError, match="no attribute 'extract'"):
        detente.extract  # noqa: B018


def test_the_version_is_the_packages() -> None:
    from importlib.metadata import version

    assert version("detente") == VERSION == detente.__version__


def test_code_gives_records_with_their_proof() -> None:
    text = "BEIJING, 13 June 2025 — China lifted its ban on Japanese seafood on Thursday, the customs office said."
    coding = detente.code(text)
    (event,) = [event for event in coding.events if event.type == "CONCEDE"]
    assert [actor.code for actor in event.actors] == ["CHN"]
    assert [actor.code for actor in event.recipients] == ["JPN"]
    assert str(event.date) == "2025-06-12"
    assert event.evidence[0].text in text


def test_code_refuses_what_it_cannot_read() -> None:
    with pytest.raises(detente.SourceError, match="another language"):
        detente.code(
            "Les ministres se sont rencontrés vendredi et ont convenu de lever cette interdiction après les pourparlers prévus."
        )


def test_resolve_dates() -> None:
    found = detente.resolve_dates("met on Thursday, two days after the vote", published="2023-11-17")
    assert str(found[0][2]) == "2023-11-16"
    with pytest.raises(detente.UsageError, match="is no date"):
        detente.resolve_dates("on Thursday", published="soon")


def test_an_archive_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(
        "TOKYO, 3 March 2021 — Japan imposed export controls on China on Tuesday, the trade ministry said."
    )
    archive = detente.open(tmp_path / "relations")
    added = archive.add(tmp_path / "articles")
    assert len(added.new) == 1
    assert archive.add(tmp_path / "articles").known == 1
    assert [event.type for event in archive.events(("JPN", "CHN"))] == ["SANCTION"]
    (matter,) = archive.matters("Japan", "China", kind="measure")
    assert matter.status == "in force"
    with pytest.raises(detente.ArchiveError):
        detente.open(tmp_path / "nothing", create=False)
    with pytest.raises(detente.SourceError, match="is not there"):
        list(detente.read(tmp_path / "nothing.txt"))
