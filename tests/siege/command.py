"""The command's options, and the table of what the site bore."""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from cluster import cluster
from processes import ROOT
from serving import serving

from siege.clients import hold
from siege.hostile import attack
from siege.kills import kill_loads
from siege.outage import Away, hang_and_die, hosts_die
from siege.readers import Walk

Row = tuple[str, str]
"""What was looked at, and what was found."""


def main(arguments: Sequence[str]) -> int:
    """Besiege the site as the arguments say and print the table; 1 where anything failed."""
    options = parser().parse_args(arguments)
    failed = False
    with tempfile.TemporaryDirectory(prefix="siege-") as folder:
        for name, part in PARTS.items():
            if options.only not in {None, name}:
                continue
            place = Path(folder) / name
            place.mkdir()
            for what, found in part(place, options):
                failed |= what.endswith("failures") and found != "0"
                print(f"{name}: {what}: {found}", flush=True)
    return int(failed)


def parser() -> argparse.ArgumentParser:
    """The options, with what each is for."""
    found = argparse.ArgumentParser(
        prog="python tests/siege",
        description="Kill loads, take the database away, send hostile requests, hold connections. "
        "PostgreSQL's own programs must be installed; it starts what it needs and ends it.",
    )
    found.add_argument("--only", choices=sorted(PARTS), help="one part alone")
    found.add_argument("--kills", type=int, default=100, help="loads that are killed on each database (100)")
    found.add_argument("--requests", type=int, default=100_000, help="hostile requests (100,000)")
    found.add_argument("--clients", type=int, default=1000, help="clients of each kind (1,000)")
    found.add_argument("--seconds", type=float, default=10, help="between the deaths of two hosts (10)")
    found.add_argument("--seed", type=int, default=random.randrange(10**9), help="of all that is drawn")
    return found


def kills(folder: Path, options: argparse.Namespace) -> Iterator[Row]:
    """Loads killed on SQLite and on PostgreSQL, under readers."""
    yield "seed", str(options.seed)
    sqlite = folder / "sqlite"
    sqlite.mkdir()
    with cluster() as servers:
        for kind, url in (("SQLite", f"sqlite:///{sqlite / 'record.sqlite3'}"), ("PostgreSQL", servers.url)):
            place = folder / kind
            place.mkdir()
            found = kill_loads(url, place, options.kills, options.seed)
            yield f"{kind}, loads killed", f"{found.killed}; {found.finished} had ended before their moment"
            yield from _walked(kind, found.walk)
            yield f"{kind}, later loads, failures", str(len(found.failed_afterwards))
            if kind == "SQLite":
                yield f"{kind}, what lies there in the end", ", ".join(found.left)


def outage(folder: Path, options: argparse.Namespace) -> Iterator[Row]:
    """One database hung and killed; of three hosts two killed."""
    hung, dead, printed = hang_and_die(folder)
    yield from _away("hung", hung)
    yield from _away("killed", dead)
    yield "tracebacks, failures", str(printed.count("Traceback"))
    three = folder / "three"
    three.mkdir()
    yield from _walked("three hosts, two killed", hosts_die(three, options.seconds))


def hostile(folder: Path, options: argparse.Namespace) -> Iterator[Row]:
    """Hostile requests, then clients that hold connections, against one server."""
    yield "seed", str(options.seed)
    url = f"sqlite:///{folder / 'record.sqlite3'}"
    with serving(url, folder, "--workers", "2", root=ROOT) as site:
        found = attack(site, options.requests, options.seed)
        yield "requests", f"{found.sent:,}"
        yield "answers by status", ", ".join(f"{one}: {n:,}" for one, n in sorted(found.statuses.items()))
        yield "faults, echoes, requests without an end, failures", str(len(found.wrong))
        for wrong in found.wrong[:10]:
            yield "a failure", wrong
        for seconds, asked in found.slowest:
            yield "slowest", f"{seconds:.3f} s {asked}"
        yield "memory of the workers", f"{found.megabytes_before:.0f} MB, then {found.megabytes_after:.0f} MB"
        for held in hold(site, options.clients):
            told = f"slowest of others {held.slowest:.3f} s, statuses {held.statuses}"
            yield f"{held.connections} clients, {held.what}", f"{told}, {held.megabytes:.0f} MB"
        yield "tracebacks, failures", str(site.printed.count("Traceback"))


PARTS: dict[str, Callable[[Path, argparse.Namespace], Iterator[Row]]] = {
    "kills": kills,
    "outage": outage,
    "hostile": hostile,
}


def _walked(what: str, walk: Walk) -> Iterator[Row]:
    yield f"{what}, pages read", f"{walk.asked:,} of {len(walk.versions)} versions"
    yield f"{what}, pages, failures", str(len(walk.failures) + len(walk.mixed))
    yield (
        f"{what}, slowest page",
        f"{walk.slowest:.3f} s; longest gap between answers {walk.longest_gap:.3f} s",
    )


def _away(what: str, away: Away) -> Iterator[Row]:
    slowest = max(away.answers, key=lambda answer: answer.seconds)
    told = [f"{answer.status}{' stale' if answer.stale else ''}" for answer in away.answers]
    yield f"database {what}, answers", ", ".join(told)
    yield f"database {what}, slowest answer", f"{slowest.seconds:.2f} s ({slowest.path})"
    yield f"database {what}, well again after", f"{away.seconds_to_recover:.2f} s"
