"""The dataset: every table in CSV and JSON, a SQLite file, and what explains them.

The same record gives the same bytes: nothing asks the clock, and the archive is not compressed,
since libraries differ in how they do it.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import override

from capitals.data.fields import SEPARATOR, Column, Type
from capitals.data.formats import BYTE_ORDER_MARK, Origin, csv_list, json_list
from capitals.data.forms import FORMS
from capitals.data.ourselves import LICENCE_ADDRESS, NAME_IN_ENGLISH, absolute
from capitals.data.sqlite import sqlite_file
from capitals.data.tables import Table, all_rows, file_name, tables_of
from capitals.words.languages import ENGLISH

NAME = "cis-cultural-capitals"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the archive: the first that the format knows."""

TYPES: dict[Type, str] = {
    "text": "string",
    "key": "string",
    "integer": "integer",
    "number": "number",
    "yes or no": "boolean",
    "partial date": "string",
    "day": "date",
    "address": "string",
    "list": "string",
}
"""The types of Table Schema."""

README = Path(__file__).with_name("README.txt")
"""What the dataset says of itself, to be filled in."""


def dataset(origin: Origin) -> dict[str, bytes]:
    """The files of the dataset by name, made of the record that stands in the database."""
    with override(ENGLISH):
        rows = all_rows()
        tables = [table for name, form in FORMS.items() for table in tables_of(form, rows[name])]
        files = {
            "README.txt": _readme(tables, origin).encode(),
            "datapackage.json": _descriptor(tables, origin).encode(),
            "dictionary.csv": dictionary().encode(),
        }
        for name, form in FORMS.items():
            document = json_list(rows[name], len(rows[name]), origin)
            files[f"{file_name(form)}.json"] = "".join(document).encode()
        for table in tables:
            files[f"{table.name}.csv"] = "".join(csv_list(table.columns, table.rows)).encode()
        files["record.sqlite3"] = sqlite_file(tables)
        return files


def archive(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of the files, in one folder."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as made:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"{NAME}/{name}", EARLIEST)
            entry.create_system = 3  # as on Unix, wherever it is made
            entry.external_attr = 0o644 << 16
            made.writestr(entry, content)
    return written.getvalue()


def _readme(tables: Iterable[Table], origin: Origin) -> str:
    listed = "\n".join(f"{table.name:<30} {len(table.rows):>6}  {table.meaning}" for table in tables)
    edition = f"edition of {origin.edition}, " if origin.edition else ""
    return README.read_text(encoding="utf-8").format(
        attribution=NAME_IN_ENGLISH,
        version=f"{edition}version {origin.version}",
        site=absolute("/"),
        licence=LICENCE_ADDRESS,
        separator=SEPARATOR,
        tables=listed,
    )


# What explains the fields


def dictionary() -> str:
    """A table with a row for each field of each table."""
    written = io.StringIO()
    writer = csv.writer(written)
    written.write(BYTE_ORDER_MARK)
    writer.writerow(
        ["table", "field", "type", "meaning", "language", "unit", "values", "refers_to", "always_there"]
    )
    for form in FORMS.values():
        for table in tables_of(form, []):
            writer.writerows(_explained(table.name, column) for column in table.columns)
    return written.getvalue()


def _explained(table: str, column: Column) -> list[str]:
    values = SEPARATOR.join(value for value, _label in column.choices)
    return [
        table,
        column.name,
        column.type,
        str(column.meaning),
        column.language,
        str(column.unit),
        values,
        column.table.replace("-", "_"),
        "true" if column.required else "false",
    ]


def _descriptor(tables: Iterable[Table], origin: Origin) -> str:
    """What programs read first: the Data Package's descriptor (specs.frictionlessdata.io)."""
    described = {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": NAME_IN_ENGLISH,
        "homepage": absolute("/"),
        "version": origin.edition or origin.version,
        "id": origin.version,
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE_ADDRESS, "title": "CC BY 4.0"}],
        "sources": [{"title": "GeoNames (coordinates)", "path": "https://www.geonames.org/"}],
        "resources": [_resource(table) for table in tables],
    }
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.has_key:
        schema["primaryKey"] = ["key"]
    references = [
        {
            "fields": [column.name],
            "reference": {"resource": column.table.replace("-", "_"), "fields": ["key"]},
        }
        for column in table.columns
        if column.table
    ]
    if references:
        schema["foreignKeys"] = references
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": str(table.meaning),
        "path": f"{table.name}.csv",
        "format": "csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.choices:
        constraints["enum"] = [value for value, _label in column.choices]
    told = {
        "name": column.name,
        "type": TYPES[column.type],
        "description": str(column.meaning),
        "constraints": constraints,
    }
    return {name: value for name, value in told.items() if value}
