"""The same calls from a terminal: `eventmap COMMAND`.

Exit code 0: fine. 1: the data is at fault. 2: the call is at fault. An error is one line on stderr.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import orjson

from geo import __version__, exports, ingest
from geo.errors import CallError, GeoError, PortInUse, StoreMissing
from geo.exports import csv, geojson
from geo.query import IncidentQuery, parse_day
from geo.schema import EVENT_TYPES, Precision
from geo.settings import Settings, home
from geo.store import Store


def main(arguments: list[str] | None = None) -> None:
    """Run a command and leave with its exit code."""
    try:
        _must_be_text(sys.argv[1:] if arguments is None else arguments)
        code = cli.main(args=arguments, prog_name="eventmap", standalone_mode=False)
        sys.stdout.flush()
    except GeoError as error:
        click.echo(f"eventmap: {error}", err=True)
        code = error.exit_code
    except click.ClickException as error:
        what = " ".join(error.format_message().split()).rstrip(".")
        click.echo(f"eventmap: {what}; see eventmap --help", err=True)
        code = 2
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except BrokenPipeError:
        _hush()
        code = 0
    except OSError as error:
        if not error.filename:
            _hush()
        where = error.filename2 or error.filename or "standard output"
        click.echo(f"eventmap: {where}: {error.strerror}; choose another path, or free this one", err=True)
        code = 2
    raise SystemExit(code or 0)


def _must_be_text(arguments: list[str]) -> None:
    """Raises CallError for bytes that are not in the encoding of the terminal."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            raise CallError(f"{argument!r} is not UTF-8", todo="write it as UTF-8 text") from None


def _hush() -> None:
    """Nobody takes our output any more: what is still to be flushed goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Day(click.ParamType[dt.date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: object) -> dt.date:  # noqa: ARG002
        if isinstance(value, dt.date):
            return value
        return parse_day(str(value), param.opts[0] if param else "date")


DAY: click.ParamType[dt.date] = _Day()


def _store_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--store", type=click.Path(path_type=Path), help="The store; default: EVENTMAP_STORE."
    )(function)


@click.group(no_args_is_help=False)
@click.version_option(__version__, prog_name="eventmap")
def cli() -> None:
    """Incidents from the news on a map: placed, dated, sourced, and as known on any day."""


@cli.command()
@click.argument("datasets", nargs=-1, type=click.Path(path_type=Path))
@_store_option
@click.option("--strict", is_flag=True, help="Stop at the first fault and leave the store as it is.")
@click.option("--rejects", type=click.Path(path_type=Path), help="Where to write rejected rows.")
def build(datasets: tuple[Path, ...], store: Path | None, strict: bool, rejects: Path | None) -> None:
    """Read data packages (default: data/kazakhstan-2022) and write the store."""
    settings = settings_with(store)
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


@cli.command()
@click.option("--host", help="Address to listen on; default: EVENTMAP_HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; default: EVENTMAP_PORT.")
@_store_option
def serve(host: str | None, port: int | None, store: Path | None) -> None:
    """Serve the map; build the default store first where there is none."""
    settings = settings_with(store)
    host, port = host or settings.host, port or settings.port
    _claim_port(host, port)
    try:
        Store(settings.store).close()
    except StoreMissing:
        click.echo(f"building {settings.store}")
        ingest.build(settings)
    click.echo(f"eventmap is served at http://{host}:{port}  (stop it with Ctrl-C)")
    sys.stdout.flush()
    options = {"address": host, "port": str(port), "headless": "true"}
    os.environ["EVENTMAP_STORE"] = str(settings.store.resolve())
    os.execv(  # noqa: S606 -- our own interpreter; signals reach the server itself
        sys.executable,
        [sys.executable, "-m", "streamlit", "run", str(home() / "app.py")]
        + [part for name, value in options.items() for part in (f"--server.{name}", value)],
    )


def _claim_port(host: str, port: int) -> None:
    """Raises PortInUse when nobody could listen there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or error
            todo = "stop what listens there, or choose another with --host and --port"
            raise PortInUse(f"cannot listen ({reason})", where=f"{host}:{port}", todo=todo) from None


