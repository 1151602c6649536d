"""A query reads from parameters and prints back the same; what it cannot read, it names."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import BadQuery
from geo.query import PARAMETERS, WORLD, BBox, IncidentQuery, Interval, parse_day
from geo.schema import EVENT_TYPES, Precision

DAY = dt.date(2022, 1, 5)
ALL_OF_IT = {
    "start": "2022-01-05",
    "end": "2022-01-07",
    "bbox": "46.5,40.5,87.4,55.5",
    "event-type": ["Riots", "Protests"],
    "admin1": ["KZ-shymkent", "KZ-akmola"],
    "q": "city hall",
    "min-precision": "city",
    "known-on": "2022-01-09",
    "dataset": "kazakhstan-2022",
}

words = st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1, max_size=12)
longitudes, latitudes = st.floats(-180, 180), st.floats(-90, 90)
boxes = st.builds(
    lambda west, east, south_north: BBox(west, south_north[0], east, south_north[1]),
    longitudes,
    longitudes,
    st.tuples(latitudes, latitudes).map(sorted),
)
intervals = st.one_of(
    st.just(Interval()),
    st.dates().map(lambda day: Interval(day, None)),
    st.dates().map(lambda day: Interval(None, day)),
    st.tuples(st.dates(), st.dates()).map(lambda days: Interval(*sorted(days))),
)
queries = st.builds(
    IncidentQuery,
    interval=intervals,
    bbox=st.none() | boxes,
    event_types=st.sets(st.sampled_from(list(EVENT_TYPES))).map(
        lambda some: tuple(kind for kind in EVENT_TYPES if kind in some)
    ),
    admin1=st.sets(words).map(lambda some: tuple(sorted(some))),
    text=st.lists(words).map(" ".join),
    min_precision=st.none() | st.sampled_from(Precision),
    known_on=st.none() | st.dates(),
    dataset=st.just("") | words,
)


@given(queries)
def test_a_query_printed_as_parameters_reads_back_the_same(query: IncidentQuery):
    assert IncidentQuery.from_params(query.to_params()) == query


@given(queries)
def test_a_query_printed_as_options_holds_the_same_names_and_values(query: IncidentQuery):
    options = query.to_options()
    names = [name.lstrip("-") for name in options[::2]]
    read: dict[str, list[str]] = {}
    for name, value in zip(names, options[1::2], strict=True):
        read.setdefault(name, []).append(value)
    assert IncidentQuery.from_params(read) == query


@given(boxes)
def test_a_box_printed_reads_back_the_same(box: BBox):
    assert BBox.parse(str(box)) == box


@given(
    st.dictionaries(
        st.sampled_from(PARAMETERS), st.text(max_size=20) | st.lists(st.text(max_size=20), max_size=3)
    )
)
def test_whatever_is_given_is_read_or_refused_by_name(params: dict[str, str | list[str]]):
    fault, query = None, IncidentQuery()
    try:
        query = IncidentQuery.from_params(params)
    except BadQuery as error:
        fault = error
    assert fault is None or (fault.where in params and fault.todo and "\n" not in str(fault))
    assert IncidentQuery.from_params(query.to_params()) == query


def test_every_parameter_is_read():
    assert set(ALL_OF_IT) == set(PARAMETERS)
    assert IncidentQuery.from_params(ALL_OF_IT) == IncidentQuery(
        interval=Interval(dt.date(2022, 1, 5), dt.date(2022, 1, 7)),
        bbox=BBox(46.5, 40.5, 87.4, 55.5),
        event_types=("Protests", "Riots"),
        admin1=("KZ-akmola", "KZ-shymkent"),
        text="city hall",
        min_precision=Precision.CITY,
        known_on=dt.date(2022, 1, 9),
        dataset="kazakhstan-2022",
    )


def test_parameters_print_in_the_declared_order_and_options_as_they_are_typed():
    query = IncidentQuery.from_params(ALL_OF_IT)
    assert tuple(query.to_params()) == PARAMETERS
    assert query.to_options()[:8] == [
        *("--start", "2022-01-05"),
        *("--end", "2022-01-07"),
        *("--bbox", "46.5,40.5,87.4,55.5"),
        *("--event-type", "Protests"),
    ]
    assert query.to_options()[-8:-6] == ["-q", "city hall"]


def test_nothing_given_restricts_nothing():
    assert IncidentQuery.from_params({}) == IncidentQuery()
    assert IncidentQuery().to_params() == {}
    assert IncidentQuery().to_options() == []


def test_empty_texts_count_as_not_given_and_other_parameters_are_ignored():
    empty = dict.fromkeys(PARAMETERS, " ")
    assert IncidentQuery.from_params({**empty, "z": "5", "event-type": ["", " "]}) == IncidentQuery()


def test_order_repetition_and_space_do_not_make_another_query():
    one = IncidentQuery.from_params(
        {"event-type": ["Riots", "Protests"], "admin1": ["b", "a"], "q": " a  b\n"}
    )
    two = IncidentQuery.from_params(
        {"event-type": ["Protests", " Riots", "Riots"], "admin1": ["a", "b", "a"], "q": "a b"}
    )
    assert one == two
    assert hash(one) == hash(two)


@pytest.mark.parametrize(
    ("name", "value", "what", "todo"),
    [
        ("start", "5 January", "'5 January' is not a day", "2022-01-05"),
        ("end", "2022-02-30", "'2022-02-30' is not a day", "2022-01-05"),
        ("end", "2022-01", "'2022-01' is not a day", "2022-01-05"),
        ("known-on", "0000-01-01", "'0000-01-01' is not a day", "2022-01-05"),
        ("known-on", "2022-01-05T10:00", "is not a day", "2022-01-05"),
        ("bbox", "1,2,3", "'1,2,3' is not four numbers", "west,south,east,north"),
        ("bbox", "1,2,3,4,5", "is not four numbers", "west,south,east,north"),
        ("bbox", "a,b,c,d", "is not four numbers", "west,south,east,north"),
        ("bbox", "nan,0,1,1", "holds a value that is no number", "west,south,east,north"),
        ("bbox", "0,0,inf,1", "holds a value that is no number", "west,south,east,north"),
        ("bbox", "0,50,10,40", "has its south above its north", "west,south,east,north"),
        ("bbox", "0,0,180.1,1", "is not on the globe", "west,south,east,north"),
        ("bbox", "0,-90.5,1,1", "is not on the globe", "west,south,east,north"),
        ("event-type", "Protest", "'Protest' is not known", "choose from: Protests, Riots, Battles"),
        ("event-type", "riots", "'riots' is not known", "choose from: Protests, Riots, Battles"),
        ("min-precision", "town", "'town' is not known", "choose from: site, city, district"),
    ],
)
def test_a_bad_parameter_is_named_and_says_what_to_do(name: str, value: str, what: str, todo: str):
    with pytest.raises(BadQuery) as caught:
        IncidentQuery.from_params({name: value})
    assert caught.value.where == name
    assert what in caught.value.what
    assert todo in caught.value.todo
    assert caught.value.exit_code == 2


def test_one_bad_value_among_several_is_enough():
    with pytest.raises(BadQuery, match="'Strike' is not known"):
        IncidentQuery.from_params({"event-type": ["Protests", "Strike"]})


def test_a_reversed_interval_is_refused():
    with pytest.raises(BadQuery) as caught:
        IncidentQuery.from_params({"start": "2022-01-07", "end": "2022-01-05"})
    assert str(caught.value) == "start: 2022-01-07 is after 2022-01-05; swap start and end"


def test_an_interval_may_be_one_day_or_open_on_either_side():
    assert IncidentQuery.from_params({"start": "2022-01-05", "end": "2022-01-05"}).interval == (DAY, DAY)
    assert IncidentQuery.from_params({"start": "2022-01-05"}).interval == (DAY, None)
    assert IncidentQuery.from_params({"end": "2022-01-05"}).interval == (None, DAY)


@pytest.mark.parametrize("name", ["start", "end", "bbox", "q", "min-precision", "known-on", "dataset"])
def test_what_may_be_given_once_is_refused_twice(name: str):
    with pytest.raises(BadQuery) as caught:
        IncidentQuery.from_params({name: ["a", "b"]})
    assert str(caught.value) == f"{name}: given more than once; give it once"


def test_a_box_across_the_antimeridian_has_two_parts():
    fiji = BBox.parse("177,-20,-178,-12")
    assert fiji == BBox(177.0, -20.0, -178.0, -12.0)
    assert fiji.parts() == [BBox(177, -20, 180, -12), BBox(-180, -20, -178, -12)]
    assert str(fiji) == "177,-20,-178,-12"


def test_any_other_box_is_its_only_part():
    assert BBox(46, 40, 87, 55).parts() == [BBox(46, 40, 87, 55)]
    assert WORLD.parts() == [WORLD]
    assert BBox.parse("5,5,5,5") == BBox(5, 5, 5, 5)


def test_a_box_may_have_space_between_its_numbers_and_keeps_every_digit():
    assert str(BBox.parse(" 76.9286123, 43.2567891 ,77,44.5 ")) == "76.9286123,43.2567891,77,44.5"


def test_a_fault_can_be_named_after_the_option_it_came_from():
    with pytest.raises(BadQuery, match=r"^viewport: 'x' is not four numbers"):
        BBox.parse("x", "viewport")
    with pytest.raises(BadQuery, match=r"^on: 'x' is not a day; write it as 2022-01-05$"):
        parse_day("x", "on")
