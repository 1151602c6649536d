"""`eventmap serve`, where the server takes the place of this process, and `eventmap settings`."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import click

from geo import ingest
from geo.cli.options import settings_of, store_option
from geo.errors import PortInUse, StoreMissing
from geo.settings import Settings, home
from geo.store import Store


@click.command()
@click.option("--host", help="Address to listen on; default: EVENTMAP_HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; default: EVENTMAP_PORT.")
@store_option
def serve(host: str | None, port: int | None, store: Path | None) -> None:
    """Serve the map; build the default store first where there is none."""
    settings = settings_of(store)
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


@click.command("settings")
def settings() -> None:
    """Every setting, the value in force, its default and its meaning."""
    for name, value, default, meaning in Settings.from_environment().describe():
        click.echo(f"{name}={value}\n    {meaning}; default: {default}")