@cli.command()
@click.argument("name")
@click.option("--country", help="Where to look first, ISO 3166-1 alpha-2, such as KZ.")
@click.option(
    "--on", type=DAY, default=dt.date.today, show_default="today", help="Names and units of that day."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def geocode(name: str, country: str | None, on: dt.date, as_json: bool) -> None:
    """Find a place by name; a miss is explained."""
    answer = ingest.geocode(settings_with(None), name, on, country)
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


def _query_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of an IncidentQuery, named as its parameters are everywhere."""
    for option in reversed(
        [
            click.option("--start", help="First day, such as 2022-01-05."),
            click.option("--end", help="Last day."),
            click.option("--bbox", help="West,south,east,north in degrees."),
            click.option(
                "--event-type", multiple=True, help=f"One of: {', '.join(EVENT_TYPES)}. Repeatable."
            ),
            click.option(
                "--admin1", multiple=True, help="Identifier of a region, such as KZ-mangystau. Repeatable."
            ),
            click.option("--min-precision", help=f"Coarsest place wanted: {', '.join(Precision)}."),
            click.option("--known-on", help="Only what was public by the end of that day."),
            click.option("--dataset", help="One data set only."),
            click.option("-q", "q", help="Words that title, summary, place or actors must hold."),
        ]
    ):
        function = option(function)
    return function


@cli.command()
@click.option("--format", "name", default="geojson", show_default=True, help="See `eventmap formats`.")
@_query_options
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File to write; default: standard output."
)
@_store_option
def export(name: str, output: Path | None, store: Path | None, **asked: Any) -> None:
    """Write what the map shows under the same filter."""
    form = exports.find(name)
    query = IncidentQuery.from_params({key.replace("_", "-"): value or "" for key, value in asked.items()})
    held = _open(store)
    ground = _ground(held, query) if form.drawn else None
    context = exports.describe(query, held.datasets, form.name, dt.datetime.now(dt.UTC), ground)
    emit(form.write(held.export(query), context), output)


@cli.command()
@click.option("--on", type=DAY, help="Day for which units must be valid; default: the last day of the data.")
@click.option("--figure", help="Only this figure, such as population.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File to write; default: standard output."
)
@_store_option
def regions(on: dt.date | None, figure: str | None, output: Path | None, store: Path | None) -> None:
    """Boundaries valid on a day with their figures, as GeoJSON."""
    held = _open(store)
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
    about = {"on": str(on), "version": __version__, "attribution": exports.ATTRIBUTION}
    emit([geojson.regions(frame.drop(columns="admin1_id"), about)], output)


@cli.command()
@click.option("--metric", default="", help="What is counted, such as killed.")
@click.option("--place", default="", help="Place it is about, such as Kazakhstan.")
@click.option("--known-on", type=DAY, help="As the ledger stood at the end of that day.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@_store_option
def claims(metric: str, place: str, known_on: dt.date | None, as_json: bool, store: Path | None) -> None:
    """The claims ledger: who said which number, and what became of it."""
    found = _open(store).claims(metric=metric, place=place, known_on=known_on)
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


@cli.command()
def formats() -> None:
    """The formats that `export` writes."""
    for form in exports.FORMATS.values():
        click.echo(f"{form.name:<10} {form.suffix:<10} {form.title} ({form.media_type})")


@cli.command("settings")
def settings_() -> None:
    """Every setting, the value in force, its default and its meaning."""
    for name, value, default, meaning in Settings.from_environment().describe():
        click.echo(f"{name}={value}\n    {meaning}; default: {default}")


def settings_with(store: Path | None) -> Settings:
    """The settings of the environment, with the store that an option names."""
    settings = Settings.from_environment()
    return replace(settings, store=store) if store else settings


def _open(store: Path | None) -> Store:
    settings = settings_with(store)
    return Store(settings.store, threads=settings.threads)


def _ground(held: Store, query: IncidentQuery) -> dict[str, Any] | None:
    """What lies under a drawing: units valid on the first day asked for."""
    on = max(filter(None, [query.interval.start, held.extent[0]]), default=None)
    return exports.outlines(held.regions(on), held.countries, held.macro_regions(), on) if on else None


def emit(chunks: Iterable[bytes], output: Path | None) -> None:
    """To standard output or a device; or to a file that appears whole or not at all."""
    if output is None:
        sys.stdout.buffer.writelines(chunks)
        return
    if output.exists() and not output.is_file():
        with output.open("wb") as stream:
            stream.writelines(chunks)
        return
    if not output.parent.is_dir():
        raise CallError("there is no such folder", where=str(output.parent), todo="make it first")
    fresh = output.with_name(f".{output.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as stream:
            stream.writelines(chunks)
        fresh.replace(output)
    finally:
        fresh.unlink(missing_ok=True)


from geo.cli.extract import extract  # noqa: E402 -- needs what is above

cli.add_command(extract)
