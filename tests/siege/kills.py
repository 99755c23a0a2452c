"""Loads that are killed at any moment, under readers."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from minimal import RECORD, SECOND_EDITION, write_fixtures
from processes import ROOT, run
from serving import copy_of_the_site, serving

from siege.readers import Walk, readers

PAGES = ("/cities/lachin/", "/", "/capitals/2025/", "/search/?q=lachin", "/sources/", "/decisions/")


@dataclass(frozen=True)
class Killed:
    """What became of the loads, and what readers were given meanwhile."""

    killed: int
    finished: int
    """Loads that were over before their moment had come."""
    walk: Walk
    left: list[str]
    """What lies beside the SQLite file in the end."""
    failed_afterwards: list[str]
    """What loads said that came after a killed one, were not killed, and failed."""


def kill_loads(database_url: str, folder: Path, rounds: int, seed: int) -> Killed:
    """Kill so many loads of one edition and the other at moments drawn from `seed`; then one is let through.

    Every tenth load is let through too: what was killed must not be in its way.
    """
    draw = random.Random(seed)
    root = copy_of_the_site(folder / "site", RECORD)
    editions = [write_fixtures(folder / name, text) for name, text in (("1", RECORD), ("2", SECOND_EDITION))]
    told = {"DATABASE_URL": database_url, "LOAD_DATABASE_URL": ""}
    killed, failed = 0, []
    with serving(database_url, folder, "--workers", "2", root=root) as site, readers(site, PAGES, 2) as walk:
        took = _seconds(lambda: failed.extend(_whole_load(editions[1], told)))
        for number in range(rounds):
            load = _command(editions[number % 2])
            process = subprocess.Popen(
                load,
                cwd=ROOT,
                env={**os.environ, **told},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            # Starting takes most of the time: rather the end, in which it writes.
            time.sleep(draw.uniform(0.4, 1.1) * took)
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
            if number % 10 == 9:
                failed += _whole_load(editions[number % 2], told)
        failed += _whole_load(editions[0], told)
    file = Path(database_url.removeprefix("sqlite:///"))
    left = sorted(path.name for path in file.parent.glob(f"{file.name}*")) if file.is_absolute() else []
    return Killed(killed, rounds - killed, walk, left, failed)


def _command(fixtures: Path) -> Sequence[str]:
    return [sys.executable, "manage.py", "load", "--fixtures", str(fixtures)]


def _whole_load(fixtures: Path, told: dict[str, str]) -> list[str]:
    done = run(_command(fixtures), told)
    return [done.stderr] if done.returncode else []


def _seconds(call: object) -> float:
    began = time.monotonic()
    call()  # type: ignore[operator]
    return time.monotonic() - began
