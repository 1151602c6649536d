"""The chart of incidents per day."""

import datetime as dt
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from geo.maps.palette import EVENT_TONES
from geo.ui import timeline

FIRST, LAST = dt.date(2022, 1, 1), dt.date(2022, 1, 3)


def rows(*cells: tuple[str, str, int]) -> pd.DataFrame:
    frame = pd.DataFrame(cells, columns=["day", "event_type", "n"])
    return frame.assign(day=[dt.date.fromisoformat(day) for day in frame["day"]])


def bars(days: pd.DataFrame, first: dt.date = FIRST, last: dt.date = LAST) -> pd.DataFrame:
    return timeline.bars(days, first, last)


def test_types_of_one_day_are_stacked_in_the_order_of_the_legend() -> None:
    drawn = bars(rows(("2022-01-01", "Riots", 3), ("2022-01-01", "Protests", 2)))
    assert drawn[["type", "low", "high"]].values.tolist() == [["Protests", 0, 2], ["Riots", 2, 5]]


def test_days_outside_the_choice_are_pale() -> None:
    drawn = bars(rows(("2022-01-01", "Riots", 1), ("2022-01-02", "Riots", 1))).assign(lane=None)
    assert timeline.chosen(drawn, FIRST, FIRST)["shown"].tolist() == [True, False]


def test_days_after_the_last_are_not_drawn() -> None:
    drawn = bars(rows(("2022-01-03", "Riots", 1), ("2022-01-04", "Riots", 9)))
    assert drawn["n"].tolist() == [1]


def test_a_long_span_is_drawn_by_month_with_its_busiest_day() -> None:
    days = rows(("2020-01-05", "Riots", 4), ("2020-01-06", "Riots", 7), ("2021-12-01", "Riots", 1))
    drawn = bars(days, dt.date(2020, 1, 1), dt.date(2021, 12, 31))
    assert drawn[["label", "n"]].values.tolist() == [
        ["1–31 January 2020, busiest day", 7],
        ["1–31 December 2021, busiest day", 1],
    ]


def test_no_incident_is_an_empty_chart() -> None:
    assert len(bars(rows())) == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_charts_have_the_colours_of_the_map(theme: str) -> None:
    config = tomllib.loads(Path(__file__).parents[2].joinpath(".streamlit/config.toml").read_text())
    assert config["theme"][theme]["chartCategoricalColors"] == [
        getattr(tone, theme) for tone in EVENT_TONES.values()
    ]


def instant(text: str) -> float:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp() * 1000


@pytest.mark.parametrize(
    ("left", "right", "days"),
    [
        ("2022-01-01T20:00", "2022-01-03T04:00", ("2022-01-02", "2022-01-02")),
        ("2022-01-01T02:00", "2022-01-02T20:00", ("2022-01-01", "2022-01-02")),
        ("2022-01-02T14:00", "2022-01-02T16:00", ("2022-01-03", "2022-01-03")),
        ("2021-12-30T00:00", "2022-01-09T00:00", ("2022-01-01", "2022-01-03")),
    ],
)
def test_a_brush_chooses_the_days_it_covers_by_more_than_half(
    left: str, right: str, days: tuple[str, str]
) -> None:
    chosen = timeline.brushed([instant(right), instant(left)], FIRST, LAST)
    assert tuple(map(str, chosen)) == days


def test_ticks_stand_in_the_middle_of_their_days() -> None:
    axis = timeline.spec(FIRST, LAST, "en")["layer"][0]["encoding"]["x"]["axis"]
    noon = {"year": 2022, "month": 1, "date": 1, "hours": 12, "minutes": 0, "seconds": 0, "utc": True}
    assert axis["values"][0] == noon  # bare numbers would be drawn as no tick at all
    assert "1 Jan" in axis["labelExpr"]


def test_the_chart_is_told_in_words_too() -> None:
    drawn = bars(rows(("2022-01-01", "Riots", 3), ("2022-01-01", "Protests", 2), ("2022-01-02", "Riots", 1)))
    assert timeline.told(drawn) == "1 January 2022: 5; 2 January 2022: 1"
