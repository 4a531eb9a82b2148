"""The words of the brief, from `data/brief.yml`."""

from __future__ import annotations

from pathlib import Path

import msgspec

from detente.codebook.ontology import Ontology
from detente.codebook.reading import load_yaml, nearest
from detente.errors import CodebookError


class Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases by event type, modality, kind of matter and outlook, and how the status of a matter looks on a page."""

    events: dict[str, dict[str, str]]
    modalities: dict[str, str]
    kinds: dict[str, str]
    outlooks: dict[str, str]
    looks: dict[str, str]

    @classmethod
    def load(cls, path: Path, ontology: Ontology) -> Phrases:
        """Loads and checks `brief.yml`: every event type needs `one`, `both` and `alone`.

        Raises:
            CodebookError: naming file, line and what is missing.
        """
        phrases, lines = load_yaml(path, cls)
        for name in ontology.types:
            missing = {"one", "both", "alone"} - set(phrases.events.get(name, {}))
            if missing:
                raise CodebookError(
                    f"{name} has no phrase for {', '.join(sorted(missing))}",
                    where=f"{path}:{nearest(lines, ('events', name))}",
                    mend="every type needs one, both and alone",
                )
        return phrases
