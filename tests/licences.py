"""The table of Python packages in `.deploy/LICENCES.md`, from what each package says of itself.

`python tests/licences.py` writes it anew, after a pin has changed; a test compares.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
FILE = ROOT / ".deploy" / "LICENCES.md"
TABLE = re.compile(r"(?<=\| package \| licence \| text \|\n\| --- \| --- \| --- \|\n)(\|.*\n)+")
TEXTS = ("LICEN", "COPYING", "NOTICE")


def licence(said: dict[str, Any]) -> str:
    """What a package says that its licence is, in the newest of the three ways that it uses."""
    text = str(said.get("license_expression") or said.get("license", ""))
    if text and "\n" not in text:
        return text
    prefix = "License :: OSI Approved :: "
    [named] = [str(one) for one in said["classifier"] if one.startswith(prefix)]
    return named.removeprefix(prefix)


def row(pin: Requirement) -> str | None:
    """The table's line for a pinned package: its licence, and where its texts lie; None if it is not here."""
    try:
        package = distribution(pin.name)
    except PackageNotFoundError:
        return None
    texts = sorted(
        str(file)
        for file in package.files or ()
        if ".dist-info" in file.parts[0] and any(word in file.name.upper() for word in TEXTS)
    )
    shown = ", ".join(f"`{text}`" for text in texts)
    return f"| {pin.name} {package.version} | {licence(package.metadata.json)} | {shown} |"


def rows() -> list[str]:
    """The lines for all packages that run the site, as far as they are installed here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return [line for pin in map(Requirement, project["dependencies"]) if (line := row(pin))]


def told() -> list[str]:
    """The lines that the file has."""
    found = TABLE.search(FILE.read_text())
    assert found, FILE
    return found[0].splitlines()


if __name__ == "__main__":
    FILE.write_text(TABLE.sub("".join(f"{line}\n" for line in rows()), FILE.read_text()))
