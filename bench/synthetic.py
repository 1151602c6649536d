"""Stores of made-up incidents in Kazakhstan, of any size, with one report each; the same every time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from geo import schema
from geo.gazetteer.spoken import COLUMNS
from geo.ingest import Atlas, stored_regions
from geo.settings import Settings
from geo.store import Tables, write

TOWNS = 400
START, DAYS = np.datetime64("2021-01-01"), 730
SOURCES = 60


def build(path: Path, size: int) -> None:
    """Write a store of `size` incidents: towns of uneven weight, points strewn around them, two years."""
    dice = np.random.default_rng(7)
    town = dice.choice(TOWNS, size, p=dice.dirichlet(np.full(TOWNS, 0.3)))
    spots = dice.uniform([47, 42], [86, 54.5], (TOWNS, 2))[town] + dice.normal(0, 0.25, (size, 2))
    day = START + dice.integers(0, DAYS, size)
    kinds = np.array(list(schema.EVENT_TYPES))[dice.choice(6, size, p=[0.35, 0.2, 0.15, 0.1, 0.1, 0.1])]
    number = np.char.zfill(np.arange(size).astype(str), 8)
    about = {
        "dataset": "synthetic",
        "date_start": day,
        "date_precision": "day",
        "place": np.char.add("Town ", town.astype(str)),
        "location_precision": "city",
        "event_type": kinds,
        "summary": "A made-up incident.",
    }
    incidents = about | {
        "id": np.char.add("S", number),
        "title": np.char.add("Made-up incident ", number),
        "date_latest": day,
        "uncertainty_km": 10.0,
        "lon": spots[:, 0],
        "lat": spots[:, 1],
        "admin0": "KZ",
        "admin1_id": np.char.add("KZ-", (town % 17).astype(str)),
        "fatalities_best": dice.poisson(0.3, size),
        "report_count": 1,
        "first_reported_on": day,
        "first_reported_basis": "stated",
        "known_from": day,
    }
    reports = about | {
        "id": np.char.add("R", number),
        "incident_id": np.char.add("S", number),
        "scope": "event",
        "source_id": np.char.add("s", dice.integers(0, SOURCES, size).astype(str)),
        "reported_on": day,
        "reported_basis": "stated",
    }
    sources = {
        "id": [f"s{n}" for n in range(SOURCES)],
        "dataset": "synthetic",
        "publisher": [f"Source {n}" for n in range(SOURCES)],
        "weak": False,
    }
    atlas = Atlas.open(Settings.from_environment())
    described = {"title": f"{size:,} made-up incidents", "eventmap": {"admin0": ["KZ"]}}
    empty = pa.table({"admin1_id": pa.array([], pa.string()), "valid_from": pa.array([], pa.date32())})
    areas = {name: pa.array([], pa.string()) for name in ("id", "name", "precision")}
    sides = {name: pa.array([], pa.float64()) for name in ("west", "south", "east", "north")}
    write(
        path,
        Tables(
            incidents=_table(schema.INCIDENT, incidents, size),
            reports=_table(schema.REPORT, reports, size),
            claims=schema.CLAIM.empty_table(),
            sources=_table(schema.SOURCE, sources, SOURCES),
            figures=schema.FIGURE.empty_table(),
            areas=pa.table(areas | {"regions": pa.array([], pa.list_(pa.string()))} | sides),
            regions=stored_regions(atlas.boundaries),
            figures_by_region=empty.append_column("valid_to", pa.array([], pa.date32())),
            cities=atlas.gazetteer.cities(20_000),
            names=COLUMNS.empty_table(),
            datasets={"synthetic": described},
        ),
    )


def _table(columns: pa.Schema, given: dict[str, object], size: int) -> pa.Table:
    """A table of ours from some of its columns; a single value is repeated, the rest is empty."""
    filled = []
    for column in columns:
        found = given.get(column.name)
        if found is None:
            filled.append(pa.nulls(size, column.type))
        elif np.ndim(found):  # type: ignore[arg-type]
            filled.append(pa.array(found).cast(column.type))
        else:
            filled.append(pa.array(np.full(size, found)).cast(column.type))
    return pa.Table.from_arrays(filled, schema=columns)
