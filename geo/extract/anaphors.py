"""Words that stand for a place told before: "the capital", "the city", "the province", "the country"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from geo.extract.gazette import Gazette
from geo.extract.lexicon import Mark
from geo.extract.named import PRECISION, Named
from geo.extract.places import Place
from geo.extract.scene import Scene
from geo.extract.spot import Spot
from geo.schema import Precision

_DESCRIBED = 4  # words between "this" and "city"
_BACK = 8  # sentences back in which a place may have been told


class StandIns:
    """Reads them, sentence by sentence. spots: the places that each sentence itself uses."""

    def __init__(
        self,
        scenes: Sequence[Scene],
        spots: Sequence[Sequence[Spot]],
        country: Place | None,
        gazette: Gazette,
    ) -> None:
        self.scenes, self.spots, self.country, self.gazette = scenes, spots, country, gazette

    def of(self, scene: Scene) -> list[Spot]:
        """What stands for places in a sentence, with the places meant."""
        found = [*self._foreign_capitals(scene), *self._there(scene)]
        for mark in (*scene.of("anaphor"), *self._described(scene)):
            if any(mark.first <= spot.at <= mark.last for spot in found) or not self._stands_alone(
                scene, mark
            ):
                continue
            place = self._meant(scene, mark.value, mark.first)
            if place is not None:
                span = scene.span(mark.first, mark.last)
                found.append(Spot(place.name, place, PRECISION[place.kind], "anaphor", mark.first, span))
        return found

    def _there(self, scene: Scene) -> Iterator[Spot]:
        """What a word such as "there" means: the last place below the country that the text has used."""
        for mark in scene.of("there"):
            used = [spot for spot in self._used(scene, mark.first) if spot.below_country]
            if used:
                span = scene.span(mark.first, mark.last)
                last = used[-1]
                yield Spot(last.name, last.place, last.precision, "anaphor", mark.first, span)

    def _stands_alone(self, scene: Scene, mark: Mark) -> bool:
        """Not "the state capital", "the capital, Nur-Sultan", "north of the capital"."""
        if {"town_word", "site_word", "institution", "actor"} & scene.begins.get(mark.last, frozenset()):
            return False
        if any(mark.first <= spot.at <= mark.last + 2 for spot in self.spots[scene.number]):
            return False
        if "locative" not in scene.ends.get(mark.first, ()):
            return False
        if mark.first >= 2 and "side" in scene.ends.get(mark.first - 1, ()):
            return False
        syntax = self.gazette.language.syntax
        return syntax is None or syntax.stands_alone(scene, mark.first, mark.last)

    def _described(self, scene: Scene) -> Iterator[Mark]:
        """As in "in this southern Serbian city": not "the Serbian city of Nis", "the city hall"."""
        for mark in scene.of("town_word"):
            at = mark.first
            while at > 0 and mark.first - at <= _DESCRIBED and scene.tokens[at - 1].kind == "word":
                at -= 1
                if scene.tokens[at].normal in scene.words["definite"]:
                    break
            following = scene.tokens[mark.last] if mark.last < len(scene.tokens) else None
            named = following is not None and (
                following.normal in scene.words["of"] or following.text[:1].isupper()
            )
            if (
                0 < mark.first - at <= _DESCRIBED
                and scene.tokens[at].normal in scene.words["definite"]
                and mark.tag == "one"
                and "capital" not in scene.begins.get(mark.first, ())
                and not named
            ):
                yield Mark("anaphor", "settlement", at, mark.last, "")

    def _foreign_capitals(self, scene: Scene) -> Iterator[Spot]:
        """Of "the Kenyan capital", "the capital of Kenya" where that is all there is."""
        for mark in scene.of("capital"):
            for named in scene.names:
                place = named.place
                beside = named.name.last == mark.first or named.name.first - mark.last in (0, 1)
                owned = (
                    named.name.last == mark.first - 1 and scene.tokens[mark.first - 1].kind == "possessive"
                )
                if place is None or place.kind != "country" or not (beside or owned):
                    continue
                if any(
                    mark.first <= spot.at <= mark.last + 4
                    for spot in self.spots[scene.number]
                    if spot.place.kind == "settlement"
                ):
                    continue
                capital = self.gazette.places.capital(place.country, self.gazette.on)
                if capital is not None:
                    first = min(mark.first, named.name.first)
                    span = scene.span(first, max(mark.last, named.name.last))
                    before = {token.normal for token in scene.tokens[max(0, first - 2) : first]}
                    loose = bool(before & self.gazette.movements)
                    yield Spot(capital.name, capital, Precision.CITY, "anaphor", first, span, loose)

    def _meant(self, scene: Scene, kind: str, at: int) -> Place | None:
        if kind == "country":
            return self.country
        if kind == "regional capital":
            return self._largest_town(scene, at)
        if kind == "capital":
            country = self._country_at(scene, at)
            return self.gazette.places.capital(country, self.gazette.on) if country else None
        used = [spot.place for spot in self._used(scene, at)]
        mentioned = [
            one.place for one in self._mentioned(scene, at) if one.place and one.toponym.use == "place"
        ]
        for group in (used, mentioned):
            for place in reversed(group):
                if place.kind == kind or (kind == "region" and place.kind == "macro-region"):
                    return place
        return self._usual_region(scene) if kind == "region" else None

    def _usual_region(self, scene: Scene) -> Place | None:
        """The unit that most towns used until then lie in, the last of several; a dateline's only alone."""
        told = self.scenes[: scene.number + 1]
        units = [
            (spot.place.admin1_id, spot.at < other.dateline)
            for other, group in zip(told, self.spots, strict=False)
            for spot in group
            if spot.place.kind == "settlement" and spot.place.admin1_id
        ]
        apart = [unit for unit, sent in units if not sent] or [unit for unit, _ in units]
        usual = Counter(reversed(apart)).most_common(1)
        return self.gazette.places.unit(usual[0][0]) if usual else None

    def _country_at(self, scene: Scene, at: int) -> str:
        """The country whose capital is "the capital": where the story is just then, else its own.

        Where it is, places that things happen at tell: "the road to Bolivia", "American chains" do not.
        """
        used = [spot for spot in self._used(scene, at) if not spot.loose and spot.place.country]
        if used and used[-1].place.kind == "country":
            return used[-1].place.country
        near = {spot.place.country for spot in used[-3:]}
        if len(near) == 1 and (self.country is None or not self._is_told_of_both(scene, used)):
            return near.pop()
        return self.country.country if self.country else ""

    def _is_told_of_both(self, scene: Scene, used: Sequence[Spot]) -> bool:
        """Whether the story's own country is told of just before, the other one in passing."""
        own = self.country.country if self.country else ""
        here = [
            spot
            for other in self.scenes[max(0, scene.number - _BACK) : scene.number + 1]
            if other.sentence.paragraph == scene.sentence.paragraph
            for spot in self.spots[other.number]
        ]
        return any(spot.place.country == own for spot in used) and not any(
            spot.place.country != own and not spot.loose for spot in here
        )

    def _largest_town(self, scene: Scene, at: int) -> Place | None:
        """Of the towns of the story in the region named last, the largest: "the republic's capital"."""
        region = self._meant(scene, "region", at)
        towns = [
            spot.place
            for group in self.spots
            for spot in group
            if spot.place.kind == "settlement"
            and region is not None
            and spot.place.admin1_id == region.admin1_id
        ]
        return max(towns, key=lambda place: place.population, default=None)

    def _used(self, scene: Scene, at: int) -> list[Spot]:
        """The places that sentences before, and this one before a token, play at."""
        before = [spot for group in self.spots[max(0, scene.number - _BACK) : scene.number] for spot in group]
        return [*before, *(spot for spot in self.spots[scene.number] if spot.at < at)]

    def _mentioned(self, scene: Scene, at: int) -> list[Named]:
        """The names of places there, whatever for."""
        names = [
            named
            for other in self.scenes[max(0, scene.number - _BACK) : scene.number]
            for named in other.names
        ]
        return [*names, *(named for named in scene.names if named.name.first < at)]
