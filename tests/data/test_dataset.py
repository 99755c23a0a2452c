"""The dataset: the same bytes for the same record, and read by programs that are not ours."""

from __future__ import annotations

import asyncio
import csv
import html
import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Fill, Manage, reader, unavailable
from django.test import Client
from factories import make_event
from minimal import RECORD, write_fixtures
from serving import Site, copy_of_the_site, serving

from capitals.data.formats import Origin
from capitals.data.forms import FORMS
from capitals.data.package import NAME, archive, dataset, dictionary
from capitals.data.tables import tables_of

ORIGIN = Origin("0123456789abcdef", "2026-11-30", "https://example.org/data/")


@pytest.fixture(scope="module")
def files(django_db_setup: None, django_db_blocker: Any) -> dict[str, bytes]:
    """The dataset of the real record."""
    with django_db_blocker.unblock():
        return dataset(ORIGIN)


@pytest.fixture(scope="module")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset's files on the disk."""
    made = tmp_path_factory.mktemp("dataset")
    for name, content in files.items():
        (made / name).write_bytes(content)
    return made


@pytest.mark.django_db
def test_the_dataset_made_twice_is_the_same(files: dict[str, bytes]) -> None:
    assert archive(dataset(ORIGIN)) == archive(files)


@pytest.mark.django_db
def test_the_command_and_the_site_give_the_same_archive(
    client: Client, tmp_path: Path, manage: Manage, fill: Fill
) -> None:
    fill(write_fixtures(tmp_path / "fixtures"))
    for folder in ("one", "two"):
        done = manage("export", str(tmp_path / folder))
        assert done.returncode == 0, done.stderr

    one, two = ((tmp_path / name / f"{NAME}.zip").read_bytes() for name in ("one", "two"))
    of_site = client.get(f"/data/{NAME}.zip")

    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as opened:
        assert opened.testzip() is None
        names = opened.namelist()
    with zipfile.ZipFile(io.BytesIO(of_site.content)) as opened:
        assert opened.namelist() == names
    written = {f"{NAME}/{file.name}" for file in (tmp_path / "one" / NAME).iterdir()}
    assert written == set(names)
    assert of_site["Content-Type"] == "application/zip"


def test_an_export_without_a_record_says_what_to_do(tmp_path: Path, manage: Manage) -> None:
    done = manage("export", str(tmp_path))

    assert done.returncode != 0
    assert "Run manage.py load first." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.once
@pytest.mark.django_db
def test_frictionless_finds_every_table_as_described(folder: Path) -> None:
    frictionless = reader("frictionless")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frictionless.system.trusted = True
        report = frictionless.validate(str(folder / "datapackage.json"))

    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:20]
    assert len(report.tasks) > 40


@pytest.mark.once
@pytest.mark.django_db
def test_datasette_opens_the_sqlite_file_and_shows_the_tables(folder: Path) -> None:
    datasette = reader("datasette.app")

    async def ask(address: str) -> Any:
        shown = datasette.Datasette([str(folder / "record.sqlite3")])
        return (await shown.client.get(address)).json()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tables = {table["name"]: table["count"] for table in asyncio.run(ask("/record.json"))["tables"]}
        [row] = asyncio.run(ask("/record/capitals.json?key=ganja-2017&_shape=array"))

    assert tables["capitals"] == 24
    assert {"cities", "cities_names", "events", "events_sources", "sources", "sister_titles"} <= set(tables)
    assert (row["city_name"], row["year"], row["decided"]) == ("Ganja", 2017, "2016-09-16")


@pytest.mark.once
@pytest.mark.django_db
def test_the_sqlite_file_holds_what_the_tables_hold(folder: Path) -> None:
    with sqlite3.connect(folder / "record.sqlite3") as database:
        database.row_factory = sqlite3.Row
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            written = list(
                csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text("utf-8-sig"), newline=""))
            )
            rows = database.execute(f'SELECT * FROM "{name}"').fetchall()
            assert len(rows) == len(written), name
            for row, cells in zip(rows, written, strict=True):
                for column in ("key", "year", "name", "url"):
                    if column in cells:
                        assert str(row[column] or "") == cells[column].removeprefix("'")
    database.close()
    assert len(names) == len(list(folder.glob("*.csv"))) - 1


