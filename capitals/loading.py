"""Replacing the record whole: readers see the old one or the new one, never a mixture."""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import override

from capitals.fixtures import BadFixtures, Entry, Fixtures, fixture_models, read_fixtures
from capitals.indexing import search_entries
from capitals.languages import ENGLISH
from capitals.models import RecordState, SearchEntry
from capitals.rules import RULES

ROWS_AT_ONCE = 1000
LOAD_LOCK = 0x0C15_CA91
"""The advisory lock that keeps two loads apart on PostgreSQL; any constant would do."""

LOADER_CODE = (
    "fields.py",
    "fixtures.py",
    "folding.py",
    "indexing.py",
    "languages.py",
    "loading.py",
    "models.py",
    "partial_date.py",
    "rules.py",
)

Progress = Callable[[str], None]


def silently(message: str) -> None:
    """No progress, for where nobody watches."""


@dataclass(frozen=True)
class Loaded:
    """What a load or a check found: records by model name, version, load number, seconds."""

    counts: dict[str, int]
    version: str
    load_number: int | None
    seconds: float


class SchemaOutdated(Exception):
    """The database lacks migrations that the record needs."""


def fixture_version(folder: Path) -> str:
    """The version of what a load would write: a hash of fixtures, migrations and loader code."""
    app = Path(__file__).parent
    code = [*(app / "migrations").glob("*.py"), *(app / name for name in LOADER_CODE)]
    named = {f"fixtures/{file.relative_to(folder).as_posix()}": file for file in folder.rglob("*.yaml")}
    named |= {f"code/{file.relative_to(app).as_posix()}": file for file in code}
    digest = hashlib.sha256()
    for name, file in sorted(named.items()):
        content = file.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]


def check(folder: Path) -> Fixtures:
    """The record in `folder`, validated in full; raises BadFixtures. Asks no database."""
    fixtures = read_fixtures(folder)
    problems = [problem for rule in RULES for problem in rule(fixtures)]
    if problems:
        raise BadFixtures(problems)
    return fixtures


def counts(fixtures: Fixtures) -> dict[str, int]:
    """How many records of each model, in the order of the models."""
    return {
        str(model._meta.verbose_name_plural): len(fixtures.entries.get(model, ()))
        for model in fixture_models().values()
    }


def check_only(folder: Path) -> Loaded:
    """Validate the record in `folder` and say what it holds."""
    began = time.monotonic()
    version = fixture_version(folder)
    return Loaded(counts(check(folder)), version, None, time.monotonic() - began)


def load(folder: Path, progress: Progress = silently) -> Loaded:
    """Validate the record in `folder`, then put it in place of the one in the database.

    Raises BadFixtures, SchemaOutdated, DatabaseError or OSError; the old record then
    stands as before.
    """
    began = time.monotonic()
    version = fixture_version(folder)
    progress("Validating the fixtures …")
    fixtures = check(folder)
    if connection.vendor == "sqlite":
        with _new_sqlite_file() as load_number:
            write_record(fixtures, version, load_number, progress)
    else:
        _require_schema()
        with transaction.atomic():
            load_number = _locked_load_number()
            delete_record()
            write_record(fixtures, version, load_number, progress)
    return Loaded(counts(fixtures), version, load_number, time.monotonic() - began)


def _state() -> RecordState | None:
    """What stands in the database; None where there is nothing to read."""
    try:
        return RecordState.objects.first()
    except DatabaseError:
        return None


def loaded_version() -> str | None:
    """The version of the record in the database; None where there is none to read."""
    state = _state()
    return state.version if state else None


def _previous_load_number() -> int:
    state = _state()
    return state.load_number if state else 0


def _locked_load_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOAD_LOCK])
    return _previous_load_number() + 1


def _require_schema() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise SchemaOutdated("The database lacks migrations. Run “manage.py migrate” first.")


