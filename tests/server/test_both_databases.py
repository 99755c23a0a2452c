"""The same record gives the same pages, byte for byte, from SQLite and from PostgreSQL."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

import pytest
from conftest import Manage
from doorway import DoorClient
from rendering import render

from capitals.data.forms import FORMS
from capitals.data.package import NAME
from capitals.kept.encodings import PACKED, PLAIN

SEARCHED = (
    *("culture", "festival", "2013", "az", "minsk", "osh", "of the", "ganja 2017", "round table lachin"),
    *("сан", "Гянджа", "культурная столица", "круглый стол", "нурсултан", "Գյումրի", "Кӯлоб", "мастацтва"),
    *("st petersburg", "Azernews", "Guminsky", "Bülbül", "gandjja", "Guminskij", "round tabel", "zzzz qqq"),
    *("heads of state", "мэрия", "O'sh", "北京", "Lahcin", "ganja 2071", "200 million dram", "' OR 1=1"),
)
OTHERS = [
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
    "/sitemap-event.xml",
    *(f"/{table}.json" for table in FORMS),
    "/events.csv?country=AZ&sort=city",
    "/capitals/2017.csv",
    "/cities/ganja.json",
    "/openapi.json",
    "/events.atom",
    "/ru/countries/belarus.ics",
    "/changes.atom",
    f"/data/{NAME}.zip",
    "/data/wikidata.csv",
    "/search/suggest?q=%D0%B3%D1%8F%D0%BD",
    "/robots.txt",
]


@pytest.mark.once
def test_every_page_is_the_same_from_both_databases(
    rendered: dict[str, bytes], db: None, manage: Manage, postgresql_url: str
) -> None:
    """Against the pages that are rendered for other tests too; and as they are kept, in each encoding."""
    from_postgresql = {"DATABASE_URL": postgresql_url, "LOAD_DATABASE_URL": "", "KEPT_MEGABYTES": "1000"}
    for command in (["migrate", "--verbosity=0"], ["load"]):
        done = manage(*command, **from_postgresql)
        assert done.returncode == 0, done.stderr
    from_sqlite = {path: (200, body) for path, body in rendered.items()}
    # By the door on both sides, which brings parameters into one order.
    reader = DoorClient()
    for path in OTHERS:
        response = reader.get(path)
        from_sqlite[path] = (response.status_code, response.content)
    # Plain it is rendered; the others are made of what is kept.
    kept = {"only_hash": True, "encodings": [PLAIN, *PACKED, PLAIN]}
    requests = [{"path": path, **kept} for path in from_sqlite]

    answers = render(*requests, **from_postgresql)

    differing = [
        path
        for (path, (status, body)), answer in zip(from_sqlite.items(), answers, strict=True)
        if (answer["status"], answer["body"]) != (status, hashlib.sha256(body).hexdigest())
    ]
    assert differing == []
    assert len(rendered) > 2000
    refused = {path for path, (status, _body) in from_sqlite.items() if status != 200}
    assert refused == {"/capitals/?year=abc&country=XX", "/capitals/1999/"}
