"""What a language may have its own rules for: how sentences say who did what, where, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from geo.extract.figures import Counted
    from geo.extract.lexicon import Lexicon, Mark
    from geo.extract.scene import Scene
    from geo.extract.speakers import Said
    from geo.extract.triggers import Told


class Syntax(Protocol):
    """The rules of a language, each in place of the function named."""

    def marks(self, scene: Scene, lexicon: Lexicon) -> list[Mark]:
        """What the lexicon alone does not find: phrases whose words stand apart or the other way round."""
        ...

    def counted(self, scene: Scene, text: str) -> list[Counted]:
        """The numbers of a sentence, as `figures.find` gives them."""
        ...

    def told(self, scene: Scene) -> list[Told]:
        """The triggers of a sentence that tell of events, as `triggers.find` gives them."""
        ...

    def said(self, scene: Scene, text: str, full: dict[str, str]) -> list[Said]:
        """The speakers of a sentence, as `Voices.hear` gives them. full: long names told before."""
        ...

    def stands_alone(self, scene: Scene, first: int, last: int) -> bool:
        """Whether words such as "the city" at these tokens stand for a place told before."""
        ...

    def is_used(self, scene: Scene, first: int, last: int) -> bool:
        """Whether a sentence uses the name at these tokens as the place of what it tells."""
        ...
