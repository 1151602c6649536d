"""What every kind of file is turned into: named columns of text, in batches, each row with its number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.sources.rejects import Reject

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Batch:
    """Some rows of a sheet.

    cells: one string column per column of the sheet; a blank cell is the empty string.
    numbers: the number of each row as a spreadsheet shows it. broken: what could not be cut into
    cells. done: bytes of the file, or rows where they are counted, read so far.
    """

    cells: pa.Table
    numbers: Numbers
    broken: tuple[Reject, ...] = ()
    done: int = 0


@dataclass(frozen=True)
class Sheet:
    """A table of text. `read` starts from the first row each time it is called.

    header: names of the columns, each different. tags: the HXL hashtag of each column, or "".
    notes: what was seen and done on the way, for the person who confirms it. size: what
    `Batch.done` counts up to. layers: worksheets or layers to choose from, where there are several, and
    layer the one read. found: `encoding` and `delimiter` of a text file. under: what the lower of two
    header rows says of each column.
    """

    name: str
    header: tuple[str, ...]
    read: Callable[[], Iterator[Batch]]
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    size: int = 0
    named: bool = field(default=True)
    """Whether the columns have names of their own; GDELT's have none."""
    layers: tuple[str, ...] = ()
    layer: str = ""
    found: Mapping[str, str] = field(default_factory=dict)
    under: tuple[str, ...] = ()


def texts(rows: list[list[str]], header: tuple[str, ...]) -> pa.Table:
    """Rows of equal length as a table of strings."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(header)
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in zip(header, columns, strict=True)})


def different(names: list[str]) -> tuple[str, ...]:
    """Names of columns made different from each other: the second `Date` is `Date (2)`."""
    done: list[str] = []
    for at, name in enumerate(names, start=1):
        plain = " ".join(name.split()) or f"column {at}"
        again, given = 1, plain
        while given in done:
            again += 1
            given = f"{plain} ({again})"
        done.append(given)
    return tuple(done)


def parted(batches: Iterator[Batch], most: int) -> Iterator[Batch]:
    """The same rows in batches of at most so many; `done` grows evenly over those of one batch."""
    before = 0
    for batch in batches:
        count = len(batch.cells)
        for start in range(0, count, most) if count > most else ():
            end = min(start + most, count)
            done = before + (batch.done - before) * end // count
            broken = batch.broken if end == count else ()
            yield Batch(batch.cells.slice(start, most), batch.numbers[start:end], broken, done)
        if count <= most:
            yield batch
        before = batch.done


def without_blanks(batch: Batch) -> Batch:
    """The rows that hold anything."""
    blank: npt.NDArray[np.intp] = np.arange(len(batch.cells))
    for column in batch.cells.columns:
        if not len(blank):
            return batch
        some = pc.utf8_trim_whitespace(column.take(pa.array(blank)))
        blank = blank[pc.equal(some, "").to_numpy(zero_copy_only=False).astype(bool)]
    if not len(blank):
        return batch
    kept = np.delete(np.arange(len(batch.cells)), blank)
    return replace(batch, cells=batch.cells.take(pa.array(kept)), numbers=batch.numbers[kept])
