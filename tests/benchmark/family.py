"""A server's processes, as Linux tells of them in /proc: their memory, and whether they work."""

from __future__ import annotations

import os
import time
from pathlib import Path

PROCESSES = Path("/proc")
QUIET = 0.1
"""Seconds of rest by which a server counts as idle."""
IDLE = 10
"""Milliseconds of work in that time which are no answer: the server's own clockwork."""
PATIENCE = 30


def members(session: int) -> list[Path]:
    """The folders in /proc of the processes in this session."""
    found = []
    for folder in PROCESSES.glob("[0-9]*"):
        if _fields(folder)[3:4] == [str(session)]:
            found.append(folder)
    return found


def _fields(folder: Path) -> list[str]:
    """What `stat` tells behind the command's name, from the state on; nothing of one that has ended."""
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def worked(session: int) -> float:
    """Milliseconds for which its processes have used a processor."""
    ticks = sum(int(each) for folder in members(session) for each in _fields(folder)[11:13])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def settle(session: int) -> None:
    """Wait until the server has ended what readers who left had still asked for."""
    give_up = time.monotonic() + PATIENCE
    before = worked(session)
    while time.monotonic() < give_up:
        time.sleep(QUIET)
        now = worked(session)
        if now - before <= IDLE:
            return
        before = now


def memory(session: int) -> float:
    """Megabytes of memory that the largest process holds: the worker, where a server has one."""
    sizes = []
    for folder in members(session):
        lines = (folder / "status").read_text().splitlines()
        sizes += [int(line.split()[1]) for line in lines if line.startswith("VmRSS:")]
    return max(sizes) / 1024
