"""The chart of claims, as HTML that the page's style sheet draws: steps of numbers over time. Pure.

HTML, because its colours then follow the theme at once, its fonts are the page's, its text can be
read and chosen, and every point is a link to its source. Positions across are shares of the width;
labels are placed for several widths, of which a container query shows one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from html import escape

from geo.schema import ClaimStatus, Qualifier
from geo.ui.claims_captions import WIDTHS, captions
from geo.ui.claims_frame import RIGHT, STRIP, Frame, share, tag, values_of
from geo.ui.claims_labels import text_width
from geo.ui.claims_steps import Panel, Row, TimeScale
from geo.ui.claims_words import amount, fate, made_public, summary, unit_name, worded
from geo.ui.i18n import _, called, day, ngettext, short_day


def figures(panels: Sequence[Panel], time: TimeScale, known_on: dt.date | None) -> str:
    """The panels one below the other, the first one the largest, on one scale of time."""
    frames = [Frame(panel, time, values_of(panel, not at), not at, 0) for at, panel in enumerate(panels)]
    gutter = 12 + max((text_width(step, 12.5) for frame in frames for step in frame.steps), default=0)
    drawn = (_figure(Frame(one.panel, one.time, one.values, one.main, gutter), known_on) for one in frames)
    beside = " em-claims-beside" if any(panel.undated for panel in panels) else ""
    return f'<div class="em-claims-panels{beside}">{"".join(drawn)}</div>'


def scale_note(time: TimeScale, panels: Sequence[Panel]) -> str:
    """How the two scales are to be read. panels: the main one first."""
    lows = {values_of(panel, not at).low for at, panel in enumerate(panels) if panel.marks}
    said = [] if time.even else [_("Time runs slower on the left, where more was said.")]
    if len(lows) == 1:
        said.append(_("The upright scale begins at {number}.").format(number=amount(lows.pop())))
    elif lows:
        said.append(_("Each upright scale begins at the number at its foot."))
    return " ".join(said)


def legend(panels: Sequence[Panel]) -> str:
    """What the marks that occur mean."""
    claims = [mark.claim for panel in panels for mark in panel.marks]
    status = {one["status"] for one in claims}
    qualifiers = {one["qualifier"] for one in claims}
    entries = [
        ("stands", _("stands"), ClaimStatus.STANDS in status),
        ("superseded", _("replaced by a later number"), ClaimStatus.SUPERSEDED in status),
        ("retracted", _("withdrawn"), ClaimStatus.RETRACTED in status),
        ("disputed", _("disputed"), ClaimStatus.DISPUTED in status),
        ("at-least", _("at least"), Qualifier.AT_LEAST in qualifiers),
        ("at-most", _("at most"), Qualifier.AT_MOST in qualifiers),
        ("about", _("about"), Qualifier.ABOUT in qualifiers),
        ("wordless", _("said without a number"), any(panel.wordless for panel in panels)),
    ]
    items = "".join(
        f'<li><i class="em-key em-key-{name}" aria-hidden="true"></i>{escape(text)}</li>'
        for name, text, shown in entries
        if shown
    )
    return f'<ul class="em-claims-legend">{items}</ul>' if items else ""


def safe(url: str | None) -> bool:
    """Whether an address leads to a page of the web."""
    return bool(url) and str(url).lower().startswith(("http://", "https://"))


def _figure(frame: Frame, known_on: dt.date | None) -> str:
    """One panel: heading, sentence, chart, and beside it what has no day."""
    panel = frame.panel
    said = escape(" ".join(summary(panel.claims, known_on)))
    place = escape(called(panel.place))
    known = day(known_on) if known_on and frame.time.edge else ""
    chart = _chart(frame, known) if panel.marks or panel.wordless else ""
    size = "main" if frame.main else "part"
    return (
        f'<figure class="em-claims em-claims-{size}" aria-label="{place}. {said}">'
        f'<h3>{place}</h3><p class="em-claims-says">{said}</p>'
        f'<div class="em-claims-row">{chart}{_undated(panel.undated)}</div></figure>'
    )


def _chart(frame: Frame, known: str) -> str:
    """known: the day that knowledge is set back to, in words, where the scale of time ends with it."""
    parts = [*_grid(frame), *_axis(frame), *_lines(frame), *_strip(frame), *_points(frame)]
    if known:
        text = _("known on {day}").format(day=known)
        parts.append(tag("em-edge", height=frame.base))
        parts += [tag("em-edge-text", text)] if frame.main else []
    for at, width in enumerate(WIDTHS):
        inside = "".join((*captions(frame, width, edge=bool(known) and frame.main), *_ticks(frame, width)))
        parts.append(f'<div class="em-at em-at-{at}" aria-hidden="true">{inside}</div>')
    listed = "".join(_entry(mark.claim) for mark in frame.panel.marks)
    return (
        f'<div class="em-chart"><div class="em-plot" style="height:{frame.axis + 42:.0f}px">'
        f'<div class="em-field" style="left:{frame.gutter:.0f}px;right:{RIGHT:.0f}px">{"".join(parts)}</div>'
        f'</div><ol class="em-claims-list em-claims-narrow">{listed}</ol></div>'
    )


def _grid(frame: Frame) -> Iterator[str]:
    for step, text in zip(frame.values.steps, frame.steps, strict=False):
        y = frame.y(step)
        yield tag("em-grid em-grid-base" if step == frame.values.low else "em-grid", top=y)
        yield tag("em-step", text, top=y - 8, width=frame.gutter - 8)
    if frame.steps:
        unit = unit_name(frame.panel.claims[0]["unit"])
        yield tag("em-unit", unit, top=frame.top - 26, left=8 - frame.gutter)


def _axis(frame: Frame) -> Iterator[str]:
    yield tag("em-axis", top=frame.axis)
    for notch in frame.time.notches():
        yield tag("em-notch", top=frame.axis, left=share(frame.time(notch)))


def _ticks(frame: Frame, width: float) -> Iterator[str]:
    ends = (frame.time.first, frame.time.last)
    room = max(text_width(short_day(end), 12.5) for end in ends) + 14
    year = None
    for tick in frame.time.ticks(width - frame.gutter - RIGHT, room):
        x = share(frame.time(tick))
        yield tag("em-notch em-notch-long", top=frame.axis, left=x)
        yield tag("em-tick", short_day(tick), top=frame.axis + 9, left=x)
        if tick.year != year:
            year = tick.year
            yield tag("em-tick", str(year), top=frame.axis + 24, left=x)


def _lines(frame: Frame) -> Iterator[str]:
    """How long each number stood, and what took its place."""
    for mark in sorted(frame.panel.marks, key=lambda one: one.status == ClaimStatus.STANDS):
        start, end = frame.time(mark.day), frame.time(mark.until) if mark.until else 1.0
        y = frame.y(mark.value)
        if end > start:
            yield tag(f"em-span em-{mark.status}", top=y - 1.5, left=share(start), width=share(end - start))
        if mark.status == ClaimStatus.RETRACTED:
            yield tag("em-stem", left=share(start), top=y + 6, height=frame.base - y - 6)
    for riser in frame.panel.risers:
        top, bottom = sorted((frame.y(riser.old), frame.y(riser.new)))
        if bottom - top >= 1:
            x = share(frame.time(riser.day))
            yield tag("em-riser", left=x, top=top - 1.5, height=bottom - top + 3)


def _points(frame: Frame) -> Iterator[str]:
    """Every point in the order of time, which is that of the Tab key."""
    strip = frame.base + STRIP / 2
    found = [
        (mark.claim, f"em-{mark.status} em-{mark.claim['qualifier'].replace(' ', '-')}", frame.y(mark.value))
        for mark in frame.panel.marks
    ]
    found += [(claim, "em-wordless", strip) for claim in frame.panel.wordless]
    for claim, kinds, y in sorted(found, key=lambda one: one[0]["reported_on"]):
        yield _point(claim, f"em-point {kinds}", frame.time(claim["reported_on"]), y)


def _strip(frame: Frame) -> Iterator[str]:
    """The words beside what was said without a number."""
    if not frame.panel.wordless:
        return
    top = frame.base + STRIP / 2 - 8
    places = [frame.time(claim["reported_on"]) for claim in frame.panel.wordless]
    text = ngettext("{n} statement without a number", "{n} statements without a number", len(places))
    if max(places) < 0.55:
        yield tag("em-strip", text, top=top, left=f"calc({share(max(places))} + 13px)")
    else:
        yield tag("em-strip", text, top=top, right=f"calc({share(1 - min(places))} + 13px)")


def _point(claim: Row, kinds: str, x: float, y: float) -> str:
    """A link to the source of a claim. Pointed at, or reached by keyboard, it says all about the claim."""
    number, said, fated = worded(claim), made_public(claim), fate(claim)
    source = _("Source: {publisher}").format(publisher=claim["publisher"])
    lines = (claim["claimed_by"], f"{said}, {fated}", claim["note"], source)
    told = "".join(f"<span>{escape(line)}</span>" for line in lines if line)
    tip = f'<span class="em-tip{" em-tip-left" if x > 0.6 else ""}"><b>{escape(number)}</b>{told}</span>'
    label = escape(", ".join((number, claim["claimed_by"], said, fated)))
    rest = f'class="{kinds}" aria-label="{label}" style="left:{share(x)};top:{y:.1f}px"'
    if not safe(claim["url"]):
        return f'<span role="img" tabindex="0" {rest}>{tip}</span>'
    return f'<a href="{escape(claim["url"])}" target="_blank" {rest}>{tip}</a>'


def _undated(claims: Sequence[Row]) -> str:
    """What nobody can place in time."""
    if not claims:
        return ""
    title, items = escape(_("Day unknown")), "".join(map(_entry, claims))
    return f'<div class="em-claims-undated"><h4>{title}</h4><ol class="em-claims-list">{items}</ol></div>'


def _entry(claim: Row) -> str:
    """One claim in a list."""
    after = fate(claim) if claim["reported_on"] is None else f"{made_public(claim)}, {fate(claim)}"
    return (
        f'<li class="em-{claim["status"]}"><b>{escape(worded(claim))}</b> '
        f"<span>{escape(claim['claimed_by'])}</span> "
        f'<span class="em-quiet">{escape(after)}</span></li>'
    )
