"""Two doors to the database: what reads cannot write, whatever it is, and settings stay as they are."""

from __future__ import annotations

import ast
import http.client
import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Fill
from django.db import connection
from minimal import SECOND_EDITION, write_fixtures
from processes import ROOT, printed, python
from serving import PATIENCE, free_port

from capitals.record.version import record_version

TRIES_TO_WRITE = """
import os, tempfile
from django.db import DatabaseError, connection
from capitals.models import RecordState
print(RecordState.objects.get().version)
other = os.path.join(tempfile.mkdtemp(), "other")
statements = [
    "UPDATE capitals_recordstate SET version = 'changed'",
    "DELETE FROM capitals_recordstate",
    "CREATE TABLE mine (id integer)",
]
if connection.vendor == "sqlite":
    statements += [f"ATTACH '{other}' AS other", f"VACUUM INTO '{other}'"]
for statement in statements:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
        print("written")
    except DatabaseError as error:
        print(str(error).strip())
try:
    RecordState.objects.update(version="changed")
    print("written")
except DatabaseError as error:
    print(str(error).strip())
assert not os.path.exists(other)
"""
REFUSED = {
    "sqlite": [
        *["attempt to write a readonly database"] * 3,
        *["too many attached databases - max 0"] * 2,
        "attempt to write a readonly database",
    ],
    "postgresql": [
        f"cannot execute {command} in a read-only transaction"
        for command in ("UPDATE", "DELETE", "CREATE TABLE", "UPDATE")
    ],
}


@pytest.fixture
def loaded_version(fill: Fill, tmp_path: Path) -> str:
    """A small record in the new database; gives its version."""
    folder = write_fixtures(tmp_path / "small", SECOND_EDITION)
    fill(folder)
    return record_version(folder)


def lines(database_url: str, *command: str) -> list[str]:
    return printed(*command, DATABASE_URL=database_url).splitlines()


def test_the_serving_entry_point_cannot_write(loaded_version: str, database_url: str) -> None:
    version, *answers = lines(database_url, "-c", f"import heritage.wsgi\n{TRIES_TO_WRITE}")

    assert version == loaded_version
    assert answers == REFUSED[connection.vendor]


def test_the_shell_cannot_write(loaded_version: str, database_url: str) -> None:
    version, *answers = lines(
        database_url, "manage.py", "shell", "--verbosity", "0", "--command", TRIES_TO_WRITE
    )

    assert version == loaded_version
    assert answers == REFUSED[connection.vendor]


WRITES_WITHIN_A_PAGE = """
from django.db import DatabaseError
from django.http import HttpResponse
from capitals.pages import machines
from capitals.models import RecordState
def robots(request):
    try:
        RecordState.objects.update(version="changed")
        answer = "written"
    except DatabaseError as error:
        answer = str(error).strip()
    return HttpResponse(answer)
machines.robots = robots
"""


@pytest.mark.once
def test_the_development_server_is_for_development_alone() -> None:
    refused = python("manage.py", "runserver", DEBUG="0")

    assert refused.returncode == 1
    assert "To read it: manage.py serve. To work on it: DEBUG=1 manage.py runserver." in refused.stderr


def test_the_development_server_cannot_write(loaded_version: str, database_url: str, tmp_path: Path) -> None:
    (tmp_path / "writing_settings.py").write_text(
        "from heritage.settings import *\nROOT_URLCONF = 'writing_urls'\n"
    )
    (tmp_path / "writing_urls.py").write_text(f"{WRITES_WITHIN_A_PAGE}\nfrom heritage.urls import *\n")
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
        env={
            **os.environ,
            "DEBUG": "1",
            "DATABASE_URL": database_url,
            "LOAD_DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "writing_settings",
            "PYTHONPATH": str(tmp_path),
        },
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as asked:
                    asked.request("GET", "/robots.txt")
                    answer = asked.getresponse().read().decode()
                break
            except OSError:
                assert server.poll() is None
                assert time.monotonic() < give_up
                time.sleep(0.1)
    finally:
        server.kill()
        server.wait()
    assert answer == REFUSED[connection.vendor][0]


@pytest.mark.postgresql
def test_each_page_is_read_in_one_repeatable_snapshot(loaded_version: str, database_url: str) -> None:
    code = """
import heritage.wsgi
from django.db import connection, transaction
with transaction.atomic(), connection.cursor() as cursor:
    for name in ("transaction_isolation", "transaction_read_only"):
        cursor.execute(f"SHOW {name}")
        print(cursor.fetchone()[0])
"""
    for url in (database_url, f"{database_url}?options=-c%20statement_timeout%3D5000&application_name=web"):
        assert lines(url, "-c", code) == ["repeatable read", "on"]


def test_nothing_changes_settings_or_database_addresses_while_it_runs() -> None:
    """Assignments to them, and calls that change them in place, in the site's own code."""
    changing = []
    for file in [*(ROOT / "capitals").rglob("*.py"), *(ROOT / "heritage").glob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text())):
            targets = (
                node.targets
                if isinstance(node, (ast.Assign, ast.Delete))
                else [node.target]
                if isinstance(node, (ast.AugAssign, ast.AnnAssign))
                else [node.func]
                if isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"update", "setdefault", "pop", "clear"}
                else []
            )
            changing += [
                f"{file.name}: {ast.unparse(target)}"
                for target in targets
                if any(word in ast.unparse(target) for word in ("settings.", "settings_dict"))
            ]
    assert changing == []
