"""Features of a collection, page by page, and one by its identifier; as GeoJSON, page or any export."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from geo import __version__, exports
from geo.api import declared, negotiation
from geo.api.answering import Stream
from geo.api.download import ground
from geo.api.links import GEOJSON, Addresses, link
from geo.api.representations import formats, lasting, page, tag, unchanged
from geo.errors import BadQuery, NoSuchFeature
from geo.settings import Settings
from geo.store import Ask, Collection, Key, Page, Store, cql, crs
from geo.store.collections import find

PAGE_OF_A_TABLE = 50
"""Features on a page for people, where no limit is asked for."""


WHOLE = 2_000
"""A reply of fewer features is sent as one: in pieces it would take longer."""


class ItemRoutes:
    """`/api/collections/{collection}/items` and `…/items/{id}`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @property
    def store(self) -> Store:
        """The store that is current now. Raises StoreError."""
        return Store.current(self.settings.store, threads=self.settings.threads)

    def items(self, request: Request) -> Response:
        """The features that match."""
        collection = find(request.path_params["collection"])
        declared.only(request, declared.of_items(collection))
        kinds, store = formats(collection), self.store
        kind = negotiation.choose(request, kinds)
        ask, system = self._ask(request, collection), _system(request, collection)
        mark = tag(request, store, kind)
        if same := unchanged(request, mark):
            return same
        headers = lasting(mark)
        at = Addresses(request, self.settings.url)
        if kind in ("json", "geojson"):
            ask = replace(ask, limit=ask.limit or min(declared.DEFAULT_LIMIT, self.settings.max_features))
            found = store.page(ask, system)
            head = {"Content-Crs": f"<{system}>"} | headers
            pieces = _collection(found, ask, at, kind, kinds, store)
            if min(ask.limit or WHOLE, found.matched) < WHOLE:
                return Response(b"".join(pieces), media_type=GEOJSON, headers=head)
            return Stream(pieces, GEOJSON, head)
        if kind == "html":
            found = store.page(replace(ask, limit=min(ask.limit or PAGE_OF_A_TABLE, 1000)), system)
            features = orjson.loads(b"[" + b"".join(found.features) + b"]")
            return page(
                request,
                "items.html",
                headers,
                told=collection,
                features=features,
                found=found,
                more=at.again({"cursor": found.next}) if found.next else "",
                columns=[column.name for column in collection.properties][:8],
            )
        return self._export(kind, ask, at, store, headers)

    def item(self, request: Request) -> Response:
        """One feature."""
        collection = find(request.path_params["collection"])
        known = [
            name for name in ("f", "crs", "known-on", "dataset") if name in declared.of_items(collection)
        ]
        declared.only(request, known)
        kinds, store = {"json": GEOJSON, "html": "text/html"}, self.store
        kind = negotiation.choose(request, kinds)
        mark = tag(request, store, kind)
        if same := unchanged(request, mark):
            return same
        name, system = request.path_params["id"], _system(request, collection)
        query = declared.incident_query(request, collection, crs.CRS84)
        found = store.page(Ask(collection, query, identifier=name, limit=1), system)
        text = b"".join(found.features)
        if not text:
            what = f"there is no feature {name[:80]!r}"
            raise NoSuchFeature(what, where=collection.name, todo="take the id from its items")
        at = Addresses(request, self.settings.url)
        feature = orjson.loads(text)
        links = [
            *at.itself(kind, kinds),
            link(at.of("collections", collection.name), "collection", title=collection.title),
        ]
        if kind == "html":
            return page(request, "item.html", lasting(mark), told=collection, feature=feature)
        head = {"Content-Crs": f"<{system}>"} | lasting(mark)
        return Response(orjson.dumps(feature | {"links": links}), media_type=GEOJSON, headers=head)

    def _ask(self, request: Request, collection: Collection) -> Ask:
        """What a request asks of a collection. Raises BadQuery."""
        box = declared.one(request, "bbox-crs")
        box_crs = crs.known(box, "bbox-crs") if box else crs.CRS84
        text = declared.one(request, "filter")
        language = declared.one(request, "filter-lang")
        positions = declared.one(request, "filter-crs")
        trees = [cql.parse(text, language)] if text else []
        query = declared.incident_query(request, collection, box_crs)
        taken = set(declared.COMMON)
        for name, column in collection.queryables.items():
            if name in request.query_params and name not in taken:
                trees.append(
                    {"op": "=", "args": [{"property": name}, _value(column, declared.one(request, name))]}
                )
        ask = Ask(
            collection,
            query,
            tree={"op": "and", "args": trees} if len(trees) > 1 else trees[0] if trees else None,
            crs=crs.known(positions, "filter-crs") if positions else crs.CRS84,
            order=_order(declared.one(request, "sortby"), collection),
            limit=declared.limit(request, self.settings.max_features),
        )
        cursor = declared.one(request, "cursor")
        return ask.on_from(cursor) if cursor else ask

    def _export(self, kind: str, ask: Ask, at: Addresses, store: Store, headers: dict[str, str]) -> Response:
        """Incidents in a format that is downloaded; all that match, where no limit is asked for."""
        form = exports.find(kind)
        under = ground(store, ask.query) if form.drawn else None
        context = exports.describe(
            ask.query, store.datasets, kind, dt.datetime.now(dt.UTC), under, store.credits
        )
        again = at.again({"f": kind})
        context = replace(
            context,
            query=context.query | _beyond(at),
            command=shlex.join(["curl", "-o", f"eventmap{form.suffix}", again]),
        )
        name = f'attachment; filename="eventmap{form.suffix}"'
        pieces = form.write(store.read(ask), context)
        return Stream(pieces, form.media_type, headers | {"Content-Disposition": name})


