"""Django's development server, for who works on templates."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.staticfiles.management.commands import runserver
from django.core.management.base import CommandError


class Command(runserver.Command):
    """`manage.py runserver`: without a look for missing migrations, which needs a record to read."""

    def run(self, **options: Any) -> None:
        """Serve, with DEBUG alone: without it no page finds its style sheet, which nobody has collected."""
        if not settings.DEBUG:
            raise CommandError(
                "runserver is for who works on the site, and DEBUG is not set. "
                "To read it: manage.py serve. To work on it: DEBUG=1 manage.py runserver."
            )
        super().run(**options)

    def check_migrations(self) -> None:
        """Pages say what is missing, and so does the check before (capitals.W002)."""
