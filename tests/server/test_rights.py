"""PostgreSQL with the roles of `.deploy/postgresql/`: the owner loads, the reader reads alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from conftest import postgresql_server, unavailable
from minimal import SECOND_EDITION, write_fixtures
from processes import ROOT, printed
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from serving import free_port

from capitals.record.version import record_version

pytestmark = pytest.mark.once

ROLES = ("record_owner", "record_reader", "record_replica")


@dataclass(frozen=True)
class Database:
    """A database as `.deploy/postgresql/` makes it, by the addresses of its two roles."""

    owner: str
    reader: str


def run_sql(name: str, renamed: dict[str, str], *options: str) -> None:
    """Let psql run a file of `.deploy/postgresql/` as superuser, with other names for the roles."""
    psql = shutil.which("psql") or unavailable("psql is not installed")
    script = (ROOT / ".deploy" / "postgresql" / name).read_text()
    for role, other in renamed.items():
        assert role in script or role == "record_replica", role
        script = script.replace(role, other)
    passwords = {f"{role.partition('_')[2].upper()}_PASSWORD": "it's a secret" for role in ROLES}
    done = subprocess.run(
        [psql, "--no-psqlrc", *options, postgresql_server()],
        input=script,
        env={**os.environ, **passwords},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def database() -> Iterator[Database]:
    """A new database and its roles, which go afterwards."""
    suffix = uuid.uuid4().hex[:12]
    renamed = {role: f"test_{suffix}_{role}" for role in ROLES}
    name = f"test_{suffix}"
    with psycopg.connect(postgresql_server(), autocommit=True) as admin:
        try:
            run_sql("roles.sql", renamed)
            run_sql("database.sql", renamed, f"--set=database={name}")
            place = conninfo_to_dict(postgresql_server())
            addresses = [
                f"postgresql://{renamed[role]}:it%27s%20a%20secret@{place['host']}:{place['port']}/{name}"
                for role in ROLES
            ]
            yield Database(*addresses[:2])
        finally:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            for role in renamed.values():
                admin.execute(f'DROP ROLE IF EXISTS "{role}"')


SETTINGS = {"DJANGO_SETTINGS_MODULE": "heritage.settings"}
# Tables by the models, as migrations leave them (test_schema.py) in a quarter of the time.
LOADS = """
import sys, django
django.setup()
from django.core.management import call_command
from django.db import connections
from capitals.record.schema import create_schema
with connections["load"].cursor() as cursor:
    cursor.execute("CREATE EXTENSION pg_trgm")
create_schema("load")
call_command("load", "--fixtures", sys.argv[1])
"""
TELLS = """
import sys, django
django.setup()
from django.core.management import CommandError, call_command
for command in sys.argv[1:]:
    try:
        call_command(*command.split(), verbosity=0)
        print("done")
    except CommandError as error:
        print(error)
"""


def told(url: str, *commands: str) -> list[str]:
    """What manage.py says to each of these commands with this address, each in one line."""
    lines = printed("-c", TELLS, *commands, DATABASE_URL=url, **SETTINGS)
    return lines.splitlines()


def test_the_owner_loads_and_the_reader_only_reads_and_is_told_what_the_owner_must_run(
    database: Database, tmp_path: Path
) -> None:
    # Before migrate.
    load, migrate, serve = told(database.reader, "load", "migrate", f"serve --port {free_port()}")
    assert "Run “manage.py migrate” first, with LOAD_DATABASE_URL naming the role that owns" in load
    assert "may read the record, and not write it: LOAD_DATABASE_URL" in migrate
    assert serve.startswith("There is no record to serve, and none could be loaded. The tables could not be ")
    assert "must name the role that owns the database, test_" in serve

    fixtures = write_fixtures(tmp_path / "fixtures", SECOND_EDITION)
    printed("-c", LOADS, str(fixtures), DATABASE_URL=database.owner, **SETTINGS)

    with psycopg.connect(database.reader, autocommit=True) as reader:
        state = reader.execute("SELECT version FROM capitals_recordstate").fetchone()
        assert state == (record_version(fixtures),)
        limits = [
            reader.execute(f"SHOW {name}").fetchone()
            for name in ("statement_timeout", "default_transaction_read_only")
        ]
        assert limits == [("5s",), ("on",)]
        # Sessions may be told otherwise; rights may not.
        reader.execute("SET default_transaction_read_only = off")
        for statement in (
            "UPDATE capitals_recordstate SET version = 'changed'",
            "DELETE FROM capitals_city",
            "TRUNCATE capitals_city",
            "CREATE TABLE mine (id integer)",
            "CREATE TEMPORARY TABLE mine (id integer)",
            "CREATE SCHEMA mine",
            "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
            "DROP TABLE capitals_city",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(statement)
    [load] = told(f"{database.owner}?options=-c%20default_transaction_read_only%3Don", "load")
    assert "here only read (default_transaction_read_only): LOAD_DATABASE_URL" in load
    # Roles of the server that the files do not name have no way in, were it not for its superuser.
    with psycopg.connect(
        make_conninfo(postgresql_server(), dbname=database.owner.rpartition("/")[2])
    ) as admin:
        granted = admin.execute("SELECT datacl::text FROM pg_database WHERE datname = current_database()")
        [(rights,)] = granted.fetchall()
        assert "{=" not in rights
        assert ",=" not in rights
