"""The rows of a file, read and placed batch by batch, and counted on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from geo.ingest.packages import Atlas
from geo.ingest.place import Placer
from geo.ingest.report import LISTED, Progress, Report, Sink, reason_of
from geo.sources.files.limits import BATCH_ROWS
from geo.sources.known import reported_on
from geo.sources.providers import Source
from geo.sources.rejects import Reject
from geo.store import TOLD

Watch = Callable[[Progress], None]


def unwatched(progress: Progress) -> None:
    """Progress that nobody looks at."""


def unheard(rejects: list[Reject], rows: list[list[str]], header: tuple[str, ...]) -> None:
    """Rejects that nobody wants."""


def read(
    source: Source,
    atlas: Atlas,
    report: Report,
    *,
    sink: Sink = unheard,
    watch: Watch = unwatched,
    most: int = BATCH_ROWS,
) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Placed events (STAGED) and who told of them (TOLD), at most so many rows at a time."""
    progress = Progress(total=source.sheet.size)
    placer = Placer(atlas, source.sheet.name)
    for batch, events in source.batches(most):
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
        yield placed, told(events.table, placed)


def told(events: pa.Table, placed: pa.Table) -> pa.Table:
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


def repeated(source: Source, rows: list[dict[str, Any]], report: Report, sink: Sink) -> None:
    """Rows whose identifier an earlier row of the file has become rejects. rows: row, id, first."""
    if not rows:
        return
    todo = "leave one of them"
    rejects = [
        Reject(source.sheet.name, row["row"], "id", row["id"], f"stands in row {row['first']} too", todo)
        for row in rows
    ]
    report.take(rejects)
    report.good -= len(rejects)
    sink(rejects, [], source.sheet.header)
