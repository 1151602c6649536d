"""A file that somebody brings becomes a delivery to a store: looked at, checked, placed, compared, added.

`preview` says how a file would be read, `check` what would become of each row, `deliver` does it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from geo import ingest
from geo.errors import CallError, RejectedRows
from geo.ingest.packages import Atlas
from geo.ingest.place import Placer
from geo.ingest.report import LISTED, Progress, Report, Sink, reason_of, rejects_file
from geo.settings import Settings
from geo.sources import providers
from geo.sources.dates import Order
from geo.sources.files import files
from geo.sources.known import reported_on
from geo.sources.providers import Options, Source
from geo.sources.rejects import Reject
from geo.store import TOLD, Delivery, Staging, appending


@dataclass(frozen=True)
class Preview:
    """How a file would be read. roles: of the columns of a table. first: its first rows, as text."""

    kind: str
    header: tuple[str, ...]
    notes: tuple[str, ...]
    roles: dict[str, str]
    first: list[dict[str, str]]


Watch = Callable[[Progress], None]


def preview(path: Path, options: Options | None = None, rows: int = 5) -> Preview:
    """How a file would be read. Raises TableError, CallError or Undecided."""
    with files.unpacked(path) as table:
        source = providers.open_source(table, options)
        first: list[dict[str, str]] = []
        for batch in source.sheet.read():
            first = batch.cells.slice(0, rows).to_pylist()
            break
        roles = dict(source.roles.by) if source.roles else {}
        return Preview(source.kind, source.sheet.header, (*source.sheet.notes, *source.notes), roles, first)


def check(
    settings: Settings, path: Path, options: Options | None = None, atlas: Atlas | None = None
) -> Report:
    """What would become of each row; nothing is written. Raises as `preview` does."""
    with files.unpacked(path) as table:
        source = providers.open_source(table, options)
        report = Report(source.kind, [*source.sheet.notes, *source.notes])
        for _ in _read(source, atlas or Atlas.open(settings), report, Progress(), _nowhere, _unwatched):
            pass
        return report


def _nowhere(rejects: list[Reject], rows: list[list[str]], header: tuple[str, ...]) -> None:
    """Rejects that nobody wants."""


def _unwatched(progress: Progress) -> None:
    """Progress that nobody looks at."""


def deliver(
    settings: Settings,
    path: Path,
    options: Options | None = None,
    *,
    dataset: str = "",
    delivered: dt.date | None = None,
    whole: bool | None = None,
    sink: Sink = _nowhere,
    watch: Watch = _unwatched,
    atlas: Atlas | None = None,
) -> Report:
    """Add a file to the store, which is made where there is none.

    dataset: its name; the kind or the name of the file where not said. delivered: the day on which it was
    received. whole: it replaces what was delivered before, or adds to it; None asks where that matters.
    atlas: where it is open already.
    Raises RejectedRows when no row can be used, and as `preview` and `appending` do; then nothing is changed.
    """
    delivered = delivered or dt.date.today()
    if delivered > dt.date.today():
        raise CallError(
            "the day is still to come", where=f"--delivered {delivered}", todo="leave it out for today"
        )
    with ExitStack() as stack:
        table = stack.enter_context(files.unpacked(path))
        source = providers.open_source(table, options)
        given = Delivery(
            dataset=_name(dataset or (source.kind if source.about else path.name.split(".")[0])),
            delivered=delivered,
            file=path.name,
            sha256=_checksum(path),
            kind=source.kind,
            whole=whole,
            adds_up=source.adds_up,
            about=source.about,
        )
        report = Report(source.kind, [*source.sheet.notes, *source.notes], dataset=given.dataset)
        if not settings.store.exists():
            ingest.begin(settings)
        atlas = atlas or Atlas.open(settings)
        staging = stack.enter_context(appending(settings.store, given, threads=settings.threads))
        progress = Progress(total=source.sheet.size)
        for placed, told in _read(source, atlas, report, progress, sink, watch):
            staging.add(placed, told)
        _without_repeated(staging, source, report, sink)
        if not report.good:
            raise _hopeless(path, report)
        report.outcome = staging.compare()
        if report.outcome.added or report.outcome.changed or report.outcome.dropped:
            areas = ingest.areas_of(staging.areas(), [], atlas)
            staging.apply(report.outcome, areas, dt.datetime.now(dt.UTC), report.rejected)
        return report


def _name(text: str) -> str:
    """A name for a data set: small letters, digits and dashes."""
    plain = re.sub(r"[^\w-]+", "-", text.casefold()).strip("-_")
    if not plain:
        raise CallError(
            f"{text!r} is no name of a data set", where="--dataset", todo="use letters and digits"
        )
    return plain


def _checksum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read(
    source: Source, atlas: Atlas, report: Report, progress: Progress, sink: Sink, watch: Watch
) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Placed events and who told of them, batch by batch; the rest is counted on the way."""
    placer = Placer(atlas, source.sheet.name)
    for batch, events in source.batches():
        report.rows += len(batch.cells) + len(batch.broken)
        report.take(events.rejects)
        report.passed.update(events.passed)
        if events.rejects:
            rows = [list(row.values()) for row in batch.cells.take(pa.array(events.rejected)).to_pylist()]
            sink(events.rejects, rows, source.sheet.header)
        report.good += len(events.table)
        placed = placer.place(events.table)
        for flags in (events.flags, placer.flags):
            report.flagged.update(reason_of(one.reason) for one in flags)
            report.flags += flags[: LISTED - len(report.flags)]
        report.unplaced_count += len(placer.unplaced)
        report.unplaced += placer.unplaced[: LISTED - len(report.unplaced)]
        placer.flags.clear()
        placer.unplaced.clear()
        progress.rows, progress.rejected, progress.done = report.rows, report.rejected, batch.done
        watch(replace(progress))
        yield placed, _told(events.table, placed)


