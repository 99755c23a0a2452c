"""A made-up record of any size keeps to every rule of the real one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from synthetic import write_synthetic_record

from capitals.models import Designation, Source
from capitals.models.whole import RECORD
from capitals.record.changes import edition_that_is_missing
from capitals.record.loading import check, counts
from capitals.words.languages import RUSSIAN

pytestmark = pytest.mark.once


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*.*")}


@pytest.mark.parametrize(("factor", "seed"), [(0.3, 16), (0.05, 1), (0.2, 2)])
def test_a_made_up_record_of_any_size_is_valid_and_of_all_kinds(
    factor: float, seed: int, tmp_path: Path
) -> None:
    number = write_synthetic_record(tmp_path / "fixtures", factor, seed)

    fixtures = check(tmp_path / "fixtures")

    assert sum(counts(fixtures).values()) == number
    assert [model for model in RECORD if not fixtures.entries[model]] == []
    assert list(edition_that_is_missing(fixtures)) == []


def test_the_same_factor_and_seed_make_the_same_record(tmp_path: Path) -> None:
    for name, seed in (("one", 3), ("again", 3), ("other", 4)):
        write_synthetic_record(tmp_path / name, 0.1, seed)

    assert contents(tmp_path / "one") == contents(tmp_path / "again")
    assert contents(tmp_path / "one") != contents(tmp_path / "other")


def test_a_made_up_record_is_as_the_real_one_is(tmp_path: Path) -> None:
    write_synthetic_record(tmp_path / "fixtures", 1)
    fixtures = check(tmp_path / "fixtures")
    numbers = {str(model._meta.model_name): len(fixtures.entries[model]) for model in RECORD}

    assert (numbers["designation"], numbers["city"], numbers["event"]) == (24, 46, 183)
    assert 650 < numbers["source"] < 1000
    assert len({title.year for _, title in fixtures.of(Designation)}) > 12
    cited = Counter(key for entry in fixtures for key, _line in entry.many.get("sources", ()))
    assert cited.most_common(1)[0][1] > 50 > 3 > sum(cited.values()) / numbers["source"] > 1.5
    assert {source.language for _, source in fixtures.of(Source)} >= {"en", RUSSIAN}
