"""Replace the record in the database by the one in the fixtures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from capitals.fixtures import BadFixtures
from capitals.loading import Loaded, SchemaOutdated, check_only, load


class Command(BaseCommand):
    """`manage.py load`: validate the fixtures and put them in place, whole or not at all."""

    help = "Validate the fixtures and replace the record in the database by them."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only validate; touch no database.")
        parser.add_argument(
            "--fixtures", type=Path, default=settings.FIXTURES_FOLDER, help="The folder to read instead."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                self.report(check_only(options["fixtures"]))
            else:
                self.report(load(options["fixtures"], self.progress))
        except BadFixtures as error:
            number = len(error.problems)
            noun = "problem" if number == 1 else "problems"
            raise CommandError(f"{error}\n{number} {noun} in the fixtures. Nothing was changed.") from error
        except SchemaOutdated as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        except (DatabaseError, OSError) as error:
            if options["check"]:
                raise CommandError(f"The fixtures could not be read: {error}.") from error
            raise CommandError(
                f"The record could not be written: {str(error).strip()}. The old record stands as before. "
                "Check that the disk has room and may be written to, and that the database answers."
            ) from error

    def progress(self, message: str) -> None:
        """Tell what is being done, where somebody watches."""
        if self.stderr.isatty():
            self.stderr.write(message)

    def report(self, loaded: Loaded) -> None:
        """Print how many of each, the version and the time."""
        for name, count in loaded.counts.items():
            self.stdout.write(f"{count:>7} {name}")
        done = "Valid" if loaded.load_number is None else f"Loaded (load {loaded.load_number})"
        self.stdout.write(f"{done}: version {loaded.version}, {loaded.seconds:.2f} s.")
