"""Marks on a page measured in points from its lower left corner: text, shapes, rings, tags, scale bar.

Text is drawn letter by letter as it is: no dollar sign starts a formula.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Rectangle, Wedge
from matplotlib.path import Path
from matplotlib.patheffects import Normal, Stroke

from geo.exports.typeset import FAMILY, Box

INK, MUTE, LINE = "#1B1F23", "#5A626A", "#DEDBD4"
SEA, LAND, HOME = "#E6ECEF", "#F1EFEA", "#FCFBF8"
BORDER, REGION, HATCH = "#8F969D", "#B9B4AB", "#8F969D"


class Ink:
    """A page of a width and height in points."""

    def __init__(self, width: float, height: float) -> None:
        self.figure = Figure(figsize=(width / 72, height / 72), facecolor="white")
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, width), ylim=(0, height))
        self.axes.axis("off")

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        colour: str = INK,
        weight: str = "normal",
        align: str = "left",
        halo: str = "",
        style: str = "normal",
        z: float = 10,
    ) -> None:
        """One line; y is its baseline."""
        drawn = self.axes.text(
            x,
            y,
            text,
            fontsize=size,
            color=colour,
            fontweight=weight,
            fontstyle=style,
            fontfamily=FAMILY,
            horizontalalignment=align,
            verticalalignment="baseline",
            parse_math=False,
            zorder=z,
        )
        if halo:
            drawn.set_path_effects([Stroke(linewidth=2.2, foreground=halo), Normal()])

    def shape(self, shape: Any, *, z: float, **style: Any) -> None:
        """A polygon or several, in points; other parts are left out."""
        parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        if parts:
            path = Path.make_compound_path(*(_path(part) for part in parts))
            self.axes.add_patch(PathPatch(path, zorder=z, **style))

    def hatched(self, shape: Any, z: float) -> None:
        """An area filled with hatches."""
        self.shape(shape, z=z, facecolor="none", edgecolor=HATCH, hatch="/" * 9, linewidth=0)

    def line(self, xs: list[float], ys: list[float], *, z: float = 5, **style: Any) -> None:
        """A line through points."""
        self.axes.plot(xs, ys, zorder=z, **style)

    def frame(self, box: Box, z: float = 20) -> None:
        """The border of a box."""
        size = (box.right - box.left, box.top - box.bottom)
        self.axes.add_patch(Rectangle(box[:2], *size, facecolor="none", edgecolor=BORDER, lw=0.7, zorder=z))

    def mark(
        self, x: float, y: float, radius: float, counts: Mapping[str, int], tones: Mapping[str, str]
    ) -> None:
        """A dot for one incident; for several a ring of the shares of their types, their number inside."""
        total = sum(counts.values())
        self.axes.add_patch(Circle((x, y), radius + 1.1, facecolor="white", linewidth=0, zorder=7))
        kinds = [kind for kind in dict.fromkeys([*tones, *counts]) if counts.get(kind)]
        shown = [(tones.get(kind, MUTE), counts[kind]) for kind in kinds]
        if total == 1:
            self.axes.add_patch(Circle((x, y), radius, facecolor=shown[0][0], linewidth=0, zorder=8))
            return
        at = 90.0
        for tone, n in shown:
            turn = 360 * n / total
            wedge = Wedge((x, y), radius, at - turn, at, width=0.36 * radius, facecolor=tone, linewidth=0)
            wedge.set_zorder(8)
            self.axes.add_patch(wedge)
            at -= turn
        size = min(max(5.6, 0.74 * radius), 11.0, 2.0 * radius / max(len(str(total)), 2))
        self.text(x, y - 0.36 * size, str(total), size, weight="bold", align="center", z=9)

    def tag(self, box: Box, text: str, *, dashed: bool = False) -> None:
        """A tag with a hatched square and a number, for what is known to an area only."""
        high = box.top - box.bottom
        wide = box.right - box.left
        patch = FancyBboxPatch(
            box[:2],
            wide,
            high,
            boxstyle="round,pad=0,rounding_size=1.6",
            facecolor="white",
            edgecolor=INK if dashed else MUTE,
            linestyle=(0, (3, 1.6)) if dashed else "-",
            linewidth=0.7,
            zorder=8,
        )
        self.axes.add_patch(patch)
        side = high - 5
        self.hatched(shapely.box(box.left + 3, box.bottom + 2.5, box.left + 3 + side, box.top - 2.5), 9)
        self.text(box.left + 5 + side, box.bottom + 0.3 * high, text, high * 0.62, weight="bold", z=9)

    def scale(self, x: float, y: float, length: float, text: str) -> None:
        """A scale bar of this length; x, y is its left end."""
        style = {"color": INK, "linewidth": 0.9, "solid_capstyle": "butt"}
        self.line([x, x, x + length, x + length], [y + 4, y, y, y + 4], z=15, **style)
        self.text(x + length / 2, y + 4, text, 7, align="center", halo="white", z=15)

    def north(self, x: float, y: float, turn: float) -> None:
        """An arrow to true north, `turn` degrees anticlockwise from up; x, y is its middle."""
        angle = math.radians(turn)
        wings = np.array([(0, 11), (-4, -6), (0, -2.5), (4, -6), (0, 11)], dtype=float)
        cos, sin = math.cos(angle), math.sin(angle)
        points = wings @ np.array([(cos, sin), (-sin, cos)]) + (x, y)
        self.axes.add_patch(PathPatch(Path(points), facecolor=INK, linewidth=0, zorder=15))
        self.text(
            x - 15 * sin, y + 15 * cos - 2.5, "N", 7.5, weight="bold", align="center", halo="white", z=15
        )


def _path(polygon: Any) -> Path:
    rings = [polygon.exterior, *polygon.interiors]
    return Path.make_compound_path(*(Path(np.asarray(ring.coords)[:, :2], closed=True) for ring in rings))
