"""`eventmap duplicates`: pairs of incidents that may be one event, and what a person decides on them."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import orjson

from geo import exports
from geo.cli.options import Day, emit, opened, settings_of, store_option
from geo.errors import CallError, TableError, Undecided
from geo.store import WORDS, Decision, Search, Store, record

Row = dict[str, Any]

_MOST_BYTES = 64 << 20


@click.group(invoke_without_command=True)
@click.option(
    "--threshold", type=click.FloatRange(0, 1), default=Search().threshold, show_default=True,
    help="Lowest score shown, 0 to 1.",
)  # fmt: skip
@click.option("--within", is_flag=True, help="Also compare incidents of one data set with each other.")
@click.option("--start", type=Day(), help="Only incidents from this day on.")
@click.option("--end", type=Day(), help="Only incidents up to this day.")
@click.option("--limit", type=click.IntRange(1), help="At most so many pairs, best first.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, a pair on each line.")
@store_option
@click.pass_context
def duplicates(context: click.Context, /, store: Path | None, as_json: bool, **asked: Any) -> None:
    """Pairs of incidents that may be one event, best first, with what speaks for and against each."""
    context.obj = store
    if context.invoked_subcommand:
        return
    limit = asked.pop("limit")
    search, held = Search(**asked, most=limit), opened(store)
    found = False
    for pair in held.duplicates(search):
        found = True
        click.echo(orjson.dumps(pair).decode() if as_json else _written(pair))
    if search.long:
        click.echo(f"{search.long:,} incidents of more than six weeks were not compared", err=True)
    if search.crowded:
        click.echo(f"{search.crowded:,} crowded days of a place were passed over", err=True)
    if not found:
        one = len(held.datasets) < 2 and not search.within
        todo = "import another data set, or say --within" if one else "try a lower --threshold"
        click.echo(f"no pair scores {search.threshold:g} or more; {todo}", err=True)


def _written(pair: Row) -> str:
    """A pair on some lines: score, the two incidents, then the reasons."""
    sides = "\n".join(f"  {_incident(pair[side])}" for side in ("a", "b"))
    speaks = {
        sign: ", ".join(r["text"] for r in pair["reasons"] if (r["weight"] > 0) is (sign == "for"))
        for sign in ("for", "against")
    }
    km = "" if pair["km"] is None else f"{pair['km']:g} km apart"
    told = "; ".join(
        filter(None, [km, *(f"{sign}: {reasons}" for sign, reasons in speaks.items() if reasons)])
    )
    return f"{pair['score']:.3f}\n{sides}\n  {told}"


def _incident(row: Row) -> str:
    days = str(row["date_start"])
    if row["date_latest"] != row["date_start"]:
        days += f" to {row['date_latest']}"
    where = row["place"] or row["place_text"] or row["admin1_name"] or "place unknown"
    numbers = ", ".join(
        f"{name} {low}" if low == high else f"{name} {low}-{high}"
        for name in ("fatalities", "injured", "arrested", "participants")
        if (low := row[f"{name}_low"]) is not None and (high := row[f"{name}_high"]) is not None
    )
    tail = f" ({numbers})" if numbers else ""
    return f"{row['dataset']}:{row['id']}  {days}, {where}, {row['event_type']}: {row['title']}{tail}"


_SAID = {
    True: ("are one event", "that was decided before"),
    False: ("are two events", "that was decided before"),
    None: ("are undecided again", "nothing was decided on them"),
}


def _decided(
    same: bool | None, one: str, other: str, note: str, day: dt.date | None, store: Path | None
) -> None:
    store = _named(store)
    settings, held = settings_of(store), opened(store)
    day = day or dt.date.today()
    if day > dt.date.today():
        raise CallError(
            f"{day} is still to come", where="--decided-on", todo="write the day it was decided on"
        )
    made = Decision(_key(held, one), _key(held, other), same, day, note)
    held.close()
    new = record(settings.store, [made], dt.datetime.now(dt.UTC), threads=settings.threads)
    said, before = _SAID[same]
    click.echo(f"{':'.join(made.one)} and {':'.join(made.other)} {said}{'' if new else f'; {before}'}")


def _named(store: Path | None) -> Path | None:
    """The store that a command names, or that stands before the command's name."""
    before: Path | None = click.get_current_context().obj
    return store or before


