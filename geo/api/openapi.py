"""The description of the API (OpenAPI 3.0), derived from the collections and the declared parameters."""

from __future__ import annotations

from typing import Any

from geo import __version__
from geo.api.declared import COMMON, DEFAULT_LIMIT, Declared, json_schema, of_items
from geo.api.links import GEOJSON, HTML, JSON, OPENAPI, SCHEMA, TILE
from geo.api.problems import TYPE
from geo.api.representations import formats
from geo.store import COLLECTIONS, Collection, crs

_LINKS = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}
_TEXT = {"type": "string"}
_TILED = ("incidents", "regions")

TILE_PARAMETERS = (
    "bbox",
    "start",
    "end",
    "event-type",
    "admin1",
    "q",
    "min-precision",
    "known-on",
    "dataset",
    "datetime",
)
"""What tiles of incidents may be asked for."""


def document(base: str, most: int) -> dict[str, Any]:
    """The description. base: address of the service. most: features on one page."""
    paths: dict[str, Any] = {
        "/": _get("landing", "The way in", "service", _json("landingPage")),
        "/conformance": _get("conformance", "Standards that it conforms to", "service", _json("confClasses")),
        "/collections": _get("collections", "The collections", "collections", _json("collections")),
        "/openapi": _get(
            "openapi", "This description", "service", _content({OPENAPI: {"type": "object"}, HTML: _TEXT})
        ),
        "/docs": _get("docs", "This description for people", "service", _content({HTML: _TEXT}), []),
        "/health": _get(
            "health", "Whether it can be read", "service", _content({JSON: {"type": "object"}}), []
        ),
        "/metrics": _get("metrics", "Counts for Prometheus", "service", _content({"text/plain": _TEXT}), []),
    }
    for one in COLLECTIONS.values():
        paths |= _of(one)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "eventmap",
            "version": __version__,
            "description": "Incidents from the news, placed, dated, sourced, and as known on any day.",
            "license": {"name": "Apache 2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "servers": [{"url": f"{base}/api"}],
        "tags": [{"name": "service"}, {"name": "collections"}, *({"name": name} for name in COLLECTIONS)],
        "paths": paths,
        "components": {
            "parameters": {
                name: {"name": name} | told for name, told in COMMON.items() if name not in ("f", "limit")
            }
            | {
                "limit": {"name": "limit"}
                | COMMON["limit"]
                | {
                    "schema": {
                        "type": "integer",
                        "minimum": 1,
                        "maximum": most,
                        "default": min(DEFAULT_LIMIT, most),
                    },
                    "style": "form",
                    "explode": False,
                }
            },
            "schemas": _SCHEMAS | {one.name: _feature(one) for one in COLLECTIONS.values()},
            "responses": {
                "problem": {
                    "description": "A problem (RFC 9457)",
                    "content": {TYPE: {"schema": _ref("problem")}},
                }
            },
        },
    }


def _of(one: Collection) -> dict[str, Any]:
    """The paths of one collection."""
    root = f"/collections/{one.name}"
    media: dict[str, Any] = {value.split(";")[0]: _TEXT for value in formats(one).values()}
    media[GEOJSON] = {
        "allOf": [
            _ref("featureCollection"),
            {"type": "object", "properties": {"features": {"type": "array", "items": _ref(one.name)}}},
        ]
    }
    for name in ("application/zip", "application/pdf", "image/png"):
        if name in media:
            media[name] = _TEXT | {"format": "binary"}
    parameters = [
        {"$ref": f"#/components/parameters/{name}"}
        if name in COMMON and name != "f"
        else {"name": name} | told
        for name, told in of_items(one).items()
        if name != "f"
    ]
    of_one = [name for name in ("crs", "known-on", "dataset") if name in of_items(one)]
    paths = {
        root: _get(f"{one.name}.collection", one.title, one.name, _json("collection")),
        f"{root}/queryables": _get(
            f"{one.name}.queryables",
            "What filters may name",
            one.name,
            _content({SCHEMA: {"type": "object"}, HTML: _TEXT}),
        ),
        f"{root}/items": _get(
            f"{one.name}.items",
            f"{one.title}: features",
            one.name,
            _content(media),
            [_f(list(formats(one))), *parameters],
        ),
        f"{root}/items/{{id}}": _get(
            f"{one.name}.item",
            f"{one.title}: one feature",
            one.name,
            _content({GEOJSON: _ref(one.name), HTML: _TEXT}),
            [
                _f(["json", "html"]),
                *({"$ref": f"#/components/parameters/{name}"} for name in of_one),
                _path("id", _TEXT),
            ],
        ),
    }
    if one.name in _TILED:
        paths |= _tiles(one.name)
    return paths


