"""The only place where steps are put in order: packages are read, placed, joined and stored.

The steps themselves live in their rooms; here a row meets the gazetteer and the boundaries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from geo import schema
from geo.errors import PackageError, RejectedRows
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.index import Index
from geo.gazetteer.match import Lookup, Match
from geo.gazetteer.spoken import spoken
from geo.regions import areas, figures
from geo.regions.boundaries import Boundaries, load_countries
from geo.schema import CLAIM, FIGURE, INCIDENT, PLACE, REPORT, SOURCE, Precision
from geo.settings import Settings
from geo.sources import known, package
from geo.sources.claims import ledger
from geo.sources.package import Package
from geo.sources.rejects import Reject
from geo.sources.versions import versions
from geo.store import Tables, write

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
    atlas = Atlas.open(settings, [read.tables["places"] for read in packages])
    incidents = pd.concat([_placed(read, atlas) for read in packages], ignore_index=True)
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
            figures_by_region=_figures(packages),
            cities=atlas.gazetteer.cities(_LABEL_POPULATION, min(incidents["date_start"], default=None)),
            names=spoken(
                (row for read in packages for row in read.tables["places"].to_pylist()),
                settings.data / "reference" / "city_names.csv",
            ),
            datasets={read.name: read.descriptor for read in packages},
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
    columns = pa.schema([("admin1_id", pa.string()), ("valid_from", pa.date32()), ("valid_to", pa.date32())])
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
            figures_by_region=columns.empty_table(),
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
    """The gazetteer and the boundaries, asked together: a name on a day becomes a place in a unit."""

    gazetteer: Gazetteer
    boundaries: Boundaries
    countries: gpd.GeoDataFrame

    @classmethod
    def open(cls, settings: Settings, places: list[pa.Table] | None = None) -> Atlas:
        """Open the reference data, with the dated names of `places` or of every package in `data/`."""
        if places is None:
            folders = sorted(found.parent for found in settings.data.glob("*/datapackage.json"))
            places = [package.read(folder).tables["places"] for folder in folders]
        named = pa.concat_tables([*places, schema.given(PLACE).empty_table()])
        reference = settings.data / "reference"
        return cls(
            Gazetteer(Index.open(settings.cache), named),
            Boundaries.load(reference),
            load_countries(reference),
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


def _placed(read: Package, atlas: Atlas) -> pd.DataFrame:
    """The versions of a package's incidents with their places."""
    tables = read.tables
    reports = known.with_reported_on(tables["reports"].to_pylist(), REPORT, read.name)
    incidents = versions(tables["incidents"], reports, tables["sources"], read.name)
    about = read.descriptor.get("eventmap", {})
    country = about["admin0"][0] if len(about.get("admin0", [])) == 1 else None
    macros = {macro["place"]: macro["id"] for macro in about.get("macro_regions", [])}
    spots: dict[tuple[str, dt.date], Row] = {}
    rows = []
    for row in incidents.to_pylist():
        name, day = row["place"] or "", row["date_start"]
        if row["lon"] is not None:
            spot = atlas.at(row["lon"], row["lat"], day)
        else:
            if (name, day) not in spots:
                lookup, found = atlas.find(name, day, country)
                spots[name, day] = found | {"place_note": lookup.reason}
            spot = spots[name, day]
        rows.append(_settle(row, spot, macros))
    return pd.DataFrame(rows, columns=INCIDENT.names)


def _settle(row: Row, spot: Row, macros: Mapping[str, str]) -> Row:
    """One incident with its place. Its precision is the coarser of what was stated and what was found.

    A site that the gazetteer does not know is placed at its town, with precision `city`; its words
    stay in `place_text`. Known to a region or wider, it has no point, even where one was found.
    """
    row = row | {"boundary_valid_on": row["date_start"], "place_note": spot["place_note"]}
    row |= {"lon": None, "lat": None}
    if spot["precision"] is None:
        return row
    precision = max(Precision(row["location_precision"]), spot["precision"], key=lambda p: p.rank)
    row |= {name: spot[name] for name in ("admin0", "admin1_id", "admin1_name", "area_id")}
    row["location_precision"] = precision
    if precision.is_point:
        return row | {"lon": spot["lon"], "lat": spot["lat"], "uncertainty_km": precision.uncertainty_km}
    if precision == Precision.REGION:
        row["area_id"] = row["admin1_id"]
    elif precision == Precision.MACRO_REGION:
        row |= {"area_id": macros.get(row["place"]), "admin1_id": None, "admin1_name": None}
    else:
        row |= {"area_id": row["admin0"], "admin1_id": None, "admin1_name": None}
    return row


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
    """What incidents without a point refer to: regions, macro-regions and countries, with their bounds."""
    units = atlas.boundaries.units.drop_duplicates("id").set_index("id")
    nations = atlas.countries.set_index("id")
    macros = {
        m["id"]: m for read in packages for m in read.descriptor.get("eventmap", {}).get("macro_regions", [])
    }
    rows: list[Row] = []
    for key in sorted(keys):
        members: list[str] = []
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


def _figures(packages: list[Package]) -> pa.Table:
    """Per region, the figures to join from each day on which any of them changes, to the next."""
    every = pa.concat_tables([read.tables["regional_figures"] for read in packages]).to_pandas()
    days = sorted({day for day in map(figures.last_day, every["reference"]) if day})
    turns = [dt.date(1, 1, 1), *days]
    frames = []
    for start, end in zip(turns, [*days, None], strict=True):
        frames.append(figures.join(every, start).assign(valid_from=start, valid_to=end))
    joined = pa.Table.from_pandas(pd.concat(frames, ignore_index=True), preserve_index=False)
    keys = {"admin1_id": pa.string(), "valid_from": pa.date32(), "valid_to": pa.date32()}
    typed = [pa.field(column.name, keys.get(column.name, column.type)) for column in joined.schema]
    return joined.cast(pa.schema(typed))  # without a figure, columns would have no type


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
