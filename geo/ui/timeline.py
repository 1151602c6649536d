"""The chart under the map: how many incidents touch each day, by event type."""

from __future__ import annotations

import datetime as dt
from typing import Any

import altair as alt
import pandas as pd

from geo.maps.palette import SHORT_LABELS

HEIGHT = 118

_BINS = ((62, "D", "%-d %b"), (430, "W-SUN", "%-d %b %Y"), (10**6, "M", "%b %Y"))
"""Up to how many days a period is drawn, as what (pandas' name), and how a tick is written."""

_AIR = 0.06
"""Share of a period left free on either side of its bar."""


def chart(days: pd.DataFrame, first: dt.date, last: dt.date, chosen: tuple[dt.date, dt.date]) -> alt.Chart:
    """Stacked bars from `first` to `last`; those outside `chosen` are pale.

    days: columns day, event_type, n. Colours are the theme's categorical ones, in the order of the
    event types, so that they follow a switch of theme at once.
    """
    _, period, ticks = next(bins for bins in _BINS if (last - first).days < bins[0])
    frame = _bars(days, first, last, chosen, period)
    plain: dict[str, Any] = {"title": None, "ticks": False, "labelFontSize": 12, "labelPadding": 6}
    domain = [_instant(first), _instant(last + dt.timedelta(days=1))]
    middles = frame["middle"].drop_duplicates()
    values = [_instant(at) for at in middles] if len(middles) <= 31 else alt.Undefined
    bars: alt.Chart = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=alt.X(
                "left:T",
                scale=alt.Scale(type="utc", domain=domain, nice=False),
                axis=alt.Axis(**plain, format=ticks, grid=False, labelOverlap=True, values=values),
            ),
            x2="right:T",
            y=alt.Y("low:Q", axis=alt.Axis(**plain, tickCount=3, tickMinStep=1, domain=False)),
            y2="high:Q",
            color=alt.Color("type:N", scale=alt.Scale(domain=list(SHORT_LABELS.values())), legend=None),
            opacity=alt.condition("datum.shown", alt.value(1), alt.value(0.25)),
            tooltip=[
                alt.Tooltip("label:N", title="Days" if period != "D" else "Day"),
                alt.Tooltip("type:N", title="Type"),
                alt.Tooltip("n:Q", title="Incidents"),
            ],
        )
        .properties(height=HEIGHT, padding={"left": 0, "right": 4, "top": 4, "bottom": 0})
        .configure_view(stroke=None)
    )
    return bars


def _bars(
    days: pd.DataFrame, first: dt.date, last: dt.date, chosen: tuple[dt.date, dt.date], period: str
) -> pd.DataFrame:
    """One row per bar: left and right edge, middle, low and high end, n, type, label, shown.

    A week or month shows its busiest day, for adding days would count a long incident many times.
    """
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
    order = pd.Categorical(rows["event_type"], categories=list(SHORT_LABELS))
    rows = rows.assign(order=order.codes).sort_values(["start", "order"]).drop(columns="order")
    rows["high"] = rows.groupby("start")["n"].cumsum()
    width = rows["end"] - rows["start"] + pd.Timedelta(days=1)
    bars: pd.DataFrame = rows.assign(
        low=rows["high"] - rows["n"],
        left=rows["start"] + width * _AIR,
        right=rows["start"] + width * (1 - _AIR),
        middle=rows["start"] + width / 2,
        type=rows["event_type"].map(SHORT_LABELS),
        shown=(rows["end"].dt.date >= chosen[0]) & (rows["start"].dt.date <= chosen[1]),
        label=[_label(start, end) for start, end in zip(rows["start"], rows["end"], strict=True)],
    )
    return bars


def _label(start: pd.Timestamp, end: pd.Timestamp) -> str:
    shown = f"{start.day} {start:%B %Y}"
    return shown if start == end else f"{shown} – {end.day} {end:%B %Y}, busiest day"


def _instant(at: dt.date) -> alt.DateTime:
    hours = at.hour if isinstance(at, dt.datetime) else 0
    return alt.DateTime(year=at.year, month=at.month, date=at.day, hours=hours, utc=True)
