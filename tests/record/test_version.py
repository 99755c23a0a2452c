"""The version of the record follows from everything that shapes what a load writes, and from nothing else."""

from __future__ import annotations

import json
import shutil
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import clear_url_caches, path
from minimal import write_fixtures
from processes import ROOT, printed

from capitals.pages.events import event_detail
from capitals.record import version
from capitals.record.version import BEGINS_WITH, code_behind, record_version
from capitals.urls import urlpatterns


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small record."""
    return write_fixtures(tmp_path / "fixtures")


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the site's code, of which versions are made here."""
    site = tmp_path / "site"
    for name in ("capitals", "heritage"):
        shutil.copytree(ROOT / name, site / name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(version, "ROOT", site)
    return site


def append(file: Path, text: str = "\n") -> None:
    with file.open("a", encoding="utf-8") as opened:
        opened.write(text)


RUNS_A_LOAD = """
import json, sys
from pathlib import Path
import django
django.setup()
from django.urls import reverse
from capitals.record.loading import load

# Pages are imported for their addresses, which are hashed as such.
reverse("home")
ran = set()
def watch(frame, event, argument):
    if event == "call" and frame.f_code.co_name != "<module>":
        ran.add(frame.f_code.co_filename)
sys.setprofile(watch)
load(Path(sys.argv[1]))
sys.setprofile(None)
print(json.dumps(sorted(ran)))
"""


@pytest.mark.sqlite
def test_every_file_of_the_site_whose_code_runs_in_a_load_is_part_of_the_version(
    folder: Path, tmp_path: Path
) -> None:
    files_run = printed(
        "-c",
        RUNS_A_LOAD,
        str(folder),
        DJANGO_SETTINGS_MODULE="heritage.settings",
        DATABASE_URL=f"sqlite:///{tmp_path / 'record.sqlite3'}",
    )
    files = [Path(name) for name in json.loads(files_run)]
    ran = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for file in files
        if file.is_relative_to(ROOT) and ".venv" not in file.parts
    }

    code, _libraries = code_behind(BEGINS_WITH)

    assert {"capitals.record.writing", "capitals.words.folding", "capitals.search.indexing"} <= ran
    # Migrations are hashed beside the code, and what a converter makes of a value in the addresses.
    # The doors to a database shape nothing that goes through them.
    beside = ("capitals.migrations.", "heritage.sqlite3", "heritage.postgresql")
    others = {name for name in ran - set(code) if not name.startswith(beside)}
    assert others == {"capitals.urls"}


def test_nothing_that_only_pages_need_is_part_of_the_version() -> None:
    code, _libraries = code_behind(BEGINS_WITH)

    rooms = {name.split(".")[1] for name in code if name.count(".") > 1}
    assert rooms == {"models", "record", "search", "words"}
    assert {"capitals.search.results", "capitals.search.nearest", "capitals.record.report"} & set(
        code
    ) == set()


@pytest.mark.parametrize(
    "name",
    [
        "capitals/words/folding.py",
        "capitals/models/searchable.py",
        "capitals/models/__init__.py",
        "capitals/search/indexing.py",
        "capitals/record/rules.py",
        "capitals/migrations/0001_record.py",
    ],
)
def test_code_that_shapes_the_record_changes_the_version(name: str, copy: Path, folder: Path) -> None:
    before = record_version(folder)

    append(copy / name)

    assert record_version(folder) != before


def test_a_module_that_such_code_begins_to_import_counts_from_then_on(copy: Path, folder: Path) -> None:
    new = copy / "capitals" / "words" / "new.py"
    new.write_text("")
    before = record_version(folder)
    append(new)
    assert record_version(folder) == before

    append(copy / "capitals" / "words" / "folding.py", "\ndef later():\n    from capitals.words import new\n")
    imported = record_version(folder)
    append(new)

    assert len({before, imported, record_version(folder)}) == 3


@pytest.mark.parametrize(
    "name", ["capitals/pages/home.py", "capitals/atlas/map.py", "heritage/middleware.py", "capitals/urls.py"]
)
def test_code_that_only_shapes_pages_leaves_the_version(name: str, copy: Path, folder: Path) -> None:
    before = record_version(folder)

    append(copy / name)

    assert record_version(folder) == before


@pytest.fixture
def _events_elsewhere(settings: Any) -> Iterator[None]:
    """Routes on which events have another address, in force."""
    routes = types.ModuleType("routes_with_events_elsewhere")
    moved = path("happenings/<slug:slug>/", event_detail, name="event")
    # Of two routes with one name the last is the one that addresses are made with.
    routes.__dict__["urlpatterns"] = [*urlpatterns, moved]
    sys.modules[routes.__name__] = routes
    settings.ROOT_URLCONF = routes.__name__
    clear_url_caches()
    yield
    del sys.modules[routes.__name__]
    clear_url_caches()


def test_a_changed_address_changes_the_version(folder: Path, request: pytest.FixtureRequest) -> None:
    """The search keeps addresses: with old ones its results led to pages that were no more."""
    before = record_version(folder)

    request.getfixturevalue("_events_elsewhere")

    assert record_version(folder) != before


def test_a_changed_catalogue_changes_the_version(folder: Path, tmp_path: Path, settings: Any) -> None:
    """The search keeps words of the interface: kinds of events, in both languages."""
    [place] = settings.LOCALE_PATHS
    shutil.copytree(place, tmp_path / "locale")
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    before = record_version(folder)

    compiled = tmp_path / "locale" / "ru" / "LC_MESSAGES" / "django.mo"
    compiled.write_bytes(compiled.read_bytes() + b"\0")

    assert record_version(folder) != before


def test_another_installed_app_changes_the_version(folder: Path, settings: Any) -> None:
    """A load makes the tables of all."""
    before = record_version(folder)

    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "django.contrib.sites"]

    assert record_version(folder) != before


def test_another_version_of_a_library_changes_the_version(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another transliterator would fold other letters."""
    before = record_version(folder)
    _code, libraries = code_behind(BEGINS_WITH)

    monkeypatch.setattr(version, "version", lambda name: "0" if name == "anyascii" else "1")

    assert {line.partition(" ")[0] for line in libraries} == {"Django", "PyYAML", "anyascii", "Unicode"}
    assert record_version(folder) != before


def test_a_fixture_that_moves_to_another_file_changes_the_version(folder: Path) -> None:
    before = record_version(folder)

    (folder / "record.yaml").rename(folder / "renamed.yaml")

    assert record_version(folder) != before


@pytest.mark.parametrize("place", ["a/fixtures", "zz/fixtures"])
def test_the_version_does_not_depend_on_where_site_and_fixtures_lie(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copy: Path, place: str
) -> None:
    elsewhere = write_fixtures(tmp_path / place)
    expected = record_version(folder)

    assert record_version(elsewhere) == expected
    monkeypatch.chdir(elsewhere.parent)
    assert record_version(Path("fixtures")) == expected
    monkeypatch.setattr(version, "ROOT", ROOT)
    assert record_version(folder) == expected
