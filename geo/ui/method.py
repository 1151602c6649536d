"""How the map was made, for a reader who must defend it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo.query import IncidentQuery
from geo.store import Store
from geo.ui.i18n import _


def draw(store: Store) -> None:
    """Plain sentences, and how many incidents each region has, none included."""
    for title, text in _sections(store):
        st.subheader(title)
        st.write(text)
    st.subheader(_("Incidents per region"))
    st.dataframe(_per_region(store), hide_index=True)


def _sections(store: Store) -> list[tuple[str, str]]:
    counts = store.counts()
    return [
        (
            _("From reports to incidents"),
            _(
                "{reports} reports were read. Reports of one event make one incident, and none is left out: "
                "{incidents} incidents. Their numbers are never added; where they differ, the lowest, the "
                "highest and the best stand side by side. Totals over several events are claims."
            ).format(reports=counts["reports"], incidents=counts["incidents"]),
        ),
        (
            _("Places"),
            _(
                "Coordinates come from the gazetteer GeoNames, never from guessing. What is known to a town is "
                "placed at the town, with its words kept. What is known only to a region is a hatched area "
                "with a count; what concerns the whole country is listed beside the map."
            ),
        ),
        (
            _("Days"),
            _(
                "An incident counts on every day it touches. Where a report gives only a first day, it counts "
                "for that day, or for the week it names."
            ),
        ),
        (
            _("As known on a day"),
            _(
                "Every report and claim keeps the day it became public. A report without such a day counts "
                "from the last day of its event, and says so; a claim without one is shown only today. On the "
                "day it was made public a claim stands, even if it was withdrawn that same day."
            ),
        ),
        (
            _("Borders"),
            _(
                "Outlines are from Natural Earth, each unit with the days on which it was valid. Shymkent has "
                "no outline there: a disc of its official area stands for it, drawn dotted. Almaty and the "
                "capital have older, smaller limits. Units founded in June 2022 have no outline yet."
            ),
        ),
        (
            _("What is missing"),
            _(
                "No row is no evidence that nothing happened. Towns without a report, regions with few, and "
                "days on which the internet was cut are gaps in the record, not calm."
            ),
        ),
        (
            _("Terms of use"),
            _(
                "The compilation is under CC BY 4.0, places are from GeoNames (CC BY 4.0), boundaries are in "
                "the public domain, figures are those of the Bureau of National Statistics. Every file names "
                "its sources, its licence and how to cite it."
            ),
        ),
    ]


def _per_region(store: Store) -> pd.DataFrame:
    names = store.region_names
    numbers = [sum(store.type_counts(IncidentQuery(admin1=(key,))).values()) for key in names]
    return pd.DataFrame({_("Region"): list(names.values()), _("Incidents"): numbers})