def spreadsheet(file: Path, folder: Path) -> list[list[Any]]:
    """The cells of a CSV file as a spreadsheet program reads them: Gnumeric, and what it makes of them."""
    program = shutil.which("ssconvert") or unavailable("there is no Gnumeric (ssconvert)")
    made = folder / f"{file.stem}.xlsx"
    subprocess.run([program, str(file), str(made)], check=True, capture_output=True, timeout=300)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = reader("openpyxl").load_workbook(made, read_only=True)
        rows = [list(row) for row in book.active.iter_rows(values_only=True)]
        book.close()
    return rows


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("name", ["cities", "cities_names", "capitals"])
def test_a_spreadsheet_program_reads_the_cells(name: str, folder: Path, tmp_path: Path) -> None:
    file = folder / f"{name}.csv"
    written = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline="")))

    rows = spreadsheet(file, tmp_path)

    assert len(rows) == len(written)
    assert rows[0] == written[0]
    texts = [column for column, title in enumerate(written[0]) if title.endswith(("name", "_ru", "url"))]
    assert len(texts) > 1
    for row, cells in zip(rows, written, strict=True):
        assert [str(row[column] or "") for column in texts] == [cells[column] for column in texts]


@pytest.mark.once
def test_a_spreadsheet_program_runs_no_text_of_ours(
    client: Client, empty_record: None, tmp_path: Path
) -> None:
    make_event(slug="formula", title="=1+1", venue="@SUM(1,2)", theme="-2+3")
    file = tmp_path / "events.csv"
    file.write_bytes(client.get("/events.csv").content)

    header, row = spreadsheet(file, tmp_path)

    found = dict(zip(header, row, strict=True))
    assert [str(found[name]).lstrip("'") for name in ("title", "venue", "theme")] == [
        "=1+1",
        "@SUM(1,2)",
        "-2+3",
    ]


def test_the_dictionary_explains_every_field_of_every_table() -> None:
    rows = list(csv.DictReader(io.StringIO(dictionary().removeprefix("\ufeff"), newline="")))

    explained = {(row["table"], row["field"]) for row in rows}
    tables = [table for form in FORMS.values() for table in tables_of(form, [])]
    assert explained == {(table.name, column.name) for table in tables for column in table.columns}
    assert len(explained) == len(rows)
    names = {table.name for table in tables}
    for row in rows:
        assert len(row["meaning"]) > 3, row
        assert row["refers_to"] in {"", *names}


@pytest.mark.once
def test_the_examples_on_the_page_run(small_site: Site) -> None:
    page = small_site.get("/data/").text
    examples = [html.unescape(code) for code in re.findall("<code>(.*?)</code>", page, re.DOTALL)]
    shell = next(code for code in examples if code.startswith("curl"))
    code = next(code for code in examples if code.startswith("import json"))

    asked = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, timeout=60, check=True)
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)

    assert "lachin-2025" in asked.stdout
    assert "events, version" in ran.stdout
    assert "2025-05 Opening of the year" in ran.stdout


@pytest.fixture
def small_site(tmp_path: Path, database_url: str) -> Iterator[Site]:
    """A site that serves the smallest record."""
    copy = copy_of_the_site(tmp_path / "site", RECORD)
    with serving(database_url, tmp_path, "--workers", "1", root=copy) as site:
        yield site


def test_the_descriptor_names_version_licence_and_credits(files: dict[str, bytes]) -> None:
    told = json.loads(files["datapackage.json"])
    readme = files["README.txt"].decode()

    assert (told["version"], told["id"]) == ("2026-11-30", "0123456789abcdef")
    assert told["licenses"][0]["name"] == "CC-BY-4.0"
    for words in ("CC BY 4.0", "GeoNames", "edition of 2026-11-30", "events_speakers"):
        assert words in readme
