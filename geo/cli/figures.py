"""`eventmap figures`: figures of regions that somebody brings."""

from __future__ import annotations

from pathlib import Path

import click

from geo.cli.options import settings_of, store_option
from geo.ingest import figures as brought
from geo.ingest.report import rejects_file

_SHOWN = 5


@click.group()
def figures() -> None:
    """Figures of regions that you bring."""


@figures.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--admin0", required=True, help="Country of the regions, ISO 3166-1 alpha-2, such as KZ.")
@click.option("--sheet", "layer", default="", help="Worksheet to read.")
@click.option("--rejects", type=click.Path(path_type=Path), help="Where to write rejected rows.")
@store_option
def add(file: Path, admin0: str, layer: str, rejects: Path | None, store: Path | None) -> None:
    """Add a CSV or XLSX file with region, figure, value, unit, reference date and source."""
    settings = settings_of(store)
    path = rejects or settings.store.with_name(f"{settings.store.stem}.{file.name.split('.')[0]}.rejects.csv")
    path.parent.mkdir(parents=True, exist_ok=True)
    with rejects_file(path) as sink:
        done = brought.add(settings, file, admin0, sink, layer=layer)
    for note in done.notes:
        click.echo(note)
    click.echo(f"{done.row['rows'] if done.row else 0:>9,} figures added")
    click.echo(f"{done.same:>9,} held already")
    click.echo(f"{len(done.rejects):>9,} rejects")
    for reject in done.rejects[:_SHOWN]:
        click.echo(f"rejected: {reject}", err=True)
    if done.rejects:
        click.echo(f"rejects written to {path}")
    click.echo(f"store written to {settings.store}" if done.row else f"{settings.store} stays as it was")
