"""The public forms: whole, and each of one shape."""

from __future__ import annotations

import pytest
from django.db import models

from capitals.data.fields import Form
from capitals.data.forms import FORMS
from capitals.data.parts import HOLDING, NAME, PART_IN_TITLE, SPEAKER, VERSION
from capitals.fields import DerivedField
from capitals.models import CityName, DisputeVersion, EventDesignation, EventSpeaker, SisterTitleHolding
from capitals.models.whole import TABLES
from capitals.record.dependents import BELONGS_TO

TOLD_OTHERWISE = {
    "slug": "key",
    "supports": "sources",
    "other_spellings": "",  # for the search alone
    **dict.fromkeys(("designation", "decision", "event", "centre", "statement"), "about"),
}
"""Fields of models that a form has under another name; empty for what is not public."""


PARTS: dict[type[models.Model], tuple[Form, str]] = {
    CityName: (NAME, "city"),
    EventSpeaker: (SPEAKER, "event"),
    EventDesignation: (PART_IN_TITLE, "event"),
    DisputeVersion: (VERSION, "dispute"),
    SisterTitleHolding: (HOLDING, "title"),
}
"""The form of what belongs to a record, and the field that says to which: not told, for it stands there."""


def every_form() -> list[Form]:
    """The forms of records and of their parts."""
    found: list[Form] = []
    waiting = list(FORMS.values())
    while waiting:
        form = waiting.pop()
        found.append(form)
        waiting += [part.form for part in form.parts if part.form is not None]
    return found


@pytest.mark.parametrize("table", TABLES)
def test_a_form_tells_every_field_of_its_model(table: str) -> None:
    columns = {column.name for column in FORMS[table].columns}
    fields = fields_of(TABLES[table])

    told = {TOLD_OTHERWISE.get(name, name) if name not in columns else name for name in fields} - {""}
    if table == "disputes":
        told -= {"city", "series"}
    assert told - columns == set(), f"add a line for each of these to the form of {table} in capitals/data/"
    assert set(FORMS) == {*TABLES, "changes"}


@pytest.mark.parametrize("model", PARTS)
def test_a_form_tells_every_field_of_what_belongs_to_a_record(model: type[models.Model]) -> None:
    form, owner = PARTS[model]
    columns = {column.name for column in form.columns}
    # A part has no key of its own; a title is told by its key, its city and its year.
    told = fields_of(model) - {owner, "id", "supports", "designation"}

    assert told - columns == set(), f"add a line for each to {form.singular} in capitals/data/parts.py"
    assert set(PARTS) == set(BELONGS_TO)


def fields_of(model: type[models.Model]) -> set[str]:
    """The fields that fixtures may fill."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return {field.name for field in fields if not isinstance(field, DerivedField)}


def test_every_column_has_a_name_of_its_own_and_a_meaning() -> None:
    forms = every_form()
    assert len(forms) > 25
    for form in forms:
        names = [column.name for column in form.columns]
        assert len(set(names)) == len(names), form.table
        for column in form.columns:
            assert str(column.meaning).endswith((".", "”.")), (form.table, column.name)
            assert (column.type == "list") == (column.form is not None)
            assert not column.table or column.table in TABLES


def test_one_name_of_a_schema_stands_for_one_form() -> None:
    shapes: dict[str, Form] = {}
    for form in every_form():
        assert shapes.setdefault(form.singular, form) is form, form.singular
