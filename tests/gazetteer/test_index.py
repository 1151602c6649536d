from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from geo.errors import GazetteerError
from geo.gazetteer.build import file_name
from geo.gazetteer.fold import key, loose
from geo.gazetteer.index import Index


def test_a_place_is_found_by_its_identifier(index: Index) -> None:
    row = index.row_of(1526384)
    assert row is not None
    almaty = index.place(row)
    assert (almaty.name, almaty.admin0, almaty.geonames_admin1, almaty.kind) == (
        "Almaty",
        "KZ",
        "02",
        "settlement",
    )
    assert almaty.lon == pytest.approx(76.9115)
    assert almaty.lat == pytest.approx(43.25249)
    assert index.row_of(1) is None


def test_names_are_found_by_their_loose_key(index: Index) -> None:
    found = {one for one in index.called(loose(key("Алма-Ата")), 100) if one.key == "almaata"}
    assert {index.place(one.place).geonames_id for one in found} == {1526384}
    assert not any(one.main for one in found)
    assert index.called("zzyzzyzzy", 100) == []
    assert len(index.called(loose(key("San José")), 7)) == 7


def test_names_are_sorted_so_that_they_can_be_searched(index: Index) -> None:
    keys = index.names.field("loose").slice(500_000, 5_000).to_pylist()
    assert keys == sorted(keys)


def test_the_first_and_the_last_name_are_found(index: Index) -> None:
    for row in (0, len(index.names) - 1):
        assert index.called(index.name(row).loose, 5000)


def test_countries_are_in_it(index: Index) -> None:
    kazakhstan = index.country("KZ")
    assert kazakhstan is not None
    assert (kazakhstan.name, kazakhstan.kind, kazakhstan.lon) == ("Kazakhstan", "country", None)
    assert index.country("QQ") is None


def test_codes_of_airports_are_no_names(index: Index) -> None:
    assert 1526384 not in {index.place(one.place).geonames_id for one in index.called("ala", 5000)}
    assert index.called("11", 5000) == []


def test_similar_names_come_from_a_bounded_block(index: Index) -> None:
    texts, rows = index.beginning("janao", range(7, 10))
    assert "janaozen" in texts
    assert all(text.startswith("janao") and 7 <= len(text) < 10 for text in texts)
    assert index.name(int(rows[texts.index("janaozen")])).loose == "janaozen"


def test_large_cities_for_labels(index: Index) -> None:
    cities = index.cities(5_000_000)
    people = cities["population"].to_pylist()
    assert people == sorted(people, reverse=True)
    assert min(people) >= 5_000_000
    assert "kind" not in cities.column_names
    assert None not in cities["lon"].to_pylist()


def test_the_nearest_large_city(index: Index) -> None:
    city = index.landmark(73.0, 50.0, "KZ", 100_000)
    assert city is not None
    assert city.name in {"Temirtau", "Karagandy"}
    assert index.landmark(0.0, 0.0, "VA", 100_000) is None


def test_the_file_is_compact_and_opening_it_is_cheap(request: pytest.FixtureRequest) -> None:
    path = request.config.cache.mkdir("gazetteer") / file_name()
    Index.open(path.parent)
    assert path.stat().st_size < 60e6
    code = (
        "import resource, sys, time; from pathlib import Path; from geo.gazetteer.index import Index\n"
        "def rss(): return int(open('/proc/self/statm').read().split()[1]) * resource.getpagesize() / 1e6\n"
        "before, start = rss(), time.perf_counter(); index = Index.read(Path(sys.argv[1]))\n"
        "index.called('almati', 100); print(time.perf_counter() - start, rss() - before)"
    )
    if not Path("/proc/self/statm").exists():
        pytest.skip("memory is read from /proc")
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 1
    assert megabytes < 40


def test_no_python_objects_of_the_world_stay(index: Index) -> None:
    gc.collect()
    before = len(gc.get_objects())
    another = Index(index.places, index.names)
    another.called("almati", 100)
    gc.collect()
    assert len(gc.get_objects()) - before < 200


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"not arrow"):
        (tmp_path / "x.arrow").write_bytes(content)
        with pytest.raises(GazetteerError, match="delete it; it is built again"):
            Index.read(tmp_path / "x.arrow")
    with pa.OSFile(str(tmp_path / "y.arrow"), "wb") as file, pa.ipc.new_file(file, pa.schema([])):
        pass
    with pytest.raises(GazetteerError, match="is not a place index"):
        Index.read(tmp_path / "y.arrow")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(GazetteerError, match="set EVENTMAP_CACHE"):
        Index.open(tmp_path / "file")
