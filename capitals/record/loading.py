"""Replacing the record whole: readers see the old one or the new one, never a mixture.

It writes through the alias `load`; pages read through `default`, which cannot write
(`heritage/database.py`).
"""

from __future__ import annotations

import fcntl
import gc
import os
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

from capitals.models import RecordState
from capitals.models.whole import RECORD
from capitals.record import LOAD_ALIAS
from capitals.record.changes import disagreements
from capitals.record.entries import Fixtures
from capitals.record.problems import BadFixtures, Problem
from capitals.record.progress import Silence
from capitals.record.reading import read_fixtures
from capitals.record.reminders import reminders
from capitals.record.rules import MISSING_SOMEWHERE, RULES, Rule
from capitals.record.schema import create_schema, require_rights, require_schema
from capitals.record.version import record_version
from capitals.record.writing import delete_record, write_record

LOAD_LOCK = 0x0C15_CA91
"""The advisory lock that keeps two loads apart on PostgreSQL; any constant would do."""


@dataclass(frozen=True)
class Loaded:
    """What a load or a check found: records by model name, version, load number, seconds."""

    counts: dict[str, int]
    version: str
    load_number: int | None
    seconds: float
    reminders: list[Problem]
    """What is no mistake and may have been forgotten."""


def check(folder: Path, progress: Silence | None = None) -> Fixtures:
    """The record in `folder`, validated in full; raises BadFixtures. Asks no database."""
    progress = progress or Silence()
    return _held_to([*RULES, disagreements], read_fixtures(folder, progress), progress)


def check_before_its_edition(folder: Path) -> Fixtures:
    """The same, where the ledger of changes need not yet list what was added and withdrawn."""
    return _held_to(RULES, read_fixtures(folder), Silence())


def _held_to(rules: Collection[Rule], fixtures: Fixtures, progress: Silence) -> Fixtures:
    problems = [*fixtures.problems]
    progress.stage("Checking", len(rules))
    for rule in rules:
        # What seems to be missing may stand in a file that could not be read.
        if fixtures.is_whole or rule not in {*MISSING_SOMEWHERE, disagreements}:
            problems += rule(fixtures)
        progress.step()
    if problems:
        raise BadFixtures(problems)
    return fixtures


def counts(fixtures: Fixtures) -> dict[str, int]:
    """How many records of each model, in the order of the models."""
    return {str(model._meta.verbose_name_plural): len(fixtures.entries.get(model, ())) for model in RECORD}


def check_only(folder: Path, progress: Silence | None = None) -> Loaded:
    """Validate the record in `folder` and say what it holds."""
    began = time.monotonic()
    version = record_version(folder)
    with _nothing_collected():
        fixtures = check(folder, progress)
        found = _found(fixtures, version)
    return replace(found, seconds=time.monotonic() - began)


def load(folder: Path, progress: Silence | None = None) -> Loaded:
    """Validate the record in `folder`, then put it in place of the one in the database.

    Raises BadFixtures, SchemaOutdated, NotWritable, DatabaseError or OSError; the old record
    then stands as before.
    """
    began = time.monotonic()
    version = record_version(folder)
    on_sqlite = connections[LOAD_ALIAS].vendor == "sqlite"
    if not on_sqlite:
        require_schema(LOAD_ALIAS)
        require_rights(LOAD_ALIAS)
    with _nothing_collected():
        fixtures = check(folder, progress)
        # Told of now: what is written is let go of.
        found = _found(fixtures, version)
    replacing = _new_sqlite_file if on_sqlite else _emptied_tables
    with _left_alone(), replacing() as load_number:
        write_record(LOAD_ALIAS, fixtures, version, load_number, progress)
    return replace(found, load_number=load_number, seconds=time.monotonic() - began)


