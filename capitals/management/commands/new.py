"""Begin a record: its skeleton, at the end of the file where such records stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from capitals.checks import SETTINGS
from capitals.record.modelines import modeline
from capitals.record.problems import BadFixtures
from capitals.record.reading import read_fixtures
from capitals.record.skeletons import KINDS, NotKnown
from capitals.words.dates import today


class Command(BaseCommand):
    """`manage.py new event lachin-2025 "Concert of friendship"`: what is empty the check then asks for."""

    help = "Begin a record at the end of its file; the check asks for what is left empty."
    requires_system_checks = (SETTINGS,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fixtures", type=Path, default=settings.FIXTURES_FOLDER, help="The folder to write to instead."
        )
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
        for kind, (_new, of, name) in KINDS.items():
            begun = kinds.add_parser(kind, help=f"{of}; {name}")
            shown = of.partition(",")[0].removeprefix("the ").removeprefix("its ").replace(" ", "-")
            begun.add_argument("of", metavar=shown.upper(), help=of)
            begun.add_argument("name", nargs="?" if kind == "source" else None, default="", help=name)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["fixtures"]
        new, _of, _name = KINDS[options["kind"]]
        try:
            fixtures = read_fixtures(folder)
            if fixtures.unread:
                # What stands there may be what is to be begun, or what it belongs to.
                raise BadFixtures(fixtures.unread)
            skeleton = new(fixtures, options["of"], options["name"], today())
            line = append(folder / skeleton.file, str(skeleton), modeline(Path(skeleton.file)))
        except (BadFixtures, OSError, NotKnown) as error:
            raise CommandError(f"{error} Nothing was written.") from error
        self.stdout.write(str(skeleton), ending="")
        self.stdout.write(
            f"Begun at {folder.name}/{skeleton.file}:{line}. What stands there is a guess: read it, the key "
            "too. Fill in what is empty, leave out what is not recorded, then run “manage.py load --check”."
        )


def append(file: Path, record: str, head: str) -> int:
    """Add the record at the end of the file, which begins with `head` where it is new; give its line."""
    text = file.read_text(encoding="utf-8") if file.exists() else head
    if text and not text.endswith("\n"):
        text += "\n"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text + record, encoding="utf-8")
    return text.count("\n") + 1
