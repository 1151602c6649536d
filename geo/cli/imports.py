"""`eventmap import`, `eventmap history` and `eventmap new`: data that somebody brings."""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path
from typing import Any

import click
import orjson

from geo.cli.options import Day, opened, settings_of, store_option
from geo.errors import CallError
from geo.ingest import imports, skeleton
from geo.ingest.imports import Options, Preview, Progress, Report

_SHOWN = 5
_EVERY = 0.5
"""Seconds between two drawings of the progress line; ten times that where nobody watches it."""


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "kind",
    default="auto",
    show_default=True,
    help="auto, incidents (our own exports), acled, ucdp, gdelt or table.",
)
@click.option("--dataset", default="", help="Name of the data set; default: the provider's or the file's.")
@click.option(
    "--map", "columns", multiple=True, metavar="ROLE=COLUMN", help="What a column holds. Repeatable."
)
@click.option(
    "--set", "fixed", multiple=True, metavar="ROLE=VALUE", help="What holds for all rows. Repeatable."
)
@click.option("--dates", type=click.Choice(["day-first", "month-first"]), help="How 05/01/2022 is meant.")
@click.option("--encoding", default="", help="Encoding of a text file, where it is not found out.")
@click.option("--sheet", "layer", default="", help="Worksheet or layer to read.")
@click.option("--delivered", type=Day(), help="Day you received it; default: today.")
@click.option("--whole/--part", default=None, help="It replaces what was delivered before, or adds to it.")
@click.option("--check", "only_check", is_flag=True, help="Say what would become of each row; write nothing.")
@click.option("--rejects", type=click.Path(path_type=Path), help="Where to write rejected rows.")
@store_option
def import_(
    file: Path,
    store: Path | None,
    rejects: Path | None,
    only_check: bool,
    dataset: str,
    delivered: dt.date | None,
    whole: bool | None,
    **said: Any,
) -> None:
    """Add a file of events to the store: what is new, changed or gone becomes versions of that day."""
    settings = settings_of(store)
    options = Options(
        kind=said["kind"],
        encoding=said["encoding"],
        layer=said["layer"],
        order=imports.Order(said["dates"]) if said["dates"] else None,
        columns=_pairs(said["columns"], "--map"),
        fixed=_pairs(said["fixed"], "--set"),
    )
    if only_check:
        _preview(imports.preview(file, options))
        _tell(imports.check(settings, file, options))
        return
    path = rejects or settings.store.with_name(f"{settings.store.stem}.{file.name.split('.')[0]}.rejects.csv")
    path.parent.mkdir(parents=True, exist_ok=True)
    with imports.rejects_file(path) as sink:
        try:
            report = imports.deliver(
                settings,
                file,
                options,
                dataset=dataset,
                delivered=delivered,
                whole=whole,
                sink=sink,
                watch=_Line(),
            )
        finally:
            _Line.end()
    _tell(report)
    if report.rejected:
        click.echo(
            f"rejects written to {path}; mend {path.with_suffix('.rows.csv').name} and import it with --part"
        )
    click.echo(
        f"store written to {settings.store}" if _changed(report) else f"{settings.store} stays as it was"
    )


def _changed(report: Report) -> bool:
    done = report.outcome
    return bool(done and (done.added or done.changed or done.dropped))


def _pairs(said: tuple[str, ...], option: str) -> dict[str, str]:
    found = {}
    for one in said:
        role, sign, value = one.partition("=")
        if not sign:
            raise CallError(
                f"{one!r} has no equals sign", where=option, todo=f"write it as {option} date=Column"
            )
        found[role.strip()] = value.strip()
    return found


class _Line:
    """The progress line on standard error: rows, rate, time left, rejects."""

    _drawn = False

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        """Draw the line, if it is time."""
        watched = sys.stderr.isatty()
        if time.monotonic() - self._last < (_EVERY if watched else 10 * _EVERY):
            return
        self._last = time.monotonic()
        left = "" if progress.left is None else f", {progress.left:,.0f} s left"
        line = f"{progress.rows:,} rows, {progress.rate:,.0f} a second{left}, {progress.rejected:,} rejects"
        click.echo(f"\r\033[K{line}" if watched else line, err=True, nl=not watched)
        _Line._drawn = watched

    @classmethod
    def end(cls) -> None:
        """Leave the line."""
        if cls._drawn:
            click.echo(err=True)
            cls._drawn = False


def _preview(found: Preview) -> None:
    click.echo(f"read as {found.kind}; columns: {', '.join(found.header)}")
    for row in found.first:
        click.echo("  " + " | ".join(cell[:30] for cell in row.values()))


def _tell(report: Report) -> None:
    """The check report: how the file was read, what became of its rows, what to look at."""
    for note in report.notes:
        click.echo(f"note: {note}")
    click.echo(f"{report.rows:>9,} rows read as {report.kind}")
    if report.outcome:
        for name in ("added", "changed", "dropped", "same"):
            click.echo(f"{getattr(report.outcome, name):>9,} incidents {name}")
    else:
        click.echo(f"{report.good:>9,} can be used")
    for why, count in report.passed.items():
        click.echo(f"{count:>9,} passed over: {why}")
    click.echo(f"{report.rejected:>9,} rejects")
    for why, count in report.reasons.most_common(_SHOWN):
        click.echo(f"{count:>9,} of them: column {why}")
    for reject in report.rejects[:_SHOWN]:
        click.echo(f"rejected: {reject}", err=True)
    for why, count in report.flagged.most_common(_SHOWN):
        click.echo(f"{count:>9,} to look at: {why}")
    for flag in report.flags[:_SHOWN]:
        click.echo(f"look at: {flag}", err=True)
    click.echo(f"{report.unplaced_count:>9,} unplaced")
    for miss in report.unplaced[:_SHOWN]:
        best = f"; candidates: {'; '.join(miss.candidates)}" if miss.candidates else ""
        click.echo(f"unplaced: row {miss.row}, {miss.place}: {miss.reason}{best}", err=True)


@click.command()
@click.argument("identifier")
@click.option("--dataset", default="", help="Only of this data set.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@store_option
def history(identifier: str, dataset: str, as_json: bool, store: Path | None) -> None:
    """What was known of one incident, version by version."""
    versions = opened(store).history(identifier, dataset)
    if not versions:
        todo = "take it from the map, or from the column id of an export"
        raise CallError("no incident has this identifier", where=identifier, todo=todo)
    if as_json:
        click.echo(orjson.dumps(versions, option=orjson.OPT_INDENT_2).decode())
        return
    for version in versions:
        brought = f" ({version['delivery']})" if version["delivery"] else ""
        click.echo(f"{version['known_from']}  {version['title']} [{version['dataset']}]{brought}")
        for name, (before, after) in version["changes"].items():
            click.echo(f"            {name}: {_value(before)} -> {_value(after)}")
        if version["withdrawn"]:
            by = f" ({version['withdrawn_by']})" if version["withdrawn_by"] else ""
            click.echo(f"{version['known_to']}  withdrawn: the delivery no longer holds it{by}")


def _value(value: Any) -> str:
    return "nothing" if value is None else str(value)


@click.command()
@click.argument("name")
@click.option("--country", default="", help="Country it is about, ISO 3166-1 alpha-2, such as KZ.")
def new(name: str, country: str) -> None:
    """Make the skeleton of a data package: tables to fill in, a README and a check script."""
    folder = skeleton.make(Path(name), country)
    click.echo(
        f"{folder} is ready; its README says what goes where. Check it with: python {folder / 'check.py'}"
    )
