"""Replace the record in the database by the one in the fixtures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from capitals.checks import SETTINGS
from capitals.derived.coverage import amounts, sources_covered, years_covered
from capitals.models import Designation
from capitals.record.loading import Loaded, check_only, load
from capitals.record.problems import BadFixtures, plain
from capitals.record.progress import progress_on
from capitals.record.report import by_outlet, in_numbers, on_one_relay, weak_spots
from capitals.record.schema import NotWritable, SchemaOutdated
from capitals.record.watch import searches
from capitals.words.dates import today

MOST_REMINDERS = 20
"""Nobody reads thousands of them, as a made-up record has."""


class Command(BaseCommand):
    """`manage.py load`: validate the fixtures and put them in place, whole or not at all."""

    help = "Validate the fixtures and replace the record in the database by them."
    requires_system_checks = (SETTINGS,)

    def add_arguments(self, parser: CommandParser) -> None:
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--check", action="store_true", help="Only validate; touch no database.")
        only.add_argument(
            "--report",
            action="store_true",
            help="After loading, say what the record holds, lacks and bears badly.",
        )
        parser.add_argument(
            "--fixtures", type=Path, default=settings.FIXTURES_FOLDER, help="The folder to read instead."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.say(self.loaded(options["fixtures"], only_check=options["check"]))
        except BadFixtures as error:
            number = len(error.problems)
            noun = "problem" if number == 1 else "problems"
            painted = self.stderr.isatty() or options["force_color"]
            self.stderr.write(error.told(self.painted if painted else plain), style_func=str)
            raise CommandError(f"{number} {noun} in the fixtures. Nothing was changed.") from error
        except KeyboardInterrupt:
            # What a load has not finished has changed nothing.
            raise SystemExit(130) from None
        except (SchemaOutdated, NotWritable) as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        except (DatabaseError, OSError) as error:
            if options["check"]:
                raise CommandError(f"The fixtures could not be read: {error}.") from error
            raise CommandError(
                f"The record could not be written: {str(error).strip()}. The old record stands as before. "
                "Check that the disk has room and may be written to, and that the database answers."
            ) from error
        if options["report"]:
            self.report()

    def painted(self, part: str, text: str) -> str:
        """A part of a message in its colour; without any where Django is told `--no-color`."""
        colours = {
            "place": self.style.MIGRATE_HEADING,
            "record": self.style.MIGRATE_LABEL,
            "what": self.style.ERROR,
        }
        return str(colours[part](text))

    def loaded(self, folder: Path, *, only_check: bool) -> Loaded:
        """Check the record or load it, with a progress bar where somebody watches."""
        progress = progress_on(sys.stderr)
        try:
            return check_only(folder, progress) if only_check else load(folder, progress)
        finally:
            progress.close()

    def say(self, loaded: Loaded) -> None:
        """Print how many of each, what may have been forgotten, the version and the time."""
        for name, count in loaded.counts.items():
            self.stdout.write(f"{count:>7} {name}")
        for reminder in loaded.reminders[:MOST_REMINDERS]:
            self.stdout.write(f"Reminder: {reminder}")
        if (more := len(loaded.reminders) - MOST_REMINDERS) > 0:
            self.stdout.write(f"Reminder: {more} more are not shown.")
        done = "Valid" if loaded.load_number is None else f"Loaded (load {loaded.load_number})"
        self.stdout.write(f"{done}: version {loaded.version}, {loaded.seconds:.2f} s.")

    def report(self) -> None:
        """Print what each title year holds, every weak spot, what to look for next, the sources by outlet.

        Unconfirmed are events known from plans and announcements alone.
        """
        date = today()
        self.stdout.write("\nyear  decisions  events held  unconfirmed  disputes  capitals")
        for year in years_covered(date):
            designations = [title.designation for title in year.titles]
            capitals = ", ".join(
                f"({one.city.name}, which did not hold it)" if one.replaced_by_id else one.city.name
                for one in designations
            )
            self.stdout.write(
                f"{year.year}  {year.decisions:>9}  {year.held:>11}  {year.unconfirmed:>11}"
                f"  {year.disputes:>8}  {capitals}"
            )
        _held, lacking = amounts()
        self.stdout.write("")
        for amount in lacking:
            self.stdout.write(f"{amount.name}: {amount.number} of {amount.whole}")
        sources = sources_covered()
        self.stdout.write(
            f"Newest source: {sources.newest}; searched up to: {Designation.objects.searched_to()}"
        )
        self.stdout.write("\nIn numbers")
        for name, number in in_numbers(date):
            self.stdout.write(f"  {name}: {number}")
        for spot in weak_spots(date):
            self.show(f"{spot.name}: {len(spot.records)}", spot.records)
        for agency, records in on_one_relay():
            self.show(f"On {agency} alone, whoever relays it: {len(records)}", records)
        self.stdout.write("\nTo look for next, with words to search by")
        for search in searches(date):
            looked = [f"looked in vain: {search.looked_in}"] if search.looked_in else []
            self.show(f"{search.record}: {search.missing}", [*looked, *search.phrases])
        self.stdout.write("\nThe sources by outlet")
        for outlet, addresses in by_outlet():
            self.show(f"{outlet}: {len(addresses)}", addresses)

    def show(self, head: str, lines: list[str]) -> None:
        """Print a heading and what stands below it."""
        self.stdout.write(f"\n{head}")
        for line in lines:
            self.stdout.write(f"  {line}")
