"""What is being done, on stderr: the table alone goes to stdout."""

from __future__ import annotations

import sys


def say(text: str) -> None:
    """A line of its own, or on a terminal the line that stands."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text}")
    else:
        sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def end() -> None:
    """Leave the line, so that the table begins on its own."""
    if sys.stderr.isatty():
        sys.stderr.write("\n")
