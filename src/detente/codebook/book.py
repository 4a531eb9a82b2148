"""The codebook: everything detente knows before it reads, loaded from a folder of files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path

from detente.codebook.actors import ActorBook
from detente.codebook.barometer import BarometerBook
from detente.codebook.datasets import Layout, load_layouts
from detente.codebook.lexicon import Lexicon
from detente.codebook.lifecycles import Lifecycles
from detente.codebook.matters import MatterBook
from detente.codebook.noise import Noise
from detente.codebook.ontology import Crosswalk, Ontology, load_crosswalk
from detente.codebook.phrases import Phrases
from detente.codebook.times import TimeBook
from detente.codebook.units import Units
from detente.codebook.voices import Voices
from detente.errors import CodebookError


@dataclass(frozen=True)
class Codebook:
    """A folder of data files and what they say. Parts are loaded when first asked for, and then kept.

    `folder` has the form of the package's own `data/`; another folder of that form can be given to change what may be
    coded.
    """

    folder: Path

    @classmethod
    def load(cls, folder: Path | str | None = None) -> Codebook:
        """The codebook in `folder`, or the package's own; the ontology is checked at once, other parts when used.

        Raises:
            CodebookError: where the folder or a file is wrong; names file, line and what is allowed.
        """
        if folder is None:
            return _own()
        path = Path(folder)
        if not path.is_dir():
            raise CodebookError("is no folder", where=str(path), mend="name a folder like detente's own data/")
        book = cls(path)
        book.check()
        return book

    def check(self) -> None:
        """Loads every part. Raises CodebookError at the first mistake."""
        for name, part in vars(type(self)).items():
            if isinstance(part, cached_property):
                getattr(self, name)

    @cached_property
    def ontology(self) -> Ontology:
        """Types, modes, contexts, quadrants, modalities, sectors."""
        return Ontology.load(self.folder / "ontology.yml")

    @cached_property
    def crosswalk(self) -> Crosswalk:
        """CAMEO codes to PLOVER types."""
        return load_crosswalk(self.folder / "crosswalk.yml", self.ontology)

    @cached_property
    def lifecycles(self) -> Lifecycles:
        """The lifecycles of matters."""
        return Lifecycles.load(self.folder / "lifecycles.yml")

    @cached_property
    def barometer(self) -> BarometerBook:
        """Weights and settings of the barometer."""
        return BarometerBook.load(self.folder / "barometer.yml", self.ontology, self.lifecycles)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Which verbs and nouns name which event."""
        return Lexicon.load(self.folder / "lexicon", self.ontology)

    @cached_property
    def units(self) -> Units:
        """Units and currencies of figures."""
        return Units.load(self.folder / "units.yml")

    @cached_property
    def noise(self) -> Noise:
        """Patterns of page noise."""
        return Noise.load(self.folder / "boilerplate.yml")

    @cached_property
    def phrases(self) -> Phrases:
        """The words of the brief."""
        return Phrases.load(self.folder / "brief.yml", self.ontology)

    @cached_property
    def times(self) -> TimeBook:
        """Words and rules of expressions of time."""
        return TimeBook.load(self.folder)

    @cached_property
    def actors(self) -> ActorBook:
        """States, bodies, agencies, offices and their holders."""
        return ActorBook.load(self.folder / "actors")

    @cached_property
    def matters(self) -> MatterBook:
        """Nouns, names and moves of matters."""
        return MatterBook.load(self.folder / "matters", self.lifecycles, self.lexicon.classes)

    @cached_property
    def datasets(self) -> dict[str, Layout]:
        """The event datasets that can be imported, by name."""
        return load_layouts(self.folder / "datasets", self.ontology, self.actors)

    @cached_property
    def voices(self) -> Voices:
        """Reporting words, words of outlook, causal words."""
        return Voices.load(self.folder / "lexicon", self.lexicon)


@lru_cache(maxsize=1)
def _own() -> Codebook:
    return Codebook(Path(str(resources.files("detente") / "data")))
