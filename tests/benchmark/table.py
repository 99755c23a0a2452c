"""The table, as text for a terminal and as Markdown for README."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmark.asks import Ask, Line
from benchmark.wrk import Figures

HEADINGS = ("what", "site", "p50", "p99", "beside", "its", "ratio", "wanted", "")
NUMBERS = {1, 2, 3, 5, 6}
"""Columns that stand to the right."""


@dataclass(frozen=True)
class Row:
    """A line of the table with its figures."""

    what: str
    site: str
    half: float | None = None
    almost_all: float | None = None
    beside: str = ""
    its: str = ""
    ratio: float | None = None
    wanted: str = ""
    holds: bool | None = None

    def cells(self) -> tuple[str, ...]:
        """What stands in each column."""
        verdict = {None: "", True: "holds", False: "MISSED"}[self.holds]
        times = [written_time(time) for time in (self.half, self.almost_all)]
        ratio = "" if self.ratio is None else written_number(self.ratio)
        return (self.what, self.site, *times, self.beside, self.its, ratio, self.wanted, verdict)


def written_number(value: float) -> str:
    """In as many digits as a measurement is good for, thousands apart."""
    if value >= 100:
        return f"{value:,.0f}"
    if value >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"


def written_time(milliseconds: float | None) -> str:
    """Milliseconds, or nothing."""
    return "" if milliseconds is None else f"{written_number(milliseconds)} ms"


def row_of(line: Line, figures: Mapping[Ask, Figures], *, by_processor: bool = False) -> Row:
    """The line with what was measured: answers a second, or what one costs the processor."""
    ours = figures[line.ours]
    theirs = None if line.beside is None else figures[line.beside]
    ratio = None
    if theirs is not None:
        ratio = theirs.cost / ours.cost if by_processor else ours.rate / theirs.rate
    wanted, holds = [], []
    if line.least is not None and ratio is not None:
        wanted.append(f"{line.least:g} or more")
        holds.append(ratio >= line.least)
    if line.within is not None:
        wanted.append(f"p50 {line.within:g} ms or less")
        holds.append(ours.half <= line.within)
    return Row(
        line.what,
        measure(ours, by_processor),
        ours.half,
        ours.almost_all,
        "" if line.beside is None else named(line),
        "" if theirs is None else measure(theirs, by_processor),
        ratio,
        ", ".join(wanted),
        all(holds) if holds else None,
    )


def measure(figures: Figures, by_processor: bool) -> str:
    """What the ratio is made of."""
    return written_time(figures.cost) if by_processor else f"{written_number(figures.rate)}/s"


def named(line: Line) -> str:
    """What the site is held against, in the table's words."""
    assert line.beside is not None
    if line.ours.known and line.beside.subject == line.ours.subject:
        return "the page itself"
    return {"cold": "the record as it is", "base": "the base"}.get(line.beside.subject, line.beside.subject)


def as_text(rows: Sequence[Row]) -> str:
    """Columns of equal width."""
    cells = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in NUMBERS else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    )


def as_markdown(rows: Sequence[Row]) -> str:
    """A table of Markdown."""
    rule = ["---:" if column in NUMBERS else "---" for column in range(len(HEADINGS))]
    lines = [HEADINGS, rule, *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
