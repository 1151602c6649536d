"""GeoJSON, GeoPackage, FlatGeobuf, KML and shapefiles through GDAL, GeoParquet through Arrow.

Geometry becomes two columns, `longitude` and `latitude` in EPSG:4326, whatever system the file is in.
What is no point is taken at a point on it, and counted in the notes: an outline is no exact place.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pyproj
import shapely

from geo.errors import CallError, TableError
from geo.schema import CRS
from geo.sources.files import archive, limits
from geo.sources.files.sheet import Batch, Sheet, different, without_blanks

LON, LAT, SHAPE = "longitude", "latitude", "geometry type"
"""Columns that the geometry becomes; `SHAPE` only where some is no point."""

_XML = (".kml",)
_WHOLE = (".fgb",)


def open_sheet(path: Path, *, wanted: str = "") -> Sheet:
    """The features of one layer: the one called `wanted`, else `incidents`, else the only or first one.

    Raises TableError, or CallError for a layer that is not there.
    """
    whole = path.suffix.lower() in (".geojson", ".json", ".kml", *_WHOLE)
    limits.of_size(path, limits.WHOLE_BYTES if whole else limits.TEXT_BYTES)
    archive.refuse_references(path)
    if path.suffix.lower() in _XML:
        with path.open("rb") as stream:
            archive.refuse_entities(path, stream.read(1 << 16))
    if path.suffix.lower() in (".parquet", ".geoparquet"):
        return _parquet(path)
    return _gdal(path, wanted)


def parts(path: Path) -> tuple[str, ...]:
    """The layers of a file. Raises TableError."""
    archive.refuse_references(path)
    try:
        return tuple(str(name) for name, _ in pyogrio.list_layers(path))
    except pyogrio.errors.DataSourceError as error:
        raise _damaged(path, error) from None


def _gdal(path: Path, wanted: str) -> Sheet:
    notes = []
    try:
        layers = [str(name) for name, _ in pyogrio.list_layers(path)]
        if wanted and wanted not in layers:
            todo = f"choose from: {', '.join(layers)}"
            raise CallError(f"no layer is called {wanted!r}", where="--sheet", todo=todo)
        layer = wanted or ("incidents" if "incidents" in layers else layers[0])
        info = pyogrio.read_info(path, layer=layer, force_feature_count=True)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, IndexError) as error:
        raise _damaged(path, error) from None
    if len(layers) > 1:
        others = ", ".join(repr(one) for one in layers if one != layer)
        notes.append(f"layer {layer!r} was read, of {others} nothing (--sheet NAME)")
    system = info["crs"]
    fields = [str(name) for name in info["fields"]]

    def tables() -> Iterator[pa.Table]:
        try:
            if path.suffix.lower() in _WHOLE:
                yield _whole(path, layer)
                return
            with pyogrio.open_arrow(path, layer=layer, use_pyarrow=True, batch_size=limits.BATCH_ROWS) as (
                meta,
                reader,
            ):
                column = meta["geometry_name"] or "wkb_geometry"
                for batch in reader:
                    table = pa.Table.from_batches([batch])
                    if column in table.column_names:
                        table = table.rename_columns(
                            [_GEOMETRY if name == column else name for name in table.column_names]
                        )
                    yield table
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, RuntimeError) as error:
            raise _damaged(path, error) from None

    shaped = info["geometry_type"] is not None
    found = _sheet(path, fields, tables, system, info["features"], notes, shaped)
    return replace(found, layers=tuple(layers) if len(layers) > 1 else (), layer=layer)


def _whole(path: Path, layer: str) -> pa.Table:
    """All features at once. GDAL's stream of a FlatGeobuf breaks at a feature without a geometry."""
    meta, _, shapes, columns = pyogrio.raw.read(path, layer=layer)
    days = [str(kind).startswith("datetime64") for kind in meta["dtypes"]]
    cells = [
        pa.array(column, pa.timestamp("ms") if day else None, from_pandas=True)
        for column, day in zip(columns, days, strict=True)
    ]
    table = pa.table(dict(zip(meta["fields"], cells, strict=True)))
    return table.append_column(_GEOMETRY, pa.array(shapes, pa.binary()))


