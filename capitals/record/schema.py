"""The tables that a load writes to: made in a new SQLite file, required of PostgreSQL."""

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
        raise SchemaOutdated("The database lacks migrations. Run “manage.py migrate” first.")
