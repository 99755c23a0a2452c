"""Measure, and print the table: `python tests/benchmark`, from anywhere."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

# Python finds the package itself, and the helpers of the tests that it uses.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmark.command import main

if __name__ == "__main__":
    # What was started ends with us, whoever ends us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
