"""`Store`: one open store file, asked from any thread; and the one that is current at a path."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from geo.query import BBox, IncidentQuery
from geo.store import (
    cells,
    connection,
    deadline,
    decisions,
    events,
    history,
    ledger,
    makeup,
    pages,
    pairs,
    rows,
    spoken,
    tiles,
)
from geo.store.asking import Ask
from geo.store.collections import Collection
from geo.store.crs import CRS84
from geo.store.pages import Page
from geo.store.tally import Tallies

Row = dict[str, Any]


class Store:
    """A store opened for reading. Every question runs on a cursor of its own, so threads may share it."""

    def __init__(self, path: Path, *, threads: int = 2) -> None:
        """Open a store. Raises StoreMissing, NotAStore, StoreTooNew."""
        self.version = _stamp(path)
        self._path, self._threads = path, threads
        self._db = connection.connect(path, threads)
        self._days: dict[str, tuple[dt.date | None, dt.date | None]] = {}
        self._names: dict[str, dict[str, str]] = {}
        self._tallies = Tallies()

    @classmethod
    def current(cls, path: Path, *, threads: int = 2) -> Store:
        """The store now at `path`: the one already open, or anew when a build has replaced the file."""
        with _lock:
            held = _open.get(path)
            if held is None or held.version != _stamp(path):
                held = _open[path] = cls(path, threads=threads)
            return held

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @cached_property
    def datasets(self) -> dict[str, Row]:
        """The descriptor of each data set by name."""
        found = self._cursor().execute("SELECT value FROM meta WHERE key = 'datasets'").fetchone()
        described: dict[str, Row] = json.loads(found[0]) if found else {}
        return described

    @cached_property
    def countries(self) -> list[str]:
        """The countries the data sets are about, ISO alpha-2."""
        about = [found.get("eventmap", {}).get("admin0", []) for found in self.datasets.values()]
        return sorted({country for countries in about for country in countries})

    def macro_regions(self) -> list[Row]:
        """Areas made of several regions that the data sets name: id, name, regions, note."""
        return [
            {
                "id": macro["id"],
                "name": macro["place"],
                "regions": macro["admin1_ids"],
                "note": macro.get("note"),
            }
            for found in self.datasets.values()
            for macro in found.get("eventmap", {}).get("macro_regions", [])
        ]

    def counts(self) -> Row:
        """How many rows each table holds, and how many incidents have a place."""
        found = self._cursor().execute(
            """
            SELECT (SELECT count(*) FROM reports)
                   - (SELECT count(DISTINCT (dataset, report_id)) FROM incident_reports
                      WHERE known_to IS NOT NULL),
                   (SELECT count(*) FROM claims), count(*),
                   count(*) FILTER (px IS NOT NULL OR area_id IS NOT NULL)
            FROM incidents WHERE known_to IS NULL
            """
        )
        reports, claims, incidents, placed = found.fetchone() or (0, 0, 0, 0)
        return {
            "reports": reports,
            "claims": claims,
            "incidents": incidents,
            "placed": placed,
            "unplaced": incidents - placed,
        }

    @cached_property
    def makeup(self) -> Row:
        """How the data are made up, in numbers."""
        return makeup.makeup(self._cursor())

    def cells(self, query: IncidentQuery, *, bbox: BBox | None, zoom: float, most: int) -> Row:
        """Marks and areas of a map view."""
        return cells.cells(self._cursor(), query, bbox, zoom, most)

    def details(
        self,
        query: IncidentQuery,
        *,
        keys: Sequence[str] = (),
        area: str = "",
        unplaced: bool = False,
        limit: int = 200,
        offset: int = 0,
    ) -> Row:
        """The incidents of some marks, of one area, or without a place."""
        return rows.details(
            self._cursor(), query, keys=list(keys), area=area, unplaced=unplaced, limit=limit, offset=offset
        )

    def export(self, query: IncidentQuery) -> Iterator[Row]:
        """Every incident that matches, with reports and figures."""
        return rows.export(self._cursor(), query)

    def page(self, ask: Ask, crs: str = CRS84) -> Page:
        """Features of a collection, from where the ask goes on."""
        long = ask.limit is None or ask.limit > pages.WINDOW
        apart = self._apart() if long else None
        db = apart or self._cursor()
        return pages.page(db, ask, self._tallies.of(db, ask), crs, alone=apart is not None)

    def days_of(self, collection: Collection) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last day of what a collection holds; None where it has none or is open."""
        if collection.name not in self._days:
            self._days[collection.name] = pages.days_of(self._cursor(), collection)
        return self._days[collection.name]

    def tile(self, layer: str, query: IncidentQuery, z: int, row: int, col: int) -> bytes:
        """A vector tile of `incidents`, or of `regions` as on the first day asked for; empty where it is."""
        tiles.check(z, row, col)
        if layer == "regions":
            return tiles.regions(self._cursor(), query.interval.start, z, row, col)
        return tiles.incidents(self._cursor(), query, z, row, col)

    def read(self, ask: Ask) -> Iterator[Row]:
        """The incidents of an ask, with reports and figures."""
        db = self._cursor()
        return pages.read(db, ask, self._tallies.of(db, ask))

    def _apart(self) -> duckdb.DuckDBPyConnection | None:
        """The same file in a database of its own, for one long reply; None where a build has replaced it.

        What the reply reads then drives nothing out of memory that maps need, and can be let go of.
        """
        found = connection.connect(self._path, 1, memory=connection.ALONE)
        if self.version == _stamp(self._path):
            return deadline.watched(found)
        found.close()
        return None

    def summary(self, query: IncidentQuery) -> Row:
        """What is shown, in numbers."""
        return rows.summary(self._cursor(), query)

    def type_counts(self, query: IncidentQuery) -> dict[str, int]:
        """How many incidents of each event type match; types with none are left out."""
        return rows.type_counts(self._cursor(), query)

    def region_counts(self, query: IncidentQuery) -> dict[str, int]:
        """How many incidents match in each region; regions with none are left out."""
        return rows.region_counts(self._cursor(), query)

    @cached_property
    def home(self) -> tuple[float, float, float, float]:
        """West, south, east, north of what a map shows first: the countries of the data, or its points."""
        return ledger.home(self._cursor(), self.countries)

    def days(self, query: IncidentQuery) -> pa.Table:
        """Incidents that touch each day, by event type."""
        return rows.days(self._cursor(), query)

    def spans(self, query: IncidentQuery, most: int = 60) -> list[tuple[dt.date, dt.date, int]]:
        """First and last possible day of incidents whose day is not known, and how many."""
        return rows.spans(self._cursor(), query, most)

    @cached_property
    def extent(self) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last day on which an incident begins."""
        return rows.extent(self._cursor())

    @cached_property
    def region_names(self) -> dict[str, str]:
        """Names of the regions by identifier, as on the first day of the data, in order of the names."""
        units = self.regions(self.extent[0] or dt.date.today(), self.countries)
        return dict(sorted(zip(units["id"], units["name"], strict=True), key=lambda unit: unit[1]))

    def names(self, language: str) -> dict[str, str]:
        """Names of places in a language, as on the first day of the data, by English name or identifier."""
        with _lock:
            if language not in self._names:
                on = self.extent[0] or dt.date.today()
                self._names[language] = spoken.names(self._cursor(), language, on)
            return self._names[language]

    def claims(self, *, metric: str = "", place: str = "", known_on: dt.date | None = None) -> list[Row]:
        """The claims ledger as it stood on a day."""
        return ledger.claims(self._cursor(), metric=metric, place=place, known_on=known_on)

    @cached_property
    def counted(self) -> frozenset[tuple[str, str]]:
        """What there are claims of: each metric with the name of a place, in lower case."""
        return ledger.counted(self._cursor())

    def figures(self, admin1_id: str = "") -> pd.DataFrame:
        """All figures of one region, or of every region, with their publishers."""
        return ledger.figures(self._cursor(), admin1_id)

    def joined_figures(self, on: dt.date) -> pd.DataFrame:
        """The figures that are joined to an incident of that day, by region."""
        return ledger.joined_figures(self._cursor(), on)

    def regions(self, on: dt.date, admin0: list[str] | None = None) -> pd.DataFrame:
        """The units valid on a day."""
        return ledger.regions(self._cursor(), on, admin0)

    def regions_ever(self) -> pd.DataFrame:
        """The units of the data sets' countries, of all days."""
        return ledger.regions(self._cursor(), None, self.countries)

    def cities(self) -> list[Row]:
        """Cities that label the map."""
        return ledger.cities(self._cursor())

    def additions(self) -> list[Row]:
        """Boundaries and figures that were added, the oldest first: rows of kept.ADDITION."""
        return ledger.additions(self._cursor())

    @cached_property
    def credits(self) -> tuple[str, ...]:
        """Who drew the boundaries that were added, and under which terms: one sentence for each."""
        return tuple(
            f"Boundaries of {row['admin0']} from {row['valid_from']}: {row['source'] or row['file']} "
            f"({row['licence'] or 'terms not stated'})."
            for row in self.additions()
            if row["kind"] == "boundaries"
        )

    def sources(self, query: IncidentQuery) -> list[Row]:
        """Publishers of what is shown, and what rests on each."""
        return ledger.sources(self._cursor(), query)

    def history(self, key: str, dataset: str = "") -> list[Row]:
        """What was known of one incident, version by version."""
        return history.history(self._cursor(), key, dataset)

    def duplicates(self, search: pairs.Search) -> Iterator[Row]:
        """Pairs of incidents that may be one event and nobody has decided on, best first."""
        return pairs.find(self._path, search, threads=self._threads)

    def decisions(self) -> list[Row]:
        """What people decided on pairs, in the order in which they did."""
        return decisions.ledger(self._cursor())

    def named(self, key: str) -> list[tuple[str, str]]:
        """The incidents, by data set and identifier, that `id` or `dataset:id` may mean."""
        return events.named(self._cursor(), key)

    def weakly_told(self, query: IncidentQuery, limit: int = 200) -> Row:
        """What is shown and rests on weak sources alone."""
        return ledger.weakly_told(self._cursor(), query, limit)

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        return deadline.watched(self._db.cursor()).execute("USE store")


_open: dict[Path, Store] = {}
_lock = threading.Lock()


def _stamp(path: Path) -> str:
    """Changes whenever the file at this path is another one."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_ino:x}-{found.st_mtime_ns:x}-{found.st_size:x}"
