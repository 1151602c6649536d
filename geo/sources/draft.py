"""Columns of text become columns of values: each distinct cell is read once, and its faults are kept.

A `Draft` is a batch of rows on its way to events. What a reader cannot take is noted against the row;
in the end rows with a fault go out as rejects, and the others as a table of EVENT.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.schema import INCIDENT
from geo.sources import numbers
from geo.sources.cells import LONGEST, Fault
from geo.sources.files.sheet import Batch
from geo.sources.rejects import Reject

Mask = npt.NDArray[np.bool_]

_OWN = [
    *["id", "title", "date_start", "date_end", "date_precision", "time_local", "place", "place_text"],
    *[
        "location_precision",
        "event_type",
        "sub_event_type",
        "source_type",
        "actors",
        "summary",
        "lon",
        "lat",
        "place_note",
    ],
    *["fatalities_low", "fatalities_best", "fatalities_high", "injured_low", "injured", "injured_high"],
    *["arrested_low", "arrested", "arrested_high", "participants_low", "participants", "participants_high"],
]

TELLING = pa.struct(
    [pa.field(name, pa.string()) for name in ("key", "publisher", "url", "reported", "summary")]
)
"""Who told of an event: key tells it from others of the event; reported is a day, month or year."""

EVENT = pa.schema(
    [
        pa.field("row", pa.int64()),
        *[pa.field(name, INCIDENT.field(name).type) for name in _OWN],
        pa.field("country", pa.string()),
        pa.field("region", pa.string()),
        pa.field("area", pa.string()),
        pa.field("tellings", pa.list_(TELLING)),
    ]
)
"""One event as a provider's row tells it.

