"""What an operator runs (`.deploy/`) is of one piece: confined, and of settings and files that there are."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import unavailable
from processes import ROOT
from test_packaging import variables_read

DEPLOY = ROOT / ".deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
MOST_EXPOSED = 1.5
"""How exposed a service may be, from 0 to 10, as systemd counts; above 0 because it listens."""


def analysed(tmp_path: Path, *question: str, changed: dict[str, str] | None = None) -> str:
    """What systemd says of the unit, with paths of this machine in place of the operator's."""
    program = shutil.which("systemd-analyze") or unavailable("systemd-analyze is not installed")
    text = (DEPLOY / "capitals@.service").read_text()
    here = {"/srv/capitals/current/.venv/bin/python": sys.executable, "/srv/capitals/current": str(ROOT)}
    for theirs, ours in {**here, **(changed or {})}.items():
        assert theirs in text
        text = text.replace(theirs, ours)
    unit = tmp_path / "capitals@8001.service"
    unit.write_text(text)
    done = subprocess.run([program, *question, str(unit)], capture_output=True, text=True, check=False)
    return f"{done.returncode}\n{done.stdout}{done.stderr}"


@pytest.mark.once
def test_systemd_takes_the_unit_and_finds_it_confined(tmp_path: Path) -> None:
    assert analysed(tmp_path, "verify") == "0\n"
    wrong = analysed(tmp_path, "verify", changed={"ProtectHome=yes": "ProtectHouse=yes"})
    assert re.search("Unknown key .*ProtectHouse", wrong)

    told = analysed(tmp_path, "security", "--offline=true", "--no-pager")
    exposed = re.search(r"Overall exposure level for \S+: ([\d.]+)", told)
    assert exposed, told
    assert float(exposed[1]) <= MOST_EXPOSED


def test_what_is_set_is_what_the_site_reads() -> None:
    by_systemd = re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "capitals.env").read_text(), re.MULTILINE)
    by_containers = {
        name
        for service in ("site-1", "site-2", "load")
        for name in COMPOSE["services"][service]["environment"]
    }

    # The number of workers is told on the unit's command line.
    assert set(by_systemd) - {"WORKERS"} <= variables_read()
    assert by_containers <= variables_read()
    assert {"SITE_URL", "ALLOWED_HOSTS", "BEHIND_TLS"} <= by_containers & set(by_systemd)


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_each_container_is_confined(name: str) -> None:
    service = COMPOSE["services"][name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    # Only the proxy is reached from outside, and has the rights to listen there.
    assert ("ports" in service) == ("cap_add" in service) == (name == "proxy")


def mounted() -> Iterator[str]:
    """The files that containers get from this folder."""
    for service in COMPOSE["services"].values():
        for volume in service.get("volumes", ()):
            source, _, _target = volume.partition(":")
            if source.startswith("./"):
                assert volume.endswith(":ro"), volume
                yield source.removeprefix("./")


def test_every_file_that_is_named_is_there() -> None:
    # The certificate and the passwords are the operator's.
    own = {"tls", ".env"}
    named = {match for file in ("README.md", ".github/CONTRIBUTING.md") for match in named_in(ROOT / file)}
    named |= {match for file in DEPLOY.rglob("*") if file.is_file() for match in named_in(file)}

    assert {"compose.yaml", "nginx/capitals.conf", "postgresql/roles.sql"} <= named
    assert {name for name in named | set(mounted()) if not (DEPLOY / name).exists()} - own == set()


def named_in(file: Path) -> list[str]:
    """The files of `.deploy/` that a text names."""
    return re.findall(r"\.deploy/([\w./@-]*\w)", file.read_text())


def test_the_image_has_neither_rights_nor_a_registry_s_name() -> None:
    lines = (DEPLOY / "Containerfile").read_text().splitlines()
    images = [line.split()[1] for line in lines if line.startswith("FROM ")]
    images += [service["image"] for service in COMPOSE["services"].values()]

    assert [image for image in images if "/" in image or image.endswith(":latest")] == []
    [user] = [line for line in lines if line.startswith("USER ")]
    assert re.fullmatch(r"USER [1-9]\d*:[1-9]\d*", user)
    # What runs is built on what is the same, so that its virtual environment finds its Python.
    assert len({image for image in images if image.startswith("python:")}) == 1
    copied = {line.split()[1] for line in lines if line.startswith("COPY ") and "--from" not in line}
    assert {"heritage", "capitals", "templates", "static", "fixtures", "manage.py"} <= copied
