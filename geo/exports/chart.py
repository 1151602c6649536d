"""The map of a printed page: ground, hatched areas, marks, tags, names, scale and north, none upon another.

What is known to a region only is a hatched band inside its border with a tag, never a point. Names and
tags look for free room; a name that finds none is left out, for its count is there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import shapely

from geo.exports.carto import HALO, Extent, Mark, Projection, apart, pole, round_length
from geo.exports.context import Context
from geo.exports.ink import BORDER, HOME, INK, LAND, MUTE, REGION, SEA, Ink
from geo.exports.seen import Seen
from geo.exports.typeset import Box, Page, shortened, width

NAME, REGION_NAME, COUNTRY_NAME = 7.6, 5.8, 7.0
TAG = 10.5
_BAND = 5.0
_WORLD = (-180.0, -60.0, 180.0, 75.0)


class Chart:
    """The map of what is seen, in a box of the page."""

    def __init__(self, ink: Ink, box: Box, context: Context, seen: Seen) -> None:
        self.ink, self.box, self.context, self.seen = ink, box, context, seen
        ground: Mapping[str, Any] = context.outlines or {}
        spots = np.array(list(seen.places), dtype=float).reshape(-1, 2)
        self.projection = Projection(_bounds(spots, ground))
        self.shapes = {
            part: {
                feature["properties"]["id"]: self.projection.shape(feature["geometry"])
                for feature in ground.get(part, {}).get("features", [])
            }
            for part in ("countries", "regions", "macro")
        }
        self.names = {
            feature["properties"]["id"]: feature["properties"]["name"] or ""
            for part in ("countries", "regions", "macro")
            for feature in ground.get(part, {}).get("features", [])
        }
        self.home = {
            feature["properties"]["id"]
            for feature in ground.get("countries", {}).get("features", [])
            if feature["properties"].get("home")
        }
        self.spots = self.projection.xy(spots) if len(spots) else spots
        extent = self._extent().fitted((box.right - box.left) / (box.top - box.bottom))
        self.extent, self.metres = extent, (extent.right - extent.left) / (box.right - box.left)
        self.page = Page(Box(box.left + 3, box.bottom + 3, box.right - 3, box.top - 3))

    @property
    def tagged(self) -> dict[str, Any]:
        """The areas to hatch by identifier: those seen that have an outline."""
        known = self.shapes["regions"] | self.shapes["macro"]
        return {key: known[key] for key in sorted(self.seen.areas) if known.get(key) is not None}

    @property
    def keys(self) -> set[str]:
        """What of the legend this map needs."""
        areas = {"wider" if key in self.shapes["macro"] else "tag" for key in self.tagged}
        return areas | ({"dot", "ring"} if len(self.spots) else set())

    @property
    def undrawn(self) -> list[tuple[str, int]]:
        """What the map has no outline for: names of areas and their counts, largest first."""
        rest = [(key, sum(n.values())) for key, n in self.seen.areas.items() if key not in self.tagged]
        named = [(str(self.seen.names[key]), n) for key, n in rest]
        return sorted(named, key=lambda pair: (-pair[1], pair[0]))

    def _extent(self) -> Extent:
        regions = [shape for key, shape in self.tagged.items() if key in self.shapes["regions"]]
        boxes = [shapely.bounds(shape) for shape in regions]
        if not boxes and not len(self.spots):
            parts = self.shapes["countries"]
            boxes = [shapely.bounds(parts[key]) for key in parts if key in self.home or not self.home]
        points = [(x, y, x, y) for x, y in self.spots]
        every = np.array([*boxes, *points] or [(-3e6, -2e6, 3e6, 2e6)])
        every = every[np.isfinite(every).all(axis=1)]
        return Extent(*every[:, :2].min(axis=0), *every[:, 2:].max(axis=0))

    def _at(self, metres: Any) -> Any:
        origin = np.array([self.extent.left, self.extent.bottom])
        return (np.asarray(metres) - origin) / self.metres + np.array(self.box[:2])

    def _drawn(self, shape: Any) -> Any:
        """A shape in points, cut at the frame; empty where it is out of sight."""
        if shape is None:
            return shapely.Polygon()
        points = shapely.make_valid(shapely.transform(shape, self._at))
        return shapely.intersection(points, shapely.box(*self.box))

    def draw(self, notice: str = "") -> None:
        """Everything, from the ground up. notice: a line across the middle that nothing else touches."""
        box, ink = self.box, self.ink
        ink.shape(shapely.box(*box), z=0, facecolor=SEA if self.home else HOME, linewidth=0)
        for key, shape in self.shapes["countries"].items():
            fill = HOME if key in self.home else LAND
            ink.shape(self._drawn(shape), z=1, facecolor=fill, edgecolor=BORDER, linewidth=0.6)
        regions = {key: self._drawn(shape) for key, shape in self.shapes["regions"].items()}
        for shape in regions.values():
            ink.shape(shape, z=2, facecolor="none", edgecolor=REGION, linewidth=0.5)
        for key, shape in self.tagged.items():
            whole = self._drawn(shape)
            if key in self.shapes["macro"]:
                dashes = (0, (5, 2.5))
                ink.shape(whole, z=4, facecolor="none", edgecolor=INK, linewidth=1.1, linestyle=dashes)
            else:
                ink.hatched(shapely.difference(whole, shapely.buffer(whole, -_BAND)), 3)
        self._furniture()
        if notice:
            x, y = _middle(box)
            self.page.take(_centred(x, y, width(notice, 13) + 12, 24))
            ink.text(x, y - 4.5, notice, 13, align="center", halo="white")
        self._names(self._marks())
        tags = self._tags()
        for key, shape in regions.items():
            self._area_name(self.names[key].upper(), shape, REGION_NAME, tags.get(key))
        for key, shape in self.shapes["countries"].items():
            if key in self.home and regions:
                continue  # its regions are named
            self._area_name(self.names[key].upper(), self._drawn(shape), COUNTRY_NAME, None)
        ink.frame(box)

    def _furniture(self) -> None:
        box, metres = self.box, self.metres
        if self.projection.world:
            return
        length = round_length(0.2 * (box.right - box.left) * metres)
        text = f"{length / 1000:,.0f} km" if length >= 1000 else f"{length:,.0f} m"
        wide = length / metres
        left, bottom = box.right - wide - 12, box.bottom + 10
        self.ink.scale(left, bottom, wide, text)
        self.page.take(Box(left - 4, bottom - 4, box.right, bottom + 14))
        x, y = box.right - 20, bottom + 32
        inside = (np.array([x, y]) - np.array(box[:2])) * metres + np.array(self.extent[:2])
        turn = self.projection.north(*inside)
        if math.isfinite(turn):
            self.ink.north(x, y, turn)
            self.page.take(Box(x - 14, y - 14, box.right, y + 24))

    def _marks(self) -> list[Mark]:
        found = []
        for (spot, counts), (x, y) in zip(self.seen.places.items(), self.spots, strict=True):
            if math.isfinite(x) and math.isfinite(y):
                found.append(Mark(x, y, str(self.seen.names[spot]), dict(counts)))
        marks = apart(found, self.metres)
        for mark in marks:
            mark.x, mark.y = self._at((mark.x, mark.y))
            reach = mark.radius + HALO
            self.page.take(Box(mark.x - reach, mark.y - reach, mark.x + reach, mark.y + reach))
        for mark in reversed(marks):
            self.ink.mark(mark.x, mark.y, mark.radius, mark.counts, self.context.colours)
        return marks

    def _tags(self) -> dict[str, Box]:
        placed: dict[str, Box] = {}
        for key, shape in self.tagged.items():
            seen = self._drawn(shape)
            if seen.is_empty or not seen.area:
                continue
            wider = key in self.shapes["macro"]
            n = sum(self.seen.areas[key].values())
            text = f"{shortened(self.names[key], 110, TAG * 0.62, 'bold')} {n}" if wider else str(n)
            wide = TAG + 4 + width(text, TAG * 0.62, "bold")
            x, y = pole(seen)
            candidates = _around(x, y, wide, TAG)
            if wider:  # on its border, where its dashes are
                ring = shapely.boundary(max(shapely.get_parts(seen), key=lambda part: part.area))
                steps = [ring.interpolate(at / 60, normalized=True) for at in range(60)]
                top = sorted(steps, key=lambda point: -point.y)
                candidates = (_centred(point.x, point.y, wide, TAG) for point in top)
            inside = (box for box in candidates if wider or seen.intersects(shapely.Point(*_middle(box))))
            box = self.page.first(inside) or self.page.first(_around(x, y, wide, TAG))
            if box:
                self.ink.tag(box, text, dashed=wider)
                placed[key] = box
        return placed

    def _names(self, marks: list[Mark]) -> None:
        for mark in marks:
            text = shortened(mark.label, 120, NAME)
            weight = "bold" if mark.n >= 10 else "normal"
            wide, reach = width(text, NAME, weight), mark.radius + 3
            spots = [
                (mark.x + reach, mark.y - 0.36 * NAME),
                (mark.x - reach - wide, mark.y - 0.36 * NAME),
                *(
                    (mark.x - share * wide, up)
                    for share in (0.5, 0.25, 0.75, 0.1, 0.9)
                    for up in (mark.y + reach + 0.1 * NAME, mark.y - reach - 0.85 * NAME)
                ),
            ]
            boxes = (Box(x - 1, y - 0.25 * NAME, x + wide + 1, y + 0.95 * NAME) for x, y in spots)
            if text and (box := self.page.first(boxes)):
                self.ink.text(box.left + 1, box.bottom + 0.25 * NAME, text, NAME, weight=weight, halo="white")

    def _area_name(self, text: str, shape: Any, size: float, tag: Box | None) -> None:
        """A name near the middle of its area, under the area's tag where that has room; else left out."""
        wide = width(text, size) if text else 0.0
        if not text or not shape.area or shape.area < wide * size:
            return
        x, y = _middle(tag) if tag else pole(shape)
        shifts = [(0.0, -TAG), (0.0, TAG)] if tag else []
        spots = [(x + dx, y + dy) for dx, dy in shifts] + [_middle(box) for box in _around(x, y, wide, size)]
        room = shapely.prepared.prep(shapely.buffer(shape, 2))
        boxes = (_centred(across, up, wide + 2, 1.2 * size) for across, up in spots)
        box = self.page.first(box for box in boxes if room.contains(shapely.box(*box)))
        if box:
            self.ink.text(box.left + 1, box.bottom + 0.25 * size, text, size, colour=MUTE, halo=HOME, z=6)


def _bounds(spots: Any, ground: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """West, south, east, north of what is drawn, degrees."""
    if home := ground.get("home"):
        sides = np.array(home, dtype=float)
    elif len(spots):
        sides = np.array([*spots.min(axis=0), *spots.max(axis=0)])
    else:
        sides = np.array(_WORLD)
    if len(spots):
        sides = np.array(
            [*np.minimum(sides[:2], spots.min(axis=0)), *np.maximum(sides[2:], spots.max(axis=0))]
        )
    west, south, east, north = (float(side) for side in sides)
    return west, south, east, north


def _centred(x: float, y: float, wide: float, high: float) -> Box:
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _middle(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.bottom + box.top) / 2


def _around(x: float, y: float, wide: float, high: float) -> Iterator[Box]:
    """Boxes of this size around a point, nearest first."""
    yield _centred(x, y, wide, high)
    for ring in range(1, 14):
        for turn in range(12):
            angle = math.tau * (turn + ring % 2 / 2) / 12
            reach = ring * 0.45 * max(high, 8)
            yield _centred(x + reach * 1.4 * math.cos(angle), y + reach * math.sin(angle), wide, high)
