"""`eventmap boundaries`: outlines of regions that somebody brings, for the days on which they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import orjson

from geo.cli.options import Day, opened, settings_of, store_option
from geo.ingest import boundaries as brought
from geo.ingest.boundaries import PROVIDERS, Added, Given


@click.group()
def boundaries() -> None:
    """Outlines of regions that you bring, for the days on which they hold."""


def _days(required: bool) -> Callable[[Any], Any]:
    """The options of a validity."""

    def options(function: Any) -> Any:
        last = click.option(
            "--valid-to", type=Day(), help="Last day on which they hold; default: they still do."
        )
        first = click.option(
            "--valid-from", type=Day(), required=required, help="First day on which they hold."
        )
        return first(last(function))

    return options


def _reading(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options for how a file of outlines is read."""
    for option in reversed(
        [
            click.option(
                "--name-column", default="", help="Column of names; default: the one with known names."
            ),
            click.option("--id-column", default="", help="Column of identifiers, ours or those of GeoNames."),
            click.option(
                "--whole/--part",
                default=None,
                help="There were no other units, or the others stay as they are.",
            ),
            click.option("--layer", default="", help="Layer to read."),
            click.option(
                "--crs", default="", help="Coordinate system of a file that does not say, as EPSG:32642."
            ),
            click.option("--encoding", default="", help="Encoding of the texts of a shapefile, as cp1251."),
        ]
    ):
        function = option(function)
    return function


@boundaries.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--admin0", required=True, help="Country, ISO 3166-1 alpha-2, such as KZ.")
@click.option("--level", default=1, show_default=True, help="Level of the units.")
@_days(required=True)
@_reading
@click.option("--source", default="", help="Who made it.")
@click.option("--url", default="", help="Where it comes from.")
@click.option("--licence", default="", help="Terms of use.")
@store_option
def add(file: Path, store: Path | None, **said: Any) -> None:
    """Add a file of boundaries; incidents of its days are assigned anew."""
    settings = settings_of(store)
    _tell(brought.add(settings, file, Given(**said)))
    click.echo(f"store: {settings.store}")


@boundaries.command()
@click.argument("country")
@click.option(
    "--provider", type=click.Choice(PROVIDERS), default=PROVIDERS[0], show_default=True, help="Who to ask."
)
@click.option("--level", default=1, show_default=True, help="Level of the units.")
@_days(required=False)
@_reading
@click.option("--refresh", is_flag=True, help="Ask again for what is in the cache.")
@store_option
def fetch(country: str, provider: str, refresh: bool, store: Path | None, **said: Any) -> None:
    """Fetch a country's boundaries (ISO 3166-1 alpha-3); with --valid-from, add them too."""
    settings = settings_of(store)
    path, admin0, about = brought.fetch(settings, country, provider, level=said["level"], anew=refresh)
    click.echo(f"{path} ({path.stat().st_size:,} bytes, sha256 {about['sha256'][:12]}, from {about['url']})")
    licence, year = about["licence"] or "not stated", about["year"] or "not stated"
    click.echo(f"source: {about['source']}; licence: {licence}; time it shows: {year}")
    if said["valid_from"] is None:
        click.echo(f"add it with: eventmap boundaries fetch {country} --provider {provider} --valid-from DAY")
        return
    known = {name: about[name] for name in ("source", "url", "licence")}
    _tell(brought.add(settings, path, Given(admin0=admin0, **said, **known)))
    click.echo(f"store: {settings.store}")


@boundaries.command()
@click.argument("identifier")
@store_option
def remove(identifier: str, store: Path | None) -> None:
    """Take boundaries out again; the incidents of their days are assigned anew."""
    done = brought.remove(settings_of(store), identifier)
    click.echo(f"{identifier} removed ({done.row['file']})")
    _moved(done)


@boundaries.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@store_option
def list_(as_json: bool, store: Path | None) -> None:
    """The boundaries that were added, the oldest first."""
    rows = [row for row in opened(store).additions() if row["kind"] == "boundaries"]
    if as_json:
        click.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
        return
    for row in rows:
        click.echo(f"{row['id']:<14} {row['admin0']} level {row['level']}, {_span(row)}: {row['rows']} units")
        said = [row["file"], row["source"], row["licence"] or "licence not stated", row["url"]]
        click.echo(f"{'':<14} {'; '.join(text for text in said if text)}; sha256 {row['sha256'][:12]}")
    if not rows:
        click.echo("no boundaries were added; those of Natural Earth hold", err=True)


def _tell(done: Added) -> None:
    row, measured = done.row, done.coverage
    click.echo(f"{row['id']}: {row['rows']} units of {row['admin0']}, {_span(row)}")
    for note in done.notes:
        click.echo(f"  {note}")
    if measured is None:
        return
    most = f", most between {done.worst[0]} and {done.worst[1]} ({done.worst[2]:,.2f})" if done.worst else ""
    sizes = f"area {measured.area:,.0f} km2; overlaps {measured.overlap:,.2f} km2{most}"
    click.echo(f"  {sizes}; gaps {measured.gaps:,.2f} km2")
    click.echo(
        f"  against the country's outline at hand: {measured.uncovered:,.0f} km2 of it not covered, "
        f"{measured.beyond:,.0f} km2 beyond it"
    )
    _moved(done)


def _moved(done: Added) -> None:
    moved: dict[Any, int] = done.moved or {}
    click.echo(f"  {sum(moved.values()):,} incidents lie in another unit now")
    for (before, after), count in sorted(moved.items(), key=lambda one: -one[1])[:10]:
        click.echo(f"  {count:>7,} {before or 'none'} -> {after or 'none'}")


def _span(row: dict[str, Any]) -> str:
    last: dt.date | None = row["valid_to"]
    return f"valid from {row['valid_from']}" + (f" to {last}" if last else "")
