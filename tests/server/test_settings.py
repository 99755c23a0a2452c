"""Settings from the environment: what is taken, what is refused and how, what holds by default."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from conftest import Fill, Manage
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from minimal import write_fixtures
from processes import ROOT, python
from psycopg import IsolationLevel
from psycopg.conninfo import conninfo_to_dict

from heritage.database import parse_database_url, reading, writing
from heritage.settings import (
    flag_from_environment,
    hosts_from_environment,
    mail_address_from_environment,
    number_from_environment,
    origin_from_environment,
    text_from_environment,
)


@pytest.fixture
def variable(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the variable CCC_TEST to a value, or take it away."""

    def give(value: str | None) -> str:
        if value is None:
            monkeypatch.delenv("CCC_TEST", raising=False)
        else:
            monkeypatch.setenv("CCC_TEST", value)
        return "CCC_TEST"

    return give


@pytest.mark.parametrize(
    ("value", "read"), [(None, "else"), ("", "else"), ("  ", "else"), (" a ", "a"), ("0", "0")]
)
def test_a_text_is_read_without_white_space_or_is_the_default(
    value: str | None, read: str, variable: Any
) -> None:
    assert text_from_environment(variable(value), "else") == read


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, False),
        ("", False),
        ("0", False),
        ("no", False),
        ("False", False),
        ("1", True),
        ("true", True),
        ("YES", True),
    ],
)
def test_a_flag_is_yes_or_no(value: str | None, read: bool, variable: Any) -> None:
    assert flag_from_environment(variable(value)) is read


@pytest.mark.parametrize("value", ["2", "on", "off", "да", "tru", "None"])
def test_a_flag_that_is_neither_is_refused(value: str, variable: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^CCC_TEST is “.+”: set it to 1 or 0\.$"):
        flag_from_environment(variable(value))


@pytest.mark.parametrize(("value", "read"), [(None, 7), ("", 7), ("0", 0), (" 64 ", 64), ("007", 7)])
def test_a_number_is_whole_or_the_default(value: str | None, read: int, variable: Any) -> None:
    assert number_from_environment(variable(value), 7) == read


@pytest.mark.parametrize("value", ["-1", "1.5", "many", "1e3", "٤٢", "9" * 10])
def test_what_is_no_number_is_refused(value: str, variable: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^CCC_TEST is “.+”: write a whole number, 0 or more\.$"):
        number_from_environment(variable(value), 7)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, ["localhost"]),
        ("example.org", ["example.org"]),
        (" example.org , .example.com ", ["example.org", ".example.com"]),
        ("[::1],127.0.0.1", ["[::1]", "127.0.0.1"]),
    ],
)
def test_hosts_are_names_with_commas_between_them(value: str | None, read: list[str], variable: Any) -> None:
    assert hosts_from_environment(variable(value), "localhost") == read


@pytest.mark.parametrize(
    "value", ["*", "a,*", "a,,b", ",", "https://example.org", "example.org/", "a b", "a;b c"]
)
def test_a_host_that_is_no_bare_name_is_refused(value: str, variable: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^CCC_TEST has the host “.*”: give bare names"):
        hosts_from_environment(variable(value), "localhost")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, "http://127.0.0.1:8000"),
        ("https://example.org", "https://example.org"),
        ("https://example.org/", "https://example.org"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_origin_is_scheme_and_host(value: str | None, read: str, variable: Any) -> None:
    assert origin_from_environment(variable(value), "http://127.0.0.1:8000") == read


@pytest.mark.parametrize(
    "value",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https://example.org/capitals",
        "https://example.org?x=1",
        "https://example.org#top",
        "https://user:secret@example.org",
        "https://exa mple.org",
        "https://example.org:port",
        "https://[::1",
        'https://example.org">',
        "javascript:alert(1)",
    ],
)
def test_what_is_no_origin_is_refused(value: str, variable: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match="CCC_TEST"):
        origin_from_environment(variable(value), "http://127.0.0.1:8000")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, ""),
        ("", ""),
        (" a@example.org ", "a@example.org"),
        ("a+b@mail.example.org", "a+b@mail.example.org"),
    ],
)
def test_a_mail_address_is_one_bare_address_or_nothing(value: str | None, read: str, variable: Any) -> None:
    assert mail_address_from_environment(variable(value)) == read


