"""What a fixture of each model may say: read off the models, for whoever writes one and for their editor."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

from capitals.models import Cited, CityName
from capitals.record.checking import needed
from capitals.record.dependents import BELONGS_TO, NUMBERED, nested_in
from capitals.record.entries import key_name
from capitals.record.reading import settable


@dataclass(frozen=True)
class Described:
    """A field of a fixture: what it is for, whether it must be there, and what it takes."""

    name: str
    field: models.Field[Any, Any] | models.ManyToManyField[Any, Any]
    is_needed: bool

    @property
    def choices(self) -> list[str]:
        """The closed list that its value must be one of; nothing where there is none."""
        return [str(value) for value, _label in self.field.flatchoices if value]

    @property
    def help(self) -> str:
        """What the model says of it, in English."""
        return str(self.field.help_text)


@cache
def fields_of(model: type[models.Model]) -> tuple[Described, ...]:
    """The fields that a fixture may set, those that it must first, each kind in the model's order."""
    must = needed(model)
    if issubclass(model, Cited) and model is not CityName:
        must = must | {"sources"}
    found = [Described(name, one, name in must) for name, one in settable(model).items()]
    return tuple(sorted(found, key=lambda one: not one.is_needed))


def has_key(model: type[models.Model]) -> bool:
    """Whether a record of it has a key, and so an address; else it belongs to another or has none."""
    return not isinstance(model._meta.get_field(key_name(model)), models.AutoField)


def implied_within(model: type[models.Model]) -> set[str]:
    """The fields that its place within another record says already."""
    implied = {BELONGS_TO[model][1]} if model in BELONGS_TO else set()
    return implied | ({NUMBERED[model]} if model in NUMBERED else set())


def parts_of(model: type[models.Model]) -> dict[str, type[models.Model]]:
    """The lists that may be written within a record of it: what they hold, by their name there."""
    return {name: part for name, (part, _field) in nested_in(model).items()}
