"""An export says what was asked, of which data, on what terms, how to cite it and how to make it again."""

from __future__ import annotations

import datetime as dt
import shlex

from geo import __version__
from geo.cli import cli
from geo.exports.context import describe
from geo.query import IncidentQuery
from tests.store.small import DESCRIPTOR

ASKED = IncidentQuery.from_params({"start": "2022-01-05", "event-type": ["Riots"], "q": "it's a hall"})
NOON = dt.datetime(2022, 2, 1, 12, tzinfo=dt.timezone(dt.timedelta(hours=6)))
OTHER = {"name": "other", "title": "Other data", "version": "2"}


def test_the_context_of_an_export():
    context = describe(ASKED, {"small": DESCRIPTOR}, "csv", NOON)
    assert context.query == {"start": "2022-01-05", "event-type": ["Riots"], "q": "it's a hall"}
    assert context.datasets == [
        {
            "name": "small",
            "title": "Small data",
            "version": "1.2.0",
            "licences": DESCRIPTOR["licenses"],
            "sources": [],
        }
    ]
    assert context.citation == (
        "The testers: Small data. Query: start 2022-01-05, "
        f"event-type Riots, q it's a hall. Made with eventmap {__version__}."
    )
    assert context.generated_at == "2022-02-01T06:00:00Z"


def test_the_command_makes_the_same_export_again():
    command = shlex.split(describe(ASKED, {"small": DESCRIPTOR}, "csv", NOON).command)
    assert command[:2] == ["eventmap", "export"]
    export = cli.commands["export"].make_context("export", command[2:])
    asked = {name.replace("_", "-"): value or "" for name, value in export.params.items()}
    assert IncidentQuery.from_params({n: v for n, v in asked.items() if n in ASKED.to_params()}) == ASKED
    assert export.params["name"] == "csv"


def test_all_incidents_are_called_so():
    context = describe(IncidentQuery(), {}, "geojson", NOON)
    assert context.citation.endswith(f"Query: all incidents. Made with eventmap {__version__}.")
    assert context.command == "eventmap export --format geojson"


def test_only_the_data_sets_that_were_asked_are_named():
    both = {"small": DESCRIPTOR, "other": OTHER}
    named = [d["name"] for d in describe(IncidentQuery(), both, "csv", NOON).datasets]
    assert named == ["other", "small"]
    one = describe(IncidentQuery(dataset="other"), both, "csv", NOON)
    assert [dataset["name"] for dataset in one.datasets] == ["other"]
    assert "testers" not in one.citation
