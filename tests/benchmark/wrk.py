"""wrk, which asks one address as often as it can, and what it reports."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
PATIENCE = 30
"""Seconds that an answer may take before wrk counts it as none."""
PACED = Path(__file__).parent / "paced.lua"


class NotMeasured(Exception):
    """wrk met answers that are none of what was asked."""


@dataclass(frozen=True)
class Figures:
    """Answers a second, and the milliseconds within which half of them and 99 of 100 came."""

    rate: float
    half: float
    almost_all: float
    answers: int = 0
    cost: float = 0
    """Milliseconds of the processors' time that one answer took the server."""


def parse(report: str) -> Figures:
    """The figures in what `wrk --latency` prints; raises NotMeasured for errors among the answers."""
    wrong = re.search(r"^ *(Non-2xx or 3xx responses|Socket errors): (.+)$", report, re.MULTILINE)
    if wrong:
        raise NotMeasured(f"{wrong[1]}: {wrong[2]}")
    rate = re.search(r"^Requests/sec: +([0-9.]+)$", report, re.MULTILINE)
    if not rate:
        raise NotMeasured(f"wrk reports no rate:\n{report}")
    answers = re.search(r"^ +([0-9]+) requests in ", report, re.MULTILINE)
    counted = int(answers[1]) if answers else 0
    return Figures(float(rate[1]), _within(report, 50), _within(report, 99), counted)


def _within(report: str, percent: int) -> float:
    """Milliseconds within which this share of the answers came."""
    found = re.search(rf"^ +{percent}% +([0-9.]+)(us|ms|s|m) *$", report, re.MULTILINE)
    if not found:
        raise NotMeasured(f"wrk reports no latency for {percent} %:\n{report}")
    return float(found[1]) * MILLISECONDS[found[2]]


def command(
    address: str, headers: dict[str, str], *, readers: int, seconds: int, pause: int | None = None
) -> list[str]:
    """wrk's command line; each reader waits `pause` milliseconds before it asks again."""
    asked = [f"-H{name}: {value}" for name, value in headers.items()]
    options = ["-t1", f"-c{readers}", f"-d{seconds}s", "--latency", f"--timeout={PATIENCE}s", *asked]
    script = [] if pause is None else ["-s", str(PACED)]
    arguments = [] if pause is None else ["--", str(pause)]
    return ["wrk", *options, *script, address, *arguments]


def ask(address: str, headers: dict[str, str], *, readers: int, seconds: int) -> Figures:
    """Ask from that many connections for that many seconds; raises NotMeasured without an answer."""
    asking = command(address, headers, readers=readers, seconds=seconds)
    done = subprocess.run(asking, capture_output=True, text=True, check=True)
    figures = parse(done.stdout)
    if not figures.rate:
        raise NotMeasured(f"no answer within {seconds} s; --seconds gives more time")
    return figures


def medians(rounds: Sequence[Figures]) -> Figures:
    """The median round of each figure."""
    return Figures(
        median(each.rate for each in rounds),
        median(each.half for each in rounds),
        median(each.almost_all for each in rounds),
        int(median(each.answers for each in rounds)),
        median(each.cost for each in rounds),
    )
