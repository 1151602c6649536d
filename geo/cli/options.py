"""What commands share: options, the store they open, and where their output goes."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from geo.errors import CallError
from geo.query import parse_day
from geo.schema import EVENT_TYPES, Precision
from geo.settings import Settings
from geo.store import Store


class Day(click.ParamType[dt.date]):
    """A day, such as 2022-01-05."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: object) -> dt.date:  # noqa: ARG002
        """Raises BadQuery."""
        if isinstance(value, dt.date):
            return value
        return parse_day(str(value), param.opts[0] if param else "date")


def store_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option that names the store."""
    return click.option(
        "--store", type=click.Path(path_type=Path), help="The store; default: EVENTMAP_STORE."
    )(function)


def query_options(function: Callable[..., Any]) -> Callable[..., Any]:
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


def settings_of(store: Path | None) -> Settings:
    """The settings in force, with the store named on the command line."""
    settings = Settings.from_environment()
    return replace(settings, store=store) if store else settings


def opened(store: Path | None) -> Store:
    """That store, open for reading."""
    settings = settings_of(store)
    return Store(settings.store, threads=settings.threads)


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
