"""Find what the fixtures hold by name, in any script: the key by which other records refer to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from capitals.checks import SETTINGS
from capitals.record.known import alike, known_as
from capitals.record.problems import BadFixtures
from capitals.record.reading import read_fixtures

MOST_SHOWN = 40


class Command(BaseCommand):
    """`manage.py find khujand`: reads the fixtures as they stand, with mistakes too."""

    help = "Show the keys of what is called so, and where it stands: a name in any script, or an address."
    requires_system_checks = (SETTINGS,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("words", nargs="+", help="A name, the beginning of words of it, or an address.")
        parser.add_argument(
            "--fixtures", type=Path, default=settings.FIXTURES_FOLDER, help="The folder to read instead."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        words = " ".join(options["words"])
        try:
            fixtures = read_fixtures(options["fixtures"])
        except (BadFixtures, OSError) as error:
            raise CommandError(str(error)) from error
        for file in fixtures.unread:
            self.stderr.write(f"{file} Nothing in this file is searched.")
        found = known_as(fixtures, words)
        if not found:
            near = alike(fixtures, words)
            guess = f" Did you mean {', '.join(near)}?" if near else ""
            raise CommandError(f"Nothing in {options['fixtures'].name}/ is called “{words}”.{guess}")
        for one in found[:MOST_SHOWN]:
            self.stdout.write(str(one))
        if (more := len(found) - MOST_SHOWN) > 0:
            self.stdout.write(f"And {more} more: say more of the name.")
