"""The same record gives the same pages, byte for byte, from SQLite and from PostgreSQL."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import Manage
from rendering import render

SEARCHED = (
    *("culture", "festival", "2013", "az", "minsk", "osh", "of the", "ganja 2017", "round table lachin"),
    *("сан", "Гянджа", "культурная столица", "круглый стол", "нурсултан", "Գյումրի", "Кӯлоб", "мастацтва"),
    *("st petersburg", "Azernews", "Guminsky", "Bülbül", "gandjja", "Guminskij", "round tabel", "zzzz qqq"),
    *("heads of state", "мэрия", "O'sh", "北京", "Lahcin", "ganja 2071", "200 million dram", "' OR 1=1"),
)
FILTERED = [
    "/capitals/?country=AZ",
    "/capitals/?sort=city",
    "/capitals/?sort=country",
    "/capitals/?year_min=2016&year_max=2019",
    "/capitals/?year=abc&country=XX",
    "/events/?country=BY",
    "/events/?country=AZ&year=2025",
    "/events/?scope=series",
    "/events/?scope=other",
    "/events/?city=brest&year_min=2019&year_max=2020",
    "/centres/?operator=AZ&year=2012",
    "/decisions/?body=council-of-heads-of-state",
    "/sources/?page=2",
    "/sources/?language=ru&page=2",
    "/sources/?year=2013",
    "/events/?sort=city&page=2",
    "/events/?sort=country",
    "/events/?sort=oldest&kind=concert",
    "/centres/?sort=city",
    "/centres/?sort=newest&country=AZ",
    "/decisions/?sort=oldest&body=council-of-heads-of-state",
    "/sources/?sort=oldest&page=3",
    *(f"/search/?q={quote(query)}" for query in SEARCHED),
    "/search/?q=culture&page=7",
    "/search/?q=culture&kind=body",
    "/search/?q=2013&kind=source",
    "/capitals/1999/",
    "/sitemap.xml",
    "/robots.txt",
]


@pytest.mark.sqlite
def test_every_page_is_the_same_from_both_databases(
    manage: Manage, database_url: str, postgresql_url: str, tmp_path: Path
) -> None:
    """Once, on the SQLite run: it needs both databases whichever the suite runs on."""
    pages: dict[str, list[dict[str, object]]] = {}
    for address in (database_url, postgresql_url):
        environment = {"DATABASE_URL": address, "LOAD_DATABASE_URL": ""}
        if address == postgresql_url:
            migrated = manage("migrate", "--verbosity=0", **environment)
            assert migrated.returncode == 0, migrated.stderr
        loaded = manage("load", **environment)
        assert loaded.returncode == 0, loaded.stderr
        (sitemap,) = render("/sitemap.xml", **environment)
        paths = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", sitemap["body"])
        assert len(paths) > 400
        requests = [{"path": path, "only_hash": True} for path in paths + FILTERED]
        answers = render(*requests, **environment)
        pages[address] = [
            {"path": request["path"], "status": answer["status"], "body": answer["body"]}
            for request, answer in zip(requests, answers, strict=True)
        ]

    one, other = pages.values()
    assert len(one) == len(other)
    assert [(a["path"], b["path"]) for a, b in zip(one, other, strict=True) if a != b] == []
    statuses = {str(page["path"]): page["status"] for page in one}
    assert {path for path, status in statuses.items() if status != 200} == {
        "/capitals/?year=abc&country=XX",
        "/capitals/1999/",
    }
