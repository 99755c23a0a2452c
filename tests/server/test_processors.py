"""How many processes `serve` starts unless told: as many as there are processors that it may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from capitals.management.processors import processors


@pytest.fixture(autouse=True)
def _allowed_eight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: set(range(8)), raising=False)


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{text}\n")


def test_without_control_groups_it_is_what_the_affinity_allows(tmp_path: Path) -> None:
    assert processors(tmp_path / "groups", tmp_path / "own") == 8


@pytest.mark.parametrize(
    ("quota", "expected"),
    [
        ("max 100000", 8),
        ("200000 100000", 2),
        ("150000 100000", 2),
        ("10000 100000", 1),
        ("9000000 100000", 8),
    ],
)
def test_a_quota_of_version_2_counts_and_a_part_of_a_processor_as_one(
    quota: str, expected: int, tmp_path: Path
) -> None:
    write(tmp_path / "own", "0::/service")
    write(tmp_path / "groups" / "service" / "cpu.max", quota)

    assert processors(tmp_path / "groups", tmp_path / "own") == expected


def test_the_quota_of_a_group_above_counts_too(tmp_path: Path) -> None:
    write(tmp_path / "own", "0::/slice/service")
    write(tmp_path / "groups" / "slice" / "cpu.max", "300000 100000")
    write(tmp_path / "groups" / "slice" / "service" / "cpu.max", "max 100000")

    assert processors(tmp_path / "groups", tmp_path / "own") == 3


def test_in_a_container_the_root_s_quota_counts_whatever_the_group_is_called_outside(tmp_path: Path) -> None:
    write(tmp_path / "own", "0::/docker/0123abcd")
    write(tmp_path / "groups" / "cpu.max", "200000 100000")

    assert processors(tmp_path / "groups", tmp_path / "own") == 2


@pytest.mark.parametrize(("quota", "expected"), [("-1", 8), ("400000", 4)])
def test_a_quota_of_version_1_counts(quota: str, expected: int, tmp_path: Path) -> None:
    write(tmp_path / "own", "5:memory:/a\n4:cpu,cpuacct:/a\n3:cpuset:/a")
    for name, text in (("cpu.cfs_quota_us", quota), ("cpu.cfs_period_us", "100000")):
        write(tmp_path / "groups" / "cpu" / "a" / name, text)

    assert processors(tmp_path / "groups", tmp_path / "own") == expected


def test_a_name_with_a_colon_is_read_whole(tmp_path: Path) -> None:
    write(tmp_path / "own", "0::/user.slice/app:site")
    write(tmp_path / "groups" / "user.slice" / "app:site" / "cpu.max", "100000 100000")

    assert processors(tmp_path / "groups", tmp_path / "own") == 1
