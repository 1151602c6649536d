"""Where a sentence plays: its own places, "the capital" and the like, those before, the story's.

A name counts as a place of events only where the sentence uses it so ("in Aktau", "Almaty airport"); "the
forces of the United States" or "Kyrgyzstan's ministry" name an actor's land.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace
from functools import cached_property

from geo.extract.anaphors import StandIns
from geo.extract.beside import is_apposed, is_elsewhen, is_modifier, relation
from geo.extract.gazette import Gazette
from geo.extract.named import PRECISION, Named
from geo.extract.places import Place
from geo.extract.scene import Scene
from geo.extract.spot import Spot, apart, contains, is_around, is_of_part, is_wide
from geo.extract.usage import Usage
from geo.schema import Precision

FAR = 25
"""Tokens for which it counts that a place is only some way from where things happen."""

_STOPS = (".", "!", "?", "…", "”", '"')
_COARSE = 12  # the same for a country beside a place in it
_OPENING = 4  # tokens before a place that a sentence opens with
_BELOW = ("settlement", "district", "county", "region", "macro-region")
_AREAS = ("region", "macro-region", "country")


class Ground:
    """The places of a story, sentence by sentence."""

    def __init__(self, scenes: Sequence[Scene], text: str, gazette: Gazette) -> None:
        self.scenes, self.text, self.gazette = scenes, text, gazette
        self._usage = Usage(gazette)
        self._named = [self._of(scene) for scene in scenes]
        self.country = self._main_country()
        self.focus = self._focus()
        stand_ins = StandIns(scenes, self._named, self.country, gazette)
        self._anaphors = [stand_ins.of(scene) for scene in scenes]
        self._spots = [self._finest(scene) for scene in scenes]
        self.is_wide = is_wide(scenes, self._named, self._anaphors, self.country)

    def spots(self, scene: Scene) -> list[Spot]:
        """The places that a sentence itself gives, in order; those that stand for earlier ones included.

        An area in which another of them lies is left out: "in Russia's Belgorod region … Shebekino".
        """
        return self._spots[scene.number]

    def _finest(self, scene: Scene) -> list[Spot]:
        here = [*self._named[scene.number], *self._anaphors[scene.number]]
        inside = [spot for spot in here if not spot.loose]
        found = [
            spot
            for spot in here
            if not any(
                contains(spot.place, one.place) and not is_elsewhen(scene, spot.at, one.at) for one in inside
            )
        ]
        return sorted(found, key=lambda spot: spot.at)

    def nearest(self, scene: Scene, at: int, *, loose: bool, without: Container[int] = ()) -> Spot | None:
        """The place that a sentence gives for what stands at a token.

        loose: also where somebody goes to. without: tokens whose places do not count.
        """
        every = [
            spot for spot in self.spots(scene) if spot.at not in without and not is_of_part(scene, at, spot)
        ]
        if loose:
            every = [spot for spot in every if not spot.loose or spot.moved]
            every = [spot for spot in every if not (spot.loose and spot.whence)]  # "flown in from Osh"
        spots = [spot for spot in every if loose or not spot.loose]
        spots = spots or [spot for spot in every if self.opens_story(scene, spot)]
        spots = apart(
            scene, at, spots, [spot for spot in self.spots(scene) if spot.at in without or spot.loose]
        )
        if not spots:
            return None
        return min(
            spots,
            key=lambda spot: (
                scene.away(at, spot.at)
                + (0 if spot.at > at else 2)
                + FAR * spot.far
                + (0 if spot.below_country else _COARSE)
                + _COARSE * is_elsewhen(scene, at, spot.at)
            ),
            default=None,
        )

    def opens_story(self, scene: Scene, spot: Spot) -> bool:
        """Whether the first sentence names a place as where somebody is sent to: what happened was there."""
        return scene.number <= self._lead and not spot.whence

    @cached_property
    def _lead(self) -> int:
        """The first sentence that names a place, headings before it: those end without a full stop."""
        return next(
            (scene.number for scene in self.scenes if scene.names and scene.tokens[-1].text in _STOPS), 0
        )

    def goes_on(self, scene: Scene, before: int) -> bool:
        """Whether a sentence stands in the paragraph of an earlier one."""
        return self.scenes[before].sentence.paragraph == scene.sentence.paragraph

    def begins(self, scene: Scene) -> bool:
        """Whether a sentence opens a paragraph, in a language where the cases tell how a place is meant."""
        first = not scene.number or not self.goes_on(scene, scene.number - 1)
        return first and self.gazette.inflects

    def acting(self, scene: Scene) -> Spot | None:
        """The story's country, where a sentence names it as the land of who acts there."""
        for named in scene.names:
            place = named.place
            if self.country is None or place is None or named.toponym.use != "place":
                continue
            if place.kind == "country" and place.country == self.country.country:
                span = scene.span(named.name.first, named.name.last)
                return Spot(place.name, place, Precision.COUNTRY, "named", named.name.first, span)
        return None

    @property
    def has_towns(self) -> bool:
        """Whether the story plays at places below its country, in a language where cases tell them all."""
        return self.gazette.inflects and any(
            spot.below_country and not spot.loose for spots in self._spots for spot in spots
        )

    def story(self) -> Spot | None:
        """Where the story as a whole plays."""
        return self.focus

    def is_capital(self, spot: Spot) -> bool:
        """Whether a place is the capital of its country, where many speak of what happened elsewhere."""
        capital = self.gazette.places.capital(spot.place.country, self.gazette.on)
        return capital is not None and capital.key == spot.place.key

    @property
    def whole(self) -> Spot | None:
        """The story's country."""
        if self.country is None:
            return None
        return Spot(self.country.name, self.country, Precision.COUNTRY, "story")

    def opens(self, scene: Scene, spot: Spot) -> bool:
        """Whether a sentence begins with a place: "In Abidjan, the commercial hub, …", "Further on, in …"."""
        starts = {0} | {at + 1 for at, token in enumerate(scene.tokens[:_OPENING]) if token.text == ","}
        return any(0 < spot.at - at <= _OPENING and "locative" in scene.begins.get(at, ()) for at in starts)

    def _of(self, scene: Scene) -> list[Spot]:
        found: list[Spot] = []
        previous: Named | None = None
        for named in scene.names:
            place = named.place
            if place is None or named.toponym.use != "place":
                continue
            first, last = named.name.first, named.name.last
            if (
                self.gazette.language.syntax is None
                and is_modifier(scene, last)
                and named is not scene.names[-1]
            ):
                continue
            apart = self._apart(previous, named)
            if apart and found and previous is not None and found[-1].at == previous.name.first:
                previous = named
                if contains(place, found[-1].place) or _is_unit_of(scene, named, found[-1]):
                    continue  # "Almaty, Kazakhstan" is Almaty
                found.append(self._spot(scene, named, place, first, last))
                continue
            previous = named
            if (
                last < len(scene.tokens)
                and scene.tokens[last].kind == "possessive"
                and any(
                    last < other.name.first <= last + 2 and other.place is not None for other in scene.names
                )
            ):
                continue  # "Mexico's Guanajuato state"
            if (
                first in scene.quoted
                and len(scene.quoted) > 0
                and not self._usage.is_used(scene, first, last)
            ):
                continue
            if self._usage.is_used(scene, first, last):
                found.append(self._spot(scene, named, place, first, last))
        return [
            spot
            for spot in found
            if not is_around(spot, found)
            and not (spot.place.kind in _AREAS and is_apposed(scene, spot, found))
        ]

    def _apart(self, previous: Named | None, named: Named) -> bool:
        """Whether a name goes on where another ended: "Aktau and Zhanaozen", "Almaty, Kazakhstan"."""
        if previous is None or previous.place is None:
            return False
        gap = self.text[previous.name.end : named.name.start].strip()
        return gap in (",", "and", ", and", "or", "(", "&") or gap in self.gazette.joins

    def _spot(self, scene: Scene, named: Named, place: Place, first: int, last: int) -> Spot:
        before = scene.tokens[first - 1].normal if first else ""
        spot = Spot(
            self._called(named, place),
            place,
            PRECISION[place.kind],
            "named",
            first,
            scene.span(first, last),
            loose=self._usage.is_aside(scene, first, last, before),
            far=relation(scene, first) == "far" or self._usage.is_of_office(scene, first, last),
            moved=before in self.gazette.movements,
            whence=first > 0 and scene.tokens[first - 1].normal in scene.words["from"],
        )
        side = self._side(scene, first) if place.kind == "country" else ""
        if side:
            return self._part(spot, place, side)
        if place.kind != "settlement" or self.gazette.inflects:
            return spot
        return self._site(scene, spot, first, last)

    def _called(self, named: Named, place: Place) -> str:
        """As the story calls it, except for countries, capitals in datelines, and names of that day."""
        text = named.name.text if named.name.written else named.toponym.text
        return place.name if place.kind == "country" or place.dated or text.isupper() else text

    def _site(self, scene: Scene, spot: Spot, first: int, last: int) -> Spot:
        """Of "Almaty airport", "Taksim Square in Istanbul" keeps its town's coordinates."""
        at = last
        while at < len(scene.tokens) and at - last < 3:
            for mark in scene.of("site_word"):
                if mark.first == at:
                    span = scene.span(first, mark.last)
                    name = self.text[span.start : span.end]
                    return replace(spot, name=name, precision=Precision.SITE, span=span, town=spot.name)
            if not scene.tokens[at].text[:1].isupper():
                break
            at += 1
        return spot

    def _side(self, scene: Scene, first: int) -> str:
        """The side of a country that is meant: "western Kazakhstan", "Kazakhstan's western highlands"."""
        owned = [mark for mark in scene.of("side") if mark.first == first + 2]
        if owned and scene.tokens[first + 1].kind == "possessive":
            return str(owned[0].value)
        for mark in scene.of("side"):
            if mark.last > first:
                continue
            words = [token.normal for token in scene.tokens[mark.last : first]]
            kinds = {kind for at in range(mark.last, first) for kind in scene.begins.get(at, ())}
            joined = bool(scene.words["of"] & set(words)) and (
                len(words) == 1 or (len(words) <= 3 and bool({"part_word", "region_word"} & kinds))
            )
            called = bool(words) and scene.tokens[mark.first].text[0].isupper() and mark.first > 0
            if not words or (joined and not called):
                return str(mark.value)  # but "the North West Region of Cameroon"
        return ""

    def _part(self, spot: Spot, country: Place, side: str) -> Spot:
        part = self.gazette.places.part(country, side)
        if part is not None:
            return replace(spot, name=part.name, place=part, precision=Precision.MACRO_REGION)
        place = replace(country, kind="macro-region", key=f"{country.key}-{side}")
        name = f"{self.gazette.side_name(side)} {country.name}"
        return replace(spot, name=name, place=place, precision=Precision.MACRO_REGION)

    def _main_country(self) -> Place | None:
        """The country that most of the story's places and people belong to."""
        votes: Counter[str] = Counter()
        for scene in self.scenes:
            for named in scene.names:
                place = named.place
                if place is not None and place.country:
                    weight = 1.0 if named.toponym.use == "place" else 0.6
                    votes[place.country] += weight * (2.0 if scene.number < 3 else 1.0)  # type: ignore[assignment]
            for spot in self._named[scene.number]:
                votes[spot.place.country] += not spot.loose
        votes.pop("", None)
        if not votes:
            return None
        return self.gazette.places.country(votes.most_common(1)[0][0])

    def _focus(self) -> Spot | None:
        """One place below the country, if the story is about it; else the country."""
        if self.country is None:
            return None
        whole = Spot(self.country.name, self.country, Precision.COUNTRY, "story")
        used: Counter[str] = Counter()
        first: dict[str, tuple[int, Spot]] = {}
        wide = 0
        for scene in self.scenes:
            wide += len(scene.of("whole_country"))
            for named in scene.names:
                if named.place is not None and named.toponym.use == "place" and named.place.kind == "country":
                    wide += named.place.country == self.country.country
            for spot in self._named[scene.number]:
                passing = spot.loose and not self.opens_story(scene, spot)
                if spot.place.kind in _BELOW and spot.place.country == self.country.country and not passing:
                    used[spot.place.name] += 1
                    first.setdefault(spot.place.name, (scene.number, spot))
        if not used:
            return whole
        name, count = used.most_common(1)[0]
        number, spot = first[name]
        earliest = min(at for at, _ in first.values())
        if number == earliest and number <= 2:
            leads = used[name] >= 0.5 * sum(used.values()) or len(used) <= 2
        else:
            leads = used[name] >= 0.6 * sum(used.values())
        if leads and count >= wide and number <= 4:
            return replace(
                spot,
                name=spot.place.name,
                precision=PRECISION[spot.place.kind],
                how="story",
                at=-1,
                span=None,
            )
        return whole


def _is_unit_of(scene: Scene, named: Named, before: Spot) -> bool:
    """Whether what stands right behind a town is called what it lies in: "in Kumba, South West Region"."""
    first, last = named.name.first, named.name.last
    return (
        scene.tokens[first - 1].text == ","
        and before.place.kind in ("settlement", "district")
        and bool({"region_word", "county_word"} & scene.begins.get(last, frozenset()))
    )
