"""The command line: exit codes, one line for each failure, and files that appear whole or not at all."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest
from geojson_pydantic import FeatureCollection

from geo import __version__, cli
from geo.exports import FORMATS
from geo.schema import SCHEMA_VERSION
from geo.settings import Settings
from tests.conftest import ROOT
from tests.sources.small import CLAIM, write_package


class Ended(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


SIGNATURES = {
    "geojson": b'{"type":"FeatureCollection"',
    "csv": b"\xef\xbb\xbfid,",
    "csv-zip": b"PK",
    "xlsx": b"PK",
    "gpkg": b"SQLite format 3",
    "geoparquet": b"PAR1",
    "fgb": b"fgb\x03fgb",
    "kml": b"<?xml",
    "html": b"<!doctype html>",
    "png": b"\x89PNG",
    "svg": b"<?xml",
    "pdf": b"%PDF",
}

Run = Callable[..., Ended]


@pytest.fixture
def run(
    store: Path,
    environment: dict[str, str],
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Run a command in this process: `run("export", "--start", "2022-01-05")`, over the default store."""
    monkeypatch.setenv("EVENTMAP_STORE", str(store))
    monkeypatch.setenv("EVENTMAP_CACHE", environment["EVENTMAP_CACHE"])

    def of(*arguments: str | Path) -> Ended:
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Ended(int(ended.value.code or 0), out.decode(), err.decode())

    return of


