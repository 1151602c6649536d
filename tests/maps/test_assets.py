import re

import pytest

from geo.maps import assets

IMPORT = re.compile(r"""(?:from|import\() ?'\./([\w.]+)'""")


def test_every_known_file_exists_and_is_not_empty():
    assert {"leaflet/leaflet.js", "leaflet/leaflet.css", "map/boot.js", "map/layer.js"} <= set(assets.known())
    for name, file in assets.known().items():
        assert file.stat().st_size > 0, name


def test_leaflet_is_a_version_that_the_layer_was_written_for():
    head = assets.known()["leaflet/leaflet.js"].read_text(encoding="utf-8")[:200]
    assert re.search(r"Leaflet 1\.9\.\d", head)


def test_a_versioned_address_finds_the_file_and_may_be_kept_for_good():
    path = assets.url("boot.js").removeprefix("/assets/")
    found = assets.find(path)
    assert found == (assets.STATIC / "boot.js", "text/javascript; charset=utf-8", True)


def test_an_address_without_version_or_with_an_old_one_finds_the_file_but_may_not_be_kept():
    for path in ("map/boot.js", "map/0123456789ab/boot.js"):
        found = assets.find(path)
        assert found is not None
        assert found.file == assets.STATIC / "boot.js"
        assert not found.lasting


@pytest.mark.parametrize(
    "path",
    [
        "",
        "map/",
        "map/absent.js",
        "map/../view.py",
        "map/0123456789ab/../view.py",
        "/etc/passwd",
        "fonts.css",
    ],
)
def test_nothing_else_is_found(path):
    assert assets.find(path) is None


def test_the_version_is_the_same_for_the_same_files():
    assert assets.version() == assets.version()
    assert re.fullmatch(r"[0-9a-f]{12}", assets.version())


def test_modules_import_only_modules_that_are_served():
    for file in assets.STATIC.glob("*.js"):
        for name in IMPORT.findall(file.read_text(encoding="utf-8")):
            assert f"map/{name}" in assets.known(), f"{file.name} imports {name}"


def test_data_never_becomes_markup():
    unsafe = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(")
    found = {
        file.name for file in assets.STATIC.glob("*.js") if unsafe.search(file.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_no_module_names_another_origin():
    for file in [*assets.STATIC.glob("*.js"), *assets.STATIC.glob("*.css")]:
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://", text), file.name
