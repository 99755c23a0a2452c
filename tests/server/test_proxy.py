"""The site behind nginx as `.deploy/nginx/` configures it: TLS, names, copies, one of two sites away."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import brotli
import pytest
from conftest import Fill
from minimal import SECOND_EDITION, write_fixtures
from proxy import NAME, Proxy, proxying
from serving import PATIENCE, Site, copy_of_the_site, free_port, serving


def by_way_of_names(proxy: Proxy) -> None:
    """Plain HTTP leads to TLS by our own name; another name reaches the site and is refused there."""
    plain = proxy.get("/cities/lachin/?a=1", {"Host": "evil.example"}, secure=False)
    assert (plain.status, plain.headers["Location"]) == (301, f"https://{NAME}/cities/lachin/?a=1")
    challenge = proxy.get("/.well-known/acme-challenge/none", secure=False)
    assert challenge.status == 404

    foreign = proxy.get("/about/", {"Host": "evil.example"})
    assert foreign.status == 400
    assert foreign.headers["Cache-Control"] == "no-store"
    assert b"evil.example" not in foreign.body
    # Who lies about TLS or his address is not believed: nginx sets what the site reads.
    assert proxy.get("/about/", {"X-Forwarded-Proto": "http"}).status == 200


def copies_and_encodings(proxy: Proxy) -> None:
    """A page comes packed and with the site's headers, first made, then a copy; who has it gets 304."""
    made, copy = (proxy.get("/cities/lachin/", {"Accept-Encoding": "br"}) for _ in range(2))
    for answer in (made, copy):
        assert answer.status == 200
        assert answer.headers["Content-Encoding"] == "br"
        assert b"second edition" in brotli.decompress(answer.body)
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert answer.headers["Server"] == "nginx"
    assert "nginx" not in (made.headers["Cache-Status"] or "")
    assert copy.headers["Cache-Status"] == "nginx; hit"
    assert made.headers["X-Request-ID"] != copy.headers["X-Request-ID"]
    assert made.headers.get_all("X-Request-ID") == [made.headers["X-Request-ID"]]
    known = proxy.get("/cities/lachin/", {"Accept-Encoding": "br", "If-None-Match": made.headers["ETag"]})
    assert (known.status, known.body) == (304, b"")

    # Another encoding is another copy.
    plain = proxy.get("/cities/lachin/", {"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert b"second edition" in plain.body


def limits(proxy: Proxy) -> None:
    """What is no request of ours ends at nginx, or at the site, with a plain refusal."""
    assert proxy.get("/search/?q=" + "a" * 9000).status == 414
    assert proxy.get("/", {f"X-{number}": "a" * 4000 for number in range(20)}).status == 400
    # A body of any length that is not wanted.
    assert proxy.get("/", {"Content-Length": "100000000"}, "POST").status == 413
    assert proxy.get("/", method="POST").status == 405


def line_of(request_id: str, log: Path) -> dict[str, Any]:
    """The one line of a request in a log; it is written when the answer has been sent."""
    give_up = time.monotonic() + PATIENCE
    while True:
        found = [line for line in log.read_text().splitlines(keepends=True) if request_id in line]
        if found and found[0].endswith("\n"):
            [line] = found
            return dict(json.loads(line))
        assert time.monotonic() < give_up, log.read_text()
        time.sleep(0.02)


def lines_of_both_logs(proxy: Proxy, site: Site) -> None:
    """A request has one id in both logs, and the site knows who asked."""
    asked = proxy.get("/readyz", {"X-Request-ID": "made-up-by-a-reader", "X-Forwarded-For": "192.0.2.1"})
    assert asked.status == 200
    assert asked.headers["X-Request-ID"] != "made-up-by-a-reader"
    for log in (proxy.log, site.out):
        line = line_of(asked.headers["X-Request-ID"], log)
        assert (line["target"], line["status"], line["address"]) == ("/readyz", 200, "127.0.0.1")


@pytest.mark.once
def test_the_proxy_s_configuration_does_what_the_site_needs(
    fill: Fill, database_url: str, tmp_path: Path
) -> None:
    """The second site never answers: readers see nothing of it. Then the first ends too: copies stand in."""
    root = copy_of_the_site(tmp_path / "site", SECOND_EDITION)
    fill(write_fixtures(tmp_path / "fixtures", SECOND_EDITION))
    (tmp_path / "nginx").mkdir()
    with (
        serving(
            database_url,
            tmp_path,
            "--workers",
            "1",
            root=root,
            SITE_URL=f"https://{NAME}",
            ALLOWED_HOSTS=NAME,
            BEHIND_TLS="1",
            ACCESS_LOG="1",
            LOG_FORMAT="json",
        ) as site,
        proxying(tmp_path / "nginx", [site.port, free_port()]) as proxy,
    ):
        by_way_of_names(proxy)
        copies_and_encodings(proxy)
        limits(proxy)
        lines_of_both_logs(proxy, site)
        # Each is asked for the first time, at the site or first at the one that never answers.
        assert {proxy.get(f"/search/?q=lachin+{number}").status for number in range(8)} == {200}

        assert site.press_ctrl_c() == 0
        kept = proxy.get("/cities/lachin/", {"Accept-Encoding": "br"})
        assert kept.status == 200
        assert b"second edition" in brotli.decompress(kept.body)
        assert proxy.get("/sources/").status == 502