def _tiles(name: str) -> dict[str, Any]:
    root = f"/collections/{name}/tiles"
    asked = TILE_PARAMETERS if name == "incidents" else ("datetime",)
    parameters = [{"$ref": f"#/components/parameters/{one}"} for one in asked]
    number = {"type": "integer", "minimum": 0}
    place = [_path("z", number | {"maximum": 24}), _path("row", number), _path("col", number)]
    tile = _content({TILE: _TEXT | {"format": "binary"}})
    tile["204"] = {"description": "An empty tile"}
    return {
        root: _get(f"{name}.tilesets", "Tile sets", name, _content({JSON: {"type": "object"}}), []),
        f"{root}/WebMercatorQuad": _get(
            f"{name}.tileset", "The tile set", name, _content({JSON: {"type": "object"}}), []
        ),
        f"{root}/WebMercatorQuad/tilejson": _get(
            f"{name}.tilejson", "TileJSON", name, _content({JSON: {"type": "object"}}), parameters
        ),
        f"{root}/WebMercatorQuad/{{z}}/{{row}}/{{col}}": _get(
            f"{name}.tile", "A vector tile", name, tile, [*parameters, *place]
        ),
    }


def _get(
    key: str, summary: str, tag: str, responses: dict[str, Any], parameters: list[Any] | None = None
) -> dict[str, Any]:
    taken = [_f(["json", "html"])] if parameters is None else parameters
    wrong = {code: {"$ref": "#/components/responses/problem"} for code in ("400", "404", "406", "503")}
    told = {
        "operationId": key,
        "summary": summary,
        "tags": [tag],
        "parameters": taken,
        "responses": responses | wrong,
    }
    return {"get": told}


def _f(names: list[str]) -> Declared:
    return {"name": "f"} | COMMON["f"] | {"schema": {"type": "string", "enum": names}}


def _path(name: str, schema: Declared) -> Declared:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _ref(name: str) -> Declared:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(name: str) -> dict[str, Any]:
    return _content({JSON: _ref(name), HTML: _TEXT})


def _content(kinds: dict[str, Any]) -> dict[str, Any]:
    return {
        "200": {
            "description": "As asked for",
            "content": {name: {"schema": told} for name, told in kinds.items()},
        }
    }


def _feature(one: Collection) -> Declared:
    """A feature; every property may be null where its column may."""
    properties = {
        column.name: {key: value for key, value in json_schema(column).items() if key != "enum"}
        | ({"nullable": True} if column.nullable else {})
        for column in one.properties
    }
    geometry: Declared = {
        "type": "object",
        "nullable": True,
        "required": ["type", "coordinates"],
        "properties": {"type": _TEXT, "coordinates": {"type": "array", "items": {}}},
    }
    return {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": _TEXT,
            "geometry": geometry,
            "properties": {"type": "object", "properties": properties},
            "links": _LINKS,
        },
    }


_SCHEMAS: dict[str, Any] = {
    "link": {
        "type": "object",
        "required": ["href", "rel"],
        "properties": dict.fromkeys(("href", "rel", "type", "title"), _TEXT),
    },
    "problem": {
        "type": "object",
        "required": ["title", "status", "detail"],
        "properties": {"title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT},
    },
    "landingPage": {
        "type": "object",
        "required": ["links"],
        "properties": {"title": _TEXT, "description": _TEXT, "links": _LINKS},
    },
    "confClasses": {
        "type": "object",
        "required": ["conformsTo"],
        "properties": {"conformsTo": {"type": "array", "items": _TEXT}},
    },
    "collection": {
        "type": "object",
        "required": ["id", "links"],
        "properties": {
            "id": _TEXT,
            "title": _TEXT,
            "description": _TEXT,
            "links": _LINKS,
            "extent": {"type": "object"},
            "itemType": _TEXT,
            "crs": {"type": "array", "items": _TEXT},
            "storageCrs": {"type": "string", "enum": [crs.CRS84]},
        },
    },
    "collections": {
        "type": "object",
        "required": ["links", "collections"],
        "properties": {
            "links": _LINKS,
            "collections": {"type": "array", "items": {"$ref": "#/components/schemas/collection"}},
        },
    },
    "featureCollection": {
        "type": "object",
        "required": ["type", "features", "numberMatched", "numberReturned", "timeStamp", "links"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "timeStamp": {"type": "string", "format": "date-time"},
            "numberMatched": {"type": "integer", "minimum": 0},
            "numberReturned": {"type": "integer", "minimum": 0},
            "links": _LINKS,
        },
    },
}
