"""A load replaces the record whole or not at all, and readers see one version or the other."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from conftest import Fill, Manage
from django.db import connection
from minimal import RECORD, SECOND_EDITION, write_fixtures
from processes import ROOT, run
from serving import bound_by_permissions, serving

from capitals.record.version import record_version

NOTHING_LISTENS = "postgresql://postgres@127.0.0.1:1/none"


@dataclass(frozen=True)
class Standing:
    """What stands in a database, read past Django."""

    version: str
    load_number: int
    description: str


def rows(database_url: str, query: str) -> list[Any]:
    if database_url.startswith("sqlite"):
        path = Path(database_url.removeprefix("sqlite:///"))
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as opened:
            return opened.execute(query).fetchall()
    with psycopg.connect(database_url) as opened_too:
        return opened_too.execute(query).fetchall()


def standing(database_url: str) -> Standing:
    [(version, load_number)] = rows(database_url, "SELECT version, load_number FROM capitals_recordstate")
    [(description,)] = rows(database_url, "SELECT description FROM capitals_city")
    return Standing(version, load_number, description)


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """Fixtures of the first edition of a small record."""
    return write_fixtures(tmp_path / "first" / "fixtures")


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """Fixtures of its second edition."""
    return write_fixtures(tmp_path / "second" / "fixtures", SECOND_EDITION)


@pytest.fixture
def loaded(fill: Fill, database_url: str, first: Path) -> Standing:
    """What stands after the first edition was loaded into the new database."""
    fill(first)
    return standing(database_url)


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(database_url: str) -> Start:
    """Start Python code on the new database, with Django set up."""

    def run(code: str, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", f"import django; django.setup()\n{code}", *arguments],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "heritage.settings",
                "DATABASE_URL": database_url,
                "LOAD_DATABASE_URL": "",
            },
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return run


def left_beside(database_url: str) -> list[str]:
    """The names of the files in the folder of a SQLite database."""
    folder = Path(database_url.removeprefix("sqlite:///")).parent
    return sorted(file.name for file in folder.iterdir() if file.is_file())


def test_a_load_prints_how_many_of_each_the_version_and_the_time(
    loaded: Standing, manage: Manage, second: Path
) -> None:
    done = manage("load", "--fixtures", str(second))
    assert done.returncode == 0
    *counted, summary = done.stdout.splitlines()
    numbers = {name: int(number) for number, name in (line.split(maxsplit=1) for line in counted)}
    expected = {"sources": 1, "cities": 1, "names of cities": 2, "versions in disputes": 2, "corrections": 0}
    assert expected.items() <= numbers.items()
    assert sum(numbers.values()) == RECORD.count("- model: ")
    version = record_version(second)
    assert re.fullmatch(rf"Loaded \(load 2\): version {version}, \d+\.\d\d s\.", summary)


def test_a_first_load_needs_no_step_before_it_but_migrations(
    loaded: Standing, database_url: str, first: Path
) -> None:
    assert loaded == Standing(record_version(first), 1, "A town in the mountains (first edition).")
    # Every row of the fixtures is there, links too.
    assert rows(database_url, "SELECT count(*) FROM capitals_decision_names") == [(1,)]
    assert rows(database_url, "SELECT count(*) FROM capitals_disputeversion_sources") == [(2,)]


def test_loading_twice_counts_on_and_keeps_the_version(
    loaded: Standing, manage: Manage, database_url: str, first: Path
) -> None:
    before = rows(database_url, "SELECT * FROM capitals_cityname ORDER BY id")
    assert manage("load", "--fixtures", str(first)).returncode == 0
    assert standing(database_url) == Standing(loaded.version, 2, loaded.description)
    assert rows(database_url, "SELECT * FROM capitals_cityname ORDER BY id") == before


def test_a_changed_fixture_changes_the_version_and_the_record(
    loaded: Standing, manage: Manage, database_url: str, second: Path
) -> None:
    assert manage("load", "--fixtures", str(second)).returncode == 0
    now = standing(database_url)
    assert (now.load_number, now.description) == (2, "A town in the mountains (second edition).")
    assert now.version != loaded.version


def test_a_record_that_is_gone_from_the_fixtures_goes_from_the_database(
    loaded: Standing, manage: Manage, database_url: str, tmp_path: Path
) -> None:
    folder = write_fixtures(tmp_path / "less", RECORD.partition("- model: capitals.dispute\n")[0])
    assert manage("load", "--fixtures", str(folder)).returncode == 0
    assert rows(database_url, "SELECT count(*) FROM capitals_dispute") == [(0,)]
    assert rows(database_url, "SELECT count(*) FROM capitals_disputeversion_sources") == [(0,)]


def test_a_check_reaches_no_database(manage: Manage, first: Path) -> None:
    done = manage("load", "--check", "--fixtures", str(first), DATABASE_URL=NOTHING_LISTENS)
    assert (done.returncode, done.stderr) == (0, "")
    summary = done.stdout.splitlines()[-1]
    assert re.fullmatch(rf"Valid: version {record_version(first)}, \d+\.\d\d s\.", summary)


def test_a_check_creates_no_file(manage: Manage, first: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'folder' / 'record.sqlite3'}"
    assert manage("load", "--check", "--fixtures", str(first), DATABASE_URL=url).returncode == 0
    assert not (tmp_path / "folder").exists()


def test_a_bad_fixture_leaves_the_old_record(
    loaded: Standing, manage: Manage, database_url: str, tmp_path: Path
) -> None:
    folder = write_fixtures(tmp_path / "bad", SECOND_EDITION.replace("role: opening", "role: party"))
    done = manage("load", "--fixtures", str(folder))
    assert done.returncode == 1
    assert done.stderr.endswith("1 problem in the fixtures. Nothing was changed.\n")
    assert standing(database_url) == loaded


KILLED_BEFORE_THE_LAST_ROW = """
import os, signal, sys, types
from django.core.management import call_command
from capitals.record import writing
# The clock is asked for the last row.
writing.timezone = types.SimpleNamespace(now=lambda: os.kill(os.getpid(), signal.SIGKILL))
call_command("load", fixtures=__import__("pathlib").Path(sys.argv[1]))
"""


def test_a_load_killed_in_the_middle_leaves_the_old_record_and_the_next_one_cleans_up(
    loaded: Standing, start: Start, manage: Manage, database_url: str, second: Path
) -> None:
    with start(KILLED_BEFORE_THE_LAST_ROW, str(second)) as killed:
        assert killed.wait(60) == -signal.SIGKILL
    assert standing(database_url) == loaded
    if connection.vendor == "sqlite":
        assert "record.sqlite3.new" in left_beside(database_url)
    done = manage("load", "--fixtures", str(second))
    assert done.returncode == 0, done.stderr
    assert standing(database_url) == Standing(
        record_version(second), 2, "A town in the mountains (second edition)."
    )
    if connection.vendor == "sqlite":
        assert left_beside(database_url) == ["record.sqlite3", "record.sqlite3.lock"]


FAILS_BEFORE_THE_LAST_ROW = """
import sys, types
from pathlib import Path
from django.core.management import execute_from_command_line
from django.db import OperationalError
from capitals.record import writing
def fail():
    raise OperationalError("the line was cut")
