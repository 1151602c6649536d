"""Numbers as people write them: degrees in three notations, decimal commas, counts with separators."""

from __future__ import annotations

import re

from geo.sources.cells import Fault

_DECIMAL = re.compile(r"[-+]?\d{1,9}(?:[.,]\d+)?")
_DEGREES = re.compile(
    r"""(?P<before>[NSEWСЮВЗ])?\s*
        (?P<degrees>[-+]?\d{1,3}(?:[.,]\d+)?)\s*[°ºd˚]?\s*
        (?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*(?:['′’‘m]|\s|$|(?=[NSEWСЮВЗ]))\s*)?
        (?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:["″”s]|''|′′|’’)?)?\s*
        (?P<after>[NSEWСЮВЗ]|с\.?\s?ш\.?|ю\.?\s?ш\.?|в\.?\s?д\.?|з\.?\s?д\.?)?""",
    re.VERBOSE | re.IGNORECASE,
)
_SIDES = {"N": ("lat", 1), "С": ("lat", 1), "S": ("lat", -1), "Ю": ("lat", -1)}
_SIDES |= {"E": ("lon", 1), "В": ("lon", 1), "W": ("lon", -1), "З": ("lon", -1)}
MOST = {"lat": 90.0, "lon": 180.0}
_LONG = {"lat": "latitude", "lon": "longitude"}
_COUNT = re.compile(r"[-+]?(?:\d{1,18}|\d{1,3}(?:[ \u00a0\u202f'’.,]\d{3})+)(?:[.,]0+)?")
_PAIR = re.compile(r"\s*[,;]\s+|\s*;\s*|\s*/\s*|(?<=[NSns])\s*,?\s*")
HOW = "write degrees such as 43.2567"


def degrees(text: str, axis: str) -> float:
    """Degrees from `43.25`, `43,25`, `43°15'24"N` or `N 43 15 24`. axis: `lat` or `lon`. Raises Fault."""
    plain = text.strip()
    if _DECIMAL.fullmatch(plain):
        value = float(plain.replace(",", "."))
    else:
        found = _DEGREES.fullmatch(plain)
        if not found or not re.search(r"\d", plain):
            raise Fault("is no coordinate", HOW)
        value = _from_parts(found)
        letter = (found["before"] or found["after"] or "")[:1].upper()
        if letter:
            side, sign = _SIDES[letter]
            if side != axis:
                raise Fault(
                    f"is a {_LONG[side]} where a {_LONG[axis]} is wanted: the columns look swapped",
                    "say --map lat=COLUMN --map lon=COLUMN",
                )
            value = sign * abs(value)
    if abs(value) > MOST[axis]:
        what = f"is beyond {MOST[axis]:.0f} degrees of {_LONG[axis]}"
        if abs(value) > 400:
            raise Fault(
                f"{what}: perhaps it is in metres", "give longitude and latitude in degrees (EPSG:4326)"
            )
        raise Fault(what, "correct it, or swap it with its pair")
    return value


def _from_parts(found: re.Match[str]) -> float:
    parts = [float((found[name] or "0").replace(",", ".")) for name in ("degrees", "minutes", "seconds")]
    if parts[1] >= 60 or parts[2] >= 60:
        raise Fault("has 60 or more minutes or seconds", HOW)
    if found["seconds"] and not found["minutes"]:
        raise Fault("is no coordinate", HOW)
    size = abs(parts[0]) + parts[1] / 60 + parts[2] / 3600
    return -size if found["degrees"].startswith("-") else size


def pair(text: str) -> tuple[float, float]:
    """Latitude and longitude from one cell, in this order unless letters say otherwise. Raises Fault."""
    parts = [part for part in _PAIR.split(text.strip()) if part]
    if len(parts) != 2 and text.count(",") == 1:
        parts = text.split(",")
    if len(parts) != 2:
        raise Fault("is no pair of coordinates", "write latitude, longitude such as 43.2567, 76.9286")
    if re.search(r"[EWВЗ]", parts[0], re.IGNORECASE) and re.search(r"[NSСЮ]", parts[1], re.IGNORECASE):
        parts.reverse()
    return degrees(parts[0], "lat"), degrees(parts[1], "lon")


def count(text: str) -> int:
    """A whole number of persons, with or without separators of thousands. Raises Fault."""
    plain = text.strip()
    if not _COUNT.fullmatch(plain):
        raise Fault("is not a whole number", "write digits only, or leave it blank")
    if re.fullmatch(r"[-+]?\d{1,3}\.000", plain):
        raise Fault(f"can be {plain[:-4]} or {plain[:-4]} thousand", "write it without a point")
    whole = plain if re.search(r"[.,]\d{3}$", plain) else re.sub(r"[.,]0+$", "", plain)
    value = int(re.sub(r"[^\d+-]", "", whole))
    if value < 0:
        raise Fault("is less than nothing", "correct it, or leave it blank")
    return value
