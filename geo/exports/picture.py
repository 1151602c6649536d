"""PNG, SVG and PDF for print: an A4 page with title, map, legend, sources, query, citation and date.

Drawn by matplotlib. Letters are embedded (PDF) or outlines (SVG), so that a picture looks the same
everywhere; no clock and no random name is in it, so that it can be made again byte for byte.
"""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

import matplotlib as mpl

from geo.exports.chart import TAG, Chart
from geo.exports.context import CAVEAT, Context
from geo.exports.ink import INK, LINE, MUTE, Ink
from geo.exports.seen import Seen
from geo.exports.typeset import Box, clean, shortened, width, wrap

Row = dict[str, Any]

WIDE, HIGH = 841.89, 595.28
DPI = 240
MARGIN = 32.0
_LEGEND, _GAP = 176.0, 16.0
_SMALL, _LEAD = 6.4, 8.4
_BODY = 8.2

_KEYS = {
    "dot": "one incident, its town or site known",
    "ring": "several in one place, or too close to be told apart (+ further places); shares by type",
    "tag": "known to the region only: no point would be true",
    "wider": "known to a wider area only",
}

_drawing = threading.Lock()
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "eventmap",
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "hatch.linewidth": 0.45,
    "text.usetex": False,
    "path.simplify": False,
}


def write_png(rows: Iterable[Row], context: Context) -> Iterator[bytes]:
    """The page at 240 dots an inch."""
    told = {"Title": clean(context.title), "Description": clean(context.citation), "Software": "eventmap"}
    return _saved("png", rows, context, told)


def write_svg(rows: Iterable[Row], context: Context) -> Iterator[bytes]:
    """The page as SVG."""
    told = {"Title": clean(context.title), "Description": clean(context.citation), "Creator": "eventmap"}
    return _saved("svg", rows, context, told | {"Date": None})


def write_pdf(rows: Iterable[Row], context: Context) -> Iterator[bytes]:
    """The page as PDF."""
    told = {"Title": clean(context.title), "Subject": clean(context.citation), "Creator": "eventmap"}
    return _saved("pdf", rows, context, told | {"CreationDate": None})


def _saved(form: str, rows: Iterable[Row], context: Context, metadata: dict[str, Any]) -> Iterator[bytes]:
    seen = Seen(rows)
    sink = io.BytesIO()
    with _drawing, mpl.rc_context(_SETTINGS), warnings.catch_warnings():  # of the whole process
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        page(seen, context).figure.savefig(sink, format=form, dpi=DPI, metadata=metadata)
    yield sink.getvalue()


def page(seen: Seen, context: Context) -> Ink:
    """The page, drawn."""
    ink = Ink(WIDE, HIGH)
    top = _head(ink, seen, context)
    bottom = _foot(ink, seen, context)
    right = WIDE - MARGIN - _LEGEND - _GAP
    chart = Chart(ink, Box(MARGIN, bottom, right, top), context, seen)
    chart.draw("" if seen.tally.incidents else "No incident matches this query; loosen it.")
    _legend(ink, right + _GAP, top, seen, chart)
    return ink


def _head(ink: Ink, seen: Seen, context: Context) -> float:
    """Title and what is shown; where the map may begin."""
    y = HIGH - MARGIN + 6
    room = WIDE - 2 * MARGIN
    for line in wrap(context.title, room, 19, "bold", most=2):
        y -= 19
        ink.text(MARGIN, y, line, 19, weight="bold")
        y -= 4
    known = context.query.get("known-on")
    told = [_plural(seen.tally.incidents, "incident"), seen.span, f"as known on {known}" if known else ""]
    y -= 12
    ink.text(MARGIN, y, shortened(" · ".join(filter(None, told)), room, 10), 10, colour=MUTE)
    return y - 10


