"""A response is of one day, also where it is made while the year ends."""

from __future__ import annotations

import ast
import datetime
from collections.abc import Iterator

import pytest
from django.test import Client
from processes import ROOT

from capitals.words import dates

pytestmark = pytest.mark.once

OF_THE_DAY = ("/", "/capitals/", "/capitals/2026/", "/cities/meghri/", "/cities/lachin/", "/about/")
"""Pages on which it matters what is past, current and to come."""
NEW_YEAR = (datetime.date(2026, 12, 31), datetime.date(2027, 1, 1))


@pytest.mark.parametrize("edition", ["", "/ru"])
def test_a_page_that_is_made_while_the_year_ends_is_of_one_year(
    edition: str, client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pages(*days: datetime.date) -> Iterator[bytes]:
        """The pages when the clock, asked again for one page, gives the next of `days`."""
        for path in OF_THE_DAY:
            asked = iter(days)
            monkeypatch.setattr(dates, "today", lambda asked=asked: next(asked))
            yield client.get(f"{edition}{path}").content

    before, after = (list(pages(day)) for day in NEW_YEAR)

    assert list(pages(*NEW_YEAR)) == before
    assert [one != other for one, other in zip(before, after, strict=True)].count(True) >= 4


def test_only_what_begins_a_response_or_an_editor_s_report_asks_the_clock() -> None:
    """No view, no template and no query asks what day it is."""
    asking = set()
    for file in [*(ROOT / "capitals").rglob("*.py"), *(ROOT / "heritage").glob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text())):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if called.rpartition(".")[2] in {"today", "now", "utcnow", "localdate", "localtime", "time"}:
                asking.add(file.relative_to(ROOT).as_posix())

    assert asking == {
        "capitals/words/dates.py",  # where it hangs
        "heritage/middleware.py",  # for a response
        "capitals/kept/moment.py",  # for a response that is kept
        "capitals/management/commands/load.py",
        "capitals/management/commands/new.py",  # for `load --report`
        "capitals/management/commands/changes.py",  # for the day of an edition
        "capitals/record/plausibility.py",  # for what cannot have happened yet
        "capitals/record/writing.py",  # for the time of the load
    }
    assert [file.name for file in (ROOT / "templates").rglob("*.html") if "{% now" in file.read_text()] == []
