"""The database hangs, dies and comes back, and the site with it; of several hosts any may die."""

from __future__ import annotations

from pathlib import Path

import pytest
from siege.outage import KEPT, OTHERS, hang_and_die, hosts_die

pytestmark = pytest.mark.once


def test_while_the_database_is_away_what_is_kept_is_given_all_else_is_503_and_then_the_site_is_back(
    tmp_path: Path,
) -> None:
    hung, dead, printed = hang_and_die(tmp_path)

    for answer in (*hung.answers, *dead.answers):
        expected = (503, "10") if answer.path in OTHERS else (200, None)
        assert (answer.status, answer.retry_after) == expected, answer
    for away in (hung, dead):
        assert [answer.stale for answer in away.answers if answer.path == KEPT][-1]
    assert "Traceback" not in printed


def test_of_several_hosts_one_after_another_may_die_and_no_request_fails(tmp_path: Path) -> None:
    walk = hosts_die(tmp_path, seconds=1.5)

    assert walk.failures == []
    assert walk.mixed == []
    assert walk.asked > 50
    assert len(walk.versions) == 2