writing.timezone = types.SimpleNamespace(now=fail)
execute_from_command_line(["manage.py", "load", "--fixtures", sys.argv[1]])
"""


def test_a_load_that_the_database_fails_leaves_the_old_record_and_says_so(
    loaded: Standing, start: Start, database_url: str, second: Path
) -> None:
    failed = start(FAILS_BEFORE_THE_LAST_ROW, str(second))
    _, stderr = failed.communicate(timeout=60)
    assert failed.returncode == 1
    assert stderr.startswith("CommandError: The record could not be written: the line was cut.")
    assert "The old record stands as before." in stderr
    assert "Traceback" not in stderr
    assert standing(database_url) == loaded
    if connection.vendor == "sqlite":
        assert "record.sqlite3.new" not in left_beside(database_url)


def one_clear_error(stderr: str) -> None:
    assert stderr.count("\n") == 1
    assert stderr.startswith("CommandError: The record could not be written: ")
    assert stderr.endswith(
        "The old record stands as before. "
        "Check that the disk has room and may be written to, and that the database answers.\n"
    )


@pytest.mark.sqlite
def test_a_full_disk_gives_one_clear_error_and_leaves_the_old_record(
    loaded: Standing, database_url: str, second: Path
) -> None:
    # Python ignores SIGXFSZ, so that a write beyond the limit fails as on a full disk.
    size = Path(database_url.removeprefix("sqlite:///")).stat().st_size // 2
    done = subprocess.run(
        [sys.executable, "manage.py", "load", "--fixtures", str(second)],
        env={**os.environ, "DATABASE_URL": database_url, "LOAD_DATABASE_URL": ""},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    assert done.returncode == 1
    one_clear_error(done.stderr)
    assert standing(database_url) == loaded
    assert left_beside(database_url) == ["record.sqlite3", "record.sqlite3.lock"]


@pytest.mark.sqlite
@pytest.mark.parametrize("lock_is_there", [True, False], ids=["after a load", "as copied there"])
def test_a_read_only_folder_gives_one_clear_error_and_leaves_the_old_record(
    loaded: Standing, database_url: str, second: Path, tmp_path: Path, lock_is_there: bool
) -> None:
    folder = tmp_path / "read-only"
    folder.mkdir()
    names = ["record.sqlite3", "record.sqlite3.lock"] if lock_is_there else ["record.sqlite3"]
    for name in names:
        shutil.copy(Path(database_url.removeprefix("sqlite:///")).with_name(name), folder)
    folder.chmod(0o555)
    url = f"sqlite:///{folder / 'record.sqlite3'}"
    try:
        load = [sys.executable, "manage.py", "load", "--fixtures", str(second)]
        done = run([*bound_by_permissions(), *load], {"DATABASE_URL": url})
        assert done.returncode == 1
        one_clear_error(done.stderr)
        assert standing(url) == loaded
        assert left_beside(url) == names
    finally:
        folder.chmod(0o755)


@pytest.mark.sqlite
def test_a_path_below_a_file_gives_one_clear_error(manage: Manage, first: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    url = f"sqlite:///{tmp_path / 'file' / 'record.sqlite3'}"
    done = manage("load", "--fixtures", str(first), DATABASE_URL=url)
    assert done.returncode == 1
    one_clear_error(done.stderr)


def test_an_unreachable_database_gives_one_clear_error(manage: Manage, first: Path) -> None:
    done = manage("load", "--fixtures", str(first), DATABASE_URL=NOTHING_LISTENS)
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: The record could not be written: connection failed: ")
    assert "Traceback" not in done.stderr


@pytest.mark.postgresql
def test_a_load_without_migrations_says_what_to_run(manage: Manage, database_url: str, first: Path) -> None:
    done = manage("load", "--fixtures", str(first))
    assert done.returncode == 1
    assert done.stderr == (
        "CommandError: The database lacks migrations. Run “manage.py migrate” first, with LOAD_DATABASE_URL "
        "naming the role that owns the database. Nothing was changed.\n"
    )
    assert rows(database_url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == []


PAUSES_BEFORE_THE_LAST_ROW = """
import sys, time, types
from pathlib import Path
from django.core.management import call_command
from django.utils.timezone import now
from capitals.record import writing
def wait():
    Path(sys.argv[2]).touch()
    while not Path(sys.argv[3]).exists():
        time.sleep(0.02)
    return now()
