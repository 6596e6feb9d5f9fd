"""What the look at a board's ground finds, and what it lets pass."""

import sqlite3

import pytest
from django.db import connection

from paceline.ops import standing
from paceline.ops.standing import look_at_deployment, look_at_engine, look_at_tables


def found(findings):
    return {finding.what for finding in findings}


@pytest.mark.django_db
def test_the_tests_themselves_stand_on_a_safe_engine():
    assert look_at_engine() == []
    assert look_at_tables() == []


@pytest.mark.django_db
def test_an_engine_that_loses_writes_is_named(monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 46, 1))

    said = " ".join(finding.sentence for finding in look_at_engine())
    assert ("can lose" in said) == (connection.vendor == "sqlite")


@pytest.mark.django_db
def test_a_missing_step_is_named(monkeypatch):
    monkeypatch.setattr(standing, "missing_migrations", lambda: ["paceline.0009_more"])

    assert "paceline.0009_more" in look_at_tables()[0].sentence


def test_a_board_on_the_own_machine_hears_what_the_open_would_need(settings):
    settings.SITE_URL = ""
    settings.EMAIL_HOST = ""

    assert found(look_at_deployment()) >= {"address", "mail"}


@pytest.fixture
def deployed(settings, tmp_path):
    """The settings of a board that is ready for others."""
    tmp_path.chmod(0o700)
    settings.DATA = tmp_path
    settings.SITE_URL = "https://board.example"
    settings.ALLOWED_HOSTS = ["board.example"]
    settings.PROXY_HOPS = 1
    settings.EMAIL_HOST = "mail.example"
    settings.SECRET_KEY = "k3Wq9" * 12
    return settings


def test_a_board_with_everything_set_hears_nothing(deployed):
    assert look_at_deployment() == []


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("SITE_URL", "http://board.example", "https"),
        ("ALLOWED_HOSTS", ["*"], "hosts"),
        ("PROXY_HOPS", 0, "proxy"),
        ("EMAIL_HOST", "", "mail"),
        ("SECRET_KEY", "secret", "secret"),
        ("DEBUG", True, "debug"),
    ],
)
def test_each_thing_that_is_not_safe_is_named(deployed, name, value, what):
    setattr(deployed, name, value)

    assert found(look_at_deployment()) == {what}


def test_a_folder_that_others_may_read_is_named(deployed):
    key = deployed.DATA / "secret_key"
    key.write_text("k")
    key.chmod(0o644)
    deployed.DATA.chmod(0o755)

    assert found(look_at_deployment()) == {"folder", "secret"}
