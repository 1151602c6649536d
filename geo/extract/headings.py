"""The line that a story begins with, saying where and when it was written: "ТБИЛИСИ, 29 окт — Sputnik."."""

from __future__ import annotations

from geo.extract.named import PRECISION
from geo.extract.scene import Scene
from geo.extract.spot import Spot
from geo.extract.spots import Ground

_LONGEST = 14  # tokens


def is_heading(scene: Scene, ground: Ground) -> bool:
    """Whether a sentence is nothing but such a line, in a language that ends it with a full stop."""
    return (
        ground.gazette.inflects
        and scene.number == 0
        and bool(scene.names)
        and scene.names[0].name.first == 0
        and len(scene.tokens) <= _LONGEST
        and not scene.of("trigger", "fate", "says")
    )


def sent_from(ground: Ground) -> Spot | None:
    """The town that a story is sent from, where its first paragraph names no other place to play at."""
    scenes = ground.scenes
    if not scenes or not is_heading(scenes[0], ground):
        return None
    first = scenes[0].names[0]
    lead = [spot for scene in scenes[1:] if ground.goes_on(scene, 0) for spot in ground.spots(scene)]
    country = ground.country.country if ground.country else ""
    areas = any(
        scene.of("region_word", "county_word") for scene in scenes[1:] if ground.goes_on(scene, 0)
    )  # an area that no gazetteer knows
    if first.place is None or first.place.country != country or lead or areas:
        return None
    name = first.name.text if first.name.written else first.place.name
    return Spot(name, first.place, PRECISION[first.place.kind], "carried")
