"""GDELT 2.0 events: tab-separated, no header, 61 columns; one row is one mention of an action on the web.

http://data.gdeltproject.org/documentation/GDELT-Event_Codebook-V2.0.pdf; the codes of actions are CAMEO's
(Schrodt 2012). Rows of one day, place, pair of actors and kind of action are one event here, and each row a
report of it. Roots 01 to 13 are talk, aid and threats: they are passed over, and counted.
`ActionGeo_Type`: 1 a country, 2 a state of the US, 3 a city of the US, 4 any other city, 5 any other region.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pyarrow as pa

from geo.schema import Precision
from geo.sources import dates
from geo.sources.cells import Fault
from geo.sources.draft import TELLING, Draft, Events
from geo.sources.files.sheet import Batch
from geo.sources.words import Kind

_ACTOR = (
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code "
    "Type1Code Type2Code Type3Code"
)
_GEO = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID"

COLUMNS: tuple[str, ...] = (
    *["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"],
    *[f"Actor{number}{part}" for number in (1, 2) for part in _ACTOR.split()],
    *["IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"],
    *["NumMentions", "NumSources", "NumArticles", "AvgTone"],
    *[f"{of}Geo_{part}" for of in ("Actor1", "Actor2", "Action") for part in _GEO.split()],
    *["DATEADDED", "SOURCEURL"],
)

ABOUT: dict[str, Any] = {
    "title": "GDELT 2.0 Event Database",
    "licenses": [{"name": "other", "title": "free for any use with a citation of the GDELT Project"}],
    "sources": [{"title": "The GDELT Project", "path": "https://www.gdeltproject.org"}],
    "eventmap": {"citation": "The GDELT Project, https://www.gdeltproject.org."},
}

_PLACES = {
    "1": Precision.COUNTRY,
    "2": Precision.REGION,
    "3": Precision.CITY,
    "4": Precision.CITY,
    "5": Precision.REGION,
}

ROOTS = {
    "14": "protest",
    "15": "show of military force",
    "16": "reduction of relations",
    "17": "coercion",
    "18": "assault",
    "19": "fight",
    "20": "mass violence",
}
"""CAMEO roots that are events here, by their meaning."""

_KINDS: dict[str, Kind] = {
    "14": ("Protests", None),
    "141": ("Protests", "Peaceful protest"),
    "145": ("Riots", "Violent demonstration"),
    "15": ("Strategic developments", "Other"),
    "16": ("Strategic developments", "Other"),
    "17": ("Strategic developments", "Other"),
    "171": ("Strategic developments", "Looting/property destruction"),
    "173": ("Strategic developments", "Arrests"),
    "175": ("Violence against civilians", "Attack"),
    "18": ("Violence against civilians", "Attack"),
    "181": ("Violence against civilians", "Abduction/forced disappearance"),
    "1821": ("Violence against civilians", "Sexual violence"),
    "183": ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    "1831": ("Explosions/Remote violence", "Suicide bomb"),
    "19": ("Battles", "Armed clash"),
    "194": ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "195": ("Explosions/Remote violence", "Air/drone strike"),
    "20": ("Violence against civilians", "Attack"),
    "201": ("Violence against civilians", "Abduction/forced disappearance"),
    "2041": ("Explosions/Remote violence", "Chemical weapon"),
}
"""ACLED types of CAMEO codes; of a code that is not here, those of its first figures."""


def looks_so(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows cut at tabs are of this layout."""
    seen = [row for row in rows if any(row)]
    return bool(seen) and all(
        len(row) == len(COLUMNS) and row[0].isdigit() and re.fullmatch(r"\d{8}", row[1])
        for row in seen[:-1] or seen
    )


