"""What is shipped is told: licences, and a reason for each rule of security that is set aside."""

from __future__ import annotations

import re

import licences
from processes import ROOT


def test_the_licences_of_all_packages_are_those_that_they_tell() -> None:
    """`python tests/licences.py` writes the table. On another Python some packages are not there."""
    here = licences.rows()

    assert len(here) > 8
    assert [row for row in here if row not in licences.told()] == []
    assert {row.split()[1].lower() for row in licences.told()} >= {row.split()[1].lower() for row in here}


def test_the_licences_of_all_that_others_made_lie_beside_it() -> None:
    told = licences.FILE.read_text()
    named = re.findall(r"`((?:static|fixtures)/[^`]+|LICENSE)`", told)
    fonts = {file.relative_to(ROOT).as_posix() for file in (ROOT / "static" / "fonts").glob("*.woff2")}

    assert [name for name in named if not list(ROOT.glob(name))] == []
    assert fonts == {
        file.relative_to(ROOT).as_posix()
        for name in named
        for file in ROOT.glob(name)
        if file.suffix == ".woff2"
    }


def test_no_rule_of_security_is_set_aside_without_a_reason() -> None:
    files = [file for room in ("capitals", "heritage", ".assets") for file in (ROOT / room).rglob("*.py")]
    aside = [line for file in files for line in file.read_text().splitlines() if "noqa: S" in line]

    assert len(aside) >= 4
    assert [line for line in aside if not re.search(r"noqa: S\d+ - [a-z]", line)] == []
