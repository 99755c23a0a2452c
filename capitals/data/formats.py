"""The public forms as JSON and CSV, row by row: a long list takes no more memory than a short one."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from capitals.data.fields import SEPARATOR, Column, Value
from capitals.data.ourselves import LICENCE_ADDRESS, NAME_IN_ENGLISH

BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheet programs take a file without it for one in the alphabet of the computer."""
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet program would take a text for a formula, and run it."""

Row = dict[str, Value]


@dataclass(frozen=True)
class Origin:
    """From which record data comes, and of which page it is."""

    version: str
    edition: str
    """The day of the newest edition; empty where none is listed."""
    source: str
    """The address of the page that shows the same."""

    def told(self) -> dict[str, Value]:
        return {
            "version": self.version,
            "edition": self.edition or None,
            "licence": LICENCE_ADDRESS,
            "attribution": NAME_IN_ENGLISH,
            "source": self.source,
        }


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def json_list(rows: Iterable[Row], count: int, origin: Origin) -> Iterator[str]:
    """The document of a list: where it comes from, how many there are, then a line for each."""
    yield as_json({"count": count, **origin.told()})[:-1] + ',"results":['
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + as_json(row)
    yield "\n]}\n"


def json_record(row: Row, origin: Origin) -> str:
    """The document of one record."""
    return as_json({**origin.told(), "result": row}) + "\n"


def csv_list(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[str]:
    """A table: a header, then a row for each record; parts of a record stand together in one cell.

    A text that a spreadsheet program would take for a formula has an apostrophe before it.
    """
    written = io.StringIO()
    writer = csv.writer(written)
    written.write(BYTE_ORDER_MARK)
    writer.writerow(column.name for column in columns)
    for row in rows:
        writer.writerow(cell(column, row[column.name]) for column in columns)
        yield written.getvalue()
        written.seek(0)
        written.truncate()
    yield written.getvalue()


def cell(column: Column, value: Value) -> str | int | float:
    """What stands in one cell of CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    parts = map(column.form.cell, value) if column.form and isinstance(value, list) else [str(value)]
    text = SEPARATOR.join(parts)
    return f"'{text}" if text.startswith(FORMULA_BEGINS) else text