def _beyond(at: Addresses) -> dict[str, str | list[str]]:
    """What was asked beyond an incident query."""
    names = ("filter", "filter-lang", "filter-crs", "sortby", "limit", "cursor")
    return {name: value for name, value in at.given if name in names}


def _system(request: Request, collection: Collection) -> str:
    named = declared.one(request, "crs")
    found = crs.known(named, "crs") if named else crs.CRS84
    if found != crs.CRS84 and not collection.geometry:
        raise BadQuery("this collection has no geometry to tell in it", where="crs", todo="leave it out")
    return found


def _value(column: Any, text: str) -> Any:
    """The text of a parameter as a value of a column."""
    kind = declared.json_schema(column)["type"]
    if kind in ("integer", "number"):
        try:
            return float(text)
        except ValueError:
            raise BadQuery(
                f"{text[:40]!r} is not a number", where=column.name, todo="give a number"
            ) from None
    if kind == "boolean":
        if text not in ("true", "false"):
            raise BadQuery(f"{text[:40]!r} is neither", where=column.name, todo="give true or false")
        return text == "true"
    return {"date": text} if "format" in declared.json_schema(column) else text


def _order(text: str, collection: Collection) -> tuple[Key, ...]:
    """Columns to order by. A plus sign arrives as a blank. Raises BadQuery."""
    keys: list[Key] = []
    for part in filter(None, (one.strip() for one in text.split(","))):
        name = part.lstrip("+-")
        if name not in collection.queryables:
            todo = f"choose from: {', '.join(collection.queryables)}"
            raise BadQuery(f"{name[:40]!r} is no property to order by", where="sortby", todo=todo)
        if name not in {key.name for key in keys}:
            keys.append(Key(name, part.startswith("-")))
    return tuple(keys)


def _collection(
    found: Page, ask: Ask, at: Addresses, kind: str, kinds: dict[str, str], store: Store
) -> Iterator[bytes]:
    """A FeatureCollection: what is known at once first, links last, for a page's end tells the next."""
    now = dt.datetime.now(dt.UTC)
    about = exports.describe(ask.query, store.datasets, "geojson", now, None, store.credits)
    head = {"type": "FeatureCollection", "timeStamp": about.generated_at, "numberMatched": found.matched}
    begun = orjson.dumps(head)[:-1] + b',"features":['
    for piece in found.features:
        yield begun + piece
        begun = b""
    links = [
        *at.itself(kind, kinds),
        link(at.of("collections", ask.collection.name), "collection", title=ask.collection.title),
    ]
    if found.next:
        links.append(link(at.again({"cursor": found.next}), "next", GEOJSON, "the next page"))
    tail = {
        "numberReturned": found.returned,
        "links": links,
        "eventmap": {
            "version": __version__,
            "query": about.query | _beyond(at),
            "licence": about.licences,
            "attribution": about.attribution,
            "citation": about.citation,
        },
    }
    yield begun + b"]," + orjson.dumps(tail)[1:]
