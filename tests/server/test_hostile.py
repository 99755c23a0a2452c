"""Requests that nobody sends in good faith, clients that hold connections: `tests/siege` in a short form."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Fill, reader
from processes import ROOT
from serving import serving
from siege.clients import hold
from siege.hostile import attack

pytestmark = pytest.mark.once

REQUESTS, SEED = 900, 20261201
CLIENTS = 300


def test_hostile_requests_and_clients_harm_nobody(database_url: str, fill: Fill, tmp_path: Path) -> None:
    reader("schemathesis")
    fill(ROOT / "fixtures")
    with serving(database_url, tmp_path, "--workers", "1") as site:
        attacked = attack(site, REQUESTS, SEED)
        held = list(hold(site, CLIENTS))
        printed = site.printed

    assert attacked.wrong == []
    assert attacked.sent >= REQUESTS
    # Many kinds of answers were met, not one alone.
    assert {200, 301, 400, 404, 405, 414, 431} <= set(attacked.statuses)
    for one in held:
        # Whoever comes while many wait that have gone is asked to come again.
        refusals = {503} if one.what == "gone at once" else set()
        assert set(one.statuses) <= {200} | refusals, one
        assert one.statuses[-1] == 200, one
    assert "Traceback" not in printed
