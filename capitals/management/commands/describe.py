"""Write what the models say of a fixture where editors find it: a JSON Schema, and a table in README."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from capitals.checks import SETTINGS
from capitals.record.json_schema import fixtures_schema
from capitals.record.kinds_table import with_kinds_table

SCHEMA, README = Path(".schema") / "fixtures.json", Path("README.md")


class Command(BaseCommand):
    """`manage.py describe`: after a change of the models; the tests ask for it."""

    help = f"Write {SCHEMA} and the table of kinds of records in {README}, from the models."
    requires_system_checks = (SETTINGS,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail if they are behind.")

    def handle(self, *args: Any, **options: Any) -> None:
        behind = [
            file
            for file, text in written().items()
            if not file.exists() or file.read_text(encoding="utf-8") != text
        ]
        if options["check"] and behind:
            names = " and ".join(str(file.relative_to(settings.BASE_DIR)) for file in behind)
            raise CommandError(f"{names}: behind the models. Run “manage.py describe”, and commit it.")
        for file in behind:
            file.parent.mkdir(exist_ok=True)
            file.write_text(written()[file], encoding="utf-8")
            self.stdout.write(f"Written: {file.relative_to(settings.BASE_DIR)}")
        if not behind:
            self.stdout.write("Nothing to write: both are as the models have it.")


def written() -> dict[Path, str]:
    """The files, with what belongs into them."""
    schema = json.dumps(fixtures_schema(), ensure_ascii=False, indent=1)
    readme = settings.BASE_DIR / README
    return {
        settings.BASE_DIR / SCHEMA: f"{schema}\n",
        readme: with_kinds_table(readme.read_text(encoding="utf-8")),
    }
