"""First scores are kept, by round and language, and later ones do not replace them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from scripts.evaluate import held
from scripts.evaluate.score import Score
from scripts.evaluate.told import Result

GOOD = Result(
    claims={"metric and value": Score(3, 4, 4), "… and place": Score(2, 4, 4)},
    incidents={"place and date": Score(1, 2, 2)},
)
NOTHING = Result(
    claims={"metric and value": Score(0, 0, 9), "… and place": Score(0, 0, 9)},
    incidents={"place and date": Score(0, 0, 9)},
)
DAY = dt.date(2026, 3, 1)


def test_rounds_are_the_folders_in_order(tmp_path: Path) -> None:
    for name in ("held_out_2", "held_out", "stories"):
        (tmp_path / name).mkdir()
    assert held.rounds(tmp_path) == {
        "Held out": tmp_path / "held_out",
        "Held out, round 2": tmp_path / "held_out_2",
    }


def test_a_first_score_is_not_replaced_and_another_language_is_added(tmp_path: Path) -> None:
    held.keep(tmp_path, "English", GOOD, [], [], DAY)
    held.keep(tmp_path, "English", NOTHING, [], [], dt.date(2026, 4, 1))
    held.keep(tmp_path, "Russian", NOTHING, [], [], dt.date(2026, 4, 1))
    kept = held.kept(tmp_path)
    assert kept["English"]["claims: metric and value"] == [3, 4, 4]
    assert (kept["English"]["on"], kept["Russian"]["on"]) == ("2026-03-01", "2026-04-01")


def test_first_scores_are_told_by_round_and_language(tmp_path: Path) -> None:
    held.keep(tmp_path, "English", GOOD, [], [], DAY)
    text = held.told({"Held out": held.kept(tmp_path)})
    assert (
        "- Held out: English, on 2026-03-01: claims: metric and value F1 0.75; claims: … and place F1 0.50; "
        "incidents: place and date F1 0.50; 0 ghost places, 0 events to come taken for past; 0 of 0 dates"
    ) in text


def test_what_was_not_scored_is_said(tmp_path: Path) -> None:
    assert held.told({"Held out": held.kept(tmp_path)}) == "The held-out stories have not been scored yet."
