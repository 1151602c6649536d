"""Files in the exact layouts that ACLED, UCDP and GDELT publish, with made-up events."""

from __future__ import annotations

import csv
import io
from typing import Any

from bench.imports import COLUMNS as ACLED
from geo.sources.gdelt import COLUMNS as GDELT

UCDP = """
    id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id
    conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a
    side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office source_date
    source_headline source_original where_prec where_coordinates where_description adm_1 adm_2
    latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec
    date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob
""".split()  # noqa: SIM905

_ACLED = {
    "event_id_cnty": "KAZ1",
    "event_date": "05 January 2022",
    "year": "2022",
    "time_precision": "1",
    "disorder_type": "Demonstrations",
    "event_type": "Protests",
    "sub_event_type": "Peaceful protest",
    "actor1": "Protesters (Kazakhstan)",
    "inter1": "Protesters",
    "interaction": "Protesters only",
    "iso": "398",
    "region": "Caucasus and Central Asia",
    "country": "Kazakhstan",
    "admin1": "Almaty",
    "location": "Almaty",
    "latitude": "43.2567",
    "longitude": "76.9286",
    "geo_precision": "1",
    "source": "Azattyq; Tengri News",
    "source_scale": "National",
    "notes": "On 5 January 2022, people gathered on the square.",
    "fatalities": "0",
    "tags": "crowd size=about 1,200",
    "timestamp": "1642000000",
}
_UCDP = {
    "id": "300380",
    "relid": "SYR-2013-1-11973-99",
    "year": "2013",
    "type_of_violence": "1",
    "dyad_name": "Government of A - Rebels of A",
    "source_office": "The Daily;The Hour",
    "source_date": "2013-01-04;2013-01-06",
    "source_headline": "Two die;Two dead",
    "where_prec": "1",
    "where_coordinates": "Rami village",
    "where_description": "in the village",
    "adm_1": "Idlib governorate",
    "latitude": "35.763369",
    "longitude": "36.558974",
    "country": "Syria",
    "date_prec": "1",
    "date_start": "2013-01-03 00:00:00.000",
    "date_end": "2013-01-03 00:00:00.000",
    "best": "2",
    "high": "5",
    "low": "1",
}
_GDELT = {
    "GLOBALEVENTID": "1020304050",
    "SQLDATE": "20220105",
    "MonthYear": "202201",
    "Year": "2022",
    "FractionDate": "2022.0137",
    "Actor1Name": "PROTESTER",
    "Actor2Name": "POLICE",
    "IsRootEvent": "1",
    "EventCode": "141",
    "EventBaseCode": "141",
    "EventRootCode": "14",
    "QuadClass": "3",
    "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Almaty, Almaty Qalasy, Kazakhstan",
    "ActionGeo_CountryCode": "KZ",
    "ActionGeo_ADM1Code": "KZ02",
    "ActionGeo_Lat": "43.25",
    "ActionGeo_Long": "76.95",
    "ActionGeo_FeatureID": "-2321197",
    "DATEADDED": "20220106041500",
    "SOURCEURL": "https://www.example.org/a",
}

Row = dict[str, Any]


def acled(*rows: Row) -> str:
    """ACLED's export: each row the example with what differs."""
    return _csv(ACLED, _ACLED, rows)


def ucdp(*rows: Row) -> str:
    """UCDP GED."""
    return _csv(UCDP, _UCDP, rows)


def gdelt(*rows: Row) -> str:
    """A file of GDELT 2.0: tabs, no header."""
    return "".join("\t".join(str((_GDELT | row).get(name, "")) for name in GDELT) + "\n" for row in rows)


def _csv(columns: list[str], example: Row, rows: tuple[Row, ...]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(example | row for row in rows)
    return text.getvalue()
