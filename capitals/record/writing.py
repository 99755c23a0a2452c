"""Writing the record into empty tables, and emptying them."""

from __future__ import annotations

from typing import Any

from django.db import connections, models
from django.utils import timezone

from capitals.models import Change, RecordState, SearchEntry
from capitals.models.inserting import in_batches, insert_records, insert_rows
from capitals.models.whole import RECORD, SEARCHED
from capitals.record.entries import Entry, Fixtures
from capitals.record.ledger import Line
from capitals.record.progress import Silence
from capitals.search.indexing import number_of_search_entries, search_entries
from capitals.search.words import Words


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
    database: str, fixtures: Fixtures, version: str, load_number: int, progress: Silence | None = None
) -> None:
    """Insert everything into the empty tables of `database` (an alias).

    What is written goes from `fixtures`: what the search finds needs the room.
    """
    progress = progress or Silence()
    changes = fixtures.ledger.lines if fixtures.ledger else []
    number = sum(len(entries) for entries in fixtures.entries.values())
    progress.stage("Writing", number + len(changes))
    for model in RECORD:
        entries = fixtures.let_go(model)
        if isinstance(model._meta.pk, models.AutoField):
            for number, entry in enumerate(entries, start=1):
                entry.instance.pk = number
        for batch in in_batches(entries):
            insert_records(database, model, (entry.instance for entry in batch))
            progress.step(len(batch))
        for many in model._meta.local_many_to_many:
            _write_links(database, many, entries)
    _write_changes(database, changes, progress)
    write_search_entries(database, progress)
    _count_for_the_planner(database)
    RecordState.objects.using(database).create(
        pk=1, version=version, load_number=load_number, loaded_at=timezone.now()
    )


def _count_for_the_planner(database: str) -> None:
    """Let PostgreSQL look at what was written: else it reads whole tables until its own daemon has."""
    connection = connections[database]
    if connection.vendor != "postgresql":
        return
    written: list[type[models.Model]] = [*RECORD, Change, *SEARCHED]
    with connection.cursor() as cursor:
        for table in (table for model in written for table in _tables(model)):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


def _write_changes(database: str, lines: list[Line], progress: Silence) -> None:
    for batch in in_batches(enumerate(lines, start=1)):
        insert_records(database, Change, (line.change(number) for number, line in batch))
        progress.step(len(batch))


def write_search_entries(database: str, progress: Silence | None = None) -> None:
    """Insert what the search finds in the record that stands in `database` (an alias)."""
    progress = progress or Silence()
    progress.stage("Search", number_of_search_entries(database))
    words = Words()
    for batch in in_batches(search_entries(database)):
        for entry in batch:
            words.add(entry)
        insert_records(database, SearchEntry, batch)
        progress.step(len(batch))
    words.write(database)


def _write_links(database: str, many: models.ManyToManyField[Any, Any], entries: list[Entry]) -> None:
    link: Any = many.remote_field.through
    fields = [link._meta.get_field(name) for name in (many.m2m_field_name(), many.m2m_reverse_field_name())]
    pairs = ((entry.instance.pk, key) for entry in entries for key, _line in entry.many.get(many.name, ()))
    numbered = ((number, *pair) for number, pair in enumerate(pairs, start=1))
    for rows in in_batches(numbered):
        insert_rows(database, link, [link._meta.pk, *fields], rows)