@pytest.mark.parametrize(
    "value",
    [
        "a",
        "@example.org",
        "a@",
        "a@example",
        "A <a@example.org>",
        "a@example.org,b@example.org",
        "a@example.org?subject=x",
        "a@example.org&cc=b",
        "a b@example.org",
        "a@b@example.org",
        'a"@example.org',
        "a@example.org\nb",
    ],
)
def test_what_is_no_mail_address_is_refused(value: str, variable: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^CCC_TEST is “[\s\S]+”: write one bare mail address\.$"):
        mail_address_from_environment(variable(value))


# Database addresses


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("sqlite:////srv/record.sqlite3", Path("/srv/record.sqlite3")),
        ("sqlite:///record.sqlite3", Path("record.sqlite3").absolute()),
        ("sqlite:////srv/two%20words%3F.sqlite3", Path("/srv/two words?.sqlite3")),
    ],
)
def test_a_sqlite_address_names_a_file(address: str, name: Path) -> None:
    database = parse_database_url(address, "DATABASE_URL")

    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == name


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "postgresql://web:secret@db1:5433/ccc",
            {"NAME": "ccc", "USER": "web", "PASSWORD": "secret", "HOST": "db1", "PORT": "5433"},
        ),
        (
            "postgres://db1/ccc",
            {"NAME": "ccc", "USER": "", "PASSWORD": "", "HOST": "db1", "PORT": "5432"},
        ),
        (
            "postgresql://web@db1:5432,db2:5433,db3/ccc?load_balance_hosts=random&target_session_attrs=any",
            {
                "HOST": "db1,db2,db3",
                "PORT": "5432,5433,5432",
                "OPTIONS": {"load_balance_hosts": "random", "target_session_attrs": "any"},
            },
        ),
        ("postgresql://web@[::1]:5433/ccc", {"HOST": "::1", "PORT": "5433"}),
        ("postgresql://web@[fe80::1],[::1]:5433/ccc", {"HOST": "fe80::1,::1", "PORT": "5432,5433"}),
        (
            "postgresql://we%40b:p%40ss%3A%2Fw%C3%B6rd%25@db1/c%20c",
            {"USER": "we@b", "PASSWORD": "p@ss:/wörd%", "HOST": "db1", "NAME": "c c"},
        ),
        ("postgresql://web:a:b@db1/ccc", {"USER": "web", "PASSWORD": "a:b"}),
        ("postgresql:///ccc", {"NAME": "ccc", "HOST": "", "PORT": "", "USER": ""}),
        ("postgresql://%2Fvar%2Frun%2Fpostgresql/ccc", {"HOST": "/var/run/postgresql"}),
        (
            "postgresql://db1/ccc?options=-c%20statement_timeout%3D5s",
            {"OPTIONS": {"options": "-c statement_timeout=5s"}},
        ),
    ],
)
def test_a_postgresql_address_is_taken_apart(address: str, expected: dict[str, Any]) -> None:
    database = parse_database_url(address, "DATABASE_URL")

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert {name: database[name] for name in expected} == expected


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://web:p%40ss@db1:5432,db2:5433/ccc",
        "postgresql://web@[::1]:5433/ccc",
        "postgresql://web:p%25@db1/c%20c",
    ],
)
def test_a_postgresql_address_means_to_us_what_it_means_to_libpq(address: str) -> None:
    ours, theirs = parse_database_url(address, "DATABASE_URL"), conninfo_to_dict(address)

    assert ours["NAME"] == theirs["dbname"]
    assert ours["HOST"] == theirs["host"]
    assert ours["PORT"] == theirs.get("port", "5432")
    assert ours["USER"] == theirs.get("user", "")
    assert ours["PASSWORD"] == theirs.get("password", "")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("record.sqlite3", "cannot be read"),
        ("mysql://db1/ccc", "does not name SQLite or PostgreSQL"),
        ("postgresql", "cannot be read"),
        ("sqlite://", "names no file"),
        ("sqlite:///", "names no file"),
        ("sqlite://record.sqlite3", "names no file"),
        ("sqlite::memory:", "cannot be read"),
        ("postgresql://db1", "names no database"),
        ("postgresql://db1/", "names no database"),
        ("postgresql://db1:port/ccc", "which cannot be read"),
        ("postgresql://db1:5432,db2:/ccc", "which cannot be read"),
        ("postgresql://web:hunter2/x@db1/ccc", "write sqlite:"),
        ("postgresql://[::1/ccc", "write sqlite:"),
    ],
)
def test_a_bad_database_address_is_refused_by_the_variable_s_name_without_its_password(
    address: str, message: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=message) as raised:
        parse_database_url(address, "LOAD_DATABASE_URL")

    assert str(raised.value).startswith("LOAD_DATABASE_URL ")
    assert "hunter2" not in str(raised.value)


