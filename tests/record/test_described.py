"""What editors are told of the models: the JSON Schema, README's table, the first line of each file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from conftest import Manage
from minimal import RECORD
from processes import ROOT
from test_fixtures import changed

from capitals.record.json_schema import fixtures_schema
from capitals.record.modelines import modeline

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def schema() -> Any:
    return jsonschema_rs.validator_for(fixtures_schema())


def read(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)


def test_schema_and_table_are_as_the_models_have_them(manage: Manage) -> None:
    done = manage("describe", "--check")

    assert done.returncode == 0, done.stderr


def test_the_schema_accepts_every_file_of_the_record(schema: Any) -> None:
    files = sorted((ROOT / "fixtures").rglob("*.yaml"))

    assert len(files) > 30
    for file in files:
        assert [str(one)[:200] for one in schema.iter_errors(read(file.read_text("utf-8")))] == [], file


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("    kind: ceremony", "    kind: party"),
        ("    kind: ceremony\n", ""),
        ("    kind: ceremony", "    kind: ceremony\n    mood: good"),
        ('    date: "2024-10-08"\n    summary', '    date: "8 October 2024"\n    summary'),
        ("    year: 2025", '    year: "2025"'),
        ("    year: 2025", "    year: 1899"),
        ("  pk: lachin-2025-opening", "  pk: Lachin 2025"),
        ("  pk: lachin-2025-opening", f"  pk: {'a' * 101}"),
        ("- model: capitals.body", "- model: capitals.boddy"),
        ("    names: [lachin-2025]", "    names: lachin-2025"),
        ("    role: opening", "    role: begin"),
        (
            "    summary: The year was opened (first edition).",
            "    summary: The year was opened (first edition).\n    titles: [{role: opening}]",
        ),
        (
            "    summary: The year was opened (first edition).",
            "    summary: The year was opened (first edition).\n    speakers: [{name: A, event: lachin}]",
        ),
    ],
)
def test_the_schema_knows_what_the_check_refuses(schema: Any, right: str, wrong: str) -> None:
    assert schema.is_valid(read(RECORD))

    assert not schema.is_valid(read(changed(RECORD, {right: wrong})))


def test_each_file_begins_with_the_line_by_which_editors_find_the_schema() -> None:
    folder = ROOT / "fixtures"
    for file in folder.rglob("*.yaml"):
        first, _, _rest = file.read_text("utf-8").partition("\n")
        assert f"{first}\n" == modeline(file.relative_to(folder)), file
        address = first.partition("$schema=")[2]
        assert json.loads((file.parent / address).read_text("utf-8")) == fixtures_schema()


def test_a_new_file_begins_with_it_too(tmp_path: Path) -> None:
    assert modeline(Path("events/2030.yaml")).endswith("$schema=../../.schema/fixtures.json\n")
