"""What stands beside the points of a claims chart: number, who said it, when, and what became of it. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from geo.schema import ClaimStatus, Qualifier
from geo.ui import claims_labels as labels
from geo.ui.claims_frame import RIGHT, Frame, share, tag
from geo.ui.claims_labels import Box, Label, Placed, Wording
from geo.ui.claims_steps import Mark, Panel
from geo.ui.claims_words import amount, fate, made_public, unit_name, wording

WIDTHS = (270, 380, 500, 600, 700, 780, 830, 900, 1040)
"""Widths of a chart in pixels from which on a placing of labels holds; the style sheet has the same."""

BRIEF = 500
"""Below this width labels hold numbers only. The list that says the rest is shown up to 700 pixels."""

_SAVED = 38.0
"""What the style sheet takes off above a chart whose labels are numbers only."""

_DOT, _OPEN = 8.0, 16.0
"""How far a point reaches, and one that is open upward or downward."""

_MOST = 40
"""Of how many points labels are placed: more find no room, and it takes time to learn that."""

_DOUBTFUL = (ClaimStatus.RETRACTED, ClaimStatus.DISPUTED)


def captions(frame: Frame, width: float, *, edge: bool) -> Iterator[str]:
    """The labels of a chart `width` pixels wide. edge: whether its end is labelled at the top."""
    inner = width - frame.gutter - RIGHT
    marks = _telling(frame.panel.marks)
    wanted = [_wanted(frame, mark, inner, width) for mark in marks]
    top = max(20.0 if edge else 0.0, _SAVED if width < BRIEF else 0.0)
    bounds = Box(-4, top, inner + 10, frame.base - 2)
    told = {mark.claim["id"] for mark in marks}
    rest = [
        Label(frame.time(mark.day) * inner, frame.y(mark.value), ()).mark
        for mark in frame.panel.marks
        if mark.claim["id"] not in told
    ]
    placed = labels.place(wanted, [*_lines(frame, inner), *rest], bounds)
    for label, mark, found in zip(wanted, marks, placed, strict=True):
        if found:
            yield _caption(mark, found, label, frame.time(mark.day))


def _telling(marks: Sequence[Mark]) -> list[Mark]:
    """The marks to label, in order of time. Of many: what stands or is doubtful, then the latest."""
    ranked = sorted(marks, key=lambda one: (one.status == ClaimStatus.SUPERSEDED, dt.date.max - one.day))
    return sorted(ranked[:_MOST], key=lambda one: one.day)


def wordings(mark: Mark, width: float) -> tuple[Wording, ...]:
    """How a point may be labelled in a chart of a width, the fullest first.

    Of a number that was withdrawn or is disputed it weighs more to leave out by whom.
    """
    claim, number, prefix = mark.claim, amount(mark.value), wording(mark.claim)
    head = f"{prefix} {number}" if prefix else number
    doubtful = mark.status in _DOUBTFUL
    weight = 3 if doubtful else 1
    bare = Wording(head, cost=100 * weight)
    if width < BRIEF:
        said = (Wording(head, when=(fate(claim),)),) if mark.status == ClaimStatus.DISPUTED else ()
        return (*said, bare)

    def full(most: float, cost: float) -> Wording:
        fated = labels.wrap(fate(claim), most) if doubtful else ()
        when = (*labels.wrap(made_public(claim), most), *fated)
        return Wording(head, labels.wrap(claim["claimed_by"], most), when, cost)

    brief = Wording(head, when=full(999, 0).when, cost=70 * weight)
    return (full(215, 0), full(155, 3), full(112, 8), brief, bare)


def _wanted(frame: Frame, mark: Mark, inner: float, width: float) -> Label:
    qualifier = mark.claim["qualifier"]
    return Label(
        frame.time(mark.day) * inner,
        frame.y(mark.value),
        wordings(mark, width),
        _missing(mark, frame.panel),
        above=_OPEN if qualifier in (Qualifier.AT_LEAST, Qualifier.ABOUT) else _DOT,
        below=_OPEN if qualifier in (Qualifier.AT_MOST, Qualifier.ABOUT) else _DOT,
    )


def _missing(mark: Mark, panel: Panel) -> float:
    """What it costs to leave a label out: least for a number that was said before."""
    repeated = any(one.value == mark.value and one.day < mark.day for one in panel.marks)
    return 90.0 if repeated and mark.status not in _DOUBTFUL else 400.0


def _lines(frame: Frame, inner: float) -> Iterable[Box]:
    """What labels may not cover besides points: lines, and the unit above the upright scale."""
    for mark in frame.panel.marks:
        x, y = frame.time(mark.day) * inner, frame.y(mark.value)
        if mark.until != mark.day:
            yield Box(x, y - 2, frame.time(mark.until) * inner if mark.until else inner, y + 2)
        if mark.status == ClaimStatus.RETRACTED:
            yield Box(x - 1, y, x + 1, frame.base)
    for riser in frame.panel.risers:
        x, ends = frame.time(riser.day) * inner, sorted((frame.y(riser.old), frame.y(riser.new)))
        yield Box(x - 2, ends[0], x + 2, ends[1])
    unit = labels.text_width(unit_name(frame.panel.claims[0]["unit"]), 12.5)
    yield Box(-frame.gutter, frame.top - 28, unit + 12 - frame.gutter, frame.top - 6)


def _caption(mark: Mark, placed: Placed, label: Label, x: float) -> str:
    text, prefix = placed.wording, wording(mark.claim)
    number = f"<b>{escape(amount(mark.value))}</b>"
    head = f"<small>{escape(prefix)}</small> {number}" if prefix else number
    told = f'<span class="em-number">{head}</span>'
    told += "".join(f"<span>{escape(line)}</span>" for line in text.who)
    told += "".join(f'<span class="em-when">{escape(line)}</span>' for line in text.when)
    kinds, leader = f"em-label-box em-{mark.status}", ""
    if placed.leader:
        bottom = placed.top + text.size[1]
        above = bottom < label.y
        start = placed.top + 3 if above else label.y + label.below
        end = label.y - label.above if above else bottom - 2
        leader = tag("em-leader", left=share(x), top=start, height=end - start)
        kinds += " em-led"
    if placed.leftwards:
        side = f"right:calc({share(1 - x)} - {placed.dx:.0f}px)"
        kinds += " em-leftwards"
    else:
        side = f"left:calc({share(x)} + {placed.dx:.0f}px)"
    return f'{leader}<div class="{kinds}" style="top:{placed.top:.1f}px;{side}">{told}</div>'
