"""The chart under the map: how many incidents touch each day, by event type."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from geo.maps.palette import SHORT_LABELS

HEIGHT = 118

_BINS = ((62, "D", "%-d %b"), (430, "W-SUN", "%-d %b %Y"), (10**6, "M", "%b %Y"))
"""Up to how many days a period is drawn, as what (pandas' name), and how a tick is written."""

_AIR = 0.06
"""Share of a period left free on either side of its bar."""


@lru_cache(maxsize=8)
def spec(first: dt.date, last: dt.date) -> dict[str, Any]:
    """The chart from `first` to `last` without its data, as Vega-Lite.

    Kept, because Altair takes 70 ms to put it together and only the data changes. Colours are the
    theme's categorical ones, in the order of the event types, so that they follow a switch of theme.
    """
    period, ticks = _period(first, last)
    plain: dict[str, Any] = {"title": None, "ticks": False, "labelFontSize": 12, "labelPadding": 6}
    domain = [_instant(first), _instant(last + dt.timedelta(days=1))]
    days = (last - first).days + 1
    noons = [_instant(first + dt.timedelta(days=at), hours=12) for at in range(days)]
    chart = (
        alt.Chart(alt.NamedData("bars"))
        .mark_bar()
        .encode(
            x=alt.X(
                "left:T",
                scale=alt.Scale(type="utc", domain=domain, nice=False),
                axis=alt.Axis(
                    **plain,
                    format=ticks,
                    grid=False,
                    labelOverlap=True,
                    values=noons if days <= 31 else alt.Undefined,
                ),
            ),
            x2="right:T",
            y=alt.Y("low:Q", axis=alt.Axis(**plain, tickCount=3, tickMinStep=1, domain=False)),
            y2="high:Q",
            color=alt.Color("type:N", scale=alt.Scale(domain=list(SHORT_LABELS.values())), legend=None),
            opacity=alt.condition("datum.shown", alt.value(1), alt.value(0.25)),
            tooltip=[
                alt.Tooltip("label:N", title="Day" if period == "D" else "Days"),
                alt.Tooltip("type:N", title="Type"),
                alt.Tooltip("n:Q", title="Incidents"),
            ],
        )
        .properties(height=HEIGHT, padding={"left": 0, "right": 4, "top": 4, "bottom": 0})
        .configure_view(stroke=None)
    )
    made: dict[str, Any] = chart.to_dict()
    return {name: part for name, part in made.items() if name not in ("data", "datasets")}


def bars(days: pd.DataFrame, first: dt.date, last: dt.date) -> pd.DataFrame:
    """One row per bar: start, end, n, type, its left and right edge, low and high end, and a label.

    days: columns day, event_type, n. A week or month shows its busiest day, for adding its days
    would count a long incident many times.
    """
    period, _ = _period(first, last)
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
    made: pd.DataFrame = rows.assign(
        low=rows["high"] - rows["n"],
        left=rows["start"] + width * _AIR,
        right=rows["start"] + width * (1 - _AIR),
        type=rows["event_type"].map(SHORT_LABELS),
        label=[_label(start, end) for start, end in zip(rows["start"], rows["end"], strict=True)],
    )
    return made.reset_index(drop=True)


def chosen(drawn: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
    """The bars with `shown`: whether any of their days is chosen; the others are drawn pale."""
    shown = (drawn["end"] >= pd.Timestamp(start)) & (drawn["start"] <= pd.Timestamp(end))
    columns = ["left", "right", "low", "high", "n", "type", "label"]
    return drawn[columns].assign(shown=shown)


def _period(first: dt.date, last: dt.date) -> tuple[str, str]:
    return next((period, ticks) for most, period, ticks in _BINS if (last - first).days < most)


def _label(start: pd.Timestamp, end: pd.Timestamp) -> str:
    shown = f"{start.day} {start:%B %Y}"
    return shown if start == end else f"{shown} – {end.day} {end:%B %Y}, busiest day"


def _instant(at: dt.date, hours: int = 0) -> alt.DateTime:
    return alt.DateTime(year=at.year, month=at.month, date=at.day, hours=hours, utc=True)
