"""A reading against its story: the good, the made up, the ghosts and the future."""

from __future__ import annotations

import datetime as dt
from typing import Any

from scripts.evaluate import told
from scripts.evaluate.gold import Coming, GoldClaim, GoldIncident, Never, Story, Where
from scripts.evaluate.score import Score

TEXT = "Five died in Goma on Sunday. Talks open in Luanda on Monday. Rwanda denied it."
GOMA = Where(("Goma",), ((-1.67, 29.23, 25.0),), "city")
DAY = ("2022-10-16", "2022-10-16")
STORY = Story(
    "congo",
    "en",
    dt.date(2022, 10, 17),
    TEXT,
    (GoldClaim(("killed",), None, 5, None, "", GOMA, DAY, (), ((0, 9),), "Five died"),),
    (GoldIncident(("Battles",), GOMA, (DAY,), ((0, 27),), "Five died in Goma on Sunday"),),
    (Coming(("2022-10-24", "2022-10-24"), (29, 59), "Talks open in Luanda on Monday"),),
    (Never(("Rwanda",), (61, 67), "denies"), Never(("Luanda",), (43, 49), "to come")),
)


def event(
    place: str = "Goma", start: str = DAY[0], span: tuple[int, int] = (0, 27), **more: Any
) -> dict[str, Any]:
    plain = {"event_type": "Battles", "sub_event_type": "Armed clash", "lat": None, "lon": None}
    plain |= {"location_precision": "city", "date_start": start, "date_end": start, "future": False}
    return {"place": place, "evidence": [list(span)], **plain, **more}


def number(best: int = 5, place: str = "Goma", span: tuple[int, int] = (0, 9), **more: Any) -> dict[str, Any]:
    plain = {"metric": "killed", "low": None, "high": None, "claimed_by": ""}
    days = {"about_start": DAY[0], "about_end": DAY[1]}
    return {"best": best, "place": place, "evidence": [list(span)], **plain, **days, **more}


def score(incidents: list[dict[str, Any]], claims: list[dict[str, Any]]) -> told.Result:
    return told.score({"incidents": incidents, "claims": claims}, STORY)


def test_a_perfect_reading_has_no_errors() -> None:
    result = score([event(), event("Luanda", "2022-10-24", (29, 59), future=True)], [number()])
    assert {score.f1 for score in (*result.claims.values(), *result.incidents.values())} == {1.0}
    assert (result.errors, result.ghosts, result.taken_for_past) == ((), (), ())
    assert (result.marked, result.coming) == (1, 1)


def test_each_level_asks_for_more() -> None:
    result = score([event(event_type="Riots")], [number(place="Congo")])
    assert [score.right for score in result.incidents.values()] == [1, 1, 0]
    assert [score.right for score in result.claims.values()] == [1, 0, 0, 1]


def test_an_error_is_told_by_the_first_thing_that_is_wrong() -> None:
    result = score([event(start="2022-10-09")], [number(place="Congo")])
    assert dict(result.errors) == {
        "claim: other place": "“Five died”: read as Congo",
        "incident: other date": "“Five died in Goma on Sunday”: read as 2022-10-09",
    }


def test_what_is_missed_and_what_is_made_up_are_both_told() -> None:
    result = score([event(span=(61, 78))], [])
    assert sorted(result.kinds) == ["claim: not found", "incident: made up", "incident: not found"]
    assert result.claims["metric and value"] == Score(0, 0, 1)


def test_an_incident_where_nothing_happened_is_a_ghost() -> None:
    result = score([event(), event("Rwanda", span=(61, 78))], [number()])
    assert result.ghosts == ("congo: Battles at Rwanda",)
    assert result.astray == result.ghosts


def test_what_is_to_come_told_as_past_is_found() -> None:
    assert score([event("Goma", "2022-10-24")], []).taken_for_past != ()
    assert score([event("Luanda", "2022-10-10", (29, 59))], []).taken_for_past != ()
    assert score([event(span=(0, 59))], []).taken_for_past == ()


def test_results_of_stories_add_up() -> None:
    one = score([event()], [number()])
    assert (one + one).claims["metric and value"] == Score(2, 2, 2)
    assert (told.Result() + one).incidents == one.incidents
