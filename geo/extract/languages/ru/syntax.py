"""Russian in place of the rules for English: cases and agreement tell what the order of words does not."""

from __future__ import annotations

from geo.extract.figures import Counted
from geo.extract.languages.ru import counting, phrases, places, speech, telling
from geo.extract.lexicon import Lexicon, Mark
from geo.extract.scene import Scene
from geo.extract.speakers import Said
from geo.extract.triggers import Told


class Rules:
    """A `geo.extract.syntax.Syntax`."""

    def marks(self, scene: Scene, lexicon: Lexicon) -> list[Mark]:
        """See `phrases`, and `places` for where victims are treated."""
        return [*phrases.scattered(scene, lexicon), *places.care(scene), *places.turns(scene)]

    def counted(self, scene: Scene, text: str) -> list[Counted]:
        """See `counting`."""
        return counting.find(scene, text)

    def told(self, scene: Scene) -> list[Told]:
        """See `telling`."""
        return telling.find(scene)

    def said(self, scene: Scene, text: str, full: dict[str, str]) -> list[Said]:
        """See `speech`."""
        return speech.find(scene, text, full)

    def stands_alone(self, scene: Scene, first: int, last: int) -> bool:
        """See `places`."""
        return places.stands_alone(scene, first, last)

    def is_used(self, scene: Scene, first: int, last: int) -> bool:
        """See `places`."""
        return places.is_used(scene, first, last)
