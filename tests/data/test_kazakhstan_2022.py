"""The first data package: what it holds, how reports became incidents, and that nothing was added."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import json
import re
from collections import Counter
from pathlib import Path
from types import ModuleType

import frictionless
import pytest

from geo.schema import EVENT_TYPES, PACKAGE_TABLES, given, meta

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "data" / "kazakhstan-2022"
FACTS = ROOT.parent / "shared" / "facts"

Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def tables() -> dict[str, Rows]:
    return {name: read(PACKAGE / f"{name}.csv") for name in PACKAGE_TABLES}


@pytest.fixture(scope="module")
def describe() -> ModuleType:
    spec = importlib.util.spec_from_file_location("describe", ROOT / "data" / "describe.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def facts(name: str) -> Rows:
    if not FACTS.is_dir():
        pytest.skip("the collected facts (../shared/facts) are not here")
    return read(FACTS / f"{name}.csv")


def reports_of(tables: dict[str, Rows], incident: str) -> list[str]:
    return [row["id"] for row in tables["reports"] if row["incident_id"] == incident]


def test_row_counts(tables: dict[str, Rows]) -> None:
    assert {name: len(rows) for name, rows in tables.items()} == {
        "sources": 126,
        "places": 229,
        "incidents": 120,
        "reports": 163,
        "claims": 142,
        "regional_figures": 203,
    }


@pytest.mark.parametrize("name", PACKAGE_TABLES)
def test_columns_are_those_a_package_supplies_in_their_order(name: str) -> None:
    header = (PACKAGE / f"{name}.csv").read_text("utf-8").split("\n", 1)[0]
    assert header.split(",") == given(PACKAGE_TABLES[name]).names


@pytest.mark.parametrize("name", PACKAGE_TABLES)
def test_files_have_unix_line_ends_and_no_byte_order_mark(name: str) -> None:
    raw = (PACKAGE / f"{name}.csv").read_bytes()
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\n")


def test_frictionless_finds_no_fault() -> None:
    report = frictionless.validate(str(PACKAGE / "datapackage.json"))
    assert report.flatten(["name", "type", "note"]) == []
    assert report.stats["tasks"] == len(PACKAGE_TABLES)


def test_descriptor_is_what_the_script_makes(describe: ModuleType) -> None:
    text = (PACKAGE / "datapackage.json").read_text("utf-8")
    assert text == describe.text(describe.describe(json.loads(text)))


def test_describing_keeps_what_was_written_by_hand(describe: ModuleType) -> None:
    by_hand = {
        "name": "x",
        "eventmap": {"admin0": ["KZ"]},
        "resources": [{"name": "places", "licenses": [1]}],
    }
    made = describe.describe(by_hand)
    assert made["eventmap"] == {"admin0": ["KZ"]}
    places = next(resource for resource in made["resources"] if resource["name"] == "places")
    assert places["licenses"] == [1]
    assert places["path"] == "places.csv"


def test_descriptor_says_whose_region_the_west_is() -> None:
    own = json.loads((PACKAGE / "datapackage.json").read_text("utf-8"))["eventmap"]
    assert own["admin0"] == ["KZ"]
    assert own["macro_regions"] == [
        {
            "id": "KZ-west",
            "place": "Western Kazakhstan",
            "admin1_ids": ["KZ-aktobe", "KZ-atyrau", "KZ-mangystau", "KZ-west-kazakhstan"],
            "note": "where the protests began on 1 and 2 January 2022",
        }
    ]


@pytest.mark.parametrize("name", PACKAGE_TABLES)
def test_references_lead_somewhere(tables: dict[str, Rows], name: str) -> None:
    for column in PACKAGE_TABLES[name]:
        if to := meta(column, "references"):
            known = {row["id"] for row in tables[to]}
            assert {row[column.name] for row in tables[name] if row[column.name]} <= known


@pytest.mark.parametrize("name", ["incidents", "reports", "claims"])
def test_places_are_in_the_list_of_places(tables: dict[str, Rows], name: str) -> None:
    unlisted = {row["place"] for row in tables[name]} - {row["place"] for row in tables["places"]}
    assert unlisted == ({"state border", "seven other regions"} if name == "claims" else set())


@pytest.mark.parametrize(
    ("incident", "reports"),
    [
        ("KZ22-001", "R001 R002"),
        ("KZ22-005", "R007 R008 R009"),
        ("KZ22-023", "R031 R032 R033 R034"),
        ("KZ22-036", "R047 R048 R049 R109"),
        ("KZ22-037", "R050 R051 R052 R053"),
        ("KZ22-044", "R062 R064 R065 R066"),
        ("KZ22-055", "R078 R079 R080 R081"),
        ("KZ22-070", "R099 R152 R153"),
        ("KZ22-098", "R134 R135"),
    ],
)
def test_reports_of_one_event_are_one_incident(tables: dict[str, Rows], incident: str, reports: str) -> None:
    assert reports_of(tables, incident) == reports.split()


def test_every_report_is_linked_or_a_total(tables: dict[str, Rows]) -> None:
    totals = [row["id"] for row in tables["reports"] if row["scope"] == "total"]
    unlinked = [row["id"] for row in tables["reports"] if not row["incident_id"]]
    assert totals == ["R011", "R027", "R091", "R132", "R136", "R140", "R152", "R153", "R161"]
    assert unlinked == ["R011", "R027", "R091", "R132", "R136", "R140", "R161"]


def test_every_incident_has_a_report_of_its_own(tables: dict[str, Rows]) -> None:
    told = {row["incident_id"] for row in tables["reports"] if row["scope"] == "event"}
    assert told == {row["id"] for row in tables["incidents"]}


def test_a_wider_account_names_its_second_incident(tables: dict[str, Rows]) -> None:
    also = {
        r["id"]: (r["incident_id"], r["also_incident_id"]) for r in tables["reports"] if r["also_incident_id"]
    }
    assert also == {"R004": ("KZ22-003", "KZ22-005"), "R071": ("KZ22-049", "KZ22-044")}


def test_republic_square_keeps_what_each_of_four_sources_says(tables: dict[str, Rows]) -> None:
    [square] = [row for row in tables["incidents"] if row["id"] == "KZ22-085"]
    told = {row["id"]: row["sub_event_type"] for row in tables["reports"] if row["incident_id"] == "KZ22-085"}
    assert (square["event_type"], square["sub_event_type"]) == ("Battles", "Armed clash")
    assert told == {
        "R117": "Armed clash",
        "R118": "Armed clash",
        "R119": "Excessive force against protesters",
        "R120": "Armed clash",
    }


@pytest.mark.parametrize("name", ["incidents", "reports"])
def test_sub_types_belong_to_their_types(tables: dict[str, Rows], name: str) -> None:
    for row in tables[name]:
        assert row["sub_event_type"] in EVENT_TYPES[row["event_type"]], row["id"]


def test_incidents_are_numbered_by_day_then_by_first_report(tables: dict[str, Rows]) -> None:
    order = [(row["date_start"], reports_of(tables, row["id"])[0]) for row in tables["incidents"]]
    assert order == sorted(order)
    assert [row["id"] for row in tables["incidents"]] == [f"KZ22-{n:03d}" for n in range(1, 121)]


def test_incident_days_span_those_of_its_reports(tables: dict[str, Rows]) -> None:
    for incident in tables["incidents"]:
        told = [r for r in tables["reports"] if r["incident_id"] == incident["id"] and r["scope"] == "event"]
        assert incident["date_start"] == min(row["date_start"] for row in told)
        assert incident["date_end"] == max(row["date_end"] for row in told)


def test_headlines_are_short_and_differ(tables: dict[str, Rows]) -> None:
    titles = [row["title"] for row in tables["incidents"]]
    assert max(map(len, titles)) <= 70
    assert len(set(titles)) == 120
    assert max(len(row["summary"]) for row in tables["incidents"]) <= 240


@pytest.mark.shared
def test_no_report_and_no_number_is_added_or_lost(tables: dict[str, Rows]) -> None:
    same = {
        "participants": "participants",
        "fatalities": "killed",
        "injured": "injured",
        "arrested": "arrested",
    }
    same |= {
        "date_start": "date_start",
        "date_end": "date_end",
        "url": "source_url",
        "reported": "source_date",
    }
    ours = [[row["id"][1:], *(row[name] for name in same)] for row in tables["reports"]]
    theirs = [[row["id"][1:], *(row[name] for name in same.values())] for row in facts("incidents")]
    assert ours == theirs


@pytest.mark.shared
def test_no_claim_is_added_or_lost(tables: dict[str, Rows]) -> None:
    same = {name: name for name in ("id", "metric", "value", "unit", "status", "superseded_by", "claimed_by")}
    same |= {"reported": "reported_on", "about_start": "about_date_start", "url": "source_url"}
    ours = [[row[name] for name in same] for row in tables["claims"]]
    theirs = [[row[name] for name in same.values()] for row in facts("claims")]
    assert ours == theirs


@pytest.mark.shared
def test_no_figure_is_added_or_lost(tables: dict[str, Rows]) -> None:
    same = {"figure": "figure", "value": "value", "reference": "reference_date", "url": "source_url"}
    ours = Counter(tuple(row[name] for name in same) for row in tables["regional_figures"])
    theirs = Counter(tuple(row[name] for name in same.values()) for row in facts("regional_figures"))
    assert ours == theirs


def test_the_toll_of_9_january_was_withdrawn_that_day(tables: dict[str, Rows]) -> None:
    withdrawn = {row["id"]: row["value"] for row in tables["claims"] if row["status"] == "retracted"}
    assert withdrawn == {"C013": "164", "C014": "103", "C015": "21", "C016": "10", "C017": "8"}
    assert {r["withdrawn_on"] for r in tables["claims"] if r["id"] in withdrawn} == {"2022-01-09"}
    assert not any(row["withdrawn_on"] for row in tables["claims"] if row["id"] not in withdrawn)


def test_claims_keep_how_a_number_was_worded(tables: dict[str, Rows]) -> None:
    worded = {row["id"]: (row["qualifier"], row["note"]) for row in tables["claims"]}
    assert worded["C054"] == ("about", "")
    assert worded["C083"] == ("at least", "")
    assert worded["C094"] == ("at most", "")
    assert worded["C077"] == ("at least", "About 400 in hospital")
    assert worded["C120"] == ("exact", "Plus 180 eateries and about 100 offices")


def test_no_word_of_certainty_is_left_behind_in_a_note(tables: dict[str, Rows]) -> None:
    left = re.compile(r"(about|around|over|more than|nearly|almost|at least)(;|$)", re.IGNORECASE)
    assert [row["id"] for row in tables["claims"] if left.match(row["note"])] == []


def test_the_capital_has_dated_names_in_three_languages(tables: dict[str, Rows]) -> None:
    on = {}
    for row in tables["places"]:
        if row["place"] == "Nur-Sultan" and row["valid_from"] >= "1998":
            on.setdefault((row["valid_from"], row["valid_to"]), {})[row["language"]] = row["name"]
    assert on == {
        ("1998", "2019-03-23"): {"en": "Astana", "ru": "Астана", "kk": "Астана"},
        ("2019-03-23", "2022-09-17"): {"en": "Nur-Sultan", "ru": "Нур-Султан", "kk": "Нұр-Сұлтан"},
        ("2022-09-17", ""): {"en": "Astana", "ru": "Астана", "kk": "Астана"},
    }


def test_a_place_is_one_settlement_in_one_unit(tables: dict[str, Rows]) -> None:
    seen: dict[str, set[tuple[str, ...]]] = {}
    for row in tables["places"]:
        key = (row["kind"], row["admin0"], row["geonames_id"], row["admin1_ids"])
        seen.setdefault(row["place"], set()).add(key)
    assert all(len(keys) == 1 for keys in seen.values())
    assert seen["Aktau"] == {("settlement", "KZ", "610612", "KZ-mangystau")}
    assert seen["Semey"] == {("settlement", "KZ", "1519422", "KZ-east-kazakhstan")}
    assert seen["Almaty"] == {("settlement", "KZ", "1526384", "KZ-almaty-city")}


def test_only_two_settlements_lack_a_geonames_identifier(tables: dict[str, Rows]) -> None:
    lacking = {r["place"] for r in tables["places"] if r["kind"] == "settlement" and not r["geonames_id"]}
    assert lacking == {"Akshukur", "Kaskelen"}


def test_names_are_dated_in_order(tables: dict[str, Rows]) -> None:
    for row in tables["places"]:
        if row["valid_from"] and row["valid_to"]:
            assert row["valid_from"] < row["valid_to"], row


def test_one_preferred_population_per_unit_adds_up_to_the_printed_total(tables: dict[str, Rows]) -> None:
    january = [
        row
        for row in tables["regional_figures"]
        if row["figure"] == "population" and row["preferred"] == "true" and row["reference"] == "2022-01-01"
    ]
    units = {row["admin1_id"]: int(row["value"]) for row in january}
    printed = units.pop("")
    assert len(january) == 18
    assert len(units) == 17
    assert sum(units.values()) == printed == 19_503_159


def test_one_preferred_area_per_unit(tables: dict[str, Rows]) -> None:
    areas = [r for r in tables["regional_figures"] if r["figure"] == "area_km2" and r["preferred"] == "true"]
    assert len(areas) == len({row["admin1_id"] for row in areas}) == 18
    assert round(sum(float(row["value"]) for row in areas if row["admin1_id"])) == 2_725_640


def test_never_two_preferred_values_of_one_thing(tables: dict[str, Rows]) -> None:
    same = ("admin1_id", "figure", "unit", "reference")
    preferred = Counter(
        tuple(row[name] for name in same) for row in tables["regional_figures"] if row["preferred"] == "true"
    )
    assert set(preferred.values()) == {1}


def test_weak_sources_are_marked(tables: dict[str, Rows]) -> None:
    weak = (
        "24hbongdda autoparus europe-diplomatic mirdliatebia no-such pledge-times rantburg russkaya-vesna"
        " taketonews tech-viral-tips thewall"
    )
    assert [row["id"] for row in tables["sources"] if row["weak"] == "true"] == weak.split()


def test_every_source_is_used(tables: dict[str, Rows]) -> None:
    used = {row["source_id"] for name in ("reports", "claims", "regional_figures") for row in tables[name]}
    assert used == {row["id"] for row in tables["sources"]}


def test_days_lie_in_the_period(tables: dict[str, Rows]) -> None:
    days = [dt.date.fromisoformat(row["date_start"]) for row in tables["incidents"]]
    assert (min(days), max(days)) == (dt.date(2022, 1, 1), dt.date(2022, 1, 13))
