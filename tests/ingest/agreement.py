"""How the region we find agrees with the one that UCDP GED names: `python -m tests.ingest.agreement FILE`."""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from anyascii import anyascii
from rapidfuzz import fuzz

from geo.ingest import Atlas
from geo.ingest.place import Placer
from geo.settings import Settings

_KINDS = re.compile(
    r"\b(province|governorate|state|region|oblast|district|republic|division|prefecture|county|department|"
    r"wilayat|zone|territory|capital|city|federal|administrative|autonomous|of|the)\b"
)

Pair = tuple[str, str, str | None]


def compared(path: Path, atlas: Atlas) -> dict[str, list[Pair]]:
    """Rows by how they agree: country, region of the file, region of ours."""
    with path.open(encoding="utf-8", newline="") as stream:
        records = list(csv.DictReader(stream))
    placer = Placer(atlas, path.name)
    nations = np.array([placer._country(record["country"]) for record in records], dtype=object)
    lon, lat = ([float(record[name]) for record in records] for name in ("longitude", "latitude"))
    days = np.array([record["date_start"] for record in records], dtype="datetime64[D]")
    found = atlas.boundaries.assign(lon, lat, days, nations)["admin1_name"]
    told: dict[str, list[Pair]] = {}
    for record, name in zip(records, found, strict=True):
        pair = (record["country"], record["adm_1"], name)
        told.setdefault(how(record["adm_1"], name), []).append(pair)
    return told


def how(theirs: str, ours: str | None) -> str:
    """In which way two names of a region agree."""
    if not theirs:
        return "the file names none"
    if ours is None:
        return "we find none"
    one, other = bare(theirs), bare(ours)
    if one == other:
        return "same"
    return "same, spelt otherwise" if fuzz.WRatio(one, other) >= 75 else "another"


def bare(name: str) -> str:
    """A name without its kind, accents and signs."""
    plain = _KINDS.sub(" ", anyascii(name).lower())
    return re.sub(r"[^a-z]+", "", plain)


def main() -> None:
    """Print the shares, and which countries differ."""
    told = compared(Path(sys.argv[1]), Atlas.open(Settings.from_environment()))
    for kind, pairs in sorted(told.items(), key=lambda one: -len(one[1])):
        print(f"{len(pairs):>6,} {kind}")
    print(Counter(pair[0] for pair in told.get("another", [])).most_common())
    for pair in told.get("another", []):
        print(*pair, sep=" | ")


if __name__ == "__main__":
    main()
