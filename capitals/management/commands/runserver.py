"""Django's development server, for who works on templates."""

from __future__ import annotations

from django.contrib.staticfiles.management.commands import runserver


class Command(runserver.Command):
    """`manage.py runserver`: without a look for missing migrations, which needs a record to read."""

    def check_migrations(self) -> None:
        """Pages say what is missing, and so does the check before (capitals.W002)."""
