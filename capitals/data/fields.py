"""What a public form is made of: columns, and the facts of a record that they are read from.

One list of facts defines a kind of record for every reader: the keys of JSON, the header of
CSV, the dictionary of fields, the tables of the dataset and the schemas of OpenAPI are all made of
its columns (`formats.py`, `openapi.py`, `package.py`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from capitals.data.ourselves import absolute
from capitals.words.languages import ENGLISH, RUSSIAN, address_in

Type = Literal["text", "key", "number", "integer", "yes or no", "partial date", "day", "address", "list"]
"""What a column holds. A partial date is 2012, 2012-10 or 2012-10-05."""
Value = str | int | float | bool | list[Any] | None
"""What stands in JSON; None for what is not recorded."""

SEPARATOR = " | "
"""What parts several values in one cell of CSV."""


TYPES_TOLD: dict[Type, Any] = {
    "text": _("text"),
    "key": _("key"),
    "number": _("number"),
    "integer": _("whole number"),
    "yes or no": _("yes or no"),
    "partial date": _("date, as far as known"),
    "day": _("day"),
    "address": _("web address"),
    "list": _("list"),
}
"""The types in words for a page."""


def as_is(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Column:
    """One public field of a record."""

    name: str
    type: Type
    meaning: Any
    """In words that a page shows in its language."""
    convert: Callable[[Any], Any] = as_is
    """What it makes of its fact."""
    language: str = ""
    """Of a text: `en` or `ru`; empty where it varies, or is none."""
    unit: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()
    """The closed list of values, each with its label."""
    form: Form | None = None
    """Of a list: what each of its parts is."""
    table: str = ""
    """Of a key: the table of the record that it refers to."""
    required: bool = False
    """Whether no record lacks it."""

    @property
    def type_told(self) -> Any:
        return TYPES_TOLD[self.type]

    def of(self, fact: Any) -> Value:
        """What stands there for a fact, None for an empty one; of a list every part in its form."""
        if self.form is not None:
            return [self.form.row(part) for part in fact]
        value = self.convert(fact) if fact is not None else None
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(value, datetime.date):
            return value.isoformat()
        return None if value == "" else value


@dataclass(frozen=True)
class Fact:
    """What is read from a record once, for one column or several."""

    read: Callable[[Any], Any]
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Form:
    """The public form of one kind of record, or of a part of one."""

    table: str
    """The name of its table, as addresses have it: `events`; of a part as its column is called."""
    singular: str
    """As a schema is called: `Event`."""
    meaning: Any
    facts: tuple[Fact, ...]
    rows: Callable[[], QuerySet[Any]] | None = None
    """All its records in the order of its page, with what the facts read; none for a part."""
    listed_on: str = "data"
    """The page that lists its records, by its name in `capitals/urls.py`; else the page on the data."""
    cell: Callable[[Mapping[str, Value]], str] = field(default=lambda row: str(row["key"]))
    """What of a part stands in one cell of CSV."""

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return tuple(column for fact in self.facts for column in fact.columns)

    @cached_property
    def parts(self) -> tuple[Column, ...]:
        """The columns that hold a list of parts."""
        return tuple(column for column in self.columns if column.form is not None)

    def all_rows(self) -> Any:
        """All its records, as a queryset; a part of a record has none of its own."""
        if self.rows is None:
            raise ValueError(f"{self.table} are parts of records, not a table")
        return self.rows()

    def row(self, record: Any) -> dict[str, Value]:
        """The record's public fields by their names."""
        row: dict[str, Value] = {}
        for fact in self.facts:
            value = fact.read(record)
            for column in fact.columns:
                row[column.name] = column.of(value)
        return row


# How facts are read


def at(path: str) -> Callable[[Any], Any]:
    """Reads the attribute at `path`, with dots, from a record; None where one on the way is None."""
    names = path.split(".")

    def read(record: Any) -> Any:
        for name in names:
            if record is None:
                return None
            record = getattr(record, name)
        return record

    return read


def all_at(name: str) -> Callable[[Any], Any]:
    """Reads the related records by that name, as they were prefetched."""
    return lambda record: getattr(record, name).all()


# The kinds of facts


def key(meaning: Any, path: str = "pk", *, to: str = "") -> Fact:
    """The permanent key of a record, or of the one in the table `to` that a part of it refers to."""
    return Fact(at(path), (Column("key", "key", meaning, table=to, required=True),))


