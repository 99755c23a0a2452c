"""The public forms: whole, and each of one shape."""

from __future__ import annotations

import pytest

from capitals.data.fields import Form
from capitals.data.forms import FORMS
from capitals.fields import DerivedField
from capitals.models.whole import TABLES

TOLD_OTHERWISE = {
    "slug": "key",
    "city": "city",
    "supports": "sources",
    "other_spellings": "",  # for the search alone
    **dict.fromkeys(("designation", "decision", "event", "centre", "statement"), "about"),
}
"""Fields of models that a form has under another name; empty for what is not public."""


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
    model = TABLES[table]
    fields = {
        field.name
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        if not isinstance(field, DerivedField)
    }

    told = {TOLD_OTHERWISE.get(name, name) if name not in columns else name for name in fields} - {""}
    if table == "disputes":
        told -= {"city", "series"}
    assert told - columns == set()
    assert set(FORMS) == {*TABLES, "changes"}


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
