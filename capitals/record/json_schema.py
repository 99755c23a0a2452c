"""A JSON Schema of the fixtures (draft 7), for editors: completion, closed lists, mistakes as one types.

It is made from the models, and looser than `load --check`: what spans records it cannot hold.
"""

from __future__ import annotations

from typing import Any

from django.core.validators import BaseValidator, MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from capitals.fields import KEY_VALIDATOR, LANGUAGE_VALIDATOR, LanguageField, PartialDateField
from capitals.models.whole import RECORD
from capitals.record.described import Described, fields_of, has_key, implied_within, parts_of
from capitals.record.entries import key_name

Schema = dict[str, Any]
DATE = r"^[0-9]{4}(-[0-9]{2}){0,2}$"


def fixtures_schema() -> Schema:
    """The schema of one file: a list of records, each of one of the models."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Fixtures of the record",
        "description": "Made by “manage.py describe” from the models: change those.",
        "type": "array",
        "items": {"anyOf": [_record(model) for model in RECORD]},
    }


def _record(model: type[models.Model]) -> Schema:
    label = model._meta.label_lower
    properties: Schema = {"model": {"const": label, "description": _says(model)}}
    if has_key(model):
        key = model._meta.get_field(key_name(model))
        shape = {"type": "string", "pattern": _pattern(key), **_length(key)}
        properties["pk"] = {**shape, **_described(str(key.help_text))}  # type: ignore[union-attr]
    properties["fields"] = _mapping(model, implied=set())
    return {
        "title": label,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _mapping(model: type[models.Model], implied: set[str]) -> Schema:
    """The fields of a record; within another one what its place there implies is left out."""
    fields = [one for one in fields_of(model) if one.name not in implied]
    properties = {one.name: _field(one, model) for one in fields}
    for name, part in parts_of(model).items():
        properties[name] = {
            "type": "array",
            "description": _says(part),
            "items": _mapping(part, implied_within(part)),
        }
    return {
        "type": "object",
        "properties": properties,
        "required": [one.name for one in fields if one.is_needed],
        "additionalProperties": False,
    }


def _field(described: Described, model: type[models.Model]) -> Schema:
    one = described.field
    if isinstance(one, models.ManyToManyField):
        keys = {"type": "string", "description": f"The key of a {_called(one.related_model)}."}
        least = {"minItems": 1} if described.is_needed else {}
        return {"type": "array", "items": keys, "uniqueItems": True, **least, **_described(described.help)}
    if isinstance(one, models.JSONField):
        names = {"type": "array", "items": {"enum": [each.name for each in fields_of(model)]}}
        return {"type": "object", "additionalProperties": names, **_described(described.help)}
    return {**_value(described), **_described(_help(described))}


def _value(described: Described) -> Schema:
    """What a single value may be."""
    one = described.field
    if described.choices:
        return {"enum": described.choices}
    if isinstance(one, models.BooleanField):
        return {"type": "boolean", "default": one.default}
    if isinstance(one, models.IntegerField):
        return {"type": "integer", **_bounds(one.validators)}
    if isinstance(one, PartialDateField):
        return {"type": "string", "pattern": DATE}
    if isinstance(one, LanguageField):
        return {"type": "string", "pattern": _ecma(LANGUAGE_VALIDATOR)}
    return {"type": "string", "minLength": 1, **_length(one)}


def _length(one: Any) -> Schema:
    return {"maxLength": one.max_length} if one.max_length else {}


def _help(described: Described) -> str:
    one = described.field
    if isinstance(one, models.ForeignKey):
        return f"{described.help} The key of a {_called(one.related_model)}.".strip()
    if isinstance(one, PartialDateField):
        return f"{described.help} In quotes: “2024-10-08”, “2024-10” or “2024”.".strip()
    return described.help


def _bounds(validators: list[Any]) -> Schema:
    """The least and the greatest number, where a field names them."""
    names: dict[type[BaseValidator], str] = {MinValueValidator: "minimum", MaxValueValidator: "maximum"}
    return {names[type(one)]: one.limit_value for one in validators if type(one) in names}


def _pattern(key: Any) -> str:
    """What a key must look like, as its field's validators say."""
    validator = next((one for one in key.validators if isinstance(one, RegexValidator)), KEY_VALIDATOR)
    return _ecma(validator)


def _ecma(validator: RegexValidator) -> str:
    """Its pattern as JSON Schema writes it: without Python's own sign for the end."""
    return validator.regex.pattern.replace(r"\Z", "$")  # type: ignore[union-attr]


def _called(model: Any) -> str:
    return str(model._meta.model_name)


def _says(model: type[models.Model]) -> str:
    """The first line of the model's docstring."""
    return str(model.__doc__).partition("\n")[0]


def _described(text: str) -> Schema:
    return {"description": text} if text else {}
