"""`python -m bench.duplicates [ROWS ...]`: what duplicates are found of known ones, and in what time.

Known pairs: reports of `data/kazakhstan-2022` that tell of one incident, as a person linked them. Each
report becomes a row of its own in one of four tables, so that no table holds two reports of one incident
(those without a fellow are dealt out in turn); the tables are imported like anybody's, and every pair
of rows from two tables that tell of one incident is one to be found. Coordinates come from the
gazetteer; incidents in the first table's half of the identifiers were looked at when the weights were set.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench import imports
from geo import ingest
from geo.ingest.imports import Options, deliver
from geo.settings import Settings
from geo.store import Search, Store

TABLES = 4
COLUMNS = (
    *("id", "date_start", "date_end", "date_precision", "place", "place_text", "location_precision"),
    *("event_type", "sub_event_type", "actors", "summary", "participants", "fatalities", "injured"),
    *("arrested", "source", "url"),
)
Row = dict[str, Any]
Pair = frozenset[str]


def dealt(package: Path) -> tuple[list[list[Row]], dict[Pair, str]]:
    """The rows of each table, and the incident of each pair of identifiers that is to be found."""
    told: dict[str, list[Row]] = defaultdict(list)
    with (package / "reports.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["scope"] == "event" and row["incident_id"]:
                told[row["incident_id"]].append(row | {"source": row["source_id"]})
    tables: list[list[Row]] = [[] for _ in range(TABLES)]
    for number, reports in enumerate(told.values()):
        for at, row in enumerate(reports):
            tables[(number + at) % TABLES].append(row)
    known = {
        frozenset({one["id"], other["id"]}): incident
        for incident, reports in told.items()
        for at, one in enumerate(reports)
        for other in reports[:at]
    }
    return tables, known


def imported(folder: Path, package: Path) -> tuple[Path, dict[Pair, str]]:
    """A store with the tables, imported one by one, and the pairs to be found."""
    settings = Settings(store=folder / "reports.duckdb", cache=folder / "cache")
    tables, known = dealt(package)
    ingest.begin(settings)
    for number, rows in enumerate(tables):
        path = folder / f"table-{number}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            lines = csv.DictWriter(stream, COLUMNS, extrasaction="ignore")
            lines.writeheader()
            lines.writerows(rows)
        deliver(settings, path, Options(kind="table", fixed={"country": "KZ"}), dataset=f"table-{number}")
    return settings.store, known


def measured(found: Iterable[tuple[Pair, float]], known: set[Pair], threshold: float) -> tuple[int, int]:
    """How many pairs score at least so much, and how many of them are known."""
    kept = [pair for pair, score in found if score >= threshold]
    return len(kept), sum(pair in known for pair in kept)


def average(found: list[tuple[Pair, float]], known: set[Pair]) -> float:
    """Average precision: the share that is right down to each right pair, 0 for a missed one."""
    right, total = 0, 0.0
    for rank, (pair, _score) in enumerate(sorted(found, key=lambda one: -one[1]), 1):
        if pair in known:
            right += 1
            total += right / rank
    return total / len(known)


def quality(folder: Path) -> None:
    """Precision and recall at some thresholds, over all and over the half never looked at."""
    store, known = imported(folder, Path("data/kazakhstan-2022"))
    every = list(Store(store).duplicates(Search(threshold=0)))
    found = [(frozenset({row["a"]["id"], row["b"]["id"]}), row["score"]) for row in every]
    unseen = {pair for pair, incident in known.items() if int(incident[-3:]) % 2}
    of = {row: int(incident[-3:]) % 2 for pair, incident in known.items() for row in pair}
    print(f"{len(known)} pairs to be found; {len(found)} compared, {len(known & dict(found).keys())} of them")
    for name, wanted, pairs in (
        ("all", set(known), found),
        ("unseen half", unseen, [(p, s) for p, s in found if all(of.get(row, 1) for row in p)]),
    ):
        print(f"{name:<12} average precision {average(pairs, wanted):.2f}")
        for threshold in (0.1, 0.3, 0.5, 0.7, 0.9):
            kept, right = measured(pairs, wanted, threshold)
            precision = right / kept if kept else 1.0
            print(
                f"{name:<12} score >= {threshold}: {kept:>4} pairs, {right:>3} right, "
                f"precision {precision:.2f}, recall {right / len(wanted):.2f}"
            )


def speed(folder: Path, rows: int) -> None:
    """Time and memory of a search, in a process of its own: two deliveries of ACLED's layout, half each."""
    settings = Settings(store=folder / f"{rows}.duckdb", cache=folder / "cache")
    ingest.begin(settings)
    for seed, name in ((7, "one"), (8, "two")):
        path = folder / f"{name}.csv"
        imports.write(path, rows // 2, seed)
        deliver(settings, path, Options(kind="acled"), dataset=name)
    command = [sys.executable, "-m", "bench.duplicates", "--search", str(settings.store)]
    subprocess.run(command, check=True, env=os.environ)


def search(store: Path) -> None:
    """Search once and print."""
    asked, started = Search(), time.monotonic()
    found = sum(1 for _ in Store(store).duplicates(asked))
    spent, peak = time.monotonic() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    held = Store(store).counts()["incidents"]
    print(f"{held:>9,} incidents: {found:,} pairs in {spent:.1f} s, {peak:.2f} GB; {asked.crowded} crowded")


def main(arguments: list[str] | None = None) -> None:
    """Measure quality, then time for each size."""
    parser = argparse.ArgumentParser(prog="python -m bench.duplicates", description=__doc__)
    parser.add_argument("rows", nargs="*", type=int)
    parser.add_argument("--search", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.search:
        search(asked.search)
        return
    with tempfile.TemporaryDirectory() as folder:
        quality(Path(folder))
        for rows in asked.rows:
            speed(Path(folder), rows)


if __name__ == "__main__":
    main()
