"""The chart under the map: how many incidents touch each day, by event type."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from geo.schema import EVENT_TYPES
from geo.ui import vocabulary
from geo.ui.i18n import _, count, day, short_day, short_month, span

HEIGHT = 132

BRUSH = "brush"

_BINS = ((62, "D"), (430, "W-SUN"), (10**6, "M"))
"""Up to how many days a period is drawn, and as what (pandas' name)."""

_MOST_TICKS = 31

_GREY = "#8B9199"
"""At least 3:1 against the ground of either theme."""

_LANE = 6
"""Pixels from one line of spans to the next."""

_AIR = 0.06
"""Share of a period left free on either side of its bar."""


@lru_cache(maxsize=16)
def spec(first: dt.date, last: dt.date, language: str, lanes: int = 0) -> dict[str, Any]:
    """The chart from `first` to `last` without its data, as Vega-Lite, in the language of this run.

    lanes: how many lines of spans may lie below each other (see spans.py).

    Kept, because Altair takes 70 ms to put it together and only the data changes. Colours are the
    theme's categorical ones, in the order of the event types, so that they follow a switch of theme.
    """
    del language  # part of the key: the words differ
    plain: dict[str, Any] = {"title": None, "ticks": False, "labelFontSize": 12, "labelPadding": 6}
    ticks = _ticks(first, last)
    words = json.dumps(ticks, ensure_ascii=False)
    room = {"expr": f"height - {_LANE * lanes + 2}"} if lanes else {"expr": "height"}
    bars = (
        alt.Chart()
        .transform_filter("!isValid(datum.lane)")
        .mark_bar()
        .encode(
            x=alt.X(
                "left:T",
                scale=alt.Scale(
                    type="utc", domain=[_instant(first), _instant(last + dt.timedelta(days=1))], nice=False
                ),
                axis=alt.Axis(
                    **plain,
                    grid=False,
                    labelOverlap=True,
                    values=[_moment(at) for at in ticks],
                    labelExpr=f"({words})[toNumber(datum.value)]",
                ),
            ),
            x2="right:T",
            y=alt.Y(
                "low:Q",
                scale=alt.Scale(range=[room, 0]),
                axis=alt.Axis(**plain, tickCount=3, tickMinStep=1, domain=False),
            ),
            y2="high:Q",
            color=alt.Color(
                "type:N",
                scale=alt.Scale(domain=[vocabulary.event_type(kind) for kind in EVENT_TYPES]),
                legend=None,
            ),
            opacity=alt.condition("datum.shown", alt.value(1), alt.value(0.25)),
            tooltip=[
                alt.Tooltip("label:N", title=_("Days")),
                alt.Tooltip("type:N", title=_("Type")),
                alt.Tooltip("n:Q", title=_("Incidents")),
            ],
        )
        .add_params(
            alt.selection_interval(
                name=BRUSH, encodings=["x"], mark=alt.BrushConfig(fill=_GREY, fillOpacity=0.22)
            )
        )
    )
    ranges = (
        alt.Chart()
        .transform_filter("isValid(datum.lane)")
        .mark_rule(strokeWidth=3, strokeCap="round", color=_GREY)
        .encode(
            x="left:T",
            x2="right:T",
            y=alt.Y(
                "lane:Q",
                axis=None,
                scale=alt.Scale(
                    domain=[-0.5, max(lanes, 1) - 0.5], range=[room, {"expr": "height - 1"}], zero=False
                ),
            ),
            opacity=alt.condition("datum.shown", alt.value(1), alt.value(0.35)),
            tooltip=[alt.Tooltip("label:N", title=_("Days"))],
        )
    )
    chart = (
        alt.layer(bars, ranges, data=alt.NamedData("bars"))
        .resolve_scale(y="independent")
        .properties(height=HEIGHT, padding={"left": 0, "right": 4, "top": 4, "bottom": 4})
        .configure_view(stroke=None)
    )
    made: dict[str, Any] = chart.to_dict()
    kept = {name: part for name, part in made.items() if name not in ("data", "datasets")}
    # As SVG the brush would be a picture without a name; `told` says in words what is drawn.
    return kept | {"usermeta": {"embedOptions": {"renderer": "canvas"}}}


def brushed(edges: Sequence[float], first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """The days that a brush covers by more than half, at least one. edges: milliseconds since 1970, UTC."""
    left, right = (
        dt.datetime.fromtimestamp(edge / 1000, dt.UTC) for edge in sorted(edges)[:: len(edges) - 1]
    )
    half = dt.timedelta(hours=12)
    start = min(max((left + half).date(), first), last)
    end = min(max((right - half).date(), first), last)
    return (start, end) if start <= end else (start, start)


def bars(days: pd.DataFrame, first: dt.date, last: dt.date) -> pd.DataFrame:
    """One row per bar: start, end, n, type, its left and right edge, low and high end, and a label.

    days: columns day, event_type, n. A week or month shows its busiest day, for adding its days
    would count a long incident many times.
    """
    period = _period(first, last)
    within = days[(days["day"] >= first) & (days["day"] <= last)] if len(days) else days
    spans = pd.PeriodIndex(pd.to_datetime(within["day"]), freq=period)
    rows = (
        within.assign(
            n=within["n"].astype("int64"),
            start=spans.start_time.normalize(),
            end=spans.end_time.normalize(),
        )
        .groupby(["start", "end", "event_type"], as_index=False)["n"]
        .max()
    )
    order = pd.Categorical(rows["event_type"], categories=list(EVENT_TYPES))
    rows = rows.assign(order=order.codes).sort_values(["start", "order"]).drop(columns="order")
    rows["high"] = rows.groupby("start")["n"].cumsum()
    width = rows["end"] - rows["start"] + pd.Timedelta(days=1)
    made: pd.DataFrame = rows.assign(
        low=rows["high"] - rows["n"],
        left=rows["start"] + width * _AIR,
        right=rows["start"] + width * (1 - _AIR),
        type=rows["event_type"].map(vocabulary.event_type),
        label=[_label(start, end) for start, end in zip(rows["start"], rows["end"], strict=True)],
    )
    return made.reset_index(drop=True)


def with_spans(drawn: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """The bars, and below them the lines of spans.lanes, each over its days."""
    days = lines.assign(start=pd.to_datetime(lines["start"]), end=pd.to_datetime(lines["end"]))
    width = pd.Timedelta(days=1)
    lines = days.assign(left=days["start"] + width * 2 * _AIR, right=days["end"] + width * (1 - 2 * _AIR))
    return pd.concat([drawn, lines], ignore_index=True) if len(lines) else drawn.assign(lane=None)


def chosen(drawn: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
    """Bars and lines with `shown`: whether any of their days is chosen; the others are drawn pale."""
    shown = (drawn["end"] >= pd.Timestamp(start)) & (drawn["start"] <= pd.Timestamp(end))
    columns = ["left", "right", "low", "high", "n", "type", "label", "lane"]
    return drawn[columns].assign(shown=shown)


def lanes_of(drawn: pd.DataFrame) -> int:
    """How many lanes the lines take."""
    deepest = drawn["lane"].max()
    return 0 if pd.isna(deepest) else int(deepest) + 1


def told(drawn: pd.DataFrame) -> str:
    """The chart in words, for readers who do not see it."""
    totals = drawn[drawn["type"].notna()].groupby("label", sort=False)["n"].sum()
    return "; ".join(f"{label}: {count(int(number))}" for label, number in totals.items())


def _period(first: dt.date, last: dt.date) -> str:
    return next(period for most, period in _BINS if (last - first).days < most)


def _ticks(first: dt.date, last: dt.date) -> dict[str, str]:
    """Labels of the time axis by their place, in milliseconds since 1970, in the middle of each period."""
    periods = pd.period_range(first, last, freq=_period(first, last))
    shown = periods[:: max(1, -(-len(periods) // _MOST_TICKS))]
    middle = shown.start_time + (shown.end_time - shown.start_time) / 2
    write = short_month if shown.freqstr == "M" else short_day
    at = middle.tz_localize("UTC").ceil("s")
    return {
        str(int(moment.timestamp() * 1000)): write(start.date())
        for moment, start in zip(at, shown.start_time, strict=True)
    }


def _label(start: pd.Timestamp, end: pd.Timestamp) -> str:
    if start == end:
        return day(start.date())
    return _("{days}, busiest day").format(days=span(start.date(), end.date()))


def _moment(milliseconds: str) -> alt.DateTime:
    """A tick in the form that Vega-Lite wants: bare numbers it leaves out without a word."""
    at = dt.datetime.fromtimestamp(int(milliseconds) / 1000, dt.UTC)
    return alt.DateTime(
        year=at.year,
        month=at.month,
        date=at.day,
        hours=at.hour,
        minutes=at.minute,
        seconds=at.second,
        utc=True,
    )


def _instant(at: dt.date, hours: int = 0) -> alt.DateTime:
    return alt.DateTime(year=at.year, month=at.month, date=at.day, hours=hours, utc=True)
