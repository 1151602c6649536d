"""A table of regional figures as an office sends it: one row for each region, figure and reference date.

Columns are known by their names in English and Russian: region, figure, value, unit, reference date, source;
and, where there are any, url, licence and note. Rows that cannot be read are rejects.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import TableError
from geo.schema import DatePrecision
from geo.sources import cells, dates
from geo.sources.cells import Fault
from geo.sources.files import files
from geo.sources.files.header import fold
from geo.sources.rejects import Reject

Row = dict[str, Any]

COLUMNS = {
    "region": "region admin1 admin1_id admin1_name oblast unit_name регион область аймақ облыс",
    "figure": "figure indicator measure variable показатель индикатор көрсеткіш",
    "value": "value number amount значение число мәні",
    "unit": "unit units единица единица_измерения ед_изм өлшем_бірлігі",
    "reference": "reference reference_date date period year дата период год күні жыл",
    "source": "source publisher источник дереккөз",
    "url": "url link address ссылка сілтеме",
    "licence": "licence license terms лицензия",
    "note": "note notes comment примечание ескерту",
}
"""What a column holds, and the names it is known by; the first six are needed."""
NEEDED = tuple(COLUMNS)[:6]
MOST = 200_000
"""Rows that one file may have."""

_FIGURES = {
    "population": "population people inhabitants население численность_населения халық_саны",
    "area_km2": "area area_km2 площадь территория аумағы",
    "unemployment_rate": "unemployment unemployment_rate уровень_безработицы безработица",
}
_UNITS = {
    "persons": "persons people person inhabitants человек чел адам",
    "km2": "km2 km² кв_км км2 км² sq_km square_kilometres шаршы_км",
    "percent": "percent % проценты процент процентов пайыз",
}
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(
    r"[-+]?\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:[.,]\d+)?|[-+]?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?"
)

_STATED = re.compile(r"\d{4}(?:-\d{2}){0,2}(?=$|\s(?!г|ж))")
_MIDNIGHT = re.compile(r" 00:00(:00)?")
_HOW = "write it as 2022-01-05, 2022-01 or 2022"


@dataclass(frozen=True)
class Figures:
    """What a file holds.

    rows: as COLUMNS, with `row`, the number in the file. whole: rejected rows as text. count: of all rows.
    """

    rows: list[Row]
    rejects: list[Reject]
    whole: list[list[str]]
    header: tuple[str, ...]
    notes: tuple[str, ...]
    count: int


def read(path: Path, *, layer: str = "") -> Figures:
    """Read a file. layer: the worksheet. Raises TableError, CallError."""
    known = {fold(name): role for role, names in COLUMNS.items() for name in names.split()}
    with files.unpacked(path) as table:
        sheet = files.open_sheet(table, layer=layer, known=frozenset(known))
        at: dict[str, str] = {}
        for column in sheet.header:
            role = known.get(fold(column))
            if role and role not in at:
                at[role] = column
        if lacking := [role for role in NEEDED if role not in at]:
            what = f"it lacks a column for {', '.join(lacking)}"
            todo = f"name the columns {', '.join(NEEDED)}"
            raise TableError(what, where=path.name, todo=todo)
        good: list[Row] = []
        rejects: list[Reject] = []
        whole: list[list[str]] = []
        first: dict[tuple[str, ...], int] = {}
        count = 0
        for batch in sheet.read():
            rejects += batch.broken
            for number, cut in zip(batch.numbers.tolist(), batch.cells.to_pylist(), strict=True):
                count += 1
                if count > MOST:
                    todo = "part it into several files"
                    raise TableError(f"it has more than {MOST:,} rows", where=path.name, todo=todo)
                texts = {role: cut[column] or "" for role, column in at.items()}
                row, faults = _row(texts)
                if not faults:
                    key = tuple(
                        str(row[name]).casefold()
                        for name in ("region", "figure", "unit", "reference", "source")
                    )
                    if key in first:
                        faults = [("region", Fault(f"stands in row {first[key]} too", "leave one of them"))]
                    first.setdefault(key, number)
                if faults:
                    whole.append([cut[column] or "" for column in sheet.header])
                    rejects += [
                        Reject(path.name, number, at[role], texts[role], fault.reason, fault.todo)
                        for role, fault in faults
                    ]
                else:
                    good.append(row | {"row": number})
        return Figures(good, rejects, whole, sheet.header, sheet.notes, count)


def _row(texts: dict[str, str]) -> tuple[Row, list[tuple[str, Fault]]]:
    row: Row = dict.fromkeys(COLUMNS)
    faults = []
    for role, text in texts.items():
        try:
            row[role] = _READ.get(role, _text)(text.strip(), role in NEEDED)
        except Fault as fault:
            faults.append((role, fault))
    return row, faults


def _text(text: str, needed: bool) -> str | None:
    if not text and needed:
        raise Fault("is empty", "fill it in")
    if len(text) > cells.LONGEST or "\0" in text:
        raise Fault("is no text of ours", f"write at most {cells.LONGEST:,} characters")
    return " ".join(text.split()) or None


def _number(text: str, needed: bool) -> float:
    plain = _text(text, needed) or ""
    if re.fullmatch(r"[-+]?\d{1,3}[.,]\d{3}", plain) and not plain.lstrip("+-").startswith("0"):
        if "," in plain:
            raise Fault("can be a fraction or thousands", "write it without separators of thousands")
    elif _THOUSANDS.fullmatch(plain):
        plain = re.sub(r"[ \u00a0\u202f'’]", "", plain)
        plain = plain.replace(",", "") if plain.count(",") > 1 or "." in plain else plain
    if not _NUMBER.fullmatch(plain) or len(plain) > 30:
        raise Fault("is not a number", "write it with digits and a decimal point")
    value = float(plain.replace(",", "."))
    if not math.isfinite(value):
        raise Fault("is not a number", "write it with digits and a decimal point")
    return value


def _reference(text: str, needed: bool) -> str:
    """A day, month or year, written as ISO 8601; words after it stay: `2021-10 census`."""
    plain = _text(text, needed) or ""
    if stated := _STATED.match(plain):
        cells.first_day(stated[0])
        return stated[0] if _MIDNIGHT.fullmatch(plain[stated.end() :]) else plain
    try:
        found = dates.read(plain)
    except Fault as fault:
        raise Fault(fault.reason, _HOW) from None
    if found.precision == DatePrecision.DAY:
        return f"{found.start}"
    if found.precision == DatePrecision.MONTH:
        return f"{found.start:%Y-%m}"
    year = (found.start.replace(month=1, day=1), found.start.replace(month=12, day=31))
    if (found.start, found.end) != year:
        raise Fault("is no day, month or year", _HOW)
    return f"{found.start:%Y}"


def _figure(text: str, needed: bool) -> str:
    plain = _plain(_text(text, needed) or "")
    if not re.search(r"[^\W\d]", plain):
        raise Fault("is no name of a figure", "name it, such as population")
    return next((name for name, words in _FIGURES.items() if plain in words.split()), plain)


def _unit(text: str, needed: bool) -> str:
    plain = _text(text, needed) or ""
    return next((unit for unit, words in _UNITS.items() if _plain(plain) in words.split()), plain)


def _plain(text: str) -> str:
    return re.sub(r"[^\w%²]+", "_", text.casefold()).strip("_")


_READ = {"value": _number, "reference": _reference, "figure": _figure, "unit": _unit}
