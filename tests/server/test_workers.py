"""Processes that serve: one that is killed is replaced, one that is to end finishes what it has begun."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from conftest import Fill
from processes import ROOT
from serving import PATIENCE, Site, serving

pytestmark = pytest.mark.once

IN_FLIGHT = 24
"""Fewer than may wait: the others would be refused."""


def workers(site: Site) -> set[int]:
    """The processes of the server that serve."""
    tasks = Path(f"/proc/{site.process.pid}/task")
    children = {int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()}
    return {child for child in children if b"resource_tracker" not in command_of(child)}


def command_of(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except FileNotFoundError:
        return b""


def until(condition: Callable[[], bool]) -> None:
    """Wait until it is true."""
    give_up = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def test_a_worker_that_is_killed_is_replaced_and_every_line_is_for_programs(
    database_url: str, fill: Fill, tmp_path: Path
) -> None:
    fill(ROOT / "fixtures")
    with serving(database_url, tmp_path, "--workers", "2", ACCESS_LOG="1", LOG_FORMAT="json") as site:
        before = workers(site)
        site.get("/cities/ganja/", **{"X-Request-ID": "made-up-by-a-reader"})
        os.kill(min(before), signal.SIGKILL)

        until(lambda: len(workers(site)) == 2 and workers(site) != before)

        assert site.get("/cities/ganja/").status == 200
        _greeting, *lines = site.printed.splitlines()
        told = [json.loads(line) for line in lines]
    asked = [line for line in told if line.get("target") == "/cities/ganja/"]
    assert [line["status"] for line in asked] == [200, 200]
    assert "made-up-by-a-reader" not in {line["request_id"] for line in asked}
    assert [line["message"] for line in told if "message" in line] == ["Unexpected exit from worker-1"]


def test_requests_in_flight_are_answered_before_the_server_ends(
    database_url: str, fill: Fill, tmp_path: Path
) -> None:
    fill(ROOT / "fixtures")
    with serving(database_url, tmp_path, "--workers", "1") as site:
        with ExitStack() as opened:
            asked = [opened.enter_context(closing(site.connection())) for _ in range(IN_FLIGHT)]
            for number, connection in enumerate(asked):
                # None is kept, and each takes tens of milliseconds.
                connection.request("GET", f"/search/?q=capital+20{number + 10}")
            first = asked[0].getresponse()
            bodies = [first.read()]

            site.process.send_signal(signal.SIGTERM)
            answers = [first, *(connection.getresponse() for connection in asked[1:])]
            bodies += [answer.read() for answer in answers[1:]]

        assert [answer.status for answer in answers] == [200] * IN_FLIGHT
        assert all(b"</html>" in body for body in bodies)
        assert site.process.wait(PATIENCE) in {0, -signal.SIGTERM}
