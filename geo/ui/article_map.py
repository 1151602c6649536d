"""The map of an article's candidates, and in words what it cannot draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import streamlit as st

from geo.maps.candidates import Candidate as Drawn
from geo.schema import Precision
from geo.ui import article_words, candidate_map
from geo.ui.article_state import Candidate
from geo.ui.i18n import _, ngettext


def draw(incidents: Sequence[tuple[str, Candidate]], on: dt.date) -> None:
    """The map of incidents, each with the number it has in the text, by the boundaries of a day."""
    rows = [drawn(number, candidate) for number, candidate in incidents]
    countries = {candidate.country for _number, candidate in incidents if candidate.country}
    if not countries or not any(row.has_point or row.area for row in rows):
        st.info(_("None of the candidates has a place that a map can show."))
        return
    candidate_map.draw(rows, countries, on, wider(incidents), key="articlemap")
    candidate_map.unplaced(
        [row.told for row in rows if not row.has_point and not row.area],
        lambda n: ngettext(
            "{n} candidate is known to a whole country, or to no place, and is not drawn:",
            "{n} candidates are known to a whole country, or to no place, and are not drawn:",
            n,
        ),
    )


def drawn(number: str, candidate: Candidate) -> Drawn:
    """What the map must know of it."""
    precision = Precision(candidate.location_precision)
    area = _area(candidate) if precision is Precision.MACRO_REGION else candidate.admin1_id
    return Drawn(
        event_type=candidate.event_type,
        place=candidate.place or "?",
        lat=candidate.lat,
        lon=candidate.lon,
        precision=precision,
        area=None if precision is Precision.COUNTRY else area,
        harm=sum(candidate.figures.get(metric, 0) for metric in ("killed", "injured")),
        told=f"{number} · {article_words.incident(candidate)}",
    )


def wider(incidents: Iterable[tuple[str, Candidate]]) -> list[dict[str, object]]:
    """Areas of several regions that candidates are known to."""
    return [
        {"id": _area(candidate), "name": candidate.place, "regions": candidate.admin1_ids}
        for _number, candidate in incidents
        if candidate.location_precision == Precision.MACRO_REGION and candidate.admin1_ids
    ]


def _area(candidate: Candidate) -> str | None:
    return "+".join(candidate.admin1_ids) or None
