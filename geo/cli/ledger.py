"""`eventmap regions` and `eventmap claims`: what is held beside the incidents."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
import orjson

from geo import __version__, exports
from geo.cli.options import Day, emit, opened, store_option
from geo.errors import CallError
from geo.exports import geojson


@click.command()
@click.option(
    "--on", type=Day(), help="Day for which units must be valid; default: the last day of the data."
)
@click.option("--figure", help="Only this figure, such as population.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File to write; default: standard output."
)
@store_option
def regions(on: dt.date | None, figure: str | None, output: Path | None, store: Path | None) -> None:
    """Boundaries valid on a day with their figures, as GeoJSON."""
    held = opened(store)
    on = on or held.extent[1] or dt.date.today()
    joined = held.joined_figures(on)
    names = [str(name) for name in joined.columns if str(name).startswith("region_")]
    kept = [name for name in names if name.startswith(f"region_{figure or ''}")]
    if figure and not kept:
        ends = ("_unit", "_reference")
        known = ", ".join(name.removeprefix("region_") for name in names if not name.endswith(ends))
        raise CallError(f"no figure is called {figure!r}", where="--figure", todo=f"choose from: {known}")
    joined = joined[["admin1_id", *kept]]
    frame = held.regions(on, held.countries).merge(joined, how="left", left_on="id", right_on="admin1_id")
    attribution = " ".join([exports.ATTRIBUTION, *held.credits])
    about = {"on": str(on), "version": __version__, "attribution": attribution}
    emit([geojson.regions(frame.drop(columns="admin1_id"), about)], output)


@click.command()
@click.option("--metric", default="", help="What is counted, such as killed.")
@click.option("--place", default="", help="Place it is about, such as Kazakhstan.")
@click.option("--known-on", type=Day(), help="As the ledger stood at the end of that day.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@store_option
def claims(metric: str, place: str, known_on: dt.date | None, as_json: bool, store: Path | None) -> None:
    """The claims ledger: who said which number, and what became of it."""
    found = opened(store).claims(metric=metric, place=place, known_on=known_on)
    if as_json:
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
        return
    for claim in found:
        value = "no number" if claim["value"] is None else f"{claim['value']:,.10g}"
        hedge = "" if claim["qualifier"] == "exact" else f"{claim['qualifier']} "
        day = str(claim["reported_on"] or "day unknown")
        if claim["reported_basis"] in ("month", "year"):
            day = f"by {day}"
        click.echo(
            f"{day:<13} {claim['status']:<11} {hedge}{value} {claim['metric'].replace('_', ' ')}, "
            f"{claim['place']}: {claim['claimed_by']} [{claim['id']}, {claim['publisher']}]"
        )
    if not found:
        click.echo("no claim matches; leave out --metric, --place or --known-on", err=True)