def _parquet(path: Path) -> Sheet:
    try:
        file = pq.ParquetFile(path)
        about = json.loads((file.schema_arrow.metadata or {}).get(b"geo", b"{}"))
        column = about.get("primary_column", "")
        system = about.get("columns", {}).get(column, {}).get("crs", CRS)
    except (pa.ArrowInvalid, OSError, ValueError, AttributeError) as error:
        raise _damaged(path, error) from None
    fields = [name for name in file.schema_arrow.names if name not in (column, "bbox")]

    def tables() -> Iterator[pa.Table]:
        try:
            for batch in pq.ParquetFile(path).iter_batches(limits.BATCH_ROWS):
                table = pa.Table.from_batches([batch])
                yield table.rename_columns(
                    [_GEOMETRY if name == column else name for name in table.column_names]
                )
        except (pa.ArrowInvalid, OSError) as error:
            raise _damaged(path, error) from None

    text = json.dumps(system) if isinstance(system, dict) else system
    return _sheet(path, fields, tables, text, file.metadata.num_rows, [], bool(column))


_GEOMETRY = "\0geometry"
"""No column of a file can have this name."""


def _sheet(
    path: Path,
    fields: list[str],
    tables: Callable[[], Iterator[pa.Table]],
    system: str | None,
    size: int,
    notes: list[str],
    shaped: bool,
) -> Sheet:
    turn = _to_degrees(path, system) if shaped else None
    if turn:
        notes.append("coordinates were converted to longitude and latitude (EPSG:4326)")
    plain = [name for name in fields if name.lower() not in ("lon", "lat", LON, LAT)] if shaped else fields
    if path.suffix.lower() in _XML and "id2" in plain:
        plain.remove("id")  # GDAL's own, which takes the name of the file's
    named = ["id" if name == "id2" and "id" not in plain else name for name in plain]
    names = different([*named, *([LON, LAT, SHAPE] if shaped else [])])

    def read() -> Iterator[Batch]:
        done = 0
        for table in tables():
            columns = [_text(table[name]) for name in plain]
            if shaped:
                columns += _points(table[_GEOMETRY], turn)
            numbers = np.arange(done + 1, done + len(table) + 1, dtype=np.int64)
            done += len(table)
            yield without_blanks(Batch(pa.table(dict(zip(names, columns, strict=True))), numbers, done=done))

    return Sheet(path.name, names, read, notes=tuple(notes), size=max(size, 1))


def _to_degrees(path: Path, system: str | None) -> pyproj.Transformer | None:
    """What turns coordinates into degrees; None where they are degrees already. Raises TableError."""
    if not system:
        return None
    try:
        here = pyproj.CRS.from_user_input(system)
    except pyproj.exceptions.CRSError:
        todo = f"save it in {CRS}"
        raise TableError("its coordinate system is not known", where=path.name, todo=todo) from None
    if here.equals(pyproj.CRS(CRS), ignore_axis_order=True) or here.to_authority() == ("OGC", "CRS84"):
        return None
    return pyproj.Transformer.from_crs(here, CRS, always_xy=True)


def _points(shapes: pa.ChunkedArray, turn: pyproj.Transformer | None) -> list[pa.Array]:
    found = shapely.from_wkb(np.array(shapes.to_pylist(), dtype=object), on_invalid="ignore")
    kinds = shapely.get_type_id(found)
    drawn = (kinds > 0) & ~shapely.is_empty(found)
    found[drawn] = shapely.point_on_surface(found[drawn])
    xy = np.stack([shapely.get_x(found), shapely.get_y(found)])
    if turn:
        xy = np.stack(turn.transform(*xy))
    known = np.isfinite(xy).all(axis=0)
    lon, lat = (
        [repr(float(value)) if fine else "" for value, fine in zip(axis, known, strict=True)] for axis in xy
    )
    words = ["" if kind in (-1, 0) else _KINDS.get(int(kind), "geometry") for kind in kinds]
    return [pa.array(cells, pa.string()) for cells in (lon, lat, words)]


_KINDS = {1: "line", 2: "line", 3: "polygon", 4: "points", 5: "lines", 6: "polygons", 7: "collection"}


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Any column as text, blank where there is nothing."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if pa.types.is_floating(kind) or pa.types.is_nested(kind) or pa.types.is_binary(kind):
        return pa.chunked_array([pa.array([_cell(value) for value in column.to_pylist()], pa.string())])
    if pa.types.is_timestamp(kind):
        column = pa.chunked_array([pa.array([_cell(value) for value in column.to_pylist()], pa.string())])
    return column.cast(pa.string()).fill_null("")


def _cell(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, list | dict):
        return json.dumps(value, default=str, ensure_ascii=False)
    return str(value)


def _damaged(path: Path, error: Exception) -> TableError:
    said = str(error).splitlines()[0].replace(str(path), path.name)[:100] if str(error) else "no layer"
    what = f"the file is damaged, was cut in the middle, or is not what its name says ({said})"
    return TableError(what, where=path.name, todo="send the whole file again")
