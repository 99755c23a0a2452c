"""Records that belong to another one: told of with it, and written within it or by themselves."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import models

from capitals.models import CityName, DisputeVersion, EventDesignation, EventSpeaker, SisterTitleHolding
from capitals.models.whole import TABLES

BELONGS_TO: dict[type[models.Model], tuple[type[models.Model], str]] = {
    CityName: (TABLES["cities"], "city"),
    EventSpeaker: (TABLES["events"], "event"),
    EventDesignation: (TABLES["events"], "event"),
    DisputeVersion: (TABLES["disputes"], "dispute"),
    SisterTitleHolding: (TABLES["sister-titles"], "title"),
}
"""The dependents: which record each belongs to, and their field that names it."""
NUMBERED = {DisputeVersion: "position"}
"""Dependents that have a number; written within their record they are numbered as they stand."""


@cache
def nested_in(model: type[models.Model]) -> dict[str, tuple[type[models.Model], str]]:
    """What may be written within a record of `model`: its dependents and their field that names it.

    By the name under which they stand there, which is the models' own: `titles`, `speakers`, `versions`.
    """
    found = {}
    for dependent, (whole, field) in BELONGS_TO.items():
        if whole is model:
            key: Any = dependent._meta.get_field(field)
            found[key.remote_field.related_name] = (dependent, field)
    return found
