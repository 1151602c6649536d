"""The only place where steps are put in order: packages are read, placed, joined and stored.

The steps themselves live in their rooms; here a row meets the gazetteer and the boundaries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from geo import schema
from geo.errors import BoundaryError, PackageError, RejectedRows
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.index import Index
from geo.gazetteer.match import Lookup, Match
from geo.gazetteer.spoken import spoken
from geo.ingest import joined, layers
from geo.ingest.placed import placed
from geo.regions import areas
from geo.regions.boundaries import Boundaries, load_countries
from geo.schema import CLAIM, FIGURE, INCIDENT, PLACE, REPORT, SOURCE, Precision
from geo.settings import Settings
from geo.sources import known, package
from geo.sources.claims import ledger
from geo.sources.package import Package
from geo.sources.rejects import Reject
from geo.store import Tables, additions, write

Row = dict[str, Any]

DEFAULT = "kazakhstan-2022"
_LABEL_POPULATION = 20_000
"""Cities of at least this many people may label the map."""


@dataclass(frozen=True)
class Built:
    """What a build did."""

    counts: dict[str, int]
    rejects: tuple[Reject, ...]
    unplaced: tuple[tuple[str, str], ...]
    """Identifier and reason of each incident whose place was not found."""


def build(settings: Settings, folders: Iterable[Path] = (), *, strict: bool = False) -> Built:
    """Read data packages (the default one when none is named) and write the store anew.

    Raises RejectedRows under `strict` when a row was rejected; then, as after any other error, the
    store that was there is left as it was.
    """
    packages = [package.read(folder) for folder in list(folders) or [settings.data / DEFAULT]]
    names = [read.name for read in packages]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise PackageError(f"data set {twice[0]} is given twice", todo="name each data set once")
    rejects = tuple(reject for read in packages for reject in read.rejects)
    if strict and rejects:
        todo = "mend the rows, or build without --strict to leave them out"
        raise RejectedRows(f"{len(rejects)} faults, first: {rejects[0]}", todo=todo)
    laid, added = additions.held(settings.store), additions.figures(settings.store)
    atlas = Atlas.open(settings, _every(packages, "places"))
    incidents = pd.concat([placed(read, atlas) for read in packages], ignore_index=True)
    wider = areas_of(incidents["area_id"].dropna().unique(), packages, atlas)
    radius = dict(zip(wider["id"].to_pylist(), wider["radius_km"].to_pylist(), strict=True))
    incidents["uncertainty_km"] = incidents["uncertainty_km"].fillna(incidents["area_id"].map(radius))
    write(
        settings.store,
        Tables(
            incidents=_table(incidents, INCIDENT),
            reports=_stacked(packages, "reports", REPORT),
            claims=pa.concat_tables([_claims(read, atlas) for read in packages]),
            sources=_stacked(packages, "sources", SOURCE),
            figures=_stacked(packages, "regional_figures", FIGURE),
            areas=wider,
            regions=stored_regions(atlas.boundaries),
            figures_by_region=joined.by_region([*_every(packages, "regional_figures"), added]),
            cities=atlas.gazetteer.cities(_LABEL_POPULATION, min(incidents["date_start"], default=None)),
            names=spoken(
                (row for read in packages for row in read.tables["places"].to_pylist()),
                settings.data / "reference" / "city_names.csv",
            ),
            datasets={read.name: read.descriptor for read in packages},
            additions=tuple(row["id"] for row in laid),
        ),
        threads=settings.threads,
    )
    current = incidents[incidents["known_to"].isna()]
    lost = current["lon"].isna() & current["area_id"].isna()
    return Built(
        counts={
            "reports": sum(len(read.tables["reports"]) for read in packages),
            "claims": sum(len(read.tables["claims"]) for read in packages),
            "incidents": len(current),
            "placed": int((~lost).sum()),
            "unplaced": int(lost.sum()),
        },
        rejects=rejects,
        unplaced=tuple(current.loc[lost, ["id", "place_note"]].itertuples(index=False, name=None)),
    )


def begin(settings: Settings) -> None:
    """Write a store without any data set: the boundaries and cities that others will lie in."""
    atlas = Atlas.open(settings)
    write(
        settings.store,
        Tables(
            incidents=INCIDENT.empty_table(),
            reports=REPORT.empty_table(),
            claims=CLAIM.empty_table(),
            sources=SOURCE.empty_table(),
            figures=FIGURE.empty_table(),
            areas=areas_of([], [], atlas),
            regions=stored_regions(atlas.boundaries),
            figures_by_region=joined.by_region([FIGURE.empty_table()]),
            cities=atlas.gazetteer.cities(_LABEL_POPULATION),
            names=spoken((), settings.data / "reference" / "city_names.csv"),
        ),
        threads=settings.threads,
    )


def geocode(settings: Settings, name: str, on: dt.date, country: str | None = None) -> Row:
    """A name on a day: `{query, on, match, candidates, reason}`, each place with its unit on that day."""
    atlas = Atlas.open(settings)
    lookup, _ = atlas.find(name, on, country)
    places = [_described(match, atlas, on) for match in lookup.candidates]
    match = _described(lookup.match, atlas, on) if lookup.match else None
    return {"query": name, "on": on, "match": match, "candidates": places, "reason": lookup.reason}


def _described(match: Match, atlas: Atlas, on: dt.date) -> Row:
    spot = atlas.spot(match, on)
    shown = {"name": match.name, "lat": match.lat, "lon": match.lon, "score": round(match.score, 3)}
    shown |= {"precision": match.precision, "country": match.country}
    return shown | {"admin1_id": spot["admin1_id"], "admin1_name": spot["admin1_name"]}


@dataclass(frozen=True)
class Atlas:
    """The gazetteer and the boundaries, asked together: a name on a day becomes a place in a unit.

    macros: areas of several regions that packages in `data/` draw, as their descriptors have them.
    """

    gazetteer: Gazetteer
    boundaries: Boundaries
    countries: gpd.GeoDataFrame
    macros: tuple[Row, ...] = ()

    @classmethod
    def open(cls, settings: Settings, places: list[pa.Table] | None = None) -> Atlas:
        """Open the reference data and what was added to the store.

        Places have the dated names of `places`, or of every package in `data/`.
        """
        macros: tuple[Row, ...] = ()
        if places is None:
            folders = sorted(found.parent for found in settings.data.glob("*/datapackage.json"))
            packages = [package.read(folder) for folder in folders]
            places, macros = _every(packages, "places"), tuple(_macros(packages))
        named = pa.concat_tables([*places, schema.given(PLACE).empty_table()])
        return cls(
            Gazetteer(Index.open(settings.cache), named),
            layers.boundaries(settings),
            load_countries(settings.data / "reference"),
            macros,
        )

    def find(self, name: str, on: dt.date, country: str | None = None) -> tuple[Lookup, Row]:
        """Look a name up on a day: what the gazetteer says, and where that puts an incident.

        The row holds lon, lat, admin0, admin1_id, admin1_name, area_id and precision, None where
        not known.
        """
        found = self.gazetteer.geocode(name, on=on, country=country)
        return found, self.spot(found.match, on) if found.match else dict.fromkeys(_SPOT)

    def spot(self, match: Match, on: dt.date) -> Row:
        """Where a match puts an incident of that day."""
        spot: Row = dict.fromkeys(_SPOT) | {"admin0": match.country, "precision": match.precision}
        if match.precision.is_point:
            unit = self.boundaries.assign(
                [match.lon], [match.lat], on, match.country, match.geonames_admin1
            ).iloc[0]
            spot |= {"lon": match.lon, "lat": match.lat}
            spot |= {"admin1_id": unit["admin1_id"], "admin1_name": unit["admin1_name"]}
        elif match.precision == Precision.REGION:
            named = self._unit(match.admin1_ids, on)
            if named:
                spot |= {"admin1_id": named["id"], "admin1_name": named["name"], "area_id": named["id"]}
        elif match.precision == Precision.COUNTRY:
            spot |= {"area_id": match.country}
        return spot

    def at(self, lon: float, lat: float, on: dt.date) -> Row:
        """Where coordinates that come with the data put an incident of that day."""
        unit = self.boundaries.assign([lon], [lat], on).iloc[0]
        here: Row = {"lon": lon, "lat": lat, "area_id": None, "precision": Precision.SITE}
        return (
            here
            | {name: unit[name] for name in unit.index}
            | {"place_note": "coordinates given with the data"}
        )

    def standing(self, row: Row, macros: Collection[str] = ()) -> Row | None:
        """An incident that was placed before, as it stands; None where it was not, or its area is not known.

        macros: identifiers of areas of several regions.
        """
        area = row["area_id"]
        if not row["place_note"] or not (area is None or area in macros or self.knows(area)):
            return None
        row = row | {"boundary_valid_on": row["date_start"]}
        unit, precision = self.unit(row["admin1_id"], row["date_start"]), Precision(row["location_precision"])
        row["admin0"] = row["admin0"] if row["admin0"] in self.nations else None
        row |= {"admin1_id": unit and row["admin1_id"], "admin1_name": unit and unit[1]}
        if row["lon"] is None or not precision.is_point:
            return row | {"lon": None, "lat": None}
        return row | {"area_id": None, "uncertainty_km": precision.uncertainty_km}

    def knows(self, area: str) -> bool:
        """Whether this is a region or a country."""
        return area in self._units or area in self.nations

    def unit(self, key: str | None, on: dt.date) -> tuple[str, str] | None:
        """Country and name of a unit on a day; its last name where it was none then."""
        if key is None or key not in self._units:
            return None
        named = self._units[key]
        return next((one[:2] for one in named if (one[2] or on) <= on <= (one[3] or on)), named[-1][:2])

    @cached_property
    def nations(self) -> frozenset[str]:
        """ISO codes of the countries."""
        return frozenset(self.countries["id"])

    @cached_property
    def _units(self) -> dict[str, list[tuple[str, str, dt.date | None, dt.date | None]]]:
        """Country, name and days of first-level units by their identifiers."""
        found: dict[str, list[tuple[str, str, dt.date | None, dt.date | None]]] = {}
        columns = ["id", "admin0", "name", "valid_from", "valid_to"]
        for key, *told in self.boundaries.units[columns].itertuples(index=False, name=None):
            first, last = (None if pd.isna(day) else day for day in told[2:])
            found.setdefault(key, []).append((told[0], told[1], first, last))
        return found

    def _unit(self, ids: tuple[str, ...], on: dt.date) -> Row | None:
        """The unit with one of these identifiers that is valid on a day, or the one that took its name."""
        valid = self.boundaries.on(on)
        here = valid[valid["id"].isin(ids)]
        if here.empty:
            before = self.boundaries.units[self.boundaries.units["id"].isin(ids)]
            here = valid[valid["split_from"].isin(ids) & valid["name"].isin(before["name"])]
        return None if here.empty else here.iloc[0].to_dict()


_SIDES = ("west", "south", "east", "north")
_SPOT = ("lon", "lat", "admin0", "admin1_id", "admin1_name", "area_id", "precision")


def _claims(read: Package, atlas: Atlas) -> pa.Table:
    """Claims with the unit they are about, where that is a unit as a whole."""
    about = read.descriptor.get("eventmap", {}).get("admin0", [])
    country = about[0] if len(about) == 1 else None
    rows = []
    for row in ledger(read.tables["claims"], read.name).to_pylist():
        day = row["about_start"] or row["reported_on"] or dt.date.today()
        _, spot = atlas.find(row["place"], day, country)
        whole = spot["area_id"] == spot["admin1_id"] or spot["admin1_name"] == row["place"]
        rows.append(row | {"admin0": spot["admin0"], "admin1_id": spot["admin1_id"] if whole else None})
    return pa.Table.from_pylist(rows, schema=CLAIM)


def areas_of(keys: Iterable[str], packages: list[Package], atlas: Atlas) -> pa.Table:
    """What incidents without a point refer to: regions, macro-regions and countries, with their bounds.

    Raises BoundaryError for one that nobody knows.
    """
    units = atlas.boundaries.units.drop_duplicates("id").set_index("id")
    nations = atlas.countries.set_index("id")
    macros = {macro["id"]: macro for macro in (*atlas.macros, *_macros(packages))}
    rows: list[Row] = []
    for key in sorted(keys):
        members: list[str] = []
        if not atlas.knows(key) and key not in macros:
            raise BoundaryError("no area has this identifier", where=key, todo="name a region or a country")
        if key in macros:
            members = list(macros[key]["admin1_ids"])
            outlines, name, kind = units.loc[members].geometry, macros[key]["place"], Precision.MACRO_REGION
        elif key in units.index:
            members = [key]
            holder = units.loc[key, "split_from"] if units.loc[key, "geometry"].is_empty else key
            outlines, name, kind = units.loc[[holder]].geometry, units.loc[key, "name"], Precision.REGION
        else:
            outlines, name, kind = nations.loc[[key]].geometry, nations.loc[key, "name"], Precision.COUNTRY
        row: Row = {"id": key, "name": name, "precision": str(kind), "regions": members}
        row["radius_km"] = round(areas.radius_km(float(sum(areas.area_km2(outlines.to_numpy())))), 1)
        rows.append(row | dict(zip(_SIDES, gpd.GeoSeries(outlines).total_bounds, strict=True)))
    texts = [pa.field(name, pa.string()) for name in ("id", "name", "precision")]
    reals = [pa.field(name, pa.float64()) for name in ("radius_km", *_SIDES)]
    return pa.Table.from_pylist(
        rows, schema=pa.schema([*texts, pa.field("regions", pa.list_(pa.string())), *reals])
    )


def stored_regions(boundaries: Boundaries) -> pa.Table:
    """The units as the store keeps them: the columns of schema.REGION and `geometry` as WKB."""
    units = boundaries.units
    plain = pa.Table.from_pandas(
        pd.DataFrame(units[schema.REGION.names]), schema=schema.REGION, preserve_index=False
    )
    outlines = [None if shape is None or shape.is_empty else shape.wkb for shape in units.geometry]
    return plain.append_column("geometry", pa.array(outlines, pa.binary()))


def _macros(packages: list[Package]) -> list[Row]:
    return [
        macro for read in packages for macro in read.descriptor.get("eventmap", {}).get("macro_regions", [])
    ]


def _every(packages: list[Package], name: str) -> list[pa.Table]:
    return [read.tables[name] for read in packages]


def _stacked(packages: list[Package], name: str, columns: pa.Schema) -> pa.Table:
    """One table of all packages, each row with the name of its data set."""
    done = []
    for read in packages:
        rows = read.tables[name].to_pylist()
        if name == "reports":
            done.append(known.with_reported_on(rows, columns, read.name))
        else:
            done.append(pa.Table.from_pylist([row | {"dataset": read.name} for row in rows], schema=columns))
    return pa.concat_tables(done)


def _table(frame: pd.DataFrame, columns: pa.Schema) -> pa.Table:
    """A frame as Arrow; pandas turns whole numbers with gaps into fractions, which are turned back."""
    whole = {column.name: "Int64" for column in columns if column.type == pa.int64()}
    return pa.Table.from_pandas(frame.astype(whole), schema=columns, preserve_index=False)