def _key(held: Store, text: str) -> tuple[str, str]:
    """The incident that `id` or `dataset:id` names."""
    found = held.named(text)
    if not found:
        todo = "take data set and identifier from `eventmap duplicates`"
        raise CallError("no incident has this identifier", where=text, todo=todo)
    if len(found) > 1:
        todo = "name one of: " + ", ".join(":".join(key) for key in found)
        raise Undecided("incidents of several data sets have this identifier", where=text, todo=todo)
    return found[0]


def _on_a_pair(command: Callable[..., None]) -> Callable[..., None]:
    """What every decision takes: two incidents, why, from which day on, and the store."""
    command = store_option(command)
    day = "Day from which it holds; default: today."
    command = click.option("--decided-on", "day", type=Day(), help=day)(command)
    command = click.option("--note", default="", help="Why, kept with the decision.")(command)
    return click.argument("one")(click.argument("other")(command))


@duplicates.command()
@_on_a_pair
def confirm(one: str, other: str, note: str, day: dt.date | None, store: Path | None) -> None:
    """Two incidents are one event, shown from now on as ONE tells it, with the reports of both."""
    _decided(True, one, other, note, day, store)


@duplicates.command()
@_on_a_pair
def reject(one: str, other: str, note: str, day: dt.date | None, store: Path | None) -> None:
    """Two incidents are two events; also takes back an earlier confirmation."""
    _decided(False, one, other, note, day, store)


@duplicates.command()
@_on_a_pair
def undo(one: str, other: str, note: str, day: dt.date | None, store: Path | None) -> None:
    """Nothing is decided on two incidents any more: they are shown apart, and proposed again."""
    _decided(None, one, other, note, day, store)


@duplicates.command("decisions")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File; default: standard output.")
@store_option
def decisions_(output: Path | None, store: Path | None) -> None:
    """Every decision so far as CSV, oldest first; `apply` takes it."""
    emit(exports.decisions(opened(_named(store)).decisions()), output)


@duplicates.command("apply")
@click.argument("file", type=click.Path(path_type=Path))
@store_option
def apply_(file: Path, store: Path | None) -> None:
    """Take over decisions from a CSV file, all or none: from the page, or from `decisions`."""
    settings = settings_of(_named(store))
    made = _read(file)
    new = record(settings.store, made, dt.datetime.now(dt.UTC), threads=settings.threads)
    click.echo(f"{new:>9,} decisions are new\n{len(made) - new:>9,} were in force before")


def _read(file: Path) -> list[Decision]:
    """The decisions of a CSV file. Raises TableError for what is none, with its row."""
    if not file.is_file():
        raise CallError("there is no such file", where=str(file), todo="name the CSV that the page gave you")
    if file.stat().st_size > _MOST_BYTES:
        raise TableError("more than 64 MB are no list of decisions", where=str(file), todo="part it")
    try:
        lines = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    except (UnicodeDecodeError, csv.Error):
        todo = "download it again from the page"
        raise TableError("this is no CSV in UTF-8", where=str(file), todo=todo) from None
    names = exports.DECISION_COLUMNS
    if lacking := [name for name in names[:5] if lines and name not in lines[0]]:
        raise TableError(
            f"there is no column {lacking[0]}", where=str(file), todo=f"have: {', '.join(names)}"
        )
    if not lines:
        raise TableError("it holds no decision", where=str(file), todo="decide on pairs first")
    return [_decision(row, f"{file}, row {number}") for number, row in enumerate(lines, 2)]


def _decision(row: dict[str, str | None], where: str) -> Decision:
    cells = {name: exports.undefused(row.get(name) or "") for name in exports.DECISION_COLUMNS}
    word, day = cells["decision"].strip().lower(), cells["decided_on"].strip()
    if word not in WORDS:
        raise TableError(f"{word!r} is no decision", where=where, todo="write same, different or undecided")
    try:
        decided = dt.date.fromisoformat(day) if day else dt.date.today()
    except ValueError:
        raise TableError(f"{day!r} is not a day", where=where, todo="write it as 2022-01-05") from None
    if decided > dt.date.today():
        raise TableError(f"{decided} is still to come", where=where, todo="write the day it was decided on")
    one, other = (cells["dataset"], cells["id"]), (cells["other_dataset"], cells["other_id"])
    return Decision(one, other, WORDS[word], decided, cells["note"])
