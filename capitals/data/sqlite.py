"""The dataset as a SQLite file, ready to be asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from capitals.data.fields import Column, Type
from capitals.data.tables import Table

TYPES: dict[Type, str] = {"integer": "INTEGER", "number": "REAL", "yes or no": "INTEGER"}


def quoted(name: str) -> str:
    """The name of a table or column, as SQL takes it."""
    return f'"{name}"'


def _column(column: Column) -> str:
    told = [quoted(column.name), TYPES.get(column.type, "TEXT")]
    if column.name == "key" and not column.table:
        told.append("PRIMARY KEY")
    if column.required:
        told.append("NOT NULL")
    if column.table:
        told.append(f"REFERENCES {quoted(column.table.replace('-', '_'))} ({quoted('key')})")
    return " ".join(told)


def sqlite_file(tables: Iterable[Table]) -> bytes:
    """The bytes of a SQLite file with these tables; the same for the same tables and SQLite."""
    connection = sqlite3.connect(":memory:")
    try:
        for table in tables:
            columns = ", ".join(map(_column, table.columns))
            connection.execute(f"CREATE TABLE {quoted(table.name)} ({columns})")
            names = [column.name for column in table.columns]
            places = ", ".join("?" * len(names))
            connection.executemany(
                f"INSERT INTO {quoted(table.name)} VALUES ({places})",  # noqa: S608 - names of our own
                ([row[name] for name in names] for row in table.rows),
            )
            for column in table.columns:
                if column.table:
                    index = quoted(f"{table.name}_{column.name}")
                    place = f"{quoted(table.name)} ({quoted(column.name)})"
                    connection.execute(f"CREATE INDEX {index} ON {place}")
        connection.commit()
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()
