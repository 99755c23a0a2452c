"""One run: what is started for it, what is measured, in which order the table has it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from statistics import median

from benchmark.asks import FEW, MANY, Ask, Line, asks_of, cold_lines, hundredfold_lines, warm_lines
from benchmark.mirror import mirrored, start_nginx
from benchmark.progress import say
from benchmark.rounds import measured, offered, refused
from benchmark.servers import server_rows
from benchmark.subjects import Subjects, timed_start
from benchmark.table import Row, as_markdown, as_text, row_of
from benchmark.visits import memory_after, middle, paths, style_sheet

STARTS = 3
"""How often the site is started to time it."""
SECONDS_TO_START = 2
MEGABYTES = 150
SOME_PAGES = 2000
"""How many pages of a hundredfold record are visited: all would take hours."""


class Run:
    """What the options ask for."""

    def __init__(self, options: argparse.Namespace, subjects: Subjects) -> None:
        self.options = options
        self.subjects = subjects
        self.notes: list[str] = []

    def table(self) -> str:
        """Measure; gives the table as the options want it written."""
        self.subjects.prepare()
        rows = self.servers() if self.options.servers is not None else self.everything()
        return as_markdown(rows) if self.options.markdown else as_text(rows)

    def described(self) -> str:
        """How it was measured."""
        rounds, seconds = self.options.rounds, self.options.seconds
        counted = "Processor time of the server for one answer. " if self.options.processor else ""
        return (
            f"{counted}Medians of {rounds} interleaved rounds: `wrk -t1 -c{MANY} -d{seconds}`, "
            f"`-c{FEW} -d{seconds * 2}` for what is rendered anew, `-c1 -d{seconds * 2}` at the large record."
        )

    def wants(self, what: str) -> bool:
        """Whether this line belongs to those that are asked for."""
        return self.options.only is None or self.options.only in what

    def servers(self) -> list[Row]:
        """The server's own choice: kinds and numbers of threads, hits beside misses."""
        self.subjects.start_site("site")
        return server_rows(
            self.subjects, self.options.servers, rounds=self.options.rounds, seconds=self.options.seconds
        )

    def everything(self) -> list[Row]:
        """Start-up and memory by themselves, then the rounds."""
        rows = self.start_up()
        self.subjects.start_site("site")
        rows += [*self.memory(), *self.memory_of_a_hundredfold_record()]
        lines = self.lines()
        self.start(asks_of(lines))
        lines = self.that_can_be_measured(lines)
        figures = measured(
            self.subjects, asks_of(lines), rounds=self.options.rounds, seconds=self.options.seconds
        )
        return [*(row_of(line, figures, by_processor=self.options.processor) for line in lines), *rows]

    def start_up(self) -> list[Row]:
        """From the command to the first answer."""
        what = "from `serve` to the first page, record loaded"
        if not self.wants(what):
            return []
        seconds = []
        for number in range(STARTS):
            say(f"Starting the site to time it: {number + 1} of {STARTS}")
            with timed_start(self.subjects.record, self.subjects.room(f"start {number}")) as taken:
                seconds.append(taken)
        taken, wanted = median(seconds), f"under {SECONDS_TO_START} s"
        return [Row(what, f"{taken:.1f} s", wanted=wanted, holds=taken < SECONDS_TO_START)]

    def memory(self) -> list[Row]:
        """Of the worker, when it has made and kept every page."""
        what, wanted = "memory of the worker, every page visited", f"under {MEGABYTES} MB"
        if not self.wants(what):
            return []
        site = self.subjects["site"]
        megabytes = memory_after(site, paths(site), offered(site))
        return [Row(what, f"{megabytes:.0f} MB", wanted=wanted, holds=megabytes < MEGABYTES)]

    def memory_of_a_hundredfold_record(self) -> list[Row]:
        """The same with as many pages of the large record as minutes allow."""
        what = "hundredfold: memory of the worker"
        if not self.is_hundredfold or not self.wants(what):
            return []
        with self.subjects.hundredfold(self.options.factor, self.options.record) as site:
            every = paths(site)
            some = every[:: max(1, len(every) // SOME_PAGES)]
            megabytes = memory_after(site, some, offered(site))
        return [Row(f"{what}, {len(some):,} of {len(every):,} pages visited", f"{megabytes:.0f} MB")]

    @property
    def is_hundredfold(self) -> bool:
        """Whether a large record is asked for."""
        return bool(self.options.factor or self.options.record)

    def lines(self) -> list[Line]:
        """The lines that the options ask for."""
        lines = warm_lines(offered(self.subjects["site"]), style_sheet(self.subjects["site"]))
        lines += cold_lines(base=bool(self.options.base))
        if self.is_hundredfold and (self.options.only is None or "hundredfold" in self.options.only):
            lines += self.lines_of_a_hundredfold_record()
        return [line for line in lines if self.wants(line.what)]

    def lines_of_a_hundredfold_record(self) -> list[Line]:
        """Those of the large record, with a city and a country of its own. Starts its site."""
        site = self.subjects.stack.enter_context(
            self.subjects.hundredfold(self.options.factor, self.options.record, keeping="0")
        )
        self.subjects.servers["hundredfold"] = site
        pages = paths(site)
        return hundredfold_lines(middle(pages, "cities"), middle(pages, "countries"))

    def start(self, asks: Sequence[Ask]) -> None:
        """Start whom these ask; the site runs."""
        subjects, needed = self.subjects, {ask.subject for ask in asks}
        if "cold" in needed:
            subjects.start_site("cold", keeping="0")
        if "base" in needed:
            subjects.start_base(self.options.base)
        if "datasette" in needed:
            subjects.start_datasette()
        if "empty view" in needed:
            subjects.start_like_the_site("empty view", "benchmark.empty_view:application")
        if "nginx" in needed:
            start_nginx(subjects, asks)
        if "granian's files" in needed:
            subjects.start_granians_files()

    def that_can_be_measured(self, lines: list[Line]) -> list[Line]:
        """The lines whose answers are what the table says they are; of the others a note says why not."""
        reasons = refused(self.subjects, asks_of(lines))
        for ask in asks_of(lines):
            if ask.subject == "nginx" and not ask.known and not mirrored(self.subjects, ask):
                reasons[ask] = "gives other bytes than the site"
        self.notes += [f"{ask} {reason}." for ask, reason in reasons.items()]
        return [line for line in lines if not {line.ours, line.beside} & set(reasons)]
