"""The same calls from a terminal: `eventmap COMMAND`; one file for each family of commands.

Exit code 0: fine. 1: the data is at fault. 2: the call is at fault. An error is one line on stderr.
"""

from __future__ import annotations

import os
import sys

import click

from geo import __version__
from geo.cli.boundaries import boundaries
from geo.cli.downloads import export, formats
from geo.cli.duplicates import duplicates
from geo.cli.extract import extract
from geo.cli.figures import figures
from geo.cli.imports import history, import_, new
from geo.cli.ledger import claims, regions
from geo.cli.packages import build
from geo.cli.places import geocode
from geo.cli.server import serve, settings
from geo.errors import CallError, GeoError


@click.group(no_args_is_help=False)
@click.version_option(__version__, prog_name="eventmap")
def cli() -> None:
    """Incidents from the news on a map: placed, dated, sourced, and as known on any day."""


for _command in (
    build,
    import_,
    boundaries,
    figures,
    history,
    duplicates,
    new,
    serve,
    extract,
    geocode,
    export,
    regions,
    claims,
    formats,
    settings,
):
    cli.add_command(_command)


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
