"""The app of the record."""

from django.apps import AppConfig


class CapitalsConfig(AppConfig):
    """Capitals, cities, decisions, events, centres and their sources."""

    name = "capitals"
    default_auto_field = "django.db.models.BigAutoField"
