"""The site's own system checks: each finds what it is for, and the site as it stands has nothing of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import Manage
from django.conf import settings
from django.core.checks import CheckMessage
from django.db import models
from django.db.models import Exists, F, Q
from django.db.models.functions import Lower

from capitals.checks import a_record_is_there, constraints_are_understood, lists_are_complete, settings_agree
from capitals.derived import history, steps
from capitals.models import City, CityName, Event, names, whole
from capitals.pages import search
from capitals.record.constraints import not_understood
from capitals.search import results
from heritage.database import parse_database_url, reading, writing


def ids(messages: list[CheckMessage]) -> list[str | None]:
    return [message.id for message in messages]


def doors(read: str, written: str) -> dict[str, Any]:
    """The databases that settings make of these addresses."""
    return {
        "default": reading(parse_database_url(read, "DATABASE_URL")),
        "load": writing(parse_database_url(written, "LOAD_DATABASE_URL")),
    }


def test_the_site_as_it_stands_has_nothing_to_complain_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATABASES", doors("sqlite:////srv/a.sqlite3", "sqlite:////srv/a.sqlite3"))

    for check in (settings_agree, lists_are_complete, constraints_are_understood):
        assert check(None) == []


# Settings that contradict each other


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"SITE_URL": "https://example.org", "ALLOWED_HOSTS": ["example.org"], "BEHIND_TLS": True}, []),
        ({"SITE_URL": "https://a.example.org", "ALLOWED_HOSTS": [".example.org"], "BEHIND_TLS": True}, []),
        ({"SITE_URL": "http://[::1]:8000"}, []),
        ({"SITE_URL": "http://example.org"}, ["capitals.E001"]),
        ({"ALLOWED_HOSTS": ["example.org"]}, ["capitals.E001"]),
        ({"BEHIND_TLS": True}, ["capitals.E002"]),
        ({"SITE_URL": "https://127.0.0.1", "BEHIND_TLS": True, "DEBUG": True}, ["capitals.E003"]),
        ({"SITE_URL": "https://127.0.0.1"}, ["capitals.W001"]),
    ],
)
def test_settings_that_contradict_each_other_are_told(
    changed: dict[str, Any], found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = {
        "SITE_URL": "http://127.0.0.1:8000",
        "ALLOWED_HOSTS": ["127.0.0.1", "[::1]"],
        "DEBUG": False,
        "BEHIND_TLS": False,
        "DATABASES": doors("sqlite:////srv/a.sqlite3", "sqlite:////srv/a.sqlite3"),
    }
    for name, value in (plain | changed).items():
        monkeypatch.setattr(settings, name, value)

    assert ids(settings_agree(None)) == found


@pytest.mark.parametrize(
    ("read", "written", "found"),
    [
        ("sqlite:////srv/a%20b.sqlite3", "sqlite:////srv/a%20b.sqlite3", []),
        ("postgresql://db1,db2/record", "postgresql://owner@db1/record", []),
        ("sqlite:////srv/a.sqlite3", "sqlite:////srv/b.sqlite3", ["capitals.E004"]),
        ("sqlite:////srv/a.sqlite3", "postgresql://db1/record", ["capitals.E004"]),
        ("postgresql://db1/record", "postgresql://db1/another", ["capitals.E004"]),
    ],
)
def test_both_doors_lead_to_one_database(
    read: str, written: str, found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DATABASES", doors(read, written))

    assert ids(settings_agree(None)) == found


@pytest.mark.parametrize("command", ["load", "serve"])
def test_what_writes_and_what_serves_refuse_such_settings(command: str, manage: Manage) -> None:
    done = manage(command, BEHIND_TLS="1", SITE_URL="http://127.0.0.1:8000")

    assert done.returncode == 1
    assert "(capitals.E002)" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_sqlite_file_that_is_not_there_yet_is_told_with_what_makes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"sqlite:///{tmp_path / 'a b.sqlite3'}"
    monkeypatch.setattr(settings, "DATABASES", doors(address, address))

    [told] = a_record_is_there(None)
    (tmp_path / "a b.sqlite3").touch()

    assert told.id == "capitals.W002"
    assert told.hint is not None
    assert "manage.py load" in told.hint
    assert a_record_is_there(None) == []
    monkeypatch.setattr(settings, "DATABASES", doors("postgresql://db1/a", "postgresql://db1/a"))
    assert a_record_is_there(None) == []


# Lists that must be complete


def without(sequence: tuple[Any, ...], *left_out: Any) -> tuple[Any, ...]:
    return tuple(one for one in sequence if one not in left_out)


def test_a_model_that_no_fixture_fills_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "RECORD", without(whole.RECORD, Event))

    [told] = lists_are_complete(None)

    assert told.id == "capitals.E005"
    assert told.msg.startswith("Event stands in no fixture")


def test_a_name_without_a_russian_twin_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(City, "CALLED", "geonames")

    assert ids(lists_are_complete(None)) == ["capitals.E006"]


@pytest.mark.parametrize(
    ("module", "name", "kind"),
    [
        (steps, "RANKS", "supported"),
        (steps, "RANKS", "incoming"),
        (history, "STEP_OF_DISPUTE", "handover"),
        (names, "DISPLAYED", "local"),
        (results, "PHRASES", "former"),
        (search, "KINDS", "dispute"),
    ],
)
def test_a_kind_without_its_place_is_told(
    module: Any, name: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = getattr(module, name)
    left = without(tuple(places), kind)
    monkeypatch.setattr(module, name, dict.fromkeys(left) if isinstance(places, dict) else left)

    [told] = lists_are_complete(None)

    assert told.id == "capitals.E007"
    assert f"“{kind}”" in told.msg
    assert name in told.msg


# Constraints that the loader must understand


@pytest.mark.parametrize(
    ("condition", "unsaid"),
    [
        (Q(kind="a") | ~Q(note="", from_year__isnull=True), []),
        (Q(to_year__gte=F("from_year")) & Q(to_year__in=[1, 2]), []),
        (Q(kind="a") ^ Q(kind="b"), ["XOR"]),
        (Q(name__startswith="A"), ["the lookup name__startswith"]),
        (Q(city__name="A"), ["the lookup city__name"]),
        (Q(name=Lower("folded")), ["the expression Lower"]),
        (Q(Exists(CityName.objects.all())), ["Exists"]),
        (Q(from_year__gt=F("since")), ["“since”, no field of cityname"]),
    ],
)
def test_what_the_loader_does_not_understand_in_a_condition_is_told(condition: Q, unsaid: list[str]) -> None:
    constraint = models.CheckConstraint(condition=condition, name="rule")

    assert not_understood(constraint, CityName) == unsaid


def test_a_unique_constraint_is_of_fields_under_a_condition_that_is_understood() -> None:
    plain = models.UniqueConstraint(fields=["name"], condition=Q(kind="a"), name="plain")
    folded = models.UniqueConstraint(Lower("name"), name="folded")
    partly = models.UniqueConstraint(fields=["name"], condition=Q(name__contains="a"), name="partly")

    assert [not_understood(one, CityName) for one in (plain, folded, partly)] == [
        [],
        ["expressions"],
        ["the lookup name__contains"],
    ]


def test_a_constraint_that_the_loader_does_not_understand_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = models.CheckConstraint(condition=Q(name__startswith="A"), name="begins_with_a")
    monkeypatch.setattr(City._meta, "constraints", [*City._meta.constraints, rule])

    [told] = constraints_are_understood(None)

    assert told.id == "capitals.E008"
    assert "begins_with_a" in told.msg
