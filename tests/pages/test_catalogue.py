"""The Russian catalogue of the interface: complete, compiled, and right about its placeholders."""

from __future__ import annotations

import gettext
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import unavailable
from processes import ROOT

FOLDER = Path("heritage/locale/ru/LC_MESSAGES")
COMPILED = ROOT / FOLDER / "django.mo"


def tool(name: str) -> str:
    """One of the gettext tools: only who changes the catalogue needs them, never who runs the site."""
    found = shutil.which(name)
    if found is None:
        unavailable(f"there is no {name}: install the package gettext")
    return found


def run(*command: str, folder: Path = ROOT) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def messages(written: str) -> list[str]:
    """The entries of a catalogue, without places, dates and the header."""
    entries = [
        "\n".join(line for line in entry.splitlines() if not line.startswith("#"))
        for entry in written.split("\n\n")
    ]
    return sorted(entry for entry in entries if entry and not entry.startswith('msgid ""\nmsgstr ""\n'))


@pytest.fixture(scope="module")
def made_anew(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The catalogue as the texts in code and templates would have it now."""
    tool("xgettext")
    copy = tmp_path_factory.mktemp("catalogue")
    for name in ("capitals", "heritage", "templates", "manage.py", "pyproject.toml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy)
    made = [sys.executable, "manage.py", "makemessages", "--locale", "ru", "--no-obsolete"]
    run(*made, "--add-location", "file", "--no-wrap", folder=copy)
    return (copy / FOLDER / "django.po").read_text()


def test_the_catalogue_has_every_text_of_the_interface_and_no_other(made_anew: str) -> None:
    committed = (ROOT / FOLDER / "django.po").read_text()

    assert messages(made_anew) == messages(committed)
    assert len(messages(committed)) > 400


def test_no_entry_is_missing_or_fuzzy(made_anew: str) -> None:
    missing = [
        entry for entry in messages(made_anew) if re.search(r'^msgstr(\[\d\])? ""$(?!\n")', entry, re.M)
    ]

    assert missing == []
    assert "fuzzy" not in made_anew
    assert "#~" not in (ROOT / FOLDER / "django.po").read_text()


def test_the_compiled_catalogue_is_made_from_the_written_one(tmp_path: Path) -> None:
    made = tmp_path / "django.mo"

    run(tool("msgfmt"), "--check-format", "-o", str(made), str(FOLDER / "django.po"))

    assert catalogue(made) == catalogue(COMPILED)


def test_every_translation_has_the_placeholders_of_its_text() -> None:
    wrong = {
        text: translation
        for text, translation in catalogue(COMPILED).items()
        if text and placeholders(text) != placeholders(translation)
    }

    assert wrong == {}


def test_every_text_that_counts_has_the_four_russian_forms() -> None:
    catalogued = catalogue(COMPILED, plural=True)

    counted = {text for text, _form in catalogued}
    assert len(counted) >= 8
    assert all({form for text, form in catalogued if text == one} == {0, 1, 2, 3} for one in counted)


def catalogue(file: Path, *, plural: bool = False) -> dict[Any, str]:
    """The compiled texts: single ones by their text, or those that count by text and form."""
    with file.open("rb") as compiled:
        found = gettext.GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]
    kind = tuple if plural else str
    return {text: translation for text, translation in found.items() if isinstance(text, kind)}


def placeholders(text: str) -> list[str]:
    return sorted(set(re.findall(r"%\(\w+\)[sd]", text)))
