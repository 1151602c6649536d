"""Which of the first rows name the columns: below titles, across two rows, above a row of HXL hashtags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

HXL = re.compile(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z0-9_]+)*", re.IGNORECASE)
"""A hashtag of https://hxlstandard.org: `#geo+lat`."""

_VALUE = re.compile(
    r"[-+(]?\d[\d\s.,:/'’ \-TZ+%°)]*|\d{1,2}\s+\w+\s+\d{4}.*|https?://\S*|true|false", re.IGNORECASE
)


@dataclass(frozen=True)
class Header:
    """names: of the columns, as written. tags: HXL hashtags or "". above: rows up to the first of data.

    under: what the lower of two header rows says of each column; nothing where there is one row.
    """

    names: list[str]
    tags: list[str]
    above: int
    notes: tuple[str, ...]
    under: tuple[str, ...] = ()


def find(rows: Sequence[Sequence[str]], known: frozenset[str] = frozenset()) -> Header:
    """The header among the first rows of a table.

    known: names that columns are known by (folded), which speak for a row. Titles above it have few
    cells; of two header rows the upper one has gaps where cells were merged, which its names fill.
    """
    width = max((_filled(row) for row in rows), default=0)
    wide = [at for at, row in enumerate(rows) if _filled(row) >= (width + 1) // 2 and not is_tags(row)]
    at = wide[0] if wide else 0
    if known:
        at = max(wide[:8], key=lambda one: (_recognised(rows[one], known), -one), default=at)
        if not _recognised(rows[at], known) and wide:
            at = wide[0]
    notes = []
    names = [cell.strip() for cell in rows[at]] if rows else []
    end, under = at + 1, list[str]()
    if at and (upper := _over(rows[at - 1], names)):
        names, under = upper, names
        notes.append(f"two header rows were read as one, such as {_example(names)!r}")
    elif (
        end < len(rows)
        and _is_lower(rows[at], rows[end])
        and (lower := _over(rows[at], _padded(rows[end], names)))
    ):
        names, under, end = lower, [cell.strip() for cell in rows[end]], end + 1
        notes.append(f"two header rows were read as one, such as {_example(names)!r}")
    if at > 1 or (at == 1 and not notes):
        notes.append(f"{at} row{'s' if at > 1 else ''} above the column names passed over")
    tags = [""] * len(names)
    if end < len(rows) and is_tags(rows[end]):
        tags, end = (
            [cell.strip() if HXL.fullmatch(cell.strip()) else "" for cell in _padded(rows[end], names)],
            end + 1,
        )
        notes.append("a row of HXL hashtags names the columns")
    return Header(names, tags, end, tuple(notes), tuple(_padded(under, names)) if under else ())


def is_tags(row: Sequence[str]) -> bool:
    """Whether a row holds HXL hashtags and nothing else."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return bool(cells) and all(HXL.fullmatch(cell) for cell in cells)


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _recognised(row: Sequence[str], known: frozenset[str]) -> int:
    return sum(fold(cell) in known for cell in row)


def _padded(row: Sequence[str], names: list[str]) -> list[str]:
    return [*row, *[""] * len(names)][: max(len(names), len(row))]


def _over(upper: Sequence[str], names: Sequence[str]) -> list[str] | None:
    """The names below merged cells, each with the words above it; None where nothing was merged there."""
    cells = [cell.strip() for cell in upper]
    if (
        _filled(cells) < 2
        or all(cells[: len(names)])
        or any(_VALUE.fullmatch(cell) for cell in cells if cell)
    ):
        return None
    above, joined = "", []
    for at, name in enumerate(names):
        above = cells[at] if at < len(cells) and cells[at] else above
        joined.append(f"{above} {name}".strip() if name and name.strip() != above else above or name)
    return joined


def _is_lower(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the second row names what merged cells of the first left open, and holds no value."""
    gaps = [at for at, cell in enumerate(upper) if not cell.strip()]
    named = [at for at in gaps if at < len(lower) and lower[at].strip()]
    values = any(_VALUE.fullmatch(cell.strip()) for cell in lower if cell.strip())
    return bool(named) and not values and _filled(upper) > 1


def _example(names: list[str]) -> str:
    return max(names, key=lambda name: name.count(" "))


def fold(name: str) -> str:
    """A column name for comparison: small letters and digits, words parted by one space."""
    parted = re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])", " ", name.strip())
    return " ".join(re.findall(r"[^\W_]+", parted.casefold().replace("ё", "е")))
