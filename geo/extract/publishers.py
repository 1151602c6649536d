"""Where a publisher's readers live: what a local paper calls "London" may be London, Ontario."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from geo.extract.places import Place, Places
from geo.extract.placing import Home

_DOMAIN = re.compile(r"^(?:[a-z]+://)?(?:[^/@\s]*@)?([a-z0-9.-]+)", re.IGNORECASE)
_CALL_SIGN = re.compile(r"[kw][a-z]{3}(?:tv|fm|am|radio|news)?")  # stations of the United States
_WORDS = re.compile(
    r"(?:the|my|daily|weekly|evening|morning|local|news|online|live|today|now|times|post|journal|herald|tribune|gazette"
    r"|sentinel|leader|citizen|register|monitor|mirror|star|sun|express|echo|mail|press|courier|chronicle|observer|record"
    r"|province|telegraph|standard|farmer|extra|review|argus|mercury|argus|examiner|bulletin|globe|world|info|tv|radio|hq)+"
)
_LEAST_NAME = 5  # letters of a place in a domain; shorter ones are words


def home(source: str | None, places: Places, on: dt.date | None) -> Home:
    """The home of a publisher, by its address, domain or name; an empty one where nothing is known."""
    found = _DOMAIN.match(source.strip()) if source else None
    if not found:
        return Home()
    domain = found[1].lower().strip(".").removeprefix("www.")
    table = _table()
    if any(domain == one or domain.endswith(f".{one}") for one in table["worldwide"]["domains"]):
        return Home()
    if domain in table["towns"]:
        name, country = table["towns"][domain]
        here = [place for place in places.named([name], on).get(name, ()) if place.country == country]
        return _local(here[0]) if here else Home(country)
    for country, domains in table["countries"].items():
        if any(domain == one or domain.endswith(f".{one}") for one in domains):
            return Home(country)
    return _told_by_name(domain, places, on)


def _told_by_name(domain: str, places: Places, on: dt.date | None) -> Home:
    parts = domain.split(".")
    country = _country(parts[-1])
    name = parts[0] if len(parts) < 3 or len(parts[-2]) <= 3 else parts[-2]
    if not country and _CALL_SIGN.fullmatch(name):
        return Home("US")
    town = _town(name, country, places, on)
    if town is None:
        return Home(country)
    return _local(town)


def _local(town: Place) -> Home:
    point = (town.lon, town.lat) if town.lon is not None and town.lat is not None else None
    return Home(town.country, town.admin1_id, point)


def _country(ending: str) -> str:
    table = _table()["tld"]
    if len(ending) != 2 or ending in table["open"]:
        return ""
    return str(table["other"].get(ending, ending.upper()))


def _town(name: str, country: str, places: Places, on: dt.date | None) -> Place | None:
    """The place whose name the domain begins with, the rest being words of newspapers."""
    pieces = [piece for piece in name.split("-") if piece]
    stems = {"".join(pieces), *pieces}
    for at in range(_LEAST_NAME, len(name)):
        if _WORDS.fullmatch(name[at:]):
            stems.add(name[:at])
    asked = sorted((stem for stem in stems if len(stem) >= _LEAST_NAME), key=len, reverse=True)
    for stem, found in places.named(asked, on).items():
        if _WORDS.fullmatch(stem):
            continue
        here = [one for one in found if one.main and one.kind != "country" and country in ("", one.country)]
        if here:
            return here[0]
    return None


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("geo.extract") / "publishers.toml").read_text(encoding="utf-8"))
