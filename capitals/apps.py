"""The app of the record."""

from __future__ import annotations

from django.apps import AppConfig


class CapitalsConfig(AppConfig):
    """Capitals, cities, decisions, events, centres and their sources."""

    name = "capitals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks."""
        from capitals import checks  # noqa: F401 - registered by being imported
