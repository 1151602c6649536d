"""Lines for incidents whose day is not known exactly."""

from __future__ import annotations

import datetime as dt

from geo.ui import spans, timeline
from tests.ui.test_timeline import bars, rows

FIRST, LAST = dt.date(2022, 1, 1), dt.date(2022, 1, 13)


def day(number: int) -> dt.date:
    return dt.date(2022, 1, number)


def test_lines_that_overlap_lie_below_each_other() -> None:
    found = spans.lanes([(day(4), day(5), 3), (day(5), day(6), 1), (day(7), day(8), 2)], FIRST, LAST)
    assert found[["start", "lane"]].values.tolist() == [[day(4), 0], [day(5), 1], [day(7), 0]]
    assert found["label"][0] == "3 incidents some time on 4–5 January 2022"


def test_a_line_ends_where_the_days_drawn_do_but_says_its_own() -> None:
    found = spans.lanes([(day(5), day(19), 4)], FIRST, LAST)
    assert found[["start", "end"]].values.tolist() == [[day(5), LAST]]
    assert found["label"][0] == "4 incidents some time on 5–19 January 2022"


def test_what_finds_no_room_is_left_out_and_what_lies_elsewhere_too() -> None:
    crowd = [(day(4), day(9), 1)] * (spans.LANES + 3)
    assert len(spans.lanes([*crowd, (day(14), day(15), 1)], FIRST, LAST)) == spans.LANES


def test_bars_and_lines_are_one_table_with_room_for_the_lanes() -> None:
    drawn = timeline.with_spans(
        bars(rows(("2022-01-02", "Riots", 3))), spans.lanes([(day(2), day(3), 3)], FIRST, LAST)
    )
    shown = timeline.chosen(drawn, day(3), day(3))
    assert shown["shown"].tolist() == [False, True]
    assert shown["type"].isna().tolist() == shown["lane"].notna().tolist() == [False, True]
    assert timeline.lanes_of(drawn) == 1
    assert timeline.told(drawn) == "2 January 2022: 3"
    assert timeline.lanes_of(timeline.with_spans(bars(rows()), spans.lanes([], FIRST, LAST))) == 0
