"""Whether a sentence uses a name as the place of what it tells, or only as an actor's land or a way."""

from __future__ import annotations

from geo.extract.beside import is_of_speaker, opening, relation
from geo.extract.gazette import Gazette
from geo.extract.names import is_dateline
from geo.extract.scene import Scene


class Usage:
    """Tells it from the words around a name."""

    def __init__(self, gazette: Gazette) -> None:
        self.gazette = gazette

    def is_used(self, scene: Scene, first: int, last: int) -> bool:
        """Whether the sentence uses a name as the place of what it tells."""
        if self.gazette.language.syntax is not None:
            return self.gazette.language.syntax.is_used(scene, first, last)
        tokens = scene.tokens
        start = first
        while start > 0 and (
            {"side", "town_word", "region_word", "article", "adjective"} & scene.ends.get(start, frozenset())
            and not {"locative"} & scene.ends.get(start, frozenset())
        ):
            start -= 1
        before = tokens[start - 1].normal if start else ""
        if before == "," and {"anaphor", "town_word"} & scene.ends.get(start - 1, frozenset()):
            return True  # "the capital, Nur-Sultan"
        related = relation(scene, first)
        if related:
            place = next((one.place for one in scene.names if one.name.first == first), None)
            near_a_land = related == "near" and place is not None and place.kind == "country"
            return related != "origin" and not near_a_land  # "which lies close to Turkey"
        after = scene.begins.get(last, frozenset())
        owns = last < len(tokens) and tokens[last].kind == "possessive"
        if start and tokens[start - 1].kind == "possessive":  # "in Sudan's West Darfur"
            owner = max((one.name.first for one in scene.names if one.name.last == start - 1), default=None)
            if owner is not None:
                return self.is_used(scene, owner, start - 1) or "locative" in scene.ends.get(owner, ())
        if owns:
            beyond = scene.begins.get(last + 1, frozenset()) | scene.begins.get(last + 2, frozenset())
            if {"actor", "institution"} & beyond or not ({"locative"} & scene.ends.get(start, frozenset())):
                return bool({"site_word", "town_word", "side"} & beyond) and not {"actor"} & beyond
            return True
        if "local_body" in after and self._is_town(scene, first):
            return True  # "Aktau police arrested"
        if "actor" in after and "site_word" not in after:
            return False  # "in Kabul police said" is rare, "Kabul police" is not
        if before in self.gazette.strong_locatives:
            return True
        if start and self._is_target(scene, start, first):
            return True
        if before in scene.words["of"]:
            return self._is_part(scene, start - 1)
        if start and self._is_struck(scene, start):
            return True
        if "locative" in scene.ends.get(start, ()):
            return True
        return (
            bool({"site_word"} & after)
            or (first == 0 and "dateline" in after)
            or self.dates(scene, first, last)
        )

    def dates(self, scene: Scene, first: int, last: int) -> bool:
        """Whether a story begins with where it was written: it plays there if it names no other place."""
        return first == 0 and scene.dateline > 0 and is_dateline(last, scene.tokens)

    def _is_part(self, scene: Scene, of: int) -> bool:
        """Whether what stands before "of" is a piece of land: "the western part of", "the city of"."""
        kinds = scene.ends.get(of, frozenset())
        if {"actor", "institution", "title"} & kinds and "local_office" not in kinds:
            return False
        land = {"town_word", "region_word", "district_word", "side", "part_word", "county_word", "site_word"}
        return bool((land | {"dwellers", "local_office"}) & kinds)

    def _is_town(self, scene: Scene, first: int) -> bool:
        return any(
            one.name.first == first and one.place is not None and one.place.kind == "settlement"
            for one in scene.names
        )

    def is_of_office(self, scene: Scene, first: int, last: int) -> bool:
        """Whether a name says whose mayor or police it is: what is told is there if no other is named."""
        if "local_body" in scene.begins.get(last, ()):
            return True
        return first > 1 and (
            scene.tokens[first - 1].normal in scene.words["of"]
            and "local_office" in scene.ends.get(first - 1, ())
        )

    def _is_struck(self, scene: Scene, at: int) -> bool:
        """Whether a name is what a verb right before it hits: "shelled Kharkiv", "a blast rocked Quetta"."""
        return any(
            mark.last == at and mark.tag in ("past", "s", "ing", "part", "base")
            for mark in scene.of("trigger", "weak_trigger", "happens")
        )

    def _is_target(self, scene: Scene, at: int, first: int) -> bool:
        """Whether a name is what an attack is aimed at: "the raid on Atyrau", no "sanctions against"."""
        if scene.tokens[at - 1].normal not in scene.words["aimed"]:
            return False
        aimed = any(
            mark.last == at - 1 and mark.tag in ("one", "many") for mark in scene.of("trigger", "attack_noun")
        )
        return aimed and any(
            one.name.first == first and one.place is not None and one.place.kind != "country"
            for one in scene.names
        )

    def is_aside(self, scene: Scene, first: int, last: int, before: str) -> bool:
        """Whether a place is where somebody goes to or comes from, or where victims are treated."""
        care = {"care"} & {
            kind for at in range(max(0, first - 3), first) for kind in scene.begins.get(at, ())
        }
        start = opening(scene, first)
        if start < first and start and scene.tokens[start - 1].normal in self.gazette.movements:
            return True  # "broadcasting from the capital, Naypyitaw"
        if is_of_speaker(scene, start):
            return True
        if relation(scene, first):
            return False
        return before in self.gazette.movements or bool(care) or self.dates(scene, first, last)
