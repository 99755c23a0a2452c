"""Write the whole record as files that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, transaction

from capitals.checks import SETTINGS
from capitals.data.formats import Origin
from capitals.data.ourselves import absolute
from capitals.data.package import NAME, archive, dataset
from capitals.models import RecordState


class Command(BaseCommand):
    """`manage.py export DIR`: the dataset of the record that stands in the database."""

    help = "Write the dataset into a folder: its files, and all of them in one ZIP."
    requires_system_checks = (SETTINGS,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="Where to write; made where it is not there.")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            with transaction.atomic():
                record = RecordState.objects.with_edition().first()
                if record is None:
                    raise CommandError("No record has been loaded. Run manage.py load first.")
                files = dataset(Origin(record.version, str(record.edition or ""), absolute("/data/")))
        except DatabaseError as error:
            raise CommandError(
                f"The record could not be read: {str(error).strip()}. Run manage.py load first."
            ) from error
        try:
            (folder / NAME).mkdir(parents=True, exist_ok=True)
            for name, content in files.items():
                (folder / NAME / name).write_bytes(content)
            (folder / f"{NAME}.zip").write_bytes(archive(files))
        except OSError as error:
            raise CommandError(f"The dataset could not be written: {error}.") from error
        self.stdout.write(f"Version {record.version}: {len(files)} files in {folder / NAME}, and {NAME}.zip.")
