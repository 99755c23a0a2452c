"""Besiege the site, and print what it bore: `python tests/siege`, from anywhere."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Python finds the package itself, the helpers of the tests that it uses, and the site.
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heritage.settings")

import django  # noqa: E402

django.setup()

from siege.command import main  # noqa: E402

if __name__ == "__main__":
    # What was started ends with us, whoever ends us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
