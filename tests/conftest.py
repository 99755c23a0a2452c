"""The suite runs on the real fixtures, on SQLite or, with DATABASE_URL, on PostgreSQL."""

from __future__ import annotations

import functools
import gc
import importlib
import os
import re
import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test import Client
from django.utils import timezone
from markup import Page
from processes import printed, python

from capitals.models import RecordState
from capitals.record import LOAD_ALIAS
from capitals.record.loading import check
from capitals.record.version import record_version
from capitals.record.writing import delete_record, write_record

# Python looks through all of Django's objects at each turn of its garbage collector: an eighth of the suite.
gc.set_threshold(100_000)

# A busy machine is no defect: no test asserts a time. Short by default; `--hypothesis-profile long` looks
# further, also where a test draws by itself (`drawn`).
hypothesis.settings.register_profile("short", deadline=None, max_examples=50)
hypothesis.settings.register_profile("long", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("short")

# One door for both: factories write and pages read within the transaction of a test, which another
# connection would not see. That pages cannot write is tested in processes of their own (test_doors.py).
connections[DEFAULT_DB_ALIAS] = connections[LOAD_ALIAS]

BOTH_DOORS = pytest.mark.django_db(databases=[DEFAULT_DB_ALIAS, LOAD_ALIAS])

OPENED = pytest.StashKey[ExitStack]()

REAL_DATABASE = connection.settings_dict["NAME"]


TABLES = "TEST_DATABASE_OF_TABLES"
"""In the environment: the PostgreSQL database that holds the tables alone, of which all others are copies."""


def pytest_sessionstart(session: pytest.Session) -> None:
    """Once, before any worker starts: collect the static files, as pages name them by their hashed names;
    on PostgreSQL make the tables, which takes longer than most tests."""
    if hasattr(session.config, "workerinput"):
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    if connection.vendor == "postgresql" and not session.config.option.collectonly:
        os.environ[TABLES] = f"test_tables_{uuid.uuid4().hex[:12]}"
        opened = session.config.stash.setdefault(OPENED, ExitStack())
        tables = opened.enter_context(new_database(os.environ[TABLES]))
        printed("manage.py", "migrate", "--verbosity=0", DATABASE_URL=tables)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what was made above, when the workers have gone."""
    config.stash.get(OPENED, ExitStack()).close()


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what holds for the other database alone, and on PostgreSQL what SQLite has shown.

    Both databases give the same pages (test_both_databases.py), and what touches none knows of neither:
    once is enough. What reads every page runs in one process, so that they are rendered once; likewise what
    shares the browser, and what shares a table of many entries.
    """
    if connection.vendor == "sqlite":
        deselected = {item for item in items if item.get_closest_marker("postgresql")}
    else:
        deselected = {
            item
            for item in items
            if item.get_closest_marker("sqlite")
            or item.get_closest_marker("once")
            or "rendered" in fixtures_of(item)
            or not touches_a_database(item)
        }
    if deselected:
        config.hook.pytest_deselected(items=list(deselected))
        items[:] = [item for item in items if item not in deselected]
    for item in items:
        if item.get_closest_marker("django_db") or "db" in fixtures_of(item):
            item.add_marker(BOTH_DOORS, append=False)
        for shared in ("rendered", "chromium", "_many_entries"):
            if shared in fixtures_of(item):
                item.add_marker(pytest.mark.xdist_group(shared))


def fixtures_of(item: pytest.Item) -> list[str]:
    """The names of the fixtures that a test asks for, directly or through others."""
    return list(getattr(item, "fixturenames", ()))


def touches_a_database(item: pytest.Item) -> bool:
    """Whether a test asks the suite's own database or one of its own."""
    own = {"db", "database_url", "postgresql_url", "django_db_setup"}
    return item.get_closest_marker("django_db") is not None or not own.isdisjoint(fixtures_of(item))


def unavailable(reason: str) -> NoReturn:
    """Skip for want of a service; fail where .ci/run has set REQUIRE_SERVICES."""
    if os.environ.get("REQUIRE_SERVICES") == "1":
        pytest.fail(f"REQUIRE_SERVICES is set, but {reason}")
    pytest.skip(reason)


def reader(name: str) -> Any:
    """The package `name`, one of the extra `readers`; without it a test skips, in .ci/run it fails."""
    try:
        return importlib.import_module(name)
    except ImportError:
        unavailable(f"the package {name} is not installed (pip install '.[readers]')")


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """SQLite's tables come from the models, as in a load, which is held equal (test_schema.py)."""
    return connection.vendor != "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """On PostgreSQL the test database begins as a copy of the tables."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = os.environ[TABLES]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database holds the real record; each test sees it anew."""
    # pytest-django makes no test database when no chosen test asks for one: never write to the real one.
    assert connection.settings_dict["NAME"] != REAL_DATABASE, "mark the test with django_db"
    with django_db_blocker.unblock():
        folder = settings.FIXTURES_FOLDER
        write_record(LOAD_ALIAS, check(folder), record_version(folder), 1)


@pytest.fixture
def empty_record(db: None) -> None:
    """A database with a loaded record that holds nothing, for factories to fill."""
    delete_record(LOAD_ALIAS)
    RecordState.objects.create(pk=1, version="empty", load_number=1, loaded_at=timezone.now())


def thorough() -> bool:
    """Whether tests that draw a part of what there is should take all: the profile `long` is asked for."""
    return hypothesis.settings.get_current_profile_name() == "long"


Pages = dict[str, Page]
"""Pages by their addresses."""


def sitemap(client: Client) -> list[str]:
    """The paths that the sitemaps name."""
    return [path for section in _places(client, "/sitemap.xml") for path in _places(client, section)]


def _places(client: Client, address: str) -> list[str]:
    """The paths that the sitemap at `address` names, or those of the sitemaps that it leads to."""
    response = client.get(address)
    assert response.status_code == 200
    return [urlsplit(place).path for place in re.findall(r"<loc>(.*?)</loc>", response.content.decode())]


@pytest.fixture(scope="session")
def rendered(django_db_setup: None, django_db_blocker: Any) -> dict[str, bytes]:
    """Every page of the sitemap in the real record, rendered once for all tests that only read."""
    client, bodies = Client(), {}
    with django_db_blocker.unblock():
        for path in sitemap(client):
            response = client.get(path)
            assert response.status_code == 200, path
            assert response["Content-Type"] == "text/html; charset=utf-8"
            bodies[path] = response.content
    return bodies


@pytest.fixture(scope="session")
def site(rendered: dict[str, bytes]) -> Pages:
    """Those pages, read."""
    pages = {}
    for path, body in rendered.items():
        try:
            pages[path] = Page(body.decode())
        except AssertionError as error:
            raise AssertionError(f"{path}: {error}") from error
    return pages


def postgresql_server() -> str:
    """The address of a PostgreSQL server that tests may make databases on."""
    address = os.environ.get("TEST_POSTGRESQL_URL", "")
    if not address and connection.vendor == "postgresql":
        address = os.environ["DATABASE_URL"]
    if not address:
        unavailable("no PostgreSQL server is named in TEST_POSTGRESQL_URL")
    return address


@contextmanager
def new_database(name: str, template: str = "template1") -> Iterator[str]:
    """The address of a new PostgreSQL database, a copy of `template`; it goes when the block ends."""
    server = postgresql_server()
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield f"{server.rpartition('/')[0]}/{name}"
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def name_of(database_url: str) -> str:
    """The database that an address of PostgreSQL names."""
    return urlsplit(database_url).path.strip("/")


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """A new, empty PostgreSQL database of its own, removed afterwards."""
    with new_database(f"test_{uuid.uuid4().hex[:12]}") as address:
        yield address


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new database of the kind that the suite runs on, apart from the suite's own."""
    if connection.vendor == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    return f"sqlite:///{tmp_path / 'record.sqlite3'}"


Manage = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def manage(database_url: str) -> Manage:
    """Run manage.py in a process of its own on the new database."""
    return functools.partial(python, "manage.py", DATABASE_URL=database_url)


@pytest.fixture(scope="session")
def originals() -> Iterator[tuple[ExitStack, dict[str, str]]]:
    """Databases of which tests take copies, by the version of their record; they go with the session."""
    with ExitStack() as stack:
        yield stack, {}


Fill = Callable[[Path], None]


@pytest.fixture
def fill(
    database_url: str,
    originals: tuple[ExitStack, dict[str, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Fill:
    """Put the record of a folder of fixtures into the new database, as its first load does.

    Each record is loaded once, into a database that is then copied.
    """
    stack, addresses = originals

    def original(folder: Path) -> str:
        if connection.vendor == "sqlite":
            address = f"sqlite:///{tmp_path_factory.mktemp('original') / 'record.sqlite3'}"
        else:
            address = stack.enter_context(
                new_database(f"test_original_{uuid.uuid4().hex[:12]}", os.environ[TABLES])
            )
        printed("manage.py", "load", "--fixtures", str(folder), DATABASE_URL=address)
        return address

    def copy(folder: Path) -> None:
        version = record_version(folder)
        address = addresses.get(version) or addresses.setdefault(version, original(folder))
        if connection.vendor == "sqlite":
            for file in Path(address.removeprefix("sqlite:///")).parent.iterdir():
                shutil.copy(file, Path(database_url.removeprefix("sqlite:///")).parent)
            return
        name, template = name_of(database_url), name_of(address)
        with psycopg.connect(postgresql_server(), autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{name}"')
            admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    return copy
