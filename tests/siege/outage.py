"""PostgreSQL that hangs, dies and comes back, alone and as one of three hosts."""

from __future__ import annotations

import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from cluster import cluster
from minimal import RECORD, SECOND_EDITION, write_fixtures
from processes import run
from serving import Site, copy_of_the_site, serving

from capitals.kept.moment import SECONDS_BETWEEN_LOOKS, SECONDS_OF_SILENCE
from siege.readers import Walk, readers

KEPT, OTHERS = "/cities/lachin/", ("/search/?q=lachin", "/search/suggest?q=la", "/readyz")
PAGES = (KEPT, "/", "/capitals/2025/", "/search/?q=lachin", "/sources/", "/countries/azerbaijan/")


@dataclass(frozen=True)
class Asked:
    """One answer while the database is away."""

    path: str
    status: int
    seconds: float
    retry_after: str | None
    stale: bool


@dataclass(frozen=True)
class Away:
    """What was answered while the database was away, and how soon all was well after it was back."""

    answers: list[Asked]
    seconds_to_recover: float


def hang_and_die(folder: Path) -> tuple[Away, Away, str]:
    """The one database hangs, goes on, is killed and begins anew; also gives what the site printed."""
    root = copy_of_the_site(folder / "site", RECORD)
    with cluster() as servers, serving(servers.url, folder, "--workers", "1", root=root) as site:
        _learn(site)
        servers.primary.signal(signal.SIGSTOP)
        # The first meets the silence, those after it are told at once.
        hung = [_asked(site, path) for path in (*OTHERS, KEPT, "/healthz", "/static/site.css")]
        servers.primary.signal(signal.SIGCONT)
        after_hanging = Away(hung, _seconds_until_well(site))
        _learn(site)
        servers.primary.kill()
        dead = [_asked(site, path) for path in (*OTHERS, KEPT)]
        time.sleep(SECONDS_OF_SILENCE + SECONDS_BETWEEN_LOOKS)
        dead += [_asked(site, path) for path in (*OTHERS, KEPT, "/healthz")]
        servers.primary.start()
        return after_hanging, Away(dead, _seconds_until_well(site)), site.printed


def _learn(site: Site) -> None:
    """Ask for a page until the process keeps it: it must first have seen which record stands."""
    site.get(KEPT)
    time.sleep(SECONDS_BETWEEN_LOOKS * 4)
    site.get(KEPT)


def _asked(site: Site, path: str) -> Asked:
    began = time.monotonic()
    answer = site.get(path)
    seconds = time.monotonic() - began
    stale = "ttl=-" in answer.headers.get("Cache-Status", "")
    return Asked(path, answer.status, seconds, answer.headers.get("Retry-After"), stale)


def _seconds_until_well(site: Site) -> float:
    began = time.monotonic()
    while any(site.get(path).status != 200 for path in OTHERS):
        time.sleep(0.05)
    return time.monotonic() - began


def hosts_die(folder: Path, seconds: float) -> Walk:
    """Of a primary and two standbys, one standby dies, then the primary, `seconds` apart, under readers.

    Before that another edition is loaded, so that for a while hosts may differ. Nothing is kept: each page
    is read from a host.
    """
    root = copy_of_the_site(folder / "site", RECORD)
    with cluster(standbys=2) as servers:
        url, primary = servers.url_of_all, servers.url
        workers = ("--workers", "2")
        with serving(url, folder, *workers, root=root, LOAD_DATABASE_URL=primary, KEPT_MEGABYTES="0") as site:
            with readers(site, PAGES) as walk:
                time.sleep(seconds / 2)
                (root / "fixtures" / "record.yaml").unlink()
                write_fixtures(root / "fixtures", SECOND_EDITION)
                told = {"DATABASE_URL": url, "LOAD_DATABASE_URL": primary}
                loaded = run([sys.executable, "manage.py", "load"], told, cwd=root)
                assert loaded.returncode == 0, loaded.stderr
                time.sleep(seconds / 2)
                servers.standbys[0].kill()
                time.sleep(seconds)
                servers.primary.kill()
                time.sleep(seconds)
            return walk