writing.timezone = types.SimpleNamespace(now=wait)
call_command("load", fixtures=Path(sys.argv[1]))
"""


def wait_for(file: Path, process: subprocess.Popen[str]) -> None:
    give_up = time.monotonic() + 60
    while not file.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < give_up
        time.sleep(0.02)


def test_two_loads_at_once_are_kept_apart(
    loaded: Standing, start: Start, database_url: str, first: Path, second: Path, tmp_path: Path
) -> None:
    inside, go = tmp_path / "inside", tmp_path / "go"
    also_inside = tmp_path / "also-inside"
    with start(PAUSES_BEFORE_THE_LAST_ROW, str(first), str(inside), str(go)) as one:
        wait_for(inside, one)
        with start(PAUSES_BEFORE_THE_LAST_ROW, str(second), str(also_inside), str(go)) as other:
            try:
                # While the one is in the middle the other comes no further; a slow start only
                # makes this pass.
                with pytest.raises(subprocess.TimeoutExpired):
                    other.wait(2)
                assert not also_inside.exists()
                assert standing(database_url) == loaded
            finally:
                go.touch()
            assert (one.wait(60), other.wait(60)) == (0, 0)
    now = standing(database_url)
    assert (now.load_number, now.version) == (3, record_version(second))


@pytest.fixture
def reading_role(loaded: Standing, database_url: str) -> Any:
    """The address of the database for a role that has SELECT alone."""
    role = f"reader_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(database_url, autocommit=True) as admin:
        admin.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'reader'")
        admin.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        admin.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
        place = database_url.rpartition("@")[2]
        yield f"postgresql://{role}:reader@{place}"
        admin.execute(f"DROP OWNED BY {role}")
        admin.execute(f"DROP ROLE {role}")


@pytest.mark.postgresql
def test_a_role_with_select_alone_cannot_load(
    reading_role: str, loaded: Standing, manage: Manage, database_url: str, second: Path
) -> None:
    done = manage("load", "--fixtures", str(second), DATABASE_URL=reading_role)
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: The role reader_")
    assert "may read the record, and not write it: LOAD_DATABASE_URL" in done.stderr
    assert "Nothing was changed." in done.stderr
    assert standing(database_url) == loaded


@pytest.mark.postgresql
def test_a_role_with_select_alone_serves_the_record_that_stands(
    reading_role: str, loaded: Standing, tmp_path: Path
) -> None:
    with serving(reading_role, tmp_path, "--workers", "1") as site:
        assert site.record == loaded.version
        assert "first edition" in site.get("/cities/lachin/").text
        assert "may read the record, and not write it" in site.printed
        assert f"Serving the record that stands, version {loaded.version}." in site.printed


@pytest.mark.postgresql
def test_a_load_can_write_to_one_address_while_pages_read_from_another(
    reading_role: str, loaded: Standing, manage: Manage, database_url: str, second: Path
) -> None:
    done = manage(
        "load", "--fixtures", str(second), DATABASE_URL=reading_role, LOAD_DATABASE_URL=database_url
    )
    assert done.returncode == 0, done.stderr
    assert standing(database_url).version == record_version(second)


@pytest.mark.postgresql
def test_a_snapshot_from_before_a_load_still_sees_all_old_rows(
    loaded: Standing, manage: Manage, database_url: str, second: Path
) -> None:
    with psycopg.connect(database_url) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        tables = reader.execute(
            "SELECT tablename FROM pg_tables WHERE tablename LIKE 'capitals%' ORDER BY tablename"
        ).fetchall()

        def everything() -> dict[str, list[Any]]:
            found = {table: reader.execute(f'SELECT * FROM "{table}"').fetchall() for (table,) in tables}
            return {table: sorted(in_table) for table, in_table in found.items()}

        before = everything()
        assert manage("load", "--fixtures", str(second)).returncode == 0
        assert everything() == before
        reader.rollback()
        after = everything()
    assert before["capitals_city"] != after["capitals_city"]
    assert {name: len(found) for name, found in before.items()} == {
        name: len(found) for name, found in after.items()
    }


@pytest.mark.postgresql
def test_after_a_load_postgresql_knows_how_many_rows_there_are(loaded: Standing, database_url: str) -> None:
    """Without that it would read whole tables where an index is shorter, until its own daemon has looked."""
    names = "relname IN ('capitals_searchnumber', 'capitals_event', 'capitals_event_sources')"
    counted = rows(database_url, f"SELECT relname FROM pg_class WHERE {names} AND reltuples > 0")

    assert len(counted) == 3


PAGES_WITH_A_LOAD_WITHIN = """
import io, sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from wsgiref.util import setup_testing_defaults
from django.core.management import call_command
from django.db import connection
from heritage.wsgi import application as door

