"""The environment is read once, and a bad value is named."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from geo.errors import BadSetting
from geo.settings import PREFIX, Settings, home

NUMBERS = [one.name for one in dataclasses.fields(Settings) if type(one.default) is int]


def test_without_any_variable_the_defaults_hold():
    settings = Settings.from_environment({})
    assert settings == Settings()
    assert (settings.store, settings.host, settings.port) == (Path("var/eventmap.duckdb"), "127.0.0.1", 8501)
    assert settings.data == home() / "data"


def test_home_is_the_checkout_these_tests_are_in():
    assert home() == Path(__file__).resolve().parent.parent


def test_each_setting_is_read_from_the_variable_of_its_name():
    given = {"EVENTMAP_STORE": "elsewhere/a.duckdb", "EVENTMAP_PORT": "9000", "EVENTMAP_HOST": "0.0.0.0"}
    settings = Settings.from_environment(given)
    assert settings.store == Path("elsewhere/a.duckdb")
    assert settings.port == 9000
    assert settings.host == "0.0.0.0"
    assert settings.data == Settings().data


def test_space_around_a_value_is_dropped_and_an_empty_one_counts_as_unset():
    settings = Settings.from_environment({"EVENTMAP_PORT": " 9000 ", "EVENTMAP_HOST": "  "})
    assert (settings.port, settings.host) == (9000, "127.0.0.1")


def test_variables_of_other_programs_are_left_alone():
    assert Settings.from_environment({"PORT": "1", "EVENTMAP_UNHEARD_OF": "1"}) == Settings()


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("text", ["abc", "0", "-1", "1.5", "1e3", "²", "8 501"])
def test_what_is_no_whole_number_above_zero_is_refused(name: str, text: str):
    variable = PREFIX + name.upper()
    with pytest.raises(BadSetting) as caught:
        Settings.from_environment({variable: text})
    assert str(caught.value) == f"{variable}: {text!r} is not a whole number above 0; correct or unset it"
    assert caught.value.exit_code == 2


def test_settings_cannot_be_changed_once_read():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]


def test_each_setting_is_described_with_its_value_default_and_meaning():
    rows = {row[0]: row[1:] for row in Settings(port=9000).describe()}
    assert list(rows) == [PREFIX + one.name.upper() for one in dataclasses.fields(Settings)]
    assert rows["EVENTMAP_PORT"] == ("9000", "8501", "port that `eventmap serve` listens on")
    assert all(meaning for _, _, meaning in rows.values())
