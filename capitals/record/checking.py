"""What a record read from fixtures must meet by itself: its fields' validators, and no reference to nothing.

The models' named constraints are in `constraints.py`, rules that span records in `rules.py`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from capitals.fields import DerivedField
from capitals.record.entries import Entry, Fixtures, key_name
from capitals.record.problems import Problem


def check_fields(entry: Entry, already_bad: set[str]) -> Iterator[Problem]:
    """What the fields' own validators say; foreign keys are checked without a query later."""
    foreign_keys = {one.name for one in entry.model._meta.fields if isinstance(one, models.ForeignKey)}
    derived = {one.name for one in entry.model._meta.fields if isinstance(one, DerivedField)}
    try:
        entry.instance.clean_fields(exclude=foreign_keys | derived | already_bad | {key_name(entry.model)})
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            what = " ".join(map(_sentence, messages))
            yield entry.problem(name if name != NON_FIELD_ERRORS else "", what, _mend(entry, name))
    for name in foreign_keys - already_bad:
        one: Any = entry.model._meta.get_field(name)
        if not one.null and not getattr(entry.instance, one.attname):
            yield entry.problem(name, "This field is missing.", "Add it.")


def _sentence(message: str) -> str:
    """The message with a stop at its end: another sentence follows."""
    return message if message.endswith((".", "!", "?")) else f"{message}."


def _mend(entry: Entry, name: str) -> str:
    """What to do about a value that the field refuses: of a closed choice, what it takes and what is near."""
    one: Any = None if name == NON_FIELD_ERRORS else entry.model._meta.get_field(name)
    if one is None or not one.choices:
        return "Mend it."
    known = [str(value) for value, _label in one.flatchoices if value]
    near = difflib.get_close_matches(str(getattr(entry.instance, one.attname)), known, n=1)
    guess = f" Did you mean “{near[0]}”?" if near else ""
    return f"It must be one of: {', '.join(known)}.{guess}"


def check_references(fixtures: Fixtures) -> Iterator[Problem]:
    """References to nothing, found in memory: a query for each would cost minutes."""
    for entry in fixtures:
        for one in entry.model._meta.fields:
            if isinstance(one, models.ForeignKey):
                key = getattr(entry.instance, one.attname)
                if key:
                    yield from _check_reference(fixtures, entry, one, key, entry.lines.get(one.name))
        for name, keys in entry.many.items():
            for key, line in keys:
                many = entry.model._meta.get_field(name)
                yield from _check_reference(fixtures, entry, many, key, line)


def _check_reference(
    fixtures: Fixtures, entry: Entry, one: Any, key: str, line: int | None
) -> Iterator[Problem]:
    known = fixtures.by_key[one.related_model]
    if key not in known:
        what = f"There is no {one.related_model._meta.model_name} “{key}”."
        near = difflib.get_close_matches(key, known, n=1)
        mend = f"Did you mean “{near[0]}”?" if near else "Add that record, or mend the key."
        yield entry.problem(one.name, what, mend, line)
