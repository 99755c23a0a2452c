"""Every page, the style sheet and the pictures are valid: the Nu Html Checker says so."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from browsing import PLACES, node_tool
from conftest import unavailable
from django.test import Client
from processes import ROOT

from capitals.kept.door import UNREADABLE

pytestmark = [pytest.mark.once, pytest.mark.django_db]

# The checker knows neither container queries (CSS Containment 3) nor vector-effect (SVG 2) yet.
NOT_KNOWN_TO_IT = ".*(“container-(type|name)”|@container|“vector-effect”).*"


def complaints(folder: Path) -> list[dict[str, Any]]:
    """The errors in all files of `folder`, as the checker writes them; one start of Java for all."""
    java = shutil.which("java")
    if java is None:
        unavailable("there is no Java")
    jar = node_tool("vnu-jar/build/dist/vnu.jar")
    checked = subprocess.run(
        [
            # It ends before Java's second compiler has earned what it costs.
            *[java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss8m", "-Xmx2g", "-jar", str(jar)],
            *["--errors-only", "--format", "json", "--also-check-css", "--also-check-svg"],
            *["--filterpattern", NOT_KNOWN_TO_IT, str(folder)],
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        found: list[dict[str, Any]] = json.loads(checked.stderr)["messages"]
    except ValueError:
        raise AssertionError(f"the checker did not work: {checked.stderr[-2000:]}") from None
    # It ends with 1 for errors and for a failure of its own: the messages tell.
    assert checked.returncode == (1 if found else 0), checked.stderr[-2000:]
    return found


def test_every_page_and_the_style_sheet_are_valid(
    rendered: dict[str, bytes], client: Client, tmp_path: Path
) -> None:
    bodies = dict(rendered)
    for place in PLACES.values():
        response = client.get(place.address)
        assert response.status_code == place.status, place.address
        bodies[place.address] = response.content
    addresses = {}
    for number, (address, body) in enumerate(bodies.items()):
        (tmp_path / f"{number}.html").write_bytes(body)
        addresses[f"{number}.html"] = address
    unreadable: Any = {UNREADABLE: True}
    refused = {
        f"{status}{name}": answer
        for name, home in {"": "/", "-ru": "/ru/"}.items()
        for status, answer in {
            405: client.post(home),
            400: client.get(home, headers={"host": "evil.example"}),
            414: client.get(f"{home}{'x' * 2000}"),
            503: client.get(home, **unreadable),
        }.items()
    }
    for name, response in refused.items():
        assert response.status_code == int(name[:3])
        (tmp_path / f"{name}.html").write_bytes(response.content)
    for file in [*(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.svg")]:
        shutil.copy(file, tmp_path)

    found = complaints(tmp_path)

    russian = [address for address in addresses.values() if address.startswith("/ru/")]
    assert len(addresses) - len(russian) > 1000
    assert len(russian) > 1000
    said = [
        f"{addresses.get(name, name)}: {one['message']} {one.get('extract', '')!r}"
        for one in found
        for name in [one["url"].rpartition("/")[2]]
    ]
    assert said == []


def test_the_checker_looks_at_each_kind_of_file(tmp_path: Path) -> None:
    wrong = {
        "page.html": '<!doctype html><html lang="en"><title>A</title><p id="a"><p id="a">',
        "picture.svg": '<svg xmlns="http://www.w3.org/2000/svg"><circle radius="1"/></svg>',
        "sheet.css": "@layer a { p { colour: red; } }",
    }
    for name, content in wrong.items():
        (tmp_path / name).write_text(content)

    assert sorted(one["url"].rpartition("/")[2] for one in complaints(tmp_path)) == [*wrong]
