"""`manage.py serve` makes ready what it needs, serves, and ends without a trace."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from conftest import Fill, Manage
from minimal import SECOND_EDITION, write_fixtures
from processes import ROOT, run
from serving import PATIENCE, bound_by_permissions, copy_of_the_site, free_port, serving

from capitals.record.version import record_version

FIXTURES = ROOT / "fixtures"


@pytest.fixture
def small_record(fill: Fill, tmp_path: Path) -> str:
    """A record other than that of the fixtures, in the new database; gives its version."""
    folder = write_fixtures(tmp_path / "small", SECOND_EDITION)
    fill(folder)
    return record_version(folder)


@pytest.fixture
def prepared(fill: Fill) -> None:
    """The record of the fixtures, in the new database: nothing is left for `serve` to load."""
    fill(FIXTURES)


@pytest.fixture
def code_without_fixtures(tmp_path: Path) -> Path:
    """A copy of the site whose fixtures hold a mistake."""
    return copy_of_the_site(tmp_path / "site", SECOND_EDITION.replace("role: opening", "role: party"))


def test_serve_on_a_fresh_database_prepares_everything_serves_and_ends_on_ctrl_c(
    database_url: str, tmp_path: Path
) -> None:
    with serving(database_url, tmp_path, "--workers", "2") as site:
        address = f"http://127.0.0.1:{site.port}/"
        assert "Loaded (load 1)" in site.printed
        assert f"Serving at {address} with 2 workers. Ctrl-C ends it.\n" in site.out.read_text()

        version = record_version(FIXTURES)
        assert (site.get("/healthz").text, site.record) == ("ok\n", version)

        home = site.get("/")
        assert home.status == 200
        assert "Lachin" in home.text
        assert f'<link rel="canonical" href="{address}">' in home.text

        [style] = set(re.findall(r'href="(/static/[^"]+\.css)"', home.text))
        assert re.fullmatch(r"/static/[\w/-]+\.[0-9a-f]{12}\.css", style)
        sheet = site.get(style)
        assert sheet.status == 200
        assert sheet.headers["Content-Type"].startswith("text/css")
        assert "immutable" in sheet.headers["Cache-Control"]
        assert "public" in sheet.headers["Cache-Control"]
        again = site.get(style, **{"Accept-Encoding": "gzip"})
        assert again.headers["Content-Encoding"] == "gzip"
        assert site.get("/static/no-such.css").status == 404

        assert site.press_ctrl_c() == 0
        assert "Traceback" not in site.printed
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", site.port))


def test_serve_loads_nothing_when_the_record_is_that_of_the_fixtures(
    prepared: None, database_url: str, tmp_path: Path
) -> None:
    with serving(database_url, tmp_path, "--workers", "1") as site:
        assert "Loaded" not in site.printed
        assert site.record == record_version(FIXTURES)


def test_serve_loads_again_when_the_record_is_another(
    small_record: str, database_url: str, tmp_path: Path
) -> None:
    with serving(database_url, tmp_path, "--workers", "1") as site:
        assert "Loaded (load 2)" in site.printed
        assert site.record == record_version(FIXTURES)


@pytest.mark.once
def test_serve_ends_on_the_signal_of_a_service_manager(
    prepared: None, database_url: str, tmp_path: Path
) -> None:
    with serving(database_url, tmp_path, "--workers", "2") as site:
        site.process.send_signal(signal.SIGTERM)
        assert site.process.wait(PATIENCE) == 0
        assert "Traceback" not in site.printed
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", site.port))


@pytest.mark.once
def test_every_address_that_a_page_names_is_under_the_site_url(
    prepared: None, database_url: str, tmp_path: Path
) -> None:
    with serving(
        database_url,
        tmp_path,
        "--workers",
        "1",
        SITE_URL="https://capitals.example",
        ALLOWED_HOSTS="capitals.example,127.0.0.1",
    ) as site:
        assert '<link rel="canonical" href="https://capitals.example/about/">' in site.get("/about/").text
        assert f"127.0.0.1:{site.port}" not in site.get("/sitemap.xml").text


@pytest.mark.once
def test_a_taken_port_gets_one_clear_line(manage: Manage, database_url: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = manage("serve", "--port", str(port))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == f"CommandError: 127.0.0.1:{port} is taken: choose another with --host and --port.\n"
    assert not list(tmp_path.glob("record.sqlite3*"))


@pytest.mark.once
def test_a_port_that_another_serve_holds_is_taken(
    prepared: None, manage: Manage, database_url: str, tmp_path: Path
) -> None:
    with serving(database_url, tmp_path, "--workers", "1") as site:
        done = manage("serve", "--port", str(site.port))
        assert done.returncode == 1
        assert f"127.0.0.1:{site.port} is taken" in done.stderr
        assert site.get("/healthz").status == 200


@pytest.mark.once
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--workers", "0"], "--workers is less than 1: at least one process must serve."),
        (["--workers", "-2"], "--workers is less than 1: at least one process must serve."),
        (["--port", "70000"], "--port 70000 is no port: choose one from 1 to 65535."),
        (["--port", "-1"], "--port -1 is no port: choose one from 1 to 65535."),
        (["--port", "0"], "--port 0 is no port: choose one from 1 to 65535."),
        (["--host", "192.0.2.1"], "192.0.2.1:8000 cannot be used (Cannot assign requested address): "),
        (["--host", "no.such.host.invalid"], "no.such.host.invalid:8000 cannot be used ("),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_served_gets_one_clear_line(
    database_url: str, arguments: list[str], message: str
) -> None:
    port = [] if "--port" in arguments or "--host" in arguments else ["--port", str(free_port())]
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", *port, *arguments],
        env={**os.environ, "DATABASE_URL": database_url, "LOAD_DATABASE_URL": ""},
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        _, stderr = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        # It serves after all: leave no worker behind.
        os.killpg(process.pid, signal.SIGKILL)
        raise
    assert process.returncode == 1
    assert stderr.startswith(f"CommandError: {message}")
    assert stderr.count("\n") == 1


@pytest.mark.once
def test_workers_that_are_no_number_are_refused(manage: Manage) -> None:
    done = manage("serve", "--workers", "many")
    assert done.returncode != 0
    assert "--workers: invalid int value: 'many'" in done.stderr


def test_bad_fixtures_are_told_and_the_record_that_stands_is_served(
    small_record: str, database_url: str, code_without_fixtures: Path, tmp_path: Path
) -> None:
    with serving(database_url, tmp_path, "--workers", "1", root=code_without_fixtures) as site:
        assert "fixtures/record.yaml:" in site.printed
        assert "Value 'party' is not a valid choice." in site.printed
        assert f"Serving the record that stands, version {small_record}." in site.printed
        assert site.record == small_record


def test_without_any_record_to_serve_it_says_why_and_ends(
    database_url: str, code_without_fixtures: Path
) -> None:
    serve = [sys.executable, "manage.py", "serve", "--port", str(free_port())]

    done = run(serve, {"DATABASE_URL": database_url}, cwd=code_without_fixtures)

    assert done.returncode == 1
    problem, said = done.stderr.splitlines()
    assert "Value 'party' is not a valid choice." in problem
    assert said.startswith("CommandError: There is no record to serve, and none could be loaded. 1 problem ")
    assert "Traceback" not in done.stderr


def test_an_unreachable_database_is_told_and_ends_it(manage: Manage) -> None:
    done = manage("serve", "--port", str(free_port()), DATABASE_URL="postgresql://postgres@127.0.0.1:1/none")
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: There is no record to serve, and none could be loaded. ")
    assert "Traceback" not in done.stderr


@pytest.mark.sqlite
def test_a_record_on_a_read_only_path_is_served_as_it_stands(small_record: str, tmp_path: Path) -> None:
    folder = tmp_path / "read-only"
    folder.mkdir()
    shutil.copy(tmp_path / "record.sqlite3", folder)
    (folder / "record.sqlite3").chmod(0o444)
    folder.chmod(0o555)
    url = f"sqlite:///{folder / 'record.sqlite3'}"
    try:
        with serving(url, tmp_path, "--workers", "1", command=bound_by_permissions()) as site:
            assert "Permission denied" in site.printed
            assert f"Serving the record that stands, version {small_record}." in site.printed
            assert site.record == small_record
            assert "second edition" in site.get("/cities/lachin/").text
        assert [file.name for file in folder.iterdir()] == ["record.sqlite3"]
    finally:
        folder.chmod(0o755)


@pytest.mark.once
def test_a_site_whose_folder_is_read_only_is_served(
    small_record: str, database_url: str, code_without_fixtures: Path, tmp_path: Path
) -> None:
    write_fixtures(code_without_fixtures / "fixtures", SECOND_EDITION)
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input"]
    subprocess.run(collect, cwd=code_without_fixtures, check=True, stdout=subprocess.DEVNULL)
    folders = [path for path in code_without_fixtures.rglob("*") if path.is_dir()]
    for folder in [code_without_fixtures, *folders]:
        folder.chmod(0o555)
    for file in (code_without_fixtures / ".site" / "static").rglob("*.*"):
        file.chmod(0o444)
    try:
        with serving(
            database_url,
            tmp_path,
            "--workers",
            "1",
            root=code_without_fixtures,
            command=bound_by_permissions(),
        ) as site:
            home = site.get("/")
            assert home.status == 200
            [style] = set(re.findall(r'href="(/static/[^"]+\.css)"', home.text))
            assert site.get(style).status == 200
    finally:
        for folder in [code_without_fixtures, *folders]:
            folder.chmod(0o755)


@pytest.mark.postgresql
def test_pages_say_so_while_no_record_is_loaded(prepared: None, database_url: str, tmp_path: Path) -> None:
    with serving(database_url, tmp_path, "--workers", "1") as site:
        with psycopg.connect(database_url) as admin:
            admin.execute("DELETE FROM capitals_recordstate")
        answer = site.get("/")
        assert answer.status == 503
        assert "The record has not been loaded yet." in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
