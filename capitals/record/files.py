"""Which files in the folder of fixtures are read, which are passed over, and which are refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from capitals.record.ledger import LEDGER
from capitals.record.problems import Problem

ENDING = ".yaml"
MOST_BYTES = 16_000_000
"""Of one file: the largest of the record has a fortieth of it."""
BESIDE_THE_RECORD = frozenset({LEDGER, "LICENCE.md"})
"""What stands in the folder itself and holds no records."""
LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini"})


@dataclass
class Files:
    """What lies in the folder, each kind in the order of the names."""

    read: list[Path] = field(default_factory=list)
    passed_over: list[Path] = field(default_factory=list)
    """What editors and systems leave behind: locks, copies, links to nothing."""
    refused: list[Problem] = field(default_factory=list)
    """What looks as if somebody meant it to be read: an editor's records would go missing."""


def files_in(folder: Path) -> Files:
    """Everything below `folder`, told apart by its name."""
    found = Files()
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        shown = f"{folder.name}/{below.as_posix()}"
        if any(_is_left_behind(part) for part in below.parts) or not path.exists():
            found.passed_over.append(path)
        elif path.is_dir():
            found.refused += _of_folder(path, shown)
        elif path.suffix == ENDING:
            found.read.append(path)
        elif below.as_posix() not in BESIDE_THE_RECORD:
            found.refused.append(_not_read(path, shown))
    return found


def _is_left_behind(name: str) -> bool:
    return name.startswith((".", "~", "#")) or name.endswith(("~", "#")) or name.casefold() in LEFT_BY_SYSTEMS


def _of_folder(path: Path, shown: str) -> Iterator[Problem]:
    if path.suffix.casefold() in {ENDING, ".yml"}:
        what = "This is a folder, and its name ends like a file's."
        yield Problem(shown, 1, "", "", what, f"Call it {path.stem}.")


def _not_read(path: Path, shown: str) -> Problem:
    if path.suffix.casefold() in {ENDING, ".yml"}:
        return Problem(shown, 1, "", "", "This ending is not read.", f"Call it {path.stem}{ENDING}.")
    what = "Files of this kind are not read."
    return Problem(
        shown, 1, "", "", what, f"Write its records into a file that ends in {ENDING}, or move it."
    )