def _told(events: pa.Table, placed: pa.Table) -> pa.Table:
    """Tellings as rows of TOLD. A telling without words of its own has those of the event."""
    lists = events["tellings"].combine_chunks()
    of = pc.list_parent_indices(lists)
    flat = pc.list_flatten(lists)
    columns: dict[str, Any] = {
        "row": events["row"].take(of),
        "incident_id": events["id"].take(of),
        **{name: pc.struct_field(flat, name) for name in ("key", "publisher", "url", "reported")},
        "summary": pc.coalesce(pc.struct_field(flat, "summary"), events["summary"].combine_chunks().take(of)),
    }
    latest = placed["date_latest"].take(of).to_pylist()
    known: dict[tuple[str | None, dt.date], tuple[dt.date, str]] = {}
    for pair in zip(columns["reported"].to_pylist(), latest, strict=True):
        if pair not in known:
            known[pair] = reported_on(*pair)
    pairs = [known[pair] for pair in zip(columns["reported"].to_pylist(), latest, strict=True)]
    columns["reported_on"] = pa.array([day for day, _ in pairs], pa.date32())
    columns["reported_basis"] = pa.array([basis for _, basis in pairs], pa.string())
    return pa.table(columns).select(TOLD.names).cast(TOLD)


def _without_repeated(staging: Staging, source: Source, report: Report, sink: Sink) -> None:
    """Rows whose identifier an earlier row of the file has are rejects."""
    repeated = staging.repeated()
    if not repeated:
        return
    rejects = [
        Reject(
            source.sheet.name,
            row["row"],
            "id",
            row["id"],
            f"stands in row {row['first']} too",
            "leave one of them",
        )
        for row in repeated
    ]
    report.take(rejects)
    report.good -= len(rejects)
    sink(rejects, [], source.sheet.header)


def _hopeless(path: Path, report: Report) -> RejectedRows:
    if not report.rejected:
        passed = ", ".join(f"{count:,} are {why}" for why, count in report.passed.items()) or "it has no rows"
        return RejectedRows(f"it holds no events: {passed}", where=path.name, todo="send another file")
    reason, count = report.reasons.most_common(1)[0]
    what = f"none of {report.rows:,} rows can be used; {count:,} of them: column {reason}"
    return RejectedRows(
        what, where=path.name, todo="see the rejects, or say what the columns hold with --map"
    )


__all__ = ["Options", "Order", "Preview", "Progress", "Report", "check", "deliver", "preview", "rejects_file"]
