"""The wording of what a lookup found or did not find. Plain English, one sentence or two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from geo.gazetteer.match import How, Match

Describe = Callable[[Match], str]
CountryName = Callable[[str], str]

_SHOWN = 60
_LEAST_TOLD = 0.005


def shown(name: str) -> str:
    """The name as it may stand in a message: without characters that cannot be seen, cut if long."""
    seen = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    return seen if len(seen) <= _SHOWN else seen[: _SHOWN - 1] + "…"


def matched(name: str, on: dt.date | None, best: Match, others: Sequence[Match], describe: Describe) -> str:
    """Why the best candidate was taken."""
    day = f" on {on}" if on else " now"
    if best.likeness < 100:
        how = f"no place is called {name}; {best.matched} is {best.likeness:.0f} % alike"
    elif best.how is How.OTHER_TIME:
        how = f"{best.matched} is a name of another time; the place was called {best.name}{day}"
        how = how if on else f"{best.matched} is a name of another time; the place is called {best.name} now"
    elif not best.exact:
        how = f"{name} is another spelling of {best.matched}"
        how += "" if best.name == best.matched else f", a name of {best.name}"
    elif best.how is How.ALTERNATE:
        how = f"{name} is another name of {best.name}"
    elif best.how is How.BARE:
        how = f"{name} is short for {best.name}"
    elif best.name != best.matched:
        how = f"{best.matched} is a name of {best.name}"
    else:
        how = f"{best.name} is its name{day}" if on else f"{best.name} is its name"
    text = f"{how}: {describe(best)}"
    if best.kind == "settlement" and best.lat is None:
        text += "; GeoNames has no point for it, so only the wider area is known"
    worth_telling = others and others[0].score >= _LEAST_TOLD
    return f"{text}; less likely: {describe(others[0])}" if worth_telling else text


def too_close(
    name: str, best: Match, other: Match, several: int, country: str | None, describe: Describe
) -> str:
    """Why none was taken though some were found."""
    count = f"{several} places" if several > 2 else "two places"
    todo = "say which, or give a place nearby" if country else "give the country or a place nearby"
    both = f"{describe(best)} and {describe(other)}"
    return f"{name} may mean {count}, and the likeliest are too close: {both}; {todo}"


def miss(
    name: str, country: str | None, elsewhere: Sequence[Match], describe: Describe, label: CountryName
) -> str:
    """Why nothing was found."""
    if country and elsewhere:
        there = f"elsewhere there is {describe(elsewhere[0])}"
        return f"no place in {label(country)} is called {name} or nearly so; {there}"
    where = f" in {label(country)}" if country else ""
    return f"no place of over 500 people{where} is called {name} or nearly so"
