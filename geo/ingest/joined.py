"""Figures of all sources side by side, for each region and each time between two changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd
import pyarrow as pa

from geo.regions import figures
from geo.schema import FIGURE, given

_KEYS = {"admin1_id": pa.string(), "valid_from": pa.date32(), "valid_to": pa.date32()}


def by_region(tables: Sequence[pa.Table]) -> pa.Table:
    """Per region, the figures to join from each day on which any of them changes, to the next.

    tables: columns of schema.FIGURE that a package gives; of two preferred values of one day, the later
    table's is joined. Returns `figures_by_region` as in store.Tables.
    """
    columns = given(FIGURE)
    every = pa.concat_tables([table.select(columns.names).cast(columns) for table in tables]).to_pandas()
    if every.empty:
        return pa.schema(list(_KEYS.items())).empty_table()
    days = sorted({day for day in map(figures.last_day, every["reference"]) if day})
    turns = [dt.date(1, 1, 1), *days]
    frames = []
    for start, end in zip(turns, [*days, None], strict=True):
        frames.append(figures.join(every, start).assign(valid_from=start, valid_to=end))
    joined = pa.Table.from_pandas(pd.concat(frames, ignore_index=True), preserve_index=False)
    typed = [pa.field(column.name, _KEYS.get(column.name, column.type)) for column in joined.schema]
    return joined.cast(pa.schema(typed))  # without a figure, columns would have no type