@contextmanager
def _new_sqlite_file() -> Iterator[int]:
    """Point the connection at a new file with the schema; swap it in when the block succeeds.

    Built beside the old file, so that the swap is one rename within one file system. Gives
    the number of this load.
    """
    old = Path(connection.settings_dict["NAME"])
    old.parent.mkdir(parents=True, exist_ok=True)
    new = old.with_name(f"{old.name}.new")
    with open(old.with_name(f"{old.name}.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        load_number = _previous_load_number() + 1 if old.exists() else 1
        connection.close()
        try:
            new.unlink(missing_ok=True)
            connection.settings_dict["NAME"] = new
            with connection.cursor() as cursor:
                # A new file needs no journal on disk: if the load fails, the file goes.
                cursor.execute("PRAGMA journal_mode = MEMORY")
                cursor.execute("PRAGMA synchronous = OFF")
            create_schema()
            with transaction.atomic():
                yield load_number
            connection.close()
            _sync(new)
            new.replace(old)
            _sync(old.parent)
        finally:
            connection.close()
            connection.settings_dict["NAME"] = old
            new.unlink(missing_ok=True)


def create_schema() -> None:
    """Make the tables of a new database as the models have them, and note the migrations as done.

    Migrations are for databases that stay: on SQLite each column that one adds copies a
    table, and a load would spend more time on them than on the record.
    """
    with connection.schema_editor() as editor:
        for model in apps.get_app_config("capitals").get_models():
            editor.create_model(model)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in MigrationLoader(connection).graph.nodes:
        recorder.record_applied(app, name)


def _sync(path: Path) -> None:
    """Have the file or folder at `path` on the disk before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def delete_record() -> None:
    """Empty every table of the record.

    DELETE, never TRUNCATE: a snapshot taken before a TRUNCATE sees an empty table.
    """
    emptied: list[type[models.Model]] = [*fixture_models().values(), SearchEntry, RecordState]
    tables = [table for model in emptied for table in _tables(model)]
    with connection.cursor() as cursor:
        for table in reversed(tables):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own names


def _tables(model: type[models.Model]) -> list[str]:
    """The model's table and the tables of its many-to-many links."""
    return [model._meta.db_table, *(many.m2m_db_table() for many in model._meta.local_many_to_many)]


def write_record(fixtures: Fixtures, version: str, load_number: int, progress: Progress) -> None:
    """Insert everything, in bulk, into empty tables."""
    for model in fixture_models().values():
        entries = fixtures.entries.get(model, [])
        if not entries:
            continue
        progress(f"Writing {len(entries)} {model._meta.verbose_name_plural} …")
        if isinstance(model._meta.pk, models.AutoField):
            for number, entry in enumerate(entries, start=1):
                entry.instance.pk = number
        model._base_manager.bulk_create([entry.instance for entry in entries], batch_size=ROWS_AT_ONCE)
        for many in model._meta.local_many_to_many:
            _write_links(many, entries)
    progress("Writing what the search finds …")
    write_search_entries()
    RecordState.objects.create(pk=1, version=version, load_number=load_number, loaded_at=timezone.now())


@override(ENGLISH)
def write_search_entries() -> None:
    """Insert what the search finds in the record that stands in the database, into an empty table."""
    SearchEntry.objects.bulk_create(search_entries(), batch_size=ROWS_AT_ONCE)


def _write_links(many: models.ManyToManyField, entries: list[Entry]) -> None:
    link: Any = many.remote_field.through
    near = link._meta.get_field(many.m2m_field_name()).attname
    far = link._meta.get_field(many.m2m_reverse_field_name()).attname
    pairs = [(entry.instance.pk, key) for entry in entries for key, _ in entry.many.get(many.name, ())]
    links = (link(pk=number, **{near: one, far: other}) for number, (one, other) in enumerate(pairs, start=1))
    link._base_manager.bulk_create(links, batch_size=ROWS_AT_ONCE)
