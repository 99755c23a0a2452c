"""A SQLite file that is not whole, or gone: the old pages or a clear word, never a traceback."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest
from conftest import Manage
from minimal import RECORD, SECOND_EDITION, write_fixtures
from processes import run
from serving import copy_of_the_site, serving

pytestmark = pytest.mark.sqlite

PAGE_SIZE = 4096
"""Bytes; what SQLite gives to each page of a file."""
KEPT, ANEW = "/cities/lachin/", "/search/?q=lachin"


def load(fixtures: Path, database_url: str) -> None:
    done = run(
        [sys.executable, "manage.py", "load", "--fixtures", str(fixtures)], {"DATABASE_URL": database_url}
    )
    assert done.returncode == 0, done.stderr


def test_while_serving_a_file_that_is_not_whole_is_told_of_and_the_next_load_mends_it(
    database_url: str, tmp_path: Path
) -> None:
    """As by a copy that broke off, or a disk that fails: another file lies there of a sudden."""
    file = Path(database_url.removeprefix("sqlite:///"))
    root = copy_of_the_site(tmp_path / "site", RECORD)
    second = write_fixtures(tmp_path / "second", SECOND_EDITION)
    with serving(database_url, tmp_path, "--workers", "1", root=root) as site:
        whole = file.read_bytes()
        faults = {
            "garbled": b"no record\n" * 5000,
            "garbled behind its head": whole[:200] + b"\xff" * (len(whole) - 200),
            "cut short": whole[: len(whole) // 2],
            "empty": b"",
            "deleted": None,
        }
        for name, content in faults.items():
            broken = file.with_name("broken")
            if content is None:
                file.unlink()
            else:
                broken.write_bytes(content)
                broken.replace(file)

            answers = {
                path: site.get(path) for path in (KEPT, ANEW, "/readyz", "/healthz", "/static/site.css")
            }

            told = {path: answer.status for path, answer in answers.items()}
            assert told[ANEW] == told["/readyz"] == 503, f"{name}: {told}"
            assert told["/healthz"] == told["/static/site.css"] == 200, name
            assert told[KEPT] in {200, 503}, name
            load(second, database_url)
            assert "second edition" in site.get(KEPT).text, name
            assert site.get(ANEW).status == 200, name
        assert "Traceback" not in site.printed


@pytest.mark.parametrize(
    "content",
    [b"", b"no record\n" * 5000, "in the middle", None],
    ids=["empty", "garbled", "garbled in the middle", "a folder"],
)
def test_a_file_that_is_not_whole_is_replaced_at_the_start(
    database_url: str, tmp_path: Path, content: bytes | str | None
) -> None:
    file = Path(database_url.removeprefix("sqlite:///"))
    root = copy_of_the_site(tmp_path / "site", RECORD)
    if content is None:
        # That no load replaces.
        file.mkdir()
        done = run([sys.executable, "manage.py", "serve"], {"DATABASE_URL": database_url}, cwd=root)
        assert done.returncode == 1
        assert "There is no record to serve, and none could be loaded." in done.stderr
        assert "Traceback" not in done.stderr
        return
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        load(root / "fixtures", database_url)
        garbled = bytearray(file.read_bytes())
        # The head of a page of the cities' table: all that a start reads is whole.
        page = garbled.index(b"A town in the mountains") // PAGE_SIZE * PAGE_SIZE
        garbled[page : page + 8] = b"\xff" * 8
        file.write_bytes(garbled)
    with serving(database_url, tmp_path, "--workers", "1", root=root) as site:
        assert "first edition" in site.get(KEPT).text
        assert "Traceback" not in site.printed


def test_load_numbers_go_on_when_the_file_was_deleted(
    manage: Manage, database_url: str, tmp_path: Path
) -> None:
    """Caches may hold pages of the last load under its number."""
    file = Path(database_url.removeprefix("sqlite:///"))
    for number, edition in enumerate((RECORD, SECOND_EDITION, RECORD), start=1):
        fixtures = write_fixtures(tmp_path / "fixtures", edition)
        done = manage("load", "--fixtures", str(fixtures))
        assert f"Loaded (load {number})" in done.stdout
        assert sqlite3.connect(file).execute("SELECT load_number FROM capitals_recordstate").fetchone() == (
            number,
        )
        file.unlink()
