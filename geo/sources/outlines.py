"""A file of outlines as somebody brings it: features with their texts, in longitude and latitude.

Read whole, by GDAL or, for GeoParquet, by Arrow. The coordinate system is checked before anything else: a
file that does not name one is refused, one in another system is converted. Hostile archives, XML with
entities and files that only point at others are refused as everywhere in `files`.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyogrio
import pyproj
import shapely

from geo.errors import BoundaryError, CallError, Undecided
from geo.schema import CRS
from geo.sources.files import archive, limits

KINDS = (
    *(".geojson", ".json", ".topojson", ".gpkg", ".fgb", ".parquet", ".geoparquet"),
    *(".kml", ".gml", ".shp", ".tab", ".mif"),
)
MOST = 20_000
"""Features that one file may hold."""

_DRIVERS = {
    *("GeoJSON", "GeoJSONSeq", "TopoJSON", "ESRIJSON", "JSONFG", "GPKG", "FlatGeobuf"),
    *("KML", "LIBKML", "GML", "ESRI Shapefile", "MapInfo File"),
}
"""Drivers of GDAL that read one file and ask nobody else."""

pyogrio.set_gdal_config_options({"GML_DOWNLOAD_SCHEMA": False})


@dataclass(frozen=True, eq=False)
class Outlines:
    """Features of one layer, in the order of the file.

    texts: the columns of the file, as text, "" where blank. shapes: geometries, EPSG:4326, x = longitude;
    None where there is none. notes: what was done on the way.
    """

    texts: pd.DataFrame
    shapes: npt.NDArray[np.object_]
    notes: tuple[str, ...]


def read(path: Path, *, level: int = 1, layer: str = "", crs: str = "", encoding: str = "") -> Outlines:
    """Read a file, or the one of an archive or the layer whose name says the level (`adm1`).

    layer, encoding: where the caller knows them. crs: the system of a file that does not say. Raises
    TableError, BoundaryError, CallError, Undecided.
    """
    wanted = re.compile(rf"adm(?:in|bnda_adm)?[ _-]?{level}(?!\d)", re.IGNORECASE)
    with _unpacked(path, wanted) as table:
        frame, notes = _read(table, wanted, layer, encoding)
    if len(frame) > MOST:
        what = f"it holds {len(frame):,} features, and at most {MOST:,} are taken"
        raise BoundaryError(what, where=path.name, todo="send the units of one level only")
    if not len(frame):
        raise BoundaryError("it holds no feature", where=path.name, todo="send the file again")
    frame, more = _in_degrees(frame, path.name, crs)
    texts = pd.DataFrame(
        {str(name): [_text(cell) for cell in frame[name]] for name in frame.columns if name != "geometry"}
    )
    return Outlines(texts, frame.geometry.to_numpy(dtype=object), (*notes, *more))


@contextlib.contextmanager
def _unpacked(path: Path, wanted: re.Pattern[str]) -> Iterator[Path]:
    """The file itself; out of an archive, or beside what a driver writes, in a folder that is removed."""
    limits.of_size(path, limits.WHOLE_BYTES)
    zipped = archive.is_zip(path)
    if not zipped and path.suffix.lower() not in KINDS:
        todo = f"save it as one of these: {', '.join(KINDS)}, or .zip of one"
        raise BoundaryError(
            f"no outlines are read from {path.suffix or 'no ending'!r}", where=path.name, todo=todo
        )
    with tempfile.TemporaryDirectory(prefix="eventmap-") as folder:
        table = path
        if zipped:
            table = archive.unpack(path, Path(folder), KINDS, wanted)
            limits.of_size(table, limits.WHOLE_BYTES)
        elif path.suffix.lower() == ".gml":
            table = Path(shutil.copyfile(path, Path(folder, path.name)))
        archive.refuse_references(table)
        if table.suffix.lower() in (".kml", ".gml"):
            with table.open("rb") as stream:
                archive.refuse_entities(table, stream.read(1 << 16))
        yield table


def _read(
    path: Path, wanted: re.Pattern[str], layer: str, encoding: str
) -> tuple[gpd.GeoDataFrame, list[str]]:
    if path.suffix.lower() in (".parquet", ".geoparquet"):
        try:
            frame = gpd.read_parquet(path)
            named = frame.geometry.name
            return frame if named == "geometry" else frame.rename_geometry("geometry"), []
        except (OSError, ValueError) as error:
            raise _damaged(path, error) from None
    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
        chosen = _layer(path, layers, wanted, layer)
        if pyogrio.read_info(path, layer=chosen)["driver"] not in _DRIVERS:
            raise BoundaryError("it is not what its name says", where=path.name, todo="save it as GeoJSON")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is wrong with a feature is told in our own words
            more = {"encoding": encoding} if encoding else {}
            frame = pyogrio.read_dataframe(
                path, layer=chosen, on_invalid="ignore", datetime_as_string=True, **more
            )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, RuntimeError, ValueError) as error:
        raise _damaged(path, error) from None
    except LookupError:
        raise CallError(
            f"no encoding is called {encoding!r}", where="--encoding", todo="try cp1251"
        ) from None
    if not isinstance(frame, gpd.GeoDataFrame):
        raise BoundaryError("it has no geometry", where=path.name, todo="send a file of polygons")
    others = [one for one in layers if one != chosen]
    notes = [f"layer {chosen!r} was read, of {', '.join(map(repr, others))} nothing"] if others else []
    return frame, notes


def _layer(path: Path, layers: list[str], wanted: re.Pattern[str], asked: str) -> str:
    """The layer to read. Raises CallError, Undecided."""
    if asked and asked not in layers:
        todo = f"choose from: {', '.join(layers)}"
        raise CallError(f"no layer is called {asked!r}", where="--layer", todo=todo)
    if not layers:
        raise BoundaryError("it has no layer with geometry", where=path.name, todo="send a file of polygons")
    fits = [one for one in layers if wanted.search(one)]
    if asked or len(layers) == 1 or len(fits) == 1:
        return asked or (layers[0] if len(layers) == 1 else fits[0])
    todo = f"say which with --layer: {', '.join(layers[:10])}"
    raise Undecided(f"it has {len(layers)} layers", where=path.name, todo=todo)


def _in_degrees(frame: gpd.GeoDataFrame, name: str, said: str) -> tuple[gpd.GeoDataFrame, list[str]]:
    """The frame in EPSG:4326. Raises BoundaryError, CallError."""
    try:
        given = pyproj.CRS.from_user_input(said) if said else None
    except pyproj.exceptions.CRSError:
        todo = "write it as EPSG:32642"
        raise CallError(f"no coordinate system is called {said!r}", where="--crs", todo=todo) from None
    if frame.crs is None and given is None:
        what = "it does not say in which coordinate system it is"
        raise BoundaryError(
            what, where=name, todo="add its .prj file, or say --crs EPSG:4326 if it is in degrees"
        )
    if frame.crs is not None and given is not None and not frame.crs.equals(given, ignore_axis_order=True):
        what = f"it says that it is in {frame.crs.to_string()[:60]}, and not in {said}"
        raise CallError(what, where=f"--crs {said}", todo="leave the option out, or mend the file")
    system = pyproj.CRS(frame.crs or given)
    notes = []
    plain = frame.set_crs(system, allow_override=True)
    if not system.equals(pyproj.CRS(CRS), ignore_axis_order=True) and system.to_authority() != (
        "OGC",
        "CRS84",
    ):
        try:
            plain = plain.to_crs(CRS)
        except pyproj.exceptions.ProjError:
            what = f"its coordinates cannot be converted from {system.name}"
            raise BoundaryError(what, where=name, todo=f"save it in {CRS}") from None
        notes.append(f"converted from {system.name} to longitude and latitude ({CRS})")
    shapes = shapely.force_2d(plain.geometry.to_numpy(dtype=object))
    far = np.abs(shapely.get_coordinates(shapes)).max(axis=0, initial=0)
    if not (far <= (180.001, 90.001)).all():
        what = "it says that it is in degrees, and its coordinates are beyond 180 and 90"
        raise BoundaryError(what, where=name, todo="say its true system with --crs, or add its .prj file")
    return plain.set_geometry(shapes, crs=CRS), notes


def _text(cell: Any) -> str:
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())[:500]


def _damaged(path: Path, error: Exception) -> BoundaryError:
    said = str(error).splitlines()[0].replace(str(path), path.name)[:100] if str(error) else "no layer"
    what = f"it is damaged, was cut in the middle, or is not what its name says ({said})"
    return BoundaryError(what, where=path.name, todo="send the whole file again")
