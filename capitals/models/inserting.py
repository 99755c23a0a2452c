"""Rows into empty tables as fast as each database takes them.

`bulk_create` writes the values of a row into the text of a statement and compiles that
anew for each few rows: it takes longer than all else that a load does. Here SQLite runs one
statement for many rows, PostgreSQL copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from capitals.fields import DerivedField

ROWS_AT_ONCE = 1000
AS_IT_IS = {str, int, bool, type(None)}
"""Types that every database takes as they are, whatever the field; JSON alone writes them otherwise."""

Row = tuple[Any, ...]
AnyValue = TypeVar("AnyValue")


def in_batches(values: Iterable[AnyValue], size: int = ROWS_AT_ONCE) -> Iterator[list[AnyValue]]:
    """The values in lists of so many."""
    left = iter(values)
    while batch := list(islice(left, size)):
        yield batch


def insert_records(database: str, model: type[models.Model], instances: Iterable[models.Model]) -> None:
    """Insert instances of `model` into `database` (an alias); those without a key get the next one."""
    for batch in in_batches(instances):
        fields = [one for one in model._meta.local_concrete_fields if not one.generated]
        if batch[0].pk is None:
            fields.remove(model._meta.pk)
        connection = connections[database]
        insert_rows(database, model, fields, [_row(instance, fields, connection) for instance in batch])


def _row(instance: models.Model, fields: list[Any], connection: BaseDatabaseWrapper) -> Row:
    values = []
    for one in fields:
        if isinstance(one, DerivedField):
            value: Any = one.pre_save(instance, add=True)
        else:
            value = getattr(instance, one.attname)
        if type(value) not in AS_IT_IS or isinstance(one, models.JSONField):
            value = one.get_db_prep_save(value, connection)
        values.append(value)
    return tuple(values)


def insert_rows(database: str, model: type[models.Model], fields: Iterable[Any], rows: list[Row]) -> None:
    """Insert rows with the values of these fields, as the database takes them."""
    connection = connections[database]
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(one.column) for one in fields)
    into = f"{quoted(model._meta.db_table)} ({columns})"
    with transaction.atomic(using=database, savepoint=False), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django hands `copy` through and does not make its errors Django's own.
            with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {into} VALUES ({places})", rows)  # noqa: S608 - our own names