def test_reading_connections_can_only_read_and_see_one_snapshot() -> None:
    sqlite = reading(parse_database_url("sqlite:////srv/a%3Fb%20c.sqlite3", "DATABASE_URL"))
    address = "postgresql://db1/ccc?options=-c%20statement_timeout%3D2s"
    postgresql = reading(parse_database_url(address, "DATABASE_URL"))

    assert sqlite["NAME"] == "file:/srv/a%3Fb%20c.sqlite3?mode=ro&immutable=1"
    assert postgresql["OPTIONS"]["isolation_level"] is IsolationLevel.REPEATABLE_READ
    assert postgresql["OPTIONS"]["options"] == (
        # What stands last counts: the operator's own limit, and that nothing is written.
        "-c statement_timeout=3s -c statement_timeout=2s -c default_transaction_read_only=on"
    )


def test_a_load_writes_beside_the_sqlite_file_that_is_read_and_to_postgresql_itself() -> None:
    sqlite = writing(parse_database_url("sqlite:////srv/a%3Fb%20c.sqlite3", "LOAD_DATABASE_URL"))
    postgresql = parse_database_url("postgresql://db1/ccc?options=-c%20x%3Dy", "LOAD_DATABASE_URL")

    assert sqlite["NAME"] == "/srv/a?b c.sqlite3.new"
    assert writing(postgresql) == postgresql


# The settings as a whole, in a process of their own


def settings_with(**environment: str) -> subprocess.CompletedProcess[str]:
    """What heritage.settings says under these variables and no other of ours."""
    ours = {"DEBUG", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "LOAD_DATABASE_URL"}
    ours |= {"BEHIND_TLS", "CORRECTIONS_EMAIL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
    code = (
        "import json; from heritage import settings as s; "
        "print(json.dumps([s.DEBUG, s.ALLOWED_HOSTS, s.SITE_URL, s.CORRECTIONS_EMAIL, s.BEHIND_TLS, "
        "len(s.SECRET_KEY) > 40, str(s.DATABASES['default']['NAME']), str(s.DATABASES['load']['NAME'])]))"
    )
    return python("-c", code, **{**dict.fromkeys(ours, ""), **environment})


def test_without_any_variable_the_site_is_safe_and_needs_no_server() -> None:
    record = ROOT / ".site" / "record.sqlite3"

    done = settings_with()

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == (
        '[false, ["localhost", "127.0.0.1", "[::1]"], "http://127.0.0.1:8000", "", false, true, '
        f'"file:{quote(str(record))}?mode=ro&immutable=1", "{record}.new"]'
    )


def test_what_is_written_to_defaults_to_what_is_read_from() -> None:
    one = settings_with(DATABASE_URL="postgresql://db1/one")
    two = settings_with(DATABASE_URL="postgresql://db1/one", LOAD_DATABASE_URL="postgresql://db1/two")

    assert '"one", "one"]' in one.stdout
    assert '"one", "two"]' in two.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("BEHIND_TLS", "maybe"),
        ("WARM", "maybe"),
        ("KEPT_MEGABYTES", "all"),
        ("ALLOWED_HOSTS", "*"),
        ("SITE_URL", "example.org"),
        ("CORRECTIONS_EMAIL", "nobody"),
        ("DATABASE_URL", "mysql://db1/ccc"),
        ("LOAD_DATABASE_URL", "mysql://db1/ccc"),
    ],
)
def test_a_bad_variable_ends_the_start_with_its_name(name: str, value: str) -> None:
    done = settings_with(**{name: value})

    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(f"django.core.exceptions.ImproperlyConfigured: {name} ")


def test_a_command_says_in_one_line_what_is_wrong_with_the_settings() -> None:
    for command in ("serve", "load", "check"):
        done = python("manage.py", command, KEPT_MEGABYTES="all")
        assert done.returncode == 1
        assert done.stdout == ""
        assert done.stderr == (
            "ImproperlyConfigured: KEPT_MEGABYTES is “all”: write a whole number, 0 or more.\n"
        )
    assert "Traceback" in python("manage.py", "check", "--traceback", KEPT_MEGABYTES="all").stderr


def test_the_deployment_checks_pass_behind_tls(manage: Manage, fill: Fill, tmp_path: Path) -> None:
    fill(write_fixtures(tmp_path / "fixtures"))
    environment = {"BEHIND_TLS": "1", "SITE_URL": "https://example.org", "ALLOWED_HOSTS": "example.org"}

    done = manage("check", "--deploy", "--fail-level", "WARNING", **environment)

    assert done.returncode == 0, done.stderr
    assert "(5 silenced)" in done.stdout + done.stderr


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
