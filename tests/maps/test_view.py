import datetime as dt
import json
import re

import pytest
from streamlit_folium import generate_js_hash, generate_leaflet_string

from geo.maps import assets
from geo.maps.layer import QueryPush
from geo.maps.view import MAX_ZOOM, build_map
from geo.query import BBox, IncidentQuery, Interval
from geo.schema import EVENT_TYPES

HOME = BBox(46.5, 40.5, 87.4, 55.5)


def rendered(**more):
    return build_map(HOME, **more).get_root().render()


def script(**more):
    """The script as st_folium derives it."""
    built = build_map(HOME, **more)
    built.get_root().render()
    return generate_leaflet_string(built)


def test_the_same_input_gives_the_same_page_to_the_last_byte():
    assert rendered() == rendered()
    assert rendered(on=dt.date(2022, 1, 5)) == rendered(on=dt.date(2022, 1, 5))


def test_the_script_that_decides_about_a_new_frame_is_the_same_at_every_rerun():
    assert script() == script()
    assert generate_js_hash(script(), "map") == generate_js_hash(script(), "map")


def test_no_other_origin_is_named():
    page = rendered().replace("http://www.w3.org/", "")
    assert not re.search(r"https?://|//cdn|//unpkg", page)


def test_only_our_scripts_and_styles_are_loaded():
    page = rendered()
    assert re.findall(r'<script src="([^"]+)"', page) == ["/assets/leaflet/leaflet.js", assets.url("boot.js")]
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', page) == [
        "/assets/leaflet/leaflet.css",
        "/assets/fonts.css",
        *map(assets.url, assets.STYLES),
    ]


def test_every_loaded_file_of_ours_is_known():
    for address in re.findall(r'(?:src|href)="/assets/([^"]+)"', rendered()):
        assert address == "fonts.css" or assets.find(address), address


def test_the_map_has_no_tiles_but_a_largest_zoom():
    text = script()
    assert "tileLayer" not in text
    assert f'"maxZoom": {MAX_ZOOM}' in text


def test_the_layer_is_told_where_home_is_which_day_and_the_types_in_order():
    found = re.search(r"eventmap\.start\(\w+, (\{.*\})\);", script(on=dt.date(2022, 1, 5)))
    assert found
    options = json.loads(found[1])
    assert options["home"] == list(HOME)
    assert options["on"] == "2022-01-05"
    assert options["api"] == "/api"
    assert [kind["name"] for kind in options["types"]] == list(EVENT_TYPES)


def pushed(group):
    group.add_to(build_map(HOME))
    found = re.search(r"eventmap\.set\((.*)\);", group._template.module.script(group))
    assert found
    return json.loads(found[1])


def test_a_push_carries_the_query_and_holds_no_layer():
    day = dt.date(2022, 1, 5)
    query = IncidentQuery(interval=Interval(day, day), event_types=("Riots",), text="</script> & 'x'")
    group = QueryPush(query.to_params(), on="2022-01-05")
    assert not group._children
    assert pushed(group) == {"query": query.to_params(), "on": "2022-01-05"}


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "\u2028", "');alert(1);('"])
def test_words_of_a_query_cannot_end_the_script(text):
    group = QueryPush({"q": text})
    group.add_to(build_map(HOME))
    code = group._template.module.script(group)
    assert "</script" not in code
    assert pushed(QueryPush({"q": text})) == {"query": {"q": text}}
