"""Which server, and with how many threads: pages that are kept, alone and beside searches that are not."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from statistics import median

from serving import Site

from benchmark.asks import MANY, search
from benchmark.family import settle
from benchmark.progress import say
from benchmark.subjects import SITE, NotPrepared, Subjects
from benchmark.table import Row, written_number
from benchmark.wrk import Figures, ask, command, medians, parse

SERVERS = ("wsgi:1", "wsgi:2", "wsgi:4", "wsgi:8", "rsgi:asyncio", "rsgi:uvloop")
"""The kind, and its threads or its event loop."""
ADAPTER = "benchmark.rsgi:application"
HIT = "/"
MISS = search("ganja")
HIT_HEADERS = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True)
class Mixture:
    """Readers who search while others read pages that are kept."""

    what: str
    searching: int
    pause: int = 0
    """Milliseconds between an answer and the next search."""
    reading: int = MANY
    """Readers of the page that is kept."""


MIXTURES = (
    Mixture("alone", 0),
    Mixture("beside a search every 0.1 s", 1, 100),
    Mixture("beside one who searches without pause", 1),
    Mixture("beside four who search without pause", 4),
    Mixture("searches alone", MANY, reading=0),
)


def start(subjects: Subjects, kinds: Sequence[str]) -> None:
    """The site by each kind of server, with all else as `serve` has it."""
    for kind in kinds:
        interface, _, detail = kind.partition(":")
        if interface == "wsgi" and detail.isdigit():
            subjects.start_like_the_site(kind, SITE, interface="wsgi", blocking_threads=detail)
        elif interface == "rsgi" and detail in {"asyncio", "uvloop"}:
            if find_spec(detail) is None:
                raise NotPrepared("Not found: uvloop. Install it with: pip install --editable '.[benchmark]'")
            options = {"interface": "rsgi", "loop": detail, "blocking_threads": None}
            subjects.start_like_the_site(kind, ADAPTER, **options)
        else:
            raise NotPrepared(f"--servers {kind} is no kind; there are {', '.join(SERVERS)}, and wsgi:3.")


def server_rows(subjects: Subjects, kinds: Sequence[str], *, rounds: int, seconds: int) -> list[Row]:
    """A line for each kind and mixture: the hits' figures, how many searches were answered beside them."""
    kinds = kinds or SERVERS
    start(subjects, kinds)
    for kind in kinds:
        # What is measured is the page kept, and a search by a process that has searched before.
        for path in (HIT, MISS):
            subjects[kind].get(path, **HIT_HEADERS)
    measured: dict[tuple[Mixture, str], list[tuple[Figures, float]]] = {}
    for number in range(rounds):
        for mixture in MIXTURES:
            for kind in kinds:
                say(f"Round {number + 1} of {rounds}: {kind} {mixture.what}")
                figures = mixed(subjects[kind], mixture, seconds)
                measured.setdefault((mixture, kind), []).append(figures)
    return [row(kind, mixture, figures) for (mixture, kind), figures in measured.items()]


def mixed(server: Site, mixture: Mixture, seconds: int) -> tuple[Figures, float]:
    """The figures of the hits, and how many searches a second were answered beside them."""
    address = f"http://127.0.0.1:{server.port}"
    if not mixture.reading:
        figures = ask(address + MISS, {}, readers=mixture.searching, seconds=seconds * 2)
        settle(server.process.pid)
        return figures, figures.rate
    searching = None
    if mixture.searching:
        # A second longer than the hits, so that none of them is alone.
        asking = command(
            address + MISS, {}, readers=mixture.searching, seconds=seconds + 1, pause=mixture.pause
        )
        searching = subprocess.Popen(asking, stdout=subprocess.PIPE, text=True)
    try:
        hits = ask(address + HIT, HIT_HEADERS, readers=mixture.reading, seconds=seconds)
        searches = parse(searching.communicate()[0]).rate if searching else 0.0
    finally:
        if searching:
            searching.kill()
            searching.wait()
        settle(server.process.pid)
    return hits, searches


def row(kind: str, mixture: Mixture, rounds: Sequence[tuple[Figures, float]]) -> Row:
    """The median round."""
    figures = medians([each for each, _ in rounds])
    rate = f"{written_number(figures.rate)}/s"
    if not mixture.reading:
        return Row(f"{kind}, {mixture.what}", rate, figures.half, figures.almost_all)
    searches = median(each for _, each in rounds)
    beside = "searches" if mixture.searching else ""
    its = f"{written_number(searches)}/s" if mixture.searching else ""
    return Row(f"{kind}, warm `{HIT}` {mixture.what}", rate, figures.half, figures.almost_all, beside, its)
