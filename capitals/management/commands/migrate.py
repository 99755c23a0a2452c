"""Django's own `migrate`, through the door that writes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import DatabaseError, connections

from capitals.record import LOAD_ALIAS
from capitals.record.schema import NotWritable, require_rights


class Command(migrate.Command):
    """`manage.py migrate`: bring the tables of PostgreSQL up to date; `default` could not be written."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database=None)

    def execute(self, *args: Any, **options: Any) -> str | None:
        if options["database"] is None:
            if connections[LOAD_ALIAS].vendor == "sqlite":
                raise CommandError(
                    "There is nothing to migrate on SQLite: “manage.py load” makes a new file with the "
                    "tables that it needs."
                )
            options["database"] = LOAD_ALIAS
        try:
            return super().execute(*args, **options)
        except DatabaseError as error:
            reason = why_not(options["database"]) or str(error).strip()
            raise CommandError(f"The tables could not be brought up to date. {reason}") from error


def why_not(database: str) -> str | None:
    """Why the database `database` (an alias) cannot be migrated, if it is for want of rights."""
    connections[database].close()
    try:
        require_rights(database)
    except NotWritable as error:
        return str(error)
    except DatabaseError:
        pass
    return None