def python(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run `python -m geo` as a user does."""
    command = [sys.executable, "-m", "geo", *arguments]
    return subprocess.run(command, cwd=ROOT, text=True, stderr=subprocess.PIPE, timeout=60, **options)  # type: ignore[call-overload, no-any-return]


def refusal(ended: Ended, code: int = 2) -> str:
    """The one line of a command that failed."""
    assert (ended.code, ended.out) == (code, "")
    assert re.fullmatch(r"eventmap: [^\n]+\n", ended.err), ended.err
    return ended.err.removeprefix("eventmap: ").removesuffix("\n")


# --- bad calls -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ("", "Missing command; see eventmap --help"),
        ("fly", "No such command 'fly'; see eventmap --help"),
        ("export --colour red", "No such option '--colour'"),
        ("export --start", "Option '--start' requires an argument; see eventmap --help"),
        ("export --start 5.1.2022", "start: '5.1.2022' is not a day; write it as 2022-01-05"),
        ("export --start 2022-01-07 --end 2022-01-05", "start: 2022-01-07 is after 2022-01-05; swap"),
        ("export --bbox 46,56,88,40", "bbox: '46,56,88,40' has its south above its north; give west,south"),
        ("export --event-type Strike", "event-type: 'Strike' is not known; choose from: Protests, Riots"),
        ("export --min-precision town", "min-precision: 'town' is not known; choose from: site, city"),
        ("export --format xls", "format: 'xls' is no format; choose from: geojson, csv"),
        ("export -q \udcff", r"'\udcff' is not UTF-8; write it as UTF-8 text"),
        ("claims --known-on yesterday", "--known-on: 'yesterday' is not a day; write it as 2022-01-05"),
        ("regions --on 2022-13-01", "--on: '2022-13-01' is not a day; write it as 2022-01-05"),
        ("regions --figure joy", "--figure: no figure is called 'joy'; choose from: "),
        ("geocode", "Missing argument 'NAME'; see eventmap --help"),
        ("geocode Almaty --on today", "--on: 'today' is not a day; write it as 2022-01-05"),
        ("serve --port 99999", "Invalid value for '--port': 99999 is not in the range 1<=x<=65535; see eve"),
        ("serve --host nonsense.invalid --port 18123", "nonsense.invalid:18123: cannot listen ("),
        ("serve --host a..b --port 18123", "a..b:18123: cannot listen ("),
    ],
)
def test_a_bad_call_is_one_line_and_exit_2(run: Run, arguments: str, line: str):
    assert refusal(run(*arguments.split())).startswith(line)


def test_a_setting_that_cannot_be_is_named(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("EVENTMAP_PORT", "many")
    assert refusal(run("serve")) == (
        "EVENTMAP_PORT: 'many' is not a whole number above 0; correct or unset it"
    )
    monkeypatch.setenv("EVENTMAP_PORT", "99999")
    assert refusal(run("serve")).startswith("127.0.0.1:99999: cannot listen (")


def test_a_port_in_use_is_one_line(run: Run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert refusal(run("serve", "--port", str(port))) == (
            f"127.0.0.1:{port}: cannot listen (Address already in use); "
            "stop what listens there, or choose another with --host and --port"
        )


# --- stores that are none --------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["export", "regions", "claims"])
def test_a_store_that_is_absent_or_no_store_is_the_fault_of_the_data(run: Run, tmp_path: Path, command: str):
    path = tmp_path / "a.duckdb"
    line = refusal(run(command, "--store", path), code=1)
    assert line == f"{path}: there is no store here; build it with `eventmap build`"
    path.write_text("a text")
    line = refusal(run(command, "--store", path), code=1)
    assert line == f"{path}: this file is no store; name another file, or move this one away and build"


def test_a_store_of_a_newer_version_is_refused_and_so_is_serving_it(run: Run, store: Path, tmp_path: Path):
    path = tmp_path / "newer.duckdb"
    path.write_bytes(store.read_bytes())
    with duckdb.connect(str(path)) as db:
        db.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    told = f"the store has format 99, this program reads {SCHEMA_VERSION}"
    told += "; upgrade eventmap, or build the store again"
    assert refusal(run("export", "--store", path), code=1) == f"{path}: {told}"
    assert refusal(run("serve", "--port", "18124", "--store", path), code=1) == f"{path}: {told}"


# --- build -----------------------------------------------------------------------------------------


def test_the_default_build_counts_what_it_read(run: Run, tmp_path: Path):
    built = run("build", "--strict", "--store", tmp_path / "a.duckdb")
    assert (built.code, built.err) == (0, "")
    assert [line.split() for line in built.out.splitlines()[:6]] == [
        ["163", "reports"],
        ["142", "claims"],
        ["120", "incidents"],
        ["120", "placed"],
        ["0", "unplaced"],
        ["0", "rejects"],
    ]
    assert built.out.splitlines()[6:] == [f"store written to {tmp_path}/a.duckdb"]
    assert os.listdir(tmp_path) == ["a.duckdb"]


def test_good_rows_load_and_rejects_are_told_and_written(run: Run, tmp_path: Path):
    folder = write_package(tmp_path / "package", claims=[CLAIM, CLAIM | {"id": "C2", "value": "=many"}])
    store = tmp_path / "a.duckdb"
    built = run("build", folder, "--store", store)
    line = "claims.csv, row 3, column value: '=many' is not a number; "
    line += "write it with digits and a decimal point, or leave it blank"
    assert (built.code, built.err) == (0, f"rejected: {line}\n")
    assert "        1 rejects\n" in built.out
    assert f"rejects written to {tmp_path}/a.rejects.csv\n" in built.out
    assert (tmp_path / "a.rejects.csv").read_text("utf-8-sig").splitlines() == [
        "file,row,column,value,reason,todo",
        "claims.csv,3,value,'=many,is not a number,"
        '"write it with digits and a decimal point, or leave it blank"',
    ]

    before = store.read_bytes()
    strict = refusal(run("build", folder, "--store", store, "--strict"), code=1)
    assert strict == (f"1 faults, first: {line}; mend the rows, or build without --strict to leave them out")
    assert store.read_bytes() == before

    write_package(folder)
    built = run("build", folder, "--store", store, "--rejects", tmp_path / "none.csv")
    assert built.code == 0
    assert not (tmp_path / "a.rejects.csv").exists()
    assert (tmp_path / "none.csv").read_text("utf-8-sig") == "file,row,column,value,reason,todo\n"


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("claims.csv", "", "claims.csv: the file is empty; give it a header and rows"),
        (
            "claims.csv",
            "PK\x03\x04",
            "claims.csv: it is no CSV with our column names in row 1; save it as CSV",
        ),
        ("claims.csv", "id,value\n", "claims.csv, row 1: it lacks column metric, qualifier"),
        ("datapackage.json", "{", "datapackage.json: it is not JSON"),
    ],
)
def test_a_bad_file_is_one_line_and_leaves_no_store(
    run: Run, tmp_path: Path, name: str, content: str, line: str
):
    folder = write_package(tmp_path / "package")
    (folder / name).write_text(content)
    assert line in refusal(run("build", folder, "--store", tmp_path / "a.duckdb"), code=1)
    assert os.listdir(tmp_path) == ["package"]


def test_a_store_cannot_be_written_where_no_file_can_be(run: Run, tmp_path: Path):
    folder = write_package(tmp_path / "package")
    assert refusal(run("build", folder, "--store", tmp_path)) == (
        f"{tmp_path}: Is a directory; choose another path, or free this one"
    )
    assert refusal(run("build", folder, "--store", folder / "claims.csv" / "a.duckdb")).startswith(
        f"{folder}/claims.csv: "
    )


# --- export ----------------------------------------------------------------------------------------


def test_an_export_goes_to_standard_output_or_to_a_file(run: Run, tmp_path: Path):
    printed = run("export", "--start", "2022-01-05", "--end", "2022-01-05", "--event-type", "Riots")
    written = run(
        *("export", "--start", "2022-01-05", "--end", "2022-01-05", "--event-type", "Riots"),
        *("-o", tmp_path / "a.geojson"),
    )
    assert (printed.code, printed.err, written) == (0, "", (0, "", ""))
    one, two = json.loads(printed.out), json.loads((tmp_path / "a.geojson").read_bytes())
    assert one["features"] == two["features"]
    assert {feature["properties"]["event_type"] for feature in one["features"]} == {"Riots"}
    assert one["eventmap"]["query"] == {
        "start": "2022-01-05",
        "end": "2022-01-05",
        "event-type": ["Riots"],
    }
    assert os.listdir(tmp_path) == ["a.geojson"]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_and_opens_with_its_own_signature(run: Run, tmp_path: Path, name: str):
    path = tmp_path / f"out{FORMATS[name].suffix}"
    assert run("export", "--format", name, "--start", "2022-01-05", "-o", path) == (0, "", "")
    assert path.read_bytes().startswith(SIGNATURES[name])


def test_an_export_says_how_to_make_it_again(run: Run, tmp_path: Path):
    first = json.loads(run("export", "--bbox", "46,40,88,56", "-q", "it's", "--known-on", "2022-01-09").out)
    command = first["eventmap"]["make_again"]
    again = subprocess.run(
        command.replace("eventmap ", f"{sys.executable} -m geo ", 1),
        shell=True,
        cwd=ROOT,
        capture_output=True,
    )
    second = json.loads(again.stdout)
    first["eventmap"].pop("generated_at")
    second["eventmap"].pop("generated_at")
    assert first == second


@pytest.mark.parametrize(
    ("output", "line"),
    [
        ("none/a.geojson", "none: there is no such folder; make it first"),
        ("a.txt/a.geojson", "a.txt: there is no such folder; make it first"),
        (".", ": Is a directory; choose another path, or free this one"),
    ],
)
def test_an_export_to_where_no_file_can_be_is_refused(run: Run, tmp_path: Path, output: str, line: str):
    (tmp_path / "a.txt").write_text("here")
    assert line in refusal(run("export", "-o", tmp_path / output))
    assert os.listdir(tmp_path) == ["a.txt"]


def test_an_export_to_a_device_leaves_the_device(run: Run):
    assert run("export", "-o", os.devnull) == (0, "", "")
    assert Path(os.devnull).is_char_device()


def test_a_reader_who_has_seen_enough_is_no_failure(store: Path):
    command = f"{sys.executable} -m geo export --store {store} | head -c 20"
    ended = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True)
    assert (ended.stdout, ended.stderr) == ('{"type":"FeatureColl', "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_one_line(store: Path):
    with open("/dev/full", "w") as full:
        ended = python("export", "--store", str(store), stdout=full)
    assert ended.returncode == 2
    assert ended.stderr == (
        "eventmap: standard output: No space left on device; choose another path, or free this one\n"
    )


# --- the other commands ----------------------------------------------------------------------------


def test_python_m_geo_is_the_command():
    ended = python("--version", stdout=subprocess.PIPE)
    assert (ended.returncode, ended.stdout) == (0, f"eventmap, version {__version__}\n")
    ended = python("export", "--start", "x", stdout=subprocess.PIPE)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "eventmap: start: 'x' is not a day; write it as 2022-01-05\n"


def test_the_units_of_january_2022_and_the_people_in_them(run: Run):
    collection = json.loads(run("regions", "--on", "2022-01-05").out)
    FeatureCollection.model_validate(collection)
    units = [feature["properties"] for feature in collection["features"]]
    assert len(units) == 17
    assert sum(unit["region_population"] for unit in units) == 19_503_159
    assert {unit["region_population_reference"] for unit in units} == {"2022-01-01"}
    assert collection["eventmap"]["on"] == "2022-01-05"
    only = json.loads(run("regions", "--on", "2022-01-05", "--figure", "population").out)
    kept = {name for name in only["features"][0]["properties"] if name.startswith("region_")}
    assert kept == {"region_population", "region_population_unit", "region_population_reference"}


def test_regions_of_data_without_figures_are_drawn_all_the_same(run: Run, tmp_path: Path):
    store = tmp_path / "a.duckdb"
    run("build", write_package(tmp_path / "package"), "--store", store)
    assert run("regions", "--store", store).code == 0


def test_the_toll_of_9_january_is_there_that_day_and_withdrawn_afterwards(run: Run):
    def ledger(day: str) -> dict[float, str]:
        found = run("claims", "--metric", "killed", "--place", "Kazakhstan", "--known-on", day, "--json")
        return {claim["value"]: claim["status"] for claim in json.loads(found.out)}

    assert ledger("2022-01-09")[164] == "stands"
    assert 225 not in ledger("2022-01-14")
    later = ledger("2022-01-20")
    assert (later[164], later[225]) == ("retracted", "stands")


def test_the_ledger_can_be_read(run: Run):
    lines = run("claims", "--metric", "killed", "--place", "Kazakhstan", "--known-on", "2022-01-09").out
    assert re.search(
        r"^2022-01-09 +stands +164 killed, Kazakhstan: Khabar 24.* \[C013, TASS.*\]$", lines, re.M
    )
    none = run("claims", "--metric", "smiles")
    assert (none.code, none.out) == (0, "")
    assert none.err == "no claim matches; leave out --metric, --place or --known-on\n"


@pytest.mark.parametrize(
    ("name", "on", "line"),
    [
        ("Almaty", "2022-01-05", "Almaty, KZ: 43.2"),
        ("Semey", "2022-07-01", "Semey, Abai, KZ: 50.4"),
        ("Mangystau Region", "2022-01-05", "Mangystau Region, Mangystau, KZ: no point (region, score 1.00)"),
        ("Kazakhstan", "2022-01-05", "Kazakhstan, KZ: no point (country, score 1.00)"),
    ],
)
def test_a_place_is_told_on_a_line(run: Run, name: str, on: str, line: str):
    found = run("geocode", name, "--on", on)
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith(line)


def test_a_miss_is_explained(run: Run):
    missed = run("geocode", "Zzyzx", "--on", "2022-01-05")
    assert (missed.code, missed.out) == (1, "")
    assert "Zzyzx" in missed.err
    answer = json.loads(run("geocode", "Zzyzx", "--on", "2022-01-05", "--json").out)
    assert (answer["query"], answer["match"], answer["on"]) == ("Zzyzx", None, "2022-01-05")
    assert answer["reason"]


def test_a_match_as_json(run: Run):
    answer = json.loads(run("geocode", "Нұр-Сұлтан", "--on", "2022-01-05", "--json").out)
    assert set(answer) == {"query", "on", "match", "candidates", "reason"}
    assert set(answer["match"]) == {
        *("name", "lat", "lon", "score", "precision", "country", "admin1_id", "admin1_name")
    }
    assert (answer["match"]["name"], answer["match"]["admin1_id"]) == ("Nur-Sultan", "KZ-nur-sultan")


def test_formats_and_settings_are_listed(run: Run, store: Path):
    formats = run("formats").out.splitlines()
    assert formats[:2] == [
        "geojson    .geojson   GeoJSON (application/geo+json)",
        "csv        .csv       CSV (text/csv; charset=utf-8)",
    ]
    assert [line.split()[0] for line in formats] == list(FORMATS)
    listed = run("settings").out
    assert f"EVENTMAP_STORE={store}\n" in listed
    for name, _, default, meaning in Settings().describe():
        assert name in listed
        assert f"    {meaning}; default: {default}\n" in listed


@pytest.mark.parametrize("command", cli.cli.commands)
def test_every_command_explains_itself(run: Run, command: str):
    helped = run(command, "--help")
    assert helped.code == 0
    assert helped.out.startswith(f"Usage: eventmap {command}")


TABLE = (
    "id,date,place,country,type,killed\n"
    "1,2022-01-05,Almaty,Kazakhstan,protest,3\n2,2022-02-30,Almaty,,riot,\n"
)


def test_a_table_is_imported_and_what_was_wrong_is_told(run: Run, tmp_path: Path):
    own, path = tmp_path / "own.duckdb", tmp_path / "desk.csv"
    path.write_text(TABLE)
    ended = run("import", path, "--store", own, "--delivered", "2022-03-01")
    lines = [" ".join(line.split()) for line in ended.out.splitlines()]
    assert ended.code == 0
    assert "2 rows read as table" in lines
    assert "1 incidents added" in lines
    assert "1 of them: column date: is not a day of the calendar" in lines
    assert f"store written to {own}" in lines
    assert "rejected: desk.csv, row 3, column date: '2022-02-30' is not a day" in ended.err
    assert (tmp_path / "own.desk.rejects.csv").exists()
    assert (
        (tmp_path / "own.desk.rejects.rows.csv")
        .read_text("utf-8-sig")
        .splitlines()[1]
        .startswith("2,2022-02-30")
    )
    again = run("import", path, "--store", own, "--delivered", "2022-03-02")
    assert f"{own} stays as it was" in again.out
    exported = json.loads(run("export", "--store", own).out)
    assert [feature["id"] for feature in exported["features"]] == ["1"]


def test_the_history_of_an_incident_is_printed(run: Run, tmp_path: Path):
    own, path = tmp_path / "own.duckdb", tmp_path / "desk.csv"
    path.write_text(TABLE)
    run("import", path, "--store", own, "--delivered", "2022-03-01")
    path.write_text(TABLE.replace(",3\n", ",5\n"))
    run("import", path, "--store", own, "--delivered", "2022-04-01")
    assert run("history", "1", "--store", own).out.splitlines() == [
        "2022-01-05  Protests, Almaty [desk]",
        "2022-04-01  Protests, Almaty [desk] (desk.csv)",
        "            fatalities_low: 3 -> 5",
        "            fatalities_best: 3 -> 5",
        "            fatalities_high: 3 -> 5",
    ]
    told = json.loads(run("history", "1", "--store", own, "--json").out)
    assert told[1]["changes"]["fatalities_best"] == [3, 5]
    assert refusal(run("history", "9", "--store", own)).startswith("9: no incident has this identifier")


def test_a_question_is_asked_with_exit_code_2(run: Run, tmp_path: Path):
    path = tmp_path / "desk.csv"
    path.write_text(TABLE.replace("2022-01-05", "05/01/2022"))
    ended = run("import", path, "--store", tmp_path / "own.duckdb")
    assert refusal(ended).startswith("column date: is 05/01/2022 5 January 2022 or 1 May 2022?")
    assert run("import", path, "--store", tmp_path / "own.duckdb", "--dates", "day-first").code == 0
    assert "write it as --map date=Column" in refusal(run("import", path, "--map", "date"))


def test_a_check_writes_nothing(run: Run, tmp_path: Path):
    path = tmp_path / "desk.csv"
    path.write_text(TABLE)
    ended = run("import", path, "--check", "--store", tmp_path / "own.duckdb")
    assert "read as table; columns: id, date, place, country, type, killed" in ended.out
    assert [one.name for one in tmp_path.iterdir()] == ["desk.csv"]


def test_a_new_package_is_made(run: Run, tmp_path: Path):
    made = run("new", tmp_path / "mine", "--country", "KZ")
    assert made.out.startswith(f"{tmp_path / 'mine'} is ready")
    assert refusal(run("new", tmp_path / "mine")).endswith("it is there already; choose another name")
