"""Downloads: the same rows as the map under the same query, streamed."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from geo import exports
from geo.api import parameters
from geo.api.answering import Stream
from geo.query import IncidentQuery
from geo.settings import Settings
from geo.store import Store


class DownloadRoutes:
    """`/api/download/{format}`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def download(self, request: Request) -> Response:
        """Every incident that matches, in one of the registered formats."""
        form = exports.find(request.path_params["format"])
        query = parameters.query(request)
        store = Store.current(self.settings.store, threads=self.settings.threads)
        under = ground(store, query) if form.drawn else None
        context = exports.describe(
            query, store.datasets, form.name, dt.datetime.now(dt.UTC), under, store.credits
        )
        name = "-".join(filter(None, ["eventmap", *map(str, filter(None, query.interval))])) + form.suffix
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
        rows = form.write(store.export(query), context)
        return Stream(rows, form.media_type, headers)


def ground(store: Store, query: IncidentQuery) -> dict[str, Any] | None:
    """What lies under a drawing: units valid on the first day asked for."""
    on = max(filter(None, [query.interval.start, store.extent[0]]), default=None)
    return _ground(store, on) if on else None


@lru_cache(maxsize=8)
def _ground(store: Store, on: dt.date) -> dict[str, Any]:
    """What lies under a drawing on a day; kept, for it is the same for everybody."""
    return exports.outlines(store.regions(on), store.countries, store.macro_regions(), on)
