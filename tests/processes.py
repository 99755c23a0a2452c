"""Run Python in a process of its own: settings are read once, and a command ends its process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run(
    command: Sequence[str], environment: Mapping[str, str], *, cwd: Path = ROOT, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run the command in the site's folder; gives what it printed."""
    return subprocess.run(
        command,
        # A load writes where pages read, unless a test says otherwise.
        env={**os.environ, "LOAD_DATABASE_URL": "", **environment},
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def python(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """`python ARGUMENTS` with these variables; gives what it printed."""
    return run([sys.executable, *arguments], environment, stdin=stdin)


def printed(*arguments: str, stdin: str = "", **environment: str) -> str:
    """What `python ARGUMENTS` prints; it must end well."""
    done = python(*arguments, stdin=stdin, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout
