"""The plan of the house holds: rooms stand on one another, and no imports run in a circle."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Manage
from minimal import write_fixtures
from processes import ROOT, printed

LINT = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 400, 40


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of the site in `folder`, by the contracts of its pyproject.toml."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(
        LINT, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_rooms_stand_as_they_are_planned() -> None:
    done = lint(ROOT)

    assert done.returncode == 0, done.stdout
    assert "Contracts: 3 kept, 0 broken." in done.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("capitals/words/folding.py", "from capitals.models import City"),
        (
            "capitals/models/names.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from capitals.models import places",
        ),
        ("capitals/pages/home.py", "def later():\n    from capitals.record import version"),
        ("capitals/pages/citations.py", "from heritage import errors"),
    ],
    ids=["upwards", "in a circle, for types alone", "what loads into a page", "the project into the app"],
)
def test_an_import_against_the_plan_is_found(file: str, line: str, tmp_path: Path) -> None:
    for name in ("capitals", "heritage"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "locale"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / file).open("a") as opened:
        opened.write(f"\n{line}\n")

    done = lint(tmp_path)

    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout


def sources() -> list[Path]:
    return [
        file
        for room in ("capitals", "heritage")
        for file in (ROOT / room).rglob("*.py")
        if "migrations" not in file.parts
    ]


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    long = {file.name: len(file.read_text().splitlines()) for file in sources()}

    assert len(long) > 60
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def test_no_function_is_too_long_to_be_read_at_once() -> None:
    found = [
        (file.name, node.name, (node.end_lineno or 0) - node.lineno + 1)
        for file in sources()
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef)
    ]

    assert len(found) > 300
    assert [one for one in found if one[2] > MOST_LINES_OF_A_FUNCTION] == []


PAGES_WITHOUT_THE_LOADER = """
import sys
from wsgiref.util import setup_testing_defaults
from heritage.wsgi import application
for path in ("/", "/cities/lachin/", "/search/?q=lachin", "/nothing/"):
    environ = {}
    setup_testing_defaults(environ)
    environ["PATH_INFO"], _, environ["QUERY_STRING"] = path.partition("?")
    b"".join(application(environ, lambda status, headers: print(status[:3])))
print(*(name for name in sys.modules if name.startswith("capitals.record") or name == "yaml"))
"""


@pytest.mark.sqlite
def test_a_process_that_serves_pages_has_nothing_of_the_loader_in_memory(
    manage: Manage, database_url: str, tmp_path: Path
) -> None:
    assert manage("load", "--fixtures", str(write_fixtures(tmp_path / "fixtures"))).returncode == 0

    shown = printed("-c", PAGES_WITHOUT_THE_LOADER, DATABASE_URL=database_url)

    assert shown.split() == ["200", "200", "200", "404"]
