"""The tables of the dataset: one for each kind of record, and one for each kind of their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from capitals.data.fields import SEPARATOR, Column, Form, Value
from capitals.data.formats import Row
from capitals.data.forms import FORMS


@dataclass(frozen=True)
class Table:
    """A flat table: `name` is that of its file, its columns hold no lists."""

    name: str
    meaning: Any
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def has_key(self) -> bool:
        """Whether its rows are records with a key of their own; else it begins with that of another's."""
        return self.columns[0].name == "key"


def file_name(form: Form) -> str:
    return form.table.replace("-", "_")


def tables_of(form: Form, rows: list[Row]) -> Iterator[Table]:
    """The table of a kind of record, of which `rows` are all, then those of its parts.

    A part begins with the key of its record: `event_key`.
    """
    flat = tuple(column for column in form.columns if column.form is None)
    kept = tuple({column.name: row[column.name] for column in flat} for row in rows)
    yield Table(file_name(form), form.meaning, flat, kept)
    for part in form.parts:
        if part.form is not None:
            yield _parts(form, part.name, part.form, rows)


def _parts(form: Form, name: str, part: Form, rows: list[Row]) -> Table:
    owner = Column(
        f"{re.sub('(?<!^)(?=[A-Z])', '_', form.singular).lower()}_key",
        "key",
        _("The record that it belongs to."),
        table=form.table,
        required=True,
    )
    # What a part has several of stands together in one cell here too.
    columns = tuple(
        replace(column, type="text", form=None, required=False) if column.form else column
        for column in part.columns
    )
    kept = tuple(
        {owner.name: row["key"], **_flat(part, piece)} for row in rows for piece in _pieces(row[name])
    )
    return Table(f"{file_name(form)}_{name}", part.meaning, (owner, *columns), kept)


def _pieces(value: Value) -> list[Any]:
    return value if isinstance(value, list) else []


def _flat(form: Form, piece: Row) -> Row:
    flat: Row = {}
    for column in form.columns:
        value = piece[column.name]
        if column.form is not None:
            value = SEPARATOR.join(map(column.form.cell, _pieces(value))) or None
        flat[column.name] = value
    return flat


def all_rows() -> dict[str, list[Row]]:
    """Every record in its public form, by table."""
    return {name: [form.row(record) for record in form.all_rows()] for name, form in FORMS.items()}
