"""The description of all data for programs: OpenAPI 3.1, made of the public forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import override

from capitals.data.fields import Column, Form, Type
from capitals.data.forms import FORMS
from capitals.data.ourselves import LICENCE_ADDRESS, NAME_IN_ENGLISH
from capitals.models.whole import TABLES
from capitals.words.dates import FIRST_YEAR, LAST_YEAR
from capitals.words.languages import ENGLISH

Schema = dict[str, Any]
"""A JSON Schema, or another part of the description."""

KEY = "^[a-z0-9]+(-[a-z0-9]+)*$"
YEAR: Schema = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}

SCHEMAS: dict[Type, Schema] = {
    "text": {"type": "string"},
    "key": {"type": "string", "pattern": KEY},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "yes or no": {"type": "boolean"},
    "partial date": {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    "day": {"type": "string", "format": "date"},
    "address": {"type": "string", "format": "iri"},
}


def column_schema(column: Column) -> Schema:
    """What a column holds, and null where a record may lack it."""
    if column.form is not None:
        schema: Schema = {"type": "array", "items": {"$ref": f"#/components/schemas/{column.form.singular}"}}
    else:
        schema = dict(SCHEMAS[column.type])
        if column.choices:
            schema["enum"] = [value for value, _label in column.choices]
        if not column.required:
            schema["type"] = [schema["type"], "null"]
            if column.choices:
                schema["enum"] = [*schema["enum"], None]
    schema["description"] = str(column.meaning)
    for name, told in (("x-language", column.language), ("x-unit", str(column.unit))):
        if told:
            schema[name] = told
    return schema


def form_schema(form: Form) -> Schema:
    """A record: every key is always there."""
    return {
        "type": "object",
        "description": str(form.meaning),
        "properties": {column.name: column_schema(column) for column in form.columns},
        "required": [column.name for column in form.columns],
        "additionalProperties": False,
    }


def _document(contents: Schema, required: Iterable[str]) -> Schema:
    """What stands around data: where it comes from, and how it may be used."""
    return {
        "type": "object",
        "properties": {
            "version": {"type": "string", "description": "The version of the record."},
            "edition": {
                "type": ["string", "null"],
                "format": "date",
                "description": "The day of its newest edition.",
            },
            "licence": {"type": "string", "const": LICENCE_ADDRESS},
            "attribution": {"type": "string", "const": NAME_IN_ENGLISH},
            "source": {
                "type": "string",
                "format": "iri",
                "description": "The page that shows the same, or that tells of this table.",
            },
            **contents,
        },
        "required": ["version", "edition", "licence", "attribution", "source", *required],
        "additionalProperties": False,
    }


def _list_document(form: Form) -> Schema:
    rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{form.singular}"}}
    return _document({"count": {"type": "integer", "minimum": 0}, "results": rows}, ("count", "results"))


def _record_document(form: Form) -> Schema:
    return _document({"result": {"$ref": f"#/components/schemas/{form.singular}"}}, ("result",))


PROBLEM: Schema = {
    "type": "object",
    "description": "What went wrong, as RFC 9457 has it.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"parameter": {"type": "string"}, "message": {"type": "string"}},
                "required": ["parameter", "message"],
            },
        },
    },
    "required": ["type", "title", "status", "detail"],
}


def _refusal(description: str) -> Schema:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}


def _operation(summary: str, media: str, schema: Schema, parameters: list[Schema]) -> Schema:
    """GET at one address; what may go wrong follows from what can be asked."""
    responses: Schema = {"200": {"description": summary, "content": {media: {"schema": schema}}}}
    responses["400"] = _refusal("A filter is not understood, or there is none of that name.")
    kinds = {parameter["in"] for parameter in parameters}
    if "query" in kinds:
        responses["302"] = {
            "description": "Understood, and written otherwise than here: the way to the list's one address."
        }
    if "path" in kinds:
        responses["301"] = {"description": "The record is found by another key now."}
        responses["404"] = _refusal("There is no such record.")
        responses["410"] = _refusal("There was such a record; it will not come back.")
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def path_parameter(name: str, schema: Schema, example: str | int) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": schema, "example": example}


def query_parameter(name: str, schema: Schema, meaning: str) -> Schema:
    """A filter; an empty one filters nothing."""
    empty = {"type": "string", "const": ""}
    return {
        "name": name,
        "in": "query",
        "description": meaning,
        "allowEmptyValue": True,
        "schema": {"anyOf": [schema, empty]},
    }


TEXT: Schema = {"type": "string"}


def _lists(form: Form, filters: list[Schema]) -> Iterable[tuple[str, Schema]]:
    whole = f"All {form.table.replace('-', ' ')}" + (", or those that the filters leave" if filters else "")
    reference = {"$ref": f"#/components/schemas/{form.singular}List"}
    yield f"/{form.table}.json", _operation(f"{whole}.", "application/json", reference, filters)
    yield f"/{form.table}.csv", _operation(f"{whole}, as a table.", "text/csv", TEXT, filters)


def _records(form: Form, example: str) -> Iterable[tuple[str, Schema]]:
    key = path_parameter("key", {"type": "string", "pattern": KEY}, example)
    reference = {"$ref": f"#/components/schemas/{form.singular}Record"}
    yield f"/{form.table}/{{key}}.json", _operation("One record.", "application/json", reference, [key])


def _years(years: list[int]) -> Iterable[tuple[str, Schema]]:
    year = path_parameter("year", YEAR, years[-1] if years else FIRST_YEAR)
    reference = {"$ref": "#/components/schemas/CapitalList"}
    told = "The titles of a year"
    yield "/capitals/{year}.json", _operation(f"{told}.", "application/json", reference, [year])
    yield "/capitals/{year}.csv", _operation(f"{told}, as a table.", "text/csv", TEXT, [year])


def openapi(
    site: str, filters: Mapping[str, list[Schema]], examples: Mapping[str, str], years: list[int]
) -> Schema:
    """The description of the data at `site`.

    `filters` are the parameters of each table's list, `examples` a key of each table, `years`
    those with a title.
    """
    with override(ENGLISH):
        paths: dict[str, Schema] = {}
        schemas: dict[str, Schema] = {"Problem": PROBLEM}
        for name, form in FORMS.items():
            paths |= _lists(form, filters.get(name, []))
            schemas[form.singular] = form_schema(form)
            schemas[f"{form.singular}List"] = _list_document(form)
            for part in form.parts:
                _add_part(schemas, part.form)
            if name in TABLES:
                paths |= _records(form, examples.get(name, "none"))
                schemas[f"{form.singular}Record"] = _record_document(form)
        paths |= _years(years)
        return {
            "openapi": "3.1.0",
            "info": {
                "title": NAME_IN_ENGLISH,
                "summary": "Cities, titles, decisions, events and centres, each fact with its source.",
                "version": "1.0",
                "license": {"name": "CC BY 4.0", "url": LICENCE_ADDRESS},
            },
            "servers": [{"url": site}],
            "paths": paths,
            "components": {"schemas": schemas},
        }


def _add_part(schemas: dict[str, Schema], form: Form | None) -> None:
    """The schema of a part, and of the parts that it has in turn."""
    if form is not None and form.singular not in schemas:
        schemas[form.singular] = form_schema(form)
        for part in form.parts:
            _add_part(schemas, part.form)
