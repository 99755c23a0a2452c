"""What is installed is what is pinned, and README tells every setting."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from processes import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PINS = [Requirement(line) for line in PROJECT["dependencies"]]


def holds(requirement: Requirement, extra: str = "") -> bool:
    """Whether the requirement's marker is true here, asked for with `extra`."""
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def needed(start: list[Requirement]) -> set[str]:
    """Every package that `start` needs here, itself and transitively, by its canonical name."""
    found: set[tuple[str, str]] = set()
    waiting = [(pin.name, extra) for pin in start if holds(pin) for extra in {"", *pin.extras}]
    while waiting:
        name, extra = waiting.pop()
        if (canonicalize_name(name), extra) in found:
            continue
        found.add((canonicalize_name(name), extra))
        for line in distribution(name).requires or []:
            requirement = Requirement(line)
            if holds(requirement, extra):
                waiting += [(requirement.name, more) for more in {"", *requirement.extras}]
    return {name for name, _ in found}


def test_every_run_time_package_is_pinned_transitive_ones_too() -> None:
    pinned = {canonicalize_name(pin.name) for pin in PINS}

    assert len(pinned) > 8
    assert needed(PINS) - pinned == set()


def test_nothing_is_pinned_that_nothing_needs() -> None:
    """What the code imports, or what such a package needs; pins without use rot."""
    imported: set[str] = set()
    for file in [*ROOT.glob("heritage/*.py"), *ROOT.glob("capitals/**/*.py")]:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0].lower() for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").partition(".")[0].lower())
    packages = {"yaml": "pyyaml", "django_filters": "django-filter", "backports": "backports-zstd"}
    # Named in settings, and run by `serve`.
    roots = {packages.get(name, name) for name in imported} | {"whitenoise", "granian"}
    used = needed([pin for pin in PINS if canonicalize_name(pin.name) in roots])

    assert {canonicalize_name(pin.name) for pin in PINS if holds(pin)} - used == set()


def test_every_pin_is_exact_and_is_what_is_installed() -> None:
    for pin in PINS:
        (specifier,) = pin.specifier
        assert specifier.operator == "==", pin
        assert "*" not in specifier.version, pin
        if holds(pin):
            assert distribution(pin.name).version == specifier.version, pin


@pytest.mark.parametrize("extra", ["test", "lint", "readers", "benchmark", "assets", "supply"])
def test_the_tools_of_tests_and_linters_are_pinned_to_what_is_installed(extra: str) -> None:
    for line in PROJECT["optional-dependencies"][extra]:
        pin = Requirement(line)
        [specifier] = pin.specifier
        assert specifier.operator == "==", line
        try:
            assert distribution(pin.name).version == specifier.version, line
        except PackageNotFoundError:
            # Who runs the tests need not have the other tools.
            assert extra != "test", line


def test_nothing_of_the_site_is_installed_so_that_the_folder_is_what_runs() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]

    assert tool["setuptools"]["packages"] == []
    assert PROJECT["requires-python"] == ">=3.11"
    assert set(PROJECT["optional-dependencies"]) == {
        "test",
        "lint",
        "readers",
        "benchmark",
        "assets",
        "supply",
    }


def variables_read() -> set[str]:
    """The names of the environment variables that the settings read: each helper's first argument."""
    tree = ast.parse((ROOT / "heritage" / "settings.py").read_text())
    return {
        str(call.args[0].value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id.endswith("_from_environment")
        and isinstance(call.args[0], ast.Constant)
    }


def test_the_readme_tells_every_setting_and_no_other() -> None:
    table = (ROOT / "README.md").read_text().partition("## Settings")[2].partition("\n## ")[0]
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE))

    assert {"DEBUG", "DATABASE_URL", "SITE_URL"} <= variables_read()
    assert told == variables_read()


@pytest.mark.parametrize("file", ["README.md", ".github/CONTRIBUTING.md"])
def test_what_is_written_for_newcomers_names_what_is_there(file: str) -> None:
    text = (ROOT / file).read_text()
    named = set(
        re.findall(r"(?<!/)\b((?:capitals|heritage|fixtures|templates|static|tests)/[\w./]*)[` ]", text)
    )

    assert len(named) > 5
    assert {name for name in named if not (ROOT / name).exists()} == set()


@pytest.mark.django_db
def test_what_shares_pages_runs_in_one_process(request: pytest.FixtureRequest, rendered: Any) -> None:
    """Where several processes share the tests, pytest-xdist hears how they are grouped: in pytest 9.2 not."""
    alone = not hasattr(request.config, "workerinput")

    assert alone or request.node.nodeid.endswith("@rendered")
