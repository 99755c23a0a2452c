"""How far a long command has come, in one line on a terminal; nothing where nobody watches."""

from __future__ import annotations

import shutil
import sys
import time
from typing import TextIO

WIDTH = 24
"""How many signs the bar itself is wide."""
SECONDS_BETWEEN = 0.1
"""A terminal is told no oftener: to draw costs more than to count."""


class Silence:
    """The progress of what nobody watches: it is told, and tells nobody."""

    def stage(self, name: str, whole: int) -> None:
        """Something of that name begins, of `whole` steps."""

    def step(self, number: int = 1) -> None:
        """So many more of them are done."""

    def close(self) -> None:
        """All is done, or has failed: what is printed next has the line for itself."""


class Bar(Silence):
    """A line on `stream`, drawn anew as it grows: “Reading   ███████░░░░░  58 %”."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._name = ""
        self._whole = self._done = 0
        self._drawn_at = 0.0

    def stage(self, name: str, whole: int) -> None:
        self._name, self._whole, self._done = name, whole, 0
        self._draw()

    def step(self, number: int = 1) -> None:
        self._done += number
        if time.monotonic() - self._drawn_at >= SECONDS_BETWEEN:
            self._draw()

    def close(self) -> None:
        self._write("")

    def _draw(self) -> None:
        self._drawn_at = time.monotonic()
        share = min(self._done / self._whole, 1.0) if self._whole else 1.0
        filled = int(share * WIDTH)
        self._write(f"{self._name:<10} {'█' * filled}{'░' * (WIDTH - filled)} {int(share * 100):>3} %")

    def _write(self, line: str) -> None:
        # A line that wraps could not be taken back; “\033[K” clears what a longer one left.
        columns = shutil.get_terminal_size().columns
        self._stream.write(f"\r{line[: columns - 1]}\033[K")
        self._stream.flush()


def progress_on(stream: TextIO = sys.stderr) -> Silence:
    """A bar where `stream` is a terminal, silence elsewhere."""
    return Bar(stream) if stream.isatty() else Silence()
