"""The tables that a load writes to: made in a new SQLite file, required of PostgreSQL, with rights there."""

from __future__ import annotations

from django.apps import apps
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


class SchemaOutdated(Exception):
    """The database lacks migrations that the record needs."""


class NotWritable(Exception):
    """What LOAD_DATABASE_URL leads to can be read, and not written."""


WHAT_TO_NAME = "LOAD_DATABASE_URL (unless set, DATABASE_URL) must name"
RIGHTS = """
SELECT pg_is_in_recovery(),
       current_setting('transaction_read_only')::boolean,
       coalesce(has_table_privilege(to_regclass('capitals_recordstate'), 'DELETE'),
                has_schema_privilege(current_schema(), 'CREATE'), false),
       current_user,
       pg_get_userbyid(datdba)
FROM pg_database WHERE datname = current_database()
"""


def create_schema(database: str) -> None:
    """Make the tables of the new database `database` (an alias), as `migrate` would leave them.

    Ours come from the models as they are: migrations are for databases that stay. On SQLite
    each column that one adds copies a table, and a load would spend more time on them than
    on the record; what they do to rows is moot where there are none. A test holds both
    schemas equal. Whatever other apps are installed, `migrate` then makes their tables and
    runs what their migrations run.
    """
    connection = connections[database]
    ours = apps.get_app_config("capitals")
    with connection.schema_editor() as editor:
        for model in ours.get_models():
            editor.create_model(model)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in MigrationLoader(connection).graph.nodes:
        if app == ours.label:
            recorder.record_applied(app, name)
    call_command(migrate.Command(), database=database, run_syncdb=True, interactive=False, verbosity=0)


def require_schema(database: str) -> None:
    """Raise SchemaOutdated where the database lacks a migration."""
    executor = MigrationExecutor(connections[database])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise SchemaOutdated(
            "The database lacks migrations. Run “manage.py migrate” first, with LOAD_DATABASE_URL naming "
            "the role that owns the database."
        )


def require_rights(database: str) -> None:
    """Raise NotWritable where the PostgreSQL database `database` (an alias) may only be read.

    Asked beforehand: a load of minutes should not end in what its first second could tell.
    """
    with connections[database].cursor() as cursor:
        cursor.execute(RIGHTS)
        standby, only_reads, may_write, role, owner = cursor.fetchone()
    if standby:
        raise NotWritable(
            f"The database is a standby, which follows its primary: {WHAT_TO_NAME} the primary, or all hosts "
            "and “?target_session_attrs=read-write”, which finds it."
        )
    if not may_write:
        raise NotWritable(
            f"The role {role} may read the record, and not write it: {WHAT_TO_NAME} the role that owns the "
            f"database, {owner}."
        )
    if only_reads:
        raise NotWritable(
            f"Sessions of the role {role} here only read (default_transaction_read_only): {WHAT_TO_NAME} a "
            "role and parameters without that."
        )
