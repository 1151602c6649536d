"""`eventmap export` and `eventmap formats`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from geo import exports
from geo.cli.options import emit, opened, query_options, store_option
from geo.query import IncidentQuery
from geo.store import Store


@click.command()
@click.option("--format", "name", default="geojson", show_default=True, help="See `eventmap formats`.")
@query_options
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File to write; default: standard output."
)
@store_option
def export(name: str, output: Path | None, store: Path | None, **asked: Any) -> None:
    """Write what the map shows under the same filter."""
    form = exports.find(name)
    query = IncidentQuery.from_params({key.replace("_", "-"): value or "" for key, value in asked.items()})
    held = opened(store)
    ground = _ground(held, query) if form.drawn else None
    now = dt.datetime.now(dt.UTC)
    context = exports.describe(query, held.datasets, form.name, now, ground, held.credits)
    emit(form.write(held.export(query), context), output)


def _ground(held: Store, query: IncidentQuery) -> dict[str, Any] | None:
    """What lies under a drawing: units valid on the first day asked for."""
    on = max(filter(None, [query.interval.start, held.extent[0]]), default=None)
    return exports.outlines(held.regions(on), held.countries, held.macro_regions(), on) if on else None


@click.command()
def formats() -> None:
    """The formats that `export` writes."""
    for form in exports.FORMATS.values():
        click.echo(f"{form.name:<10} {form.suffix:<10} {form.title} ({form.media_type})")
