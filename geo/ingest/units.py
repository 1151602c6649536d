"""By which names the units of a country are known on a day, and which unit a text or an outline means.

Names come from the boundaries, the dated places of data packages (English, Russian, Kazakh) and GeoNames
codes; spellings meet as in the gazetteer. A word for the kind of unit tells a city from the region around
it; where neither words nor land decide, nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd

from geo.gazetteer.fold import latin, loose
from geo.ingest import Atlas
from geo.regions.coverage import likeness
from geo.regions.lookup import Carriers

_REGION = {
    *("region", "oblast", "oblasti", "oblysy", "oblisi", "oblys", "province", "provincia"),
    *("krai", "kray", "governorate"),
}
_CITY = {"city", "town", "gorod", "g", "qalasy", "kalasy", "qala"}
_PLAIN = {"of", "the"}
CLEARLY = 2.0
"""How many times more alike the better of two outlines must be."""


@dataclass(frozen=True, eq=False)
class Known:
    """The units of a country that are valid on a day.

    units: columns of schema.REGION and geometry, by id. land: the outline of each, or of the unit it was
    split from. _now, _ever: identifiers by name, of that day and of any.
    """

    units: gpd.GeoDataFrame
    land: dict[str, Any]
    _now: dict[str, set[str]] = field(default_factory=dict)
    _ever: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def on(cls, atlas: Atlas, admin0: str, day: dt.date) -> Known:
        """The units of a country (ISO alpha-2) on a day, with all their names."""
        valid = atlas.boundaries.on(day, admin0)
        every = atlas.boundaries.units
        chosen = (every["admin0"] == admin0).to_numpy() & atlas.boundaries.valid(day)
        carriers = Carriers.of(every, chosen)
        ids = every["id"].to_numpy()
        pairs = zip(carriers.outlines, carriers.members, strict=True)
        land = {ids[row]: outline for outline, rows in pairs for row in rows}
        known = cls(valid.set_index("id", drop=False), land)
        for unit in valid.to_dict("records"):
            known._note(unit["name"], unit["id"], now=True)
        for place in atlas.gazetteer.overlay.places:
            unit = known._meant(place.admin1_ids, every) if place.admin0 == admin0 else None
            if unit is None or (place.kind == "settlement" and known.units.at[unit, "kind"] != "city"):
                continue
            for name in place.names:
                known._note(name.name, unit, now=name.on(day))
        return known

    def _note(self, name: str, unit: str, *, now: bool) -> None:
        for names in (self._now, self._ever) if now else (self._ever,):
            names.setdefault(said(name)[0], set()).add(unit)

    def _meant(self, ids: tuple[str, ...], every: gpd.GeoDataFrame) -> str | None:
        """The valid unit that is one of these, or took the name of one."""
        if len(ids) != 1:
            return None
        if ids[0] in self.units.index:
            return ids[0]
        names = set(every.loc[every["id"] == ids[0], "name"])
        heirs = self.units[(self.units["split_from"] == ids[0]) & self.units["name"].isin(names)]
        return str(heirs["id"].iloc[0]) if len(heirs) == 1 else None

    def coded(self, text: str) -> set[str]:
        """The unit with an identifier, ours or that of GeoNames."""
        if text.strip() in self.units.index:
            return {text.strip()}
        coded = self.units["geonames_admin1"] == text.strip().zfill(2)
        return set(self.units.loc[coded, "id"]) if coded.sum() == 1 else set()

    def named(self, text: str) -> set[str]:
        """Identifiers of the units that a text can mean: by identifier, name, older name."""
        if text.strip() in self.units.index:
            return {text.strip()}
        bare, kind = said(text)
        if not bare:
            return set()
        found = self._now.get(bare) or self._ever.get(bare) or set()
        if kind and self.units["kind"].nunique() > 1:  # cities are told from regions
            return {one for one in found if self.units.at[one, "kind"] == kind}
        return set(found)

    def drawn(self, shape: Any, among: set[str]) -> str | None:
        """Which of some units an outline shows: the one whose own is clearly the most alike."""
        ranked = sorted(
            ((likeness(shape, self.land[one]), one) for one in among if one in self.land), reverse=True
        )
        if not ranked or ranked[0][0] == 0:
            return None
        if len(ranked) > 1 and ranked[0][0] < CLEARLY * ranked[1][0]:
            return None
        return ranked[0][1]


def said(text: str) -> tuple[str, str]:
    """The loose key of a name without words for its kind, and that kind: region, city or ""."""
    words = re.findall(r"[a-z0-9]+", latin(text).replace("'", "").replace("`", ""))
    kind = ""
    while len(words) > 1:
        end = next((at for at in (-1, 0) if words[at] in _REGION | _CITY | _PLAIN), None)
        if end is None:
            break
        word = words.pop(end)
        kind = kind or ("region" if word in _REGION else "city" if word in _CITY else "")
    return loose("".join(words)), kind
