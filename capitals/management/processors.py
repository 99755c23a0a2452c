"""How many processors this process may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from math import ceil
from pathlib import Path


def processors(groups: Path = Path("/sys/fs/cgroup"), own: Path = Path("/proc/self/cgroup")) -> int:
    """How many processors this process may use: by its affinity, and by the quotas of its control groups.

    Of a machine with 64 a container may have two; a process for each of the 64 would only
    take memory. A quota of one and a half counts as two: one process would leave a half idle.
    `groups` and `own` are where Linux tells of control groups (cgroups(7)); elsewhere there
    are none.
    """
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min([allowed, *map(ceil, _quotas(groups, own))]))


def _quotas(groups: Path, own: Path) -> Iterator[float]:
    """The quotas, in processors, of this process's control groups and of those that they lie in."""
    for line in _read(own).splitlines():
        _number, controllers, place = line.split(":", 2)
        if controllers and "cpu" not in controllers.split(","):
            continue
        root = groups / "cpu" if controllers else groups
        group = root / place.lstrip("/")
        # In a container the name may be one outside of it; then the root is what holds.
        for folder in [group, *(above for above in group.parents if above.is_relative_to(root))]:
            quota, _, period = _read(folder / "cpu.max").partition(" ")
            if controllers:
                quota, period = _read(folder / "cpu.cfs_quota_us"), _read(folder / "cpu.cfs_period_us")
            if quota.isdigit() and period.isdigit():
                yield int(quota) / int(period)


def _read(file: Path) -> str:
    """What the file says; nothing where there is none."""
    try:
        return file.read_text().strip()
    except OSError:
        return ""
