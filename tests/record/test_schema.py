"""A load makes the tables in a new SQLite file that migrations make, of every installed app."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import Manage
from minimal import write_fixtures
from processes import printed

pytestmark = pytest.mark.sqlite

WITH_ANOTHER_APP = """
from heritage.settings import *
INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.sites"]
SITE_ID = 1
"""

MIGRATED = """
import sys, django
django.setup()
from django.core.management import call_command
call_command("migrate", database="load", verbosity=0)
"""


def schema(file: Path) -> dict[tuple[str, str], Any]:
    """Whatever the file has in its schema, by type and name: of tables the columns, of all else the table."""
    with closing(sqlite3.connect(file)) as database:
        made = database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
        found: dict[tuple[str, str], Any] = {(kind, name): table for kind, name, table, _sql in made}
        for kind, name, _table, sql in made:
            if kind == "table":
                columns = database.execute(f"PRAGMA table_info({name})")
                # The order of columns is that in which migrations added them.
                found[kind, name] = (
                    {column[1:4] + column[5:] for column in columns},
                    set(re.findall(r'CONSTRAINT "(\w+)"', sql)),
                )
    return found


def rows(file: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(query).fetchall()


@pytest.fixture
def migrated(tmp_path: Path) -> Any:
    """Run every migration of the settings `module` on a new file; gives the file."""

    def run(**environment: str) -> Path:
        file = tmp_path / "migrated.sqlite3"
        printed(
            "-c",
            MIGRATED,
            **{"DJANGO_SETTINGS_MODULE": "heritage.settings", **environment},
            DATABASE_URL=f"sqlite:///{file}",
        )
        return file.with_name(f"{file.name}.new")

    return run


def test_a_new_file_has_the_schema_that_the_migrations_make(
    manage: Manage, database_url: str, migrated: Any, tmp_path: Path
) -> None:
    fixtures = write_fixtures(tmp_path / "fixtures")
    assert manage("load", "--fixtures", str(fixtures)).returncode == 0
    file = Path(database_url.removeprefix("sqlite:///"))
    by_migrations = migrated()

    assert schema(file) == schema(by_migrations)
    assert len(schema(file)) > 60
    applied = "SELECT app, name FROM django_migrations ORDER BY app, name"
    assert rows(file, applied) == rows(by_migrations, applied) != []


def test_another_installed_app_gets_its_tables_and_what_its_migrations_write(
    manage: Manage, database_url: str, migrated: Any, tmp_path: Path
) -> None:
    (tmp_path / "with_another_app.py").write_text(WITH_ANOTHER_APP)
    environment = {"DJANGO_SETTINGS_MODULE": "with_another_app", "PYTHONPATH": str(tmp_path)}
    fixtures = write_fixtures(tmp_path / "fixtures")
    done = manage("load", "--fixtures", str(fixtures), **environment)
    assert done.returncode == 0, done.stderr
    file = Path(database_url.removeprefix("sqlite:///"))

    assert ("table", "django_site") in schema(file)
    assert schema(file) == schema(migrated(**environment))
    # What the app writes once its tables are there.
    assert rows(file, "SELECT domain FROM django_site") == [("example.com",)]


def test_migrate_says_that_there_is_nothing_to_migrate_and_leaves_no_file(
    manage: Manage, tmp_path: Path
) -> None:
    done = manage("migrate")

    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: There is nothing to migrate on SQLite: ")
    assert list(tmp_path.glob("record.sqlite3*")) == []
