"""Rounds in which every subject is asked in turn: what slows the machine slows all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from serving import Site

from benchmark.asks import ENCODINGS, Ask
from benchmark.family import settle, worked
from benchmark.progress import say
from benchmark.subjects import Subjects
from benchmark.wrk import Figures, NotMeasured, ask, medians


def offered(site: Site) -> list[str]:
    """The encodings that the site gives a page in, plain first."""
    return [
        encoding
        for encoding in ENCODINGS
        if site.get("/", **{"Accept-Encoding": encoding}).headers.get("Content-Encoding", "identity")
        == encoding
    ]


def headers_of(one: Ask, server: Site) -> dict[str, str]:
    """What wrk sends: the encoding, and the tag of the copy where the reader has one."""
    headers = {} if one.encoding == "identity" else {"Accept-Encoding": one.encoding}
    if one.known:
        tag = server.get(one.path, **{"Accept-Encoding": one.encoding}).headers["ETag"]
        headers["If-None-Match"] = tag
    return headers


def refusal(one: Ask, server: Site) -> str | None:
    """Why this cannot be measured, if so: another status or encoding than what the table says."""
    answer = server.get(one.path, **{"Accept-Encoding": one.encoding, **headers_of(one, server)})
    status = 304 if one.known else 200
    if answer.status != status:
        return f"answers {answer.status}, not {status}"
    encoding = answer.headers.get("Content-Encoding", "identity")
    if not one.known and encoding != one.encoding:
        return f"answers in {encoding}"
    return None


def refused(subjects: Subjects, asks: Iterable[Ask]) -> dict[Ask, str]:
    """Which of these cannot be measured, and why."""
    reasons = {one: refusal(one, subjects[one.subject]) for one in asks}
    return {one: reason for one, reason in reasons.items() if reason is not None}


def measured(subjects: Subjects, asks: Sequence[Ask], *, rounds: int, seconds: int) -> Mapping[Ask, Figures]:
    """The median round of each, wrk asking for that many seconds in each round."""
    headers = {one: headers_of(one, subjects[one.subject]) for one in asks}
    figures: dict[Ask, list[Figures]] = {one: [] for one in asks}
    for number in range(rounds):
        for position, one in enumerate(asks):
            say(f"Round {number + 1} of {rounds}, {position + 1} of {len(asks)}: {one}")
            figures[one].append(_ask(one, subjects[one.subject], headers[one], seconds * one.patience))
    return {one: medians(each) for one, each in figures.items()}


def _ask(one: Ask, server: Site, headers: dict[str, str], seconds: int) -> Figures:
    """One subject for some seconds; what readers who left had asked for ends before the next is asked."""
    address = f"http://127.0.0.1:{server.port}{one.path}"
    before = worked(server.process.pid)
    try:
        figures = ask(address, headers, readers=one.readers, seconds=seconds)
    except NotMeasured as error:
        raise NotMeasured(f"{one}: {error}") from error
    finally:
        settle(server.process.pid)
    # Each reader leaves while one more answer is made.
    cost = (worked(server.process.pid) - before) / (figures.answers + one.readers)
    return replace(figures, cost=cost)
