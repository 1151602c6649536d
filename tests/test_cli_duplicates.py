"""`eventmap duplicates` as it is typed, on two deliveries of the same events."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

HEADER = "id,date,latitude,longitude,event_type,summary,fatalities,source\n"
OURS = HEADER + (
    "o1,2022-01-05,43.2567,76.9286,Riots,Crowd stormed the city hall after oil workers spoke,2,Vlast\n"
    "o2,2022-01-07,43.2567,76.9286,Protests,Women asked for pensions in a theatre,,Vlast\n"
)
THEIRS = HEADER + "t1,2022-01-05,43.26,76.93,Riots,A crowd stormed city hall; oil workers spoke,3,Tengri\n"

Say = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def say(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Say:
    folder = tmp_path_factory.mktemp("duplicates")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "geo", *arguments]
        own = environment | {"EVENTMAP_STORE": str(folder / "held.duckdb")}
        return subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True)

    for name, text in (("ours", OURS), ("theirs", THEIRS)):
        file = folder / f"{name}.csv"
        file.write_text(text)
        done = run("import", str(file), "--as", "table", "--dataset", name)
        assert done.returncode == 0, done.stderr
    return run


def shown(say: Say, *asked: str) -> list[dict[str, str]]:
    text = say("export", "--format", "csv", *asked).stdout
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_pairs_are_listed_confirmed_delivered_again_applied_and_rejected(say: Say, tmp_path: Path):
    (line,) = say("duplicates", "--json").stdout.splitlines()
    pair = json.loads(line)
    assert {pair["a"]["id"], pair["b"]["id"]} == {"o1", "t1"}
    assert pair["score"] > 0.9
    listed = say("duplicates").stdout
    assert "ours:o1  2022-01-05, Almaty, Riots: Crowd stormed the city hall" in listed
    assert "for: told in much the same words, same day, same type of event, same place" in listed

    assert len(shown(say)) == 3
    done = say("duplicates", "confirm", "o1", "theirs:t1", "--note", "same hall")
    assert done.stdout == "ours:o1 and theirs:t1 are one event\n"
    one = next(row for row in shown(say) if row["id"] == "o1")
    assert [one[f"fatalities_{end}"] for end in ("low", "best", "high")] == ["2", "2", "3"]
    assert len(shown(say)) == 2
    again = say("duplicates", "confirm", "o1", "t1")
    assert again.stdout == "ours:o1 and theirs:t1 are one event; that was decided before\n"
    none = say("duplicates")
    assert (none.stdout, none.stderr) == ("", "no pair scores 0.3 or more; try a lower --threshold\n")

    more = tmp_path / "theirs-2.csv"
    more.write_text(THEIRS.replace(",3,Tengri", ",5,Tengri"))
    assert "1 incidents changed" in say("import", str(more), "--as", "table", "--dataset", "theirs").stdout
    one = next(row for row in shown(say) if row["id"] == "o1")
    assert [one[f"fatalities_{end}"] for end in ("low", "best", "high")] == ["2", "2", "5"]
    assert "3 -> 5" in say("history", "t1").stdout

    ledger = tmp_path / "decisions.csv"
    assert say("duplicates", "decisions", "-o", str(ledger)).returncode == 0
    assert "ours,o1,theirs,t1,same," in ledger.read_text(encoding="utf-8-sig")
    assert say("duplicates", "reject", "t1", "o1").stdout == "theirs:t1 and ours:o1 are two events\n"
    assert len(shown(say)) == 3
    applied = say("duplicates", "apply", str(ledger)).stdout.split()
    assert applied == ["1", "decisions", "are", "new", "0", "were", "in", "force", "before"]
    assert len(shown(say)) == 2

    assert say("duplicates", "undo", "o1", "t1").stdout == "ours:o1 and theirs:t1 are undecided again\n"
    assert len(shown(say)) == 3
    assert len(say("duplicates", "--json").stdout.splitlines()) == 1
    again = say("duplicates", "undo", "o1", "t1").stdout
    assert again == "ours:o1 and theirs:t1 are undecided again; nothing was decided on them\n"


def test_a_decision_holds_from_the_day_that_is_stated(say: Say):
    assert say("duplicates", "confirm", "o2", "t1", "--decided-on", "2022-03-01").returncode == 0
    known = [shown(say, "--known-on", day) for day in ("2022-02-28", "2022-03-01")]
    assert [[row["id"] for row in rows] for rows in known] == [["o1", "t1", "o2"], ["o1", "o2"]]
    late = say("duplicates", "confirm", "o2", "t1", "--decided-on", "2999-01-01")
    assert late.stderr == (
        "eventmap: --decided-on: 2999-01-01 is still to come; write the day it was decided on\n"
    )
    assert late.returncode == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,decision\no1,same\n", "there is no column dataset; "),
        ("dataset,id,other_dataset,other_id,decision\n", "it holds no decision; decide on pairs first"),
        (
            "dataset,id,other_dataset,other_id,decision\nours,o1,theirs,t1,maybe\n",
            ", row 2: 'maybe' is no decision; write same, different or undecided",
        ),
        (
            "dataset,id,other_dataset,other_id,decision,decided_on\nours,o1,theirs,t1,same,yesterday\n",
            ", row 2: 'yesterday' is not a day; write it as 2022-01-05",
        ),
        (
            "dataset,id,other_dataset,other_id,decision,decided_on\nours,o1,theirs,t1,same,2999-01-01\n",
            ", row 2: 2999-01-01 is still to come; write the day it was decided on",
        ),
    ],
)
def test_a_file_that_is_no_list_of_decisions_is_refused(say: Say, tmp_path: Path, text: str, said: str):
    file = tmp_path / "decisions.csv"
    file.write_text(text)
    done = say("duplicates", "apply", str(file))
    assert (done.returncode, said in done.stderr, done.stderr.count("\n")) == (1, True, 1), done.stderr


def test_calls_that_name_nothing_are_refused(say: Say):
    done = say("duplicates", "confirm", "o1", "zz")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("eventmap: zz: no incident has this identifier; take data set and")
    assert say("duplicates", "apply", "nowhere.csv").returncode == 2
    assert say("duplicates", "--threshold", "2").returncode == 2
