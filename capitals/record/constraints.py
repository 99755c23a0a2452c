"""The models' named constraints, held against the fixtures without a database.

Django itself can only ask the database, a query for each record and constraint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import BaseConstraint, F, Q

from capitals.record.entries import Entry, Fixtures
from capitals.record.problems import Problem


def check_constraints(fixtures: Fixtures) -> Iterator[Problem]:
    """What each record, and those of one model beside each other, do not meet."""
    for model, entries in fixtures.entries.items():
        for constraint in model._meta.constraints:
            message = str(constraint.violation_error_message)
            if isinstance(constraint, models.CheckConstraint):
                for entry in entries:
                    if holds(constraint.condition, entry.instance) is False:
                        entry.sound = False
                        yield entry.problem("", message, f"(Constraint {constraint.name}.)")
            elif isinstance(constraint, models.UniqueConstraint):
                yield from _check_unique(entries, constraint.fields, constraint.condition, message)
        for one in model._meta.fields:
            if one.unique and not one.primary_key:
                yield from _check_unique(entries, (one.name,), None, f"Another record has this {one.name}.")


def _check_unique(
    entries: list[Entry], names: Iterable[str], condition: Any, message: str
) -> Iterator[Problem]:
    names = tuple(names)
    seen: dict[tuple[Any, ...], Entry] = {}
    for entry in entries:
        if condition is not None and not holds(condition, entry.instance):
            continue
        values = tuple(_value(entry.instance, name) for name in names)
        if values in seen:
            first = seen[values]
            yield entry.problem(names[-1], message, f"The first stands at {first.file}:{first.line}.")
        elif None not in values:
            seen[values] = entry


def _value(instance: models.Model, name: str) -> Any:
    """The value of a field as the database would compare it; None where the field refuses it."""
    one: Any = instance._meta.get_field(name)
    try:
        return one.get_prep_value(getattr(instance, one.attname))
    except (TypeError, ValueError, ValidationError):
        return None


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda left, right: left == right,
    "in": lambda left, right: left in right,
    "gt": lambda left, right: left > right,
    "gte": lambda left, right: left >= right,
    "lt": lambda left, right: left < right,
    "lte": lambda left, right: left <= right,
}
"""The lookups that `holds` knows, beside isnull."""


def holds(condition: Any, instance: models.Model) -> bool | None:
    """Whether `instance` meets a constraint's condition; None is SQL's unknown.

    A system check (`capitals/checks.py`) sees to it that every constraint is written in
    terms that are known here.
    """
    if isinstance(condition, Q):
        results = [holds(child, instance) for child in condition.children]
        decisive = condition.connector == Q.OR
        if condition.connector not in {Q.AND, Q.OR}:
            raise TypeError(f"{condition.connector} is not understood: write it with AND and OR")
        combined = decisive if decisive in results else None if None in results else not decisive
        return combined if not condition.negated or combined is None else not combined
    path, expected = condition
    name, _, lookup = path.partition("__")
    value = _value(instance, name)
    if lookup == "isnull":
        return bool((value is None) == expected)
    if isinstance(expected, F):
        expected = _value(instance, _name(expected))
    if value is None or expected is None:
        return None
    return COMPARISONS[lookup or "exact"](value, expected)


def _name(of: F) -> str:
    """The path that an F leads to."""
    name: str = of.name  # type: ignore[attr-defined]  # django-stubs does not know it
    return name


def not_understood(constraint: BaseConstraint, model: type[models.Model]) -> list[str]:
    """What in a constraint the loader cannot hold against a record in memory, in words; nothing if it can."""
    if isinstance(constraint, models.CheckConstraint):
        return _not_understood_in(constraint.condition, model)
    if isinstance(constraint, models.UniqueConstraint):
        unsaid = [] if constraint.fields else ["expressions"]
        return unsaid + _not_understood_in(constraint.condition or Q(), model)
    return [type(constraint).__name__]


def _not_understood_in(condition: Any, model: type[models.Model]) -> list[str]:
    if isinstance(condition, Q):
        unsaid = [] if condition.connector in {Q.AND, Q.OR} else [condition.connector]
        return unsaid + [one for child in condition.children for one in _not_understood_in(child, model)]
    if not isinstance(condition, tuple):
        return [type(condition).__name__]
    path, expected = condition
    name, _, lookup = path.partition("__")
    unsaid = [] if lookup in {"", "isnull", *COMPARISONS} else [f"the lookup {path}"]
    for own in (name, _name(expected) if isinstance(expected, F) else name):
        try:
            model._meta.get_field(own)
        except FieldDoesNotExist:
            unsaid.append(f"“{own}”, no field of {model._meta.model_name}")
    if not isinstance(expected, F) and hasattr(expected, "resolve_expression"):
        unsaid.append(f"the expression {type(expected).__name__}")
    return unsaid
