"""The command's options, and what it says where it cannot do what they ask."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

from benchmark.machine import described
from benchmark.mirror import nginx
from benchmark.progress import end
from benchmark.run import Run
from benchmark.servers import SERVERS
from benchmark.subjects import NotPrepared, Subjects
from benchmark.wrk import NotMeasured


def main(arguments: Sequence[str]) -> int:
    """Measure what the arguments say and print the table; gives the exit code."""
    options = parser().parse_args(arguments)
    missing = what_is_missing()
    if missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    # A server that compiles all modules anew starts in twice the time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="benchmark-")))
            run = Run(options, Subjects(folder, stack))
            table = run.table()
    except (NotPrepared, NotMeasured, AssertionError) as error:
        end()
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        end()
        return 130
    end()
    print(f"{table}\n\n{described()} {run.described()}")
    for note in run.notes:
        print(f"Left out: {note}")
    return 0


def parser() -> argparse.ArgumentParser:
    """The options, with what each is for."""
    found = argparse.ArgumentParser(
        prog="python tests/benchmark",
        description="Ask the site, nginx with the same bytes, Datasette and an empty view in turn.",
    )
    found.add_argument("--rounds", type=int, default=5, help="the table shows the median (5)")
    found.add_argument("--seconds", type=int, default=2, help="for which each is asked, in each round (2)")
    found.add_argument("--only", metavar="WORD", help="only lines with this word in them, as “cold”")
    found.add_argument("--base", metavar="COMMIT", help="hold cold pages against those of this commit")
    found.add_argument("--factor", type=int, help="make, load and serve a record so many times as large")
    found.add_argument("--record", type=Path, metavar="FILE", help="one that was loaded before")
    found.add_argument(
        "--servers", nargs="*", metavar="KIND", help=f"instead, hits beside misses: {' '.join(SERVERS)}"
    )
    found.add_argument(
        "--processor",
        action="store_true",
        help="compare what an answer costs the processor instead of answers a second: for a busy machine",
    )
    found.add_argument("--markdown", action="store_true", help="print the table as README has it")
    return found


def what_is_missing() -> str:
    """What to install before anything can be measured, or nothing."""
    programs = [name for name, path in (("nginx", nginx()), ("wrk", shutil.which("wrk"))) if path is None]
    told = []
    if programs:
        told.append(f"Not found: {', '.join(programs)}. On Debian: apt install {' '.join(programs)}")
    if find_spec("datasette") is None:
        told.append("Not found: Datasette. Install it with: pip install --editable '.[benchmark]'")
    return "\n".join(told)