def _foot(ink: Ink, seen: Seen, context: Context) -> float:
    """Sources, query, citation, terms and date; where the map must end."""
    publishers = "; ".join(name for name, _ in seen.publishers.most_common()) or "none"
    blocks = [
        (f"Sources ({len(seen.publishers)})", publishers, 3),
        ("Query", f"{context.asked}. Make it again: {context.command}", 2),
        ("Cite as", context.citation, 3),
        ("Terms", f"{context.terms}. {context.attribution} Generated at {context.generated_at}.", 2),
        ("Note", CAVEAT, 1),
    ]
    indent = 58.0
    room = WIDE - 2 * MARGIN - indent
    lines: list[tuple[str, str]] = []
    for name, text, most in blocks:
        wrapped = wrap(text, room, _SMALL, most=most)
        lines += [(name if not at else "", line) for at, line in enumerate(wrapped)]
    y = MARGIN - 6
    for name, line in reversed(lines):
        ink.text(MARGIN, y, name, _SMALL, weight="bold")
        ink.text(MARGIN + indent, y, line, _SMALL, colour=MUTE)
        y += _LEAD
    return y + 4


def _legend(ink: Ink, x: float, top: float, seen: Seen, chart: Chart) -> None:
    room, y = _LEGEND, top - 9
    tones = chart.context.colours

    def heading(text: str) -> None:
        nonlocal y
        ink.text(x, y, text, 9, weight="bold")
        ink.line([x, x + room], [y - 4, y - 4], color=LINE, linewidth=0.7)
        y -= 17

    heading("Event types")
    for kind in dict.fromkeys([*tones, *seen.types]):
        n, at = seen.types[kind], y
        ink.mark(x + 5, y + 2.8, 3.8, {kind: 1}, tones)
        colour = INK if n else MUTE
        count = f"{n:,}"
        for line in wrap(kind, room - 22 - width(count, _BODY), _BODY, most=2):
            ink.text(x + 15, y, line, _BODY, colour=colour)
            y -= 11
        ink.text(x + room, at, count, _BODY, align="right", weight="bold" if n else "normal", colour=colour)
        y -= 3
    y -= 8
    if chart.keys:
        heading("How to read the map")
    for key, text in _KEYS.items():
        if key not in chart.keys:
            continue
        lines = wrap(text, room - 30, 7.4)
        _key(ink, key, x, y, tones)
        for line in lines:
            ink.text(x + 30, y, line, 7.4)
            y -= 9.6
        y -= 6
    absent = [f"{n:,} reported for {name} as a whole" for name, n in chart.undrawn]
    absent += [f"{seen.unplaced:,} without a place"] if seen.unplaced else []
    if absent:
        y -= 5
        heading("Not on the map")
        shown = absent[:5] + ([f"and {len(absent) - 5} areas more"] if len(absent) > 5 else [])
        for text in shown:
            for line in wrap(text, room, 7.8, most=2):
                ink.text(x, y, line, 7.8)
                y -= 10.5
    ground = chart.context.outlines or {}
    told = f"Boundaries as on {ground['on']}. " if ground.get("on") else ""
    y = chart.box.bottom + 2
    for line in reversed(wrap(f"{told}Projection: {chart.projection.name}.", room, _SMALL, most=3)):
        ink.text(x, y, line, _SMALL, colour=MUTE)
        y += _LEAD


def _key(ink: Ink, key: str, x: float, y: float, tones: Any) -> None:
    kinds = list(tones)
    if key == "dot":
        ink.mark(x + 12, y + 2.5, 3.8, {kinds[0]: 1}, tones)
    elif key == "ring":
        ink.mark(x + 12, y - 3, 10, {kinds[0]: 3, kinds[1]: 2, kinds[-1]: 2}, tones)
    else:
        wide = TAG + 4 + width("2", TAG * 0.62, "bold")
        box = Box(x + 12 - wide / 2, y - 2, x + 12 + wide / 2, y - 2 + TAG)
        ink.tag(box, "2", dashed=key == "wider")


def _plural(n: int, word: str) -> str:
    return f"{n:,} {word}" + ("" if n == 1 else "s")
