"""The eight-word runs of the two founding articles, kept as hashes: the articles are not ours to copy.

`python tests/seed_runs.py ARTICLE ...` prints the hashes; they stand in `seed_runs.txt`.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

LENGTH = 8
HASHES = Path(__file__).with_name("seed_runs.txt")
SMALL_WORDS = {"a", "and", "at", "by", "for", "in", "of", "on", "the", "to", "with", "s"}


def runs(text: str) -> Iterator[list[str]]:
    """Every run of eight words in `text`, punctuation and line breaks aside."""
    words = re.findall(r"\w+", text)
    for start in range(len(words) - LENGTH + 1):
        yield words[start : start + LENGTH]


def hashed(run: list[str]) -> str:
    """A run whatever its case, as sixteen hexadecimal digits."""
    return hashlib.sha256(" ".join(run).lower().encode()).hexdigest()[:16]


def is_name(run: list[str]) -> bool:
    """Whether the run is all capitalised words, numbers and the small words between them."""
    return all(not word.islower() or word in SMALL_WORDS for word in run)


if __name__ == "__main__":
    found = {hashed(run) for path in sys.argv[1:] for run in runs(Path(path).read_text(encoding="utf-8"))}
    print("\n".join(sorted(found)))
