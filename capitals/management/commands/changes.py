"""Add to the ledger of changes what was added, mended and withdrawn since its last edition."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from capitals.checks import SETTINGS
from capitals.models import Change
from capitals.record.changes import RUN, differences, digests_of, edition
from capitals.record.ledger import LEDGER, Ledger, Line, write_ledger
from capitals.record.loading import check_before_its_edition
from capitals.record.problems import BadFixtures
from capitals.words.dates import today


def day(text: str) -> datetime.date:
    """The day that `text` writes, as argparse asks for it: ValueError for what is none."""
    return datetime.date.fromisoformat(text)


class Command(BaseCommand):
    """`manage.py changes`: one edition a day; a second run on that day amends it."""

    help = "Add an edition to the ledger of changes: what was added, mended and withdrawn since the last."
    requires_system_checks = (SETTINGS,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail if one is missing.")
        parser.add_argument(
            "--date", type=day, help="The day of the edition, like 2026-11-30, instead of today (UTC)."
        )
        parser.add_argument(
            "--fixtures", type=Path, default=settings.FIXTURES_FOLDER, help="The folder to read instead."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["fixtures"]
        try:
            fixtures = check_before_its_edition(folder)
        except BadFixtures as error:
            raise CommandError(f"{error}\nThe fixtures hold mistakes. Nothing was written.") from error
        except OSError as error:
            raise CommandError(f"The fixtures could not be read: {error}. Nothing was written.") from error
        ledger = fixtures.ledger or Ledger(str(folder / LEDGER), [])
        now = digests_of(fixtures)
        missing = differences(ledger, now)
        if not missing:
            self.stdout.write("Nothing to add: the ledger of changes is up to date.")
        elif options["check"]:
            raise CommandError(f"The ledger of changes is behind: {counted(missing.values())}. {RUN}")
        else:
            date = options["date"] or today()
            if date > today():
                raise CommandError(f"{date} is to come: an edition is of today or earlier. See --date.")
            newest = max((line.date for line in ledger.lines), default=date)
            if date < newest:
                raise CommandError(f"There is an edition of {newest}: none can come before it. See --date.")
            lines = edition(ledger, now, date)
            self.write(folder / LEDGER, ledger.until(date).lines, lines)
            self.tell(ledger, lines, date)

    def write(self, file: Path, before: list[Line], lines: list[Line]) -> None:
        """Write the ledger, unless a line would lack what only an earlier record can say."""
        nameless = [f"{line.table}/{line.key}" for line in lines if line.withdraws and not line.name]
        if nameless:
            raise CommandError(
                f"What {', '.join(nameless)} was called is not in the database. Load the fixtures as they "
                "were before it went (manage.py load), put your edit back, then run this again. "
                "Nothing was written."
            )
        try:
            write_ledger(file, [*before, *lines])
        except OSError as error:
            raise CommandError(f"The ledger could not be written: {error}.") from error

    def tell(self, ledger: Ledger, lines: list[Line], date: datetime.date) -> None:
        """Print what this run wrote, and what the edition holds now."""
        for line in lines:
            if line not in ledger.lines:
                called = f" ({line.name})" if line.name else ""
                self.stdout.write(f"{line.kind:>9} {line.table}/{line.key}{called}")
        listed = {line.named for line in lines}
        for line in ledger.lines:
            if line.date == date and line.named not in listed:
                self.stdout.write(f"no longer listed as {line.kind}: {line.table}/{line.key}")
        self.stdout.write(f"Edition of {date} in all: {counted(line.kind for line in lines)}.")


def counted(kinds: Iterable[str]) -> str:
    """How many of each kind of change: “2 added, 1 mended, 0 withdrawn”."""
    numbers = Counter(kinds)
    return ", ".join(f"{numbers[kind]} {kind}" for kind in Change.Kind.values)