def key_of(name: str, meaning: Any, path: str, *, to: str) -> Fact:
    """The key of another record, in the table `to`, alone."""
    return Fact(at(path), (Column(name, "key", meaning, table=to),))


def text(name: str, meaning: Any, path: str = "", *, language: str = "", required: bool = False) -> Fact:
    return Fact(at(path or name), (Column(name, "text", meaning, language=language, required=required),))


def twins(name: str, meaning: Any, path: str = "", *, required: bool = False) -> tuple[Fact, Fact]:
    """A text in English, and in Russian with `_ru` behind its name."""
    path = path or name
    return (
        text(name, meaning, path, language=ENGLISH, required=required),
        text(f"{name}_ru", meaning, f"{path}_ru", language=RUSSIAN),
    )


YEAR = _("year")


def number(name: str, meaning: Any, path: str = "", *, unit: Any = "", required: bool = False) -> Fact:
    """A whole number."""
    return Fact(at(path or name), (Column(name, "integer", meaning, unit=unit, required=required),))


def degrees(name: str, meaning: Any) -> Fact:
    return Fact(at(name), (Column(name, "number", meaning, unit=_("degrees, WGS 84")),))


def yes_or_no(name: str, meaning: Any) -> Fact:
    return Fact(at(name), (Column(name, "yes or no", meaning, required=True),))


def choice(
    name: str, meaning: Any, choices: Iterable[tuple[str, Any]], path: str = "", *, required: bool = True
) -> Fact:
    """One of a closed list."""
    column = Column(name, "text", meaning, choices=tuple(choices), required=required)
    return Fact(at(path or name), (column,))


def address(name: str, meaning: Any, path: str = "") -> Fact:
    """An address on the web."""
    return Fact(at(path or name), (Column(name, "address", meaning),))


def page() -> Fact:
    """The addresses of the record's pages."""
    return Fact(
        lambda record: record.get_absolute_url(),
        (
            Column("url", "address", _("Its page in English."), absolute, required=True),
            Column(
                "url_ru",
                "address",
                _("Its page in Russian."),
                lambda path: absolute(address_in(RUSSIAN, path)),
                required=True,
            ),
        ),
    )


def partial_date(name: str, meaning: Any, read: Callable[[Any], Any] | None = None) -> Fact:
    """A date as far as it is known: as text, and what the text can mean."""
    precision = (("year", _("year")), ("month", _("month")), ("day", _("day")))
    return Fact(
        read or at(name),
        (
            Column(name, "partial date", meaning, str),
            Column(
                f"{name}_precision",
                "text",
                _("How much of that date is known."),
                lambda date: date.precision,
                choices=precision,
            ),
            Column(
                f"{name}_earliest", "day", _("The first day that it can mean."), lambda date: date.earliest
            ),
            Column(f"{name}_latest", "day", _("The last day that it can mean."), lambda date: date.latest),
        ),
    )


def date_alone(name: str, meaning: Any, path: str = "") -> Fact:
    """A date as far as it is known, as text alone: of a record that is only referred to."""
    return Fact(at(path or name), (Column(name, "partial date", meaning, str),))


def day(name: str, meaning: Any) -> Fact:
    return Fact(at(name), (Column(name, "day", meaning),))


def reference(
    name: str, meaning: Any, path: str = "", *, to: str, required: bool = False
) -> tuple[Fact, ...]:
    """A record in the table `to`: its key, and what it is called in both languages."""
    path = path or name
    return (
        Fact(at(f"{path}.pk"), (Column(name, "key", meaning, table=to, required=required),)),
        text(f"{name}_name", _("What it is called."), f"{path}.name", language=ENGLISH, required=required),
        text(f"{name}_name_ru", _("What it is called."), f"{path}.name_ru", language=RUSSIAN),
    )


def several(name: str, meaning: Any, form: Form, read: Callable[[Any], Any] | None = None) -> Fact:
    """A list of parts, empty where there is none."""
    return Fact(read or all_at(name), (Column(name, "list", meaning, form=form, required=True),))


def flattened(*facts: Fact | Sequence[Fact]) -> tuple[Fact, ...]:
    """Facts and groups of facts, in one row."""
    found: list[Fact] = []
    for fact in facts:
        found += [fact] if isinstance(fact, Fact) else fact
    return tuple(found)
