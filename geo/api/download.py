"""Downloads: the same rows as the map under the same query, streamed."""

from __future__ import annotations

import datetime as dt

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from geo import exports
from geo.api import parameters
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
        context = exports.describe(query, store.datasets, form.name, dt.datetime.now(dt.UTC))
        name = "-".join(filter(None, ["eventmap", *map(str, filter(None, query.interval))])) + form.suffix
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
        rows = form.write(store.export(query), context)
        return StreamingResponse(rows, media_type=form.media_type, headers=headers)