country, region: in the provider's words, or their identifiers. area: identifier of an area. place: None
where the row only has coordinates, which are EPSG:4326.
"""


@dataclass(frozen=True)
class Events:
    """What became of a batch: good rows as EVENT, and the rest with its faults.

    rejected: positions in the batch of rows that were left out. passed: rows that are no events, by
    reason. flags: what a person should look at in rows that were kept.
    """

    table: pa.Table
    rejects: list[Reject] = field(default_factory=list)
    rejected: npt.NDArray[np.intp] = field(default_factory=lambda: np.array([], dtype=np.intp))
    passed: Counter[str] = field(default_factory=Counter)
    flags: list[Reject] = field(default_factory=list)


class Draft:
    """One batch being read."""

    def __init__(self, name: str, batch: Batch) -> None:
        self.name, self.batch = name, batch
        self.length = len(batch.cells)
        self._faults: dict[int, tuple[str, str, Fault]] = {}
        self._flags: list[Reject] = []
        self._passed: Mask = np.zeros(self.length, dtype=bool)
        self._why: Counter[str] = Counter()

    def text(self, column: str) -> pa.ChunkedArray:
        """The cells of a column without blanks around them; null where blank."""
        cells = pc.utf8_trim_whitespace(self.batch.cells[column])
        cells = pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells)
        for sign, fault in _UNFIT:
            found = pc.match_substring(cells, sign)
            if pc.any(found).as_py():
                self._note(column, found.fill_null(False).to_numpy(zero_copy_only=False), fault)
        if (pc.max(pc.utf8_length(cells)).as_py() or 0) > LONGEST:
            long = pc.greater(pc.utf8_length(cells), LONGEST).fill_null(False)
            fault = Fault(f"is longer than {LONGEST:,} characters", "shorten it")
            self._note(column, long.to_numpy(zero_copy_only=False), fault)
        return cells

    def read(self, column: str, one: Callable[[str], Any], *, required: bool = False) -> Values:
        """The values of a column, each distinct cell read once. A cell that raises Fault spoils its row."""
        cells = self.text(column)
        coded = pc.dictionary_encode(cells.combine_chunks())
        values: list[Any] = []
        bad: dict[int, Fault] = {}
        for code, text in enumerate(coded.dictionary.to_pylist()):
            try:
                values.append(one(text))
            except Fault as fault:
                values.append(None)
                bad[code] = fault
        codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        for at in np.flatnonzero(np.isin(codes, list(bad))) if bad else ():
            self.fault(int(at), column, bad[int(codes[at])])
        if required:
            self._note(column, codes < 0, Fault("is empty", "fill it in"))
        return Values(codes, values)

    def degrees(self, column: str, axis: str) -> npt.NDArray[np.float64]:
        """Coordinates of a column, NaN where blank. axis: `lat` or `lon`. Plain decimals are read at once."""
        cells = self.text(column).combine_chunks()
        plain = pc.match_substring_regex(cells, r"^-?\d{1,3}(\.\d+)?$").fill_null(False)
        found: npt.NDArray[np.float64] = (
            pc.if_else(plain, cells, None).cast(pa.float64()).to_numpy(zero_copy_only=False).copy()
        )
        others = pc.and_(pc.is_valid(cells), pc.invert(plain)).to_numpy(zero_copy_only=False)
        for at in np.flatnonzero(others | (np.abs(found) > numbers.MOST[axis])):
            try:
                found[at] = numbers.degrees(cells[at].as_py(), axis)
            except Fault as fault:
                found[at] = np.nan
                self.fault(int(at), column, fault)
        return found

    def fault(self, at: int, column: str, fault: Fault) -> None:
        """Note what is wrong with a row; the first fault of a row is the one that is told."""
        if at not in self._faults:
            value = self.batch.cells[column][at].as_py() if column in self.batch.cells.column_names else ""
            self._faults[at] = (column, value, fault)

    def flag(self, at: int, column: str, reason: str, todo: str) -> None:
        """Note what a person should look at in a row that is kept."""
        value = self.batch.cells[column][at].as_py() if column in self.batch.cells.column_names else ""
        self._flags.append(Reject(self.name, int(self.batch.numbers[at]), column, value, reason, todo))

    def passover(self, mask: Mask, why: str) -> None:
        """Leave rows out that are no events at all."""
        fresh = mask & ~self._passed
        self._passed |= fresh
        if fresh.any():
            self._why[why] += int(fresh.sum())

    def _note(self, column: str, mask: Mask, fault: Fault) -> None:
        for at in np.flatnonzero(mask):
            self.fault(int(at), column, fault)

    def finish(self, columns: dict[str, Any]) -> Events:
        """The events of the rows without a fault. columns: by name of EVENT; those left out are empty."""
        made = []
        for kind in EVENT:
            cells = columns.get(kind.name)
            if kind.name == "row":
                cells = pa.array(self.batch.numbers, pa.int64())
            elif cells is None:
                cells = pa.nulls(self.length, kind.type)
            elif isinstance(cells, str):
                cells = pa.repeat(pa.scalar(cells, kind.type), self.length)
            elif isinstance(cells, np.ndarray) and cells.dtype == np.float64:
                cells = pa.array(cells, kind.type, from_pandas=True)
            elif isinstance(cells, pa.ChunkedArray):
                cells = cells.combine_chunks()
            elif not isinstance(cells, pa.Array):
                cells = pa.array(cells, kind.type)
            made.append(cells.cast(kind.type) if cells.type != kind.type else cells)
        table = pa.Table.from_arrays(made, schema=EVENT)
        spoilt = np.array(sorted(at for at in self._faults if not self._passed[at]), dtype=np.intp)
        out = self._passed.copy()
        out[spoilt] = True
        rejects = list(self.batch.broken)
        for at in spoilt:
            column, value, fault = self._faults[int(at)]
            number = int(self.batch.numbers[at])
            rejects.append(Reject(self.name, number, column, value, fault.reason, fault.todo))
        gone = {int(self.batch.numbers[at]) for at in np.flatnonzero(out)}
        flags = [flag for flag in self._flags if flag.row not in gone]
        return Events(table.filter(pa.array(~out)), rejects, spoilt, self._why, flags)


@dataclass(frozen=True)
class Values:
    """A column by its distinct values: codes point into values, -1 where the cell is blank."""

    codes: npt.NDArray[np.int32]
    values: Sequence[Any]

    def array(self, kind: pa.DataType, get: Callable[[Any], Any] = lambda value: value) -> pa.Array:
        """The column as Arrow. get: what of each value is wanted; None stays None."""
        distinct = pa.array([None if value is None else get(value) for value in self.values], kind)
        return distinct.take(pa.array(self.codes, pa.int32(), mask=self.codes < 0))

    def list(self) -> list[Any]:
        """The value of each row, None where blank."""
        return [None if code < 0 else self.values[code] for code in self.codes]


_UNFIT = (
    ("\0", Fault("holds a NUL character", "remove it")),
    ("\ufffd", Fault("holds bytes that are no letters of its encoding", "correct it, or name --encoding")),
)


def tellings(
    names: Values, otherwise: list[str], reported: pa.Array | None, summaries: pa.ChunkedArray
) -> pa.Array:
    """One TELLING for each name of a row's list, with the row's day and words. otherwise: for a blank."""
    distinct = pa.array([*names.values, otherwise], pa.list_(pa.string()))
    codes = np.where(names.codes < 0, len(names.values), names.codes)
    lists = distinct.take(pa.array(codes, pa.int64()))
    of = pc.list_parent_indices(lists)
    starts = lists.offsets.to_numpy()[:-1]
    keys = np.arange(len(of)) - starts[of.to_numpy()] + 1
    blank = pa.nulls(len(of), pa.string())
    parts = [pa.array(keys).cast(pa.string()), lists.flatten(), blank]
    parts += [reported.take(of) if reported is not None else blank, summaries.combine_chunks().take(of)]
    told = pa.StructArray.from_arrays(parts, fields=list(TELLING))
    return pa.ListArray.from_arrays(lists.offsets, told)


def code_of(codes: Collection[str]) -> Callable[[str], str]:
    """Reads a cell that holds one of these codes; spreadsheets write `1` as `1.0`."""

    def read_code(text: str) -> str:
        plain = text.removesuffix(".0")
        if plain not in codes:
            raise Fault("is not a code of this column", f"use one of: {', '.join(codes)}")
        return plain

    return read_code
