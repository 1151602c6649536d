"""A file that somebody brings becomes a delivery to a store: looked at, checked, placed, compared, added.

`preview` says how a file would be read, `check` what would become of each row, `deliver` does it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from geo import ingest
from geo.errors import CallError, RejectedRows
from geo.ingest import reading
from geo.ingest.packages import Atlas
from geo.ingest.reading import Watch
from geo.ingest.report import Progress, Report, Sink, rejects_file
from geo.settings import Settings
from geo.sources import providers
from geo.sources.dates import Order
from geo.sources.files import files
from geo.sources.providers import Options
from geo.store import Delivery, appending


@dataclass(frozen=True)
class Preview:
    """How a file would be read. roles: of the columns of a table. first: its first rows, as text.

    why: for each role `name`, `tag`, `values` or `said`. layers: worksheets or layers to choose from, and
    layer the one that is read. found: `encoding` and `delimiter` of a text file. order: in which days are
    read. fault: what the caller still has to say before it can be read.
    """

    kind: str
    header: tuple[str, ...]
    notes: tuple[str, ...]
    roles: dict[str, str]
    first: list[dict[str, str]]
    why: Mapping[str, str] = field(default_factory=dict)
    layers: tuple[str, ...] = ()
    layer: str = ""
    found: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None
    fault: CallError | None = None


def preview(path: Path, options: Options | None = None, rows: int = 5) -> Preview:
    """How a file would be read. Raises TableError or CallError."""
    with files.unpacked(path) as table:
        source = providers.look(table, options)
        sheet, roles = source.sheet, source.roles
        first: list[dict[str, str]] = []
        for batch in sheet.read():
            first = batch.cells.slice(0, rows).to_pylist()
            break
        return Preview(
            source.kind,
            sheet.header,
            (*sheet.notes, *source.notes),
            dict(roles.by) if roles else {},
            first,
            dict(roles.why) if roles else {},
            sheet.layers,
            sheet.layer,
            sheet.found,
            source.order,
            source.fault,
        )


def parts(path: Path) -> tuple[str, ...]:
    """Worksheets or layers to choose from, of a file that may be unreadable by itself. Raises TableError."""
    with files.unpacked(path) as table:
        return files.parts(table)


def check(
    settings: Settings, path: Path, options: Options | None = None, atlas: Atlas | None = None
) -> Report:
    """What would become of each row; nothing is written. Raises as `preview` does."""
    with files.unpacked(path) as table:
        source = providers.open_source(table, options)
        report = Report(source.kind, [*source.sheet.notes, *source.notes])
        for _ in reading.read(source, atlas or Atlas.open(settings), report):
            pass
        return report


def deliver(
    settings: Settings,
    path: Path,
    options: Options | None = None,
    *,
    dataset: str = "",
    delivered: dt.date | None = None,
    whole: bool | None = None,
    sink: Sink = reading.unheard,
    watch: Watch = reading.unwatched,
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
            dataset=name_of(dataset or (source.kind if source.about else path.name.split(".")[0])),
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
        staging = stack.enter_context(appending(settings.store, given, threads=settings.threads))
        atlas = atlas or Atlas.open(settings)  # nobody adds boundaries from here on
        for placed, told in reading.read(source, atlas, report, sink=sink, watch=watch):
            staging.add(placed, told)
        reading.repeated(source, staging.repeated(), report, sink)
        if not report.good:
            raise hopeless(path.name, report)
        report.outcome = staging.compare()
        if report.outcome.added or report.outcome.changed or report.outcome.dropped:
            areas = ingest.areas_of(staging.areas(), [], atlas)
            staging.apply(report.outcome, areas, dt.datetime.now(dt.UTC), report.rejected)
        return report


def name_of(text: str) -> str:
    """A name for a data set: small letters, digits and dashes. Raises CallError where none are left."""
    plain = re.sub(r"[^\w-]+", "-", text.casefold()).strip("-_")
    if not plain:
        raise CallError(
            f"{text!r} is no name of a data set", where="--dataset", todo="use letters and digits"
        )
    return plain


def _checksum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def hopeless(name: str, report: Report) -> RejectedRows:
    """Why nothing came of a file of this name."""
    if not report.rejected:
        passed = ", ".join(f"{count:,} are {why}" for why, count in report.passed.items()) or "it has no rows"
        return RejectedRows(f"it holds no events: {passed}", where=name, todo="send another file")
    reason, count = report.reasons.most_common(1)[0]
    what = f"none of {report.rows:,} rows can be used; {count:,} of them: column {reason}"
    return RejectedRows(what, where=name, todo="see the rejects, or say what the columns hold with --map")


__all__ = [
    "Options",
    "Order",
    "Preview",
    "Progress",
    "Report",
    "check",
    "deliver",
    "hopeless",
    "name_of",
    "parts",
    "preview",
    "rejects_file",
]
