"""What OpenAPI says of the data is true: of the real record, and whatever is asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import reader
from django.test import Client
from minimal import RECORD
from serving import copy_of_the_site, serving

from capitals.models.whole import TABLES


@pytest.fixture
def described(client: Client, db: None) -> Any:
    """The description of the real record."""
    return json.loads(client.get("/openapi.json").content)


def faults(described: Any, schema: Any, document: Any) -> list[str]:
    """Where the document is not as the schema says."""
    validator = reader("jsonschema_rs").Draft202012Validator
    whole = {**schema, "components": described["components"]}
    return [error.message[:200] for error in validator(whole, validate_formats=True).iter_errors(document)][
        :5
    ]


@pytest.mark.once
def test_every_document_of_the_real_record_is_as_described(described: Any, client: Client) -> None:
    looked = 0
    for path, operations in described["paths"].items():
        media = operations["get"]["responses"]["200"]["content"]
        if "application/json" not in media:
            continue
        examples = {one["name"]: one.get("example") for one in operations["get"]["parameters"]}
        response = client.get(path.format(**examples))
        assert response.status_code == 200, path
        schema = media["application/json"]["schema"]
        assert faults(described, schema, json.loads(response.content)) == [], path
        looked += 1
    assert looked == 2 * len(TABLES) + 2


@pytest.mark.once
def test_a_document_that_is_not_as_described_is_found(described: Any, client: Client) -> None:
    document = json.loads(client.get("/cities.json").content)
    document["results"][0]["latitude"] = "north"
    del document["results"][1]["name"]

    assert len(faults(described, {"$ref": "#/components/schemas/CityList"}, document)) == 2


def test_every_filter_is_described_with_its_values(described: Any) -> None:
    parameters = {
        one["name"]: one["schema"] for one in described["paths"]["/events.json"]["get"]["parameters"]
    }

    assert set(parameters) == {"country", "year", "year_min", "year_max", "kind", "city", "scope", "sort"}
    assert "AZ" in parameters["country"]["anyOf"][0]["enum"]
    assert parameters["sort"]["anyOf"][0]["enum"] == ["oldest", "city", "country"]


@pytest.mark.once
def test_schemathesis_finds_nothing_with_all_its_checks(tmp_path: Path, database_url: str) -> None:
    """Against a running site with the smallest record: what it answers, not how much, is looked at."""
    reader("schemathesis")
    copy = copy_of_the_site(tmp_path / "site", RECORD)
    with serving(database_url, tmp_path, root=copy) as site:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "run"),
                f"http://127.0.0.1:{site.port}/openapi.json",
                *("--checks", "all", "--phases", "examples,coverage,fuzzing", "--max-examples", "3"),
                *("--generation-deterministic", "--workers", "2", "--no-color", "--continue-on-failure"),
            ],
            env={**os.environ, "SCHEMATHESIS_HOOKS": "asking_data", "PYTHONPATH": str(Path(__file__).parent)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "generated" in done.stdout
