"""`eventmap extract`: an article from a file or standard input becomes candidates to accept or correct."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click
import orjson

from geo import ingest
from geo.cli.options import Day, emit, settings_of
from geo.errors import CallError
from geo.exports import csv
from geo.extract import shapes
from geo.extract.documents import LARGEST, text_of

_FORMATS = ("json", "geojson", "csv")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--published", type=Day(), help="Day of publication; default: the story's own dateline.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="json", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File to write; default: standard output."
)
@click.option("--source", default="", help="Publisher: its name, domain or the story's address.")
@click.option("--language", help="Language of the text, ISO 639-1; default: told from the text.")
@click.option("--accept", type=click.Path(path_type=Path), help="New folder to write as a data package.")
@click.option("--only", help="With --accept: ids of what to take, such as I01,C02; default: all.")
def extract(
    file: Path,
    published: dt.date | None,
    form: str,
    output: Path | None,
    source: str,
    language: str | None,
    accept: Path | None,
    only: str | None,
) -> None:
    """Propose incidents and claims from an article (text, Markdown, HTML, PDF; - is standard input)."""
    if only and not accept:
        raise CallError("--only goes with --accept", where="--only", todo="name a folder with --accept")
    name = "standard input" if str(file) == "-" else file.name
    text = text_of(_bytes(file), name)
    reading = ingest.extract(
        settings_of(None), text, published, language=language, source=source or None, name=name
    )
    if accept:
        chosen = [one.strip() for one in only.split(",") if one.strip()] if only else None
        ingest.accept(reading, chosen, accept, source or name, url=source if "://" in source else "")
        click.echo(f"data package written to {accept}", err=True)
    if form == "csv":
        emit(csv.table(shapes.HEADER, shapes.rows(reading)), output)
    else:
        shown = shapes.collection(reading) if form == "geojson" else reading.as_json()
        emit([orjson.dumps(shown, option=orjson.OPT_INDENT_2), b"\n"], output)


def _bytes(file: Path) -> bytes:
    """What the file holds, or as much of it as is needed to say that it is too large."""
    if str(file) == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    with file.open("rb") as opened:
        return opened.read(LARGEST + 1)
