"""What the processes of a server keep, while another process loads, and while the database is gone."""

from __future__ import annotations

import gzip
import sys
import time
from pathlib import Path

import psycopg
from conftest import name_of, postgresql_server
from django.db import connection
from minimal import RECORD, SECOND_EDITION, write_fixtures
from processes import run
from serving import Site, copy_of_the_site, serving

from capitals.kept.moment import SECONDS_BETWEEN_LOOKS

PAGE = "/cities/lachin/"
OLD, NEW = "first", "second"
"""The editions of the small record."""
ENOUGH_FOR_ALL_WORKERS = 40
"""Connections after which each of two processes has answered some, but for one case in a billion."""


def editions(site: Site) -> set[str]:
    """Of which editions the page is that the processes give, in whichever encoding."""
    answers = [site.get(PAGE) for _ in range(ENOUGH_FOR_ALL_WORKERS)]
    assert {answer.status for answer in answers} == {200}
    return {edition for edition in (OLD, NEW) for one in answers if f"({edition} edition)" in one.text}


def test_no_process_gives_a_page_of_the_old_record_after_a_load(database_url: str, tmp_path: Path) -> None:
    root = copy_of_the_site(tmp_path / "site", RECORD)
    with serving(database_url, tmp_path, "--workers", "2", root=root) as site:
        assert editions(site) == {OLD}
        before = site.get(PAGE)
        (root / "fixtures" / "record.yaml").unlink()
        write_fixtures(root / "fixtures", SECOND_EDITION)

        loaded = run([sys.executable, "manage.py", "load"], {"DATABASE_URL": database_url}, cwd=root)

        assert loaded.returncode == 0, loaded.stderr
        if connection.vendor == "postgresql":
            # A file is looked at for each answer; a database now and then.
            time.sleep(SECONDS_BETWEEN_LOOKS * 4)
        assert editions(site) == {NEW}
        after = site.get(PAGE, **{"If-None-Match": before.headers["ETag"]})
        assert after.status == 200
        assert after.headers["Record-Version"].endswith(";load=2")


def test_a_page_that_is_kept_is_given_while_the_database_is_gone(database_url: str, tmp_path: Path) -> None:
    root = copy_of_the_site(tmp_path / "site", RECORD)
    with serving(database_url, tmp_path, "--workers", "1", root=root) as site:
        site.get(PAGE)
        # A process keeps nothing before it has seen which record stands.
        time.sleep(SECONDS_BETWEEN_LOOKS * 4)
        page = site.get(PAGE)

        take_away(database_url)

        kept, packed = site.get(PAGE), site.get(PAGE, **{"Accept-Encoding": "gzip"})
        assert (kept.status, kept.body) == (200, page.body)
        assert gzip.decompress(packed.body) == page.body
        assert site.get(PAGE, **{"If-None-Match": page.headers["ETag"]}).status == 304
        assert site.get("/static/land.svg").status == 200
        missing = site.get("/cities/")
        assert (missing.status, missing.headers["Retry-After"]) == (503, "10")
        assert "The record cannot be read just now" in missing.text
        assert "Traceback" not in site.printed
        assert site.get(PAGE).body == page.body


def take_away(database_url: str) -> None:
    """Remove the SQLite file, or let nobody connect to the database any more."""
    if connection.vendor == "sqlite":
        Path(database_url.removeprefix("sqlite:///")).unlink()
        return
    name = name_of(database_url)
    with psycopg.connect(postgresql_server(), autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