def _found(fixtures: Fixtures, version: str) -> Loaded:
    """What there is to say of fixtures that were checked, not yet loaded."""
    return Loaded(counts(fixtures), version, None, 0, list(reminders(fixtures)))


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Python's collector rests meanwhile: what is read from fixtures stays and holds no circles."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _left_alone() -> Iterator[None]:
    """Python's collector passes over all that is in memory by now; what is made meanwhile it collects.

    To look through all fixtures again and again takes a fifth of a load's time.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def loaded_version() -> str | None:
    """The version of the record that pages are read from; None where there is none that can be read whole."""
    state = _state(DEFAULT_DB_ALIAS)
    return state.version if state and _is_whole(DEFAULT_DB_ALIAS) else None


def _is_whole(database: str) -> bool:
    """Whether nothing of the SQLite file is garbled, which else only the pages would tell that lie there."""
    connection = connections[database]
    if connection.vendor != "sqlite":
        return True
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            return bool(cursor.fetchall() == [("ok",)])
    except DatabaseError:
        return False


def _state(database: str) -> RecordState | None:
    """What stands in the database; None where there is nothing to read."""
    try:
        return RecordState.objects.using(database).first()
    except DatabaseError:
        return None


def _next_load_number(database: str) -> int:
    """The number of a load that replaces what stands in `database`."""
    state = _state(database)
    return state.load_number + 1 if state else 1


@contextmanager
def _emptied_tables() -> Iterator[int]:
    """PostgreSQL: a transaction in which the tables are empty at first; gives this load's number."""
    with transaction.atomic(using=LOAD_ALIAS):
        with connections[LOAD_ALIAS].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOAD_LOCK])
        load_number = _next_load_number(LOAD_ALIAS)
        delete_record(LOAD_ALIAS)
        yield load_number


@contextmanager
def _new_sqlite_file() -> Iterator[int]:
    """SQLite: a new file with the schema, swapped in when the block succeeds; gives this load's number.

    The alias names the new file, the one that is read lies beside it: the swap is one
    rename within one file system.
    """
    connection = connections[LOAD_ALIAS]
    new = Path(connection.settings_dict["NAME"])
    read = new.with_suffix("")
    new.parent.mkdir(parents=True, exist_ok=True)
    with open(new.with_suffix(".lock"), "a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # What is open may be a file that another load has replaced since.
        connections[DEFAULT_DB_ALIAS].close()
        # Should the file be deleted, the lock still has the number: caches may hold pages of the last one.
        load_number = max(_next_load_number(DEFAULT_DB_ALIAS), _number_in(lock) + 1)
        connections[DEFAULT_DB_ALIAS].close()
        try:
            new.unlink(missing_ok=True)
            with connection.cursor() as cursor:
                # A new file needs no journal on disk: if the load fails, the file goes.
                cursor.execute("PRAGMA journal_mode = MEMORY")
                cursor.execute("PRAGMA synchronous = OFF")
            create_schema(LOAD_ALIAS)
            with transaction.atomic(using=LOAD_ALIAS):
                yield load_number
            connection.close()
            _sync(new)
            new.replace(read)
            _sync(read.parent)
            lock.truncate(0)
            lock.write(f"{load_number}\n")
        finally:
            connection.close()
            new.unlink(missing_ok=True)


def _number_in(lock: TextIO) -> int:
    """The number of the last load, which the lock's file keeps; 0 where it has none."""
    lock.seek(0)
    number = lock.read(20).strip()
    return int(number) if number.isascii() and number.isdigit() else 0


def remove_what_a_killed_load_left() -> None:
    """SQLite: remove the new file of a load that was killed; while another load writes, it is that one's."""
    if connections[LOAD_ALIAS].vendor != "sqlite":
        return
    new = Path(connections[LOAD_ALIAS].settings_dict["NAME"])
    lock = new.with_suffix(".lock")
    if not new.exists():
        return
    # A folder that cannot be written to is none of its concern.
    with suppress(OSError), open(lock, "a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        new.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Have the file or folder at `path` on the disk before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