# Django behind the door: in this thread, and each page anew.
application = door.application

path, *folders = sys.argv[1:]

def load(folder):
    call_command("load", fixtures=Path(folder), stdout=io.StringIO())

# The process of the loads begins before this one has read anything.
loader = ProcessPoolExecutor(1, mp_context=get_context("fork"))
loader.submit(int).result()

def show_page():
    environ = {}
    setup_testing_defaults(environ)
    environ["PATH_INFO"] = path
    statuses = []
    text = b"".join(application(environ, lambda status, headers: statuses.append(status))).decode()
    print(statuses[0][:3], *(f"{edition} edition" in text for edition in ("first", "second")))

def load_before(query, folder):
    queries = 0
    def hook(execute, *arguments):
        nonlocal queries
        queries += 1
        if queries == query:
            loader.submit(load, folder).result()
        return execute(*arguments)
    with connection.execute_wrapper(hook):
        show_page()
    assert queries > query, f"The page asks only {queries} queries."

for query, folder in zip((2, 3, 6), folders):
    load_before(query, folder)
    show_page()
"""


@pytest.mark.parametrize("path", ["/", "/cities/lachin/", "/capitals/2025/", "/countries/azerbaijan/"])
def test_a_page_with_a_load_within_shows_the_old_record_and_the_next_one_the_new(
    loaded: Standing, start: Start, first: Path, second: Path, path: str
) -> None:
    process = start(PAGES_WITH_A_LOAD_WITHIN, path, str(second), str(first), str(second))
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 0, stderr
    old, new = "200 True False", "200 False True"
    assert stdout.splitlines() == [old, new, new, old, old, new]


def test_a_reader_who_walks_during_loads_sees_one_version_or_the_other_on_each_page(
    fill: Fill, manage: Manage, database_url: str, first: Path, second: Path, tmp_path: Path
) -> None:
    pages = ["/", "/capitals/", "/cities/lachin/", "/events/", "/sources/herald-2024-10-08/", "/decisions/"]
    done = False

    # The server finds the real record and loads nothing; from here on the two editions alternate.
    fill(ROOT / "fixtures")
    with serving(database_url, tmp_path, "--workers", "2") as site:
        assert manage("load", "--fixtures", str(first)).returncode == 0

        def walk() -> list[tuple[str, int, bool, bool]]:
            seen = []
            while not done:
                for page in pages:
                    answer = site.get(page)
                    is_first, is_second = (f"{one} edition" in answer.text for one in ("first", "second"))
                    seen.append((page, answer.status, is_first, is_second))
            return seen

        with ThreadPoolExecutor() as readers:
            walks = [readers.submit(walk) for _ in range(2)]
            try:
                for folder in (second, first):
                    assert manage("load", "--fixtures", str(folder)).returncode == 0
            finally:
                done = True
        seen = [page for walked in walks for page in walked.result()]
    assert [page for page in seen if page[1] != 200 or page[2] == page[3]] == []
    assert {page[2] for page in seen} == {True, False}


@pytest.mark.sqlite
def test_an_open_page_server_reads_the_file_that_a_load_swaps_in(
    fill: Fill, manage: Manage, database_url: str, first: Path, second: Path, tmp_path: Path
) -> None:
    fill(ROOT / "fixtures")
    with serving(database_url, tmp_path, "--workers", "1") as site:
        for folder in (first, second, first):
            assert manage("load", "--fixtures", str(folder)).returncode == 0
            assert site.record == record_version(folder)
