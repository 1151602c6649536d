"""The tables agree with themselves, with each other and with the words they allow."""

from __future__ import annotations

import itertools

import pyarrow as pa
import pytest

from geo import schema
from geo.schema import (
    CLAIM,
    EVENT_TYPES,
    INCIDENT,
    PACKAGE_TABLES,
    PLACE,
    REGION,
    REPORT,
    SUB_EVENT_TYPES,
    DatePrecision,
    Precision,
    given,
    meta,
    values,
)

TABLES = {**PACKAGE_TABLES, "regions": REGION}
FIELDS = [
    pytest.param(column, id=f"{name}.{column.name}") for name, table in TABLES.items() for column in table
]


def test_places_are_known_more_or_less_exactly_and_only_the_finest_are_points():
    assert [(word.value, word.rank, word.is_point) for word in Precision] == [
        ("site", 0, True),
        ("city", 1, True),
        ("district", 2, True),
        ("region", 3, False),
        ("macro-region", 4, False),
        ("country", 5, False),
    ]


def test_event_types_are_the_six_of_acled_in_the_order_they_are_drawn():
    assert list(EVENT_TYPES) == [
        "Protests",
        "Riots",
        "Battles",
        "Explosions/Remote violence",
        "Violence against civilians",
        "Strategic developments",
    ]
    assert EVENT_TYPES["Riots"] == ("Violent demonstration", "Mob violence")


def test_the_25_sub_event_types_belong_to_one_event_type_each():
    assert len(SUB_EVENT_TYPES) == len(set(SUB_EVENT_TYPES)) == 25
    assert set(itertools.chain(*EVENT_TYPES.values())) == set(SUB_EVENT_TYPES)


@pytest.mark.parametrize("column", FIELDS)
def test_each_field_has_a_title_and_only_metadata_that_somebody_reads(column: pa.Field):
    known = {"title", "unit", "values", "given", "queryable", "references", "minimum", "maximum", "pattern"}
    assert meta(column, "title")
    assert {key.decode() for key in column.metadata} <= known


@pytest.mark.parametrize("column", FIELDS)
def test_bounds_are_numbers_and_words_belong_to_texts(column: pa.Field):
    for bound in ("minimum", "maximum"):
        if meta(column, bound):
            assert pa.types.is_integer(column.type) or pa.types.is_floating(column.type)
            float(meta(column, bound))
    if values(column):
        assert column.type == pa.string()
        assert len(set(values(column))) == len(values(column))


def test_references_lead_to_tables_that_come_before_or_to_the_same_one():
    seen: set[str] = set()
    found: set[tuple[str, str, str]] = set()
    for name, table in PACKAGE_TABLES.items():
        seen.add(name)
        for column in table:
            if target := meta(column, "references"):
                assert target in seen, f"{name}.{column.name} refers to {target}"
                found.add((name, column.name, target))
    assert ("reports", "incident_id", "incidents") in found
    assert ("claims", "superseded_by", "claims") in found
    assert ("reports", "source_id", "sources") in found


@pytest.mark.parametrize("name", TABLES)
def test_a_table_names_each_field_once_and_describes_itself(name: str):
    table = TABLES[name]
    assert len(set(table.names)) == len(table.names)
    assert table.metadata[b"title"]
    assert table.metadata[b"about"]


@pytest.mark.parametrize("name", PACKAGE_TABLES)
def test_a_package_supplies_a_part_of_each_table_and_never_its_own_name(name: str):
    table = PACKAGE_TABLES[name]
    part = given(table)
    assert 0 < len(part) <= len(table)
    assert "dataset" not in part.names
    assert part.names == [column for column in table.names if column in set(part.names)]


def test_coordinates_regions_and_days_of_knowledge_are_derived_and_never_given():
    derived = set(INCIDENT.names) - set(given(INCIDENT).names)
    assert {"lon", "lat", "admin1_id", "boundary_valid_on", "first_reported_on", "known_from"} <= derived
    assert "reported_on" not in given(REPORT).names
    assert "reported" in given(REPORT).names


def test_casualties_of_an_incident_are_low_best_high_and_never_one_number():
    for low, best, high in [
        ("fatalities_low", "fatalities_best", "fatalities_high"),
        ("injured_low", "injured", "injured_high"),
        ("arrested_low", "arrested", "arrested_high"),
        ("participants_low", "participants", "participants_high"),
    ]:
        at = INCIDENT.names.index(low)
        assert INCIDENT.names[at : at + 3] == [low, best, high]
        assert all(INCIDENT.field(name).nullable for name in (low, best, high))
        assert all(meta(INCIDENT.field(name), "unit") == "persons" for name in (low, best, high))
    assert "fatalities" not in INCIDENT.names


def test_coordinates_stay_on_the_globe():
    bounds = [
        (meta(INCIDENT.field(axis), "minimum"), meta(INCIDENT.field(axis), "maximum"))
        for axis in ("lon", "lat")
    ]
    assert bounds == [("-180", "180"), ("-90", "90")]


def test_words_of_a_field_are_those_of_its_vocabulary():
    assert values(INCIDENT.field("event_type")) == tuple(EVENT_TYPES)
    assert values(INCIDENT.field("sub_event_type")) == SUB_EVENT_TYPES
    assert values(INCIDENT.field("date_precision")) == tuple(DatePrecision)
    assert values(CLAIM.field("status")) == ("stands", "superseded", "retracted", "disputed")
    assert values(PLACE.field("kind")) == ("settlement", "region", "macro-region", "country")
    assert values(INCIDENT.field("title")) == ()


def test_an_incident_has_a_type_and_a_day_but_may_lack_a_place():
    assert not INCIDENT.field("event_type").nullable
    assert not INCIDENT.field("date_start").nullable
    assert INCIDENT.field("place").nullable


def test_a_field_keeps_its_metadata_as_text():
    column = schema.field("n", pa.int64(), "Number", required=True, minimum=0, values=["a", "b"])
    assert (column.name, column.type, column.nullable) == ("n", pa.int64(), False)
    assert (meta(column, "title"), meta(column, "minimum"), values(column)) == ("Number", "0", ("a", "b"))
    assert meta(pa.field("bare", pa.string()), "title") == ""
