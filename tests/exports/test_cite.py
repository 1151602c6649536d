"""A citation as text, BibTeX and CSL-JSON, whatever the title holds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

from geo.exports import Context
from geo.exports.cite import cite


def test_a_citation_names_title_version_query_and_day(context: Callable[..., Context]):
    found = cite(context("csv", text="title"))
    assert found["text"] == context("csv", text="title").citation + " Accessed 2022-02-01."
    item = json.loads(found["csl"])[0]
    assert (item["type"], item["title"], item["version"]) == ("dataset", "Small data", "1.2.0")
    assert item["issued"] == {"date-parts": [[2022, 2, 1]]}
    assert "Query: q title." in item["note"]


def test_bibtex_has_a_key_and_balanced_braces(context: Callable[..., Context]):
    entry = cite(context("csv"))["bibtex"]
    assert entry.startswith("@misc{eventmap-small-2022-02-01,\n")
    assert "  title = {{Small data}},\n" in entry
    assert "  year = {2022},\n" in entry
    assert entry.count("{") == entry.count("}")


def test_a_hostile_title_stays_a_title(context: Callable[..., Context]):
    title = "}, evil = {x} 50% & $a_b^c~#\\input{y}\n\x01@misc{"
    dataset = {"name": "n,}", "title": title, "version": "1", "licences": [], "sources": []}
    found = cite(replace(context("csv"), datasets=[dataset]))
    entry = found["bibtex"]
    plain = re.sub(r"\\[{}]", "", entry)
    assert plain.count("{") == plain.count("}")
    assert r"\}, evil = \{x\} 50\% \& \$a\_b" in entry
    assert entry.startswith("@misc{eventmap-n-2022-02-01,\n")
    assert "\x01" not in entry
    assert json.loads(found["csl"])[0]["title"].startswith("}, evil = {x}")


def test_without_data_sets_it_is_still_a_citation(context: Callable[..., Context]):
    found = cite(replace(context("csv"), datasets=[]))
    assert json.loads(found["csl"])[0]["title"] == "No data"
    assert "version" not in found["bibtex"].split("note")[0]
