"""Stories and dates that no rule was written on: what the first scoring of each language gave is kept.

A round is a folder `tests/extract/held_out*`; once its score has been looked at it is spent for tuning,
and rules that changed since are fairly measured only by the next round.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.evaluate.dates import Expression
from scripts.evaluate.score import Score
from scripts.evaluate.told import Result

FIRST = "first_score.json"
TOLD = ("claims: metric and value", "claims: … and place", "incidents: place and date")
"""Scores that the first scoring is summed up in."""

Kept = dict[str, dict[str, Any]]
"""By language: the day, counts (right, predicted, gold) by what was scored, and the dates (right, asked)."""


def rounds(folder: Path) -> dict[str, Path]:
    """The rounds by their titles, oldest first: held_out, held_out_2 and so on."""
    found = sorted(path for path in folder.glob("held_out*") if path.is_dir())
    return {("Held out" if at == 1 else f"Held out, round {at}"): path for at, path in enumerate(found, 1)}


def kept(folder: Path) -> Kept:
    """The first scores of a round; empty where it has not been scored."""
    path = folder / FIRST
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def keep(
    folder: Path,
    language: str,
    result: Result,
    asked: list[Expression],
    wrong: list[tuple[Expression, str]],
    today: dt.date,
) -> None:
    """Write down the score of a language, unless it has one already."""
    before = kept(folder)
    if language in before:
        return
    scores = {f"claims: {level}": score for level, score in result.claims.items()}
    scores |= {f"incidents: {level}": score for level, score in result.incidents.items()}
    counts = {name: [one.right, one.predicted, one.gold] for name, one in scores.items()}
    before[language] = {
        "on": today.isoformat(),
        "dates": [len(asked) - len(wrong), len(asked)],
        **counts,
        "ghosts": len(result.ghosts),
        "taken for past": len(result.taken_for_past),
    }
    text = json.dumps(before, indent=1, ensure_ascii=False) + "\n"
    (folder / FIRST).write_text(text, encoding="utf-8")


def told(every: Mapping[str, Kept]) -> str:
    """The first scores of all rounds as text. every: by the title of the round."""
    lines = [
        f"- {title}: {language}, on {score['on']}: {_summed(score)}"
        for title, languages in every.items()
        for language, score in languages.items()
    ]
    if not lines:
        return "The held-out stories have not been scored yet."
    head = (
        "The gold of the held-out stories was written before any of them was read, and rules were frozen "
        "before each first scoring. Those first scores, which no later one replaces:"
    )
    return "\n".join([head, "", *lines])


def _summed(score: Mapping[str, Any]) -> str:
    right, asked = score["dates"]
    shares = "; ".join(f"{name} F1 {Score(*score[name]).f1:.2f}" for name in TOLD)
    rest = f"{score['ghosts']} ghost places, {score['taken for past']} events to come taken for past"
    return f"{shares}; {rest}; {right} of {asked} dates"
