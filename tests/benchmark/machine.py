"""On what was measured."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

from processes import ROOT

from benchmark.mirror import nginx


def processor() -> str:
    """The processor's name, as Linux tells it."""
    found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()


def printed(*command: str) -> str:
    """What the command says of itself, on either stream; nothing where it fails."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def versions() -> dict[str, str]:
    """Of the programs that were measured or did it."""
    found = {"Python": platform.python_version()}
    found |= {name: version(name.lower()) for name in ("Django", "granian", "Datasette")}
    if program := nginx():
        found["nginx"] = printed(program, "-v").strip().rpartition("/")[2]
    found["wrk"] = printed("wrk", "-v").split()[1].removeprefix("debian/")
    return found


def commit() -> str:
    """What was measured; with what is not committed named."""
    name = printed("git", "rev-parse", "--short=10", "HEAD").strip()
    changed = printed("git", "status", "--porcelain", "--untracked-files=no").strip()
    return f"{name} with changes" if changed else name


def described() -> str:
    """The machine, the versions and the commit, in one sentence."""
    programs = ", ".join(f"{name} {number}" for name, number in versions().items())
    cores = os.cpu_count()
    return f"{processor()}, {cores} processors, {platform.system()}; {programs}; commit {commit()}."
