"""What the door does when too many wait, when an answer does not come, and when the record is lost."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.http import HttpResponse

from capitals.kept import door as doors
from capitals.kept.door import MOST_WHO_WAIT, UNREADABLE, Door
from capitals.words import dates

PAGE, SEARCH, STYLE = "/cities/gyumri/", "/search/", "/static/site.css"


class Watch:
    """A record that may be lost."""

    def __init__(self) -> None:
        self.lost = 0.0

    def record(self) -> str:
        return "one"

    def lost_for(self) -> float:
        return self.lost

    def is_of(self, record: object, version: str | None) -> bool:
        return version is None or version == record


class Answer(HttpResponse):
    """Without the end of Django's requests, which would look at connections of threads that have none."""

    def close(self) -> None:
        """There is nothing to close."""


def application(making: Callable[[], object] = bool) -> Callable[..., HttpResponse]:
    """Answers as the site does: what is of the record not while that is unreadable."""

    def answer(environ: dict[str, Any], _start_response: object) -> HttpResponse:
        path = environ["PATH_INFO"]
        of_the_record = path in {PAGE, SEARCH}
        if of_the_record and environ.get(UNREADABLE):
            return Answer(status=503)
        if of_the_record:
            making()
        response = Answer(b"x" * 100)
        if of_the_record:
            response["Record-Version"] = "one"
        return response

    return answer


def ask(door: Door, path: str) -> tuple[int, dict[str, str]]:
    """Status and headers of the answer."""
    told: list[Any] = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "localhost"}
    b"".join(door(environ, lambda status, headers: told.extend((status, headers))))
    return int(told[0][:3]), dict(told[1])


@pytest.mark.parametrize("path", [PAGE, SEARCH])
def test_whoever_comes_when_many_wait_is_refused_at_once_and_others_get_what_needs_no_making(
    path: str,
) -> None:
    go_on = threading.Event()
    door = Door(application(go_on.wait), Watch(), 1_000_000, makers=1)
    with ThreadPoolExecutor(MOST_WHO_WAIT) as readers:
        waiting = [readers.submit(ask, door, path) for _ in range(MOST_WHO_WAIT)]
        while door._places._value:
            threading.Event().wait(0.001)

        refused, alive = ask(door, path), ask(door, "/healthz")
        go_on.set()
        answered = [one.result()[0] for one in waiting]

    assert refused[0] == 503
    assert alive[0] == 200
    assert answered == [200] * MOST_WHO_WAIT
    assert ask(door, path)[0] == 200


def test_nobody_is_held_longer_than_the_limit_by_a_database_that_hangs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(doors, "SECONDS_AT_MOST", 0.05)
    go_on = threading.Event()
    door = Door(application(go_on.wait), Watch(), 1_000_000, makers=1)

    with ThreadPoolExecutor(4) as readers:
        # The page twice: the second waits for the turn of the first.
        asked = [readers.submit(ask, door, path) for path in (PAGE, PAGE, SEARCH, SEARCH)]
        statuses = [one.result()[0] for one in asked]
    go_on.set()

    assert statuses == [503] * 4
    # What is late fills no store: who asks next has it made.
    assert ask(door, PAGE)[0] == 200


def test_while_the_record_is_lost_what_is_kept_is_given_marked_as_stale(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dates, "today", lambda: datetime.date(2026, 12, 31))
    watch = Watch()
    door = Door(application(), watch, 1_000_000, makers=1)
    fresh = ask(door, PAGE)

    watch.lost = 2.5
    # Though a day begins: yesterday's page is better than none.
    monkeypatch.setattr(dates, "today", lambda: datetime.date(2027, 1, 1))
    stale, style, typed = (ask(door, path) for path in (PAGE, STYLE, SEARCH))
    watch.lost = 0.0
    back = ask(door, PAGE)

    assert stale[0] == 200
    assert stale[1].pop("Cache-Status") == 'site; hit; ttl=-3; detail="the record cannot be read"'
    assert stale[1] == fresh[1] == back[1]
    assert style[0] == 200
    assert "Cache-Status" not in style[1]
    assert typed[0] == 503
