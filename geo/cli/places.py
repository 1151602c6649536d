"""`eventmap geocode`: a place name, found or explained."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

import click
import orjson

from geo import ingest
from geo.cli.options import Day, settings_of


@click.command()
@click.argument("name")
@click.option("--country", help="Where to look first, ISO 3166-1 alpha-2, such as KZ.")
@click.option(
    "--on", type=Day(), default=dt.date.today, show_default="today", help="Names and units of that day."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def geocode(name: str, country: str | None, on: dt.date, as_json: bool) -> None:
    """Find a place by name; a miss is explained."""
    answer = ingest.geocode(settings_of(None), name, on, country)
    if as_json:
        click.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2).decode())
    else:
        match, others = answer["match"], answer["candidates"]
        if match:
            click.echo(_told(match))
            others = others[1:]
        for place in others[:3]:
            click.echo(f"also: {_told(place)}")
        click.echo(answer["reason"], err=answer["match"] is None)
    if answer["match"] is None:
        sys.exit(1)


def _told(place: dict[str, Any]) -> str:
    """A place on one line; a region or country has no coordinates."""
    region = place["admin1_name"]
    if place["lat"] is None:
        spot = "no point"
    else:
        spot, region = f"{place['lat']:.5f}, {place['lon']:.5f}", region or "region not known"
    names = ", ".join(filter(None, dict.fromkeys([place["name"], region, place["country"]])))
    return f"{names}: {spot} ({place['precision']}, score {place['score']:.2f})"
