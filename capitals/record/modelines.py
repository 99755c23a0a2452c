"""The first line of a file of fixtures, by which editors find the schema (`manage.py describe`)."""

from __future__ import annotations

from pathlib import Path


def modeline(file: Path) -> str:
    """That line, for a file at this path below the folder of fixtures, which stands beside `.schema/`."""
    return f"# yaml-language-server: $schema={'../' * len(file.parts)}.schema/fixtures.json\n"
