"""The features of a file become units of a country: by identifier, by name, and by land where names fail.

What cannot be told is asked, not guessed: a feature that no known unit matches, a known unit that the file
lacks, a name that two units have.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.errors import BoundaryError, CallError, Undecided
from geo.gazetteer.fold import latin
from geo.ingest.units import Known, said
from geo.regions.coverage import share_within
from geo.schema import CRS

ELSEWHERE = 0.3
"""A unit of which less than this share lies where it was known is pointed out."""
_SHOWN = 5


@dataclass(frozen=True)
class Wanted:
    """How the features of a file are to be read.

    name_column, id_column: "" where not said. whole: there were no other units (True), the others stay as
    they are (False), or nobody has said (None).
    """

    admin0: str
    day: dt.date
    name_column: str = ""
    id_column: str = ""
    whole: bool | None = None


def labels(texts: pd.DataFrame, known: Known, wanted: Wanted, where: str) -> tuple[list[str], list[str]]:
    """What each feature is called, and a note of the column. Raises CallError, Undecided."""
    for option, column in (("--name-column", wanted.name_column), ("--id-column", wanted.id_column)):
        if column and column not in texts:
            todo = f"choose from: {', '.join(texts.columns[:30])}"
            raise CallError(f"no column is called {column!r}", where=option, todo=todo)
    if wanted.name_column:
        return [text or f"feature {at}" for at, text in enumerate(texts[wanted.name_column], 1)], []
    scores = {
        column: len({one for text in cells if len(found := known.named(text)) for one in found})
        for column, cells in texts.items()
        if cells.nunique() > 1 or len(texts) == 1
    }
    best = max(scores, key=lambda column: scores[column], default=None)
    if best is None or not scores[best]:
        if wanted.id_column:
            return list(texts[wanted.id_column]), []
        todo = f"say which with --name-column: {', '.join(texts.columns[:30]) or 'it has no column'}"
        what = f"no column holds names of units of {wanted.admin0} that are known on {wanted.day}"
        raise Undecided(what, where=where, todo=todo)
    column = str(best)
    named = [text or f"feature {at}" for at, text in enumerate(texts[column], 1)]
    return named, [f"names were read from column {column!r}"]


def match(
    texts: pd.DataFrame,
    names: list[str],
    shapes: npt.NDArray[np.object_],
    known: Known,
    wanted: Wanted,
    where: str,
) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Units with columns id, name, kind, geometry, and what to know of them.

    names: what each feature is called. Raises Undecided, BoundaryError.
    """
    codes = list(texts[wanted.id_column]) if wanted.id_column else [""] * len(names)
    ids = [
        _meant(name, code, shape, known, where)
        for name, code, shape in zip(names, codes, shapes, strict=True)
    ]
    _ask_of_unknown([name for name, key in zip(names, ids, strict=True) if key is None], wanted, where)
    rows: dict[str, dict[str, Any]] = {}
    notes = []
    for name, code, key, shape in zip(names, codes, ids, shapes, strict=True):
        new = key is None
        key = key or _identifier(wanted.admin0, code or name)
        if key in rows:
            if rows[key]["said"] != name:
                what = f"{rows[key]['said']!r} and {name!r} are both {key}"
                raise BoundaryError(what, where=where, todo="choose other columns, or leave one of them out")
            rows[key]["geometry"] = shapely.union_all([rows[key]["geometry"], shape])
            continue
        unit = {"id": key, "name": name, "kind": said(name)[1] or "region", "said": name, "geometry": shape}
        if not new:
            unit |= {"name": known.units.at[key, "name"], "kind": known.units.at[key, "kind"]}
        rows[key] = unit
    for name, count in Counter(names).items():
        if count > 1 and len({key for one, key in zip(names, ids, strict=True) if one == name}) == 1:
            notes.append(f"{count} features called {name} were joined into one unit")
    notes += _told(rows, known, wanted, where)
    frame = gpd.GeoDataFrame(list(rows.values()), geometry="geometry", crs=CRS)
    return frame[["id", "name", "kind", "geometry"]], notes


def _meant(name: str, code: str, shape: Any, known: Known, where: str) -> str | None:
    """The unit of a feature; None where none is known. Raises Undecided where two are."""
    found = (known.coded(code) if code else set()) or known.named(name)
    if len(found) < 2:
        return next(iter(found), None)
    if drawn := known.drawn(shape, found):
        return drawn
    what = f"{name!r} can be {' or '.join(sorted(found))}"
    raise Undecided(what, where=where, todo="name a column of identifiers with --id-column")


def _ask_of_unknown(unknown: list[str], wanted: Wanted, where: str) -> None:
    if not unknown or wanted.whole:
        return
    what = f"no unit of {wanted.admin0} that is known on {wanted.day} is called {_listed(unknown)}"
    todo = (
        "mend the names, choose others with --name-column, or say --whole if these are all units there were"
    )
    kind = Undecided if wanted.whole is None else BoundaryError
    raise kind(what, where=where, todo=todo)


def _told(rows: dict[str, Any], known: Known, wanted: Wanted, where: str) -> list[str]:
    """Units that are missing, that are new, and that lie elsewhere. Raises Undecided."""
    missing = [key for key in known.units.index if key not in rows]
    new = [key for key in rows if key not in known.units.index]
    notes = []
    if missing and wanted.whole is None:
        lacking = f"{len(missing)} of the {len(known.units)} units known on {wanted.day}"
        what = f"it lacks {lacking}: {_listed(missing)}"
        todo = (
            "give the days it shows with --valid-from and --valid-to, or say --part if these stay as they are"
        )
        raise Undecided(what, where=where, todo=todo)
    if missing:
        fate = "did not exist then" if wanted.whole else "stay as they are"
        notes.append(f"{_listed(missing)} {fate}")
    if new:
        notes.append(f"new units: {_listed(new)}")
    for key, row in rows.items():
        if key in known.land and share_within(row["geometry"], known.land[key]) < ELSEWHERE:
            share = share_within(row["geometry"], known.land[key])
            notes.append(f"look at {row['said']} ({key}): {share:.0%} of it lies where the unit was known")
    return notes


def _identifier(admin0: str, text: str) -> str:
    """`KZ-abai` for a unit that is new."""
    plain = re.sub(r"[^a-z0-9]+", "-", latin(text).replace("'", "")).strip("-")
    return plain.upper() if re.fullmatch(rf"{admin0.lower()}-?\d+", plain) else f"{admin0}-{plain}"


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(str(name)[:60] for name in names[:_SHOWN]) + more
