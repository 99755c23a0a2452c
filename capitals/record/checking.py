"""What a record read from fixtures must meet by itself: its fields' validators, and no reference to nothing.

The models' named constraints are in `constraints.py`, rules that span records in `rules.py`.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from capitals.fields import DerivedField, LanguageField, PartialDateField
from capitals.models import InTwoLanguages, Source
from capitals.models.whole import RECORD
from capitals.record.entries import Entry, Fixtures
from capitals.record.problems import Problem
from capitals.words.languages import RUSSIAN

Refused = dict[str, list[str] | None]
"""Fields whose values are refused, with what there is to say of it; None where it is said already."""


def cleaned(one: Any, value: Any, refused: Refused) -> Any:
    """The value as the field takes it; one that it refuses is left nearly as it is and put into `refused`."""
    if isinstance(one, models.ForeignKey):
        # Without a query: that the record is there is checked later.
        return one.to_python(value)
    try:
        if one.choices or isinstance(one, FEW_VALUES):
            return _cleaned_before(one, value)
        return one.clean(value, None)
    except ValidationError as error:
        refused[one.name] = error.messages
    try:
        return one.to_python(value)
    except ValidationError:
        return value


FEW_VALUES = (LanguageField, PartialDateField)
"""Fields whose values come again and again."""


@lru_cache(maxsize=20_000)
def _cleaned_before(one: Any, value: Any) -> Any:
    return one.clean(value, None)


@cache
def _refused_when_absent(model: type[models.Model]) -> Refused:
    """The fields that a record must have, with what they say where it has not."""
    refused: Refused = {}
    for one in model._meta.fields:
        if one.primary_key or isinstance(one, (models.ForeignKey, DerivedField)):
            continue
        value = one.get_default()
        if not (one.blank and value in one.empty_values):
            try:
                one.clean(value, None)
            except ValidationError as error:
                refused[one.name] = error.messages
    return refused


@cache
def _foreign_keys_needed(model: type[models.Model]) -> list[Any]:
    return [one for one in model._meta.fields if isinstance(one, models.ForeignKey) and not one.null]


def needed(model: type[models.Model]) -> frozenset[str]:
    """The names of the fields without which a record is refused."""
    return frozenset({*_refused_when_absent(model), *(one.name for one in _foreign_keys_needed(model))})


def for_nothing(model: type[models.Model], name: str) -> str:
    """What to do about a field that stands there without a value."""
    original, _, twin = name.rpartition("_")
    if twin == RUSSIAN and issubclass(model, InTwoLanguages) and original in model.texts():
        return f"Translate {original}, or leave out both where nothing is recorded."
    if name not in needed(model):
        return "Leave the field out if it is not recorded."
    return f"Fill it in: a record of this kind must have it.{_choices(model, name)}"


def check_fields(entry: Entry, refused: Refused) -> Iterator[Problem]:
    """What the fields' own validators say, of values in `refused` and of fields that are missing."""
    absent = _refused_when_absent(entry.model)
    for name, messages in {**absent, **refused}.items() if absent or refused else ():
        if messages and name in refused:
            what = " ".join(map(_sentence, messages))
            yield entry.problem(name, what, _mend(entry, name))
        elif messages and name not in entry.layout.names:
            yield entry.problem(name, "This field is missing.", f"Add it.{_choices(entry.model, name)}")
    for one in _foreign_keys_needed(entry.model):
        if one.name not in refused and not getattr(entry.instance, one.attname):
            yield entry.problem(one.name, "This field is missing.", "Add it.")


def _sentence(message: str) -> str:
    """The message with a stop at its end: another sentence follows."""
    return message if message.endswith((".", "!", "?")) else f"{message}."


def _mend(entry: Entry, name: str) -> str:
    """What to do about a value that the field refuses: of a closed choice, what it takes and what is near."""
    one: Any = entry.model._meta.get_field(name)
    if not one.choices:
        return "Mend it."
    near = difflib.get_close_matches(str(getattr(entry.instance, one.attname)), _known(one), n=1)
    guess = f" Did you mean “{near[0]}”?" if near else ""
    return f"{_choices(entry.model, name).strip()}{guess}"


def _choices(model: type[models.Model], name: str) -> str:
    """Of a field with a closed list, what it takes."""
    one: Any = model._meta.get_field(name)
    return f" It must be one of: {', '.join(_known(one))}." if one.choices else ""


def _known(one: Any) -> list[str]:
    return [str(value) for value, _label in one.flatchoices if value]


def check_references(fixtures: Fixtures) -> Iterator[Problem]:
    """References to nothing, found in memory: a query for each would cost minutes.

    Where several refer to one key that is not there, they are one problem: most likely the key of that record
    was mistyped, and is told before all others.
    """
    lost: dict[tuple[type[models.Model], str], list[tuple[Entry, str, int | None]]] = defaultdict(list)
    referred: set[tuple[type[models.Model], str]] = set()
    for entry, one, key, line in _references(fixtures):
        if key in fixtures.by_key[one.related_model]:
            referred.add((one.related_model, key))
        else:
            lost[one.related_model, key].append((entry, one.name, line))
            entry.sound = False
    for (model, key), places in lost.items():
        yield _lost(fixtures, model, key, places, referred)


def pass_over_what_rests_on_mistakes(fixtures: Fixtures) -> None:
    """Call what refers to a record with mistakes no sounder than that: rules follow references.

    A source is read for its kind alone, which stands there whatever else is wrong with it. Once the
    references are checked.
    """
    for model in RECORD:
        for entry in fixtures.entries.get(model, ()):
            if entry.sound:
                entry.sound = all(
                    fixtures.by_key[one.related_model][key].sound
                    for one, key, _line in _references_of(entry)
                    if one.related_model is not Source
                )


def _references(fixtures: Fixtures) -> Iterator[tuple[Entry, Any, str, int | None]]:
    """Every reference: of which entry, by which field, to which key, at which line."""
    for entry in fixtures.every():
        for one, key, line in _references_of(entry):
            yield entry, one, key, line


def _references_of(entry: Entry) -> Iterator[tuple[Any, str, int | None]]:
    """The references of one entry."""
    for one in entry.model._meta.fields:
        if isinstance(one, models.ForeignKey) and (key := getattr(entry.instance, one.attname)):
            yield one, key, entry.lines.get(one.name)
    for name, keys in entry.many.items():
        many = entry.model._meta.get_field(name)
        for key, line in keys:
            yield many, key, line


def _lost(
    fixtures: Fixtures,
    model: type[models.Model],
    key: str,
    places: list[tuple[Entry, str, int | None]],
    referred: Collection[tuple[type[models.Model], str]],
) -> Problem:
    """What to say of a key that is not there, to which those places refer."""
    known = fixtures.by_key[model]
    near = next(iter(difflib.get_close_matches(key, known, n=1)), "")
    entry, field, line = places[0]
    if len(places) > 1 and near and (model, near) not in referred:
        what = (
            f"Nothing refers to this key, and {len(places)} times “{key}” is referred to, which is not there."
        )
        mend = (
            f"Call it “{key}”, or mend the references; the first stands at {entry.file}:{line or entry.line}."
        )
        known[near].sound = False
        return replace(known[near].problem("pk", what, mend), comes_first=True)
    others = f" {len(places) - 1} more refer to it." if len(places) > 1 else ""
    what = f"There is no {model._meta.model_name} “{key}”.{others}"
    mend = f"Did you mean “{near}”?" if near else "Add that record, or mend the key."
    return entry.problem(field, what, mend, line)
