"""A file that is brought for one visit: its good rows, read and placed. Nothing is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import CallError, GeoError
from geo.ingest import reading
from geo.ingest.imports import hopeless, name_of
from geo.ingest.packages import Atlas, areas_of
from geo.ingest.place import Unplaced
from geo.ingest.reading import Watch
from geo.ingest.report import LISTED, Report, Sink
from geo.settings import Settings
from geo.sources import providers
from geo.sources.files import files
from geo.sources.providers import Options, Source
from geo.store import STAGED, TOLD

Row = dict[str, Any]

AT_A_TIME = 500
"""Rows between two looks at whether to go on."""

NAMELESS = "my-data"


@dataclass(frozen=True)
class Brought:
    """What came of a file.

    name: of the data set. incidents: STAGED, each identifier once. told: TOLD, who told of them. areas: those
    in which incidents without a point lie, as in Tables. macros: areas of several regions among them, as
    a descriptor has them. about: what the provider's data are described by. on: the day it was brought.
    """

    name: str
    report: Report
    incidents: pa.Table
    told: pa.Table
    areas: pa.Table
    macros: tuple[Row, ...]
    about: Mapping[str, Any]
    on: dt.date

    def rows(self) -> Iterator[Row]:
        """The incidents by date and identifier, with their reports, as Store.export gives them."""
        told = self.tellings()
        order = [("date_start", "ascending"), ("id", "ascending")]
        for batch in self.incidents.sort_by(order).drop_columns("row").to_batches(AT_A_TIME):
            for row in batch.to_pylist():
                reports = told.get(row["id"], [])
                first = min(reports, key=lambda one: (one["reported_on"], one["reported_basis"] != "stated"))
                yield row | {
                    "dataset": self.name,
                    "report_count": len(reports),
                    "first_reported_on": first["reported_on"],
                    "first_reported_basis": first["reported_basis"],
                    "known_from": first["reported_on"],
                    "known_to": None,
                    "reports": reports,
                }

    def tellings(self) -> dict[str, list[Row]]:
        """Who told of each incident, by its identifier; each telling with an identifier of its own."""
        found: dict[str, list[Row]] = {}
        taken: set[str] = set()
        for row in self.told.to_pylist():
            key, number = f"{row['incident_id']}/{row['key']}", 1
            while key in taken:
                number += 1
                key = f"{row['incident_id']}/{row['key']}~{number}"
            taken.add(key)
            one = {name: row[name] for name in ("publisher", "url", "reported_on", "reported_basis")}
            one |= {"id": key, "also": False, "weak": False, "scope": "event", "summary": row["summary"]}
            found.setdefault(row["incident_id"], []).append(one | {"reported": row["reported"]})
        return found


def bring(
    settings: Settings,
    path: Path,
    options: Options | None = None,
    *,
    sink: Sink = reading.unheard,
    watch: Watch = reading.unwatched,
    atlas: Atlas | None = None,
) -> Brought:
    """Read and place the rows of a file, at most `settings.max_file_rows`.

    sink: takes rejects as they come. watch: is told how far it is; whatever it raises ends the work.
    Raises CallError for a file with more rows, RejectedRows when no row can be used, and as
    `imports.preview` and `providers.open_source` do.
    """
    with files.unpacked(path) as table:
        source = providers.open_source(table, options)
        report = Report(source.kind, [*source.sheet.notes, *source.notes])
        atlas = atlas or Atlas.open(settings)
        incidents, told = [STAGED.empty_table()], [TOLD.empty_table()]
        for placed, tellings in reading.read(
            source, atlas, report, sink=sink, watch=watch, most=min(AT_A_TIME, settings.max_file_rows)
        ):
            if report.rows > settings.max_file_rows:
                what = f"it has more than {settings.max_file_rows:,} rows, the most that are taken here"
                raise CallError(what, where=path.name, todo="part it, or use eventmap import")
            incidents.append(placed)
            told.append(tellings)
        every, reports = _each_once(source, pa.concat_tables(incidents), pa.concat_tables(told), report, sink)
        if not report.good:
            raise hopeless(path.name, report)
        every = _on_known_areas(every, atlas, report)
        areas = areas_of(every["area_id"].drop_null().unique().to_pylist(), [], atlas)
        named = set(areas["id"].to_pylist())
        return Brought(
            _named(source, path),
            report,
            _with_radii(every, areas),
            reports,
            areas,
            tuple(macro for macro in atlas.macros if macro["id"] in named),
            source.about,
            dt.date.today(),
        )


def _named(source: Source, path: Path) -> str:
    """The name of the data set, as an import would call it."""
    try:
        return name_of(source.kind if source.about else path.name.split(".")[0])
    except GeoError:
        return NAMELESS


def _each_once(
    source: Source, incidents: pa.Table, told: pa.Table, report: Report, sink: Sink
) -> tuple[pa.Table, pa.Table]:
    """The first row of each identifier. The others are rejects, or only tell of it where rows add up."""
    first: dict[str, int] = {}
    again: list[Row] = []
    kept = np.ones(len(incidents), dtype=bool)
    for at, (row, key) in enumerate(
        zip(incidents["row"].to_pylist(), incidents["id"].to_pylist(), strict=True)
    ):
        if first.setdefault(key, row) != row:
            kept[at] = False
            again.append({"row": row, "id": key, "first": first[key]})
    if again and not source.adds_up:
        gone = pa.array([one["row"] for one in again], pa.int64())
        told = told.filter(pc.invert(pc.is_in(told["row"], value_set=gone)))
        reading.repeated(source, again, report, sink)
    return incidents.filter(pa.array(kept)), told


def _on_known_areas(incidents: pa.Table, atlas: Atlas, report: Report) -> pa.Table:
    """An area that nobody here knows is no place."""
    named = incidents["area_id"].drop_null().unique().to_pylist()
    macros = {macro["id"] for macro in atlas.macros}
    strange = pa.array([key for key in named if key not in macros and not atlas.knows(key)], pa.string())
    if not len(strange):
        return incidents
    lost = pc.is_in(incidents["area_id"], value_set=strange)
    report.unplaced_count += int(pc.sum(lost).as_py())
    for row in incidents.filter(lost).slice(0, LISTED - len(report.unplaced)).to_pylist():
        reason = f"no area has the identifier {row['area_id']}"
        report.unplaced.append(Unplaced(row["row"], row["place"] or "", reason, ()))
    at = incidents.schema.get_field_index("area_id")
    areas = pc.if_else(lost, pa.scalar(None, pa.string()), incidents["area_id"])
    return incidents.set_column(at, STAGED.field("area_id"), areas)


def _with_radii(incidents: pa.Table, areas: pa.Table) -> pa.Table:
    """What is known to an area lies within its radius."""
    at = pc.index_in(incidents["area_id"], value_set=areas["id"].combine_chunks())
    radii = pc.coalesce(incidents["uncertainty_km"], areas["radius_km"].take(at))
    index = incidents.schema.get_field_index("uncertainty_km")
    return incidents.set_column(index, STAGED.field("uncertainty_km"), radii)
