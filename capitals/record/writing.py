"""Writing the record into empty tables, and emptying them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connections, models
from django.utils import timezone

from capitals.models import Change, RecordState, SearchEntry
from capitals.models.whole import RECORD, SEARCHED
from capitals.record.entries import Entry, Fixtures
from capitals.record.ledger import Ledger
from capitals.search.indexing import search_entries
from capitals.search.words import Words

ROWS_AT_ONCE = 1000

Progress = Callable[[str], None]
"""Told what is being done."""


def silently(message: str) -> None:
    """No progress, for where nobody watches."""


def delete_record(database: str) -> None:
    """Empty every table of the record.

    DELETE, never TRUNCATE: a snapshot taken before a TRUNCATE sees an empty table.
    """
    emptied: list[type[models.Model]] = [*RECORD, Change, *SEARCHED, RecordState]
    tables = [table for model in emptied for table in _tables(model)]
    connection = connections[database]
    with connection.cursor() as cursor:
        for table in reversed(tables):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own names


def _tables(model: type[models.Model]) -> list[str]:
    """The model's table and the tables of its many-to-many links."""
    return [model._meta.db_table, *(many.m2m_db_table() for many in model._meta.local_many_to_many)]


def write_record(
    database: str, fixtures: Fixtures, version: str, load_number: int, progress: Progress = silently
) -> None:
    """Insert everything into the empty tables of `database` (an alias), in bulk."""
    for model in RECORD:
        entries = fixtures.entries.get(model, [])
        if not entries:
            continue
        progress(f"Writing {len(entries)} {model._meta.verbose_name_plural} …")
        if isinstance(model._meta.pk, models.AutoField):
            for number, entry in enumerate(entries, start=1):
                entry.instance.pk = number
        records = model._base_manager.using(database)
        records.bulk_create([entry.instance for entry in entries], batch_size=ROWS_AT_ONCE)
        for many in model._meta.local_many_to_many:
            _write_links(database, many, entries)
    if fixtures.ledger:
        progress(f"Writing {len(fixtures.ledger.lines)} changes …")
        _write_changes(database, fixtures.ledger)
    progress("Writing what the search finds …")
    write_search_entries(database)
    RecordState.objects.using(database).create(
        pk=1, version=version, load_number=load_number, loaded_at=timezone.now()
    )


def _write_changes(database: str, ledger: Ledger) -> None:
    changes = [line.change() for line in ledger.lines]
    for number, change in enumerate(changes, start=1):
        change.pk = number
    Change.objects.using(database).bulk_create(changes, batch_size=ROWS_AT_ONCE)


def write_search_entries(database: str) -> None:
    """Insert what the search finds in the record that stands in `database` (an alias)."""
    words = Words()
    entries = list(search_entries(database))
    for entry in entries:
        words.add(entry)
    SearchEntry.objects.using(database).bulk_create(entries, batch_size=ROWS_AT_ONCE)
    words.write(database)


def _write_links(database: str, many: models.ManyToManyField[Any, Any], entries: list[Entry]) -> None:
    link: Any = many.remote_field.through
    near = link._meta.get_field(many.m2m_field_name()).attname
    far = link._meta.get_field(many.m2m_reverse_field_name()).attname
    pairs = [(entry.instance.pk, key) for entry in entries for key, _ in entry.many.get(many.name, ())]
    links = (link(pk=number, **{near: one, far: other}) for number, (one, other) in enumerate(pairs, start=1))
    link._base_manager.using(database).bulk_create(links, batch_size=ROWS_AT_ONCE)
