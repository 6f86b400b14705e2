"""Every setting is in the README, and production refuses what must never run with real people's data."""

import pytest

from app.core.settings import DEVELOPMENT_SECRET, Settings, SettingsError, settings_table

GOOD = {"production": True, "secret_key": "x" * 32, "base_url": "https://inhand.example", "files_keys": "y" * 32}


def test_every_setting_stands_in_the_readme(project):
    readme = (project / "README.md").read_text(encoding="utf-8")
    assert [name for name, _, _ in settings_table() if f"`{name}`" not in readme] == []


def test_production_runs_with_what_it_needs():
    Settings(**GOOD).check()


REFUSED = [
    ({"secret_key": DEVELOPMENT_SECRET}, "INHAND_SECRET_KEY"),
    ({"secret_key": "x" * 31}, "INHAND_SECRET_KEY"),
    ({"files_keys": ""}, "INHAND_FILES_KEYS"),
    ({"files_keys": f"{'y' * 32},{'z' * 31}"}, "INHAND_FILES_KEYS"),
    ({"demo": True}, "INHAND_DEMO"),
    ({"debug": True}, "INHAND_DEBUG"),
    ({"push_test_service": "http://127.0.0.1:9"}, "INHAND_PUSH_TEST_SERVICE"),
    ({"base_url": "http://inhand.example"}, "INHAND_BASE_URL"),
]


@pytest.mark.parametrize(("change", "name"), REFUSED)
def test_production_refuses(change, name):
    with pytest.raises(SettingsError, match=name):
        Settings(**{**GOOD, **change}).check()


def test_a_setting_that_does_not_exist_is_told():
    with pytest.raises(SettingsError, match="INHAND_SECRET is not a setting"):
        Settings.from_environment({"INHAND_SECRET": "x"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INHAND_DEMO", "maybe"),
        ("INHAND_SIGN_IN_DAYS", "0"),
        ("INHAND_SIGN_IN_DAYS", "-1"),
        ("INHAND_SIGN_IN_DAYS", "x"),
    ],
)
def test_a_setting_of_the_wrong_kind_is_told_by_name(name, value):
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({name: value})


def test_settings_come_from_the_environment():
    found = Settings.from_environment({"INHAND_DEMO": "1", "INHAND_SIGN_IN_DAYS": "7", "PATH": "x"})
    assert (found.demo, found.sign_in_days) == (True, 7)
