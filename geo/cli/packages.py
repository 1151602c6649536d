"""`eventmap build`: data packages become a store."""

from __future__ import annotations

from pathlib import Path

import click

from geo import ingest
from geo.cli.options import settings_of, store_option
from geo.exports import csv


@click.command()
@click.argument("datasets", nargs=-1, type=click.Path(path_type=Path))
@store_option
@click.option("--strict", is_flag=True, help="Stop at the first fault and leave the store as it is.")
@click.option("--rejects", type=click.Path(path_type=Path), help="Where to write rejected rows.")
def build(datasets: tuple[Path, ...], store: Path | None, strict: bool, rejects: Path | None) -> None:
    """Read data packages (default: data/kazakhstan-2022) and write the store."""
    settings = settings_of(store)
    built = ingest.build(settings, datasets, strict=strict)
    for name, count in built.counts.items():
        click.echo(f"{count:>9,} {name}")
    click.echo(f"{len(built.rejects):>9,} rejects")
    for key, reason in built.unplaced:
        click.echo(f"unplaced: {key}: {reason}")
    for reject in built.rejects:
        click.echo(f"rejected: {reject}", err=True)
    beside = settings.store.with_suffix(".rejects.csv")
    beside.unlink(missing_ok=True)
    if built.rejects or rejects:
        path = rejects or beside
        header = ["file", "row", "column", "value", "reason", "todo"]
        rows = ([getattr(reject, name) for name in header] for reject in built.rejects)
        path.write_bytes(b"".join(csv.table(header, rows)))
        click.echo(f"rejects written to {path}")
    click.echo(f"store written to {settings.store}")
