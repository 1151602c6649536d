"""The chart under the map: how many incidents touch each day, by event type."""

from __future__ import annotations

import datetime as dt

import altair as alt
import pandas as pd

from geo.maps.palette import SHORT_LABELS

_BINS = (
    ("utcyearmonthdate", 62, "%-d %b"),
    ("utcyearweek", 430, "%-d %b %Y"),
    ("utcyearmonth", 10**6, "%b %Y"),
)
"""Time unit, the longest span in days it is drawn for, and how a tick is written."""

HEIGHT = 118


def chart(days: pd.DataFrame, start: dt.date, end: dt.date, chosen: tuple[dt.date, dt.date]) -> alt.Chart:
    """Stacked bars from `start` to `end`; days outside `chosen` are pale.

    days: columns day, event_type, n. Colours are the theme's categorical ones, in the order of the
    event types, so that they follow a switch of theme at once.
    """
    unit, _, ticks = next(bins for bins in _BINS if (end - start).days < bins[1])
    frame = days.assign(
        day=pd.to_datetime(days["day"]).dt.tz_localize("UTC"),
        type=days["event_type"].map(SHORT_LABELS),
        order=days["event_type"].map({kind: at for at, kind in enumerate(SHORT_LABELS)}),
        shown=[chosen[0] <= date <= chosen[1] for date in pd.to_datetime(days["day"]).dt.date],
    )
    time = alt.X(
        "day:T",
        timeUnit=alt.TimeUnitParams(unit=unit, utc=True),  # type: ignore[arg-type]
        scale=alt.Scale(
            type="utc", domain=[_midnight(start), _midnight(end + dt.timedelta(days=1))], nice=False
        ),
        axis=alt.Axis(title=None, format=ticks, grid=False, ticks=False, labelPadding=6, labelOverlap=True),
    )
    bars: alt.Chart = (
        alt.Chart(frame)
        .mark_bar(binSpacing=3)
        .encode(
            x=time,
            y=alt.Y(
                "sum(n):Q",
                axis=alt.Axis(
                    title=None, tickCount=3, tickMinStep=1, domain=False, ticks=False, labelPadding=6
                ),
            ),
            color=alt.Color("type:N", scale=alt.Scale(domain=list(SHORT_LABELS.values())), legend=None),
            order=alt.Order("order:O"),
            opacity=alt.condition("datum.shown", alt.value(1), alt.value(0.25)),
            tooltip=[
                alt.Tooltip("day:T", timeUnit=unit, title="Day", format="%-d %B %Y"),  # type: ignore[arg-type]
                alt.Tooltip("type:N", title="Type"),
                alt.Tooltip("sum(n):Q", title="Incidents"),
            ],
        )
        .properties(height=HEIGHT, padding={"left": 0, "right": 4, "top": 4, "bottom": 0})
        .configure_view(stroke=None)
    )
    return bars


def _midnight(date: dt.date) -> alt.DateTime:
    return alt.DateTime(year=date.year, month=date.month, date=date.day, utc=True)