def read(name: str, batch: Batch) -> Events:
    """Events of a batch of rows; several may have one identifier, and are then reports of one event."""
    draft = Draft(name, batch)
    roots = draft.text("EventRootCode").to_pylist()
    draft.passover(
        np.array([root is not None and root not in ROOTS for root in roots]),
        "statements, talks, aid and threats (CAMEO 01 to 13)",
    )
    draft.read("EventRootCode", _root, required=True)
    numbers = draft.read("GLOBALEVENTID", _number, required=True).list()
    days = draft.read("SQLDATE", lambda text: dates.read(text).start, required=True).list()
    added = draft.read("DATEADDED", lambda text: dates.read(text[:8]).start.isoformat()).list()
    kinds = draft.read("EventCode", _kind, required=True).list()
    where = draft.read("ActionGeo_Type", _code).list()
    names = [draft.text(f"Actor{number}Name").to_pylist() for number in (1, 2)]
    spots = draft.text("ActionGeo_FullName").to_pylist()
    links = draft.text("SOURCEURL").to_pylist()
    actors = ["; ".join(dict.fromkeys(filter(None, pair))) or None for pair in zip(*names, strict=True)]
    heads = [
        f"{ROOTS.get(root or '', 'event').capitalize()}{f': {who}' if who else ''}"
        for root, who in zip(roots, actors, strict=True)
    ]
    keys = zip(days, kinds, spots, actors, strict=True)
    parts = [[part.strip() for part in spot.split(",")] if spot else [] for spot in spots]
    told = [
        [
            {
                "key": str(number),
                "publisher": _publisher(link),
                "url": _web(link),
                "reported": day,
                "summary": head,
            }
        ]
        for number, link, day, head in zip(numbers, links, added, heads, strict=True)
    ]
    return draft.finish(
        {
            "id": [_identity(*key) for key in keys],
            "title": [", ".join([head, *part[:1]]) for head, part in zip(heads, parts, strict=True)],
            "date_start": days,
            "date_precision": "day",
            "place": [part[0] if part else None for part in parts],
            "place_text": spots,
            "location_precision": [str(one or Precision.COUNTRY) for one in where],
            "event_type": [kind and kind[0] for kind in kinds],
            "sub_event_type": [kind and kind[1] for kind in kinds],
            "source_type": [f"CAMEO {root}, {ROOTS.get(root or '', '')}" for root in roots],
            "actors": actors,
            "summary": [f"{head}, as found by machine in the page named." for head in heads],
            "lon": draft.degrees("ActionGeo_Long", "lon"),
            "lat": draft.degrees("ActionGeo_Lat", "lat"),
            "country": [part[-1] if part else None for part in parts],
            "region": [part[-2] if len(part) > 2 else None for part in parts],
            "tellings": pa.array(told, pa.list_(TELLING)),
        }
    )


def _root(text: str) -> str:
    if not re.fullmatch(r"0[1-9]|1\d|20", text):
        raise Fault("is no CAMEO root code", "send the file as published")
    return text


def _number(text: str) -> str:
    if not text.isdigit():
        raise Fault("is no identifier of GDELT", "send the file as published")
    return text


def _kind(code: str) -> Kind | None:
    """The kind of a code, or of its first figures. Talk and aid have none, and are passed over."""
    for length in range(len(code), 1, -1):
        if found := _KINDS.get(code[:length]):
            return found
    return None


def _code(text: str) -> Precision | None:
    if text == "0":
        return None
    if text not in _PLACES:
        raise Fault("is not a code of this column", f"use one of: 0, {', '.join(_PLACES)}")
    return _PLACES[text]


def _identity(*key: object) -> str:
    """The same for every row that tells of one event."""
    return "GDELT-" + hashlib.sha256(repr(key).encode()).hexdigest()[:16]


def _web(link: str | None) -> str | None:
    return link if link and link.startswith(("http://", "https://")) else None


def _publisher(link: str | None) -> str:
    """The host of a page; GDELT writes the name of a broadcast or print source as it is."""
    if not _web(link):
        return link or "GDELT"
    try:
        return (urlsplit(link or "").hostname or "GDELT").removeprefix("www.")
    except ValueError:
        return "GDELT"
